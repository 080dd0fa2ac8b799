"""What orders candidates that a scorer leaves tied."""

from __future__ import annotations

import numpy as np

from recommender.scorers.ease import Ease
from recommender.scorers.popularity import Popularity
from recommender.scorers.prior import is_prior_alone, prior_of
from recommender.scorers.simple_blend import SimpleBlend
from tests.recommender.scorers.small import ask, taken


def test_the_prior_orders_ties_and_nothing_else() -> None:
    known = taken([(0, 3), (1, 3), (2, 3), (0, 1), (1, 1), (0, 2)])
    scores = np.array([[2, 1, 0, 0], [0, 0, 0, 0]], dtype=np.float32)
    ranked = prior_of(known).under(scores, ask(known, [4, 4]))
    assert np.argsort(-ranked[0]).tolist() == [0, 1, 3, 2]
    assert np.argsort(-ranked[1]).tolist() == [3, 1, 2, 0]


def test_it_knows_what_those_like_the_asker_took() -> None:
    known = taken([(0, 3), (1, 3), (2, 1), (3, 1)], columns={"User": {"type": ("a", "a", "b", "b", "b")}})
    ranked = prior_of(known).under(np.zeros((2, 4), np.float32), ask(known, [0, 4]))
    assert ranked.argmax(axis=1).tolist() == [3, 1]


def test_nothing_known_is_no_fault() -> None:
    known = taken([])
    assert prior_of(known).under(np.zeros((1, 4), np.float32), ask(known, [0])).tolist() == [[0, 0, 0, 0]]


def test_a_blend_says_of_whom_nothing_but_the_prior_is_known() -> None:
    """Who comes with nothing is told what is popular, by small scores; who comes with something is told more."""
    known = taken([(0, 3), (0, 2), (1, 3), (1, 2), (2, 3), (2, 1), (3, 0), (3, 1)])
    asked = ask(known, [4, 0], [(1, 2)])
    scores = SimpleBlend(Popularity(), Ease(), content_weight=0.0).fit(known, np.random.default_rng(0)).score(asked)
    assert is_prior_alone(scores).tolist() == [True, False]
    assert scores[0].argmax() == 3
