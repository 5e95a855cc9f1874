"""Charts as SVG made on the server: this module measures, a template draws.

Lengths are text, so that no decimal comma of the reader's language gets into an attribute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from verification.domain import scoring
from verification.services.boards import Figures
from verification.services.certainty import Rung
from verification.services.trend import Point
from verification.templatetags.borneout import month_words, percent

#: The drawing's own units: the view box of the charts with two axes.
WIDTH, HEIGHT = 640, 220
#: What is left free for the words at the axes, in the larger type that a phone is given.
LEFT, RIGHT, TOP, BOTTOM = 82, 12, 14, 36


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


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on an axis, with its word."""

    at: str
    word: str


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Accuracy over time: a line on its band."""

    left: str
    right: str
    band: str
    line: str
    dots: tuple[tuple[str, str], ...]
    levels: tuple[Mark, ...]
    days: tuple[Mark, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Whisker:
    """One rung of the ladder: what it implies, what came true, and the interval of that."""

    x: str
    y: str
    top: str
    bottom: str


@dataclass(frozen=True, slots=True)
class CalibrationChart:
    """What came true against what the certainty implied; on the diagonal the two agree."""

    left: str
    right: str
    whiskers: tuple[Whisker, ...]
    levels: tuple[Mark, ...]
    implied: tuple[Mark, ...]
    words: str


def trend_chart(points: Sequence[Point]) -> TrendChart | None:
    """The chart of a source's accuracy; none with fewer than two points, which make no line."""
    if len(points) < 2:
        return None
    first, last = points[0], points[-1]
    span = (last.month - first.month).days

    def x(day: date) -> str:
        return _across((day - first.month).days / span)

    upper = [f"{x(point.month)},{_up(point.high)}" for point in points]
    lower = [f"{x(point.month)},{_up(point.low)}" for point in reversed(points)]
    return TrendChart(
        left=_across(0),
        right=_across(1),
        band=" ".join(upper + lower),
        line=" ".join(f"{x(point.month)},{_up(point.accuracy)}" for point in points),
        dots=tuple((x(point.month), _up(point.accuracy)) for point in points),
        levels=_levels(),
        days=(
            Mark(x(first.month), month_words(first.month)),
            Mark(x(last.month), month_words(last.month)),
        ),
        words=_(
            "Accuracy from %(first)s in %(from)s to %(last)s in %(to)s, "
            "after %(n)s decided positions."
        )
        % {
            "first": percent(first.accuracy),
            "from": month_words(first.month),
            "last": percent(last.accuracy),
            "to": month_words(last.month),
            "n": last.n,
        },
    )


def calibration_chart(ladder: Sequence[Rung]) -> CalibrationChart | None:
    """The chart of a source's certainty; none where nothing is counted."""
    if not ladder:
        return None
    return CalibrationChart(
        left=_across(0),
        right=_across(1),
        whiskers=tuple(
            Whisker(_across(rung.implied), _up(rung.observed), _up(rung.high), _up(rung.low))
            for rung in ladder
        ),
        levels=_levels(),
        implied=tuple(Mark(_across(part), percent(part)) for part in (0.0, 0.5, 1.0)),
        words=" ".join(
            _("%(term)s: %(true)s of %(n)s came true.")
            % {"term": rung.label, "true": rung.came_true, "n": rung.n}
            for rung in ladder
        ),
    )


def _levels() -> tuple[Mark, ...]:
    return tuple(Mark(_up(part), percent(part)) for part in (0.0, 0.5, 1.0))


def _across(part: float) -> str:
    return f"{LEFT + part * (WIDTH - LEFT - RIGHT):.1f}"


def _up(part: float) -> str:
    return f"{HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM):.1f}"
