"""How far a long command is: one line that moves on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from verification.services.claimfile import Position
from verification.services.importing.summary import Summary

#: Seconds between two lines where there is no terminal.
PAUSE = 10.0
#: Signs of the bar.
WIDTH = 20


class Progress:
    """Tells of each chunk of an import: what came in, how fast, and how long it will take."""

    def __init__(self, out: Any, position: Position, *, verbosity: int) -> None:
        self.out, self.position, self.quiet = out, position, verbosity == 0
        self.terminal = bool(out.isatty())
        self.begun = self.told = time.monotonic()
        #: What an earlier run has done tells nothing of how fast this one is.
        self.resumed = False
        self.done_before, self.share_before = 0, 0.0
        self.shown = 0

    def chunk(self, so_far: Summary, done: Summary, last: int) -> None:
        """Hears of a chunk that is kept."""
        now = time.monotonic()
        came = so_far.rows
        if self.resumed:
            self.resumed, self.begun = False, now
            self.done_before, self.share_before = came, self.position.share
            return
        if self.quiet or (not self.terminal and now - self.told < PAUSE):
            return
        self.told = now
        taken = max(now - self.begun, 0.001)
        rate = (came - self.done_before) / taken
        words = f"{came:,} done, {len(so_far.refused):,} refused; {rate:,.0f} a second"
        share = self.position.share
        if share > self.share_before:
            left = timedelta(seconds=round(taken / (share - self.share_before) * (1 - share)))
            words = f"{_bar(share)} {share:.0%} {words}, {left} left"
        self._show(words)

    def going_on(self, row: int) -> None:
        """Says that an earlier run came as far as this row."""
        self.resumed = True
        self.note(f"Going on after row {row:,}.")

    def note(self, words: str) -> None:
        """Says something beside."""
        if not self.quiet:
            self.end()
            self.out.write(words, str)

    def end(self) -> None:
        """Leaves the last state where it stands."""
        if self.shown:
            self.out.write("")
            self.shown = 0

    def _show(self, words: str) -> None:
        if not self.terminal:
            self.out.write(words, str)
            return
        self.out.write("\r" + words.ljust(self.shown), str, ending="")
        self.out.flush()
        self.shown = len(words)


def _bar(share: float) -> str:
    full = round(share * WIDTH)
    return "█" * full + "░" * (WIDTH - full)
