"""Common neighbours: how many things lie between a question and a candidate, rare ones counting more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import sparse

from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats
from recommender.scorers.baskets import blocks, degree_weights, read_baskets, starting_members
from recommender.scorers.prior import Prior, prior_of

Rarity = Literal["count", "log", "inverse", "root"]
Via = Literal["partners", "target", "links"]


@dataclass(frozen=True)
class CommonNeighbours:
    """score(q, c) = Σ_z w(d_z) over what lies between q and c.

    w is 1 (common neighbours), 1 / log d (Adamic and Adar, "Friends and Neighbors on the Web", 2003), 1 / d (resource
    allocation, Zhou et al. 2009) or d^-.5. ``via`` ``partners``, where queries are candidates: z are candidates given
    with q, and c is known to be paired with z. ``target`` and ``links``: z are baskets, of past queries or of nodes of
    other relations, that hold c and something given with q, counted once for each (co-participation).
    """

    rarity: Rarity = "log"
    """w: what a neighbour of degree d counts: 1, 1 / log d, 1 / d or d^-.5."""
    via: Via = "target"
    """What lies between: partners that are given, baskets of past queries, or nodes of other relations."""
    own: float = 1.0
    """Weight of the query among what is given, where queries are candidates; 0 leaves it out."""
    name: str = "adamic-adar"
    """Name of the row in reports."""

    def fit(self, known: Known, _rng: np.random.Generator) -> NeighbourScorer:
        """Weigh what may lie between."""
        if self.via == "partners":
            first = sparse.eye_array(len(known.candidates), dtype=np.float32, format="csr")
            between = known.history
        else:
            between = read_baskets(known, self.via).rows
            first = sparse.csr_array(between.T)
        size = np.diff(between.indptr)
        weighted = sparse.csr_array(sparse.diags_array(_rarity(size, self.rarity)) @ between)
        own = self.own if known.same_label and self.via != "partners" else 0.0
        return NeighbourScorer(own, sparse.csr_array(first), weighted, prior_of(known))


@dataclass(frozen=True)
class NeighbourScorer:
    """``first``: (C, between) as ones; ``then``: (between, C) weighted by rarity."""

    own: float
    first: sparse.csr_array
    then: sparse.csr_array
    prior: Prior

    def score(self, questions: Questions) -> Floats:
        """Take the two steps, some questions at a time."""
        members = starting_members(questions, self.own)
        out = np.empty((len(questions), self.then.shape[1]), dtype=np.float32)
        # Few candidates may have many baskets: questions times baskets are held too.
        for part in blocks(len(questions), max(self.then.shape)):
            out[part] = (members[part] @ self.first @ self.then).toarray()
        return self.prior.under(out, questions)


def _rarity(size: np.ndarray[tuple[int], np.dtype[np.int64]], rarity: Rarity) -> Floats:
    if rarity == "log":
        return np.asarray(1.0 / np.log(np.maximum(size, 2)), dtype=np.float32)
    return degree_weights(size, {"count": 0.0, "inverse": 1.0, "root": 0.5}[rarity])
