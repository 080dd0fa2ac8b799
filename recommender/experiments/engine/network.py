"""Query-conditioned message passing without id embeddings: what is learned carries over to nodes never seen."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


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


class QueryNetwork(nn.Module):
    """Messages of the touched baskets summed onto candidates, then a head over them and the candidate's features."""

    def __init__(
        self,
        basket_features: tuple[int, ...],
        candidate_features: int,
        heads: int = 2,
        width: int = 64,
        dropout: float = 0.2,
    ) -> None:
        super().__init__()
        self.heads = heads
        self.weights = nn.ModuleList([BasketWeights(each, heads) for each in basket_features])
        inputs = candidate_features + 2 * heads * len(basket_features)
        self.norm = RowNorm(inputs)
        self.skip = nn.Linear(inputs, 1)
        self.layers = nn.Sequential(
            nn.Linear(inputs, width),
            nn.SiLU(),
            nn.Dropout(dropout),
            nn.Linear(width, width),
            nn.SiLU(),
            nn.Dropout(dropout),
            nn.Linear(width, 1),
        )

    def forward(self, batch: Batch) -> Tensor:
        """Return the score of every row of the pool, (rows,)."""
        columns = [batch.features]
        for weigh, family in zip(self.weights, batch.families, strict=True):
            columns += self._received(weigh(family.features), family, batch)
        x = self.norm(torch.cat(columns, dim=1))
        score: Tensor = self.layers(x) + self.skip(x)
        return score.squeeze(1)

    def _received(self, weight: Tensor, family: FamilyBatch, batch: Batch) -> list[Tensor]:
        """Log of what each candidate of the pool receives, and its share of the most that any receives."""
        size = batch.questions * batch.width
        total = weight.new_zeros(size, self.heads)
        total = total.index_add(0, family.cell, weight[family.pair] * family.strength[:, None])
        received = total[batch.cell]
        most = received.new_zeros(batch.questions, self.heads)
        index = batch.question[:, None].expand(-1, self.heads)
        most = most.scatter_reduce(0, index, received.detach(), reduce="amax", include_self=True)
        return [torch.log(received + 1e-3), received / (most[batch.question] + 1e-6)]


class FamilyBatch:
    """Baskets of one family in a batch: features of pairs, and the (pair, member) messages with their cells."""

    def __init__(self, features: Tensor, pair: Tensor, cell: Tensor, strength: Tensor) -> None:
        self.features, self.pair, self.cell, self.strength = features, pair, cell, strength


class Batch:
    """Questions of one step: pool rows with features, the question and the cell (question, candidate) of each."""

    def __init__(
        self, shape: tuple[int, int], question: Tensor, cell: Tensor, features: Tensor, families: list[FamilyBatch]
    ) -> None:
        self.questions, self.width = shape
        self.question, self.cell, self.features, self.families = question, cell, features, families
