"""Many columns at once give the intervals that one column gives."""

from __future__ import annotations

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from recommender.measure.bootstrap import interval, paired_difference
from recommender.measure.resampling import Resampling


@pytest.mark.parametrize("groups", [np.arange(50), np.arange(50) // 3, np.arange(50)[::-1] % 7])
def test_intervals_and_differences_are_those_of_one_column(groups: np.ndarray) -> None:
    rng = np.random.default_rng(0)
    values = rng.random((50, 3))
    resampling = Resampling(groups, samples=300)
    for column, found in zip(values.T, resampling.intervals(values), strict=True):
        wanted = interval(column, groups=groups, samples=300)
        assert (found.mean, found.low, found.high) == pytest.approx((wanted.mean, wanted.low, wanted.high), abs=1e-12)
    difference, ratio = resampling.compare(values[:, 0], values[:, 1])
    wanted_difference = paired_difference(values[:, 0], values[:, 1], groups=groups, samples=300)
    assert (difference.mean, difference.low, difference.p_value) == pytest.approx(
        (wanted_difference.mean, wanted_difference.low, wanted_difference.p_value), abs=1e-12
    )
    assert ratio is not None
    assert ratio.mean == pytest.approx(values[:, 0].mean() / values[:, 1].mean())
    assert ratio.low < ratio.mean < ratio.high


def test_a_ratio_of_a_constant_factor_has_no_width() -> None:
    values = np.random.default_rng(0).random(40) + 0.1
    _, ratio = Resampling(np.arange(40), samples=200).compare(2 * values, values)
    assert ratio is not None
    assert (ratio.mean, ratio.low, ratio.high) == pytest.approx((2, 2, 2))


@pytest.mark.parametrize("seed", range(20))
def test_resamplings_without_a_difference_count_for_both_sides_however_values_are_rounded(seed: int) -> None:
    """Whole numbers are added up exactly; a third of each gives a third of the interval, and the same p-value."""
    rng = np.random.default_rng(seed)
    ours, theirs = rng.integers(4, size=(2, int(rng.integers(8, 60)))).astype(np.float64)
    exact = paired_difference(ours, theirs)
    found, _ = Resampling(np.arange(len(ours))).compare(ours / 3, theirs / 3)
    for each in (found, paired_difference(ours / 3, theirs / 3)):
        assert each.p_value == exact.p_value
        assert (each.low > 0, each.high < 0) == (exact.low > 0, exact.high < 0)
        assert (each.low, each.high) == pytest.approx((exact.low / 3, exact.high / 3), abs=1e-12)


def test_one_event_neither_proves_a_difference_nor_a_ratio() -> None:
    """Whatever its queries say: its p-value is 1, and the intervals hold no difference."""
    difference, ratio = Resampling(np.zeros(30, np.int64), samples=50).compare(np.full(30, 0.8), np.full(30, 0.4))
    assert difference.p_value == 1.0
    assert (difference.low, difference.high) == pytest.approx((0.0, 0.4))
    assert ratio is not None
    assert (ratio.mean, ratio.low, ratio.high) == pytest.approx((2.0, 1.0, 2.0))


def test_a_ratio_to_nothing_is_none() -> None:
    difference, ratio = Resampling(np.arange(5), samples=50).compare(np.ones(5), np.zeros(5))
    assert ratio is None
    assert difference.mean == 1.0


def test_different_queries_are_refused() -> None:
    with pytest.raises(EvaluationError, match="compare like with like"):
        Resampling(np.arange(2)).compare(np.ones(2), np.ones(3))
    with pytest.raises(EvaluationError, match="no values"):
        Resampling(np.arange(0)).means(np.ones((0, 1)))
