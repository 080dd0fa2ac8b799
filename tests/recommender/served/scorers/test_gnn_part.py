"""A training step on the part of the graph that it looks at gives the same vectors as one on all of it."""

from __future__ import annotations

import numpy as np
import torch

from recommender.knowledge.tasks import get_task
from recommender.served.scorers.gnn_graph import asker_batch, build_graph
from recommender.served.scorers.gnn_inputs import ASKER, Projection
from recommender.served.scorers.gnn_network import AskerNetwork, NetworkShape
from recommender.served.scorers.gnn_part import cut_out
from recommender.served.task_data import TaskData
from tests.recommender.served.evaluation.graphs import circle_vectors, two_circles


def test_the_part_gives_the_vectors_of_the_whole() -> None:
    snapshot = two_circles().snapshot()
    data = TaskData(snapshot, get_task("partners"), circle_vectors(snapshot))
    projection = Projection.fit(data.vectors, 2)
    graph = build_graph(data, projection)
    network = AskerNetwork(NetworkShape.of(graph), hidden=8, dropout=0.1).eval()
    x, edges = asker_batch(data, projection, data.queries_at(np.array([3, 12])), graph.collect("own"))
    chosen, everybody = torch.tensor([1, 4, 17]), torch.ones(graph[ASKER].num_nodes, dtype=torch.bool)
    part = cut_out(graph, chosen, everybody, edges)
    with torch.no_grad():
        states, candidates = network.embed(graph.collect("x"), graph.edge_index_dict)
        some_states, some = network.embed(part.x, part.into_candidates)
        torch.testing.assert_close(some[part.chosen], candidates[chosen])
        torch.testing.assert_close(network.ask(x, part.into_askers, some_states), network.ask(x, edges, states))
    assert len(part.x["Technology"]) < len(graph["Technology"].x)


def test_askers_that_are_not_seen_are_left_out() -> None:
    snapshot = two_circles().snapshot()
    data = TaskData(snapshot, get_task("partners"), circle_vectors(snapshot))
    projection = Projection.fit(data.vectors, 2)
    graph = build_graph(data, projection)
    _, edges = asker_batch(data, projection, data.queries_at(np.array([3])), graph.collect("own"))
    part = cut_out(graph, torch.arange(20), torch.zeros(graph[ASKER].num_nodes, dtype=torch.bool), edges)
    assert len(part.x[ASKER]) == 0
    assert all(edges.shape[1] == 0 for key, edges in part.into_candidates.items() if key[0] == ASKER)
