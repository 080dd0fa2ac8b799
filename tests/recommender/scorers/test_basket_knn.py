"""Neighbours by overlapping sets."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.scorers.basket_knn import BasketKnn
from recommender.scorers.baskets import basket_sources, read_baskets
from tests.recommender.scorers.small import ask, edges, partners, taken

RNG = np.random.default_rng(0)


def test_the_score_follows_the_formula() -> None:
    """Given item 0: users 0 {0, 1} and 1 {0, 2, 3} hold it, d_0 = 2, so the sums are (2^-.5 n^-.5)^1.5 by size n."""
    known = taken([(0, 0), (0, 1), (1, 0), (1, 2), (1, 3)])
    scores = BasketKnn().fit(known, RNG).score(ask(known, [4], [(0, 0)]))[0]
    near, far = (2**-0.5 * 2**-0.5) ** 1.5, (2**-0.5 * 3**-0.5) ** 1.5
    assert scores[2] / scores[1] == pytest.approx(far / near, abs=2e-3)
    assert scores[2] == scores[3]


def test_baskets_of_one_say_nothing_of_others() -> None:
    assert read_baskets(taken([(0, 0), (1, 1), (1, 2)]), "target").owner.tolist() == [1]


def test_projects_are_baskets_for_partners_and_the_asker_starts_from_himself() -> None:
    links = [edges(("Company", "IN", "Project"), [(0, 0), (1, 0), (2, 1), (3, 1)])]
    known = partners([(0, 4)], links=links)
    assert basket_sources(known) == ("target", "links")
    scores = BasketKnn(source="links").fit(known, RNG).score(ask(known, [2]))[0]
    assert scores[3] > scores[[0, 1, 4]].max()


def test_content_of_the_asker_lifts_sets_of_those_like_him() -> None:
    columns = {"User": {"type": ("a", "b", "", "", "b")}}
    known = taken([(0, 0), (0, 1), (1, 0), (1, 2)], columns=columns)
    lifted = BasketKnn(content=5.0).fit(known, RNG).score(ask(known, [4, 3], [(0, 0), (1, 0)]))
    assert lifted[0, 2] / lifted[0, 1] == pytest.approx(6.0, rel=0.05)
    assert lifted[1, 1] == lifted[1, 2]


def test_an_answer_does_not_depend_on_who_else_is_asked() -> None:
    known = taken([(0, 0), (0, 1), (1, 0), (1, 2), (1, 3)])
    scorer = BasketKnn().fit(known, RNG)
    both = scorer.score(ask(known, [4, 3], [(0, 0), (1, 2)]))
    assert (both[:1] == scorer.score(ask(known, [4], [(0, 0)]))).all()


def test_nothing_given_or_known_gives_popularity() -> None:
    known = taken([(0, 0), (0, 1), (1, 0)])
    assert BasketKnn().fit(known, RNG).score(ask(known, [4]))[0].argmax() == 0
    assert np.isfinite(BasketKnn(source="links").fit(taken([]), RNG).score(ask(known, [4]))).all()
