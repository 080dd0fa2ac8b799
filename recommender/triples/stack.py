"""A linear stack of scorers: weights for all relations, and what each relation adds to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from torch import Tensor

from recommender.measure.arrays import Arrays, Flags, Floats, Indices
from recommender.triples.data import Answers, Queries, Triples
from recommender.triples.protocols import TripleScorer

_FOLDS: Final = 4
"""Of triples: three quarters teach the weights that the fourth is judged by."""
_CONSTANT: Final = 1e-9
"""Scores of a query that spread less than this say nothing."""


@dataclass(frozen=True)
class QueryPool:
    """Candidates of Q queries, padded to P: the answer in column 0, the strongest, and some drawn from the others.

    ``features`` (Q, P, F): standardised scores of F scorers. ``stands_for`` (Q, P): candidates that a cell stands for;
    1 for the answer and the strongest, more or less for one drawn, 0 for padding. ``relation`` (Q,): directed relation.
    ``triple`` (Q,): which triple asked, so that both sides share a fold.
    """

    features: Floats
    stands_for: Floats
    relation: Indices
    triple: Indices

    def __getitem__(self, rows: Indices | Flags) -> QueryPool:
        return QueryPool(self.features[rows], self.stands_for[rows], self.relation[rows], self.triple[rows])

    def strongest(self, drawn: int) -> QueryPool:
        """Return the pool without its last ``drawn`` columns, which hold those drawn."""
        last = self.features.shape[1] - drawn
        return QueryPool(self.features[:, :last], self.stands_for[:, :last], self.relation, self.triple)


@dataclass(frozen=True)
class StackConfig:
    """Fit of the stack, with normal priors on its weights."""

    depth: int = 50
    """Candidates of each scorer that make the pool; 1 or more."""
    # Of the strongest alone weights learn what tells an answer from those, and trust the less who finds it among all.
    drawn: int = 300
    """Candidates drawn from the others beside them; 0 or more."""
    ridge: float = 1.0
    """Precision of the normal prior of the weights, around equal shares; 0 or more."""
    relation_ridge: float = 10.0
    """The same of what each directed relation adds to them, around 0."""
    iterations: int = 60
    """Of L-BFGS at most; 1 or more."""


@dataclass(frozen=True)
class StackWeights:
    """Weights of F scorers for all relations (F,), and what each directed relation adds (2R, F)."""

    shared: Floats
    added: Floats

    def blend(self, features: Floats, relation: Indices) -> Floats:
        """Return weighted sums of ``features`` (Q, P, F), shape (Q, P)."""
        weights = self.shared + self.added[relation]
        return np.asarray(np.einsum("qpf,qf->qp", features, weights), dtype=np.float32)


def standardise(scores: Floats, candidates: Flags | None = None) -> Floats:
    """Return scores less their mean over their deviation, query by query, over the candidates; constants become 0."""
    if candidates is None:
        mean, spread = scores.mean(axis=1, keepdims=True), scores.std(axis=1, keepdims=True)
    else:
        mean = scores.mean(axis=1, where=candidates, keepdims=True)
        spread = scores.std(axis=1, where=candidates, keepdims=True)
    return np.asarray((scores - mean) / np.where(spread > _CONSTANT, spread, 1.0), dtype=np.float32)


def build_pool(
    triples: Triples, scorers: Sequence[TripleScorer], queries: Queries, answers: Indices, config: StackConfig
) -> QueryPool:
    """Score both sides of triples, tail sides first; keep the strongest candidates that are not known, draw others."""
    seen = Answers.of(np.concatenate((triples.train, triples.valid)), triples.n_entities, triples.n_relations)
    size = max(1, 2_000_000 // triples.n_entities)
    depth = min(config.depth, triples.n_entities)
    width = len(scorers) * depth + 1 + config.drawn
    features = np.zeros((len(queries), width, len(scorers)), dtype=np.float32)
    stands_for = np.zeros((len(queries), width), dtype=np.float32)
    rng = np.random.default_rng(0)
    for start in range(0, len(queries), size):
        rows = slice(start, start + size)
        block, target = queries[rows], answers[rows]
        candidates = triples.candidates(block)
        scores = np.stack([standardise(scorer.score(block), candidates) for scorer in scorers], axis=2)
        known = seen.rows(block)
        candidates[np.repeat(np.arange(len(block)), np.diff(known.indptr)), known.indices] = False
        places, good, others = _strongest(scores, candidates, target, depth)
        drawn, counted = _drawn(others, config.drawn, rng)
        features[rows] = np.take_along_axis(scores, np.hstack((places, drawn))[:, :, None], axis=1)
        stands_for[rows] = np.hstack((good, counted))
    return QueryPool(features, stands_for, queries.relation, np.arange(len(queries)) % (len(queries) // 2))


def fit_weights(pool: QueryPool, n_directed: int, config: StackConfig) -> StackWeights:
    """Minimise the softmax cross-entropy of the answers over their pools, with the priors; convex, so one optimum."""
    features, stands_for = torch.as_tensor(pool.features), torch.as_tensor(pool.stands_for)
    offset = torch.where(stands_for > 0, stands_for.log(), -1e4)
    relation = torch.as_tensor(pool.relation)
    n_scorers = features.shape[2]
    centre = 1.0 / n_scorers
    shared = torch.full((n_scorers,), centre, requires_grad=True)
    added = torch.zeros(n_directed, n_scorers, requires_grad=True)
    optimizer = torch.optim.LBFGS([shared, added], max_iter=config.iterations, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        blend = torch.einsum("qpf,qf->qp", features, shared + added.index_select(0, relation)) + offset
        loss = (blend.logsumexp(1) - blend[:, 0]).sum()
        prior = config.ridge * (shared - centre).square().sum() + config.relation_ridge * added.square().sum()
        total = (loss + prior) / len(features)
        total.backward()
        return total

    optimizer.step(closure)
    return StackWeights(shared.detach().numpy(), added.detach().numpy())


def pool_reciprocal_ranks(pool: QueryPool, weights: StackWeights) -> Floats:
    """Return one over the rank of each answer as its pool shows it, ties in the middle, shape (Q,)."""
    blend = weights.blend(pool.features, pool.relation)
    answer, others, counts = blend[:, :1], blend[:, 1:], pool.stands_for[:, 1:]
    above = (counts * ((others > answer) + 0.5 * (others == answer))).sum(axis=1)
    return np.asarray(1.0 / (1.0 + above), dtype=np.float32)


def cross_fitted(pool: QueryPool, learned_from: QueryPool, n_directed: int, config: StackConfig) -> Floats:
    """Return reciprocal ranks of all queries in ``pool``, each by weights that its own fold of triples did not teach.

    ``learned_from``: the pool, or less of it, that the weights are fitted in.
    """
    result = np.zeros(len(pool.relation), dtype=np.float32)
    fold = np.random.default_rng(0).permutation(int(pool.triple.max()) + 1)[pool.triple] % _FOLDS
    for number in range(_FOLDS):
        weights = fit_weights(learned_from[fold != number], n_directed, config)
        result[fold == number] = pool_reciprocal_ranks(pool[fold == number], weights)
    return result


class StackScorer(TripleScorer):
    """Trained scorers and their weights; each is standardised over the candidates of a query first."""

    def __init__(self, triples: Triples, scorers: Sequence[TripleScorer], weights: StackWeights) -> None:
        super().__init__(triples.n_relations)
        self._triples, self._scorers, self.weights = triples, tuple(scorers), weights

    def score(self, queries: Queries) -> Floats:
        """Return the weighted sum of standardised scores."""
        candidates = self._triples.candidates(queries) if self._triples.several_types else None
        total = np.zeros((len(queries), self._triples.n_entities), dtype=np.float32)
        weights = (self.weights.shared + self.weights.added[queries.relation]).astype(np.float32)
        for place, scorer in enumerate(self._scorers):
            total += weights[:, place, None] * standardise(scorer.score(queries), candidates)
        return total

    def arrays(self) -> Arrays:
        """Return the weights, and the arrays of each part behind its place."""
        found: Arrays = {"shared": self.weights.shared, "added": self.weights.added}
        for place, scorer in enumerate(self._scorers):
            found |= {f"{place}.{name}": each for name, each in scorer.arrays().items()}
        return found


def _strongest(scores: Floats, allowed: Flags, target: Indices, depth: int) -> tuple[Indices, Flags, Flags]:
    """Return places (Q, F * depth + 1) of the target and the union of each scorer's best, which are real, the others.

    The last has a column for each entity: whether it may be an answer and is not among the former.
    """
    chosen = np.zeros(allowed.shape, dtype=bool)
    rows = np.arange(len(target))[:, None]
    for place in range(scores.shape[2]):
        values = np.where(allowed, scores[:, :, place], -np.inf)
        chosen[rows, np.argpartition(-values, depth - 1, axis=1)[:, :depth]] = True
    chosen &= allowed
    chosen[rows[:, 0], target] = False
    others = allowed & ~chosen
    others[rows[:, 0], target] = False
    width = scores.shape[2] * depth
    places = np.argsort(~chosen, axis=1, kind="stable")[:, :width]
    real = np.take_along_axis(chosen, places, axis=1)
    places = np.concatenate((target[:, None], places), axis=1)
    real = np.concatenate((np.ones((len(target), 1), dtype=bool), real), axis=1)
    short = scores.shape[2] * depth + 1 - places.shape[1]
    return np.pad(places, ((0, 0), (0, short))), np.pad(real, ((0, 0), (0, short))), others


def _drawn(others: Flags, count: int, rng: np.random.Generator) -> tuple[Indices, Floats]:
    """Draw ``count`` places of each row with replacement, and return of how many others each stands for, 0 for none."""
    places = rng.integers(0, others.shape[1], (len(others), count))
    hit = np.take_along_axis(others, places, axis=1)
    hits = hit.sum(axis=1, keepdims=True)
    return places, np.asarray(hit * (others.sum(axis=1, keepdims=True) / np.maximum(hits, 1)), dtype=np.float32)
