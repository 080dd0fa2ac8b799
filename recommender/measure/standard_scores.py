"""Scores brought to one scale per asker, so that scorers can be added up and scores of askers compared."""

from __future__ import annotations

from typing import Final

import numpy as np

from recommender.measure.arrays import Floats

MODEL_WEIGHT: Final = 0.5
"""Weight of the model's standard score beside that of a request's text.

The model has learned from companies with a history; of one without, and of what it wishes for today, it knows less than
the words do. Measured on labelled requests (``benchmarks/requests.py``).
"""
_FARTHEST: Final = 3.0
"""Model scores count up to so many standard deviations: what everybody took must not drown the rest."""


def standard(scores: Floats, column: int | None = None) -> Floats:
    """Per-row standard scores (Q, C), those of one ``column`` alone (Q, 1); zero rows where all scores are equal."""
    chosen = scores if column is None else scores[:, [column]]
    if not scores.shape[1]:
        return np.zeros(chosen.shape, dtype=np.float32)
    centred, spread = chosen - scores.mean(axis=1, keepdims=True), deviation(scores)
    return np.asarray(np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 0), dtype=np.float32)


def deviation(scores: Floats) -> Floats:
    """Return the standard deviation of each row of (Q, C), (Q, 1); 0 where all are equal but for rounding."""
    if not scores.shape[1]:
        return np.zeros((len(scores), 1), dtype=scores.dtype)
    spread = scores.std(axis=1, keepdims=True)
    least = 1e-6 * np.maximum(1.0, np.abs(scores).max(axis=1, keepdims=True, initial=0.0))
    return np.asarray(np.where(spread > least, spread, 0), dtype=scores.dtype)


def with_text(model: Floats, text: Floats, share: float = 1.0) -> Floats:
    """Blend standard scores of the model with those of texts, of one shape.

    ``share``, 0 or more, of the texts' weight counts; the less it is, the farther the model's scores count.
    """
    near = np.clip(model, -_FARTHEST / share, _FARTHEST / share) if share else model
    return np.asarray(MODEL_WEIGHT * near + share * text, dtype=np.float32)
