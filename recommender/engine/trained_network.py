"""A trained network without torch: the arrays of its state, and what it makes of a batch."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import sparse

from recommender.engine.batches import Batch, FamilyBatch, Moment, make_batch
from recommender.engine.featurizer import Examples
from recommender.knowledge.one_thread import one_thread
from recommender.measure.arrays import Floats

_SCORED_AT_ONCE = 64
"""Chosen by hand: bounds the messages in memory, of up to 600 baskets a question in twelve heads."""
_NORM_EPSILON = 1e-5
"""What batch normalisation of torch adds to a variance."""


class TrainedNetwork:
    """Computes what a trained ``QueryNetwork`` computes, from the ``arrays`` of its state by their names there."""

    def __init__(self, arrays: Mapping[str, Floats]) -> None:
        self.arrays = dict(arrays)
        self._norms = {
            name.removesuffix(".running_var"): _slope_and_shift(arrays, name.removesuffix(".running_var"))
            for name in arrays
            if name.endswith(".running_var")
        }

    def weigh(self, at: int, features: Floats) -> Floats:
        """Weights of (question, basket) pairs of the family ``at``, (pairs, heads), of their features."""
        x = self._normed(f"weights.{at}.norm", features)
        for layer in (0, 2):
            x = _silu(self._linear(f"weights.{at}.layers.{layer}", x))
        x = self._linear(f"weights.{at}.layers.4", x) - np.float32(2.0)
        return np.asarray(np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))), dtype=np.float32)

    def score(self, batch: Batch) -> Floats:
        """Score of every row of the pool, (rows,)."""
        columns = [batch.features]
        for at, family in enumerate(batch.families):
            columns += received(self.weigh(at, family.features), family, batch)
        x = self._normed("norm", np.concatenate(columns, axis=1))
        deep = _silu(self._linear("layers.3", _silu(self._linear("layers.0", x))))
        return (self._linear("layers.6", deep) + self._linear("skip", x)).reshape(-1)

    def _normed(self, name: str, rows: Floats) -> Floats:
        slope, shift = self._norms[name]
        x = rows * slope
        x += shift
        return x

    def _linear(self, name: str, rows: Floats) -> Floats:
        x = np.asarray(rows @ self.arrays[f"{name}.weight"].T, dtype=np.float32)
        x += self.arrays[f"{name}.bias"]
        return x


def network_scores(network: TrainedNetwork, moment: Moment, examples: Examples) -> Floats:
    """Score of every row of the pool, (rows,)."""
    parts = [np.zeros(0, np.float32)]
    with one_thread():
        for start in range(0, len(examples), _SCORED_AT_ONCE):
            rows = np.arange(start, min(start + _SCORED_AT_ONCE, len(examples)))
            parts.append(network.score(make_batch(moment, examples, rows)))
    return np.concatenate(parts)


def received(weight: Floats, family: FamilyBatch, batch: Batch) -> list[Floats]:
    """Log of what each candidate of the pool receives, and its share of the most that any receives; (rows, heads)."""
    starts = np.concatenate([[0], np.cumsum(np.bincount(family.pair, minlength=len(weight)))])
    messages = sparse.csc_array((family.strength, family.row, starts), shape=(len(batch.question), len(weight)))
    sums = np.asarray(messages @ weight, dtype=np.float32)
    first = np.flatnonzero(np.diff(batch.question, prepend=-1))
    most = np.zeros((batch.questions, sums.shape[1]), dtype=np.float32)
    if len(first):
        most[batch.question[first]] = np.maximum.reduceat(sums, first, axis=0)
    return [np.log(sums + np.float32(1e-3)), sums / (most[batch.question] + np.float32(1e-6))]


def _silu(x: Floats) -> Floats:
    """Replace ``x`` by x / (1 + e^-x); numpy's exponential is many times as quick as the logistic function of scipy."""
    with np.errstate(over="ignore"):  # far below 0 it is infinite, and the quotient 0, as it should be
        below = np.exp(-x)
    below += np.float32(1.0)
    x /= below
    return x


def _slope_and_shift(arrays: Mapping[str, Floats], norm: str) -> tuple[Floats, Floats]:
    """Batch normalisation as one line, worked out in double precision."""
    variance, mean = (arrays[f"{norm}.{name}"].astype(np.float64) for name in ("running_var", "running_mean"))
    slope = (variance + _NORM_EPSILON) ** -0.5 * arrays[f"{norm}.weight"]
    return slope.astype(np.float32), (arrays[f"{norm}.bias"] - mean * slope).astype(np.float32)
