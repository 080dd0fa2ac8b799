"""Intervals and paired tests: determinism, coverage of known cases, clusters."""

from __future__ import annotations

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from recommender.measure import bootstrap
from recommender.measure.bootstrap import errors_behind, interval, paired_difference, resampled_means


def test_the_same_seed_gives_the_same_interval() -> None:
    values = np.random.default_rng(0).random(80)
    assert interval(values, seed=4) == interval(values, seed=4)
    assert interval(values, seed=4) != interval(values, seed=5)


def test_the_interval_is_as_wide_as_theory_says() -> None:
    """Of 400 coin throws the mean has standard error 1/40, so the interval is 1.96/40 to either side."""
    result = interval(np.array([0.0, 1.0] * 200), samples=20_000)
    assert result.mean == 0.5
    assert result.low == pytest.approx(0.5 - 1.96 / 40, abs=0.004)
    assert result.high == pytest.approx(0.5 + 1.96 / 40, abs=0.004)


def test_most_intervals_hold_the_true_mean() -> None:
    """Of 300 samples of 60 draws from a skewed distribution, some 95 % of the intervals hold its mean 1/3."""
    draws = np.random.default_rng(1).beta(1, 2, (300, 60))
    results = [interval(row, seed=seed, samples=500) for seed, row in enumerate(draws)]
    share = np.mean([result.low <= 1 / 3 <= result.high for result in results])
    assert 0.90 <= share <= 0.99


def test_equal_values_have_no_width() -> None:
    result = interval(np.full(10, 0.25))
    assert (result.mean, result.low, result.high) == (0.25, 0.25, 0.25)


def test_clusters_widen_the_interval() -> None:
    """Ten copies of each of ten values say no more than the ten: the interval is that of the ten."""
    ten = np.random.default_rng(2).random(10)
    copies, groups = np.repeat(ten, 10), np.repeat(np.arange(10) * 7, 10)
    by_group, by_query = interval(copies, groups=groups), interval(copies)
    alone = interval(ten)
    assert (by_group.low, by_group.high) == pytest.approx((alone.low, alone.high))
    assert by_group.high - by_group.low > 2 * (by_query.high - by_query.low)


def test_groups_of_unequal_size_keep_the_mean_over_queries() -> None:
    """Resampled means weigh queries, not groups: drawing group {1, 1, 1} and group {0} gives 3/4."""
    means = resampled_means(np.array([1.0, 1, 1, 0]), groups=np.array([0, 0, 0, 1]), seed=0, samples=200)
    assert set(means) == {0.0, 0.75, 1.0}


def test_a_constant_gain_is_sure_and_no_gain_is_not() -> None:
    base = np.random.default_rng(3).random(50)
    gain = paired_difference(base + 0.1, base)
    assert (gain.mean, gain.low, gain.high) == pytest.approx((0.1, 0.1, 0.1))
    assert gain.p_value == pytest.approx(2 / 2_001)
    assert paired_difference(base, base).p_value == 1.0


@pytest.mark.parametrize("count", [1, 2, 5])
def test_few_independent_groups_prove_nothing(count: int) -> None:
    """However many queries repeat them: n groups that all gain do so by chance once in 2 ** (n - 1) times."""
    groups = np.repeat(np.arange(count), 20)
    gain = paired_difference(np.full(20 * count, 0.6), np.full(20 * count, 0.5), groups=groups)
    assert gain.p_value == 2.0 ** (1 - count)
    assert (gain.mean, gain.low, gain.high) == pytest.approx((0.1, 0.0, 0.1))


def test_six_groups_that_all_gain_are_the_fewest_that_prove_it() -> None:
    gain = paired_difference(np.full(6, 0.6), np.full(6, 0.5))
    assert gain.p_value == 1 / 32
    assert gain.low == pytest.approx(0.1)


def test_no_interval_of_fewer_than_six_events_leaves_out_zero() -> None:
    """Three draws fall on one side in a quarter of the cases, and a plain bootstrap would call each a difference."""
    draws = np.random.default_rng(9).choice([-0.3, -0.1, 0.1, 0.3], (100, 3))
    found = [paired_difference(row, np.zeros(3), samples=200) for row in draws]
    assert sum(abs(np.sign(row).sum()) == 3 for row in draws) > 15
    assert all(each.low <= 0 <= each.high and each.p_value >= 0.25 for each in found)


def test_pairing_finds_what_two_intervals_hide() -> None:
    """A small steady gain over very different queries is sure, though the two intervals overlap almost wholly."""
    rng = np.random.default_rng(5)
    theirs = rng.random(100)
    ours = theirs + rng.normal(0.02, 0.02, 100)
    assert paired_difference(ours, theirs).low > 0
    assert interval(ours).low < interval(theirs).high


def test_the_sign_of_the_difference_turns_with_the_order() -> None:
    rng = np.random.default_rng(6)
    ours, theirs = rng.random(30), rng.random(30)
    forth, back = paired_difference(ours, theirs), paired_difference(theirs, ours)
    assert (forth.low, forth.high, forth.p_value) == pytest.approx((-back.high, -back.low, back.p_value))


def test_blocks_do_not_change_the_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a block holds few resamplings, still all of them are drawn."""
    monkeypatch.setattr(bootstrap, "_BLOCK", 70)
    assert len(resampled_means(np.arange(10.0), groups=None, seed=0, samples=50)) == 50


def test_nothing_to_resample_is_refused() -> None:
    with pytest.raises(EvaluationError, match="no values to resample"):
        interval(np.array([]))


def test_values_of_other_queries_are_refused() -> None:
    with pytest.raises(EvaluationError, match="3 and 2 values are not of the same queries"):
        paired_difference(np.zeros(3), np.zeros(2))


def test_how_far_behind_is_in_standard_errors_of_the_paired_difference() -> None:
    """Gaps of 1, 0, 0, 1 have mean 1/2 and deviations of a half: a standard error of √(4 · 1/4) / 4 = 1/4."""
    best, close = np.array([1.0, 1.0, 1.0, 1.0]), np.array([0.0, 1.0, 1.0, 0.0])
    apart = np.arange(4)
    assert errors_behind(np.stack([close, best, best]), apart) == pytest.approx([2.0, 0.0, 0.0])
    # Two events alone: the deviations of each add up to 0, or to 1 and -1, a standard error of √2 / 4.
    assert errors_behind(np.stack([close, best]), np.array([0, 0, 1, 1]))[0] > 1e6
    assert errors_behind(np.stack([close, best]), np.array([0, 1, 1, 0])) == pytest.approx([2 / np.sqrt(2), 0.0])
    assert errors_behind(np.ones((2, 1)), np.zeros(1, np.int64)).tolist() == [0.0, 0.0]
