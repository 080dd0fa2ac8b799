"""Neighbours by shared sets."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.scorers.baskets import read_baskets
from recommender.scorers.item_knn import ItemKnn, within_memory
from tests.recommender.scorers.small import ask, taken

RNG = np.random.default_rng(0)


def test_the_cosine_is_a_special_case() -> None:
    """Item 0 is in 2 sets, 1 in both of them and one more, 2 in one of them: 2 / √6 and 1 / √2."""
    known = taken([(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 1), (2, 3)])
    cosine = ItemKnn(basket_power=0.0, given_power=0.5, degree_power=1.0, shrinkage=0.0)
    scores = cosine.fit(known, RNG).score(ask(known, [4], [(0, 0)]))[0]
    assert scores[[1, 2]] == pytest.approx([2 / 6**0.5, 1 / 2**0.5], abs=2e-3)


def test_shrinkage_and_set_size_lower_what_little_evidence_says() -> None:
    """One set of two: 2^-1 / (1 + 1); the other of three: 3^-1 / (1 + 1), against 0's own of both."""
    known = taken([(0, 0), (0, 1), (1, 0), (1, 2), (1, 3)])
    scorer = ItemKnn(basket_power=1.0, given_power=0.0, degree_power=0.0, shrinkage=1.0).fit(known, RNG)
    own, one, other = scorer.score(ask(known, [4], [(0, 0)]))[0][:3]
    assert [one / own, other / own] == pytest.approx([3 / 5, 2 / 5], abs=2e-3)


def test_the_largest_baskets_are_left_out_where_memory_is_short() -> None:
    found = read_baskets(taken([(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 2), (2, 3)]), "target")
    assert within_memory(found, 8).owner.tolist() == [1, 2]
    assert within_memory(found, 17) is found
