"""EASE over facts equals EASE solved the long way."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.triples.data import Queries
from recommender.triples.ease import EaseEstimator
from recommender.triples.protocols import FitContext
from tests.recommender.triples.graphs import families
from tests.recommender.triples.scorer_contract import TripleScorerContract


class TestEase(TripleScorerContract):
    """Ease keeps to it."""

    @pytest.fixture
    def estimator(self) -> EaseEstimator:
        return EaseEstimator(1.0)


def test_equals_the_textbook_solution_on_both_ends() -> None:
    triples, ridge = families(6), 2.0
    size, directed = triples.n_entities, 2 * triples.n_relations
    facts = np.zeros((size, directed, size))
    for head, relation, tail in triples.train:
        facts[head, relation, tail] = facts[tail, relation + 3, head] = 1.0
    flat = facts.reshape(size, -1)
    used = flat.any(axis=0)
    inverse = np.linalg.inv(flat[:, used].T @ flat[:, used] + ridge * np.eye(used.sum()))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0.0)
    predicted = np.zeros_like(flat)
    predicted[:, used] = flat[:, used] @ weights
    predicted = predicted.reshape(facts.shape)
    got = EaseEstimator(ridge).fit(triples, FitContext()).score(Queries(np.array([1, 7]), np.array([0, 4])))
    wanted = np.stack([predicted[1, 0] + predicted[:, 3, 1], predicted[7, 4] + predicted[:, 1, 7]])
    np.testing.assert_allclose(got, wanted, atol=1e-5)
