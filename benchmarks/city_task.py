"""Who will work together: the task on which the city's networks are trained, and how well they do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from benchmarks.city_graph import PARTNERS, CityGraph, Floats, Indices
from benchmarks.propagation.graph import TypedGraph
from benchmarks.propagation.training import TrainingPairs
from recommender.measure import metrics
from recommender.measure.ranks import concatenate, rank_positives

KNOWN_UNTIL, LEARNT_UNTIL, VALID_UNTIL = 0.7, 0.9, 0.95
QUERIES = 2_000
_CHUNK = 250


@dataclass(frozen=True)
class LaterQuestions:
    """Questions of a later time: askers (Q,); their new partners and those already known, (Q, companies)."""

    askers: Indices
    positives: sparse.csr_array
    known: sparse.csr_array

    def quality(self, queries: Floats, candidates: Floats, bias: Floats) -> dict[str, float]:
        """Rank all companies by queries · candidates + bias and return the metrics; (Q, d), (C, d), (C,)."""
        parts = []
        for start in range(0, len(self.askers), _CHUNK):
            rows = slice(start, min(start + _CHUNK, len(self.askers)))
            scores = queries[rows] @ candidates.T + bias
            parts.append(rank_positives(scores, self.positives[rows], self.known[rows]))
        ranks = concatenate(parts)
        return {name: float(metrics.compute(ranks, name).mean()) for name in ("ndcg@10", "recall@10", "mrr")}


@dataclass(frozen=True)
class CityTask:
    """``seen``: the graph that training sees; ``pairs`` begin after it; ``now``: all that is known before ``valid``."""

    seen: TypedGraph
    pairs: TrainingPairs
    now: TypedGraph
    valid: LaterQuestions
    test: LaterQuestions


def make_task(city: CityGraph, seed: int = 0, queries: int = QUERIES) -> CityTask:
    """Cut by time: nothing that is asked for, and nothing later, is in the graph that is seen."""
    rng = np.random.default_rng([seed, 1])
    seen, now = city.graph(KNOWN_UNTIL), city.graph(LEARNT_UNTIL)
    source, target = _between(city, KNOWN_UNTIL, LEARNT_UNTIL)
    pairs = TrainingPairs(source, target, city.companies)
    valid = _window(city, now, (LEARNT_UNTIL, VALID_UNTIL), rng, queries)
    test = _window(city, now, (VALID_UNTIL, 1.0), rng, queries)
    return CityTask(seen, pairs, now, valid, test)


def _between(city: CityGraph, start: float, end: float) -> tuple[Indices, Indices]:
    """Partnerships that began in a time, in both directions."""
    links = city.links[PARTNERS]
    inside = (links.when >= start) & (links.when < end)
    source, target = links.source[inside], links.target[inside]
    return np.concatenate([source, target]), np.concatenate([target, source])


def _window(
    city: CityGraph, now: TypedGraph, time: tuple[float, float], rng: np.random.Generator, count: int
) -> LaterQuestions:
    source, target = _between(city, *time)
    askers = np.unique(source)
    askers = np.sort(rng.choice(askers, min(count, len(askers)), replace=False))
    kept = np.isin(source, askers)
    shape = (len(askers), city.companies)
    cells = (np.searchsorted(askers, source[kept]), target[kept])
    positives = sparse.csr_array((np.ones(len(cells[0]), np.int8), cells), shape=shape)
    own = sparse.csr_array((np.ones(len(askers), np.float32), (np.arange(len(askers)), askers)), shape=shape)
    return LaterQuestions(askers, positives, sparse.csr_array(now.relations[PARTNERS][askers] + own))
