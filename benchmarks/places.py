"""The filled databases: made once for each size, and kept under `var/bench/`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from benchmarks.frame import Place

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("BENCH_DIR") or ROOT / "var" / "bench")
#: A PostgreSQL server on which databases may be made; without one its benchmarks are left out.
POSTGRES = os.environ.get("BENCH_POSTGRES", "")


def environment(url: str) -> dict[str, str]:
    """The environment of a benchmark's process."""
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "SECRET_KEY": "only-for-benchmarks-on-this-machine",
        "VAR_DIR": str(FOLDER / "var"),
        "SITE_URL": "http://127.0.0.1:8000",
    }


def url(place: Place, scale: int) -> str:
    """The address of the place's database; empty where there is no server for it."""
    claims = place.claims(scale)
    if place.kind == "postgresql":
        return with_name(f"borneout_bench_{claims}") if POSTGRES else ""
    return f"sqlite:///{FOLDER / f'{place.kind}-{claims}.sqlite3'}"


def ready(place: Place, scale: int) -> str:
    """Makes the database where it is not there yet, and returns its address."""
    if place.kind == "none":
        (FOLDER / "var").mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{FOLDER / 'none.sqlite3'}"
    address = url(place, scale)
    mark = FOLDER / f"{place.kind}-{place.claims(scale)}.filled"
    if not address or mark.exists():
        return address
    (FOLDER / "var").mkdir(parents=True, exist_ok=True)
    print(f"  filling {place.kind} with {place.claims(scale):,} claims …", file=sys.stderr)
    _empty(place, scale)
    env = environment(address)
    for command in (
        ["manage.py", "migrate", "--verbosity", "0"],
        ["-m", "benchmarks.generate", "--claims", str(place.claims(scale)),
         *(["--all-open"] if place.kind == "sqlite-open" else [])],
    ):  # fmt: skip
        subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True)
    mark.touch()
    return address


def _empty(place: Place, scale: int) -> None:
    """Takes away what a run that was cut off left."""
    if place.kind != "postgresql":
        for path in FOLDER.glob(f"{place.kind}-{place.claims(scale)}.sqlite3*"):
            path.unlink()
        return
    name = f"borneout_bench_{place.claims(scale)}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')


def with_name(name: str) -> str:
    """The address of another database on the server of `POSTGRES`."""
    return urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}"))
