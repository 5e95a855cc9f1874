import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats  # type: ignore[import-untyped,unused-ignore]
from statsmodels.stats.proportion import proportion_confint  # type: ignore[import-untyped,unused-ignore]

from verification.domain.scoring import (
    FALLBACK_ADDED,
    FALLBACK_STRENGTH,
    LEVEL,
    MIN_DECIDED_PER_SOURCE,
    MIN_POOL_DECIDED,
    MIN_POOL_SOURCES,
    PROVISIONAL_UNDER,
    STRENGTH_BOUNDS,
    Prior,
    accuracy,
    fit_prior,
    rank,
    wilson_interval,
)

# Published counts of two public scoreboards: newspapers on football transfers, and Apple leaks.
with (Path(__file__).parent / "scoreboards.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))

TRACKERS = ("Football Transfer League", "AppleTrack")
FIGURES = [(row["source"], int(row["correct"]), int(row["decided"])) for row in ROWS]


def board(tracker: str) -> tuple[list[str], np.ndarray, np.ndarray]:
    rows = [row for row in ROWS if row["tracker"] == tracker]
    hits = np.array([int(row["correct"]) for row in rows])
    decided = np.array([int(row["decided"]) for row in rows])
    return [row["source"] for row in rows], hits, decided - hits


tallies = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=30)
priors = st.builds(
    Prior,
    mean=st.floats(0.05, 0.95),
    strength=st.floats(*STRENGTH_BOUNDS),
    pool_decided=st.just(100),
    pool_sources=st.just(10),
    fallback=st.just(False),
)


def columns(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    hits, misses = np.array(pairs).T
    return hits, misses


# The prior


def log_likelihood(hits: np.ndarray, misses: np.ndarray, mean: float, strength: float) -> float:
    """Of a pool's tallies, by scipy's own beta-binomial."""
    return float(
        stats.betabinom.logpmf(hits, hits + misses, mean * strength, (1 - mean) * strength).sum()
    )


@pytest.mark.parametrize("tracker", TRACKERS)
def test_the_prior_of_a_public_scoreboard_has_its_hit_rate_and_the_likeliest_strength(
    tracker: str,
) -> None:
    _, hits, misses = board(tracker)
    prior = fit_prior(hits, misses)
    best = optimize.minimize_scalar(
        lambda log: -log_likelihood(hits, misses, prior.mean, np.exp(log)),
        bounds=np.log(STRENGTH_BOUNDS),
        method="bounded",
    )
    assert prior.mean == hits.sum() / (hits + misses).sum()
    assert prior.strength == pytest.approx(np.exp(best.x), rel=1e-3)
    assert not prior.fallback
    assert prior.pool_sources == len(hits)
    assert prior.pool_decided == (hits + misses).sum()


@given(
    pairs=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=5, max_size=20),
    other=st.floats(*STRENGTH_BOUNDS),
)
@settings(deadline=None)
def test_no_other_strength_is_likelier(pairs: list[tuple[int, int]], other: float) -> None:
    hits, misses = columns(pairs)
    prior = fit_prior(hits, misses)
    low, high = STRENGTH_BOUNDS
    assert low <= prior.strength <= high
    if not prior.fallback:
        fitted = log_likelihood(hits, misses, prior.mean, prior.strength)
        assert fitted >= log_likelihood(hits, misses, prior.mean, other) - 1e-6


def test_sources_that_differ_much_make_a_weak_prior_and_sources_alike_a_strong_one() -> None:
    differing = fit_prior([20, 0, 20, 0, 20, 0], [0, 20, 0, 20, 0, 20])
    alike = fit_prior([10] * 6, [10] * 6)
    assert differing.strength == pytest.approx(STRENGTH_BOUNDS[0])
    assert alike.strength == pytest.approx(STRENGTH_BOUNDS[1])
    assert differing.mean == alike.mean == 0.5


def test_the_strength_that_made_a_pool_is_found_again() -> None:
    random = np.random.default_rng(1973)
    rates = random.beta(0.4 * 12, 0.6 * 12, size=3000)
    hits = random.binomial(40, rates)
    prior = fit_prior(hits, 40 - hits)
    assert prior.mean == pytest.approx(0.4, abs=0.02)
    assert prior.strength == pytest.approx(12, rel=0.1)


@given(pairs=tallies, random=st.randoms(use_true_random=False))
@settings(deadline=None)
def test_order_and_sources_without_positions_make_no_difference_to_the_prior(pairs, random) -> None:  # type: ignore[no-untyped-def]
    prior = fit_prior(*columns(pairs))
    shuffled = [*pairs, (0, 0), (0, 0)]
    random.shuffle(shuffled)
    assert fit_prior(*columns(shuffled)) == prior


def test_a_pool_with_too_few_sources_to_compare_falls_back() -> None:
    four = fit_prior([9, 8, 7, 6], [1, 2, 3, 4])
    assert four == Prior(31 / 42, FALLBACK_STRENGTH, 40, 4, fallback=True)
    # Sources with a single position do not help; a fifth one with two does.
    singles = fit_prior([9, 8, 7, 6, 1, 1, 1], [1, 2, 3, 4, 0, 0, 0])
    assert singles.fallback
    assert singles.pool_sources == 7
    assert not fit_prior([9, 8, 7, 6, 1], [1, 2, 3, 4, 1]).fallback


def test_a_pool_with_too_few_positions_falls_back() -> None:
    assert fit_prior([2, 2, 2, 2, 2], [2, 2, 2, 2, 1]).fallback
    assert not fit_prior([2, 2, 2, 2, 2], [2, 2, 2, 2, 2]).fallback


def test_sources_with_a_single_position_count_once_the_strength_is_fitted() -> None:
    hits, misses = np.array([9, 8, 2, 1, 7, 1, 0, 1, 1]), np.array([1, 2, 8, 9, 3, 0, 1, 0, 0])
    prior = fit_prior(hits, misses)
    best = optimize.minimize_scalar(
        lambda log: -log_likelihood(hits, misses, prior.mean, np.exp(log)),
        bounds=np.log(STRENGTH_BOUNDS),
        method="bounded",
    )
    assert prior.fallback is False
    assert prior.strength == pytest.approx(np.exp(best.x), rel=1e-3)


def test_an_empty_pool_believes_in_one_half() -> None:
    assert fit_prior([], []) == Prior(0.5, 4.0, 0, 0, fallback=True)
    assert fit_prior([0, 0], [0, 0]) == Prior(0.5, 4.0, 0, 0, fallback=True)


@pytest.mark.parametrize(("hits", "misses"), [([10] * 9, [0] * 9), ([0] * 9, [10] * 9)])
def test_a_pool_that_was_always_right_or_always_wrong_is_not_believed_to_stay_so(
    hits: list[int], misses: list[int]
) -> None:
    prior = fit_prior(hits, misses)
    assert prior.fallback
    assert 0 < prior.mean < 1


# Accuracy


def test_the_published_numbers_are_in_force() -> None:
    assert (LEVEL, PROVISIONAL_UNDER) == (0.9, 10)
    assert (MIN_DECIDED_PER_SOURCE, MIN_POOL_SOURCES, MIN_POOL_DECIDED) == (2, 5, 20)
    assert (FALLBACK_STRENGTH, FALLBACK_ADDED, STRENGTH_BOUNDS) == (4, 1, (1, 1000))


@pytest.mark.parametrize("tracker", TRACKERS)
@pytest.mark.parametrize("level", [0.5, LEVEL, 0.95])
def test_accuracy_is_the_mean_and_the_equal_tails_of_the_posterior(
    tracker: str, level: float
) -> None:
    _, hits, misses = board(tracker)
    prior = fit_prior(hits, misses)
    mean, low, high = accuracy(hits, misses, prior, level)
    posterior = stats.beta(
        prior.mean * prior.strength + hits, (1 - prior.mean) * prior.strength + misses
    )
    np.testing.assert_allclose(mean, posterior.mean(), rtol=1e-12)
    np.testing.assert_allclose(low, posterior.ppf((1 - level) / 2), rtol=1e-9)
    np.testing.assert_allclose(high, posterior.ppf((1 + level) / 2), rtol=1e-9)


def test_the_level_is_ninety_percent_unless_told_otherwise() -> None:
    prior = Prior(0.5, 4, 0, 0, fallback=True)
    np.testing.assert_array_equal(accuracy([7], [3], prior), accuracy([7], [3], prior, 0.9))


def test_nine_of_nine_is_not_a_hundred_percent() -> None:
    names, hits, misses = board("AppleTrack")
    mean, low, _ = accuracy(hits, misses, fit_prior(hits, misses))
    perfect, practised = names.index("Ross Young"), names.index("Mark Gurman")
    assert (hits[perfect], misses[perfect]) == (9, 0)
    assert mean[perfect] < 1
    assert low[perfect] < low[practised]


def test_ten_of_34_does_not_outrank_283_of_1074() -> None:
    names, hits, misses = board("Football Transfer League")
    _, low, _ = accuracy(hits, misses, fit_prior(hits, misses))
    ranks = dict(zip(names, rank(low, hits + misses < PROVISIONAL_UNDER), strict=True))
    raw = dict(zip(names, hits / (hits + misses), strict=True))
    assert raw["The Scotsman"] > raw["The Independent"]
    assert ranks["The Scotsman"] > ranks["The Independent"] > 0


def test_a_source_without_positions_is_the_prior() -> None:
    prior = Prior(0.3, 10, 100, 10, fallback=False)
    mean, low, high = accuracy([0], [0], prior)
    assert mean[0] == pytest.approx(0.3)
    assert low[0] < 0.3 < high[0]


@given(pairs=tallies, prior=priors, which=st.integers(0))
@settings(deadline=None)
def test_one_more_hit_never_lowers_accuracy_interval_or_rank(
    pairs: list[tuple[int, int]], prior: Prior, which: int
) -> None:
    hits, misses = columns(pairs)
    one = which % len(pairs)
    better = hits.copy()
    better[one] += 1
    nobody = np.zeros(len(pairs), dtype=bool)
    before, after = accuracy(hits, misses, prior), accuracy(better, misses, prior)
    for old, new in zip(before, after, strict=True):
        assert new[one] > old[one] - 1e-12
    assert rank(after[1], nobody)[one] <= rank(before[1], nobody)[one]
    # And one more miss never raises them.
    worse = misses.copy()
    worse[one] += 1
    after = accuracy(hits, worse, prior)
    for old, new in zip(before, after, strict=True):
        assert new[one] < old[one] + 1e-12
    assert rank(after[1], nobody)[one] >= rank(before[1], nobody)[one]


@given(pairs=tallies, prior=priors)
@settings(deadline=None)
def test_each_source_gets_what_it_would_get_alone(
    pairs: list[tuple[int, int]], prior: Prior
) -> None:
    together = np.array(accuracy(*columns(pairs), prior))
    alone = [np.array(accuracy([hits], [misses], prior))[:, 0] for hits, misses in pairs]
    np.testing.assert_array_equal(together, np.array(alone).T)
    assert ((together >= 0) & (together <= 1)).all()


@given(hits=st.integers(0, 60), misses=st.integers(0, 60), prior=priors)
@settings(deadline=None)
def test_accuracy_lies_between_the_prior_and_the_sources_own_rate(
    hits: int, misses: int, prior: Prior
) -> None:
    mean, low, high = accuracy([hits], [misses], prior)
    ends = sorted((prior.mean, hits / (hits + misses) if hits + misses else prior.mean))
    assert ends[0] - 1e-12 <= mean[0] <= ends[1] + 1e-12
    assert low[0] < high[0]


def test_tallies_from_narrow_columns_are_whole_numbers_all_the_same() -> None:
    narrow = np.array([200, 7], dtype=np.uint8), np.array([100, 3], dtype=np.uint8)
    prior = Prior(0.3, 10, 100, 10, fallback=False)
    wide = [200, 7], [100, 3]
    np.testing.assert_array_equal(accuracy(*narrow, prior), accuracy(*wide, prior))
    assert fit_prior(*narrow).pool_decided == 310


def test_without_sources_there_is_nothing() -> None:
    prior = fit_prior([], [])
    assert [part.size for part in accuracy([], [], prior)] == [0, 0, 0]
    assert rank([], []).size == 0


@pytest.mark.parametrize(
    ("hits", "misses", "message"),
    [
        ([1, 2], [1], r"^hits and misses are one number each for each source$"),
        ([-1], [1], r"^hits and misses are counts: none is below zero$"),
        ([1], [-1], r"^hits and misses are counts: none is below zero$"),
    ],
)
def test_impossible_tallies_are_refused(hits: list[int], misses: list[int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fit_prior(hits, misses)
    with pytest.raises(ValueError, match=message):
        accuracy(hits, misses, Prior(0.5, 4, 0, 0, fallback=True))


@pytest.mark.parametrize("level", [0, 1, 90, -0.5])
def test_a_level_that_is_no_fraction_is_refused(level: float) -> None:
    with pytest.raises(ValueError, match="fraction between 0 and 1"):
        accuracy([1], [1], Prior(0.5, 4, 0, 0, fallback=True), level)
    with pytest.raises(ValueError, match="fraction between 0 and 1"):
        wilson_interval(1, 2, level)


# Ranks


def test_ranks_follow_the_lower_end_and_equals_share_one() -> None:
    ranks = rank([0.5, 0.7, 0.9, 0.7], [False] * 4)
    assert ranks.tolist() == [4, 2, 1, 2]
    assert ranks.dtype == np.int64, "and no page shows a rank of 2.0"


def test_provisional_sources_are_unranked_and_push_nobody_down() -> None:
    assert rank([0.99, 0.5, 0.98, 0.7], [True, False, True, False]).tolist() == [0, 2, 0, 1]
    assert rank([0.9, 0.8], [True, True]).tolist() == [0, 0]


def test_a_rank_without_a_lower_end_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a source without a lower end cannot be ranked$"):
        rank([np.nan], [False])
    with pytest.raises(ValueError, match=r"^lower ends and provisional .* one for each source$"):
        rank([0.5], [False, False])
    assert rank([np.nan, 0.5], [True, False]).tolist() == [0, 1]


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.3, 0.4]), st.booleans())))
def test_a_rank_is_one_more_than_the_sources_above(sources: list[tuple[float, bool]]) -> None:
    low = [end for end, _ in sources]
    provisional = [held_back for _, held_back in sources]
    above = [
        0 if held_back else 1 + sum(not other and one > end for one, other in sources)
        for end, held_back in sources
    ]
    assert rank(low, provisional).tolist() == above


# Wilson's interval


@pytest.mark.parametrize(("source", "hits", "n"), FIGURES)
@pytest.mark.parametrize("level", [LEVEL, 0.95])
def test_wilsons_interval_agrees_with_two_other_implementations(
    source: str, hits: int, n: int, level: float
) -> None:
    ours = wilson_interval(hits, n, level)
    assert ours == pytest.approx(proportion_confint(hits, n, 1 - level, method="wilson"))
    assert ours == pytest.approx(
        tuple(stats.binomtest(hits, n).proportion_ci(level, method="wilson"))
    )


def test_wilsons_lower_bound_puts_283_of_1074_above_10_of_34() -> None:
    small, large = wilson_interval(10, 34, 0.95)[0], wilson_interval(283, 1074, 0.95)[0]
    assert 10 / 34 > 283 / 1074
    assert (round(small, 2), round(large, 2)) == (0.17, 0.24)


@given(st.integers(0, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_holds_the_rate_and_stays_within_nought_and_one(
    counts: tuple[int, int],
) -> None:
    hits, n = counts
    low, high = wilson_interval(hits, n)
    assert 0 <= low < high <= 1
    if n:
        assert low <= hits / n <= high


def test_without_positions_any_rate_is_possible() -> None:
    assert wilson_interval(0, 0) == (0, 1)


@pytest.mark.parametrize(("hits", "n"), [(3, 2), (-1, 2), (0, -1)])
def test_impossible_counts_are_refused(hits: int, n: int) -> None:
    with pytest.raises(ValueError, match="not a count"):
        wilson_interval(hits, n)


def test_the_hits_of_a_pool_are_those_that_were_counted() -> None:
    few = fit_prior(np.array([3, 1]), np.array([2, 0]))
    assert few.fallback
    assert (few.pool_hits, few.pool_decided) == (4, 6)
    many = fit_prior(
        np.array([7, 8, 5, 9, 6, 4, 8, 7, 5, 9]), np.array([3, 2, 5, 1, 4, 6, 2, 3, 5, 1])
    )
    assert not many.fallback
    assert (many.pool_hits, many.pool_decided) == (68, 100)
