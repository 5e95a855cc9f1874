"""Which positions a figure is of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from verification.models import Beat


@dataclass(frozen=True, slots=True)
class Scope:
    """Which positions are counted.

    `beat` none: all beats. `as_of` none: as known now; else as it was known at the end of that day
    of the newsroom. `matured`: only claims whose deadline has passed by then. `internal`: the
    desk's own view, which counts internal claims too. `year`: only claims whose outcome became
    known in that calendar year; as known now, so not together with `as_of`.
    """

    beat: Beat | None = None
    as_of: date | None = None
    matured: bool = False
    internal: bool = False
    year: int | None = None

    @property
    def kept(self) -> bool:
        """Whether the kept tallies answer it, without a replay of the history."""
        return self.as_of is None and not self.matured and self.year is None
