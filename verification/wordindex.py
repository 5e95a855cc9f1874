"""The index over the words of claims: full text on PostgreSQL, FTS5 on SQLite.

Both hold exactly the words of `Claim.words`, and both follow the column by themselves in the
transaction that writes it: PostgreSQL as any index does, SQLite by triggers. The triggers are put
up after every migration and taken down before it, like the guards (decision 2): a migration that
writes claims calls `rebuild` at its end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
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
_TOGETHER = 100


@dataclass(frozen=True, slots=True)
class Among:
    """A question for the newest claims, `most` of them, that hold at least so many of some words.

    Of fewer words than `least`, all of them.
    """

    words: Sequence[str]
    least: int
    most: int


def holding(questions: Sequence[Among], *, using: str) -> list[list[int]]:
    """The keys that answer each of the questions, newest first; many are asked in one statement."""
    connection = connections[using]
    found: list[list[int]] = [[] for _question in questions]
    asked = [
        (place, _any_of(question, connection.vendor), question.most)
        for place, question in enumerate(questions)
        if question.words
    ]
    # PostgreSQL shall ask the index first and sort then: it takes those that hold some words
    # together for more than they are, and would walk through all claims from the newest on.
    one = (
        f"SELECT %s AS place, id FROM (SELECT id FROM {CLAIMS} "  # noqa: S608
        "WHERE words @@ %s::tsquery OFFSET 0) AS held ORDER BY id DESC LIMIT %s"
        if connection.vendor == "postgresql"
        else f"SELECT %s AS place, rowid FROM {FTS} WHERE {FTS} MATCH %s "  # noqa: S608
        "ORDER BY rowid DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        for part in batched(asked, _TOGETHER):
            # Each in a query of its own: only there may it be ordered and limited.
            each = " UNION ALL ".join([f"SELECT * FROM ({one}) AS one"] * len(part))  # noqa: S608
            cursor.execute(each, [value for values in part for value in values])
            for place, key in cursor.fetchall():
                found[place].append(key)
    return found


def _any_of(question: Among, vendor: str) -> str:
    """The question in the language of the database's full text."""
    together = combinations(question.words, min(question.least, len(question.words)))
    asked = [match(Question(words), vendor) for words in together]
    either = " | " if vendor == "postgresql" else " OR "
    return either.join(f"({words})" for words in asked)


def batched(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """The rows, `size` at a time."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def rarest(groups: Sequence[Collection[str]], number: int, *, using: str) -> list[list[str]]:
    """Of each group the rarest words that occur, `number` of them; of equally rare the longest."""
    connection = connections[using]
    asked = sorted({word for words in groups for word in words})
    with connection.cursor() as cursor:
        count = _counted_postgresql if connection.vendor == "postgresql" else _counted_sqlite
        occurs = count(cursor, asked) if asked else {}
    return [
        sorted(
            (word for word in words if occurs[word]),
            key=lambda word: (occurs[word], -len(word), word),
        )[:number]
        for words in groups
    ]


def _counted_sqlite(cursor: Any, words: Sequence[str]) -> dict[str, int]:
    """How many claims hold each word; beyond `COMMON`, more for what is more frequent of late.

    The further back the newest so many lie, the rarer is a word.
    """
    occurs = dict.fromkeys(words, 0)
    one = (
        f"SELECT %s AS word, rowid AS key FROM {FTS} WHERE {FTS} MATCH %s "  # noqa: S608
        "ORDER BY rowid DESC LIMIT %s"
    )
    counted = f"SELECT word, count(*), min(key) FROM ({one}) GROUP BY word"  # noqa: S608
    for part in batched(words, _TOGETHER):
        cursor.execute(
            " UNION ALL ".join([counted] * len(part)),
            [
                value
                for word in part
                for value in (word, match(Question((word,)), "sqlite"), COMMON)
            ],
        )
        for word, count, oldest in cursor.fetchall():
            occurs[word] = count if count < COMMON else COMMON + oldest
    return occurs


def _counted_postgresql(cursor: Any, words: Sequence[str]) -> dict[str, int]:
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
