"""Deadlines are days, not instants: this module says where a day ends in a newsroom's time zone.

A deadline is the last day, inclusive. It is over at the first instant of the next local day
(half open), so that nothing depends on whether a day has 23, 24 or 25 hours, begins at 01:00
because the clocks went forward at midnight, or is missing from the calendar altogether.

Reminders follow from the state alone: which step of a ladder is current *now*. Nothing asks
whether today equals a date, so a scheduler that was down for three days finds the one step that
is still current and not the three that it missed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

PRECISIONS = ("day", "month", "quarter", "half", "year")

# How many months each precision's period has; a day is not made of months.
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}

STAGES = ("heads-up", "due", "overdue-1", "overdue-3", "overdue-7", "escalation")

#: Stages that a recipient may do without. Somebody has to act on the others.
OPTIONAL_STAGES = ("heads-up", "overdue-1", "overdue-3")

Audience = Literal["owner", "editor", "managing", "watcher"]


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of a reminder ladder.

    ``offset_days`` counts from the deadline (negative: before it). ``audience`` is who is
    reminded: the claim's owner, the editor of its beat, every managing editor, or those who
    watch it.
    """

    stage: str
    offset_days: int
    audience: Audience


LADDER: tuple[Step, ...] = (
    Step("heads-up", -7, "owner"),
    Step("due", 0, "owner"),
    Step("overdue-1", 1, "owner"),
    Step("overdue-3", 3, "owner"),
    Step("overdue-7", 7, "owner"),
    Step("escalation", 3, "editor"),
    Step("overdue-7", 7, "editor"),
    Step("due", 0, "watcher"),
)


def due_instant(day: date, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which ``day`` is over in ``zone``: a deadline of that day has passed.

    It is the first instant whose local date is later than ``day``. Raises OverflowError for the
    last day that the calendar knows.
    """
    return _first_instant(datetime.combine(day + timedelta(days=1), time()), zone)


# A sweep asks for the same few mornings thousands of times.
@lru_cache(maxsize=4096)
def local_instant(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which clocks in ``zone`` first show ``hour``:00 on ``day``.

    Where the clocks skip that hour it is the first instant after the gap; where they show it
    twice, the first time. Raises ValueError unless ``hour`` is 0 to 23.
    """
    return _first_instant(datetime.combine(day, time(hour)), zone)


def local_day(now: datetime, zone: ZoneInfo) -> date:
    """The date that calendars in ``zone`` show at ``now``, which must carry a time zone."""
    return _aware(now).astimezone(zone).date()


def period_end(day: date, precision: str) -> date:
    """The last day of the day, month, quarter, half-year or year that contains ``day``."""
    if precision == "day":
        return day
    if precision not in _MONTHS:
        raise ValueError(f"precision is one of {', '.join(PRECISIONS)}; not {precision!r}")
    length = _MONTHS[precision]
    last_month = (day.month - 1) // length * length + length
    if last_month == 12:
        return date(day.year, 12, 31)
    return date(day.year, last_month + 1, 1) - timedelta(days=1)


def is_period_end(day: date, precision: str) -> bool:
    """Whether ``day`` is the last day of its period; every day ends a period of one day."""
    return day == period_end(day, precision)


def current_step(
    deadline: date,
    now: datetime,
    hour: int,
    zone: ZoneInfo,
    audience: Audience,
    ladder: Iterable[Step] = LADDER,
) -> Step | None:
    """The latest step that has been reached for ``audience``; None before its first one.

    A step is reached at ``hour``:00 local, ``offset_days`` from the deadline.
    """
    now = _aware(now)
    reached = [
        step
        for step in ladder
        if step.audience == audience and _step_instant(step, deadline, hour, zone) <= now
    ]
    return max(reached, key=lambda step: step.offset_days, default=None)


def next_step_at(
    deadline: date,
    now: datetime,
    hour: int,
    zone: ZoneInfo,
    ladder: Iterable[Step] = LADDER,
) -> datetime | None:
    """The next instant (UTC), strictly after ``now``, at which anyone's step is reached.

    None after the last step: from then on the claim needs no more looking at.
    """
    now = _aware(now)
    instants = (_step_instant(step, deadline, hour, zone) for step in ladder)
    return min((instant for instant in instants if instant > now), default=None)


def _step_instant(step: Step, deadline: date, hour: int, zone: ZoneInfo) -> datetime:
    return local_instant(deadline + timedelta(days=step.offset_days), hour, zone)


def _aware(moment: datetime) -> datetime:
    # A naive time would silently be read in the server's own zone.
    if moment.utcoffset() is None:
        raise ValueError("a time without a time zone is ambiguous")
    return moment


def _first_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) at which clocks in ``zone`` show ``wall`` or later."""
    before = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if before <= after:
        # Equal for a time that exists once; for one that exists twice, fold 0 is the first.
        return before
    # Clocks skip `wall`. PEP 495 reads it with the offset of either side of the gap, which
    # encloses the transition: halve down to the second at which the clocks jumped.
    while before - after > timedelta(seconds=1):
        middle = after + timedelta(seconds=(before - after) // timedelta(seconds=2))
        if middle.astimezone(zone).replace(tzinfo=None) >= wall:
            before = middle
        else:
            after = middle
    return before
