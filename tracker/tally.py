"""What this process has counted and not yet put where all processes' counts come together.

Counting is an addition in memory, for it happens with every request. Now and then somebody takes
what there is and adds it to the counts of all (`verification.services.tallies`); what could not be
put there is given back, and goes with the next.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Mapping
from threading import Event, Lock, Thread
from typing import Protocol

from tracker.measures import Measure

#: The name of a measure, the values of its labels, and which of its sums: "" of a counter; of a
#: histogram "sum", or the upper bound of a bucket.
Key = tuple[str, tuple[str, ...], str]
SUM, INFINITE = "sum", "+Inf"
#: So often is put together what this process has counted.
KEEP_SECONDS = 5.0


class Keeper(Protocol):
    """Adds some sums to those of all processes; False where that could not be done."""

    def __call__(self, sums: Mapping[Key, float], /) -> bool: ...


class Tally:
    """The sums of one process. Safe between threads, and begun anew in a process that is forked."""

    def __init__(self) -> None:
        self._keeper: Keeper | None = None
        self._bounds: dict[str, tuple[str, ...]] = {}
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        """Empty: what the parent has counted, the parent puts away."""
        self._lock = Lock()
        self._sums: dict[Key, float] = {}
        self._thread: Thread | None = None

    def count(self, measure: Measure, *labels: str, by: float = 1) -> None:
        """Counts one more, if what is counted is put away at all."""
        if self._keeper is None:
            return
        key = (measure.name, labels, "")
        with self._lock:
            self._sums[key] = self._sums.get(key, 0) + by
        if self._thread is None:
            self._start()

    def observe(self, measure: Measure, value: float, *labels: str) -> None:
        """Counts one more in the bucket of a histogram into which `value` falls."""
        if self._keeper is None:
            return
        name = measure.name
        bounds = self._bounds.get(name)
        if bounds is None:
            bounds = (*(f"{bound:g}" for bound in measure.buckets), INFINITE)
            self._bounds[name] = bounds
        bucket = (name, labels, bounds[bisect_left(measure.buckets, value)])
        total = (name, labels, SUM)
        sums = self._sums
        with self._lock:
            sums[bucket] = sums.get(bucket, 0) + 1
            sums[total] = sums.get(total, 0) + value
        if self._thread is None:
            self._start()

    def take(self) -> dict[Key, float]:
        """All that there is, which the caller now answers for."""
        with self._lock:
            taken = dict(self._sums)
            self._sums.clear()
        return taken

    def give_back(self, taken: Mapping[Key, float]) -> None:
        """Takes back what could not be put away."""
        with self._lock:
            for key, by in taken.items():
                self._sums[key] = self._sums.get(key, 0) + by

    def keep_with(self, keeper: Keeper | None) -> None:
        """From now on counts, and has `keeper` put it away every few seconds; none: neither."""
        self._keeper = keeper

    def put_away(self) -> bool:
        """Puts away what there is now; False where that could not be done, or there is no way."""
        if self._keeper is None:
            return False
        taken = self.take()
        if not taken or self._keeper(taken):
            return True
        self.give_back(taken)
        return False

    def _start(self) -> None:
        """Begins to put away; only once something was counted, so after any fork."""
        with self._lock:
            if self._thread is not None:
                return
            self._thread = Thread(target=self._go_on, name="tally", daemon=True)
            self._thread.start()

    def _go_on(self) -> None:
        pause = Event()
        while not pause.wait(KEEP_SECONDS):
            self.put_away()


#: That of this process.
tally = Tally()
