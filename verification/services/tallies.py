"""The tallies of every source within a scope: as they are kept, or from what it leaves in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Count, QuerySet

from verification import newsroom
from verification.models import Position, Record
from verification.services import records, replay
from verification.services.records import TALLIES
from verification.services.scopes import Scope

#: The tallies of each source, by its key.
Tallies = dict[int, dict[str, int]]


def within(scope: Scope, now: datetime) -> Tallies:
    """The tallies within the scope. Sources with nothing in it may be left out."""
    if scope.year is not None:
        positions = _positions(scope).filter(
            known_on__gte=date(scope.year, 1, 1), known_on__lte=date(scope.year, 12, 31)
        )
        if scope.matured:
            positions = positions.filter(claim__deadline__lt=newsroom.day(now))
        return _counted(positions)
    if scope.as_of is not None:
        return replay.tallies(
            beat=scope.beat, as_of=scope.as_of, matured=scope.matured, internal=scope.internal
        )
    found = _kept(scope)
    if scope.matured:
        # Those whose deadline is still to come are few beside all that was ever logged.
        early = _counted(_positions(scope).filter(claim__deadline__gte=newsroom.day(now)))
        return _without(found, early)
    return found


def _kept(scope: Scope) -> Tallies:
    rows = Record.objects.all()
    if scope.beat is not None:
        rows = rows.filter(beat=scope.beat)
    if not scope.internal:
        rows = rows.filter(public=True)
    found: Tallies = {}
    for source, *numbers in rows.values_list("source_id", *TALLIES):
        sums = found.setdefault(source, dict.fromkeys(TALLIES, 0))
        for name, number in zip(TALLIES, numbers, strict=True):
            sums[name] += number
    return found


def _positions(scope: Scope) -> QuerySet[Position]:
    """The positions over the beat and audience of the scope."""
    positions = Position.objects.all()
    if scope.beat is not None:
        positions = positions.filter(beat=scope.beat)
    return positions if scope.internal else positions.filter(public=True)


def _counted(positions: QuerySet[Position]) -> Tallies:
    """The tallies that these positions make."""
    found: Tallies = {}
    counted = positions.order_by().values_list("source", "credit", "first").annotate(Count("pk"))
    for source, credit, first, number in counted:
        sums = found.setdefault(source, dict.fromkeys(TALLIES, 0))
        sums[records.TALLY_OF[credit]] += number
        sums["first_to_report"] += number * first
    return found


def _without(found: Tallies, less: Mapping[int, Mapping[str, int]]) -> Tallies:
    """What is left of the tallies; a source of which nothing is left has none."""
    for source, numbers in less.items():
        sums = found[source]
        for name, number in numbers.items():
            sums[name] -= number
        if not any(sums.values()):
            del found[source]
    return found
