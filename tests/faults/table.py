"""The table that the suite prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

#: The verdict on what cannot be tried on this machine; the bar says why.
NOT_RUN = "not run"


@dataclass(frozen=True)
class Row:
    """What one fault did. `lost` and `duplicates` are counted at the far end.

    `verdict` is "held" or says what was missed; of a mutant, "caught" is what is wanted.
    """

    fault: str
    work: str
    lost: int
    duplicates: int
    kills: int
    seconds: float
    bar: str
    verdict: str

    @property
    def is_good(self) -> bool:
        return self.verdict in {"held", "caught", NOT_RUN}

    def cells(self) -> list[str]:
        return [
            f"{value:.0f}" if isinstance(value, float) else str(value)
            for value in (getattr(self, field.name) for field in fields(self))
        ]


def verdict(**missed: object) -> str:
    """ "held", or the names of the bars that were missed with what was found.

    Each argument is a bar: False or zero or nothing where it was kept.
    """
    found = [f"{name.replace('_', ' ')}: {value}" for name, value in missed.items() if value]
    return "MISSED " + "; ".join(found) if found else "held"


def markdown(rows: Iterable[Row]) -> str:
    """The table, in columns that line up in a terminal too."""
    head = [field.name for field in fields(Row)]
    lines = [head, *(row.cells() for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    )
