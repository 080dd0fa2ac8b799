"""Messages are summed by receiver and relation, as a plain sum over all edges would be."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from recommender.triples.message_graph import MessageGraph, TypedSum

N, R, WIDTH = 6, 2, 3
TRIPLES = np.array([[0, 0, 1], [2, 0, 1], [0, 1, 3], [3, 1, 3], [4, 0, 5], [0, 0, 5]])


def graph_of(triples: np.ndarray) -> MessageGraph:
    return MessageGraph.of(triples.reshape(-1, 3), N, R, "cpu")


def plain(state: Tensor, weight: Tensor, triples: np.ndarray) -> Tensor:
    """Add ``state[u] * weight[d]`` to the receiver, edge by edge, both directions."""
    total = torch.zeros_like(state)
    for head, relation, tail in triples.tolist():
        total = total.index_add(0, torch.tensor([tail]), (state[head] * weight[relation])[None])
        total = total.index_add(0, torch.tensor([head]), (state[tail] * weight[relation + R])[None])
    return total


def inputs(seed: int = 0) -> tuple[Tensor, Tensor]:
    chance = torch.Generator().manual_seed(seed)
    state = torch.randn(N, WIDTH, generator=chance, dtype=torch.float64, requires_grad=True)
    weight = torch.randn(2 * R, WIDTH, generator=chance, dtype=torch.float64, requires_grad=True)
    return state, weight


@pytest.mark.parametrize("triples", [TRIPLES, TRIPLES[:1], TRIPLES[2:4], np.repeat(TRIPLES, 2, axis=0), TRIPLES[:0]])
def test_the_sum_is_that_over_all_edges_both_ways(triples: np.ndarray) -> None:
    state, weight = inputs()
    torch.testing.assert_close(TypedSum.apply(state, weight, graph_of(triples)), plain(state, weight, triples))


def test_gradients_are_those_of_the_plain_sum() -> None:
    state, weight = inputs(1)
    chosen = torch.arange(N * WIDTH, dtype=torch.float64).reshape(N, WIDTH)
    found = torch.autograd.grad((TypedSum.apply(state, weight, graph_of(TRIPLES)) * chosen).sum(), (state, weight))
    wanted = torch.autograd.grad((plain(state, weight, TRIPLES) * chosen).sum(), (state, weight))
    for one, other in zip(found, wanted, strict=True):
        torch.testing.assert_close(one, other)


def test_counts_say_how_many_edges_of_a_relation_reach_an_entity() -> None:
    counts = graph_of(TRIPLES).counts
    assert counts.shape == (2 * R, N)
    assert counts.sum() == 2 * len(TRIPLES)
    assert counts[0].tolist() == [0, 2, 0, 0, 0, 2]
    assert counts[0 + R].tolist() == [2, 0, 1, 0, 1, 0], "inverses reach the heads"
    assert counts[1].tolist() == [0, 0, 0, 2, 0, 0]


def test_edges_are_listed_by_source() -> None:
    graph = graph_of(TRIPLES)
    listed = {
        source: sorted(
            zip(
                graph.relations[graph.first[source] : graph.first[source + 1]].tolist(),
                graph.receivers[graph.first[source] : graph.first[source + 1]].tolist(),
                strict=True,
            )
        )
        for source in range(N)
    }
    assert listed[0] == [(0, 1), (0, 5), (1, 3)]
    assert listed[3] == [(1, 3), (1 + R, 0), (1 + R, 3)], "an edge to itself is there both ways"
    assert listed[5] == [(0 + R, 0), (0 + R, 4)]
    assert int(graph.first[-1]) == 2 * len(TRIPLES)
