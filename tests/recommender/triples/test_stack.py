"""The stack learns whom to trust, by relation where that pays."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.triples.stack import (
    QueryPool,
    StackConfig,
    StackWeights,
    cross_fitted,
    fit_weights,
    pool_reciprocal_ranks,
    standardise,
)


def _pool(rng: np.random.Generator, queries: int = 200) -> QueryPool:
    """Return two scorers, of which the first knows relation 0 and the second relation 1."""
    relation = np.arange(queries) % 2
    features = rng.normal(size=(queries, 10, 2)).astype(np.float32)
    features[np.arange(queries), 0, relation] += 4.0
    return QueryPool(features, np.ones((queries, 10), dtype=bool), relation, np.arange(queries) // 2)


def test_standardised_scores_have_mean_0_and_deviation_1_over_candidates() -> None:
    scores = np.array([[1.0, 3.0, 100.0], [2.0, 2.0, 0.0]], dtype=np.float32)
    result = standardise(scores, np.array([[True, True, False]] * 2))
    np.testing.assert_allclose(result[:, :2], [[-1.0, 1.0], [0.0, 0.0]])
    assert np.isfinite(result).all()


def test_each_relation_trusts_the_scorer_that_knows_it() -> None:
    weights = fit_weights(_pool(np.random.default_rng(0)), 2, StackConfig(relation_ridge=1.0))
    by_relation = weights.shared + weights.added
    assert by_relation[0, 0] > by_relation[0, 1] + 0.5
    assert by_relation[1, 1] > by_relation[1, 0] + 0.5


def test_a_strong_prior_leaves_relations_alike() -> None:
    weights = fit_weights(_pool(np.random.default_rng(0)), 2, StackConfig(relation_ridge=1e6))
    assert np.abs(weights.added).max() < 1e-3


def test_cross_fitting_sees_the_gain_of_weights_by_relation() -> None:
    pool = _pool(np.random.default_rng(1))
    apart, alike = (cross_fitted(pool, 2, StackConfig(relation_ridge=ridge)).mean() for ridge in (1.0, 1e6))
    assert apart > alike + 0.02


def test_ranks_count_padding_never_and_ties_in_the_middle() -> None:
    features = np.array([[[1.0], [1.0], [2.0], [9.0]]], dtype=np.float32)
    pool = QueryPool(features, np.array([[True, True, True, False]]), np.array([0]), np.array([0]))
    weights = StackWeights(np.ones(1, dtype=np.float32), np.zeros((1, 1), dtype=np.float32))
    assert pool_reciprocal_ranks(pool, weights) == pytest.approx([1 / 2.5])
