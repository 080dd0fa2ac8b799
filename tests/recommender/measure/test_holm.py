"""P-values of several comparisons are corrected for their number."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.measure.holm import holm


def test_the_smallest_counts_as_often_as_there_are_comparisons() -> None:
    """Of .01, .04, .03, .005: 4 × .005, 3 × .01, 2 × .03, and .04 is not below the .06 before it."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_one_comparison_stays_as_it_is_and_none_is_above_one() -> None:
    assert holm([0.03]) == [0.03]
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    assert holm([]) == []


def test_of_twenty_comparisons_without_a_difference_one_in_twenty_families_has_a_false_one() -> None:
    """Uncorrected two of three have: 1 - .95 ** 20 = .64."""
    families = np.random.default_rng(0).random((2_000, 20))
    assert np.mean((families < 0.05).any(axis=1)) == pytest.approx(0.64, abs=0.03)
    assert np.mean([min(holm(list(each))) < 0.05 for each in families]) == pytest.approx(0.05, abs=0.015)
