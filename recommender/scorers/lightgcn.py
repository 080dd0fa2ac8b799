"""LightGCN: states of candidates smoothed over the graph of known pairs, with a learned bias."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats
from recommender.scorers.baskets import Source, degree_weights, read_baskets, starting_members
from recommender.scorers.facts import products
from recommender.scorers.lightgcn_states import STEP_CELLS, LightGcnShape, Trained
from recommender.scorers.prior import Prior, prior_of


@dataclass(frozen=True)
class LightGcn(LightGcnShape):
    """score(q, c) = cos(e_q, e_c) / τ + b_c, e = Σ_k e^(k) / (K + 1), e_u^(k+1) = Σ_{i with u} e_i^(k) / √(n_u n_i).

    He et al., "LightGCN" (SIGIR 2020), K ``layer_count``, with a bias b; the users u are baskets. A step hides a share
    of their members (drawn from ``hidden``), propagates over the rest and predicts the hidden ones by a softmax over
    all candidates, members weighted n_u^-.5. Where baskets times candidates are many, a step takes a sample of both.
    Baskets have no state of their own at the start: theirs comes from their members, and that of a query from what is
    given with it, so that new ones are answered alike.
    """

    source: Source = "target"
    """Which baskets count: those of past queries, or of the nodes of other relations."""
    name: str = "lightgcn"
    """Name of the row in reports."""

    def fit(self, known: Known, rng: np.random.Generator) -> LightGcnScorer:
        """Train on the known pairs."""
        from recommender.scorers.lightgcn_training import train

        own = 1.0 if known.same_label else 0.0
        trained = train(self, read_baskets(known, self.source).rows, int(rng.integers(2**31)))
        return LightGcnScorer(self.temperature, own, trained, prior_of(known))

    def work(self, known: Known) -> float:
        """Return the products of one training: propagation over the pairs, and the scores of each step."""
        rows = read_baskets(known, self.source).rows
        cells = min(STEP_CELLS, rows.shape[0] * rows.shape[1])
        return float(self.steps * self.embedding_size * (4.0 * self.layer_count * rows.nnz + 0.5 * cells))


@dataclass(frozen=True)
class LightGcnScorer:
    """A trained LightGCN; ``own``: weight of a query among what is given with it, where it is a candidate."""

    temperature: float
    own: float
    trained: Trained
    prior: Prior

    @property
    def embeddings(self) -> Floats:
        """Vector of each candidate, (C, d)."""
        return self.trained.final

    def score(self, questions: Questions) -> Floats:
        """Sum what is given, and compare with every candidate."""
        members = starting_members(questions, self.own)
        count = np.diff(members.indptr)
        query = sparse.diags_array(degree_weights(count, 0.5)) @ members @ self.trained.given
        length = np.linalg.norm(query, axis=1, keepdims=True)
        unit = (query / np.where(length > 0, length, 1.0)).astype(np.float32)
        scores = products(unit, self.trained.final) / np.float32(self.temperature) + self.trained.bias
        # Scores may be negative; the softmax they were trained with is what they mean.
        scores -= scores.max(axis=1, keepdims=True)
        scores = np.exp(scores)
        scores[length[:, 0] == 0] = 0.0
        return self.prior.under(scores, questions)
