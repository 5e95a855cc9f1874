"""Accuracy: what a source's hits and misses are worth, how sure that is, and who ranks where.

A source's accuracy is the mean of a Beta posterior. The prior is fitted to the pool that the
source belongs to (empirical Bayes: Efron and Morris 1975; Gelman et al., *Bayesian Data
Analysis*, chapter 5): its mean is the pool's hit rate, and its strength says how many decided
positions the pool's rate is worth against a source's own: large where sources hardly differ, small
where they differ much. So nine of nine is not 100 %, and one hit does not top a leaderboard.

The constants are the numbers in force that the methodology page prints.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, TypeAlias

# numpy and scipy are slow to load, and only whoever publishes records needs them: the functions
# that compute import them, and the annotations below stay strings.
if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"
Integers: TypeAlias = "npt.NDArray[np.int64]"
Numbers: TypeAlias = "npt.ArrayLike"

# The probability inside every interval that is shown beside an accuracy.
LEVEL = 0.9

# A source with fewer decided positions is shown as provisional, and is not ranked.
PROVISIONAL_UNDER = 10

# The prior's strength is fitted only to a pool that can tell: a source with a single decided
# position says nothing about how sources differ, and four sources say too little. Our choice.
MIN_DECIDED_PER_SOURCE = 2
MIN_POOL_SOURCES = 5
MIN_POOL_DECIDED = 20

# In a smaller pool the prior is worth this many positions, and its mean is the pool's rate after
# one hit and one miss are added (Laplace's rule of succession): 0.5 in an empty pool. Our choice.
FALLBACK_STRENGTH = 4.0
FALLBACK_ADDED = 1

# The fitted strength's limits, in positions. Without the upper one a pool whose sources differ no
# more than chance would have none: the likelihood rises for ever. Our choice.
STRENGTH_BOUNDS = (1.0, 1000.0)

# The search for the strength: each pass lays this many points, evenly spaced in log strength, over
# the bracket that the last pass left. Seven passes leave it narrower than one part in a million.
_SEARCH_POINTS = 33
_SEARCH_PASSES = 7


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of a source of this pool before its own positions are looked at.

    ``mean`` is a fraction and ``strength`` a number of decided positions, so the prior is
    Beta(mean * strength, (1 - mean) * strength). ``pool_sources`` counts the sources with any
    decided position and ``pool_decided`` those positions. ``fallback`` is true where the pool
    was too small, or too uniform, for its strength to be fitted.
    """

    mean: float
    strength: float
    pool_decided: int
    pool_sources: int
    fallback: bool

    @property
    def pool_hits(self) -> int:
        """How many of the pool's decided positions were hits."""
        if self.fallback:
            return round(self.mean * (self.pool_decided + 2 * FALLBACK_ADDED)) - FALLBACK_ADDED
        return round(self.mean * self.pool_decided)


def fit_prior(hits: Numbers, misses: Numbers) -> Prior:
    """The prior of a pool, given each of its sources' hits and misses (two arrays of one length).

    The mean is the pool's hit rate, every position weighing the same. The strength has the
    greatest beta-binomial likelihood given that mean, within STRENGTH_BOUNDS. The pool falls back
    on the constants above where it has fewer than MIN_POOL_SOURCES sources with
    MIN_DECIDED_PER_SOURCE decided positions, fewer than MIN_POOL_DECIDED in all, or not one hit or
    not one miss. The order of the sources makes no difference.
    """
    import numpy as np

    hit, miss = _tallies(hits, misses)
    decided = hit + miss
    total_hits, total = int(hit.sum()), int(decided.sum())
    sources = int(np.count_nonzero(decided))
    comparable = int(np.count_nonzero(decided >= MIN_DECIDED_PER_SOURCE))
    if (
        comparable < MIN_POOL_SOURCES
        or total < MIN_POOL_DECIDED
        or total_hits in (0, total)  # the fitted prior would be certain, beyond any evidence
    ):
        mean = (total_hits + FALLBACK_ADDED) / (total + 2 * FALLBACK_ADDED)
        return Prior(mean, FALLBACK_STRENGTH, total, sources, fallback=True)
    mean = total_hits / total
    # Without this a source that is merely known would move the last digits of the sums.
    hit, miss = hit[decided > 0], miss[decided > 0]
    return Prior(mean, _likeliest_strength(hit, miss, mean), total, sources, fallback=False)


def accuracy(
    hits: Numbers, misses: Numbers, prior: Prior, level: float = LEVEL
) -> tuple[Floats, Floats, Floats]:
    """Mean, lower and upper end of each source's accuracy, as fractions; arrays in, arrays out.

    The posterior is Beta(mean * strength + hits, (1 - mean) * strength + misses); the interval
    leaves the same probability on either side. Sources with equal tallies get identical numbers.
    Raises ValueError for negative or unequal tallies, or a level outside 0 to 1.
    """
    import numpy as np
    from scipy.special import betaincinv  # type: ignore[import-untyped,unused-ignore]

    _check_level(level)
    hit, miss = _tallies(hits, misses)
    # Ten thousand sources share a few hundred tallies.
    pairs, _, where = _unique_pairs(hit, miss)
    a = prior.mean * prior.strength + pairs[:, 0]
    b = (1 - prior.mean) * prior.strength + pairs[:, 1]
    tail = (1 - level) / 2
    mean = a / (a + b)
    low = np.asarray(betaincinv(a, b, tail), dtype=np.float64)
    high = np.asarray(betaincinv(a, b, 1 - tail), dtype=np.float64)
    return mean[where], low[where], high[where]


def rank(low: Numbers, provisional: Numbers) -> Integers:
    """Each source's rank by the lower end of its interval, from 1, the highest; 0 for unranked.

    Equal ends share a rank and the next one is skipped: 1, 2, 2, 4. Provisional sources are
    unranked, and push nobody down. Raises ValueError for arrays of unequal length, or where a
    ranked source's end is not a number.
    """
    import numpy as np

    ends = np.asarray(low, dtype=np.float64)
    held_back = np.asarray(provisional, dtype=np.bool_)
    if ends.ndim != 1 or ends.shape != held_back.shape:
        raise ValueError("lower ends and provisional marks are one for each source")
    ranks = np.zeros(ends.shape, dtype=np.int64)
    ranked = ends[~held_back]
    if np.isnan(ranked).any():
        raise ValueError("a source without a lower end cannot be ranked")
    above = ranked.size - np.searchsorted(np.sort(ranked), ranked, side="right")
    ranks[~held_back] = above + 1
    return ranks


def wilson_interval(hits: int, n: int, level: float = LEVEL) -> tuple[float, float]:
    """The score interval of a proportion (Wilson 1927), as fractions; (0, 1) where n is 0.

    For a rate that is shown as it was observed, with no prior: the calibration table. Raises
    ValueError for impossible counts or a level outside 0 to 1.
    """
    _check_level(level)
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} hits of {n} is not a count")
    if n == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    rate = hits / n
    centre = rate + z * z / (2 * n)
    spread = z * math.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    # At 0 and 1 the formula is exact, but its rounding is not.
    low = (centre - spread) / scale if hits else 0.0
    high = (centre + spread) / scale if hits < n else 1.0
    return low, high


def _likeliest_strength(hit: Integers, miss: Integers, mean: float) -> float:
    """The strength of greatest likelihood, by repeated refinement of a grid over its logarithm.

    The first pass spans the bounds, so that a flat or a doubly peaked likelihood cannot strand the
    search.
    """
    import numpy as np
    from scipy.special import gammaln  # type: ignore[import-untyped,unused-ignore]

    # Each of the three terms depends on one number alone, and ten thousand sources share a few
    # hundred of these.
    tallies = [np.unique(tally, return_counts=True) for tally in (hit, miss, hit + miss)]

    def log_likelihood(log_strength: Floats) -> Any:
        # The binomial coefficients are left out: they do not depend on the strength.
        strength = np.exp(log_strength)
        hits, misses, decided = (
            counts @ (gammaln(weight + numbers[:, None]) - gammaln(weight))
            for weight, (numbers, counts) in zip(
                (mean * strength, (1 - mean) * strength, strength), tallies, strict=True
            )
        )
        return hits + misses - decided

    low, high = (math.log(bound) for bound in STRENGTH_BOUNDS)
    for _ in range(_SEARCH_PASSES):
        grid = np.linspace(low, high, _SEARCH_POINTS)
        best = int(np.argmax(log_likelihood(grid)))
        low, high = grid[max(best - 1, 0)], grid[min(best + 1, _SEARCH_POINTS - 1)]
    return float(np.clip(math.exp(grid[best]), *STRENGTH_BOUNDS))


def _unique_pairs(hit: Integers, miss: Integers) -> tuple[Integers, Integers, Integers]:
    """The distinct (hits, misses) rows, sorted; how often each occurs; and which one each was."""
    import numpy as np

    width = int(miss.max(initial=0)) + 1
    codes, where, counts = np.unique(hit * width + miss, return_inverse=True, return_counts=True)
    return np.stack(np.divmod(codes, width), axis=1), counts, where


def _tallies(hits: Numbers, misses: Numbers) -> tuple[Integers, Integers]:
    import numpy as np

    hit, miss = np.asarray(hits, dtype=np.int64), np.asarray(misses, dtype=np.int64)
    if hit.ndim != 1 or hit.shape != miss.shape:
        raise ValueError("hits and misses are one number each for each source")
    if (hit < 0).any() or (miss < 0).any():
        raise ValueError("hits and misses are counts: none is below zero")
    return hit, miss


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise ValueError(f"a level is a fraction between 0 and 1; not {level!r}")
