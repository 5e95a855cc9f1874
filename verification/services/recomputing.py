"""Positions, tallies and past days computed anew: to put them right, and to prove that they are.

Whatever is done walks through the claims some at a time, and has no more than these in memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F

from verification import breakdowns
from verification.domain.courses import Course
from verification.models import (
    Claim,
    PastBreakdown,
    PastDay,
    PastRecord,
    Position,
    Record,
    RecordsRevision,
    Verdict,
)
from verification.models import Course as CourseRow
from verification.services import ledger, multirow, past, publication, records
from verification.services.pastsums import Sums
from verification.services.records import KEPT, KEY, TALLIES, Key

#: How many claims are in hand: their number does not matter to the memory.
CLAIMS_AT_ONCE = 1000

#: What the rules, a position and a course ask of a claim.
_ASKED = (
    "deadline", "deadline_basis", "outcome", "verdict__became_known_on", "beat", "public",
)  # fmt: skip

#: Hears how many claims are done.
Told = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Difference:
    """A kept row that a full recompute does not give, or gives otherwise."""

    what: str
    kept: str
    right: str

    def __str__(self) -> str:
        return f"{self.what}: kept {self.kept}, recomputed {self.right}"


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Some claims with neighbouring keys, and what the rules make of each."""

    first: int
    last: int
    claims: int
    positions: list[Position] = field(default_factory=list)
    courses: dict[int, Course] = field(default_factory=dict)


def _silent(_done: int) -> None:
    """Tells nobody."""


@transaction.atomic
def recompute(told: Told = _silent) -> int:
    """Computes every position, tally and past day anew and keeps them. Returns how many positions.

    Nobody changes a claim meanwhile.
    """
    ledger.hold()
    for model in (Record, CourseRow, PastDay, PastRecord, PastBreakdown):
        model._default_manager.all().delete()
    made = done = 0
    with breakdowns.anew(connection), Sums() as sums:
        Position.objects.all().delete()
        for chunk in _chunks():
            multirow.insert(Position, chunk.positions)
            past.keep(chunk.courses)
            sums.should_be(past.difference([], chunk.courses.values()))
            made += len(chunk.positions)
            done += chunk.claims
            told(done)
        sums.keep()
    multirow.insert(
        Record,
        [
            Record(**dict(zip(KEY, key, strict=True)), **tallies)
            for key, tallies in sorted(_tallies(_counted()).items())
        ],
    )
    records.touch()
    RecordsRevision.objects.update(past=F("number"))
    return made


def catch_up(told: Told = _silent) -> None:
    """Brings all courses up to date, and so the sums of past days, while others go on working.

    For after an upgrade from a release that did not keep them. It may be cut off and begun again.
    """
    behind = -1
    # Once more where somebody changed a claim without its course while we went over them.
    while (now := _behind()) != behind:
        behind, last, done = now, 0, 0
        while chunk := _caught_up(last):
            last = chunk.last
            done += chunk.claims
            told(done)
    RecordsRevision.objects.filter(number=F("past") + behind).update(past=F("number"))


def _behind() -> int:
    """How many changes were made of which no course was told."""
    row = RecordsRevision.objects.filter(pk=1).first()
    return row.number - row.past if row else 0


@transaction.atomic
def _caught_up(last: int) -> _Chunk | None:
    """The next claims after `last`, whose courses are right now; none where there are no more."""
    ledger.hold()
    chunk = next(_chunks(last), None)
    if chunk is not None:
        kept = past.of_claims(chunk.first, chunk.last)
        wrong = {key: row for key, row in chunk.courses.items() if kept.get(key) != row}
        CourseRow.objects.filter(claim__in=wrong).delete()
        past.move(past.difference([kept[key] for key in wrong if key in kept], []))
        past.enter(wrong)
    return chunk


def differences() -> list[Difference]:
    """Where what is kept differs from a full recompute; empty where they agree."""
    return list(compare())


def compare(told: Told = _silent) -> Iterator[Difference]:
    """What `differences` gives, as it is found.

    All that is read is of one state of the database, and nobody waits for it.
    """
    counts: Counter[tuple[Key, str]] = Counter()
    done = 0
    with publication.snapshot(), Sums() as sums:
        believed = past.kept()
        for chunk in _chunks():
            yield from _different(chunk)
            for position in chunk.positions:
                counts.update(records.counts(position))
            if believed:
                yield from _other_courses(chunk)
                sums.should_be(past.difference([], chunk.courses.values()))
            done += chunk.claims
            told(done)
        yield from _other_tallies(counts)
        if believed:
            for key, kept, right in sums.differences():
                yield Difference(_sum_name(key), kept, right)
        for (
            source,
            part,
            public,
            beat,
            value,
            yes,
            no,
            right_yes,
            right_no,
        ) in breakdowns.differences(connection):
            yield Difference(
                f"{_record_name((source, beat, bool(public)))}: {part} {value}",
                f"{yes} and {no}",
                f"{right_yes} and {right_no}",
            )


def _chunks(last: int = 0) -> Iterator[_Chunk]:
    """The claims with keys after `last`, some at a time, until each had its turn."""
    claims = Claim.objects.select_related("verdict").only(*_ASKED).order_by("pk")
    while rows := list(claims.filter(pk__gt=last)[:CLAIMS_AT_ONCE]):
        first, last = rows[0].pk, rows[-1].pk
        chunk = _Chunk(first, last, len(rows))
        near: dict[str, Any] = {"claim__gte": first, "claim__lte": last}
        reports: dict[int, list[past.Logged]] = defaultdict(list)
        for claim_id, logged_at, report in records.reports_of(**near):
            reports[claim_id].append((logged_at, report))
        given: dict[int, list[past.Given]] = defaultdict(list)
        decided = Verdict.objects.filter(**near).order_by("id")
        for claim_id, at, outcome, known_on in decided.values_list(
            "claim_id", "decided_at", "outcome", "became_known_on"
        ):
            given[claim_id].append((at, outcome, known_on))
        for claim in rows:
            of = reports[claim.pk]
            chunk.positions.extend(records.positions(claim, [report for _at, report in of]))
            chunk.courses[claim.pk] = past.course_of(claim, of, given[claim.pk])
        yield chunk


def _tallies(counts: Counter[tuple[Key, str]]) -> dict[Key, dict[str, int]]:
    """The tallies that positions make: only keys with something in them."""
    tallies: dict[Key, dict[str, int]] = {}
    for (key, tally), number in counts.items():
        tallies.setdefault(key, dict.fromkeys(TALLIES, 0))[tally] = number
    return tallies


def _counted() -> Counter[tuple[Key, str]]:
    """What all the kept positions add, counted by the database."""
    counts: Counter[tuple[Key, str]] = Counter()
    kinds = Position.objects.order_by().values_list(*KEY, "credit", "first")
    for source, beat, public, given, first, times in kinds.annotate(Count("pk")):
        counts.update(records.adding((source, beat, public), given, first, times))
    return counts


def _different(chunk: _Chunk) -> Iterator[Difference]:
    """Where the kept positions of some claims differ from the right ones."""
    rows = Position.objects.filter(claim__gte=chunk.first, claim__lte=chunk.last).order_by()
    kept = {
        (claim, source): tuple(values)
        for claim, source, *values in rows.values_list("claim_id", "source_id", *KEPT)
    }
    for position in chunk.positions:
        before = kept.pop((position.claim_id, position.source_id), None)
        right = tuple([getattr(position, name) for name in KEPT])
        if before == right:
            continue
        what = f"position of source {position.source_id} on claim {position.claim_id}"
        if before is None:
            yield Difference(what, "none", position.credit)
            continue
        for name, is_kept, is_right in zip(KEPT, before, right, strict=True):
            if is_kept != is_right:
                yield Difference(f"{what}, {name}", str(is_kept), str(is_right))
    credit = KEPT.index("credit")
    for (claim, source), values in kept.items():
        yield Difference(f"position of source {source} on claim {claim}", values[credit], "none")


def _other_courses(chunk: _Chunk) -> Iterator[Difference]:
    """Where the kept courses of some claims differ from the right ones."""
    kept = past.of_claims(chunk.first, chunk.last)
    for claim, right in chunk.courses.items():
        found = kept.get(claim)
        if found != right:
            is_kept = "none" if found is None else str(past.as_list(found))
            yield Difference(f"course of claim {claim}", is_kept, str(past.as_list(right)))


def _other_tallies(counts: Counter[tuple[Key, str]]) -> Iterator[Difference]:
    """Where the kept tallies differ from what the right positions make."""
    tallies = _tallies(counts)
    for record in Record.objects.order_by("source_id", "beat_id", "public"):
        key = (record.source_id, record.beat_id, record.public)
        expected = tallies.pop(key, dict.fromkeys(TALLIES, 0))
        for tally in TALLIES:
            kept = getattr(record, tally)
            if kept != expected[tally]:
                yield Difference(f"{_record_name(key)}: {tally}", str(kept), str(expected[tally]))
    for key, expected in tallies.items():
        for tally, number in expected.items():
            if number:
                yield Difference(f"{_record_name(key)}: {tally}", "no row", str(number))


def _record_name(key: Key) -> str:
    source, beat, public = key
    return f"record of source {source}, beat {beat}, {'public' if public else 'internal'}"


def _sum_name(key: tuple[Any, ...]) -> str:
    span, matured, starts, public, beat, source, name = key
    over = "matured claims" if matured else "all claims"
    return f"{_record_name((source, beat, bool(public)))}: {span} {starts}, {over}: {name}"
