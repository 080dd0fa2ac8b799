"""A trained network with the states of all nodes, ready to score an asker from its links alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from graph_schema.errors import ModelError
from recommender.knowledge.device import torch_threads
from recommender.measure.arrays import Arrays, Floats
from recommender.served.queries import Queries
from recommender.served.scorers.gnn_graph import Projection, asker_batch, build_graph
from recommender.served.scorers.gnn_network import AskerNetwork, NetworkShape, States
from recommender.served.scorers.gnn_settings import GnnSettings
from recommender.served.scorers.gnn_training import train_network
from recommender.served.task_data import TaskData

_CHUNK = 1024


@dataclass(frozen=True)
class GnnModel:
    """``own``, ``states``: inputs and states of all nodes by type; ``candidates``: (C, hidden); ``bias``: (C,)."""

    data: TaskData
    projection: Projection
    network: AskerNetwork
    own: States
    states: States
    candidates: Tensor
    bias: Tensor

    @classmethod
    def train(cls, settings: GnnSettings, data: TaskData, rng: np.random.Generator) -> tuple[GnnModel, int]:
        """Train on ``data``, then compute all states from everything it knows; also return the epochs used."""
        projection = Projection.fit(data.vectors, settings.text_dimension)
        with torch_threads(settings.threads):
            network, epochs = train_network(settings, data, projection, rng)
        graph = build_graph(data, projection)
        network.eval()
        with torch.no_grad():
            states, candidates = network.embed(graph.collect("x"), graph.edge_index_dict)
            bias = network.popularity_bias(graph["candidate"].popularity)
        return cls(data, projection, network, graph.collect("own"), states, candidates, bias), epochs

    @classmethod
    def load(cls, settings: GnnSettings, data: TaskData, arrays: Arrays) -> GnnModel:
        """Make the model again; raises ``ModelError`` where the arrays do not belong to ``data``."""
        parts: dict[str, States] = {"network": {}, "own": {}, "states": {}, "": {}}
        for key, array in arrays.items():
            part, _, name = key.rpartition("/")
            parts[part][name] = torch.from_numpy(array.copy())
        network = AskerNetwork(NetworkShape.from_weights(parts["network"]), settings.hidden, settings.dropout)
        network.load_state_dict(parts["network"])
        network.eval()
        candidates = parts[""]["candidates"]
        if candidates.shape[0] != data.n_candidates:
            raise ModelError(
                f"the network ranks {candidates.shape[0]} candidates, the snapshot has {data.n_candidates}; train again"
            )
        projection = Projection(arrays["mean"], arrays["axes"])
        return cls(data, projection, network, parts["own"], parts["states"], candidates, parts[""]["bias"])

    def arrays(self) -> Arrays:
        """Weights and states by name."""
        states = {"network": self.network.state_dict(), "own": self.own, "states": self.states}
        out = {f"{part}/{name}": value.numpy() for part, of in states.items() for name, value in of.items()}
        own = {"candidates": self.candidates.numpy(), "bias": self.bias.numpy()}
        return out | own | {"mean": self.projection.mean, "axes": self.projection.axes}

    @torch.no_grad()
    def score(self, queries: Queries) -> Floats:
        """Score in chunks; finite, shape (Q, C)."""
        out = np.empty((len(queries), self.candidates.shape[0]), dtype=np.float32)
        for start in range(0, len(queries), _CHUNK):
            part = queries.take(np.arange(start, min(start + _CHUNK, len(queries))))
            x, edges = asker_batch(self.data, self.projection, part, self.own)
            vectors = self.network.ask(x, edges, self.states)
            scores = self.network.scale * vectors @ self.candidates.T + self.bias
            out[start : start + len(part)] = scores.numpy()
        if not np.isfinite(out).all():
            raise ModelError("the network gave scores that are not finite; train again with a lower learning rate")
        return out
