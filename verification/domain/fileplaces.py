"""Where in a claims file a field stands, as somebody who has the file open finds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A row and a column of a table, or an entry of JSON and a path in it; empty for all of it."""

    row: int
    column: str = ""
    path: str = ""


def place(name: str, row: int, rows: Sequence[int] | None) -> Place:
    """The place of a field, `reports.0.stance`, of the claim that begins in this row.

    `rows` are those of its reports where it stands in a table, and none where it is JSON.
    """
    parts = name.split(".") if name else []
    if rows is None:
        return Place(row, path=_path(parts) if parts else "")
    if parts[:1] == ["reports"] and len(parts) == 3 and parts[1].isdecimal():
        index = int(parts[1])
        return Place(rows[index] if index < len(rows) else row, parts[2])
    if parts[:1] == ["evidence"] and len(parts) > 1:
        # One cell holds all of it as JSON.
        return Place(row, "evidence", _path(parts[1:]))
    return Place(row, name)


def _path(parts: Sequence[str]) -> str:
    """As JSONPath (RFC 9535) has it."""
    return "$" + "".join(
        f"[{part}]" if part.isdecimal() else f".{part}" if part.isidentifier() else f"['{part}']"
        for part in parts
    )
