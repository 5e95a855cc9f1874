"""What an import did, the rows that it refused, and those that say otherwise than what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from verification.domain import fileplaces
from verification.domain.fileplaces import Place
from verification.services.claimfields import Row, TableRow, file_name
from verification.services.drafts import Problems, one_line


@dataclass(frozen=True, slots=True)
class Remark:
    """What is told of a claim or source of a file: where it stands, and what by field."""

    row: int
    label: str
    problems: Problems
    #: Of a table, the rows of its reports.
    rows: Sequence[int] | None = None

    @property
    def places(self) -> list[tuple[Place, list[str]]]:
        """What is told, by where it stands in the file."""
        return [
            (fileplaces.place(name, self.row, self.rows), messages)
            for name, messages in self.problems.items()
        ]

    def __str__(self) -> str:
        words = "; ".join(
            ": ".join([*filter(None, [in_words(place, self.row)]), " ".join(messages)])
            for place, messages in self.places
        )
        return _("row %(row)s (%(label)s): %(words)s") % {
            "row": self.row,
            "label": self.label,
            "words": words,
        }


@dataclass(frozen=True, slots=True)
class Refusal(Remark):
    """A claim or source that did not come in."""

    #: As the file has it, so that it can be mended and read again.
    content: Row = field(default_factory=dict)


def in_words(place: Place, first: int) -> str:
    """A place, for somebody who was told the `first` row of the claim already."""
    column = _("column %(name)s") % {"name": place.column} if place.column else ""
    row = _("row %(row)s") % {"row": place.row} if place.row != first else ""
    return ", ".join(filter(None, [row, column, place.path]))


@dataclass(slots=True)
class Change:
    """What one row did; `differences` are where it says otherwise than what is kept."""

    sources: int = 0
    claims: int = 0
    reports: int = 0
    verdicts: int = 0
    differences: Problems = field(default_factory=dict)


@dataclass(slots=True)
class Summary:
    """What an import did."""

    sources: int = 0
    claims: int = 0
    reports: int = 0
    verdicts: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    #: Claims that are there and of which the file says something else, in whatever came in or not.
    differing: list[Remark] = field(default_factory=list)

    def add(self, change: Change) -> None:
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
        self.differing += done.differing


def each(rows: Iterable[tuple[int, Row]], bring_in: Callable[[Row], Change]) -> Summary:
    """Does what is done with each row, and notes those that are refused or say otherwise."""
    done = Summary()
    for number, row in rows:
        places = row.rows if isinstance(row, TableRow) else None
        try:
            change = bring_in(row)
        except ValidationError as error:
            done.refused.append(Refusal(number, label_of(row), _problems(error), places, row))
        except PermissionDenied as error:
            done.refused.append(Refusal(number, label_of(row), {"": [str(error)]}, places, row))
        else:
            done.add(change)
            if change.differences:
                done.differing.append(Remark(number, label_of(row), change.differences, places))
    return done


def label_of(row: Row) -> str:
    """What a row is called where it is refused."""
    return one_line(str(row.get("id") or row.get("name") or row.get("statement") or "?"))[:80]


def _problems(error: ValidationError) -> Problems:
    """By the names that the file has."""
    found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return {file_name(name): messages for name, messages in found.items()}
