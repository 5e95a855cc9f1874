"""Search, newest first, of any word, beside the scan that `LIKE` does."""

from __future__ import annotations

import random
from collections.abc import Mapping
from statistics import median

from benchmarks.frame import ROUNDS, Figures, Line, Place, p50_p99, seconds

PLACES = (Place("sqlite"), Place("postgresql"))
PAGE = 26
QUESTIONS = 200


def questions() -> list[str]:
    """Words as they occur (the frequent ones often), single ones and in pairs, and beginnings."""
    from verification.domain import words
    from verification.models import Claim

    rng = random.Random(5)
    newest = Claim.objects.latest("id").pk
    asked = []
    while len(asked) < QUESTIONS:
        claim = Claim.objects.filter(pk__lte=rng.randint(1, newest)).order_by("-pk")[0]
        found = words.words(claim.statement)
        kind = len(asked) % 4
        if kind == 3:
            asked.append(" ".join(rng.sample(found, 2)))
        else:
            # Alone: any word, the longest (rare as a rule), the beginning of one.
            word = max(found, key=len) if kind == 1 else rng.choice(found)
            asked.append(word[:4] if kind == 2 else word)
    return asked


def measure(place: Place) -> dict[str, float]:
    """Milliseconds of a page of hits, and of a scan."""
    from django.db.models import Q

    from verification.models import Claim

    times = [
        1000 * seconds(lambda text=text: list(
            Claim.objects.public().search(text).order_by("-id").only("id", "statement")[:PAGE]
        ))
        for text in questions()
    ]  # fmt: skip
    scan = median(
        1000 * seconds(lambda: list(
            Claim.objects.public()
            .filter(Q(statement__icontains="zzzz") | Q(criteria__icontains="zzzz"))
            .order_by("-id").only("id", "statement")[:PAGE]
        ))
        for _round in range(ROUNDS)
    )  # fmt: skip
    p50, p99 = p50_p99(times)
    return {"p50": p50, "p99": p99, "scan": scan}


def lines(figures: Mapping[tuple[str, int], Figures]) -> list[Line]:
    """Ours by the scan's."""
    return [
        Line(f"search, {name}, {kind}", "LIKE scan", found["scan"], found[name], "ms", "<= 0.04")
        for (kind, _claims), found in figures.items()
        for name in ("p50", "p99")
    ]
