"""Rejection-aware scores: what an asker, or one like it, turned down stands lower, whichever scorer serves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.knowledge.known import Known, Pairs, Questions, Retriever, Scorer
from recommender.measure.arrays import Floats, Indices
from recommender.measure.standard_scores import deviation
from recommender.scorers.content import LabelContent, content_of

STRENGTH = 3.0
"""Standard deviations that a result loses which the asker itself turned down."""
_LEAST_LIKE = 0.5
"""Chosen by hand: askers that share less than half of what is known of them say nothing of each other."""


@dataclass(frozen=True)
class RejectionAware:
    """score(q, c) = s(q, c) − strength · deviation of s(q, ·) · min(1, Σ_r like(q, r)² · [r turned c down]).

    The deviation is 1 where all scores are equal, and their scale stays, so that askers can still be compared.
    like(q, r): 1 for the asker itself, else the cosine of both askers' facts, 0 below ½. ``rows``: (R,) query nodes
    that turned something down; ``turned``: (R, C) ones. The strength is set by hand: there is no feedback yet to learn
    it from.
    """

    scorer: Scorer
    content: LabelContent
    rows: Indices
    turned: sparse.csr_array

    def score(self, questions: Questions) -> Floats:
        """Lower what was turned down; shape (Q, C)."""
        like = (self.content.of(questions).facts @ self.content.nodes.facts[self.rows].T).toarray()
        like[like < _LEAST_LIKE] = 0.0
        if questions.guests is None:
            like = np.where(questions.query[:, None] == self.rows[None, :], 1.0, like)
        against = np.minimum(sparse.csr_array(like**2) @ self.turned.toarray(), 1.0)
        scores = self.scorer.score(questions)
        spread = deviation(scores)
        return np.asarray(scores - STRENGTH * np.where(spread > 0, spread, 1.0) * against, dtype=np.float32)

    def retrieval_scores(self, candidate: int) -> Floats | None:
        """Return that of the scorer: who turned the candidate down is scored like others, and then comes last."""
        return self.scorer.retrieval_scores(candidate) if isinstance(self.scorer, Retriever) else None


def with_rejections(scorer: Scorer, known: Known, rejected: Pairs) -> Scorer:
    """Return ``scorer`` with what was turned down set lower; itself where that is nothing."""
    if not len(rejected):
        return scorer
    rows, row = np.unique(rejected.query, return_inverse=True)
    cells = (np.ones(len(rejected), dtype=np.float32), (row.reshape(-1), rejected.candidate))
    turned = sparse.csr_array(cells, shape=(len(rows), len(known.candidates)))
    return RejectionAware(scorer, content_of(known, known.task.query, text_share=0.0), rows, turned)
