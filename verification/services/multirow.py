"""Many rows at once, as fast as the database takes them: COPY on PostgreSQL, executemany on SQLite.

For rows that were checked already, in the caller's transaction. Rows that others point at have
their keys before they are written, so that nobody has to ask the database in between.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection, models


def reserve(model: type[models.Model], number: int) -> Iterator[int]:
    """Keys for so many new rows, which nobody else will be given.

    On SQLite call it inside the transaction that writes the rows.
    """
    if not number:
        return iter(())
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [table, model._meta.pk.column, number],
            )
            return iter([key for (key,) in cursor.fetchall()])
        # Whoever writes here holds the database for himself until the commit.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    start = last[0] + 1 if last else 1
    return iter(range(start, start + number))


def insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Writes rows: all with their keys, or all without, and then the database gives them some."""
    if not rows:
        return
    columns, values, changes = _plan(model, keyed=rows[0].pk is not None)
    for field in model._meta.concrete_fields:
        # A field that fills itself in before it is kept, such as the words of a search.
        if type(field).pre_save is not models.Field.pre_save and not field.primary_key:
            for row in rows:
                field.pre_save(row, add=True)
    _write(model._meta.db_table, columns, _prepared(map(values, rows), changes))


def update(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Sets columns of rows that are there: for each its values, and at the end its key."""
    changed = ", ".join(f'"{name}" = %s' for name in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f'UPDATE "{model._meta.db_table}" SET {changed} '  # noqa: S608
            f'WHERE "{model._meta.pk.column}" = %s',
            rows,
        )


def add_up(
    model: type[models.Model],
    key: Sequence[str],
    sums: Mapping[tuple[Any, ...], Mapping[str, int]],
    tallies: Sequence[str],
) -> None:
    """Adds to the tallies of the rows with these keys; makes the rows that are not there yet.

    `key` and `tallies` are columns; a unique constraint stands on `key`.
    """
    table = model._meta.db_table
    named = ", ".join(f'"{name}"' for name in (*key, *tallies))
    added = ", ".join(f'"{name}" = "{table}"."{name}" + excluded."{name}"' for name in tallies)
    marks = ", ".join(["%s"] * (len(key) + len(tallies)))
    with connection.cursor() as cursor:
        # In one order everywhere, so that two transactions cannot each hold what the other wants.
        cursor.executemany(
            f'INSERT INTO "{table}" ({named}) VALUES ({marks}) '  # noqa: S608
            f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {added}",
            [(*which, *(sums[which].get(tally, 0) for tally in tallies)) for which in sorted(sums)],
        )


def insert_values(
    model: type[models.Model], names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Writes rows that were never instances: of each the values of the fields with these names.

    All fields but the key are named, those that point at other rows as `claim_id`. For rows by the
    thousand, of which making instances would be a good part of the price.
    """
    if rows:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        missing = fields.keys() - {model._meta.pk.attname} - set(names)
        if missing:
            raise ValueError(f"{model.__name__} has more fields: {', '.join(sorted(missing))}.")
        found = [fields[name] for name in names]
        columns = [str(field.column) for field in found]
        _write(model._meta.db_table, columns, _prepared(rows, _changes(found)))


def move(
    model: type[models.Model],
    key: Sequence[str],
    moves: Mapping[tuple[Any, ...], Mapping[str, int]],
    tallies: Sequence[str],
) -> None:
    """Moves the tallies of the rows with these keys up and down.

    Makes the rows that are not there yet, and takes away those in which nothing is left. `key` and
    `tallies` are columns; a unique constraint stands on `key`.
    """
    rows = model._default_manager
    # In one order everywhere, so that two transactions cannot each hold what the other wants.
    for which in sorted(moves):
        row = dict(zip(key, which, strict=True))
        # No row yet, or another transaction has just emptied it and taken it away.
        while not _add(model, row, moves[which]):
            rows.bulk_create([model(**row)], ignore_conflicts=True)
    fewer = [which for which, changes in moves.items() if min(changes.values()) < 0]
    if fewer:
        near = {f"{name}__in": set(values) for name, *values in zip(key, *fewer, strict=True)}
        rows.filter(**near, **dict.fromkeys(tallies, 0)).delete()


def _add(model: type[models.Model], key: Mapping[str, Any], changes: Mapping[str, int]) -> bool:
    """Adds to the tallies of the one row with this key, or takes from them. False without a row."""
    added = ", ".join(f'"{name}" = "{name}" + %s' for name in changes)
    wanted = " AND ".join(f'"{name}" = %s' for name in key)
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{model._meta.db_table}" SET {added} WHERE {wanted}',  # noqa: S608
            [*changes.values(), *key.values()],
        )
        return bool(cursor.rowcount)


@cache
def _plan(
    model: type[models.Model], *, keyed: bool
) -> tuple[list[str], Callable[[Any], tuple[Any, ...]], list[tuple[int, bool]]]:
    """The columns, what takes their values from a row, and which of them a driver must be told."""
    fields = [field for field in model._meta.concrete_fields if keyed or not field.primary_key]
    return (
        [str(field.column) for field in fields],
        attrgetter(*(field.attname for field in fields)),
        _changes(fields),
    )


def _changes(fields: Iterable[models.Field[Any, Any]]) -> list[tuple[int, bool]]:
    """The places of values that a driver must be told, each with whether it is JSON or a time."""
    return [
        (place, isinstance(field, models.JSONField))
        for place, field in enumerate(fields)
        if isinstance(field, (models.DateTimeField, models.JSONField))
    ]


class _Instants(dict[Any, Any]):
    """Times as the driver takes them: most rows of a batch were made at one instant."""

    def __missing__(self, value: datetime | None) -> Any:
        """Asks for a time that did not come before."""
        self[value] = value and connection.ops.adapt_datetimefield_value(value)
        return self[value]


def _prepared(
    rows: Iterable[tuple[Any, ...]], changes: list[tuple[int, bool]]
) -> Iterator[Sequence[Any]]:
    """The values as the driver takes them."""
    if not changes:
        yield from rows
        return
    instants = _Instants()
    told = [(place, _as_json if is_json else instants.__getitem__) for place, is_json in changes]
    for row in rows:
        cells = list(row)
        for place, as_told in told:
            cells[place] = as_told(cells[place])
        yield cells


def _as_json(value: Any) -> str | None:
    """Nothing is no value in the database, as a model has it, and not the null of JSON."""
    return None if value is None else json.dumps(value)


def _write(table: str, columns: list[str], rows: Iterable[Sequence[Any]]) -> None:
    named = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The driver's own, whose errors Django does not know otherwise.
            with (
                connection.wrap_database_errors,
                cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy,
            ):
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(
            f'INSERT INTO "{table}" ({named}) VALUES ({marks})',  # noqa: S608
            list(rows),
        )
