"""Accuracy, intervals and ranks, from the tallies.

Every face asks here, so that a number is the same wherever it is printed. The figures of a pool are
computed in one vectorised pass and kept in the process for exactly as long as they are true: the
tallies' revision number says when they are not.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import median

from django.db import connection
from django.db.models import Count, QuerySet

from verification import newsroom
from verification.domain import calibration, hedging
from verification.domain.calibration import Brier
from verification.domain.credit import Credit, Reason
from verification.models import Beat, Position, Source
from verification.services import boards, records, replay
from verification.services.boards import Board, Columns
from verification.services.records import TALLIES

#: The version of the method: goes up when a published rule or formula changes.
METHOD = "1"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which positions are counted.

    `beat` none: all beats. `as_of` none: as known now; else as it was known at the end of that day
    of the newsroom. `matured`: only claims whose deadline has passed by then. `internal`: the
    desk's own view, which counts internal claims too. `year`: only claims whose outcome became
    known in that calendar year; as known now, so not together with `as_of`.
    """

    beat: Beat | None = None
    as_of: date | None = None
    matured: bool = False
    internal: bool = False
    year: int | None = None

    @property
    def kept(self) -> bool:
        """Whether the kept tallies answer it, without a replay of the history."""
        return self.as_of is None and not self.matured and self.year is None


@dataclass(frozen=True, slots=True)
class Detail:
    """What of a record is read from its positions: scores of certainty, and leads."""

    brier: Brier | None
    median_lead_days: float | None


class _Kept:
    """The last boards, by scope, each with the revision and day for which it is true."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.boards: OrderedDict[tuple[object, ...], tuple[object, Board]] = OrderedDict()

    def get(self, key: tuple[object, ...], true_for: object) -> Board | None:
        found = self.boards.get(key)
        return found[1] if found and found[0] == true_for else None

    def put(self, key: tuple[object, ...], true_for: object, board: Board) -> None:
        self.boards[key] = (true_for, board)
        self.boards.move_to_end(key)
        while len(self.boards) > self.size:
            self.boards.popitem(last=False)


_kept = _Kept(size=64)


def board(scope: Scope, *, now: datetime, revision: int | None = None) -> Board:
    """The figures of every source with a position within the scope.

    `revision` is the tallies' revision number, for who has just read it for several boards.
    """
    if connection.in_atomic_block:
        # The transaction may yet be undone, and its revision number given out again.
        return _board(scope, now)
    key = (
        scope.beat.pk if scope.beat else None,
        scope.as_of,
        scope.matured,
        scope.internal,
        scope.year,
    )
    revision = records.revision() if revision is None else revision
    true_for = (revision, None if scope.kept else newsroom.day(now))
    found = _kept.get(key, true_for)
    if found is None:
        found = _board(scope, now)
        _kept.put(key, true_for, found)
    return found


def _board(scope: Scope, now: datetime) -> Board:
    columns = _columns(scope, now)
    prior = columns.prior
    if scope.beat is not None and prior.fallback:
        # The beat's own pool is too small to say what its sources are like.
        prior = board(replace(scope, beat=None), now=now).prior
    return boards.board(columns, prior)


def _columns(scope: Scope, now: datetime) -> Columns:
    """The tallies of each source within the scope."""
    if scope.year is not None:
        return boards.counted(_tallies_of_year(scope, scope.year, now))
    if not scope.kept:
        return boards.counted(
            replay.tallies(
                beat=scope.beat,
                as_of=scope.as_of or newsroom.day(now),
                matured=scope.matured,
                internal=scope.internal,
            )
        )
    beat = {"beat": scope.beat} if scope.beat is not None else {}
    return boards.kept(**beat, **({} if scope.internal else {"public": True}))


def _tallies_of_year(scope: Scope, year: int, now: datetime) -> dict[int, dict[str, int]]:
    """The tallies over the claims whose outcome became known in `year`, from the positions."""
    positions = Position.objects.filter(
        known_on__gte=date(year, 1, 1), known_on__lte=date(year, 12, 31)
    )
    if scope.beat is not None:
        positions = positions.filter(beat=scope.beat)
    if not scope.internal:
        positions = positions.filter(public=True)
    if scope.matured:
        positions = positions.filter(claim__deadline__lt=newsroom.day(now))
    tallies: dict[int, dict[str, int]] = {}
    counted = positions.order_by().values_list("source", "credit", "first").annotate(Count("pk"))
    for source, credit, first, number in counted:
        sums = tallies.setdefault(source, dict.fromkeys(TALLIES, 0))
        sums[records.TALLY_OF[credit]] += number
        sums["first_to_report"] += number * first
    return tallies


def years(*, internal: bool = False) -> list[int]:
    """The calendar years in which the outcome of any claim became known, newest first."""
    positions = Position.objects.filter(known_on__isnull=False)
    if not internal:
        positions = positions.filter(public=True)
    first = positions.order_by("known_on").values_list("known_on", flat=True).first()
    last = positions.order_by("-known_on").values_list("known_on", flat=True).first()
    return list(range(last.year, first.year - 1, -1)) if first and last else []


def counted_positions(source: Source, scope: Scope) -> QuerySet[Position]:
    """The kept positions of a source that count towards accuracy, over beat and audience."""
    positions = Position.objects.filter(
        source=source, credit__in=[Credit.HIT.value, Credit.MISS.value]
    )
    if scope.beat is not None:
        positions = positions.filter(beat=scope.beat)
    if not scope.internal:
        positions = positions.filter(public=True)
    return positions


def detail(source: Source, scope: Scope, *, now: datetime) -> Detail:
    """Brier score and leads of one source within the scope."""
    if scope.kept:
        rows = list(
            counted_positions(source, scope).values_list(
                "certainty", "reason", "first", "lead_days"
            )
        )
    else:
        rows = [
            (standing.certainty, standing.reason, standing.first, standing.lead_days)
            for standing in replay.standings(
                beat=scope.beat,
                as_of=scope.as_of or newsroom.day(now),
                matured=scope.matured,
                internal=scope.internal,
                source=source,
            )
            if standing.credit in (Credit.HIT, Credit.MISS)
        ]
    with_certainty = [(row[0], row[1]) for row in rows if row[0]]
    leads = [row[3] for row in rows if row[2] and row[3] is not None]
    return Detail(
        brier=calibration.brier(
            [hedging.implied_probability(certainty) for certainty, _reason in with_certainty],
            [int(came_true(reason)) for _certainty, reason in with_certainty],
        ),
        median_lead_days=median(leads) if leads else None,
    )


def came_true(reason: str) -> bool:
    """Whether a position that counts, for this reason, was on a claim that came true."""
    return reason in (Reason.ASSERTED_CONFIRMED, Reason.DISPUTED_CONFIRMED)
