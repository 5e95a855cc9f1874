"""How it is done: the methodology."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from verification.domain import deadlines, hedging, scoring
from verification.models import LedgerEntry
from verification.models.choices import Certainty
from verification.pages.http import public_page
from verification.services import figures
from verification.services.figures import Scope

#: The example of the methodology: hits, then decided claims, of two newspapers' transfer rumours.
SMALL, LARGE = (10, 34), (283, 1_074)
EXAMPLE_LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Rung:
    """One term of the ICD 203 ladder: its band in per cent and the probability it is scored as."""

    term: str
    low: int
    high: int
    probability: float


@dataclass(frozen=True, slots=True)
class Example:
    """An observed rate and the lower end of its Wilson interval."""

    hits: int
    n: int
    rate: float
    low: float


def _example(hits: int, n: int) -> Example:
    low, _high = scoring.wilson_interval(hits, n, EXAMPLE_LEVEL)
    return Example(hits, n, hits / n, low)


@public_page
def methodology(request: HttpRequest) -> HttpResponse:
    """The rules of credit and the formulas, with the numbers that are in force now."""
    return render(
        request,
        "verification/methodology.html",
        {
            "prior": figures.board(Scope(), now=timezone.now()).prior,
            "method": figures.METHOD,
            "head": LedgerEntry.objects.order_by("-number").only("number", "hash").first(),
            "scoring": {
                "level": scoring.LEVEL,
                "provisional_under": scoring.PROVISIONAL_UNDER,
                "min_decided": scoring.MIN_DECIDED_PER_SOURCE,
                "min_sources": scoring.MIN_POOL_SOURCES,
                "min_pool": scoring.MIN_POOL_DECIDED,
                "fallback_strength": scoring.FALLBACK_STRENGTH,
                "bounds": scoring.STRENGTH_BOUNDS,
            },
            "ladder": [
                Rung(str(Certainty(term).label), low, high, hedging.implied_probability(term))
                for term, (low, high) in hedging.BANDS.items()
            ],
            "small": _example(*SMALL),
            "large": _example(*LARGE),
            "example_level": EXAMPLE_LEVEL,
            "reminders": sorted(
                {step.offset_days for step in deadlines.LADDER if step.offset_days > 0}
            ),
        },
    )
