"""All benchmarks, or those that are named, as one table.

python -m benchmarks [--only search,web] [--scale 1000000] [--write docs/benchmarks.md]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from benchmarks import places, turns
from benchmarks.frame import CPU, Line, Place

#: The modules, in the order in which they are run.
BENCHMARKS = (
    "growth", "depth", "search", "duplicates", "sweep", "records", "imports", "mails", "web",
    "extraction",
)  # fmt: skip

HEAD = ("work", "limit or peer", "theirs", "ours", "ratio", "goal", "reached")


def figures(name: str, place: Place, scale: int) -> dict[str, object] | None:
    """The figures of one benchmark in one place; none where the place is not to be had."""
    address = places.ready(place, scale)
    if not address:
        print(f"  {name}: left out, BENCH_POSTGRES is not set", file=sys.stderr)
        return None
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.run", name, place.kind, str(place.share)],
        cwd=places.ROOT, env=places.environment(address), check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    found: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    return found


def cells(line: Line) -> tuple[str, ...]:
    """One line of the table."""
    ratio = (
        f"{line.ratio:.2f}"
        if line.ratio >= 0.1
        else f"1/{1 / line.ratio:,.0f}"
        if line.ratio
        else "0"
    )
    return (
        line.work, line.peer, f"{line.theirs:,.4g} {line.unit}", f"{line.ours:,.4g} {line.unit}",
        ratio, line.goal, line.reached,
    )  # fmt: skip


def table(rows: list[tuple[str, ...]]) -> str:
    """A table that is read in a terminal and as Markdown."""
    widths = [max(len(row[column]) for row in [HEAD, *rows]) for column in range(len(HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in [HEAD, *rows]
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def machine() -> str:
    """On what, and when."""
    name = platform.processor() or platform.machine()
    for line in (
        Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else ()
    ):
        if line.startswith("model name"):
            name = line.partition(":")[2].strip()
            break
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {name}, {os.cpu_count()} cores · "
        f"Python {platform.python_version()} · load {load}{' · CPU time' if CPU else ''}"
    )


def main() -> None:
    """Runs what was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--only", default="", help=f"some of: {', '.join(BENCHMARKS)}")
    parser.add_argument(
        "--scale", type=int, default=1_000_000, help="claims in the largest database"
    )
    parser.add_argument("--write", help="a file that shall hold the table")
    asked = parser.parse_args()
    names = [name for name in asked.only.split(",") if name] or list(BENCHMARKS)
    if unknown := set(names) - set(BENCHMARKS):
        parser.error(f"--only takes {', '.join(BENCHMARKS)}; not {', '.join(sorted(unknown))}")
    os.environ["BENCH_SCALE"] = str(asked.scale)
    head = [f"{asked.scale:,} claims, {3 * asked.scale:,} reports", f"Begun {machine()}"]
    rows: list[tuple[str, ...]] = []
    #: Tables of those that say more than how they stand by their goals.
    beside: list[str] = []
    for name in names:
        print(f"{name} …", file=sys.stderr)
        module = import_module(f"benchmarks.{name}")
        if hasattr(module, "works"):
            taken = turns.figures(name, module.PLACES, asked.scale)
        else:
            taken = {
                (place.kind, place.claims(asked.scale)): found
                for place in module.PLACES
                if (found := figures(name, place, asked.scale)) is not None
            }
        rows += [cells(line) for line in module.lines(taken)]
        if hasattr(module, "table"):
            beside.append(module.table(taken))
    text = "\n\n".join([*head, f"Ended {machine()}", table(rows), *beside])
    print(text)
    if asked.write:
        Path(asked.write).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
