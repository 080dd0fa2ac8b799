"""The trained network as it scores: numpy alone, so that who serves need not load torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph_schema.errors import ModelError
from recommender.measure.arrays import Arrays, Floats
from recommender.served.queries import Queries
from recommender.served.scorers.gnn_inputs import ASKER, EdgeKey, Projection, asker_inputs, mean_over
from recommender.served.task_data import TaskData

_CHUNK: Final = 1024
_LOWEST_SCALE, _HIGHEST_SCALE = 1.0, 30.0
"""Bounds of ``gnn_network.AskerNetwork.scale``."""


@dataclass(frozen=True)
class GnnScoring:
    """score = scale · cos(asker, candidate) + bias, with the asker represented from text, attributes and links.

    ``arrays``: all that training found, by name. ``own``: inputs of all nodes by type, (nodes, inputs). ``first`` and
    ``second``: weight and bias of the two layers for askers. ``messages``: by relation that ends at askers, what its
    far nodes send, their states times the relation's weights, (nodes, hidden), computed once. ``candidates``: (C,
    hidden) unit vectors; ``bias``: (C,).
    """

    data: TaskData
    arrays: Arrays
    projection: Projection
    own: Mapping[str, Floats]
    first: tuple[Floats, Floats]
    second: tuple[Floats, Floats]
    messages: Mapping[EdgeKey, Floats]
    scale: float
    candidates: Floats
    bias: Floats

    @classmethod
    def of(cls, data: TaskData, arrays: Arrays) -> GnnScoring:
        """Read what training found; raises ``ModelError`` where it does not belong to ``data``."""
        parts: dict[str, dict[str, Floats]] = {"network": {}, "own": {}, "states": {}, "": {}}
        for key, array in arrays.items():
            part, _, name = key.rpartition("/")
            parts[part][name] = array
        weights, own = parts["network"], parts[""]
        if len(own["candidates"]) != data.n_candidates:
            raise ModelError(
                f"the network ranks {len(own['candidates'])} candidates, the snapshot has {data.n_candidates}; "
                "train again"
            )
        return cls(
            data,
            arrays,
            Projection(own["mean"], own["axes"]),
            parts["own"],
            (weights[f"first.{ASKER}.weight"], weights[f"first.{ASKER}.bias"]),
            (weights[f"own.{ASKER}.weight"], weights[f"own.{ASKER}.bias"]),
            _messages(weights, parts["states"]),
            float(np.clip(np.exp(weights["log_scale"].item()), _LOWEST_SCALE, _HIGHEST_SCALE)),
            own["candidates"],
            own["bias"],
        )

    def score(self, queries: Queries) -> Floats:
        """Score in chunks; finite, shape (Q, C)."""
        out = np.empty((len(queries), len(self.candidates)), dtype=np.float32)
        for start in range(0, len(queries), _CHUNK):
            rows = np.arange(start, min(start + _CHUNK, len(queries)))
            out[rows] = self.scale * self._represented(queries.take(rows)) @ self.candidates.T + self.bias
        if not np.isfinite(out).all():
            raise ModelError("the network gave scores that are not finite; train again with a lower learning rate")
        return out

    def _represented(self, queries: Queries) -> Floats:
        """Return unit vectors of askers, (Q, hidden)."""
        x, links = asker_inputs(self.data, self.projection, queries, self.own)
        vectors = _linear(np.maximum(_linear(x, self.first), 0.0), self.second)
        for key, matrix in links.items():
            if key in self.messages and matrix.nnz:
                vectors += mean_over(matrix, self.messages[key])
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12), dtype=np.float32)


def _messages(weights: Mapping[str, Floats], states: Mapping[str, Floats]) -> dict[EdgeKey, Floats]:
    found: dict[EdgeKey, Floats] = {}
    for name, weight in weights.items():
        if name.startswith("second.") and name.endswith(".lin_l.weight"):
            source, relation, target = name.removeprefix("second.").removesuffix(".lin_l.weight").split("|")
            if target == ASKER:
                found[source, relation, target] = states[source] @ weight.T
    return found


def _linear(x: Floats, layer: tuple[Floats, Floats]) -> Floats:
    weight, bias = layer
    return np.asarray(x @ weight.T + bias, dtype=np.float32)
