"""Query-conditioned message passing without id embeddings: what is learned carries over to nodes never seen."""

from __future__ import annotations

from typing import Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from recommender.engine.batches import Batch
from recommender.engine.message_passing import HeteroData, MessagePassing, scatter
from recommender.engine.trained_network import TrainedNetwork

_STEPS: Final = 256
"""Values of a byte: one draw of eight bytes decides about eight cells."""


class RowNorm(nn.BatchNorm1d):
    """Batch normalisation that takes a batch of one row in training as it would in service."""

    def forward(self, rows: Tensor) -> Tensor:
        """Return (rows, columns)."""
        if not self.training or len(rows) > 1:
            return super().forward(rows)
        fixed = (self.running_mean, self.running_var, self.weight, self.bias)
        return functional.batch_norm(rows, *fixed, training=False, eps=self.eps)


class BasketWeights(nn.Module):
    """Weight in (0, ∞) of each (question, basket) from its features: MLP F-32-32-heads, softplus(x - 2)."""

    def __init__(self, features: int, heads: int, width: int = 32) -> None:
        super().__init__()
        self.norm = RowNorm(features)
        self.layers = nn.Sequential(
            nn.Linear(features, width), nn.SiLU(), nn.Linear(width, width), nn.SiLU(), nn.Linear(width, heads)
        )

    def forward(self, features: Tensor) -> Tensor:
        """Return (pairs, heads)."""
        out: Tensor = functional.softplus(self.layers(self.norm(features)) - 2.0)
        return out


class Dropout(nn.Module):
    """Dropout (Srivastava et al. 2014) by its own source of chance, in steps of 1/256.

    That of torch draws from the one source of the process, so that networks trained side by side could not be repeated;
    it also draws a number for every cell, where one of eight bytes is enough for eight.
    """

    def __init__(self, share: float, chance: torch.Generator) -> None:
        super().__init__()
        self.dropped = round(share * _STEPS)
        self.chance = chance

    def forward(self, x: Tensor) -> Tensor:
        """Return ``x`` with a share of its cells 0 and the others larger, in training; else as it is."""
        if not self.training:
            return x
        drawn = torch.empty(-(-x.numel() // 8), dtype=torch.int64, device=x.device)
        bytes_of = drawn.random_(torch.iinfo(torch.int64).min, None, generator=self.chance).view(torch.uint8)
        kept = bytes_of[: x.numel()].view(x.shape) >= self.dropped
        return x * kept * (_STEPS / (_STEPS - self.dropped))


class BasketConv(MessagePassing):
    """What each candidate receives: weights of the baskets that hold it × strength of the membership, summed."""

    def __init__(self) -> None:
        super().__init__(aggr="sum")

    def forward(self, weight: Tensor, edge_index: Tensor, strength: Tensor, candidates: int) -> Tensor:
        """Return (candidates, heads).

        ``weight``: of baskets, (baskets, heads); ``edge_index``: (2, memberships), from basket to candidate;
        ``strength``: (memberships,).
        """
        size = (len(weight), candidates)
        received: Tensor = self.propagate(edge_index, x=(weight, None), strength=strength, size=size)
        return received

    def message(self, x_j: Tensor, strength: Tensor) -> Tensor:
        """Return (memberships, heads)."""
        return x_j * strength[:, None]


class QueryNetwork(nn.Module):
    """Messages of the touched baskets summed onto candidates, then a head over them and the candidate's features.

    ``chance``: what dropout draws from, on the device of the network.
    """

    def __init__(
        self,
        basket_features: tuple[int, ...],
        candidate_features: int,
        heads: int = 12,
        width: int = 64,
        dropout: float = 0.2,
        chance: torch.Generator | None = None,
    ) -> None:
        super().__init__()
        chance = torch.Generator() if chance is None else chance
        self.weights = nn.ModuleList([BasketWeights(each, heads) for each in basket_features])
        self.conv = BasketConv()
        inputs = candidate_features + 2 * heads * len(basket_features)
        self.norm = RowNorm(inputs)
        self.skip = nn.Linear(inputs, 1)
        self.layers = nn.Sequential(
            nn.Linear(inputs, width),
            nn.SiLU(),
            Dropout(dropout, chance),
            nn.Linear(width, width),
            nn.SiLU(),
            Dropout(dropout, chance),
            nn.Linear(width, 1),
        )

    def forward(self, batch: HeteroData) -> Tensor:
        """Return the score of every candidate of the pools, (candidates,); ``batch`` as ``as_graph`` makes it."""
        columns = [batch["candidate"].x]
        for at, weigh in enumerate(self.weights):
            columns += self.received(weigh(batch[f"basket_{at}"].x), at, batch)
        x = self.norm(torch.cat(columns, dim=1))
        score: Tensor = self.layers(x) + self.skip(x)
        return score.squeeze(1)

    def received(self, weight: Tensor, at: int, batch: HeteroData) -> list[Tensor]:
        """Log of what candidates receive of baskets of a family, and its share of the most of an asker's, by heads."""
        holds = batch[f"basket_{at}", "holds", "candidate"]
        sums = self.conv(weight, holds.edge_index, holds.strength, batch["candidate"].num_nodes)
        asker = asker_of(batch)
        most = scatter(sums.detach(), asker, dim_size=batch["asker"].num_nodes, reduce="max")
        return [torch.log(sums + 1e-3), sums / (most[asker] + 1e-6)]

    def trained(self) -> TrainedNetwork:
        """Return what was learned, to be computed without torch."""
        return TrainedNetwork(
            {
                name: each.detach().cpu().numpy()
                for name, each in self.state_dict().items()
                if each.is_floating_point()  # not how many batches were seen
            }
        )


def as_graph(batch: Batch, device: torch.device) -> HeteroData:
    """Bring a batch onto a device as a graph.

    Nodes: ``asker``, one for each question; ``candidate``, the rows of the askers' pools; ``basket_0``, ``basket_1``,
    …, the baskets of each family that an asker touches. Edges: (asker, considers, candidate), sorted by asker, and
    (basket, holds, candidate) with the ``strength`` of each membership.
    """

    def there(array: np.ndarray) -> Tensor:
        return torch.from_numpy(array).to(device)

    graph = HeteroData()
    graph["asker"].num_nodes = batch.questions
    graph["candidate"].x = there(batch.features)
    graph["asker", "considers", "candidate"].edge_index = there(
        np.stack([batch.question, np.arange(len(batch.question))])
    )
    for at, family in enumerate(batch.families):
        graph[f"basket_{at}"].x = there(family.features)
        holds = graph[f"basket_{at}", "holds", "candidate"]
        holds.edge_index = there(np.stack([family.pair, family.row]))
        holds.strength = there(family.strength)
    return graph


def asker_of(graph: HeteroData) -> Tensor:
    """Return the asker of each candidate, (candidates,), sorted."""
    asker: Tensor = graph["asker", "considers", "candidate"].edge_index[0]
    return asker
