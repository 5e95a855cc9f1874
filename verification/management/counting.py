"""How far a walk over many claims is: one line that moves on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from typing import Any

from verification.management.progress import PAUSE


class Counting:
    """Tells how many are done of what, and how many a second."""

    def __init__(self, out: Any, what: str, *, verbosity: int) -> None:
        self.out, self.what, self.quiet = out, what, verbosity == 0
        self.terminal = bool(out.isatty())
        self.begun = self.last = time.monotonic()
        self.shown = 0

    def told(self, done: int) -> None:
        """Hears how many are done."""
        now = time.monotonic()
        if self.quiet or (not self.terminal and now - self.last < PAUSE):
            return
        self.last = now
        words = f"{done:,} {self.what}, {done / max(now - self.begun, 0.001):,.0f} a second"
        if self.terminal:
            self.out.write(f"\r{words:<{self.shown}}", str, ending="")
            self.out.flush()
            self.shown = len(words)
        else:
            self.out.write(words, str)

    def end(self) -> None:
        """Leaves the line, so that something else can be said."""
        if self.shown:
            self.out.write("", str)
            self.shown = 0
