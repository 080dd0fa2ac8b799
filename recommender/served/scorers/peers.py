"""Peers: what is popular among those of the same industry, region, field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.measure.arrays import Floats
from recommender.served.queries import Queries
from recommender.served.task_data import TaskData


@dataclass(frozen=True)
class PeerPopularity:
    """score(q, c) = Σ_x idf(x) · n_xc / (n_x + smoothing), over the facts x known of the asker.

    n_x: askers with history of which x is known; n_xc: their pairs with c, by recency; idf(x) = log(N / n_x).
    It is popularity within segments, smoothed over rare ones, and needs no history of the asker: the simplest
    baseline for a company never seen before.
    """

    smoothing: float = 5.0
    name: str = "peer-popularity"

    def fit(self, data: TaskData, _rng: np.random.Generator) -> PeerScorer:
        """Count pairs by fact."""
        active = np.diff(data.history.indptr) > 0
        total = max(int(active.sum()), 1)
        taken = {}
        for name, links in data.query_links.items():
            mine = links[active]
            askers = np.asarray(mine.sum(axis=0))
            weight = np.log(total / np.maximum(askers, 1.0)) / (askers + self.smoothing)
            counts = mine.T @ data.history[active]
            taken[name] = sparse.csr_array(sparse.diags_array(weight.astype(np.float32)) @ counts)
        return PeerScorer(self.name, taken, data.n_candidates)


@dataclass(frozen=True)
class PeerScorer:
    """``taken``: by relation name, sparse, shape (nodes of the far end, C)."""

    name: str
    taken: Mapping[str, sparse.csr_array]
    candidates: int

    def score(self, queries: Queries) -> Floats:
        """Sum over the facts of each asker."""
        out = np.zeros((len(queries), self.candidates), dtype=np.float32)
        for name, counts in self.taken.items():
            out += (queries.links[name] @ counts).toarray()
        return out
