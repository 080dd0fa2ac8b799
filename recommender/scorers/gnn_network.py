"""The network itself: two rounds of message passing over typed relations, then a scaled cosine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from recommender.scorers.gnn_graph import ASKER, CANDIDATE, POPULARITY_HALF_LIVES, EdgeKey
from recommender.scorers.graph_library import HeteroData, SAGEConv

_CODE_LABELS = frozenset({"Industry", "TechField", "Region", "Topic"})
"""Labels whose nodes are codes of a closed list: these may have a vector of their own."""
_FIRST_SCALE = 5.0
States = dict[str, Tensor]


@dataclass(frozen=True)
class NetworkShape:
    """What the sizes of the weights follow from."""

    inputs: Mapping[str, int]
    """Number of inputs by node type."""
    codes: Mapping[str, int]
    """Number of nodes of the types that have vectors of their own."""
    relations: tuple[str, ...]
    """``source|name|target`` of every relation."""

    @classmethod
    def of(cls, graph: HeteroData) -> NetworkShape:
        """Shape that fits a graph."""
        return cls(
            {t: graph[t].x.shape[1] for t in graph.node_types},
            {t: graph[t].num_nodes for t in graph.node_types if t in _CODE_LABELS},
            tuple(_module_name(key) for key in graph.edge_types),
        )

    @classmethod
    def from_weights(cls, weights: Mapping[str, Tensor]) -> NetworkShape:
        """Shape that saved weights have."""
        relations = (name.split(".")[3] for name in weights if name.startswith("layers.0.relations."))
        return cls(
            {name.split(".")[1]: w.shape[1] for name, w in weights.items() if re.match(r"inputs\..*\.weight$", name)},
            {name.split(".")[1]: w.shape[0] for name, w in weights.items() if name.startswith("codes.")},
            tuple(dict.fromkeys(relations)),
        )


class AskerNetwork(nn.Module):
    """Two layers of GraphSAGE (Hamilton et al., 2017) with weights for each relation (Schlichtkrull et al., 2018).

    Askers and candidates have no vector of their own, only text, attributes and neighbours, so one that comes
    later is represented like any other. ``score = scale · cos(asker, candidate) + bias(popularity of candidate)``.
    """

    def __init__(self, shape: NetworkShape, hidden: int, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.inputs = nn.ModuleDict({t: nn.Linear(size, hidden) for t, size in shape.inputs.items()})
        self.codes = nn.ParameterDict(
            {t: nn.Parameter(0.1 * torch.randn(size, hidden)) for t, size in shape.codes.items()}
        )
        self.layers = nn.ModuleList(_Layer(shape, hidden) for _ in range(2))
        self.bias = nn.Sequential(nn.Linear(len(POPULARITY_HALF_LIVES), 16), nn.ReLU(), nn.Linear(16, 1))
        self.log_scale = nn.Parameter(torch.tensor(_FIRST_SCALE).log())

    def embed(self, graph: HeteroData) -> tuple[States, States, Tensor]:
        """Return states of all nodes before and after the first layer, and the candidates' vectors (C, hidden)."""
        first = {t: self._input(t, graph[t].x) for t in graph.node_types}
        edges: dict[EdgeKey, Tensor] = graph.edge_index_dict
        second = {t: self._layer(0, t, first[t], first, edges) for t in graph.node_types}
        candidates = self._layer(1, CANDIDATE, second[CANDIDATE], second, edges)
        return first, second, functional.normalize(candidates, dim=1)

    def ask(self, x: Tensor, edges: Mapping[EdgeKey, Tensor], first: States, second: States) -> Tensor:
        """Vectors of a batch of askers, (Q, hidden), from their inputs, their edges and the graph's states."""
        state = self._input(ASKER, x)
        state = self._layer(0, ASKER, state, first, edges)
        return functional.normalize(self._layer(1, ASKER, state, second, edges), dim=1)

    def popularity_bias(self, popularity: Tensor) -> Tensor:
        """Part of the score that is the same for every asker, (C,)."""
        out: Tensor = self.bias(popularity).squeeze(1)
        return out

    @property
    def scale(self) -> Tensor:
        """Factor of the cosine, kept within bounds that a softmax can use."""
        return self.log_scale.exp().clamp(1.0, 30.0)

    def _input(self, type_: str, x: Tensor) -> Tensor:
        state = self.inputs[type_](x)
        if type_ in self.codes:
            state = state + self.codes[type_]
        return functional.dropout(functional.relu(state), self.dropout, self.training)

    def _layer(self, number: int, type_: str, own: Tensor, states: States, edges: Mapping[EdgeKey, Tensor]) -> Tensor:
        out: Tensor = self.layers[number](type_, own, states, edges)
        return functional.dropout(functional.relu(out), self.dropout, self.training) if number == 0 else out


class _Layer(nn.Module):
    """state' = W_type state + Σ_relations W_relation mean(neighbours' states)."""

    def __init__(self, shape: NetworkShape, hidden: int) -> None:
        super().__init__()
        self.own = nn.ModuleDict({t: nn.Linear(hidden, hidden) for t in shape.inputs})
        self.relations = nn.ModuleDict(
            {
                name: SAGEConv((hidden, hidden), hidden, aggr="mean", root_weight=False, bias=False)
                for name in shape.relations
            }
        )

    def forward(self, type_: str, own: Tensor, states: States, edges: Mapping[EdgeKey, Tensor]) -> Tensor:
        """Return new states of the nodes of one type, whose old ones are ``own``."""
        out: Tensor = self.own[type_](own)
        for key, edge_index in edges.items():
            name = _module_name(key)
            if key[2] == type_ and name in self.relations and edge_index.shape[1]:
                out = out + self.relations[name]((states[key[0]], own), edge_index)
        return out


def _module_name(key: EdgeKey) -> str:
    return "|".join(key)
