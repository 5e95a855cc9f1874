"""The index over the words of claims: full text on PostgreSQL, FTS5 on SQLite.

Both hold exactly the words of `Claim.words`, and both follow the column by themselves in the
transaction that writes it: PostgreSQL as any index does, SQLite by triggers. The triggers are put
up after every migration and taken down before it, like the guards (decision 2): a migration that
writes claims calls `rebuild` at its end.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from verification.domain.words import Question

CLAIMS = "verification_claim"
FTS = "verification_claim_words"
GIN = "claim_words"

#: Counting how frequent a word is goes no further.
COMMON = 500

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


def with_any_two(words: Sequence[str], most: int, *, using: str) -> list[int]:
    """The keys of the newest claims that hold any two of the words; of one word, that one."""
    if not words:
        return []
    connection = connections[using]
    pairs = [Question(pair) for pair in combinations(words, 2)] or [Question(tuple(words))]
    asked = [match(pair, connection.vendor) for pair in pairs]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT id FROM {CLAIMS} WHERE words @@ %s::tsquery "  # noqa: S608
                "ORDER BY id DESC LIMIT %s",
                [" | ".join(f"({pair})" for pair in asked), most],
            )
        else:
            cursor.execute(
                f"SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s "  # noqa: S608
                "ORDER BY rowid DESC LIMIT %s",
                [" OR ".join(f"({pair})" for pair in asked), most],
            )
        return [row[0] for row in cursor.fetchall()]


def rarest(words: Collection[str], number: int, *, using: str) -> list[str]:
    """The rarest of the words that occur, `number` of them; of equally rare ones the longest."""
    connection = connections[using]
    with connection.cursor() as cursor:
        count = _counted_postgresql if connection.vendor == "postgresql" else _counted_sqlite
        occurs = count(cursor, words)
    found = [word for word in words if occurs[word]]
    return sorted(found, key=lambda word: (occurs[word], -len(word), word))[:number]


def _counted_sqlite(cursor: Any, words: Collection[str]) -> dict[str, int]:
    """How many claims hold each word; beyond `COMMON`, more for what is more frequent of late.

    The further back the newest so many lie, the rarer is a word.
    """
    occurs = {}
    for word in words:
        cursor.execute(
            f"SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s "  # noqa: S608
            "ORDER BY rowid DESC LIMIT %s",
            [match(Question((word,)), "sqlite"), COMMON],
        )
        rows = cursor.fetchall()
        occurs[word] = len(rows) if len(rows) < COMMON else COMMON + rows[-1][0]
    return occurs


def _counted_postgresql(cursor: Any, words: Collection[str]) -> dict[str, int]:
    """The same; for words that the planner's statistics know, a number beyond `COMMON`.

    They know the frequent ones, which would take long to count.
    """
    cursor.execute(
        "SELECT element, frequency FROM pg_stats, unnest(most_common_elems::text::text[], "
        "most_common_elem_freqs) AS common (element, frequency) "
        "WHERE tablename = %s AND attname = 'words' AND element = ANY (%s)",
        [CLAIMS, list(words)],
    )
    occurs = {word: COMMON + int(frequency * 1e9) for word, frequency in cursor.fetchall()}
    cursor.execute(
        "SELECT word, (SELECT count(*) FROM (SELECT 1 "  # noqa: S608
        f"FROM {CLAIMS} WHERE words @@ quote_literal(word)::tsquery "
        "LIMIT %s) AS held) FROM unnest(%s::text[]) AS asked (word)",
        [COMMON, [word for word in words if word not in occurs]],
    )
    return occurs | dict(cursor.fetchall())
