"""What a benchmark is: figures taken in one run on one machine, ours beside a limit or a peer.

A benchmark is a module of this package with

- `PLACES`: the databases it is run against, each as kind and size (a share of SCALE);
- `measure(place)`: takes its figures there, in a process of its own with `DATABASE_URL` set;
- `lines(figures)`: makes lines of the table out of the figures of all its places.

`benchmarks/__main__.py` lists the modules; a new one is added there and nowhere else.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

#: Medians are of so many rounds.
ROUNDS = 5

Figures = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A filled database: `sqlite`, `sqlite-open` (claims only, all open) or `postgresql`.

    `none` is for what needs no database.
    """

    kind: str
    share: float = 1.0

    def claims(self, scale: int) -> int:
        """How many claims it holds."""
        return max(int(scale * self.share), 1_000)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `goal` bounds ours by theirs: `<= 0.04`, `>= 0.9`, or nothing."""

    work: str
    peer: str
    theirs: float
    ours: float
    unit: str
    goal: str = ""

    @property
    def ratio(self) -> float:
        """Our figure by theirs."""
        return self.ours / self.theirs if self.theirs else float("nan")

    @property
    def reached(self) -> str:
        """Whether the goal was reached; empty where there is none."""
        if not self.goal:
            return ""
        sign, bound = self.goal.split()
        good = self.ratio <= float(bound) if sign == "<=" else self.ratio >= float(bound)
        return "yes" if good else "no"


#: On a machine that others keep busy, `BENCH_CLOCK=cpu` counts this process's own time instead of
#: the wall's. It says nothing of PostgreSQL, which works in another process.
CPU = os.environ.get("BENCH_CLOCK") == "cpu"
clock = time.process_time if CPU else time.perf_counter


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes, once."""
    start = clock()
    work()
    return clock() - start


def side_by_side(
    works: Mapping[str, Callable[[], object]], rounds: int = ROUNDS
) -> dict[str, float]:
    """Milliseconds of each work: medians of rounds in which they take turns."""
    for work in works.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _round in range(rounds):
        for name, work in works.items():
            taken[name].append(seconds(work) * 1000)
    return {name: median(times) for name, times in taken.items()}


def p50_p99(times: Iterable[float]) -> tuple[float, float]:
    """The median and the 99th percentile."""
    found = sorted(times)
    return median(found), quantiles(found, n=100, method="inclusive")[98]
