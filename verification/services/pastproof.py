"""The kept sums of past days beside those that the courses of all claims make.

What should be there and what is there go into one table on the disk, which adds them up by their
keys: so it takes no more memory at a million claims than at a thousand.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from verification.models import PastBreakdown, PastDay, PastRecord
from verification.services import past

_KEY = "source, beat, public, matured, span, starts, name"
_ROWS_AT_ONCE = 1000


class Sums:
    """Sums by source, beat, public, matured, span (day, month, year), first day and name."""

    def __init__(self) -> None:
        # Without a name: a file that is gone when it is closed.
        self._table = sqlite3.connect("")
        self._table.execute(f"CREATE TABLE sums ({_KEY}, kept, right)")

    def __enter__(self) -> Sums:
        return self

    def __exit__(self, *_error: object) -> None:
        self._table.close()

    def should_be(self, moves: past.Moves) -> None:
        """Adds what some courses move."""
        folded = past.fold(moves)
        self._add((*key, 0, by) for *key, by in _of_days(folded.days.items()))
        self._add(
            (source, beat, public, matured, span, str(starts), name, 0, by)
            for (matured, span, starts, public, beat, source), sums in folded.spans.items()
            for name, by in sums.items()
        )
        self._add(
            (source, beat, public, matured, "month", str(starts), f"{part} {value} {came}", 0, by)
            for (source, matured, part, starts, public, beat, value), sums in folded.parts.items()
            for came, by in sums.items()
        )

    def differences(self) -> Iterator[tuple[Any, ...]]:
        """Where what is kept is not what should be: the key, what is kept and what is right."""
        days = PastDay.objects.order_by().values_list(*past.DAY, "moves")
        self._add(
            (*key, by, 0)
            for *key, by in _of_days(
                ((matured, day, public, beat), moves)
                for matured, day, public, beat, moves in days.iterator(chunk_size=_ROWS_AT_ONCE)
            )
        )
        spans = PastRecord.objects.order_by().values_list(*past.SPAN, *past.TALLIES)
        self._add(
            (source, beat, public, matured, span, str(starts), name, by, 0)
            for matured, span, starts, public, beat, source, *numbers in spans.iterator(
                chunk_size=_ROWS_AT_ONCE
            )
            for name, by in zip(past.TALLIES, numbers, strict=True)
            if by
        )
        parts = PastBreakdown.objects.order_by().values_list(*past.PART, "yes", "no")
        self._add(
            (source, beat, public, matured, "month", str(starts), f"{part} {value} {came}", by, 0)
            for source, matured, part, starts, public, beat, value, yes, no in parts.iterator(
                chunk_size=_ROWS_AT_ONCE
            )
            for came, by in (("yes", yes), ("no", no))
            if by
        )
        yield from self._table.execute(
            f"SELECT {_KEY}, sum(kept), sum(right) FROM sums GROUP BY {_KEY} "  # noqa: S608
            "HAVING sum(kept) <> sum(right)"
        )

    def _add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._table.executemany("INSERT INTO sums VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _of_days(days: Iterable[tuple[tuple[Any, ...], Any]]) -> Iterator[tuple[Any, ...]]:
    for (matured, day, public, beat), moves in days:
        for source, sums in moves.items():
            for name, by in sums.items():
                yield int(source), beat, public, matured, "day", str(day), name, by
