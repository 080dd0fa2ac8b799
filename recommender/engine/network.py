"""Query-conditioned message passing without id embeddings: what is learned carries over to nodes never seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from recommender.engine.batches import Batch
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

    def forward(self, batch: TensorBatch) -> Tensor:
        """Return the score of every row of the pool, (rows,)."""
        columns = [batch.features]
        for weigh, family in zip(self.weights, batch.families, strict=True):
            columns += received(weigh(family.features), family, batch)
        x = self.norm(torch.cat(columns, dim=1))
        score: Tensor = self.layers(x) + self.skip(x)
        return score.squeeze(1)

    def trained(self) -> TrainedNetwork:
        """Return what was learned, to be computed without torch."""
        return TrainedNetwork(
            {
                name: each.detach().cpu().numpy()
                for name, each in self.state_dict().items()
                if each.is_floating_point()  # not how many batches were seen
            }
        )


def received(weight: Tensor, family: TensorFamily, batch: TensorBatch) -> list[Tensor]:
    """Log of what each candidate of the pool receives, and its share of the most that any receives; (rows, heads)."""
    messages = weight.index_select(0, family.pair) * family.strength[:, None]
    sums = sums_by(messages, family.row, len(batch.question))
    most = maxima_by(sums.detach(), batch.question, batch.questions)
    return [torch.log(sums + 1e-3), sums / (most[batch.question] + 1e-6)]


def sums_by(values: Tensor, place: Tensor, size: int) -> Tensor:
    """Sum rows by the place of each, 0 where there is none; (size, ...)."""
    return values.new_zeros((size, *values.shape[1:])).index_add(0, place, values)


def maxima_by(values: Tensor, place: Tensor, size: int) -> Tensor:
    """Return the greatest of rows by the place of each, 0 where there is none; (size, ...)."""
    found = values.new_zeros((size, *values.shape[1:]))
    at = place.view(-1, *[1] * (values.dim() - 1)).expand_as(values)
    return found.scatter_reduce(0, at, values, "amax", include_self=False)


@dataclass(frozen=True)
class TensorFamily:
    """A ``FamilyBatch`` as tensors."""

    features: Tensor
    pair: Tensor
    row: Tensor
    strength: Tensor


@dataclass(frozen=True)
class TensorBatch:
    """A ``Batch`` as tensors."""

    questions: int
    question: Tensor
    features: Tensor
    families: list[TensorFamily]


def as_tensors(batch: Batch, device: torch.device) -> TensorBatch:
    """Bring a batch onto a device."""
    families = []
    for each in batch.families:
        arrays = (each.features, each.pair, each.row, each.strength)
        families.append(TensorFamily(*(torch.from_numpy(array).to(device) for array in arrays)))
    question, features = (torch.from_numpy(each).to(device) for each in (batch.question, batch.features))
    return TensorBatch(batch.questions, question, features, families)
