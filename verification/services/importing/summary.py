"""What an import did: how many rows of the file it dealt with how, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from verification.domain import fileplaces
from verification.domain.fileplaces import Place
from verification.models.choices import NameKind
from verification.services.claimfields import Row, TableRow, file_name
from verification.services.drafts import Problems, one_line
from verification.services.importing.naming import Made, Novelties


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
    """What one row did: a claim with its reports and verdict, or a source."""

    claims: int = 0
    reports: int = 0
    verdicts: int = 0
    #: A source that has a row of its own: made, or given what it lacked.
    sources: int = 0
    completed: int = 0
    #: Claims that readers see without criteria.
    without_criteria: int = 0
    #: The sources and beats that the row made.
    made: list[Made] = field(default_factory=list)
    #: Where the row says otherwise than what is kept.
    differences: Problems = field(default_factory=dict)
    #: Where it is read otherwise than it is written.
    notes: Problems = field(default_factory=dict)

    @property
    def did(self) -> bool:
        """Whether it changed anything."""
        return bool(self.claims or self.reports or self.verdicts or self.sources or self.completed)


#: What is counted of what came of the rows.
_SUMS = ("claims", "reports", "verdicts", "without_criteria")
#: How the rows of a file are told apart, those that were refused left out.
_ROWS = ("fresh", "grown", "kept", "unchanged")


@dataclass(slots=True)
class Summary:
    """What an import did.

    Each claim and each source that has a row of its own is counted once: as fresh, grown, kept,
    unchanged or refused.
    """

    #: Not there before.
    fresh: int = 0
    #: There, and given what they lacked.
    grown: int = 0
    #: There, lacking nothing, and the file says something else of them.
    kept: int = 0
    #: There as the file has them.
    unchanged: int = 0
    claims: int = 0
    reports: int = 0
    verdicts: int = 0
    #: New claims that readers see without criteria.
    without_criteria: int = 0
    #: The sources and beats that were made.
    made: Novelties = field(default_factory=Novelties)
    refused: list[Refusal] = field(default_factory=list)
    #: Claims of which the file says something else, whether they were given anything or not.
    differing: list[Remark] = field(default_factory=list)
    #: Claims that came in otherwise than they are written.
    noted: list[Remark] = field(default_factory=list)

    @property
    def sources(self) -> int:
        """How many sources were made."""
        return self.made.number(NameKind.SOURCE)

    @property
    def beats(self) -> int:
        """How many beats were made."""
        return self.made.number(NameKind.BEAT)

    @property
    def rows(self) -> int:
        """The claims and sources of the file so far."""
        return self.fresh + self.grown + self.kept + self.unchanged + len(self.refused)

    def add(self, change: Change) -> None:
        """Adds what one row did."""
        self.claims += change.claims
        self.reports += change.reports
        self.verdicts += change.verdicts
        self.without_criteria += change.without_criteria
        if change.claims or change.sources:
            self.fresh += 1
        elif change.did:
            self.grown += 1
        elif change.differences:
            self.kept += 1
        else:
            self.unchanged += 1

    def add_up(self, done: Summary) -> None:
        """Adds what a chunk did; of what it made, only what is new remains with the chunk."""
        for name in (*_ROWS, *_SUMS):
            setattr(self, name, getattr(self, name) + getattr(done, name))
        done.made.all = [one for one in done.made.all if self.made.add(one)]
        self.refused += done.refused
        self.differing += done.differing
        self.noted += done.noted


def each(rows: Iterable[tuple[int, Row]], bring_in: Callable[[Row], Change]) -> Summary:
    """Does what is done with each row, and notes what is to be told of it."""
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
            for one in change.made:
                stands = fileplaces.place(one.field, number, places).row
                done.made.add(replace(one, row=stands))
            if change.differences:
                done.differing.append(Remark(number, label_of(row), change.differences, places))
            if change.notes:
                done.noted.append(Remark(number, label_of(row), change.notes, places))
    return done


def label_of(row: Row) -> str:
    """What a row is called where it is refused."""
    return one_line(str(row.get("id") or row.get("name") or row.get("statement") or "?"))[:80]


def _problems(error: ValidationError) -> Problems:
    """By the names that the file has."""
    found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return {file_name(name): messages for name, messages in found.items()}
