"""The sums of past days that the courses of all claims make: to be kept, or to prove what is kept.

They are added up in a table of their own on the disk: so it takes no more memory at a million
claims than at a thousand, and each row that is kept is written once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from verification.models import PastBreakdown, PastDay, PastRecord
from verification.services import multirow, past

_KEY = "span, matured, starts, public, beat, source, name"
#: Rows of one of the models, for which the names of tallies or parts are put together.
_ROW = 6
_ROWS_AT_ONCE = 1000


class Sums:
    """Sums by span (day, month, year), matured, first day, public, beat, source and name."""

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
            (span, matured, str(starts), public, beat, source, name, 0, by)
            for (matured, span, starts, public, beat, source), sums in folded.spans.items()
            for name, by in sums.items()
        )
        self._add(
            ("month", matured, str(starts), public, beat, source, f"{part} {value} {came}", 0, by)
            for (source, matured, part, starts, public, beat, value), sums in folded.parts.items()
            for came, by in sums.items()
        )

    def keep(self) -> None:
        """Writes what should be there, where nothing is."""
        found = self._table.execute(
            f"SELECT {_KEY}, sum(right) FROM sums GROUP BY {_KEY} HAVING sum(right) <> 0"  # noqa: S608
        )
        rows = _Rows()
        day, moves = None, {}
        for key, same in groupby(found, key=lambda row: row[:_ROW]):
            span, matured, starts, public, beat, source = key
            sums = {name: by for *_key, name, by in same}
            if span != "day":
                rows.add(span, matured, date.fromisoformat(starts), public, beat, source, sums)
                continue
            this = (bool(matured), date.fromisoformat(starts), bool(public), beat)
            if day is not None and this != day:
                rows.add_day(day, moves)
                moves = {}
            day, moves[str(source)] = this, sums
        if day is not None:
            rows.add_day(day, moves)
        rows.write()

    def differences(self) -> Iterator[tuple[tuple[Any, ...], str, str]]:
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
            (span, matured, str(starts), public, beat, source, name, by, 0)
            for matured, span, starts, public, beat, source, *numbers in spans.iterator(
                chunk_size=_ROWS_AT_ONCE
            )
            for name, by in zip(past.TALLIES, numbers, strict=True)
            if by
        )
        parts = PastBreakdown.objects.order_by().values_list(*past.PART, "yes", "no")
        self._add(
            ("month", matured, str(starts), public, beat, source, f"{part} {value} {came}", by, 0)
            for source, matured, part, starts, public, beat, value, yes, no in parts.iterator(
                chunk_size=_ROWS_AT_ONCE
            )
            for came, by in (("yes", yes), ("no", no))
            if by
        )
        for *key, is_kept, right in self._table.execute(
            f"SELECT {_KEY}, sum(kept), sum(right) FROM sums GROUP BY {_KEY} "  # noqa: S608
            "HAVING sum(kept) <> sum(right)"
        ):
            yield tuple(key), str(is_kept), str(right)

    def _add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        self._table.executemany("INSERT INTO sums VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _of_days(days: Iterable[tuple[tuple[Any, ...], Any]]) -> Iterator[tuple[Any, ...]]:
    for (matured, day, public, beat), moves in days:
        for source, sums in moves.items():
            for name, by in sums.items():
                yield "day", matured, str(day), public, beat, int(source), name, by


class _Rows:
    """Rows of the three models, written when there are many."""

    def __init__(self) -> None:
        self.days: list[tuple[Any, ...]] = []
        self.spans: list[tuple[Any, ...]] = []
        self.parts: list[tuple[Any, ...]] = []

    def add_day(self, day: tuple[Any, ...], moves: dict[str, dict[str, int]]) -> None:
        self.days.append((*day, moves))
        if len(self.days) == _ROWS_AT_ONCE:
            self.write()

    def add(
        self,
        span: str,
        matured: int,
        starts: date,
        public: int,
        beat: int,
        source: int,
        sums: dict[str, int],
    ) -> None:
        numbers = [sums.pop(name, 0) for name in past.TALLIES]
        if any(numbers):
            key = (bool(matured), span, starts, bool(public), beat, source)
            self.spans.append((*key, *numbers))
        shares: dict[tuple[str, str], dict[str, int]] = {}
        for name, by in sums.items():
            part, value, came = past.said(name)
            shares.setdefault((part, value), {})[came] = by
        self.parts += [
            (source, bool(matured), part, starts, bool(public), beat, value,
             share.get("yes", 0), share.get("no", 0))
            for (part, value), share in shares.items()
        ]  # fmt: skip
        if len(self.spans) == _ROWS_AT_ONCE:
            self.write()

    def write(self) -> None:
        multirow.insert_values(PastDay, (*past.DAY, "moves"), self.days)
        multirow.insert_values(PastRecord, (*past.SPAN, *past.TALLIES), self.spans)
        multirow.insert_values(PastBreakdown, (*past.PART, "yes", "no"), self.parts)
        self.days, self.spans, self.parts = [], [], []
