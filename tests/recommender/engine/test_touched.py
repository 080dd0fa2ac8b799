"""Features of a question and a basket, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.engine.baskets import basket_families
from recommender.engine.seeds import Seeding
from recommender.engine.touched import BasketFeatures, Touched
from recommender.knowledge.known import NO_TIME, Known, Pairs, Questions
from tests.recommender.engine.small_engine import ROWS, two_baskets
from tests.recommender.scorers.small import ask, edges, partners, taken


def touched_of(known: Known, questions: Questions, unit: float = 0.0, **options: int) -> Touched:
    (family,) = basket_families(known)
    seeding = Seeding(known, unit)
    return BasketFeatures(family, seeding, **options)(seeding(questions))


def test_features_of_one_pair() -> None:
    """Item 1 is given, of degree 2; the second basket has three members and none of what is known has a date."""
    found = touched_of(taken(ROWS), ask(taken(ROWS), [4], [(0, 1)]))
    assert found.start.tolist() == [0, 2]
    assert found.basket.tolist() == [0, 1]
    half = 2**-0.5
    expected = [
        1.0,
        np.log(2),
        1.0,
        1 / 3,
        3**-0.5,
        np.log(half + 1e-3),
        1.0,
        np.log(0.5 + 1e-4),
        1.0,
        1.0,
        np.log(half + 1e-4),
        np.log(3),
        0.0,
        1.0,
        0.0,
    ]
    assert found.features[1] == pytest.approx(np.array(expected), rel=2e-3, abs=2e-3)


def test_attributes_add_the_likeness_of_asker_and_of_company() -> None:
    """User 4 is of kind b as user 1 is; item 1 is x, the company of the second basket (x, y, y)."""
    found = touched_of(two_baskets(), ask(two_baskets(), [4], [(0, 1)]))
    assert found.features.shape == (2, 17)
    assert found.features[:, 15].tolist() == [0.0, 1.0]
    assert found.features[:, 16] == pytest.approx([1.0, 5**-0.5], abs=1e-3)


def test_texts_add_their_product() -> None:
    text = np.array([[1, 0], [0, 1], [1, 0], [1, 0], [0.6, 0.8]], np.float32)
    known = replace(taken(ROWS), vectors={"User": text})
    assert touched_of(known, ask(known, [4], [(0, 1)])).features[:, 15] == pytest.approx([0.6, 0.8], abs=1e-3)


def test_age_counts_windows() -> None:
    known = taken(ROWS, ["2020-01-01"] * 2 + ["2020-01-11"] * 3)
    known = replace(known, start=np.datetime64("2020-01-21", "s"))
    features = touched_of(known, ask(known, [4], [(0, 1)]), 10 * 86_400.0).features
    assert features[:, 12] == pytest.approx(np.log([3, 2]), abs=1e-3)
    assert features[:, 13].tolist() == [0.25, 0.5]


def test_the_asker_is_told_from_his_company() -> None:
    """Company 0 was in project 0 itself; it reaches project 1 through its partner 1 alone."""
    known = partners([(0, 1)], links=[edges(("Company", "IN", "Project"), [(0, 0), (2, 0), (1, 1), (3, 1)])])
    family = next(each for each in basket_families(known) if each.members.shape[0] == 3)
    seeding = Seeding(known, 0.0)
    found = BasketFeatures(family, seeding)(seeding(known.history_of(np.array([0]))))
    assert found.basket.tolist() == [0, 1]
    assert found.features[:, -1].tolist() == [1.0, 0.0]


def test_only_the_strongest_baskets_are_kept() -> None:
    """The smaller of two baskets that share the same item is the nearer."""
    known = taken(ROWS)
    found = touched_of(known, ask(known, [4, 3], [(0, 1)]), max_pairs=1)
    assert found.start.tolist() == [0, 1, 1]
    assert found.basket.tolist() == [0]


def test_nothing_given_touches_nothing() -> None:
    found = touched_of(taken(ROWS), ask(taken(ROWS), [4]))
    assert found.start.tolist() == [0, 0]
    assert found.features.shape == (0, 15)


def test_a_weight_far_above_the_mean_of_all_stays_finite() -> None:
    """200,001 amounts of which one is a milliard: it is 200,000 times the mean, more than half precision has."""
    known = taken([(0, 0), (1, 1)])
    many = Pairs(
        np.r_[np.zeros(200_000, np.int64), 1],
        np.r_[np.zeros(200_000, np.int64), 1],
        np.full(200_001, NO_TIME, dtype="datetime64[s]"),
        np.r_[np.ones(200_000, np.float32), np.float32(1e9)],
    )
    known = replace(known, pairs=many)
    features = touched_of(known, known.history_of(np.array([1]))).features.astype(np.float32)
    assert np.isfinite(features).all()
    assert features[0, [8, 9]].tolist() == [65_504.0, 65_504.0]
