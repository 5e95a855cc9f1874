"""All that stands in the database beside the tables: which of it is missing, and its coming back.

A migration takes triggers down and puts them up when it is done. One that fails sends no signal:
`migrate` puts up again what it took down (`after_failure`). One that is killed leaves them down,
which `missing` tells, and the next one that succeeds adds up what was not kept meanwhile.
"""

from __future__ import annotations

from typing import Any

from django.db import Error as DatabaseError
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from verification import breakdowns, claimcounts, guards, migrating, wordindex

REVISION = "verification_recordsrevision"

#: In the order in which they hear of a migration; the first says how long the others may wait.
KEPT_UP = (migrating, guards, wordindex, claimcounts, breakdowns)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that should stand and do not, in a database that is migrated."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        found = {name for (name,) in cursor.fetchall()}
    return sorted(_names(connection.vendor) - found)


def _names(vendor: str) -> set[str]:
    names = {name for name, *_rest in guards.GUARDS} | claimcounts.NAMES | breakdowns.NAMES
    return names if vendor == "postgresql" else names | {name for name, *_ in wordindex.TRIGGERS}


#: The state of the records before the migration, by database; none where triggers were missing.
_before: dict[str, int | None] = {}


def before_migration(using: str, **kwargs: Any) -> None:
    """Receiver of `pre_migrate`, before the triggers are taken down."""
    connection = connections[using]
    if REVISION in connection.introspection.table_names():
        _before[using] = None if missing(connection) else _revision(connection)


def after_migration(using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`, when all are up: adds up what was changed while they were down.

    PostgreSQL's index of words keeps itself, and its sums stay up; SQLite's do not.
    """
    connection = connections[using]
    if using in _before and _before.pop(using) != _revision(connection):
        breakdowns.recount(connection)
        wordindex.rebuild(connection)


def _revision(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM {REVISION}")  # noqa: S608
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def after_failure(using: str) -> list[str]:
    """Puts up what a migration that failed had taken down. Returns what could not be done."""
    failed = []
    if using in _before:
        for hears in (*(kept_up.after_migration for kept_up in KEPT_UP), after_migration):
            try:
                hears(using)
            except DatabaseError as error:
                failed.append(f"{hears.__module__}: {error}")
    return failed
