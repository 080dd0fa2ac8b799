"""Training of decoders whose score is a product of a query vector and an entity vector, by softmax over entities."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
import torch
from scipy import sparse
from torch import Tensor

from recommender.measure.arrays import Arrays, Floats
from recommender.triples.data import Answers, Queries, Triples
from recommender.triples.protocols import FitContext, TripleScorer


class Decoder(torch.nn.Module, ABC):
    """A score phi(anchor, relation, e) = <q(anchor, relation), v(e)> over 2R directed relations."""

    @abstractmethod
    def query(self, anchor: Tensor, relation: Tensor) -> Tensor:
        """Return query vectors, shape (B, d)."""

    @abstractmethod
    def targets(self) -> Tensor:
        """Return the vectors of all entities as answers, shape (N, d)."""

    @abstractmethod
    def penalty(self, anchor: Tensor, relation: Tensor, counts: Tensor, answers: Tensor) -> Tensor:
        """Return the penalty of a batch, summed over its triples, without its weight."""


@dataclass(frozen=True)
class FactorizationConfig:
    """Optimisation of a decoder by Adagrad."""

    epochs: int = 15
    """Passes over all queries; 1 or more."""
    batch_size: int = 256
    """Queries of a step; 1 or more."""
    learning_rate: float = 0.1
    """Of Adagrad in the first epoch; above 0."""
    decay: float = 0.93
    """What the rate is multiplied by after each epoch; above 0, at most 1."""
    penalty: float = 0.008
    """Weight of the decoder's penalty; 0 or more."""
    negatives: int = 0
    """Other entities that the softmax goes over beside the answers; 0: all of them."""


class FactorizationScorer(TripleScorer):
    """A trained decoder."""

    def __init__(self, decoder: Decoder, n_relations: int, device: str) -> None:
        super().__init__(n_relations)
        self._decoder, self._device = decoder, device

    def score(self, queries: Queries) -> Floats:
        """Return q(anchor, relation) times all entity vectors."""
        with torch.no_grad():
            targets = self._decoder.targets()
            parts = [
                (self._decoder.query(*_tensors(block, self._device)) @ targets.T).cpu().numpy()
                for block in queries.blocks(1024)
            ]
        return np.concatenate(parts) if parts else np.zeros((0, len(targets)), dtype=np.float32)

    @property
    def embeddings(self) -> Floats:
        """Vectors of the entities as answers, shape (N, d); imaginary parts stand behind the real ones."""
        with torch.no_grad():
            return np.asarray(self._decoder.targets().cpu().numpy())

    def arrays(self) -> Arrays:
        """Return the weights of the decoder."""
        return arrays_of(self._decoder)


def arrays_of(module: torch.nn.Module) -> Arrays:
    """Return the weights of a module by name."""
    return {name: each.cpu().numpy() for name, each in module.state_dict().items()}


def take_arrays(module: torch.nn.Module, arrays: Arrays) -> None:
    """Give a module the weights that ``arrays_of`` returned."""
    module.load_state_dict({name: torch.tensor(each) for name, each in arrays.items()})


def trained(decoder: Decoder, arrays: Arrays, triples: Triples, context: FitContext) -> FactorizationScorer:
    """Return the scorer of a decoder with weights that were trained before."""
    take_arrays(decoder, arrays)
    return FactorizationScorer(decoder.to(context.device), triples.n_relations, context.device)


def train(decoder: Decoder, triples: Triples, config: FactorizationConfig, context: FitContext) -> FactorizationScorer:
    """Minimise the 1-vs-all softmax cross-entropy of the training triples on both sides (Lacroix et al. 2018).

    Triples of one query are grouped: its share of the loss is n logsumexp(scores) less the scores of its n answers,
    the same as one softmax a triple at a fraction of the cost. ``negatives`` > 0 takes the softmax over the answers of
    the batch and so many other entities instead of over all.
    """
    rng = np.random.default_rng([context.seed, 1])
    answers = Answers.of(triples.train, triples.n_entities, triples.n_relations)
    decoder.to(context.device)
    optimizer = torch.optim.Adagrad(decoder.parameters(), lr=config.learning_rate)
    queries = answers.queries
    types = torch.as_tensor(triples.entity_types, device=context.device) if triples.several_types else None
    wanted = torch.as_tensor(triples.target_types, device=context.device)
    for epoch in range(config.epochs):
        order = rng.permutation(len(queries))
        for start in range(0, len(order), config.batch_size):
            rows = order[start : start + config.batch_size]
            batch = _AnsweredBatch.of(queries[rows], answers.pattern[rows], config.negatives, rng, context.device)
            scores = decoder.query(batch.anchor, batch.relation) @ _columns(decoder.targets(), batch.columns).T
            if types is not None:
                kinds = types if batch.columns is None else types[batch.columns]
                scores = scores.masked_fill(kinds != wanted[batch.relation][:, None], -1e4)
            loss = (batch.counts * scores.logsumexp(1)).sum() - scores[batch.rows, batch.places].sum()
            if config.penalty:
                loss = loss + config.penalty * decoder.penalty(
                    batch.anchor, batch.relation, batch.counts, batch.answers
                )
            optimizer.zero_grad(set_to_none=True)
            (loss / len(batch.rows)).backward()
            optimizer.step()
        for group in optimizer.param_groups:
            group["lr"] *= config.decay
        context.progress(type(decoder).__name__, epoch + 1, config.epochs)
    return FactorizationScorer(decoder, triples.n_relations, context.device)


@dataclass(frozen=True)
class _AnsweredBatch:
    """Queries with their answers; ``rows`` and ``places`` (n,) say where the scores of the answers stand."""

    anchor: Tensor
    relation: Tensor
    counts: Tensor
    rows: Tensor
    answers: Tensor
    places: Tensor
    columns: Tensor | None

    @classmethod
    def of(
        cls, queries: Queries, pattern: sparse.csr_array, negatives: int, rng: np.random.Generator, device: str
    ) -> _AnsweredBatch:
        counts = np.diff(pattern.indptr)
        answers = pattern.indices.astype(np.int64)
        places, columns = answers, None
        if 0 < negatives < pattern.shape[1] // 2:
            columns = np.union1d(rng.choice(pattern.shape[1], negatives, replace=False), answers)
            places = np.searchsorted(columns, answers)
        return cls(
            anchor=torch.as_tensor(queries.anchor, device=device),
            relation=torch.as_tensor(queries.relation, device=device),
            counts=torch.as_tensor(counts.astype(np.float32), device=device),
            rows=torch.as_tensor(np.repeat(np.arange(len(counts)), counts), device=device),
            answers=torch.as_tensor(answers, device=device),
            places=torch.as_tensor(places, device=device),
            columns=None if columns is None else torch.as_tensor(columns, device=device),
        )


def _columns(targets: Tensor, columns: Tensor | None) -> Tensor:
    return targets if columns is None else targets[columns]


def _tensors(queries: Queries, device: str) -> tuple[Tensor, Tensor]:
    return torch.as_tensor(queries.anchor, device=device), torch.as_tensor(queries.relation, device=device)
