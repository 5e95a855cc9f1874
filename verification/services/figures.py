"""Accuracy, intervals and ranks, from the tallies.

Every face asks here, so that a number is the same wherever it is printed. The figures of a pool are
computed in one vectorised pass and kept in the process for exactly as long as they are true: the
tallies' revision number says when they are not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate

from django.db import connection

from verification import newsroom
from verification.domain import calibration, hedging
from verification.domain.calibration import Brier
from verification.domain.courses import CAME_TRUE
from verification.domain.credit import Credit
from verification.models import Position, Source
from verification.services import boards, breakdowns, past, records, replay, tallies
from verification.services.boards import Board, Columns
from verification.services.breakdowns import CERTAINTY, LEAD, Share
from verification.services.scopes import Scope as Scope

#: The version of the method: goes up when a published rule or formula changes.
METHOD = "1"


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
    if not scope.kept:
        return boards.counted(tallies.within(scope, now))
    beat = {} if scope.beat is None else {"beat": scope.beat}
    return boards.kept(**beat, **({} if scope.internal else {"public": True}))


def years(*, internal: bool = False) -> list[int]:
    """The calendar years in which the outcome of any claim became known, newest first."""
    positions = Position.objects.filter(known_on__isnull=False)
    if not internal:
        positions = positions.filter(public=True)
    first = positions.order_by("known_on").values_list("known_on", flat=True).first()
    last = positions.order_by("-known_on").values_list("known_on", flat=True).first()
    return list(range(last.year, first.year - 1, -1)) if first and last else []


def detail(source: Source, scope: Scope, *, now: datetime) -> Detail:
    """Brier score and leads of one source within the scope."""
    if scope.kept:
        coded, leads = _shares(breakdowns.of(source, scope, CERTAINTY, LEAD))
    elif past.kept():
        day = scope.as_of or newsroom.day(now)
        coded, leads = _shares(past.breakdown(source, scope, day, CERTAINTY, LEAD))
    else:
        coded, leads = _replayed(source, scope, scope.as_of or newsroom.day(now))
    return Detail(
        brier=calibration.brier_of(
            {hedging.implied_probability(term): share for term, share in coded.items()}
        ),
        median_lead_days=_median(leads),
    )


def _shares(
    kept: dict[str, dict[str, Share]],
) -> tuple[dict[str, Share], list[tuple[int, int]]]:
    leads = [(int(days), number) for days, (number, _no) in kept[LEAD].items()]
    return kept[CERTAINTY], leads


def _replayed(
    source: Source, scope: Scope, day: date
) -> tuple[dict[str, Share], list[tuple[int, int]]]:
    """How often each certainty came true or not, and the leads, each with its number."""
    counted = [
        standing
        for standing in replay.standings(
            beat=scope.beat,
            as_of=day,
            matured=scope.matured,
            internal=scope.internal,
            source=source,
        )
        if standing.credit in (Credit.HIT, Credit.MISS)
    ]
    coded: dict[str, Share] = {}
    for standing in counted:
        if standing.certainty:
            true, false = coded.get(standing.certainty, (0, 0))
            came = standing.reason in CAME_TRUE
            coded[standing.certainty] = (true + came, false + (not came))
    leads = [
        (standing.lead_days, 1)
        for standing in counted
        if standing.first and standing.lead_days is not None
    ]
    return coded, leads


def _median(counted: list[tuple[int, int]]) -> float | None:
    """The median of values of which each is given with how often it occurs; none of nothing."""
    ordered = sorted(counted)
    ends = list(accumulate(number for _value, number in ordered))
    if not ends:
        return None
    middle = [ordered[bisect_right(ends, at)][0] for at in ((ends[-1] - 1) // 2, ends[-1] // 2)]
    return sum(middle) / 2
