"""A benchmark of many pages at several sizes, in rounds in which the sizes take turns.

Each size has a process of its own, and each round asks all of them one after the other: whatever
else the machine does meanwhile, it does to all of them alike. The least of the rounds is kept: what
a page costs when nothing comes in between. On SQLite it is the process's own time that is counted.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from typing import IO, Any

from benchmarks import places
from benchmarks.frame import ROUNDS, Place

#: A work that takes longer than so many seconds is done twice.
PATIENCE = 5.0
Figures = dict[str, float]


def play(works: Mapping[str, Callable[[], object]], kind: str) -> None:
    """Plays one round for each line that comes in, and prints its milliseconds as JSON."""
    watch = time.perf_counter if kind == "postgresql" else time.process_time
    slow: Figures = {}
    for name, work in works.items():
        taken = _milliseconds(work, watch)
        if taken > 1000 * PATIENCE:
            # It may have been the first to load something.
            taken = _milliseconds(work, watch)
        if taken > 1000 * PATIENCE:
            slow[name] = taken
    print("ready", flush=True)
    for _line in sys.stdin:
        taken_now = {
            name: slow[name] if name in slow else _milliseconds(work, watch)
            for name, work in works.items()
        }
        print(json.dumps(taken_now), flush=True)


def _milliseconds(work: Callable[[], object], watch: Callable[[], float]) -> float:
    start = watch()
    work()
    return 1000 * (watch() - start)


def figures(
    name: str, these: tuple[Place, ...], scale: int
) -> dict[tuple[str, int], Mapping[str, Any]]:
    """The figures of one benchmark at each of the places that are to be had."""
    addresses = {place: places.ready(place, scale) for place in these}
    players = {
        place: subprocess.Popen(
            [sys.executable, "-m", "benchmarks.run", name, place.kind, str(place.share)],
            cwd=places.ROOT, env=places.environment(address),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for place, address in addresses.items() if address
    }  # fmt: skip
    taken: dict[Place, list[Figures]] = {place: [] for place in players}
    try:
        # Their first look at everything takes the longest: one after the other as well.
        for player in players.values():
            _line(player)
        for _round in range(ROUNDS):
            for place, player in players.items():
                _pipe(player.stdin).write("once more\n")
                _pipe(player.stdin).flush()
                taken[place].append(json.loads(_line(player)))
    finally:
        for player in players.values():
            player.kill()
            player.communicate()
    return {
        (place.kind, place.claims(scale)): {
            work: min(one[work] for one in rounds) for work in rounds[0]
        }
        for place, rounds in taken.items()
    }


def _line(player: subprocess.Popen[str]) -> str:
    line = _pipe(player.stdout).readline()
    if not line:
        raise RuntimeError(f"a benchmark ended with code {player.wait()}")
    return line


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise RuntimeError("the process has no pipe")
    return pipe
