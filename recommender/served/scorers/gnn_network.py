"""The network itself: two rounds of message passing over typed relations, then a scaled cosine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from recommender.engine.graph_library import HeteroData, SAGEConv
from recommender.served.scorers.gnn_inputs import ASKER, CANDIDATE, POPULARITY_HALF_LIVES, EdgeKey

_FIRST_SCALE = 5.0
States = dict[str, Tensor]


@dataclass(frozen=True)
class NetworkShape:
    """What the sizes of the weights follow from."""

    inputs: Mapping[str, int]
    """Columns of ``x`` by node type."""
    relations: tuple[str, ...]
    """``source|name|target`` of the relations of the second layer: those that end at askers or candidates."""

    @classmethod
    def of(cls, graph: HeteroData) -> NetworkShape:
        """Shape that fits a graph."""
        relations = (_module_name(key) for key in graph.edge_types if key[2] in (ASKER, CANDIDATE))
        return cls({t: graph[t].x.shape[1] for t in graph.node_types}, tuple(relations))


class AskerNetwork(nn.Module):
    """Two layers of GraphSAGE (Hamilton et al., 2017) with weights for each relation (Schlichtkrull et al., 2018).

    Layer: state' = W_type state + Σ_relations W_relation · mean of the neighbours' states. In the first one the states
    are inputs, so the means are constants and ``x`` carries them; W is one matrix over ``x``. Askers and candidates
    have no vector of their own, only text, attributes and neighbours, so one that comes later is represented like
    any other. ``score = scale · cos(asker, candidate) + bias(popularity of candidate)``.
    """

    def __init__(self, shape: NetworkShape, hidden: int, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.first = nn.ModuleDict({t: nn.Linear(size, hidden) for t, size in shape.inputs.items()})
        self.own = nn.ModuleDict({t: nn.Linear(hidden, hidden) for t in (ASKER, CANDIDATE)})
        self.second = nn.ModuleDict(
            {
                name: SAGEConv((hidden, hidden), hidden, aggr="mean", root_weight=False, bias=False)
                for name in shape.relations
            }
        )
        self.bias = nn.Sequential(nn.Linear(len(POPULARITY_HALF_LIVES), 16), nn.ReLU(), nn.Linear(16, 1))
        self.log_scale = nn.Parameter(torch.tensor(_FIRST_SCALE).log())

    def embed(self, x: States, edges: Mapping[EdgeKey, Tensor]) -> tuple[States, Tensor]:
        """Return the states of all nodes after the first layer, and the candidates' vectors (C, hidden)."""
        states = {type_: self._first(type_, of) for type_, of in x.items()}
        return states, self._second(CANDIDATE, states[CANDIDATE], states, edges)

    def ask(self, x: Tensor, edges: Mapping[EdgeKey, Tensor], states: States) -> Tensor:
        """Vectors of a batch of askers, (Q, hidden), from their inputs, their edges and the graph's states."""
        return self._second(ASKER, self._first(ASKER, x), states, edges)

    def popularity_bias(self, popularity: Tensor) -> Tensor:
        """Part of the score that is the same for every asker, (C,)."""
        out: Tensor = self.bias(popularity).squeeze(1)
        return out

    @property
    def scale(self) -> Tensor:
        """Factor of the cosine, kept within bounds that a softmax can use."""
        return self.log_scale.exp().clamp(1.0, 30.0)

    def _first(self, type_: str, x: Tensor) -> Tensor:
        return functional.dropout(functional.relu(self.first[type_](x)), self.dropout, self.training)

    def _second(self, type_: str, own: Tensor, states: States, edges: Mapping[EdgeKey, Tensor]) -> Tensor:
        out: Tensor = self.own[type_](own)
        for key, edge_index in edges.items():
            name = _module_name(key)
            if key[2] == type_ and name in self.second and edge_index.shape[1]:
                out = out + self.second[name]((states[key[0]], own), edge_index)
        return functional.normalize(out, dim=1)


def _module_name(key: EdgeKey) -> str:
    return "|".join(key)
