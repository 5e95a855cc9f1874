"""A source's accuracy over time, from what is kept by month: no position is read for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from verification.domain import scoring
from verification.models import Source
from verification.services import breakdowns, figures
from verification.services.breakdowns import MONTH
from verification.services.figures import Scope


@dataclass(frozen=True, slots=True)
class Point:
    """The accuracy over what had become known by the end of a month, after `n` decided positions.

    `month` is its first day.
    """

    month: date
    n: int
    accuracy: float
    low: float
    high: float


def trend(source: Source, scope: Scope, *, now: datetime) -> list[Point]:
    """One point for each month in which the outcome of a counted claim became known, oldest first.

    As known now: a verdict that was withdrawn is in none of them.
    """
    shares = breakdowns.of(source, scope, MONTH)[MONTH]
    months = sorted(shares)
    hits = list(accumulate(shares[month][0] for month in months))
    misses = list(accumulate(shares[month][1] for month in months))
    prior = figures.board(scope, now=now).prior
    mean, low, high = scoring.accuracy(hits, misses, prior)
    return [
        Point(
            date.fromisoformat(f"{month}-01"),
            hits[i] + misses[i],
            float(mean[i]),
            float(low[i]),
            float(high[i]),
        )
        for i, month in enumerate(months)
    ]
