"""Stretches of days that a text may mean, and what "end of", "early" and "before" make of them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from verification.domain.deadlines import period_end

Part = Literal["", "early", "mid", "end"]
#: How the wording bounds the event: in the stretch, at the latest in it, or ahead of it.
Bound = Literal["in", "by", "before", "until"]

DAY = timedelta(days=1)
#: Days after which "within days", and whole months after which "soon", is over. Vague wording is
#: given more time than it seems to promise, so that nobody is held to less than was meant.
DAYS = 14
WEEKS = 28
MONTHS = 6
SOON = 3


@dataclass(frozen=True, slots=True)
class Window:
    """From ``first`` to ``last``, both inclusive; ``precision`` is that of its wording.

    ``vague`` says that the wording gives no bound and the last day is only proposed; ``season``
    that "by" it means before it; ``closing`` that it is the day on which something closes, and
    "before" that is as long as it is open.
    """

    first: date
    last: date
    precision: str
    vague: bool = False
    season: bool = False
    closing: bool = False


def one_day(day: date) -> Window:
    """A single day."""
    return Window(day, day, "day")


def month(year: int, number: int) -> Window:
    """A calendar month."""
    return _from(date(year, number, 1), "month")


def quarter(year: int, number: int) -> Window:
    """A quarter, 1 to 4."""
    return _from(date(year, 3 * number - 2, 1), "quarter")


def half(year: int, number: int) -> Window:
    """A half-year, 1 or 2."""
    return _from(date(year, 6 * number - 5, 1), "half")


def whole_year(year: int) -> Window:
    """A calendar year."""
    return _from(date(year, 1, 1), "year")


def season(year: int, number: int) -> Window:
    """A season, 1 (spring) to 4 (winter, which begins in ``year``).

    There is no precision "season". It is read as the quarter in which it ends, whose last day is
    never before the almanac's: spring is over with June, summer with September, autumn with the
    year, and winter with the March that follows.
    """
    found = quarter(year, number + 1) if number < 4 else quarter(year + 1, 1)
    return replace(found, season=True)


def holidays(year: int) -> Window:
    """The long holidays: before them is before July."""
    return Window(date(year, 7, 1), date(year, 8, 31), "month")


def recess(year: int) -> Window:
    """The summer recess, whose first day nobody prints: it is taken to begin with August."""
    return Window(date(year, 8, 1), date(year, 8, 31), "month", vague=True)


def truce(year: int) -> Window:
    """The winter break of leagues and business, which begins at Christmas: by then is before it."""
    return Window(date(year, 12, 24), date(year, 12, 31), "day", vague=True, season=True)


def week(day: date) -> Window:
    """Monday to Sunday around a day."""
    monday = day - day.weekday() * DAY
    return Window(monday, monday + 6 * DAY, "day")


def weekend(day: date) -> Window:
    """The Saturday and Sunday of a day's week."""
    found = week(day)
    return replace(found, first=found.last - DAY)


def part_of(window: Window, part: Part) -> Window:
    """The beginning, the middle or the end of a window.

    Early in a year is its first quarter, early in a month its first ten days; its middle is the
    30 June, the 15th. What has a beginning of no known length (a season, a quarter) begins with
    its first month.
    """
    if part == "early":
        return _early(window)
    if part == "mid":
        return _middle(window)
    return window


def _early(window: Window) -> Window:
    if window.precision == "year":
        return quarter(window.first.year, 1)
    if window.precision == "month":
        return one_day(window.first.replace(day=10))
    if window.precision == "day":
        return replace(window, last=min(window.first + 2 * DAY, window.last))
    return month(window.first.year, window.first.month)


def _middle(window: Window) -> Window:
    if window.precision == "year":
        return Window(date(window.first.year, 6, 1), date(window.first.year, 6, 30), "half")
    if window.precision == "month":
        return one_day(window.first.replace(day=15))
    if window.precision == "day":
        return one_day(window.first + (window.last - window.first) // 2)
    return month(window.first.year, window.first.month + 1)


def last_day(window: Window, bound: Bound, part: Part) -> tuple[date, str]:
    """The last day, inclusive, with its precision: "before" is the eve of the first day.

    "Before the end of March" is over with March like "by the end of March". "By summer" is over
    where summer begins, and the eve of a period ends the one before it. What closes is open on its
    last day: "before the transfer window closes" has that day as well.
    """
    eve = bound == "before" or (bound == "by" and window.season and not part)
    if not eve or part == "end" or window.closing:
        return window.last, window.precision
    # Before February is a month's end; before 2 February is a day.
    return window.first - DAY, window.precision


def in_year(day: date, year: int) -> date:
    """The same day in another year; a month's last day stays the month's last."""
    ends = monthrange(day.year, day.month)[1] == day.day
    last = monthrange(year, day.month)[1]
    return date(year, day.month, last if ends else min(day.day, last))


def plus_months(day: date, count: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    number = day.year * 12 + day.month - 1 + count
    year, index = divmod(number, 12)
    return date(year, index + 1, min(day.day, monthrange(year, index + 1)[1]))


def after(today: date, count: int, unit: str) -> Window:
    """Within so many days, weeks, months or years from today."""
    if unit == "day":
        last = today + count * DAY
    elif unit == "week":
        last = today + 7 * count * DAY
    else:
        last = plus_months(today, count * (12 if unit == "year" else 1))
    return Window(today, last, "day")


def vague(today: date, unit: str) -> Window:
    """A window for wording without a bound: "in the coming days", "within weeks", "soon"."""
    if unit == "hour":
        return Window(today, today + DAY, "day", vague=True)
    if unit == "day":
        return Window(today, today + DAYS * DAY, "day", vague=True)
    if unit == "week":
        return Window(today, period_end(today + WEEKS * DAY, "month"), "month", vague=True)
    months = {"month": MONTHS, "soon": SOON, "year": 36}[unit]
    last = period_end(plus_months(today, months), "month")
    return Window(today, last, "month", vague=True)


def next_of(candidates: tuple[Window, ...], today: date, *, strictly: bool = False) -> Window:
    """The first of some windows in order that is not over, or, strictly, that has not begun."""
    for window in candidates:
        if window.first > today or (not strictly and window.last >= today):
            return window
    return candidates[-1]


def easter(year: int) -> date:
    """Easter Sunday (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    number, day = divmod(h + n - 7 * m + 114, 31)
    return date(year, number, day + 1)


def _from(first: date, precision: str) -> Window:
    return Window(first, period_end(first, precision), precision)
