"""What stands in a cell of a table: out, so that no spreadsheet runs it, and in again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

#: A spreadsheet would run a cell that begins with one of these.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read(value: Any) -> Any:
    """A cell's value as JSON has it."""
    if value.__class__ is str:
        text = value[1:] if value[:1] == "'" and _runs(value) else value
        return text or None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def safe(value: Any) -> Any:
    """A value as a cell that nothing runs; an apostrophe before it keeps it from that."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"'{value}" if isinstance(value, str) and _runs(value) else value


def csv_line(cells: Iterable[Any], separator: str = ",") -> str:
    """One line of CSV; no cell can be taken for a formula."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator="\n").writerow(map(safe, cells))
    return buffer.getvalue()


def _runs(text: str) -> bool:
    """Whether a spreadsheet would run the text, but for the apostrophes before it.

    Those count as well, so that an apostrophe of the text's own is not taken for the one that keeps
    the cell from running.
    """
    return text.lstrip("'").startswith(_FORMULA)
