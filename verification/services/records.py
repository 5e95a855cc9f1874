"""Positions and tallies, kept exact by increments. `recomputing` computes them anew to prove it.

Whatever changes a claim calls `settle` in its own transaction, after it has taken its turn on the
claim's version. `settle` applies the rules of credit to the whole claim, compares with the
positions that are kept, and moves the tallies by the difference; so a revised verdict, a report
that turns up late or a claim that changes its beat all move every tally back and forth by the same
few lines. What past days are made of, the claim's course, follows in the same transaction.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from verification.domain import credit
from verification.domain.courses import FIRST, TALLY_OF, Course
from verification.models import Claim, Position, Record, RecordsRevision, Report
from verification.services import multirow, past

TALLIES = past.TALLIES

#: How many rows are read at once where there may be many.
ROWS_AT_ONCE = 1000

#: Whose tallies: source, beat, public.
Key = tuple[int, int, bool]
KEY = ("source_id", "beat_id", "public")

KEPT = (
    "report_id",
    "beat_id",
    "public",
    "first_reported_on",
    "stance",
    "certainty",
    "relay",
    "credit",
    "reason",
    "first",
    "lead_days",
    "known_on",
)


def settle(claim: Claim, *, without: Report | None = None) -> None:
    """Brings the positions of one claim, and the tallies that they make, up to date.

    Costs with the reports of this claim, whatever else is kept. Call it inside the transaction of
    the change, holding the claim's turn. `without` is a report that is about to be deleted: call it
    before, because a report takes its position with it, and the tallies would not hear of that.
    """
    reports = [
        (logged_at, report)
        for _claim, logged_at, report in reports_of(claim=claim)
        if without is None or report.order != without.pk
    ]
    right = positions(claim, [report for _logged_at, report in reports])
    wanted = {position.source_id: position for position in right}
    kept = {position.source_id: position for position in claim.positions.all()}
    moves: Counter[tuple[Key, str]] = Counter()
    fresh, changed, gone = [], [], []
    for source_id, position in wanted.items():
        before = kept.get(source_id)
        if before is None:
            fresh.append(position)
        elif any(getattr(before, name) != getattr(position, name) for name in KEPT):
            position.pk = before.pk
            changed.append(position)
            moves.subtract(counts(before))
        else:
            continue
        moves.update(counts(position))
    for source_id, before in kept.items():
        if source_id not in wanted:
            gone.append(before.pk)
            moves.subtract(counts(before))
    if gone:
        Position.objects.filter(pk__in=gone).delete()
    if changed:
        _rewrite(changed, kept)
    if fresh:
        Position.objects.bulk_create(fresh)
    _move(moves)
    past.follow(claim, reports)
    # Also where no tally moved: a deadline or a basis changes what a replay of the past gives.
    touch()


@dataclass(frozen=True, slots=True)
class Settled:
    """What the rules of credit make of a claim that is about to be kept."""

    claim: int
    beat: int
    public: bool
    known_on: date | None
    standings: list[credit.Standing]
    course: Course


def settled(claim: Claim, reports: Sequence[past.Logged]) -> Settled:
    """Applies the rules of credit to a claim that has its key, and its verdict if there is one."""
    verdict = claim.verdict
    given = [(verdict.decided_at, verdict.outcome, verdict.became_known_on)] if verdict else []
    return Settled(
        claim.pk,
        claim.beat_id,
        claim.public,
        _known_on(claim),
        _standings(claim, [report for _logged_at, report in reports]),
        past.course_of(claim, reports, given),
    )


def enter(claims: Iterable[Settled]) -> None:
    """Keeps the positions of new claims, many at once, and adds them to the tallies.

    Call it inside the transaction that keeps the claims. The same rows as a `settle` of each of
    them would leave.
    """
    rows: list[tuple[object, ...]] = []
    moves: dict[Key, Counter[str]] = defaultdict(Counter)
    new: dict[int, Course] = {}
    for one in claims:
        new[one.claim] = one.course
        for standing in one.standings:
            tallies = moves[standing.source, one.beat, one.public]
            tallies[TALLY_OF[standing.credit]] += 1
            if standing.first:
                tallies[FIRST] += 1
            rows.append((
                one.claim, standing.source, standing.report, one.beat, one.public,
                standing.first_reported_on, standing.stance, standing.certainty, standing.relay,
                standing.credit.value, standing.reason.value, standing.first, standing.lead_days,
                one.known_on,
            ))  # fmt: skip
    multirow.insert_values(Position, ("claim_id", "source_id", *KEPT), rows)
    multirow.add_up(Record, KEY, moves, TALLIES)
    past.enter(new)
    touch()


def reports_of(**which: object) -> Iterator[tuple[int, datetime, credit.ReportFacts]]:
    """What the rules need of some reports, each with its claim's key and when it was logged."""
    rows = Report.objects.filter(**which).values_list(
        "claim_id", "logged_at", "id", "source_id", "published_on", "stance", "certainty", "via_id"
    )
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield row[0], row[1], credit.ReportFacts(row[2], row[3], row[4], row[5], row[6], row[7])


def positions(claim: Claim, reports: Iterable[credit.ReportFacts]) -> list[Position]:
    """The positions that the reports of the claim make, not saved."""
    known_on = _known_on(claim)
    return [
        Position(
            claim_id=claim.pk,
            source_id=standing.source,
            report_id=standing.report,
            beat_id=claim.beat_id,
            public=claim.public,
            first_reported_on=standing.first_reported_on,
            stance=standing.stance,
            certainty=standing.certainty,
            relay=standing.relay,
            credit=standing.credit.value,
            reason=standing.reason.value,
            first=standing.first,
            lead_days=standing.lead_days,
            known_on=known_on,
        )
        for standing in _standings(claim, reports)
    ]


def _standings(claim: Claim, reports: Iterable[credit.ReportFacts]) -> list[credit.Standing]:
    """What the rules of credit make of the reports of the claim."""
    facts = credit.ClaimFacts(claim.deadline_basis, claim.outcome, _known_on(claim))
    return credit.settle(facts, reports)


def _known_on(claim: Claim) -> date | None:
    return claim.verdict.became_known_on if claim.verdict else None


def counts(position: Position) -> dict[tuple[Key, str], int]:
    """What one position adds, and to which tallies."""
    key = (position.source_id, position.beat_id, position.public)
    return adding(key, position.credit, position.first, 1)


def adding(key: Key, credit: str, first: bool, times: int) -> dict[tuple[Key, str], int]:
    """What so many positions of one kind add, and to which tallies."""
    counts = {(key, TALLY_OF[credit]): times}
    if first:
        counts[key, FIRST] = times
    return counts


def _rewrite(changed: Sequence[Position], kept: Mapping[int, Position]) -> None:
    """Brings positions up to date that are `kept` (by source), in the columns that differ."""
    columns = [
        name
        for name in KEPT
        if any(getattr(row, name) != getattr(kept[row.source_id], name) for row in changed)
    ]
    multirow.update(
        Position,
        columns,
        [(*(getattr(row, name) for name in columns), row.pk) for row in changed],
    )


def _move(moves: Counter[tuple[Key, str]]) -> None:
    """Adds the differences to the tallies."""
    by_key: dict[Key, dict[str, int]] = {}
    for (key, tally), by in moves.items():
        if by:
            by_key.setdefault(key, {})[tally] = by
    multirow.move(Record, KEY, by_key, TALLIES)


def touch() -> None:
    """Marks the records as changed. The one row is taken last, so that it is held shortly."""
    up = {"number": F("number") + 1, "past": F("past") + 1}
    while not RecordsRevision.objects.filter(pk=1).update(**up):
        RecordsRevision.objects.bulk_create([RecordsRevision(pk=1)], ignore_conflicts=True)


def revision() -> int:
    """The number that goes up with every change of a position, a tally or a claim behind them."""
    return RecordsRevision.objects.values_list("number", flat=True).filter(pk=1).first() or 0
