"""How rare words are among those of the claims: where a search for near-duplicates begins.

Counting a frequent word takes long, so what share of the claims holds it is known from a sample.
PostgreSQL takes one by itself (`ANALYZE`); on SQLite some thousand claims are read. A process does
so once, and again when there are a tenth more claims: a language has the same words tomorrow.
Words that are not frequent are counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections

from verification.wordindex import CLAIMS, FTS, TOGETHER, batched

#: Counting goes no further; PostgreSQL looks at each claim that it counts.
COUNTED = {"sqlite": 5_000, "postgresql": 500}
#: How many claims are read for SQLite's sample, and in how many of them a frequent word is.
SAMPLE = 4_000
FREQUENT = 20


@dataclass(frozen=True, slots=True)
class Occurring:
    """What share of the claims holds each word, 0 to 1, and about how many claims there are."""

    shares: Mapping[str, float]
    claims: int


@dataclass(frozen=True, slots=True)
class _Sample:
    """The share of claims that hold a frequent word, as it was when the newest had this key."""

    shares: Mapping[str, float]
    newest: int


_samples: dict[str, _Sample] = {}


def of(words: Collection[str], *, using: str) -> Occurring:
    """How rare each of the words is."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {CLAIMS}")  # noqa: S608
        newest = cursor.fetchone()[0]
        if not newest:
            return Occurring(dict.fromkeys(words, 0.0), 0)
        known = _sample(cursor, connection.vendor, newest, using)
        shares = {word: known[word] for word in words if word in known}
        rest = [word for word in words if word not in known]
        if connection.vendor == "postgresql":
            # Its sample knows all words but the rare ones. These are counted to the last claim: to
            # find the first few, PostgreSQL would walk through all claims.
            counted = _counted_postgresql(cursor, rest, None if known else COUNTED["postgresql"])
        else:
            counted = _counted_sqlite(cursor, rest, COUNTED["sqlite"])
        shares |= {word: min(number / newest, 1.0) for word, number in counted}
    return Occurring(shares, newest)


def _sample(cursor: Any, vendor: str, newest: int, using: str) -> Mapping[str, float]:
    """The share of claims that hold a word, for words that are frequent."""
    if newest <= COUNTED[vendor]:
        return {}
    kept = _samples.get(using)
    if kept is None or not kept.newest <= newest <= 1.1 * kept.newest:
        read = _analysed if vendor == "postgresql" else _read
        kept = _Sample(read(cursor, newest), newest)
        # Nothing is known before the first ANALYZE, which will come.
        if kept.shares:
            _samples[using] = kept
    return kept.shares


def _analysed(cursor: Any, newest: int) -> dict[str, float]:
    """What PostgreSQL knows of the words."""
    cursor.execute(
        "SELECT element, frequency FROM pg_stats, unnest(most_common_elems::text::text[], "
        "most_common_elem_freqs) AS common (element, frequency) "
        "WHERE schemaname = current_schema() AND tablename = %s AND attname = 'words' "
        "AND element IS NOT NULL",
        [CLAIMS],
    )
    return dict(cursor.fetchall())


def _read(cursor: Any, newest: int) -> dict[str, float]:
    """The words of some thousand claims, as far from each other as they can be."""
    keys = list(range(newest, 0, -max(newest // SAMPLE, 1)))
    cursor.execute(
        f"SELECT words FROM {CLAIMS} WHERE id IN (SELECT value FROM json_each(%s))",  # noqa: S608
        [json.dumps(keys)],
    )
    held: Counter[str] = Counter()
    read = 0
    for (words,) in cursor.fetchall():
        held.update(words.split())
        read += 1
    return {word: number / read for word, number in held.items() if number >= FREQUENT}


def _counted_sqlite(cursor: Any, words: list[str], most: int) -> list[tuple[str, int]]:
    one = f"SELECT %s, count(*) FROM (SELECT 1 FROM {FTS} WHERE {FTS} MATCH %s LIMIT %s)"  # noqa: S608
    counted: list[tuple[str, int]] = []
    for part in batched(words, TOGETHER):
        cursor.execute(
            " UNION ALL ".join([one] * len(part)),
            [value for word in part for value in (word, f'"{word}"', most)],
        )
        counted += cursor.fetchall()
    return counted


def _counted_postgresql(cursor: Any, words: list[str], most: int | None) -> list[tuple[str, int]]:
    if not words:
        return []
    cursor.execute(
        "SELECT word, (SELECT count(*) FROM (SELECT 1 "  # noqa: S608
        f"FROM {CLAIMS} WHERE words @@ quote_literal(word)::tsquery "
        "LIMIT %s) AS held) FROM unnest(%s::text[]) AS asked (word)",
        [most, words],
    )
    return list(cursor.fetchall())
