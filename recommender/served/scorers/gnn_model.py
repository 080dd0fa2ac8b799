"""Trains the network and computes what scoring needs of it: weights, and the states of all nodes."""

from __future__ import annotations

import numpy as np
import torch

from recommender.knowledge.device import torch_threads
from recommender.measure.arrays import Arrays
from recommender.served.scorers.gnn_graph import build_graph
from recommender.served.scorers.gnn_inputs import Projection
from recommender.served.scorers.gnn_settings import GnnSettings
from recommender.served.scorers.gnn_training import train_network
from recommender.served.task_data import TaskData


def train(settings: GnnSettings, data: TaskData, rng: np.random.Generator) -> tuple[Arrays, int]:
    """Train on ``data``, then compute all states from everything it knows; return these arrays and the epochs used.

    Arrays: ``network/<weight>``; ``own/<type>`` and ``states/<type>``, inputs and states of all nodes by type;
    ``candidates`` (C, hidden); ``bias`` (C,); ``mean`` and ``axes`` of the projection of texts.
    """
    projection = Projection.fit(data.vectors, settings.text_dimension)
    with torch_threads(settings.threads):
        network, epochs = train_network(settings, data, projection, rng)
    graph = build_graph(data, projection)
    network.eval()
    with torch.no_grad():
        states, candidates = network.embed(graph.collect("x"), graph.edge_index_dict)
        bias = network.popularity_bias(graph["candidate"].popularity)
    parts = {"network": network.state_dict(), "own": graph.collect("own"), "states": states}
    arrays = {f"{part}/{name}": value.numpy() for part, of in parts.items() for name, value in of.items()}
    found = {"candidates": candidates.numpy(), "bias": bias.numpy(), "mean": projection.mean, "axes": projection.axes}
    return arrays | found, epochs
