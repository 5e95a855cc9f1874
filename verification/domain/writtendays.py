"""Days as spreadsheets write them: 31/03/2026, 3/31/2026, 31.03.2026, 2026/03/31.

A form that can mean two days is never guessed from the day itself. Other days of the same column
may tell, since one program wrote them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum

_YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})\Z")
_YEAR_FIRST = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})\Z")


class Order(Enum):
    """Which of two numbers before a year comes first."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


def readings(text: str) -> dict[Order, date]:
    """The days that the text may mean: none, one, or two by the order of its numbers.

    With points between them the day is first wherever that is written.
    """
    if found := _YEAR_FIRST.match(text):
        day = _day(int(found[1]), int(found[2]), int(found[3]))
        return {Order.DAY_FIRST: day} if day else {}
    found = _YEAR_LAST.match(text)
    if found is None:
        return {}
    first, sign, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
    meant = {Order.DAY_FIRST: _day(year, second, first)}
    if sign != "." and first != second:
        meant[Order.MONTH_FIRST] = _day(year, first, second)
    return {order: day for order, day in meant.items() if day}


def order_of(texts: Iterable[str]) -> Order | None:
    """The order that all of the texts are in, where at least one can be read in one order only."""
    told: set[Order] = set()
    for text in texts:
        found = _YEAR_LAST.match(text)
        if found and found[2] != "." and int(found[1]) != int(found[3]):
            meant = readings(text)
            if len(meant) == 1:
                told.update(meant)
    return told.pop() if len(told) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
