"""What an import did, and the rows that it refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError

from verification.services.claimfile import Row
from verification.services.drafts import one_line


@dataclass(frozen=True, slots=True)
class Refusal:
    """A claim or source that did not come in: where it stands, and what is wrong by field."""

    row: int
    label: str
    problems: dict[str, list[str]]
    #: As the file has it, so that it can be mended and read again.
    content: Row = field(default_factory=dict)

    def __str__(self) -> str:
        words = "; ".join(
            f"{name}: {' '.join(messages)}" if name else " ".join(messages)
            for name, messages in self.problems.items()
        )
        return f"row {self.row} ({self.label}): {words}"


@dataclass(slots=True)
class Summary:
    """What an import did."""

    sources: int = 0
    claims: int = 0
    reports: int = 0
    verdicts: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)

    def add(self, change: Summary) -> None:
        """Adds what one row did; a row that changed nothing is counted as such."""
        self.sources += change.sources
        self.claims += change.claims
        self.reports += change.reports
        self.verdicts += change.verdicts
        self.unchanged += not (change.sources or change.claims or change.reports or change.verdicts)

    def add_up(self, done: Summary) -> None:
        """Adds what a chunk did."""
        self.sources += done.sources
        self.claims += done.claims
        self.reports += done.reports
        self.verdicts += done.verdicts
        self.unchanged += done.unchanged
        self.refused += done.refused


def each(rows: Iterable[tuple[int, Row]], bring_in: Callable[[Row], Summary]) -> Summary:
    """Does what is done with each row, and notes those that are refused."""
    done = Summary()
    for number, row in rows:
        try:
            done.add(bring_in(row))
        except ValidationError as error:
            done.refused.append(Refusal(number, label_of(row), _problems(error), row))
        except PermissionDenied as error:
            done.refused.append(Refusal(number, label_of(row), {"": [str(error)]}, row))
    return done


def label_of(row: Row) -> str:
    """What a row is called where it is refused."""
    return one_line(str(row.get("id") or row.get("name") or row.get("statement") or "?"))[:80]


def _problems(error: ValidationError) -> dict[str, list[str]]:
    """By the names that the file has."""
    names = {"slug": "id", "published_on": "published", "became_known_on": "outcome_date"}
    found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return {
        ".".join(names.get(part, part) for part in name.split(".")): messages
        for name, messages in found.items()
    }
