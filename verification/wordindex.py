"""The index over the words of claims: full text on PostgreSQL, FTS5 on SQLite.

Both hold exactly the words of `Claim.words`, and both follow the column by themselves in the
transaction that writes it: PostgreSQL as any index does, SQLite by triggers. The triggers are put
up after every migration and taken down before it, like the guards (decision 2): a migration that
writes claims calls `rebuild` at its end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from verification.domain.sharing import Shared
from verification.domain.words import Question

CLAIMS = "verification_claim"
FTS = "verification_claim_words"
GIN = "claim_words"

_INDEXED = f"INSERT INTO {FTS} (rowid, words) VALUES (NEW.id, NEW.words);"  # noqa: S608
_FORGOTTEN = f"INSERT INTO {FTS} ({FTS}, rowid, words) VALUES ('delete', OLD.id, OLD.words);"  # noqa: S608
#: (name, when, what it does)
TRIGGERS = (
    (f"{FTS}_insert", "INSERT", _INDEXED),
    (f"{FTS}_update", "UPDATE OF words", _FORGOTTEN + _INDEXED),
    (f"{FTS}_delete", "DELETE", _FORGOTTEN),
)


def make(connection: BaseDatabaseWrapper) -> None:
    """Makes the index over what is there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Beside whoever reads and writes. The planner chooses between the index and a walk
            # by how frequent a word is, so it shall know more words than by default.
            # One that was cut off is there, and of no use.
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {GIN}")
            cursor.execute(
                f"CREATE INDEX CONCURRENTLY {GIN} ON {CLAIMS} "
                "USING gin (words) WITH (fastupdate = off)"
            )
            cursor.execute(f"ALTER TABLE {CLAIMS} ALTER COLUMN words SET STATISTICS 1000")
        else:
            # Only whether a word occurs is kept, not where; beginnings of three and four letters
            # have lists of their own.
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} USING fts5(words, content='{CLAIMS}', "
                f"content_rowid='id', tokenize='ascii', detail=none, columnsize=0, prefix='3 4')"
            )
    rebuild(connection)


def unmake(connection: BaseDatabaseWrapper) -> None:
    """Drops the index."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP INDEX IF EXISTS {GIN}")
        else:
            cursor.execute(f"DROP TABLE IF EXISTS {FTS}")


def rebuild(connection: BaseDatabaseWrapper) -> None:
    """Reads every claim's words anew. PostgreSQL's index needs that never, its statistics do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ANALYZE {CLAIMS}")
        else:
            cursor.execute(f"INSERT INTO {FTS} ({FTS}) VALUES ('rebuild')")  # noqa: S608
            _merge(cursor)


def _merge(cursor: Any) -> None:
    """Makes one list of each word on SQLite, which keeps some for what was written together.

    Every word of a question is looked up in each of them. Two seconds for a million claims, and
    nothing where it is done already.
    """
    cursor.execute(f"INSERT INTO {FTS} ({FTS}) VALUES ('optimize')")  # noqa: S608


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Makes SQLite's triggers; those that stand are made anew."""
    if connection.vendor != "sqlite":
        return
    take_down(connection)
    with connection.cursor() as cursor:
        for name, verb, does in TRIGGERS:
            cursor.execute(f"CREATE TRIGGER {name} AFTER {verb} ON {CLAIMS} BEGIN {does} END")


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Drops SQLite's triggers."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name, _verb, _does in TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def before_migration(using: str, **kwargs: Any) -> None:
    """Receiver of `pre_migrate`."""
    take_down(connections[using])


def after_migration(using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`. A partial migration may have left no index to keep."""
    connection = connections[using]
    if {CLAIMS, FTS} <= set(connection.introspection.table_names()):
        put_up(connection)
        with connection.cursor() as cursor:
            _merge(cursor)


# --- Questions ------------------------------------------------------------------------------------


def match(question: Question, vendor: str) -> str:
    """The question in the language of the database's full text.

    Words hold letters and digits only, so that quoting them is all it takes.
    """
    if vendor == "postgresql":
        terms = [f"'{word}'" for word in question.whole]
        return " & ".join(terms + ([f"'{question.begun}':*"] if question.begun else []))
    terms = [f'"{word}"' for word in question.whole]
    return " AND ".join(terms + ([f'"{question.begun}"*'] if question.begun else []))


def newest(question: Question, most: int, *, using: str) -> list[int]:
    """The keys of the newest claims that answer the question, `most` at most. For SQLite only."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s "  # noqa: S608
            "ORDER BY rowid DESC LIMIT %s",
            [match(question, "sqlite"), most],
        )
        return [row[0] for row in cursor.fetchall()]


#: The newest so many claims are looked through before the index is asked.
_LATELY = 2_000


def newest_one(question: Question, *, using: str) -> int | None:
    """The key of the newest claim that answers the question; none where there is none.

    A word that occurs lately is found among the newest claims. One that does not is rare, and the
    index has few of it; or it is of another time (a year that is long past), and those who walk
    from the newest claim on would walk a long way.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        return next(iter(newest(question, 1, using=using)), None)
    asked = match(question, "postgresql")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(id) FROM (SELECT id, words "  # noqa: S608
            f"FROM {CLAIMS} ORDER BY id DESC LIMIT %s) AS lately WHERE words @@ %s::tsquery",
            [_LATELY, asked],
        )
        found = cursor.fetchone()[0]
        if found is None:
            cursor.execute(
                f"SELECT max(id) FROM (SELECT id FROM {CLAIMS} "  # noqa: S608
                "WHERE words @@ %s::tsquery OFFSET 0) AS held",
                [asked],
            )
            found = cursor.fetchone()[0]
    return int(found) if found is not None else None


#: How many questions go into one statement; SQLite takes 500 parts of a compound.
TOGETHER = 100


def holding(questions: Sequence[Shared], most: int, *, using: str) -> list[list[tuple[int, str]]]:
    """The newest claims that answer each of the questions, `most` of them: key and statement.

    Many questions are asked in one statement.
    """
    connection = connections[using]
    found: list[list[tuple[int, str]]] = [[] for _question in questions]
    asked = [
        (place, at_least(question.words, question.least, connection.vendor), most)
        for place, question in enumerate(questions)
        if question.words
    ]
    one = _HELD[connection.vendor]
    with connection.cursor() as cursor:
        for part in batched(asked, TOGETHER):
            # Each in a query of its own: only there may it be ordered and limited.
            each = " UNION ALL ".join([f"SELECT * FROM ({one}) AS one"] * len(part))  # noqa: S608
            cursor.execute(each, [value for values in part for value in values])
            for place, key, statement in cursor.fetchall():
                found[place].append((key, statement))
    return found


_HELD = {
    # PostgreSQL shall ask the index first and sort then: it takes those that hold some words
    # together for more than they are, and would walk through all claims from the newest on.
    "postgresql": f"SELECT %s AS place, id, statement FROM (SELECT id, statement FROM {CLAIMS} "  # noqa: S608
    "WHERE words @@ %s::tsquery OFFSET 0) AS held ORDER BY id DESC LIMIT %s",
    "sqlite": f"SELECT %s AS place, id, statement FROM {CLAIMS} WHERE id IN "  # noqa: S608
    f"(SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s ORDER BY rowid DESC LIMIT %s)",
}


def at_least(words: Sequence[str], least: int, vendor: str) -> str:
    """What holds at least so many of the words, in the language of the database's full text.

    Words hold letters and digits only, so that quoting them is all it takes. The words are given
    with the rarest first, and the most frequent one is written down the least often: both
    databases read its long list anew for each time that it stands there.
    """
    quote, both, either = ("'", " & ", " | ") if vendor == "postgresql" else ('"', " AND ", " OR ")
    if least in (1, len(words)):
        meet = either if least == 1 else both
        return "(" + meet.join(f"{quote}{word}{quote}" for word in words) + ")"
    rest, last = words[:-1], words[-1]
    with_it, without_it = at_least(rest, least - 1, vendor), at_least(rest, least, vendor)
    return f"({quote}{last}{quote}{both}{with_it}{either}{without_it})"


def batched(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """The rows, `size` at a time."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
