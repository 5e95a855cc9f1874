"""Requests a second and p99 over HTTP, beside a constant answer, Datasette and a plain ViewSet."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.frame import ROUNDS, Figures, Line, Place

PLACES = (Place("sqlite"),)
PORT = int(os.environ.get("BENCH_PORT", "8150"))
WORKERS = 2
CONNECTIONS = 8
SECONDS = os.environ.get("BENCH_SECONDS", "2")

OURS = {
    "leaderboard": "/api/v1/leaderboard/",
    "source record": "/api/v1/sources/source-3/record/",
    "claim": "/api/v1/claims/claim-500/",
    "first page of claims": "/api/v1/claims/",
    "claims searched": "/api/v1/claims/?search=company",
    "widget of a claim": "/embed/claim/claim-500/",
}
LIMIT, PLAIN = "/constant/", "/plain/claims/"
#: What Datasette would reckon besides: how many there are, and facets that might be of interest.
ROWS_ALONE = "&_nocount=1&_nofacet=1&_nosuggest=1"
#: The same rows by Datasette: the first page of public claims, and one claim.
DATASETTE = {
    "first page of claims": f"verification_claim.json?public=1&_sort_desc=id&_size=25{ROWS_ALONE}",
    "claim": f"verification_claim.json?slug=claim-500{ROWS_ALONE}",
}


@contextmanager
def serving(command: list[str], probe: str) -> Iterator[None]:
    """A server that answers at `probe`, until the end of the block."""
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _try in range(300):
            with suppress(URLError, ConnectionError):
                urlopen(probe, timeout=10).close()
                break
            if server.poll() is not None:
                raise RuntimeError(f"{command[0]} ended with {server.returncode}")
            time.sleep(0.2)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def wrk(address: str) -> tuple[float, float]:
    """Requests a second, and the 99th percentile in milliseconds. Raises for a failed answer."""
    ran = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", address],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    if "Non-2xx" in ran:
        raise RuntimeError(f"{address} fails:\n{ran}")
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", ran).groups()
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", ran)[1])
    return rate, float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def tools() -> Path:
    """`wrk` from Debian's packages, and Datasette in an environment of its own."""
    if not shutil.which("wrk"):
        subprocess.run(["apt-get", "install", "-y", "-qq", "wrk"], check=True, stdout=sys.stderr)
    folder = Path(os.environ["VAR_DIR"]).parent / "peers"
    if not (folder / "bin" / "datasette").exists():
        venv.create(folder, with_pip=True)
        subprocess.run(
            [folder / "bin" / "pip", "install", "--quiet", "-r",
             Path(__file__).with_name("requirements.txt")],
            check=True, stdout=sys.stderr,
        )  # fmt: skip
    return folder / "bin" / "datasette"


def measure(place: Place) -> dict[str, dict[str, float]]:
    """For each address the median rate and p99 of rounds in which the addresses take turns."""
    datasette = tools()
    file = os.environ["DATABASE_URL"].removeprefix("sqlite:///")
    here, there = f"http://127.0.0.1:{PORT}", f"http://127.0.0.1:{PORT + 1}"
    gunicorn = [
        sys.executable, "-m", "gunicorn", "tracker.wsgi", "--workers", str(WORKERS),
        "--bind", f"127.0.0.1:{PORT}",
    ]  # fmt: skip
    peer = [
        str(datasette), "serve", "--immutable", file, "--port", str(PORT + 1),
        "--setting", "sql_time_limit_ms", "20000", "--setting", "default_cache_ttl", "0",
    ]  # fmt: skip
    addresses = {"constant": here + LIMIT, "plain ViewSet": here + PLAIN}
    addresses |= {name: here + path for name, path in OURS.items()}
    table = f"{there}/{Path(file).stem}"
    addresses |= {f"datasette, {name}": f"{table}/{path}" for name, path in DATASETTE.items()}
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in addresses}
    with serving(gunicorn, here + LIMIT), serving(peer, there + "/-/versions.json"):
        for _round in range(ROUNDS):
            for name, address in addresses.items():
                found[name].append(wrk(address))
    return {
        name: {
            "rate": median(rate for rate, _p99 in taken),
            "p99": median(p99 for _rate, p99 in taken),
        }
        for name, taken in found.items()
    }


def lines(figures: Mapping[tuple[str, int], Figures]) -> list[Line]:
    """Our rates by the limit's and the peers', and our p99 by the limit's."""
    found = []
    for taken in figures.values():
        limit = taken["constant"]
        for name in OURS:
            goal = "" if name == "claims searched" else ">= 0.7"
            rate, p99 = taken[name]["rate"], taken[name]["p99"]
            found.append(
                Line(f"{name}, requests", "constant JsonResponse", limit["rate"], rate, "/s", goal)
            )
            found.append(Line(f"{name}, p99", "constant JsonResponse", limit["p99"], p99, "ms"))
            if name in DATASETTE:
                peer = taken[f"datasette, {name}"]["rate"]
                found.append(Line(f"{name}, requests", "Datasette", peer, rate, "/s", ">= 7"))
        found.append(Line(
            "first page of claims, requests", "plain DRF ViewSet",
            taken["plain ViewSet"]["rate"], taken["first page of claims"]["rate"], "/s",
        ))  # fmt: skip
    return found
