"""Triggers that keep what a record is made of, by month, certainty, hedge and lead.

A source's page draws its accuracy over time and says what its certainty was worth. Read from its
positions, that would cost the more the longer its record is; so the sums are kept, in the
transaction of whatever changed a position (or how a report hedged), like the counts of claims.
PostgreSQL adds up once for each statement, SQLite for each row.

PostgreSQL's triggers stay where they are while a schema is migrated: the release before goes on
writing meanwhile. SQLite's are taken down, for its tables are made anew then; a migration that
writes positions or hedges calls `recount` at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

BREAKDOWNS, POSITIONS, REPORTS = (
    "verification_breakdown",
    "verification_position",
    "verification_report",
)
#: Set to `off` in a transaction that counts anew at its end. For PostgreSQL only.
SETTING = "borneout.breakdowns"

_KEY = "source_id, part, public, beat_id, value"
_COLUMNS = f'{_KEY}, "yes", "no"'
_COUNTED = "{row}.credit IN ('hit', 'miss')"
_HIT = "CASE WHEN {row}.credit = 'hit' THEN 1 ELSE 0 END"
#: Whether the claim came true, whatever the source had said of it.
_TRUE = "CASE WHEN {row}.reason IN ('asserted-confirmed', 'disputed-confirmed') THEN 1 ELSE 0 END"
_MONTH = {
    "postgresql": "to_char({row}.known_on, 'YYYY-MM')",
    "sqlite": "substr({row}.known_on, 1, 7)",
}
_HEDGE = f"(SELECT hedge FROM {REPORTS} WHERE id = {{row}}.report_id)"  # noqa: S608


def _shares(row: str, rows: str, vendor: str, sign: str = "") -> str:
    """What positions add: `row` is how one is called, `rows` the clause that they come from.

    With `sign` "-" it is what they take away.
    """
    parts = (
        ("month", _MONTH[vendor], _HIT, "{row}.known_on IS NOT NULL"),
        ("certainty", "{row}.certainty", _TRUE, "{row}.certainty <> ''"),
        ("hedge", _HEDGE, _TRUE, f"{_HEDGE} <> ''"),
        # The leads of those who had it first; all of them are hits.
        (
            "lead",
            "CAST({row}.lead_days AS text)",
            "1",
            "{row}.first AND {row}.lead_days IS NOT NULL",
        ),
    )
    return " UNION ALL ".join(
        f"SELECT {row}.source_id, '{part}' AS part, {row}.public, {row}.beat_id, "
        f'{value} AS value, {sign}({yes}) AS "yes", {sign}(1 - ({yes})) AS "no" '
        f"{rows} WHERE {_COUNTED} AND {holds}"
        for part, value, yes, holds in parts
    ).format(row=row)


def _rehedged(hedge: str, rows: str, sign: str = "") -> str:
    """What the positions of reports add by a hedge (`hedge`: how its column is called)."""
    return (
        f"SELECT p.source_id, 'hedge' AS part, p.public, p.beat_id, {hedge} AS value, "
        f'{sign}({_TRUE}) AS "yes", {sign}(1 - ({_TRUE})) AS "no" '
        f"{rows} AND {_COUNTED} AND {hedge} <> ''"
    ).format(row="p")


def _add(rows: str) -> str:
    return (
        f"INSERT INTO {BREAKDOWNS} ({_COLUMNS}) {rows} ON CONFLICT ({_KEY}) DO UPDATE SET "
        f'"yes" = {BREAKDOWNS}."yes" + excluded."yes", "no" = {BREAKDOWNS}."no" + excluded."no";'
    )


def _summed(rows: str) -> str:
    """The same sums, each row once, in one order everywhere."""
    return (
        f'SELECT {_KEY}, sum("yes") AS "yes", sum("no") AS "no" '  # noqa: S608
        f"FROM ({rows}) AS shares GROUP BY {_KEY}"
    )


#: A full count makes no row for nothing, so none is kept here either. Less than nothing comes of
#: positions that are deleted after their sums, as when all tables are emptied one after the other.
_SWEPT = f'DELETE FROM {BREAKDOWNS} WHERE "yes" <= 0 AND "no" <= 0;'  # noqa: S608


# --- What each database is given ------------------------------------------------------------------


def _by_row() -> dict[str, str]:
    """SQLite's triggers, by their names."""
    into = _add(_shares("NEW", "", "sqlite"))
    out = _add(_shares("OLD", "", "sqlite", "-"))
    hedges = " UNION ALL ".join(
        _rehedged(f"{row}.hedge", f"FROM {POSITIONS} AS p WHERE p.report_id = NEW.id", sign)
        for row, sign in (("OLD", "-"), ("NEW", ""))
    )
    bodies = {
        "insert": (f"AFTER INSERT ON {POSITIONS}", into),
        "update": (f"AFTER UPDATE ON {POSITIONS}", out + into + _SWEPT),
        "delete": (f"AFTER DELETE ON {POSITIONS}", out + _SWEPT),
        "hedge": (
            f"AFTER UPDATE OF hedge ON {REPORTS} WHEN OLD.hedge <> NEW.hedge",
            _add(hedges) + _SWEPT,
        ),
    }
    return {
        f"{BREAKDOWNS}_{name}": f"CREATE TRIGGER {BREAKDOWNS}_{name} {when} BEGIN {body} END"
        for name, (when, body) in bodies.items()
    }


def _by_statement() -> dict[str, tuple[str, str, str, str]]:
    """PostgreSQL's triggers by their names: table, verb, transition tables, what is done."""
    into = _shares("p", "FROM rows_in AS p", "postgresql")
    out = _shares("p", "FROM rows_out AS p", "postgresql", "-")
    changed = (
        f"FROM rows_in AS n JOIN rows_out AS o USING (id) JOIN {POSITIONS} AS p "
        "ON p.report_id = n.id WHERE o.hedge <> n.hedge"
    )
    hedges = f"{_rehedged('o.hedge', changed, '-')} UNION ALL {_rehedged('n.hedge', changed)}"
    both = "OLD TABLE AS rows_out NEW TABLE AS rows_in"

    def moved(rows: str) -> str:
        return _add(f'{_summed(rows)} HAVING sum("yes") <> 0 OR sum("no") <> 0 ORDER BY {_KEY}')

    return {
        f"{BREAKDOWNS}_insert": (POSITIONS, "INSERT", "NEW TABLE AS rows_in", moved(into)),
        f"{BREAKDOWNS}_update": (
            POSITIONS, "UPDATE", both, moved(f"{into} UNION ALL {out}") + _SWEPT,
        ),
        f"{BREAKDOWNS}_delete": (POSITIONS, "DELETE", "OLD TABLE AS rows_out", moved(out) + _SWEPT),
        f"{BREAKDOWNS}_hedge": (REPORTS, "UPDATE", both, moved(hedges) + _SWEPT),
    }  # fmt: skip


NAMES = frozenset(_by_statement())


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Makes the triggers; those that stand are made anew."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, (table, verb, tables, does) in _by_statement().items():
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
                    f"BEGIN IF current_setting('{SETTING}', true) = 'off' THEN RETURN NULL; END IF;"
                    f" {does} RETURN NULL; END $$"
                )
                cursor.execute(
                    f"CREATE OR REPLACE TRIGGER {name} AFTER {verb} ON {table} "
                    f"REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
                )
            return
        for name, statement in _by_row().items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(statement)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Drops the triggers."""
    with connection.cursor() as cursor:
        for name, (table, *_rest) in _by_statement().items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def recount(
    connection: BaseDatabaseWrapper, *, first: int | None = None, last: int | None = None
) -> None:
    """Adds up anew: everything, or the sources from `first` to `last` by their keys.

    Call it in a transaction while nobody changes a position.
    """
    which = (
        "" if first is None or last is None else f" WHERE source_id BETWEEN {first:d} AND {last:d}"
    )
    rows = f"FROM (SELECT * FROM {POSITIONS}{which}) AS p"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {BREAKDOWNS}{which}")  # noqa: S608
        cursor.execute(
            f"INSERT INTO {BREAKDOWNS} ({_COLUMNS}) "
            f"{_summed(_shares('p', rows, connection.vendor))}"
        )


@contextmanager
def anew(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """For a change of all positions at once, in its transaction: adds up when it is done."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config(%s, 'off', true)", [SETTING])
        else:
            take_down(connection)
        yield
        recount(connection)
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config(%s, 'on', true)", [SETTING])
        else:
            put_up(connection)


def differences(connection: BaseDatabaseWrapper) -> list[tuple[Any, ...]]:
    """Rows that are kept and are not what the positions give, and those that are not kept.

    Each as (source, part, public, beat, value, kept yes, kept no, right yes, right no); a row that
    is missing on one side has zeros there.
    """
    right = _summed(_shares("p", f"FROM {POSITIONS} AS p", connection.vendor))
    kept = f"SELECT {_COLUMNS} FROM {BREAKDOWNS}"  # noqa: S608
    one_sided = 'SELECT {key}, {side} AS side, "yes", "no" FROM (SELECT * FROM ({one}) AS one '
    one_sided += "EXCEPT SELECT * FROM ({other}) AS other) AS found"
    sides = " UNION ALL ".join(
        one_sided.format(key=_KEY, side=side, one=one, other=other)
        for side, one, other in ((0, kept, right), (1, right, kept))
    )
    sums = ", ".join(
        f'sum(CASE WHEN side = {side} THEN "{column}" ELSE 0 END)'
        for side in (0, 1)
        for column in ("yes", "no")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_KEY}, {sums} FROM ({sides}) AS both_sides "  # noqa: S608
            f"GROUP BY {_KEY} ORDER BY {_KEY}"
        )
        return list(cursor.fetchall())


def before_migration(using: str, **kwargs: Any) -> None:
    """Receiver of `pre_migrate`."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        take_down(connection)


def after_migration(using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`. A partial migration may have left nothing to keep."""
    connection = connections[using]
    if {BREAKDOWNS, POSITIONS} <= set(connection.introspection.table_names()):
        put_up(connection)
