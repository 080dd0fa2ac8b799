"""Episodes of a small world, quick to learn from."""

from __future__ import annotations

import numpy as np

from recommender.engine.pretrained.canonical import COLUMNS, CanonicalPools
from recommender.engine.pretrained.canonical_episodes import CanonicalEpisode


def episode(questions: int = 12, each: int = 10, seed: int = 0) -> CanonicalEpisode:
    """Make questions of which the candidate with the largest z-score by basket neighbours is the answer."""
    rng = np.random.default_rng(seed)
    table = rng.standard_normal((questions * each, len(COLUMNS))).astype(np.float32)
    best = table[:, COLUMNS.index("knn/z")].reshape(questions, each).argmax(axis=1)
    labels = np.zeros((questions, each), bool)
    labels[np.arange(questions), best] = True
    start = np.arange(questions + 1, dtype=np.int64) * each
    candidate = np.tile(np.arange(each), questions)
    return CanonicalEpisode(CanonicalPools(start, candidate, table), labels.reshape(-1))
