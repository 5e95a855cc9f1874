"""Near-duplicates of a statement, beside PostgreSQL's trigrams."""

from __future__ import annotations

import random
from collections.abc import Mapping

from benchmarks.frame import Figures, Line, Place, clock, p50_p99, seconds

PLACES = (Place("sqlite"), Place("postgresql"))
STATEMENTS = 200
#: The trigrams take long.
STATEMENTS_OF_PEER = 12
SIMILARITY = 0.6


def swapped(number: int) -> list[tuple[int, str]]:
    """Keys of claims, each with its statement in which one or two words were swapped."""
    from verification.models import Claim

    rng = random.Random(9)
    newest = Claim.objects.latest("id").pk
    found = []
    while len(found) < number:
        claim = Claim.objects.filter(pk__lte=rng.randint(1, newest)).order_by("-pk")[0]
        other = Claim.objects.filter(pk__lte=rng.randint(1, newest)).order_by("-pk")[0]
        words = claim.statement.split()
        for _swap in range(1 + len(found) % 2):
            words[rng.randrange(len(words))] = rng.choice(other.statement.split())
        found.append((claim.pk, " ".join(words)))
    return found


def measure(place: Place) -> dict[str, float]:
    """Milliseconds, and how many of the claims were found again."""
    from verification.services.duplicates import find_similar

    times, again = [], 0
    for key, statement in swapped(STATEMENTS):
        start = clock()
        found = find_similar(statement=statement)
        times.append(1000 * (clock() - start))
        again += key in [row.claim.pk for row in found]
    p50, p99 = p50_p99(times)
    figures = {"p50": p50, "p99": p99, "recall": again / STATEMENTS}
    return figures | (trigrams() if place.kind == "postgresql" else {})


def trigrams() -> dict[str, float]:
    """The same by `pg_trgm` with a GIN index."""
    from django.db import connection

    times, again = [], 0
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS bench_trigrams ON verification_claim "
            "USING gin (statement gin_trgm_ops)"
        )
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, false)", [str(SIMILARITY)]
        )
        for key, statement in swapped(STATEMENTS_OF_PEER):
            times.append(1000 * seconds(lambda statement=statement: cursor.execute(
                "SELECT id FROM verification_claim WHERE statement %% %s "
                "ORDER BY similarity(statement, %s) DESC LIMIT 5", [statement, statement],
            )))  # fmt: skip
            again += key in [row[0] for row in cursor.fetchall()]
        cursor.execute("DROP INDEX bench_trigrams")
    p50, p99 = p50_p99(times)
    return {"peer p50": p50, "peer p99": p99, "peer recall": again / STATEMENTS_OF_PEER}


def lines(figures: Mapping[tuple[str, int], Figures]) -> list[Line]:
    """Ours by the trigrams' of the same run."""
    peers = [found for (kind, _claims), found in figures.items() if kind == "postgresql"]
    if not peers:
        return []
    peer, name = peers[0], f"pg_trgm GIN at {SIMILARITY}"
    found = []
    for (kind, _claims), ours in figures.items():
        found += [
            Line(
                f"near-duplicates, p50, {kind}",
                name,
                peer["peer p50"],
                ours["p50"],
                "ms",
                "<= 0.002",
            ),
            Line(
                f"near-duplicates, p99, {kind}",
                name,
                peer["peer p99"],
                ours["p99"],
                "ms",
                "<= 0.0334",
            ),
            Line(f"near-duplicates found again, {kind}", "all", 1.0, ours["recall"], "", ">= 0.97"),
        ]
    return found
