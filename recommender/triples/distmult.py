"""DistMult: triples as a trilinear product, the same for both directions."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from recommender.triples.data import Triples
from recommender.triples.factorization import Decoder, FactorizationConfig, FactorizationScorer, train
from recommender.triples.protocols import FitContext


class DistMultDecoder(Decoder):
    """phi(h, r, t) = <h, r, t> (Yang et al. 2015) with the N3 penalty; each direction has its own r."""

    def __init__(self, n_entities: int, n_directed: int, rank: int, scale: float, chance: torch.Generator) -> None:
        super().__init__()
        self.entities = torch.nn.Parameter(scale * torch.randn(n_entities, rank, generator=chance))
        self.relations = torch.nn.Parameter(scale * torch.randn(n_directed, rank, generator=chance))

    def query(self, anchor: Tensor, relation: Tensor) -> Tensor:
        """Return the products of anchor and relation."""
        return self.entities.index_select(0, anchor) * self.relations.index_select(0, relation)

    def targets(self) -> Tensor:
        """Return the entity vectors."""
        return self.entities

    def penalty(self, anchor: Tensor, relation: Tensor, counts: Tensor, answers: Tensor) -> Tensor:
        """Return the sum of absolute cubes of heads, relations and tails."""
        sides = (
            self.entities.index_select(0, anchor).abs().pow(3) + self.relations.index_select(0, relation).abs().pow(3)
        ).sum(dim=1)
        return (counts * sides).sum() + self.entities.index_select(0, answers).abs().pow(3).sum()


@dataclass(frozen=True)
class DistMultEstimator:
    """DistMult of some rank."""

    rank: int = 512
    """Length of a vector; 1 or more."""
    scale: float = 1e-3
    """Spread of the first vectors; above 0."""
    training: FactorizationConfig = field(default_factory=FactorizationConfig)
    """Of the optimisation."""

    def fit(self, triples: Triples, context: FitContext) -> FactorizationScorer:
        """Train on the training triples."""
        chance = torch.Generator().manual_seed(context.seed)
        decoder = DistMultDecoder(triples.n_entities, 2 * triples.n_relations, self.rank, self.scale, chance)
        return train(decoder, triples, self.training, context)
