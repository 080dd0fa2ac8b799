"""What an asker, or one like it, turned down stands lower, whichever scorer serves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.measure.arrays import Floats, Indices
from recommender.measure.standard_scores import standard
from recommender.served.queries import Queries
from recommender.served.scorer_protocols import Scorer
from recommender.served.task_data import TaskData

STRENGTH = 3.0
"""Standard deviations that a result loses which the asker itself turned down."""
_LEAST_LIKE = 0.5


@dataclass(frozen=True)
class TurnedDown:
    """score(q, c) = standard(s)(q, c) − strength · min(1, Σ_r like(q, r)² · [r turned c down]).

    like(q, r): 1 for the asker itself, else the cosine of both askers' facts weighted by log(N / n_x), 0 below ½.
    ``rows``: (R,) rows of those who turned something down; ``facts``: (R, facts) their unit vectors; ``turned``:
    (R, C) ones; ``weights``: (facts,). The strength is set by hand: there is no feedback yet to learn it from.
    """

    scorer: Scorer
    rows: Indices
    facts: sparse.csr_array
    turned: sparse.csr_array
    weights: Floats

    @property
    def name(self) -> str:
        """Name of what ranks all else."""
        return self.scorer.name

    def score(self, queries: Queries) -> Floats:
        """Lower what was turned down; shape (Q, C)."""
        like = (_facts(queries, self.weights) @ self.facts.T).toarray()
        like[like < _LEAST_LIKE] = 0.0
        like = np.where(queries.index[:, None] == self.rows[None, :], 1.0, like)
        against = np.minimum(sparse.csr_array(like**2) @ self.turned.toarray(), 1.0)
        return np.asarray(standard(self.scorer.score(queries)) - STRENGTH * against, dtype=np.float32)


def heeding_rejections(scorer: Scorer, data: TaskData) -> Scorer:
    """Return ``scorer`` with what ``data`` knows to have been turned down set lower; itself where that is nothing."""
    rejected = data.rejected
    if not len(rejected):
        return scorer
    rows, row = np.unique(rejected.query, return_inverse=True)
    cells = (np.ones(len(rejected), dtype=np.float32), (row.reshape(-1), rejected.candidate))
    turned = sparse.csr_array(cells, shape=(len(rows), data.n_candidates))
    counts = [np.asarray((data.query_links[name] != 0).sum(axis=0)) for name in sorted(data.query_links)]
    known = np.concatenate(counts) if counts else np.zeros(0)
    weights = np.log(max(data.n_queries, 1) / np.maximum(known, 1.0)).astype(np.float32)
    return TurnedDown(scorer, rows, _facts(data.queries_at(rows), weights), turned, weights)


def _facts(queries: Queries, weights: Floats) -> sparse.csr_array:
    """Return unit vectors of what is known of askers, (Q, facts); zero where that is nothing."""
    if not queries.links:
        return sparse.csr_array((len(queries), 0), dtype=np.float32)
    together = sparse.hstack([queries.links[name] for name in sorted(queries.links)], format="csr")
    together.data = np.ones_like(together.data)
    weighted = sparse.csr_array(together @ sparse.diags_array(weights))
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).reshape(-1))
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    return sparse.csr_array(sparse.diags_array(scale) @ weighted)
