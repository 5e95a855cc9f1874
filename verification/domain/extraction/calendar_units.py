"""Windows for units of either language, once their words are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from verification.domain.extraction import windows
from verification.domain.extraction.windows import DAY, Window

Make = Callable[[int], Window]


def recurring(make: Make, today: date, *, year: int | None, turn: str) -> Window:
    """A period that comes every year: that of ``year``, or else the one that is meant.

    ``turn`` is "next" (strictly after today), "last" (before it) or "" (the first not yet over).
    """
    if year is not None:
        return make(year)
    if turn == "last":
        before = [make(today.year - 1), make(today.year)]
        return [window for window in before if window.last < today][-1]
    candidates = tuple(make(today.year + n) for n in (-1, 0, 1, 2))
    return windows.next_of(candidates, today, strictly=turn == "next")


def day_of_year(month: int, day: int, today: date, *, year: int | None) -> Window:
    """A day such as 31 March: of ``year``, or else the nearest in time.

    A date without a year that is a few months back is past, not nine months off.
    """
    if year is not None:
        return windows.one_day(date(year, month, day))
    near = [date(y, month, min(day, 28)) for y in (today.year - 1, today.year, today.year + 1)]
    chosen = min(
        near,
        key=lambda found: (
            abs((found - today).days + 0.0) if found >= today else (today - found).days * 3
        ),
    )
    return windows.one_day(date(chosen.year, month, day))


def day_ahead(day: int, today: date) -> Window:
    """The next day of that number, today included: "by the 15th"."""
    following = windows.plus_months(today.replace(day=1), 1)
    return windows.one_day((today if day >= today.day else following).replace(day=day))


def stretch(month: Window, days: int, nth: int) -> Window:
    """So many days of a month, by their number; 0 is the last ones."""
    if not nth:
        return windows.one_day(month.last)
    return windows.one_day(min(month.first + (days * nth - 1) * DAY, month.last))


def weekday(index: int, today: date, *, turn: str) -> Window:
    """The day of that name: today or the first one after; "next", the first one after today."""
    ahead = (index - today.weekday()) % 7
    if turn == "last":
        return windows.one_day(today - ((-ahead) % 7 or 7) * DAY)
    if turn == "next" and ahead == 0:
        ahead = 7
    return windows.one_day(today + ahead * DAY)


def of_the_year(today: date, turn: str) -> int:
    """This year, the next or the last."""
    return today.year + {"next": 1, "last": -1}.get(turn, 0)


def month_around(today: date, turn: str) -> Window:
    """This month, the next or the last."""
    found = windows.plus_months(today, {"next": 1, "last": -1}.get(turn, 0))
    return windows.month(found.year, found.month)


def quarter_around(today: date, turn: str) -> Window:
    """This quarter, the next or the last."""
    found = windows.plus_months(today, {"next": 3, "last": -3}.get(turn, 0))
    return windows.quarter(found.year, (found.month + 2) // 3)


def half_around(today: date, turn: str) -> Window:
    """This half-year, the next or the last."""
    found = windows.plus_months(today, {"next": 6, "last": -6}.get(turn, 0))
    return windows.half(found.year, (found.month + 5) // 6)


def week_around(today: date, turn: str) -> Window:
    """This week, the next or the last."""
    return windows.week(today + {"next": 7, "last": -7}.get(turn, 0) * DAY)


def weekend_around(today: date, turn: str) -> Window:
    """This week's end, the next or the last."""
    return windows.weekend(today + {"next": 7, "last": -7}.get(turn, 0) * DAY)


def season_around(number: int, today: date, *, year: int | None, turn: str) -> Window:
    """A season of a year, or the one that is meant."""
    return recurring(lambda y: windows.season(y, number), today, year=year, turn=turn)


def feast(month: int, day: int) -> Make:
    """A day that is the same every year."""
    return lambda year: windows.one_day(date(year, month, day))


def easter(year: int) -> Window:
    """Easter Sunday."""
    return windows.one_day(windows.easter(year))


def nth_weekday(month: int, index: int, nth: int) -> Make:
    """Such as the fourth Thursday of November; the last one for -1."""

    def make(year: int) -> Window:
        if nth < 0:
            last = windows.month(year, month).last
            return windows.one_day(last - ((last.weekday() - index) % 7) * DAY)
        first = date(year, month, 1)
        return windows.one_day(first + ((index - first.weekday()) % 7 + 7 * (nth - 1)) * DAY)

    return make


def shifted(make: Make, days: int) -> Make:
    """So many days from another feast: Black Friday is the day after Thanksgiving."""

    def moved(year: int) -> Window:
        found = make(year)
        return replace(found, first=found.first + days * DAY, last=found.last + days * DAY)

    return moved
