"""Positions and tallies: kept exact by increments, and computed anew to prove it.

Whatever changes a claim calls `settle` in its own transaction, after it has taken its turn on the
claim's version. `settle` applies the rules of credit to the whole claim, compares with the
positions that are kept, and moves the tallies by the difference; so a revised verdict, a report
that turns up late or a claim that changes its beat all move every tally back and forth by the same
few lines.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Count, F

from verification import breakdowns
from verification.domain import credit
from verification.domain.credit import Credit
from verification.models import Claim, Position, Record, RecordsRevision, Report
from verification.services import ledger, multirow

#: Which tally a position of each credit is counted in.
TALLY_OF: dict[str, str] = {
    Credit.OPEN: "open",
    Credit.HIT: "hits",
    Credit.MISS: "misses",
    Credit.LAPSED_UNCOUNTED: "lapsed_uncounted",
    Credit.RELAY_OPEN: "relays_open",
    Credit.RELAY_BORNE_OUT: "relays_borne_out",
    Credit.RELAY_NOT: "relays_not",
    Credit.RELAY_LAPSED_UNCOUNTED: "relays_lapsed_uncounted",
    Credit.NONE: "uncounted",
}
TALLIES = (*dict.fromkeys(TALLY_OF.values()), "first_to_report")

#: How many claims a full recompute has in hand: their number does not matter to its memory.
CLAIMS_AT_ONCE = 1000

#: Whose tallies: source, beat, public.
Key = tuple[int, int, bool]
_KEY = ("source_id", "beat_id", "public")

_KEPT = (
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
    wanted = {position.source_id: position for position in _positions(claim, without)}
    kept = {position.source_id: position for position in claim.positions.all()}
    moves: Counter[tuple[Key, str]] = Counter()
    fresh, changed, gone = [], [], []
    for source_id, position in wanted.items():
        before = kept.get(source_id)
        if before is None:
            fresh.append(position)
        elif any(getattr(before, name) != getattr(position, name) for name in _KEPT):
            position.pk = before.pk
            changed.append(position)
            moves.subtract(_counts(before))
        else:
            continue
        moves.update(_counts(position))
    for source_id, before in kept.items():
        if source_id not in wanted:
            gone.append(before.pk)
            moves.subtract(_counts(before))
    if gone:
        Position.objects.filter(pk__in=gone).delete()
    if changed:
        _rewrite(changed, kept)
    if fresh:
        Position.objects.bulk_create(fresh)
    _move(moves)
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


def settled(claim: Claim, reports: Iterable[credit.ReportFacts]) -> Settled:
    """Applies the rules of credit to a claim that has its key, and its verdict if there is one."""
    return Settled(
        claim.pk, claim.beat_id, claim.public, _known_on(claim), _standings(claim, reports)
    )


def enter(claims: Iterable[Settled]) -> None:
    """Keeps the positions of new claims, many at once, and adds them to the tallies.

    Call it inside the transaction that keeps the claims. The same rows as a `settle` of each of
    them would leave.
    """
    rows: list[tuple[object, ...]] = []
    moves: dict[Key, Counter[str]] = defaultdict(Counter)
    for one in claims:
        for standing in one.standings:
            tallies = moves[standing.source, one.beat, one.public]
            tallies[TALLY_OF[standing.credit]] += 1
            if standing.first:
                tallies["first_to_report"] += 1
            rows.append((
                one.claim, standing.source, standing.report, one.beat, one.public,
                standing.first_reported_on, standing.stance, standing.certainty, standing.relay,
                standing.credit.value, standing.reason.value, standing.first, standing.lead_days,
                one.known_on,
            ))  # fmt: skip
    multirow.insert_values(Position, ("claim_id", "source_id", *_KEPT), rows)
    multirow.add_up(Record, _KEY, moves, TALLIES)
    touch()


def _positions(claim: Claim, without: Report | None = None) -> list[Position]:
    """The claim's positions by the rules of credit, not saved."""
    return positions(claim, [row for _claim, row in _reports(claim=claim, without=without)])


def _reports(
    *, without: Report | None = None, **which: object
) -> Iterator[tuple[int, credit.ReportFacts]]:
    """What the rules need of some reports, each with the key of its claim."""
    rows = Report.objects.filter(**which).values_list(
        "claim_id", "id", "source_id", "published_on", "stance", "certainty", "via_id"
    )
    for row in rows.iterator(chunk_size=CLAIMS_AT_ONCE):
        if without is None or row[1] != without.pk:
            yield row[0], credit.ReportFacts(row[1], row[2], row[3], row[4], row[5], row[6])


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


def _counts(position: Position) -> dict[tuple[Key, str], int]:
    """What one position adds, and to which tallies."""
    key = (position.source_id, position.beat_id, position.public)
    return _adding(key, position.credit, position.first, 1)


def _adding(key: Key, credit: str, first: bool, times: int) -> dict[tuple[Key, str], int]:
    """What so many positions of one kind add, and to which tallies."""
    counts = {(key, TALLY_OF[credit]): times}
    if first:
        counts[key, "first_to_report"] = times
    return counts


def _rewrite(changed: Sequence[Position], kept: Mapping[int, Position]) -> None:
    """Brings positions up to date that are `kept` (by source), in the columns that differ."""
    columns = [
        name
        for name in _KEPT
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
    multirow.move(Record, _KEY, by_key, TALLIES)


def touch() -> None:
    """Marks the records as changed. The one row is taken last, so that it is held shortly."""
    while not RecordsRevision.objects.filter(pk=1).update(number=F("number") + 1):
        RecordsRevision.objects.bulk_create([RecordsRevision(pk=1)], ignore_conflicts=True)


def revision() -> int:
    """The number that goes up with every change of a position, a tally or a claim behind them."""
    return RecordsRevision.objects.values_list("number", flat=True).filter(pk=1).first() or 0


# --- The whole, computed anew ---------------------------------------------------------------------


#: What the rules and a position ask of a claim.
_ASKED = ("deadline_basis", "outcome", "verdict__became_known_on", "beat", "public")


@dataclass(frozen=True, slots=True)
class Difference:
    """A kept row that a full recompute does not give, or gives otherwise."""

    what: str
    kept: str
    right: str

    def __str__(self) -> str:
        return f"{self.what}: kept {self.kept}, recomputed {self.right}"


def _chunks() -> Iterator[tuple[list[int], list[Position]]]:
    """Some claims' keys and their positions by the rules, until every claim had its turn."""
    last = 0
    claims = Claim.objects.select_related("verdict").only(*_ASKED).order_by("pk")
    while chunk := list(claims.filter(pk__gt=last)[:CLAIMS_AT_ONCE]):
        first, last = chunk[0].pk, chunk[-1].pk
        reports: dict[int, list[credit.ReportFacts]] = defaultdict(list)
        for claim_id, report in _reports(claim__gte=first, claim__lte=last):
            reports[claim_id].append(report)
        yield (
            [claim.pk for claim in chunk],
            [position for claim in chunk for position in positions(claim, reports[claim.pk])],
        )


def _tallies(counts: Counter[tuple[Key, str]]) -> dict[Key, dict[str, int]]:
    """The tallies that positions make: only keys with something in them."""
    tallies: dict[Key, dict[str, int]] = {}
    for (key, tally), number in counts.items():
        tallies.setdefault(key, dict.fromkeys(TALLIES, 0))[tally] = number
    return tallies


@transaction.atomic
def recompute() -> int:
    """Computes every position and tally anew and keeps them. Returns how many positions.

    Nobody changes a claim meanwhile.
    """
    ledger.hold()
    Record.objects.all().delete()
    made = 0
    with breakdowns.anew(connection):
        Position.objects.all().delete()
        for _keys, positions in _chunks():
            multirow.insert(Position, positions)
            made += len(positions)
    multirow.insert(
        Record,
        [
            Record(**dict(zip(_KEY, key, strict=True)), **tallies)
            for key, tallies in sorted(_tallies(_counted()).items())
        ],
    )
    touch()
    return made


def _counted() -> Counter[tuple[Key, str]]:
    """What all the kept positions add, counted by the database."""
    counts: Counter[tuple[Key, str]] = Counter()
    kinds = Position.objects.order_by().values_list(*_KEY, "credit", "first")
    for source, beat, public, given, first, times in kinds.annotate(Count("pk")):
        counts.update(_adding((source, beat, public), given, first, times))
    return counts


@transaction.atomic
def differences() -> list[Difference]:
    """Where the kept positions and tallies differ from a full recompute; empty where they agree."""
    found: list[Difference] = []
    counts: Counter[tuple[Key, str]] = Counter()
    for keys, positions in _chunks():
        found += _different(keys, positions)
        for position in positions:
            counts.update(_counts(position))
    tallies = _tallies(counts)
    for record in Record.objects.order_by("source_id", "beat_id", "public"):
        key = (record.source_id, record.beat_id, record.public)
        expected = tallies.pop(key, dict.fromkeys(TALLIES, 0))
        for tally in TALLIES:
            if getattr(record, tally) != expected[tally]:
                found.append(
                    Difference(
                        _tally_name(key, tally), str(getattr(record, tally)), str(expected[tally])
                    )
                )
    found += [
        Difference(_tally_name(key, tally), "no row", str(number))
        for key, expected in tallies.items()
        for tally, number in expected.items()
        if number
    ]
    return found + [
        Difference(
            f"{_record_name((source, beat, bool(public)))}: {part} {value}",
            f"{yes} and {no}",
            f"{right_yes} and {right_no}",
        )
        for source, part, public, beat, value, yes, no, right_yes, right_no in (
            breakdowns.differences(connection)
        )
    ]


def _different(claims: list[int], right: list[Position]) -> list[Difference]:
    """Where the kept positions of some claims differ from the right ones."""
    found: list[Difference] = []
    rows = Position.objects.filter(claim__gte=claims[0], claim__lte=claims[-1])
    kept = {(position.claim_id, position.source_id): position for position in rows}
    for position in right:
        before = kept.pop((position.claim_id, position.source_id), None)
        what = f"position of source {position.source_id} on claim {position.claim_id}"
        if before is None:
            found.append(Difference(what, "none", position.credit))
            continue
        for name in _KEPT:
            is_kept, is_right = getattr(before, name), getattr(position, name)
            if is_kept != is_right:
                found.append(Difference(f"{what}, {name}", str(is_kept), str(is_right)))
    return found + [
        Difference(f"position of source {source} on claim {claim}", position.credit, "none")
        for (claim, source), position in kept.items()
    ]


def _tally_name(key: Key, tally: str) -> str:
    return f"{_record_name(key)}: {tally}"


def _record_name(key: Key) -> str:
    source, beat, public = key
    return f"record of source {source}, beat {beat}, {'public' if public else 'internal'}"
