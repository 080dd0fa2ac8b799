"""Coverage and exposure inequality, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.measure.exposure import Exposure
from tests.recommender.measure.reference import matrix


def _exposure(scores: list[list[float]], known: list[set[int]], k: int) -> Exposure:
    exposure = Exposure(len(scores[0]), k)
    exposure.add(np.array(scores, dtype=np.float64), matrix(known, len(scores[0])))
    return exposure


def test_the_same_star_for_everyone() -> None:
    """One of four candidates takes every list: a quarter covered, Gini 3/4, the most that four allow."""
    exposure = _exposure([[9, 1, 2, 3], [9, 3, 2, 1]], [set(), set()], k=1)
    assert exposure.counts.tolist() == [2, 0, 0, 0]
    assert exposure.coverage() == 0.25
    assert exposure.gini() == pytest.approx(0.75)


def test_everyone_once_is_equal() -> None:
    exposure = _exposure(np.eye(3).tolist(), [set()] * 3, k=1)
    assert exposure.coverage() == 1.0
    assert exposure.gini() == pytest.approx(0.0)


def test_ties_share_a_place() -> None:
    """Two queries, one place, four equal candidates: each shown with 1/4 twice, so ever with 1 - (3/4)²."""
    exposure = _exposure([[5, 5, 5, 5]] * 2, [set()] * 2, k=1)
    assert exposure.counts == pytest.approx([0.5] * 4)
    assert exposure.coverage() == pytest.approx(1 - 0.75**2)


def test_known_pairs_are_not_shown() -> None:
    assert _exposure([[9, 8, 7]], [{0}], k=1).counts.tolist() == [0, 1, 0]
    assert _exposure([[9, 8, 7]], [{0, 1}], k=2).counts.tolist() == [0, 0, 1]


def test_lists_longer_than_the_candidates_show_all() -> None:
    assert _exposure([[9, 8]], [{0}], k=5).counts.tolist() == [0, 1]


def test_nothing_shown_is_no_inequality() -> None:
    assert Exposure(3, 1).gini() == 0.0
