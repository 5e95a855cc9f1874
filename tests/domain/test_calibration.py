import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.domain.calibration import (
    Brier,
    CalibrationRow,
    brier,
    brier_of,
    calibration_table,
    log_score,
    log_score_of,
)
from verification.domain.hedging import CERTAINTIES, implied_probability
from verification.domain.scoring import wilson_interval

forecasts = st.lists(
    st.tuples(
        st.one_of(st.sampled_from([implied_probability(t) for t in CERTAINTIES]), st.floats(0, 1)),
        st.integers(0, 1),
    ),
    min_size=1,
)


def columns(pairs: list[tuple[float, int]]) -> tuple[list[float], list[int]]:
    return [p for p, _ in pairs], [y for _, y in pairs]


def test_the_brier_score_and_its_parts_of_a_case_worked_by_hand() -> None:
    # 0.8 twice, of which one came true; 0.3 twice, of which none did.
    result = brier([0.8, 0.8, 0.3, 0.3], [1, 0, 0, 0])
    assert result is not None
    assert result.n == 4
    assert result.score == pytest.approx((0.04 + 0.64 + 0.09 + 0.09) / 4)
    assert result.reliability == pytest.approx((2 * 0.3**2 + 2 * 0.3**2) / 4)
    assert result.resolution == pytest.approx((2 * 0.25**2 + 2 * 0.25**2) / 4)
    assert result.uncertainty == pytest.approx(0.25 * 0.75)


@given(forecasts)
def test_the_score_is_reliability_less_resolution_plus_uncertainty(
    pairs: list[tuple[float, int]],
) -> None:
    result = brier(*columns(pairs))
    assert result is not None
    parts = result.reliability - result.resolution + result.uncertainty
    assert result.score == pytest.approx(parts, abs=1e-12)


@given(forecasts)
def test_the_score_is_the_mean_squared_error(pairs: list[tuple[float, int]]) -> None:
    result = brier(*columns(pairs))
    assert result is not None
    assert result.n == len(pairs)
    assert result.score == pytest.approx(sum((p - y) ** 2 for p, y in pairs) / len(pairs))
    assert min(result.reliability, result.resolution, result.uncertainty) >= 0


def test_a_source_that_means_what_it_says_is_perfectly_reliable() -> None:
    result = brier([0.75] * 4 + [0.25] * 4, [1, 1, 1, 0, 0, 0, 0, 1])
    assert result == Brier(8, score=0.1875, reliability=0, resolution=0.0625, uncertainty=0.25)


def test_even_chance_tells_nothing() -> None:
    result = brier([0.5] * 10, [1] * 3 + [0] * 7)
    assert result is not None
    assert result.score == pytest.approx(0.25)
    assert result.resolution == 0


def test_without_forecasts_there_is_no_score() -> None:
    assert brier([], []) is None
    assert log_score([], []) is None
    assert calibration_table([], []) == []


def test_the_log_score_is_the_mean_surprise_in_nats() -> None:
    assert log_score([0.5, 0.5], [0, 1]) == pytest.approx(math.log(2))
    assert log_score([0.8, 0.3], [1, 0]) == pytest.approx(-(math.log(0.8) + math.log(0.7)) / 2)
    assert log_score([1, 0], [1, 0]) == 0


def test_a_certainty_that_was_wrong_is_infinitely_bad() -> None:
    assert log_score([0.5, 1], [1, 0]) == math.inf
    assert log_score([0.5, 0], [1, 1]) == math.inf


def test_each_probability_has_a_row_of_what_came_true() -> None:
    rows = calibration_table([0.675, 0.5, 0.675, 0.675], [1, 0, 1, 0])
    assert rows == [
        CalibrationRow(0.5, 1, 0, 0.0, *wilson_interval(0, 1)),
        CalibrationRow(0.675, 3, 2, 2 / 3, *wilson_interval(2, 3)),
    ]


def test_the_tables_level_widens_its_intervals() -> None:
    (narrow,) = calibration_table([0.5, 0.5], [0, 1], level=0.5)
    (wide,) = calibration_table([0.5, 0.5], [0, 1], level=0.99)
    assert wide.low < narrow.low < narrow.observed < narrow.high < wide.high


@given(forecasts)
def test_the_table_counts_every_forecast_once(pairs: list[tuple[float, int]]) -> None:
    rows = calibration_table(*columns(pairs))
    assert sum(row.n for row in rows) == len(pairs)
    assert sum(row.came_true for row in rows) == sum(y for _, y in pairs)
    assert [row.forecast for row in rows] == sorted({p for p, _ in pairs})
    assert all(row.low <= row.observed <= row.high for row in rows)


@pytest.mark.parametrize("score", [brier, log_score, calibration_table])
@pytest.mark.parametrize(
    ("p", "y", "message"),
    [
        ([0.5], [], "1 forecasts, but 0 outcomes"),
        ([1.2], [1], "between 0 and 1"),
        ([-0.1], [1], "between 0 and 1"),
        ([math.nan], [1], "between 0 and 1"),
        ([0.5], [2], "0 or 1"),
    ],
)
def test_impossible_forecasts_are_refused(score, p, y, message) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=message):
        score(p, y)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({1.5: (1, 0)}, "between 0 and 1"),
        ({-0.1: (1, 0)}, "between 0 and 1"),
        ({0.5: (-1, 0)}, "are not counts"),
        ({0.5: (1, -1)}, "are not counts"),
    ],
)
def test_counts_that_cannot_be_are_refused(
    counts: dict[float, tuple[int, int]], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        brier_of(counts)
    with pytest.raises(ValueError, match=words):
        log_score_of(counts)
