"""The graph encoder and the sums that it is made of."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from recommender.triples.evaluate import mean_reciprocal_rank, rank_split
from recommender.triples.message_graph import MessageGraph, TypedSum
from recommender.triples.message_passing import PathNetworkEstimator, rewire
from recommender.triples.protocols import FitContext
from tests.recommender.triples.graphs import families
from tests.recommender.triples.scorer_contract import TripleScorerContract

TRIPLES = np.array([[0, 0, 1], [2, 0, 1], [1, 1, 2], [0, 1, 2]])


class TestPathNetwork(TripleScorerContract):
    """PathNetwork keeps to it."""

    @pytest.fixture
    def estimator(self) -> PathNetworkEstimator:
        return PathNetworkEstimator(width=4, layers=2, steps=3, batch_size=4)


def test_typed_sums_and_their_gradients_are_those_of_dense_matrices() -> None:
    graph = MessageGraph.of(TRIPLES, 4, 2, "cpu")
    dense = torch.zeros(4, 4, 4)
    for head, relation, tail in TRIPLES:
        dense[relation, tail, head] = dense[relation + 2, head, tail] = 1.0
    torch.manual_seed(0)
    state, weight = torch.randn(4, 3), torch.randn(4, 3)
    results = []
    for function in (lambda s, w: TypedSum.apply(s, w, graph), lambda s, w: torch.einsum("dvu,uw,dw->vw", dense, s, w)):
        s, w = state.clone().requires_grad_(), weight.clone().requires_grad_()
        total = function(s, w)
        (total**2).sum().backward()
        results.append((total.detach(), s.grad, w.grad))
    for got, wanted in zip(*results, strict=True):
        torch.testing.assert_close(got, wanted)


def test_an_inverse_relation_is_learned_without_a_vector_for_any_entity() -> None:
    triples = families(25)
    estimator = PathNetworkEstimator(width=8, layers=2, steps=150, batch_size=16, hidden_share=0.1)
    scorer = estimator.fit(triples, FitContext())
    assert mean_reciprocal_rank(rank_split(triples, triples.test, scorer.score)) > 0.9
    assert not any(triples.n_entities in parameter.shape for parameter in scorer.network.parameters())


def test_rewiring_keeps_every_degree_in_every_relation() -> None:
    triples = families().train
    mixed = rewire(triples, np.random.default_rng(0))
    np.testing.assert_array_equal(mixed[:, :2], triples[:, :2])
    for relation in range(3):
        mine = triples[:, 1] == relation
        np.testing.assert_array_equal(np.sort(mixed[mine, 2]), np.sort(triples[mine, 2]))
    assert (mixed != triples).any()
