"""Charts as SVG made on the server: this module measures, a template draws.

Lengths are shares of the width, as text, so that no decimal comma of the reader's language gets
into an attribute.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from verification.domain import scoring
from verification.services.figures import Figures
from verification.templatetags.borneout import percent


@dataclass(frozen=True, slots=True)
class IntervalBar:
    """Accuracy as a dot on its interval, with the base rate as a tick; `words` says the same."""

    low: str
    width: str
    mean: str
    base: str
    words: str


def interval_bar(figures: Figures) -> IntervalBar:
    """The bar of one record, on a scale from 0 to 100 %."""
    return IntervalBar(
        low=_share(figures.low),
        width=_share(figures.high - figures.low),
        mean=_share(figures.accuracy),
        base=_share(figures.prior.mean),
        words=_(
            "Accuracy %(mean)s, %(level)s interval from %(low)s to %(high)s; base rate %(base)s."
        )
        % {
            "mean": percent(figures.accuracy),
            "level": percent(scoring.LEVEL),
            "low": percent(figures.low),
            "high": percent(figures.high),
            "base": percent(figures.prior.mean),
        },
    )


def _share(fraction: float) -> str:
    return f"{fraction * 100:.2f}%"
