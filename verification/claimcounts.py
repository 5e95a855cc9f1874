"""Triggers that keep the counts of claims, by outcome and audience.

The front page says how many claims there are; counting a million rows for each reader would take
longer than all the rest of it. PostgreSQL counts once for each statement, so that a bulk import
writes each count once; SQLite knows triggers by row only.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

CLAIMS, COUNTS = "verification_claim", "verification_claimcount"
VERBS = ("INSERT", "UPDATE", "DELETE")


def _add(rows: str) -> str:
    return (
        f"INSERT INTO {COUNTS} (public, outcome, number) {rows} "
        f"ON CONFLICT (public, outcome) DO UPDATE SET number = {COUNTS}.number + excluded.number;"
    )


#: SQLite reads `ON CONFLICT` after a bare SELECT as part of a join.
_ROW_IN = _add("SELECT NEW.public, NEW.outcome, 1 WHERE true")
_ROW_OUT = (
    f"UPDATE {COUNTS} SET number = number - 1 "  # noqa: S608
    f"WHERE public = OLD.public AND outcome = OLD.outcome;"
)
_BY_ROW = {
    "INSERT": ("INSERT", _ROW_IN),
    "UPDATE": ("UPDATE OF public, outcome", _ROW_OUT + _ROW_IN),
    "DELETE": ("DELETE", _ROW_OUT),
}

_IN = "SELECT public, outcome, 1 AS number FROM claims_in"
_OUT = "SELECT public, outcome, -1 AS number FROM claims_out"
_TABLES = {
    "INSERT": ("NEW TABLE AS claims_in", _IN),
    "UPDATE": ("OLD TABLE AS claims_out NEW TABLE AS claims_in", f"{_IN} UNION ALL {_OUT}"),
    "DELETE": ("OLD TABLE AS claims_out", _OUT),
}


NAMES = frozenset(f"{COUNTS}_{verb.lower()}" for verb in VERBS)


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Makes the triggers; those that stand are made anew."""
    take_down(connection)
    with connection.cursor() as cursor:
        for verb in VERBS:
            name = _name(verb)
            if connection.vendor == "postgresql":
                tables, rows = _TABLES[verb]
                # In one order everywhere, so that two statements cannot each hold what the
                # other wants.
                sums = _add(
                    f"SELECT public, outcome, sum(number) FROM ({rows}) AS moves "  # noqa: S608
                    f"GROUP BY public, outcome HAVING sum(number) <> 0 ORDER BY public, outcome"
                )
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                    f"BEGIN {sums} RETURN NULL; END $$"
                )
                cursor.execute(
                    f"CREATE TRIGGER {name} AFTER {verb} ON {CLAIMS} "
                    f"REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
                )
            else:
                when, does = _BY_ROW[verb]
                cursor.execute(f"CREATE TRIGGER {name} AFTER {when} ON {CLAIMS} BEGIN {does} END")


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Drops the triggers, for a migration of the schema."""
    on = f" ON {CLAIMS}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in VERBS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(verb)}{on}")


def recount(connection: BaseDatabaseWrapper) -> None:
    """Counts anew, once and for all claims."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {COUNTS}")  # noqa: S608
        cursor.execute(
            f"INSERT INTO {COUNTS} (public, outcome, number) "  # noqa: S608
            f"SELECT public, outcome, count(*) FROM {CLAIMS} GROUP BY public, outcome"
        )


def _name(verb: str) -> str:
    return f"{COUNTS}_{verb.lower()}"


def before_migration(using: str, **kwargs: Any) -> None:
    """Receiver of `pre_migrate`."""
    connection = connections[using]
    if CLAIMS in connection.introspection.table_names():
        take_down(connection)


def after_migration(using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`. A partial migration may have left no table to count."""
    connection = connections[using]
    if {CLAIMS, COUNTS} <= set(connection.introspection.table_names()):
        # What a migration itself did to the claims passed by the triggers.
        recount(connection)
        put_up(connection)
