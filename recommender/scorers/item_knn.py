"""Item neighbours: candidates that are in the same sets as those given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats
from recommender.scorers.baskets import (
    Baskets,
    Source,
    blocks,
    degree_weights,
    read_baskets,
    smallest_within,
    starting_members,
)
from recommender.scorers.prior import Prior, prior_of

_MOST_CELLS: Final = 60_000_000
"""Bound on Σ n_u², which bounds the cells of the similarity: 700 MB at the most while it is made."""


@dataclass(frozen=True)
class ItemKnn:
    """score(q, c) = Σ_{h given with q} sim(h, c), sim(h, c) = Σ_u x_uh x_uc n_u^-b / (d_h^p d_c^(r - p) + s).

    n_u: size of basket u, b: ``basket_power``; d: baskets of a candidate, p: ``given_power``, r: ``degree_power``, s:
    ``shrinkage``. With b = 0, p = .5, r = 1, s = 0 it is the cosine (Sarwar et al., "Item-Based Collaborative
    Filtering", 2001); shrinkage after Bell and Koren (2007), unequal powers after Aiolli (2013). The largest baskets,
    which say least of what belongs together, are left out where all would not fit in memory.
    """

    source: Source = "target"
    """Which baskets count: those of past queries, or of the nodes of other relations."""
    basket_power: float = 0.3
    """b: how much less a shared basket counts for its size, 0 (not) to 1 (a basket of n counts 1 / n)."""
    given_power: float = 0.65
    """p: how much less what is given counts for its number of baskets; 0 or more."""
    degree_power: float = 1.0
    """r: that of given and candidate together; 0 leaves popular candidates ahead, 1 is a cosine."""
    shrinkage: float = 0.5
    """s: what it takes off the likeness of candidates that share few baskets; 0 or more."""
    own: float = 2.0
    """Weight of the query among what is given, where queries are candidates; 0 leaves it out."""
    name: str = "item-knn"
    """Name of the row in reports."""

    def fit(self, known: Known, _rng: np.random.Generator) -> ItemScorer:
        """Compute the similarity of all candidates that share a basket."""
        found = within_memory(read_baskets(known, self.source), _MOST_CELLS)
        rows = found.rows
        weighted = sparse.csr_array(sparse.diags_array(degree_weights(found.size, self.basket_power)) @ rows)
        similarity = sparse.csr_array(rows.T @ weighted)
        given = degree_weights(found.degree, -self.given_power)
        other = degree_weights(found.degree, -(self.degree_power - self.given_power))
        row = np.repeat(np.arange(similarity.shape[0]), np.diff(similarity.indptr))
        similarity.data /= given[row] * other[similarity.indices] + np.float32(self.shrinkage)
        own = self.own if known.same_label else 0.0
        return ItemScorer(own, similarity, prior_of(known))


@dataclass(frozen=True)
class ItemScorer:
    """``similarity``: (C, C), rows are what is given."""

    own: float
    similarity: sparse.csr_array
    prior: Prior

    def score(self, questions: Questions) -> Floats:
        """Sum the similarities to what is given, some questions at a time."""
        members = starting_members(questions, self.own)
        out = np.empty((len(questions), self.similarity.shape[1]), dtype=np.float32)
        for part in blocks(len(questions), self.similarity.shape[1]):
            out[part] = (members[part] @ self.similarity).toarray()
        return self.prior.under(out, questions)


def within_memory(found: Baskets, cells: int) -> Baskets:
    """Return the smallest baskets whose squared sizes sum to no more than ``cells``."""
    kept = smallest_within(found.size, cells)
    return found if len(kept) == len(found.size) else Baskets(found.rows[kept], found.owner[kept])
