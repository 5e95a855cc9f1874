"""Publishing the records, recomputing them, and what one verdict costs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from benchmarks.frame import Figures, Line, Place, seconds, side_by_side

PLACES = (Place("sqlite", 0.01), Place("sqlite"), Place("postgresql", 0.01), Place("postgresql"))
VERDICTS = 15
TALLIES_BY_HAND = (
    "SELECT source_id, beat_id, public, credit, count(*) FROM verification_position "
    "GROUP BY source_id, beat_id, public, credit"
)


def measure(place: Place) -> dict[str, float]:
    """Milliseconds of each."""
    from django.db import connection

    from verification.services import figures, recomputing
    from verification.services.figures import Scope

    now = datetime.now(UTC)

    def grouped() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(TALLIES_BY_HAND)
            return cursor.fetchall()

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS bench_covering ON verification_position "
            "(source_id, beat_id, public, credit)"
        )
    found = side_by_side({"published": lambda: figures._board(Scope(), now), "GROUP BY": grouped})
    found |= side_by_side({"annotate": annotated}, rounds=1 if place.share == 1 else 5)
    if place.share < 1:
        # From the reports on: at the full size it takes minutes, and grows as the claims do.
        found |= side_by_side({"recomputed": recomputing.recompute}, rounds=3)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX bench_covering")
    return found | one_verdict(now)


def annotated() -> Any:
    """Every source's hits and misses as the ORM's tutorial has it."""
    from django.db.models import Count, Q

    from verification.models import Source

    return list(
        Source.objects.annotate(
            hits=Count("positions", filter=Q(positions__credit="hit")),
            misses=Count("positions", filter=Q(positions__credit="miss")),
        ).values_list("pk", "hits", "misses")
    )


def one_verdict(now: datetime) -> dict[str, float]:
    """A verdict with all its effects, and a commit that changes one row."""
    from statistics import median

    from verification.models import Claim, Heartbeat, User
    from verification.services import pulse, verdicts
    from verification.services.drafts import EvidenceDraft

    boss = User.objects.get(username="boss")
    boss.has_perm("verification.decide_claim")
    evidence = [EvidenceDraft(title="The announcement", url="https://example.org/said")]
    open_ones = list(Claim.objects.undecided().order_by("-deadline")[: VERDICTS + 1])
    decide = [
        1000 * seconds(lambda claim=claim: verdicts.decide(
            actor=boss, claim=claim, version=claim.version, outcome="confirmed",
            rationale="Announced.", evidence=evidence, now=now,
        ))
        for claim in open_ones
    ]  # fmt: skip
    row = [1000 * seconds(lambda: pulse.record(name="bench", now=now)) for _verdict in open_ones]
    Heartbeat.objects.filter(name="bench").delete()
    return {"verdict": median(decide[1:]), "one row": median(row[1:])}


def lines(figures: Mapping[tuple[str, int], Figures]) -> list[Line]:
    """By their peers."""
    found = []
    for kind in dict.fromkeys(kind for kind, _claims in figures):
        sizes = sorted(claims for other, claims in figures if other == kind)
        few, many = figures[kind, sizes[0]], figures[kind, sizes[-1]]
        found += [
            Line(f"publish all records, {kind}", "ORM annotate",
                 many["annotate"], many["published"], "ms", "<= 0.00667"),
            Line(f"publish all records, {kind}", "bare GROUP BY with a covering index",
                 many["GROUP BY"], many["published"], "ms"),
            Line(f"full recompute from the reports of {sizes[0]:,} claims, {kind}",
                 "bare GROUP BY of their positions", few["GROUP BY"], few["recomputed"], "ms",
                 "<= 1.1"),
            Line(f"one verdict at {sizes[-1]:,} claims, {kind}", f"at {sizes[0]:,}",
                 few["verdict"], many["verdict"], "ms", "<= 1.2"),
            Line(f"one verdict, {kind}", "a commit of one row", many["one row"], many["verdict"],
                 "ms", "<= 12"),
        ]  # fmt: skip
    return found
