"""Scores brought to one scale per asker, so that scorers can be added up and scores of askers compared."""

from __future__ import annotations

import numpy as np

from recommender.measure.arrays import Floats


def standard(scores: Floats, column: int | None = None) -> Floats:
    """Per-row standard scores (Q, C), those of one ``column`` alone (Q, 1); zero rows where all scores are equal."""
    chosen = scores if column is None else scores[:, [column]]
    centred = chosen - scores.mean(axis=1, keepdims=True)
    spread = scores.std(axis=1, keepdims=True)
    # Rounding leaves a tiny spread in rows of equal scores; it must not be blown up.
    enough = spread > 1e-6 * np.maximum(1.0, np.abs(scores).max(axis=1, keepdims=True, initial=0.0))
    return np.asarray(np.divide(centred, spread, out=np.zeros_like(centred), where=enough), dtype=np.float32)
