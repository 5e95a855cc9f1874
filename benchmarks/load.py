"""Rows into a database as fast as it takes them: COPY on PostgreSQL, executemany on SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models, transaction

from verification import breakdowns, claimcounts, guards, wordindex
from verification.models import Claim, Evidence, Position, Record, Report, Verdict

#: In this order, so that what is pointed at comes first.
BIG: tuple[type[models.Model], ...] = (Claim, Report, Verdict, Evidence, Position, Record)


# As Django writes them there: in UTC, without saying so.
sqlite3.register_adapter(
    datetime, lambda at: at.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
)


def columns(model: type[models.Model]) -> list[str]:
    """The columns of a model, in the order in which rows are given."""
    return [field.column for field in model._meta.concrete_fields]


def add(model: type[models.Model], rows: Sequence[Sequence[Any]]) -> None:
    """Writes rows, each with a value for every column, in the caller's transaction."""
    table, names = model._meta.db_table, columns(model)
    said = ", ".join(f'"{name}"' for name in names)
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        with (
            connection.connection.cursor() as cursor,
            cursor.copy(f'COPY "{table}" ({said}) FROM STDIN') as copy,
        ):
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(names))
        connection.connection.executemany(f'INSERT INTO "{table}" ({said}) VALUES ({marks})', rows)


@contextmanager
def bulk() -> Iterator[None]:
    """A load of everything at once: without triggers, foreign keys and second indexes meanwhile.

    All of them are back at the end, over the rows that are there then.
    """
    tables = [model._meta.db_table for model in BIG]
    for kept_up in (guards, wordindex, claimcounts, breakdowns):
        kept_up.take_down(connection)
    with connection.cursor() as cursor:
        indexes = _second_indexes(cursor, tables)
        for name, _sql in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -400000")
    with transaction.atomic():
        yield
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = origin")
            cursor.execute("SET maintenance_work_mem = '1GB'")
        for _name, sql in indexes:
            cursor.execute(sql)
        _finish(cursor)
    wordindex.rebuild(connection)
    for kept_up in (guards, wordindex, claimcounts, breakdowns):
        kept_up.put_up(connection)
    claimcounts.recount(connection)
    with transaction.atomic():
        breakdowns.recount(connection)


def _second_indexes(cursor: Any, tables: list[str]) -> list[tuple[str, str]]:
    """Indexes that no constraint owns, each with the statement that makes it."""
    marks = ", ".join(["%s"] * len(tables))
    if connection.vendor == "postgresql":
        cursor.execute(
            f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({marks}) AND "
            "indexname NOT IN (SELECT conname FROM pg_constraint)",
            tables,
        )
    else:
        cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
            f"AND tbl_name IN ({marks})",
            tables,
        )
    return [(str(name), str(sql)) for name, sql in cursor.fetchall()]


def _finish(cursor: Any) -> None:
    """What an ordinary insert would have left behind, and the planner's statistics."""
    if connection.vendor == "postgresql":
        for model in BIG:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                f"(SELECT coalesce(max(id), 1) FROM {table}))"
            )
        cursor.execute("VACUUM ANALYZE")
    else:
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
