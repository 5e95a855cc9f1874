"""Tables of claims, one row for each report, gathered into claims; and tables of sources."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from verification.domain import writtendays
from verification.services import cells, claimjson
from verification.services.claimfields import (
    CLAIM_FIELDS,
    COLUMNS,
    DAYS,
    REPORT_FIELDS,
    SOURCE_FIELDS,
    Row,
    TableRow,
)

#: The field, which is none, of cells beyond the last column: a comma without quotes makes them.
TOO_MANY = "(more cells than columns)"
#: The order of the numbers of a day, where the file tells; looked up when the first such day comes.
Order = Callable[[], writtendays.Order | None]


def gathered(
    rows: Iterable[tuple[int, list[Any]]], order: Order | None = None
) -> Iterator[tuple[int, Row]]:
    """The claims or sources of a table whose first row names the columns.

    The rows of one claim follow one another: they have the same `id`, or, where the file gives no
    ids, the same statement. Raises ValidationError where the names of the columns are none.
    """
    remaining = iter(rows)
    _first, heads = next(remaining, (1, []))
    columns = _Columns(heads, order)
    if columns.names:
        yield from columns.sources(remaining) if columns.of_sources else columns.claims(remaining)


class _Columns:
    """The columns of a table by their names."""

    def __init__(self, heads: list[Any], order: Order | None) -> None:
        # Unfolded names: a spreadsheet's user may have written them large.
        self.names = [str(head or "").strip() for head in heads]
        self.names = [name.lower() if name.lower() in COLUMNS else name for name in self.names]
        while self.names and not self.names[-1]:
            self.names.pop()
        self._check()
        self._order = order
        self._told: writtendays.Order | None = None
        known = set(self.names)
        self.of_sources = "name" in known and "statement" not in known
        self.of_report = [name for name in REPORT_FIELDS if name in known]
        self.of_claim = [
            name for name in dict.fromkeys((*CLAIM_FIELDS, *self.names))
            if name and name in known and name not in REPORT_FIELDS
        ]  # fmt: skip
        self._nameless = [place for place, name in enumerate(self.names) if not name]
        self._place = {name: place for place, name in enumerate(self.names)}

    def _check(self) -> None:
        """Refuses a first row that is none, since each of the others would be refused for it."""
        named = [name for name in self.names if name]
        if named and not COLUMNS.intersection(named):
            raise ValidationError(
                _(
                    "The first row names no column of a claims file. It takes these names: "
                    "%(names)s."
                )
                % {"names": ", ".join((*CLAIM_FIELDS, *REPORT_FIELDS))}
            )
        if "reports" in named:
            raise ValidationError(
                _(
                    "A table has no column “reports”: each report is a row of its own, in the "
                    "columns %(names)s, and the columns of the claim are repeated."
                )
                % {"names": ", ".join(REPORT_FIELDS)}
            )
        twice = list(dict.fromkeys(name for name in named if named.count(name) > 1))
        if twice:
            raise ValidationError(
                _("The first row names a column twice: %(names)s.") % {"names": ", ".join(twice)}
            )

    def sources(self, rows: Iterable[tuple[int, list[Any]]]) -> Iterator[tuple[int, Row]]:
        """One source for each row."""
        for number, found in rows:
            values = self._values([name for name in self.names if name], found)
            if any(values.values()):
                yield number, TableRow(values | self._beyond(found), number)

    def claims(self, rows: Iterable[tuple[int, list[Any]]]) -> Iterator[tuple[int, Row]]:
        """One claim for each run of rows with the same key."""
        claim: TableRow | None = None
        key, before = None, None
        take = [self._place[name] for name in self.of_claim]
        for number, found in rows:
            if len(found) < len(self.names):
                found = [*found, *[None] * (len(self.names) - len(found))]
            these = [found[place] for place in take]
            differing: Row = {}
            if claim is None or these != before:
                values = self._values(self.of_claim, found)
                this = values.get("id") or values.get("statement")
                if claim is not None and this == key and this is not None:
                    differing = _differing(claim, values, number)
                elif any(values.values()) or self._reports(found):
                    if claim is not None:
                        yield claim.first, claim
                    key, before = this, these
                    claim = TableRow(values, number)
                    claim["evidence"] = _evidence(values.get("evidence"))
                    claim["reports"] = []
            if claim is None:
                continue
            claim |= self._beyond(found)
            report = self._values(self.of_report, found)
            if differing or any(report.values()):
                claim["reports"].append(dict.fromkeys(REPORT_FIELDS) | report | differing)
                claim.rows.append(number)
        if claim is not None:
            yield claim.first, claim

    def _reports(self, found: list[Any]) -> bool:
        return any(self._values(self.of_report, found).values())

    def _values(self, names: Iterable[str], found: list[Any]) -> Row:
        """The values of some columns as JSON has them."""
        values: Row = {}
        for name in names:
            place = self._place[name]
            value = cells.read(found[place]) if place < len(found) else None
            if name in DAYS and value.__class__ is str and value[4:5] != "-":
                value = self._day(value)
            values[name] = value
        return values

    def _day(self, text: str) -> str:
        """A day as 2026-03-31, where it can mean but one; the text where it cannot."""
        meant = writtendays.readings(text.strip())
        if len(meant) > 1:
            if self._order:
                self._told, self._order = self._order(), None
            meant = {order: day for order, day in meant.items() if order is self._told}
        return next(iter(meant.values())).isoformat() if meant else text

    def _beyond(self, found: list[Any]) -> Row:
        """What stands in no column, or in one without a name."""
        if len(found) <= len(self.names) and not self._nameless:
            return {}
        cells_ = [found[place] for place in self._nameless if place < len(found)]
        lost = [cell for cell in [*cells_, *found[len(self.names) :]] if cell not in (None, "")]
        return {TOO_MANY: lost} if lost else {}


def _whole(claim: TableRow, first: int) -> TableRow:
    """A claim that has all its rows."""
    if not claim.rows:
        claim.rows.append(first)
    return claim


def _differing(claim: TableRow, values: Row, number: int) -> Row:
    """What a later row of a claim says otherwise; what the earlier ones left empty it fills."""
    differing: Row = {}
    for name, value in values.items():
        if name == "evidence":
            value = _evidence(value)
        kept = claim.get(name)
        if value in (None, []) or kept == value:
            continue
        if kept in (None, []):
            claim[name] = value
            claim.said_in[name] = number
        else:
            differing[name] = value
    return differing


def _evidence(cell: Any) -> Any:
    """The list that the cell holds as JSON; the cell itself where it holds lines, or a fault."""
    if cell in (None, ""):
        return []
    try:
        return claimjson.parsed(cell, 1) if isinstance(cell, str) else cell
    except ValidationError:
        return cell


def as_sources(rows: Iterable[Row]) -> Iterator[list[Any]]:
    """Sources as rows of a table, whose first names the columns."""
    yield list(SOURCE_FIELDS)
    for row in rows:
        yield [
            "; ".join(value) if isinstance(value := row.get(name), list) else value
            for name in SOURCE_FIELDS
        ]


def as_claims(rows: Iterable[Row]) -> Iterator[list[Any]]:
    """Claims as rows of a table, one for each report; the first names the columns."""
    yield [*CLAIM_FIELDS, *REPORT_FIELDS]
    for row in rows:
        reports = row.get("reports")
        good = isinstance(reports, list) and all(isinstance(item, dict) for item in reports)
        for report in (reports if good else None) or [{}]:
            # A refused row may contradict the first row of its claim: it is written as it was read.
            yield [
                *(_cell(name, report.get(name, row.get(name))) for name in CLAIM_FIELDS),
                *(report.get(name) for name in REPORT_FIELDS),
            ]


def _cell(name: str, value: Any) -> Any:
    if name != "evidence" or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False) if value else None
