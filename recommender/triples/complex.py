"""ComplEx: triples as the real part of a complex trilinear product."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from recommender.measure.arrays import Arrays
from recommender.triples.data import Triples
from recommender.triples.factorization import Decoder, FactorizationConfig, FactorizationScorer, train, trained
from recommender.triples.protocols import FitContext


class ComplexDecoder(Decoder):
    """phi(h, r, t) = Re(<h, r, conj(t)>) (Trouillon et al. 2016) with the N3 penalty (Lacroix et al. 2018).

    A vector of rank k is stored as k real parts followed by k imaginary parts.
    """

    def __init__(self, n_entities: int, n_directed: int, rank: int, scale: float, chance: torch.Generator) -> None:
        super().__init__()
        self.entities = torch.nn.Parameter(scale * torch.randn(n_entities, 2 * rank, generator=chance))
        self.relations = torch.nn.Parameter(scale * torch.randn(n_directed, 2 * rank, generator=chance))

    def query(self, anchor: Tensor, relation: Tensor) -> Tensor:
        """Return the complex products of anchor and relation."""
        real, imaginary = self.entities.index_select(0, anchor).chunk(2, dim=1)
        real_r, imaginary_r = self.relations.index_select(0, relation).chunk(2, dim=1)
        return torch.cat((real * real_r - imaginary * imaginary_r, real * imaginary_r + imaginary * real_r), dim=1)

    def targets(self) -> Tensor:
        """Return the entity vectors."""
        return self.entities

    def penalty(self, anchor: Tensor, relation: Tensor, counts: Tensor, answers: Tensor) -> Tensor:
        """Return the sum of cubed moduli of heads, relations and tails."""
        sides = _cubes(self.entities.index_select(0, anchor)) + _cubes(self.relations.index_select(0, relation))
        return (counts * sides).sum() + _cubes(self.entities.index_select(0, answers)).sum()


@dataclass(frozen=True)
class ComplexEstimator:
    """ComplEx of some rank."""

    rank: int = 512
    """Length of a vector, in complex numbers; 1 or more."""
    scale: float = 1e-3
    """Spread of the first vectors, as in Lacroix et al. (2018); above 0."""
    training: FactorizationConfig = field(default_factory=FactorizationConfig)
    """Of the optimisation."""

    def fit(self, triples: Triples, context: FitContext) -> FactorizationScorer:
        """Train on the training triples; raises nothing of its own."""
        return train(self._decoder(triples, self.rank, context.seed), triples, self.training, context)

    def restore(self, triples: Triples, arrays: Arrays, context: FitContext) -> FactorizationScorer:
        """Return the scorer of trained vectors, of whatever rank they are."""
        return trained(self._decoder(triples, arrays["entities"].shape[1] // 2, context.seed), arrays, triples, context)

    def _decoder(self, triples: Triples, rank: int, seed: int) -> ComplexDecoder:
        chance = torch.Generator().manual_seed(seed)
        return ComplexDecoder(triples.n_entities, 2 * triples.n_relations, rank, self.scale, chance)


def _cubes(vectors: Tensor) -> Tensor:
    """Return the sum over the rank of the cubed complex modulus, shape (B,)."""
    real, imaginary = vectors.chunk(2, dim=1)
    return (real.square() + imaginary.square() + 1e-12).pow(1.5).sum(dim=1)
