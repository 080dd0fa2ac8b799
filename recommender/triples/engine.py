"""The engine for triples: decoders, closed forms, rules and a graph encoder, blended by what valid shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from recommender.measure.arrays import Arrays, under
from recommender.triples.data import Triples
from recommender.triples.evaluate import split_queries
from recommender.triples.fit_cache import FitCache
from recommender.triples.message_passing import PathNetworkEstimator
from recommender.triples.plan import GRAPH_ENCODER, plan_parts
from recommender.triples.protocols import FitContext, TripleEstimator, TripleScorer, restored
from recommender.triples.stack import (
    QueryPool,
    StackConfig,
    StackScorer,
    StackWeights,
    build_pool,
    cross_fitted,
    fit_weights,
    pool_reciprocal_ranks,
)
from recommender.triples.tuning import subsample

RELATION_RIDGES = (1.0, 3.0, 10.0, 1e6)
"""Precisions tried for what a relation adds to the weights; the last leaves all relations alike."""
MOST_STACKED = 5_000
"""Triples of valid that the weights are learned from at most."""
_FEWEST = 20
"""Valid triples below which weights would follow chance; all scorers then weigh alike."""


@dataclass(frozen=True)
class TripleEngineEstimator:
    """The stack: scores of all parts, each with a weight by relation."""

    name: str
    """Name of the row in reports."""
    parts: tuple[tuple[str, TripleEstimator], ...]
    """Names and estimators of what is stacked; sized by the data and the budget."""
    stack: StackConfig = field(default_factory=StackConfig)
    """How the weights of the parts are fitted."""
    cache: FitCache = field(default_factory=FitCache, compare=False, repr=False)
    """Parts that several rows share are fitted once."""

    def fit(self, triples: Triples, context: FitContext) -> StackScorer:
        """Train the parts on train, and the weights on valid."""
        scorers = [self.cache.fit(estimator, triples, context) for _, estimator in self.parts]
        weights = learn_weights(triples, scorers, self.stack)
        return StackScorer(triples, scorers, weights)

    def restore(self, triples: Triples, arrays: Arrays, context: FitContext) -> StackScorer:
        """Return the stack with its trained parts; those that are counted or solved are so again."""
        scorers = []
        for place, (_, estimator) in enumerate(self.parts):
            prefix = f"{place}."
            mine = under(arrays, prefix)
            scorers.append(restored(estimator, triples, mine, context))
        return StackScorer(triples, scorers, StackWeights(arrays["shared"], arrays["added"]))


def engine_variants(triples: Triples, budget_minutes: float) -> Mapping[str, TripleEngineEstimator]:
    """Return the engine, the engine without its graph encoder, and with one over a shuffled graph; shared parts."""
    parts, cache = plan_parts(triples, budget_minutes), FitCache()

    def row(name: str, chosen: Mapping[str, TripleEstimator]) -> TripleEngineEstimator:
        return TripleEngineEstimator(name, tuple(chosen.items()), cache=cache)

    rows = {"engine": row("engine", parts)}
    encoder = parts.get(GRAPH_ENCODER)
    if isinstance(encoder, PathNetworkEstimator):
        rest = {name: part for name, part in parts.items() if name != GRAPH_ENCODER}
        shuffled = rest | {GRAPH_ENCODER: replace(encoder, shuffled=True)}
        rows["engine-without-gnn"] = row("engine-without-gnn", rest)
        rows["gnn"] = row("gnn", {GRAPH_ENCODER: encoder})
        rows["engine-shuffled-graph"] = row("engine-shuffled-graph", shuffled)
    return rows


def learn_weights(triples: Triples, scorers: Sequence[TripleScorer], config: StackConfig) -> StackWeights:
    """Choose on valid how the weights are learned, then learn them from the whole of it.

    Tried are how far relations may differ, and whether candidates drawn at random are learned from, too.
    Where none of these ranks valid better than a scorer alone does, that scorer has all the weight.
    """
    n_directed = 2 * triples.n_relations
    if len(scorers) == 1 or len(triples.valid) < _FEWEST:
        equal = np.full(len(scorers), 1.0 / len(scorers), dtype=np.float32)
        return StackWeights(equal, np.zeros((n_directed, len(scorers)), dtype=np.float32))
    pool = valid_pool(triples, scorers, config)
    tried = [
        (learned_from, replace(config, relation_ridge=ridge))
        for learned_from in (pool.strongest(config.drawn), pool)
        for ridge in RELATION_RIDGES
    ]
    values = [float(cross_fitted(pool, learned_from, n_directed, each).mean()) for learned_from, each in tried]
    nothing = np.zeros((n_directed, len(scorers)), dtype=np.float32)
    alone = [StackWeights(each, nothing) for each in np.eye(len(scorers), dtype=np.float32)]
    of_one = [float(pool_reciprocal_ranks(pool, each).mean()) for each in alone]
    if max(of_one) > max(values):
        return alone[int(np.argmax(of_one))]
    learned_from, chosen = tried[int(np.argmax(values))]
    return fit_weights(learned_from, n_directed, chosen)


def valid_pool(triples: Triples, scorers: Sequence[TripleScorer], config: StackConfig) -> QueryPool:
    """Return the pool of both sides of the triples of valid, of so many at most."""
    queries, answers = split_queries(triples, subsample(triples.valid, MOST_STACKED))
    return build_pool(triples, scorers, queries, answers, config)
