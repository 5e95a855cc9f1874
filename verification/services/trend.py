"""A source's accuracy over time, from the verdicts as they were given.

The prior is the one in force today, for every point: so the line shows what the source did and not
how the pool moved, and its last point is the accuracy that is shown beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from verification import newsroom
from verification.domain import credit, scoring
from verification.domain.credit import ClaimFacts, Credit, ReportFacts
from verification.domain.outcomes import Outcome
from verification.models import Report, Source, Verdict
from verification.services import figures
from verification.services.figures import Scope

#: What happened to a claim: when, and the report that was logged or the verdict that was given.
Event = tuple[datetime, ReportFacts | tuple[str, date | None]]


@dataclass(frozen=True, slots=True)
class Point:
    """The accuracy at the end of a day of the newsroom, after `n` decided positions."""

    day: date
    n: int
    accuracy: float
    low: float
    high: float


def trend(source: Source, scope: Scope, *, now: datetime) -> list[Point]:
    """One point for each day on which the source's decided positions changed, oldest first."""
    moves: defaultdict[date, Counter[Credit]] = defaultdict(Counter)
    for basis, events in _histories(source, scope):
        counted: Credit | None = None
        for at, became in _credits(basis, events):
            if became == counted:
                continue
            day = newsroom.day(at)
            if counted is not None:
                moves[day][counted] -= 1
            if became is not None:
                moves[day][became] += 1
            counted = became
    days = sorted(day for day, changes in moves.items() if any(changes.values()))
    totals: Counter[Credit] = Counter()
    hits, misses = [], []
    for day in days:
        totals.update(moves[day])
        hits.append(totals[Credit.HIT])
        misses.append(totals[Credit.MISS])
    prior = figures.board(scope, now=now).prior
    mean, low, high = scoring.accuracy(hits, misses, prior)
    return [
        Point(day, hits[i] + misses[i], float(mean[i]), float(low[i]), float(high[i]))
        for i, day in enumerate(days)
    ]


def _histories(source: Source, scope: Scope) -> Iterator[tuple[str, list[Event]]]:
    """For each claim of the source's that was ever decided: the deadline's basis and its events."""
    reports = Report.objects.filter(source=source)
    if scope.beat is not None:
        reports = reports.filter(claim__beat=scope.beat)
    if not scope.internal:
        reports = reports.filter(claim__public=True)
    events: defaultdict[int, list[Event]] = defaultdict(list)
    for claim, at, outcome, known_on in (
        Verdict.objects.filter(claim__in=reports.values("claim"))
        .order_by("id")
        .values_list("claim_id", "decided_at", "outcome", "became_known_on")
    ):
        given = ("", None) if outcome == Outcome.REOPENED else (outcome, known_on)
        events[claim].append((at, given))
    basis: dict[int, str] = {}
    for claim, by, at, order, published_on, stance, via in reports.order_by("id").values_list(
        "claim_id", "claim__deadline_basis", "logged_at", "id", "published_on", "stance", "via_id"
    ):
        if claim in events:
            basis[claim] = by
            events[claim].append((at, ReportFacts(order, source.pk, published_on, stance, "", via)))
    for claim, by in basis.items():
        # A report and a verdict of one moment: the report was there to be decided on.
        happened = sorted(events[claim], key=lambda event: (event[0], isinstance(event[1], tuple)))
        yield by, happened


def _credits(basis: str, events: list[Event]) -> Iterator[tuple[datetime, Credit | None]]:
    """After each event, whether the position is a hit, a miss, or none of both."""
    reports: list[ReportFacts] = []
    facts = ClaimFacts(basis)
    for at, what in events:
        if isinstance(what, ReportFacts):
            reports.append(what)
        else:
            facts = ClaimFacts(basis, *what)
        if not facts.outcome:
            yield at, None
            continue
        standings = credit.settle(facts, reports)
        became = standings[0].credit if standings else None
        yield at, became if became in (Credit.HIT, Credit.MISS) else None
