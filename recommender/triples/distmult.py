"""DistMult: triples as a trilinear product, the same for both directions."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from recommender.measure.arrays import Arrays
from recommender.triples.data import Triples
from recommender.triples.factorization import Decoder, FactorizationConfig, FactorizationScorer, train, trained
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
        return train(self._decoder(triples, self.rank, context.seed), triples, self.training, context)

    def restore(self, triples: Triples, arrays: Arrays, context: FitContext) -> FactorizationScorer:
        """Return the scorer of trained vectors, of whatever rank they are."""
        return trained(self._decoder(triples, arrays["entities"].shape[1], context.seed), arrays, triples, context)

    def _decoder(self, triples: Triples, rank: int, seed: int) -> DistMultDecoder:
        chance = torch.Generator().manual_seed(seed)
        return DistMultDecoder(triples.n_entities, 2 * triples.n_relations, rank, self.scale, chance)
