"""The tallies of every source within a scope: as they are kept, or from what it leaves in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from django.db.models import Count, Q, QuerySet

from verification import newsroom
from verification.domain import deadlines
from verification.domain.courses import FIRST, TALLY_OF
from verification.models import Claim, Position, Record, Report, Verdict
from verification.services import past, replay
from verification.services.past import TALLIES
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
    today = scope.as_of or newsroom.day(now)
    # From the claims on: SQLite would look up the claim of each position.
    early = Claim.objects.filter(deadline__gte=today).values("pk")
    left_out = Q(claim__in=early) if scope.matured else Q()
    if scope.as_of is None:
        # Those whose deadline is still to come are few beside all that was ever logged.
        return _moved(
            _kept(scope), -1, _counted(_positions(scope).filter(left_out)) if left_out else {}
        )
    if past.kept():
        found: Tallies = {}
        for by, numbers in past.tallies(scope, scope.as_of, _kept(scope)):
            _add(found, by, numbers)
        return _filled(found)
    since = _touched_since(deadlines.due_instant(scope.as_of, newsroom.zone()))
    replayed = partial(
        replay.tallies, beat=scope.beat, as_of=scope.as_of, matured=scope.matured,
        internal=scope.internal,
    )  # fmt: skip
    if since is None:
        return replayed()
    # What has not changed since that day is counted already: only the rest is replayed.
    changed = _positions(scope).filter(left_out | Q(claim__in=since.values("pk")))
    return _moved(_moved(_kept(scope), -1, _counted(changed)), 1, replayed(only=since))


def _touched_since(moment: datetime) -> QuerySet[Claim] | None:
    """The claims with a report that was logged, or a verdict that was given, at `moment` or later.

    None where most were: then it costs less to replay the others.
    """
    logged = Claim.objects.filter(logged_at__gte=moment).count()
    if 2 * logged > Claim.objects.filter(logged_at__lt=moment).count():
        return None
    reported = Report.objects.filter(logged_at__gte=moment).order_by().values("claim")
    decided = Verdict.objects.filter(decided_at__gte=moment).order_by().values("claim")
    return Claim.objects.filter(Q(pk__in=reported) | Q(pk__in=decided))


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
        sums[TALLY_OF[credit]] += number
        sums[FIRST] += number * first
    return found


def _moved(found: Tallies, by: int, other: Mapping[int, Mapping[str, int]]) -> Tallies:
    """The tallies with others added (`by` 1) or taken away (-1); empty ones are left out."""
    _add(found, by, other)
    return _filled(found)


def _add(found: Tallies, by: int, other: Mapping[int, Mapping[str, int]]) -> None:
    for source, numbers in other.items():
        sums = found.setdefault(source, dict.fromkeys(TALLIES, 0))
        for name, number in numbers.items():
            sums[name] += by * number


def _filled(found: Tallies) -> Tallies:
    return {source: sums for source, sums in found.items() if any(sums.values())}
