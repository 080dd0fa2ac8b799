"""Path rules: what one or two steps from the anchor say about a relation, counted and combined by noisy-or."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.measure.arrays import Flags, Floats
from recommender.triples.data import Queries, Triples, both_sides
from recommender.triples.protocols import FitContext, TripleScorer

Body = tuple[int, ...]


@dataclass(frozen=True)
class PathRule:
    """``relation(x, y)`` holds with ``confidence`` wherever a path of ``body`` leads from x to y."""

    relation: int
    body: Body
    support: int
    confidence: float


@dataclass(frozen=True)
class RulesEstimator:
    """Rules with bodies of one or two directed relations, as mined by AnyBURL (Meilicke et al. 2019), exhaustively."""

    support: int = 2
    """Pairs that a rule must explain; 1 or more."""
    confidence: float = 0.004
    """Share of its body's pairs that must hold; 0 to 1."""
    per_relation: int = 100
    """Rules kept of each directed relation, the most confident; 1 or more."""
    budget: int = 100_000_000
    """Paths of two relations that are looked at in all, bodies with fewest first; bounds time and memory."""

    def fit(self, triples: Triples, context: FitContext) -> RulesScorer:
        """Count pairs of every body, and how many of them each relation holds for."""
        adjacency = _adjacency(triples)
        heads = _HeldPairs(triples)
        rules: list[PathRule] = []
        n_directed = len(adjacency)
        chosen = _affordable(adjacency, self.budget)
        for first in range(n_directed):
            rules += self._rules((first,), adjacency[first], heads)
            for second in np.flatnonzero(chosen[first]):
                reached = adjacency[first] @ adjacency[second]
                rules += self._rules((first, int(second)), reached, heads)
            context.progress("path rules", first + 1, n_directed)
        return RulesScorer(self._best(rules), adjacency, triples.n_relations)

    def _rules(self, body: Body, reached: sparse.csr_array, heads: _HeldPairs) -> list[PathRule]:
        support = heads.support(reached)
        confidence = support / max(reached.nnz, 1)
        good = (support >= self.support) & (confidence >= self.confidence)
        if len(body) == 1:
            good[body[0]] = False
        return [PathRule(int(d), body, int(support[d]), float(confidence[d])) for d in np.flatnonzero(good)]

    def _best(self, rules: Sequence[PathRule]) -> list[PathRule]:
        kept: dict[int, list[PathRule]] = {}
        for rule in sorted(rules, key=lambda each: (-each.confidence, -each.support, each.body)):
            kept.setdefault(rule.relation, []).append(rule)
        return [rule for mine in kept.values() for rule in mine[: self.per_relation]]


class RulesScorer(TripleScorer):
    """Rules by directed relation, and the adjacency of each."""

    def __init__(self, rules: Sequence[PathRule], adjacency: Sequence[sparse.csr_array], n_relations: int) -> None:
        super().__init__(n_relations)
        self.rules = tuple(rules)
        self._adjacency = adjacency

    def score(self, queries: Queries) -> Floats:
        """Return -log of the chance that no rule which leads there is right (noisy-or)."""
        scores = np.zeros((len(queries), self._adjacency[0].shape[0]), dtype=np.float32)
        for relation in np.unique(queries.relation):
            rows = np.flatnonzero(queries.relation == relation)
            anchors, inverse = np.unique(queries.anchor[rows], return_inverse=True)
            total = np.zeros((len(anchors), scores.shape[1]), dtype=np.float32)
            for rule in self.rules:
                if rule.relation == relation:
                    _add(total, self._reached(anchors, rule.body), -np.log1p(-min(rule.confidence, 0.99)))
            scores[rows] = total[inverse.reshape(-1)]
        return scores

    def _reached(self, anchors: np.ndarray, body: Body) -> sparse.csr_array:
        reached = self._adjacency[body[0]][anchors]
        for relation in body[1:]:
            reached = reached @ self._adjacency[relation]
        return sparse.csr_array(reached)


class _HeldPairs:
    """All pairs of entities that hold in any relation, numbered, and which relations hold for each."""

    def __init__(self, triples: Triples) -> None:
        queries, answers = both_sides(triples.train, triples.n_relations)
        size = triples.n_entities
        pairs, inverse = np.unique(queries.anchor * size + answers, return_inverse=True)
        numbers = np.arange(1, len(pairs) + 1, dtype=np.float64)
        self._numbers = sparse.csr_array((numbers, np.divmod(pairs, size)), shape=(size, size))
        cells = np.unique(inverse.reshape(-1) * 2 * triples.n_relations + queries.relation)
        shape = (len(pairs), 2 * triples.n_relations)
        places = np.divmod(cells, 2 * triples.n_relations)
        self._relations = sparse.csr_array((np.ones(len(cells)), places), shape=shape)

    def support(self, reached: sparse.csr_array) -> np.ndarray:
        """Count, for each directed relation, the pairs reached that it holds for, shape (2R,)."""
        pattern = sparse.csr_array((np.ones_like(reached.data), reached.indices, reached.indptr), shape=reached.shape)
        numbers = pattern.multiply(self._numbers).data.astype(np.int64) - 1
        return np.asarray(self._relations[numbers].sum(axis=0)).reshape(-1)


def _adjacency(triples: Triples) -> list[sparse.csr_array]:
    """Return the pairs of each directed relation, ones, (N, N) each."""
    queries, answers = both_sides(triples.train, triples.n_relations)
    result = []
    for relation in range(2 * triples.n_relations):
        mine = queries.relation == relation
        ones = np.ones(mine.sum(), dtype=np.float32)
        shape = (triples.n_entities, triples.n_entities)
        matrix = sparse.csr_array((ones, (queries.anchor[mine], answers[mine])), shape=shape)
        matrix.data[:] = 1.0
        result.append(matrix)
    return result


def _affordable(adjacency: Sequence[sparse.csr_array], budget: int) -> Flags:
    """Tell which bodies of two relations to look at: those with fewest paths, up to a budget of paths; (2R, 2R)."""
    leaving = np.stack([each.sum(axis=1) for each in adjacency]).astype(np.float64)
    arriving = np.stack([each.sum(axis=0) for each in adjacency]).astype(np.float64)
    paths = arriving @ leaving.T
    order = np.argsort(paths, axis=None, kind="stable")
    chosen = np.zeros(paths.size, dtype=bool)
    chosen[order] = np.cumsum(paths.reshape(-1)[order]) <= budget
    return np.asarray(chosen.reshape(paths.shape) & (paths > 0))


def _add(total: Floats, reached: sparse.csr_array, weight: float) -> None:
    rows = np.repeat(np.arange(total.shape[0]), np.diff(reached.indptr))
    total[rows, reached.indices] += np.float32(weight)
