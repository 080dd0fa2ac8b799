"""EASE in closed form."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.scorers.baskets import read_baskets
from recommender.scorers.ease import BasketEase, CandidateEase, Ease
from tests.recommender.scorers.small import ask, edges, partners, taken

RNG = np.random.default_rng(0)
PAIRS = [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 1), (3, 2)]


def weights(rows: np.ndarray, regularisation: float) -> np.ndarray:
    inverse = np.linalg.inv(rows.T @ rows + regularisation * np.eye(rows.shape[1]))
    return np.where(np.eye(rows.shape[1]) > 0, 0, -inverse / np.diagonal(inverse))


@pytest.mark.parametrize("power", [0.0, 0.2])
def test_it_multiplies_what_is_given_by_the_closed_form(power: float) -> None:
    known = taken(PAIRS)
    rows = read_baskets(known, "target").rows.toarray()
    scale = rows.sum(axis=0) ** -power
    expected = np.array([1, 0, 0, 0]) * scale @ weights(rows * scale, 2.0)
    scorer = Ease(regularisation=2.0, item_power=power, most=3).fit(known, RNG)
    assert isinstance(scorer, CandidateEase)
    assert scorer.kept.tolist() == [0, 1, 2]
    scorer = Ease(regularisation=2.0, item_power=power).fit(known, RNG)
    scores = scorer.score(ask(known, [4], [(0, 0)]))[0]
    assert scores == pytest.approx(expected / np.abs(expected).max(), abs=2e-3)


def test_fewer_baskets_than_candidates_give_the_same() -> None:
    links = [edges(("Company", "IN", "Project"), [(0, 0), (1, 0), (2, 0), (2, 1), (3, 1), (4, 2), (0, 2)])]
    known = partners([(0, 1)], links=links)
    rows = read_baskets(known, "links").rows.toarray()
    scorer = Ease("links", regularisation=2.0, own=2.0).fit(known, RNG)
    assert isinstance(scorer, BasketEase)
    expected = np.array([0, 1, 2.0, 0, 0]) @ weights(rows, 2.0)
    scores = scorer.score(ask(known, [2], [(0, 1)]))[0]
    assert scores == pytest.approx(expected / np.abs(expected).max(), abs=2e-3)


def test_without_baskets_the_prior_orders() -> None:
    known = taken([(0, 2)])
    assert Ease().fit(known, RNG).score(ask(known, [4]))[0].argmax() == 2
    assert np.isfinite(Ease().fit(taken([]), RNG).score(ask(known, [4]))).all()
