"""Database, broker, cache, clocks and disk."""

from __future__ import annotations

import re
import shutil
from collections.abc import Generator, Iterable
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from redis.exceptions import RedisError

from tracker.scrub import scrubbed
from verification import newsroom, triggers
from verification.newsroom import Clock
from verification.services import broker, past
from verification.services.doctor.findings import Finding, fault, warning, well

#: Leases and expiring tasks compare clocks: beyond this two machines should be told the time.
CLOCKS_APART = timedelta(seconds=2)
#: Free space, in bytes, below which the folder of the data is nearly full.
NEARLY_FULL = 1_000_000_000
#: Where the system keeps its zones, which come before those of the package.
ZONES = Path("/usr/share/zoneinfo/tzdata.zi")


def database() -> Generator[Finding, None, bool]:
    """Whether it answers and is migrated. Returns whether its tables can be asked."""
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        said = scrubbed(" ".join(str(error).split()))
        yield fault("database", said, "Start it, or mend DATABASE_URL.")
        return False
    yield well("database", f"answers ({connection.vendor})")
    if waiting:
        names = ", ".join(str(migration) for migration, _backwards in waiting[:3])
        yield fault("migrations", f"{len(waiting)} not applied: {names}", "Run: manage.py migrate")
        return False
    yield well("migrations", "all applied")
    if down := triggers.missing(connection):
        yield fault(
            "triggers",
            f"{len(down)} are down, as after a migration that was killed: {', '.join(down[:3])}",
            "Run: manage.py migrate (it puts them up and adds up what they missed)",
        )
    if not past.kept():
        yield warning(
            "past days",
            "not summed up: whoever asks for a record as of a past day has the history replayed",
            "Run: manage.py recompute_records --past (while all goes on)",
        )
    return True


def broker_and_cache() -> Iterable[Finding]:
    """Whether Redis answers, wherever it is used."""
    if broker.answers():
        yield well("broker", f"answers ({broker.kind()})")
    elif broker.is_embedded():
        yield fault("broker", "does not run (embedded)", "A worker starts it, and make demo does.")
    else:
        yield fault(
            "broker", "does not answer (of its own)", "Start Redis, or mend CELERY_BROKER_URL."
        )
    answering = []
    for name in caches:
        try:
            caches[name].get("borneout.doctor")
        except (RedisError, OSError) as error:
            if name == "counts" and not settings.CACHE_URL:
                # The broker again, of which it was told.
                continue
            yield warning(
                "cache", f"{name}: {scrubbed(str(error))}", "Start Redis, or mend CACHE_URL."
            )
        else:
            answering.append(name)
    if answering:
        yield well("cache", f"{' and '.join(answering)} can be used")


def clocks(now: Clock) -> Iterable[Finding]:
    """Whether the clocks of the database and the broker agree with this machine's."""
    agreeing = []
    for whose, ask in (("database", _database_time), ("broker", _broker_time)):
        theirs = ask()
        if theirs is None:
            continue
        ahead = theirs - now()
        if abs(ahead) <= CLOCKS_APART:
            agreeing.append(whose)
            continue
        yield fault(
            "clocks", f"the {whose}’s clock differs by {ahead.total_seconds():.1f} s",
            "Let NTP set the clocks of both machines.",
        )  # fmt: skip
    if agreeing:
        yield well("clocks", f"{' and '.join(agreeing)} agree with this machine")


def _database_time() -> datetime | None:
    """What time it is on the database's machine. None where that is this one, or does not say."""
    if connection.vendor != "postgresql":
        return None
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            told: datetime = cursor.fetchone()[0]
    except DatabaseError:
        return None
    return told


def _broker_time() -> datetime | None:
    """The same of the broker's machine."""
    told = None if broker.is_embedded() else broker.time()
    if told is None:
        return None
    seconds, micros = told
    return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=micros)


def zone(now: datetime) -> Finding:
    """What time it is for the newsroom, and whether this machine knows today's rules of that."""
    here = now.astimezone(newsroom.zone())
    version = _zones_version()
    said = f"it is {here:%Y-%m-%d %H:%M} in {settings.NEWSROOM_TIME_ZONE}"
    if version and int(version[:4]) < now.year - 1:
        return warning(
            "zone", f"{said}, by a tz database of {version}",
            "Install a newer one (Debian: tzdata): rules of summer time change.",
        )  # fmt: skip
    return well("zone", f"{said} (tz database {version})" if version else said)


def _zones_version() -> str:
    """Which tz database is used, such as 2026b; empty where it does not say."""
    try:
        with ZONES.open(encoding="utf-8") as zones:
            said = zones.readline()
    except OSError:
        said = metadata.version("tzdata")
        year, _dot, number = said.partition(".")
        return f"{year}{chr(ord('a') + int(number) - 1)}" if number.isdigit() else said
    found = re.search(r"version (20\d\d\w+)", said)
    return found[1] if found else ""


def storage() -> Finding:
    """How much room there is for what is kept beside the database."""
    folder = settings.VAR_DIR
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return fault("storage", f"{folder}: {error.strerror}", "Mend VAR_DIR.")
    if free < NEARLY_FULL:
        return warning(
            "storage", f"{free // 1_000_000} MB are free under {folder}",
            "Make room before the disk is full.",
        )  # fmt: skip
    return well("storage", f"{free // 1_000_000_000} GB are free under {folder}")
