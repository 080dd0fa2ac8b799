"""Scores on one scale per asker."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.measure.standard_scores import deviation, standard


def test_each_row_has_mean_0_and_deviation_1() -> None:
    scores = np.array([[1.0, 2.0, 3.0], [10.0, 10.0, 40.0]], np.float32)
    found = standard(scores)
    assert found.mean(axis=1) == pytest.approx([0, 0], abs=1e-6)
    assert found.std(axis=1) == pytest.approx([1, 1])
    assert np.array_equal(standard(scores, 2), found[:, [2]])
    assert deviation(scores)[:, 0] == pytest.approx(scores.std(axis=1))


def test_scores_that_are_equal_but_for_rounding_are_0() -> None:
    scores = np.full((1, 3), 1e6, np.float32) + np.array([0, 0.0625, 0], np.float32)
    assert standard(scores).tolist() == [[0, 0, 0]]


@pytest.mark.filterwarnings("error")
def test_without_candidates_there_is_nothing_to_scale() -> None:
    assert standard(np.zeros((3, 0), np.float32)).shape == (3, 0)
    assert deviation(np.zeros((3, 0), np.float32)).tolist() == [[0], [0], [0]]
