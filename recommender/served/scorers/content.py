"""Content: what reads like the asker, and like what it took before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recommender.measure.arrays import Floats
from recommender.served.queries import Queries
from recommender.served.task_data import TaskData


@dataclass(frozen=True)
class ContentNeighbours:
    """score(q, c) = cos(q, c) + w · Σ_h r_qh cos(h, c) / Σ_h r_qh, over the asker's history h with recency r.

    Cosines are of text embeddings with the candidates' mean taken out, since sentence encoders crowd all texts into
    a narrow cone (Mu and Viswanath, "All-but-the-Top", 2018). Without text the first term is 0, without history the
    second.
    """

    history_weight: float = 1.0
    name: str = "content-knn"

    def fit(self, data: TaskData, _rng: np.random.Generator) -> ContentScorer:
        """Centre the candidates' embeddings."""
        text = data.candidate_text
        has_text = np.any(text != 0, axis=1)
        mean = text[has_text].mean(axis=0) if has_text.any() else np.zeros(text.shape[1], dtype=np.float32)
        return ContentScorer(self.name, mean.astype(np.float32), _unit(text, mean), self.history_weight)


@dataclass(frozen=True)
class ContentScorer:
    """``candidates``: centred unit vectors, shape (C, d); ``mean``: what was taken out, shape (d,)."""

    name: str
    mean: Floats
    candidates: Floats
    history_weight: float

    def score(self, queries: Queries) -> Floats:
        """Cosine with the asker and with its history's mean."""
        weights = queries.history.sum(axis=1)
        scale = np.divide(self.history_weight, weights, out=np.zeros(len(queries)), where=weights > 0)
        taken = np.asarray(queries.history @ self.candidates) * scale[:, None]
        sought = _unit(queries.text, self.mean) + taken
        return np.asarray(sought @ self.candidates.T, dtype=np.float32)


def _unit(vectors: Floats, mean: Floats) -> Floats:
    """Centred unit vectors; zero rows stay zero."""
    centred = np.where(np.any(vectors != 0, axis=1, keepdims=True), vectors - mean, 0.0)
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(np.divide(centred, length, out=np.zeros_like(centred), where=length > 0), dtype=np.float32)
