"""Calibration: whether what a source calls likely comes true as often as "likely" says.

A forecast is a pair: the probability that a report's certainty implies, and whether the claim came
true (1) or not (0). Reports use a handful of probabilities, one for each rung of the ladder, and
so forecasts are grouped by distinct value: nothing is binned and Murphy's identity is exact.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verification.domain.scoring import LEVEL, wilson_interval

#: For each probability that was given: how often it came true, and how often not.
Counts = Mapping[float, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Brier:
    """The Brier score (Brier 1950) of ``n`` forecasts and its three parts (Murphy 1973).

    score = reliability - resolution + uncertainty. ``score`` is the mean squared error: 0 is
    perfect, 0.25 is what "even chance" always gets, 1 the worst. ``reliability`` is how far the
    stated probabilities lie from the observed rates (0 is best), ``resolution`` how far the
    observed rates differ between them (more is better), ``uncertainty`` how hard the claims were:
    the variance of the outcomes, whoever forecasts.
    """

    n: int
    score: float
    reliability: float
    resolution: float
    uncertainty: float


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """Of ``n`` claims given the probability ``forecast``, the fraction ``observed`` came true.

    ``low`` and ``high`` are the Wilson interval of ``observed``.
    """

    forecast: float
    n: int
    came_true: int
    observed: float
    low: float
    high: float


def brier(p: Sequence[float], y: Sequence[int]) -> Brier | None:
    """The Brier score and its parts, from probabilities and outcomes; None where there are none.

    Raises ValueError unless every p is in [0, 1], every y is 0 or 1, and there is one y for each p.
    """
    return brier_of(_counts(p, y))


def brier_of(counts: Counts) -> Brier | None:
    """The same of forecasts that were counted already.

    Raises ValueError for a probability outside [0, 1] or a negative count.
    """
    _check_counts(counts)
    n = sum(true + false for true, false in counts.values())
    if n == 0:
        return None
    rate = sum(true for true, _false in counts.values()) / n
    errors = [
        true * (1 - forecast) ** 2 + false * forecast**2
        for forecast, (true, false) in counts.items()
    ]
    # How many forecasts had each value, the value, and how often it came true.
    rates = [
        (true + false, forecast, true / (true + false))
        for forecast, (true, false) in counts.items()
        if true + false
    ]
    return Brier(
        n=n,
        score=math.fsum(errors) / n,
        reliability=math.fsum(k * (stated - seen) ** 2 for k, stated, seen in rates) / n,
        resolution=math.fsum(k * (seen - rate) ** 2 for k, _, seen in rates) / n,
        uncertainty=rate * (1 - rate),
    )


def log_score(p: Sequence[float], y: Sequence[int]) -> float | None:
    """The mean of -ln(probability given to what happened); None where there are no forecasts.

    0 is perfect, ln 2 ≈ 0.693 is what "even chance" always gets, and a certainty that was wrong is
    infinitely bad. Raises ValueError as :func:`brier` does.
    """
    return log_score_of(_counts(p, y))


def log_score_of(counts: Counts) -> float | None:
    """The same of forecasts that were counted already. Raises as :func:`brier_of` does."""
    _check_counts(counts)
    given = [
        (number, probability)
        for forecast, (true, false) in counts.items()
        for number, probability in ((true, forecast), (false, 1 - forecast))
        if number
    ]
    if not given:
        return None
    if any(probability == 0 for _number, probability in given):
        return math.inf
    total = math.fsum(-number * math.log(probability) for number, probability in given)
    return total / sum(number for number, _probability in given)


def calibration_table(
    p: Sequence[float], y: Sequence[int], level: float = LEVEL
) -> list[CalibrationRow]:
    """One row for each distinct probability that was given, from the least to the greatest.

    Raises ValueError as :func:`brier` does.
    """
    rows = []
    for forecast, outcomes in sorted(_by_forecast(p, y).items()):
        n, came_true = len(outcomes), sum(outcomes)
        low, high = wilson_interval(came_true, n, level)
        rows.append(CalibrationRow(forecast, n, came_true, came_true / n, low, high))
    return rows


def _by_forecast(p: Sequence[float], y: Sequence[int]) -> dict[float, list[int]]:
    _check(p, y)
    groups: defaultdict[float, list[int]] = defaultdict(list)
    for forecast, outcome in zip(p, y, strict=True):
        groups[forecast].append(outcome)
    return dict(groups)


def _counts(p: Sequence[float], y: Sequence[int]) -> Counts:
    return {
        forecast: (sum(outcomes), len(outcomes) - sum(outcomes))
        for forecast, outcomes in _by_forecast(p, y).items()
    }


def _check_counts(counts: Counts) -> None:
    for forecast, (true, false) in counts.items():
        if not 0 <= forecast <= 1:
            raise ValueError(f"a probability lies between 0 and 1; not {forecast!r}")
        if true < 0 or false < 0:
            raise ValueError(f"{true} and {false} are not counts")


def _check(p: Sequence[float], y: Sequence[int]) -> None:
    if len(p) != len(y):
        raise ValueError(f"{len(p)} forecasts, but {len(y)} outcomes")
    for forecast, outcome in zip(p, y, strict=True):
        if not 0 <= forecast <= 1:
            raise ValueError(f"a probability lies between 0 and 1; not {forecast!r}")
        if outcome not in (0, 1):
            raise ValueError(f"an outcome is 0 or 1; not {outcome!r}")
