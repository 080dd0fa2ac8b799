"""RESCAL: a full matrix for each relation, held in check by the DURA penalty."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from recommender.measure.arrays import Arrays
from recommender.triples.data import Triples
from recommender.triples.factorization import Decoder, FactorizationConfig, FactorizationScorer, train, trained
from recommender.triples.protocols import FitContext


class RescalDecoder(Decoder):
    """phi(h, r, t) = h' R t (Nickel et al. 2011), penalty |h' R|^2 + |h|^2 + |t|^2 (Zhang et al. 2020, "DURA")."""

    def __init__(self, n_entities: int, n_directed: int, rank: int, scale: float, chance: torch.Generator) -> None:
        super().__init__()
        self.entities = torch.nn.Parameter(scale * torch.randn(n_entities, rank, generator=chance))
        self.relations = torch.nn.Parameter(scale * torch.randn(n_directed, rank, rank, generator=chance))

    def query(self, anchor: Tensor, relation: Tensor) -> Tensor:
        """Return the anchors as the relations turn them."""
        return torch.einsum(
            "bi,bij->bj", self.entities.index_select(0, anchor), self.relations.index_select(0, relation)
        )

    def targets(self) -> Tensor:
        """Return the entity vectors."""
        return self.entities

    def penalty(self, anchor: Tensor, relation: Tensor, counts: Tensor, answers: Tensor) -> Tensor:
        """Return squared lengths of turned heads, heads and tails."""
        turned = self.query(anchor, relation).square().sum(dim=1)
        heads = self.entities.index_select(0, anchor).square().sum(dim=1)
        return (counts * (turned + heads)).sum() + self.entities.index_select(0, answers).square().sum()


@dataclass(frozen=True)
class RescalEstimator:
    """RESCAL of some rank."""

    rank: int = 128
    """Length of a vector; relations are its square. 1 or more."""
    scale: float = 1e-1
    """Spread of the first vectors; above 0."""
    training: FactorizationConfig = field(default_factory=lambda: FactorizationConfig(penalty=0.05))
    """Of the optimisation. Matrices of relations overfit, so that they are penalised more."""

    def fit(self, triples: Triples, context: FitContext) -> FactorizationScorer:
        """Train on the training triples."""
        return train(self._decoder(triples, self.rank, context.seed), triples, self.training, context)

    def restore(self, triples: Triples, arrays: Arrays, context: FitContext) -> FactorizationScorer:
        """Return the scorer of trained vectors, of whatever rank they are."""
        return trained(self._decoder(triples, arrays["entities"].shape[1], context.seed), arrays, triples, context)

    def _decoder(self, triples: Triples, rank: int, seed: int) -> RescalDecoder:
        chance = torch.Generator().manual_seed(seed)
        return RescalDecoder(triples.n_entities, 2 * triples.n_relations, rank, self.scale, chance)
