"""Reliability, calibration error and the isotonic curve, worked out by hand and held by invariants."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.errors import EvaluationError
from recommender.measure.calibration import Curve, ScoreCounts, calibration_error, reliability


def test_bins_by_hand() -> None:
    """Twenty cases make ten bins of two: 0.0 and 0.1 said; of the ten of 0.1 four came true, in whatever order."""
    said = np.repeat([0.0, 0.1], 10)
    true = np.zeros(20, dtype=bool)
    true[16:] = True
    bins = reliability(said, true)
    assert bins.shape == (10, 3)
    np.testing.assert_allclose(bins[:, 0], [0, 0, 0, 0, 0, 0.1, 0.1, 0.1, 0.1, 0.1])
    np.testing.assert_allclose(bins[:, 1], [0, 0, 0, 0, 0, 0.4, 0.4, 0.4, 0.4, 0.4])
    assert bins[:, 2].tolist() == [2.0] * 10
    assert calibration_error(bins) == pytest.approx(5 * 0.3 / 10)


def test_a_weight_stands_for_as_many_cases() -> None:
    said, true = np.array([0.2, 0.4]), np.array([False, True])
    weighted = reliability(said, true, np.array([30.0, 10.0]))
    assert calibration_error(weighted) == pytest.approx((30 * 0.2 + 10 * 0.6) / 40)


def test_nothing_said_makes_no_bin() -> None:
    assert reliability(np.zeros(0), np.zeros(0, dtype=bool)).shape == (0, 3)


def test_the_curve_finds_the_chance_behind_the_scores() -> None:
    rng = np.random.default_rng(0)
    scores = rng.normal(size=200_000)
    chance = 0.3 / (1 + np.exp(-2 * scores))
    counts = ScoreCounts()
    counts.add(scores, rng.random(len(scores)) < chance, np.ones(len(scores)))
    curve = counts.curve()
    later = rng.normal(size=50_000)
    came = rng.random(len(later)) < 0.3 / (1 + np.exp(-2 * later))
    assert calibration_error(reliability(curve(later), came)) < 0.01
    assert curve(np.array([0.0]))[0] == pytest.approx(0.15, abs=0.02)


def test_the_curve_promises_no_certainty_to_the_highest_score() -> None:
    """Five links of six are in one level at least: one hit at the top does not make a 1."""
    scores = np.array([9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0])
    counts = ScoreCounts()
    counts.add(scores, scores >= 5, np.ones(10))
    assert counts.curve()(np.array([9.0, 0.0])).tolist() == pytest.approx([0.5, 0.5])


@given(st.lists(st.tuples(st.floats(-20, 100), st.booleans()), min_size=1, max_size=60))
def test_a_curve_never_falls_and_stays_a_probability(cases: list[tuple[float, bool]]) -> None:
    scores, linked = np.array([c[0] for c in cases]), np.array([c[1] for c in cases])
    counts = ScoreCounts()
    counts.add(scores, linked, np.ones(len(cases)))
    if not linked.any():
        with pytest.raises(EvaluationError, match="no link"):
            counts.curve()
        return
    values = counts.curve()(np.linspace(-30, 120, 500))
    assert (np.diff(values) >= -1e-12).all()
    assert 0 <= values.min() <= values.max() <= 1


def test_a_curve_is_level_beyond_its_ends() -> None:
    curve = Curve((0.0, 1.0), (0.1, 0.3))
    assert curve(np.array([-5.0, 0.5, 7.0])).tolist() == pytest.approx([0.1, 0.2, 0.3])
