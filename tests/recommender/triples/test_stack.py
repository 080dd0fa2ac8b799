"""The stack learns whom to trust, by relation where that pays."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.measure.arrays import Floats
from recommender.triples.data import Answers, Queries, Triples
from recommender.triples.engine import learn_weights
from recommender.triples.evaluate import split_queries
from recommender.triples.protocols import TripleScorer
from recommender.triples.stack import (
    QueryPool,
    StackConfig,
    StackWeights,
    build_pool,
    cross_fitted,
    fit_weights,
    pool_reciprocal_ranks,
    standardise,
)
from tests.recommender.triples.graphs import untyped


def _pool(rng: np.random.Generator, queries: int = 200) -> QueryPool:
    """Return two scorers, of which the first knows relation 0 and the second relation 1."""
    relation = np.arange(queries) % 2
    features = rng.normal(size=(queries, 10, 2)).astype(np.float32)
    features[np.arange(queries), 0, relation] += 4.0
    return QueryPool(features, np.ones((queries, 10), dtype=np.float32), relation, np.arange(queries) // 2)


class Fixed(TripleScorer):
    """The same scores whatever is known, (entities, entities) by anchor."""

    def __init__(self, scores: Floats) -> None:
        super().__init__(1)
        self.scores = scores

    def score(self, queries: Queries) -> Floats:
        """Return the rows of the anchors."""
        return self.scores[queries.anchor]


def popular(entities: int = 600) -> Triples:
    """Give a graph of one relation whose ends are the more often met, the lower their number."""
    rng = np.random.default_rng(3)
    share = 1.0 / np.arange(20, entities + 20)
    ends = rng.choice(entities, (3_000, 2), p=share / share.sum())
    triples = np.unique(np.stack((ends[:, 0], np.zeros(len(ends), dtype=np.int64), ends[:, 1]), axis=1), axis=0)
    triples = triples[rng.permutation(len(triples))]
    return untyped(entities, 1, triples[400:], triples[:400], triples[:0])


def scorers(triples: Triples) -> tuple[Fixed, Fixed]:
    """Return a scorer that has a hint of each true pair and one that knows what is popular."""
    rng = np.random.default_rng(4)
    true = np.zeros((triples.n_entities, triples.n_entities), dtype=np.float32)
    for head, _, tail in np.concatenate((triples.train, triples.valid)):
        true[head, tail] = true[tail, head] = 2.0
    often = -np.log(np.arange(20, triples.n_entities + 20, dtype=np.float32))
    noise = rng.normal(size=true.shape).astype(np.float32)
    return Fixed(true + noise), Fixed(np.broadcast_to(often, true.shape))


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
    apart, alike = (cross_fitted(pool, pool, 2, StackConfig(relation_ridge=ridge)).mean() for ridge in (1.0, 1e6))
    assert apart > alike + 0.02


def test_ranks_count_padding_never_and_ties_in_the_middle() -> None:
    features = np.array([[[1.0], [1.0], [2.0], [9.0]]], dtype=np.float32)
    pool = QueryPool(features, np.array([[1.0, 1.0, 1.0, 0.0]], dtype=np.float32), np.array([0]), np.array([0]))
    weights = StackWeights(np.ones(1, dtype=np.float32), np.zeros((1, 1), dtype=np.float32))
    assert pool_reciprocal_ranks(pool, weights) == pytest.approx([1 / 2.5])


def test_a_drawn_candidate_above_the_answer_counts_as_those_it_stands_for() -> None:
    features = np.array([[[1.0], [2.0], [3.0], [0.0]]], dtype=np.float32)
    pool = QueryPool(features, np.array([[1.0, 1.0, 7.5, 9.0]], dtype=np.float32), np.array([0]), np.array([0]))
    weights = StackWeights(np.ones(1, dtype=np.float32), np.zeros((1, 1), dtype=np.float32))
    assert pool_reciprocal_ranks(pool, weights) == pytest.approx([1 / 9.5])


@pytest.mark.parametrize("drawn", [40, 400])
def test_a_pool_stands_for_every_candidate_that_is_not_known(drawn: int) -> None:
    triples = popular()
    config = StackConfig(depth=5, drawn=drawn)
    queries, answers = split_queries(triples, triples.valid)
    pool = build_pool(triples, scorers(triples), queries, answers, config)
    known = Answers.of(np.concatenate((triples.train, triples.valid)), triples.n_entities, triples.n_relations)
    free = triples.n_entities - np.diff(known.rows(queries).indptr)
    np.testing.assert_allclose(pool.stands_for.sum(axis=1), free + 1, rtol=1e-4)
    assert pool.strongest(drawn).features.shape[1] == 2 * 5 + 1


def test_who_finds_answers_among_all_is_trusted_though_not_among_the_strongest() -> None:
    """Of two scorers one knows what is popular, as answers are: beside the strongest, which are as popular, no sign."""
    triples = popular()
    weights = learn_weights(triples, scorers(triples), StackConfig(depth=20))
    assert weights.shared[1] > 0.1
    of_strongest = learn_weights(triples, scorers(triples), StackConfig(depth=20, drawn=0))
    assert weights.shared[1] > of_strongest.shared[1] + 0.1


def test_a_stack_that_ranks_valid_below_a_scorer_alone_gives_way_to_it() -> None:
    """In equal shares, by a prior that allows no others, chance drowns what one of four scorers knows."""
    triples = popular()
    hint, _ = scorers(triples)
    rng = np.random.default_rng(5)
    chance = [Fixed(rng.normal(size=hint.scores.shape).astype(np.float32)) for _ in range(3)]
    weights = learn_weights(triples, (*chance, hint), StackConfig(ridge=1e9))
    assert weights.shared.tolist() == [0.0, 0.0, 0.0, 1.0]
    assert not weights.added.any()
