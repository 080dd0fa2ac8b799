"""The network over canonical features, in numpy: a linear part beside a perceptron of two hidden layers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from recommender.engine.pretrained.canonical import CANDIDATE, COLUMNS, KINDS, QUESTION
from recommender.engine.pretrained.trees import OF_A_SET
from recommender.measure.arrays import Floats

NetworkArrays = Mapping[str, npt.NDArray[np.float32]]
"""Weights by the names that torch gives them."""
_SHARE: Final = np.array([COLUMNS.index(f"{kind}/share") for kind in KINDS])
_Z: Final = np.array([COLUMNS.index(f"{kind}/z") for kind in KINDS])
_REST: Final = np.array([COLUMNS.index(name) for name in (*CANDIDATE, *QUESTION) if name not in OF_A_SET])
INPUTS: Final = 3 * len(KINDS) + len(_REST) + 1


def network_inputs(table: Floats) -> Floats:
    """Return (rows, ``INPUTS``): shares and z-scores of all kinds, which there are, the rest, and the mean z-score.

    What is absent is 0; what is there counts as much more as kinds are absent, so that sums are alike in every set.
    """
    z = table[:, _Z]
    there = ~np.isnan(z)
    scale = (len(KINDS) / np.maximum(there.sum(axis=1, keepdims=True), 1)).astype(np.float32)
    pairs = [np.where(there, columns, 0.0) * scale for columns in (table[:, _SHARE], z)]
    parts = [*pairs, there, np.nan_to_num(table[:, _REST]), mean_z(table)[:, None]]
    return np.concatenate(parts, axis=1, dtype=np.float32)


def mean_z(table: Floats) -> Floats:
    """Return the mean z-score over the kinds that there are, (rows,): the plainest blend of all simple scores."""
    z = table[:, _Z]
    there = ~np.isnan(z)
    return np.asarray(np.where(there, z, 0.0).sum(axis=1) / np.maximum(there.sum(axis=1), 1), np.float32)


def network_forward(arrays: NetworkArrays, table: Floats) -> Floats:
    """Return the score of every row, (rows,); in double precision, so that it does not depend on other rows."""
    x = network_inputs(table).astype(np.float64)
    hidden = x
    for layer in ("hidden.0", "hidden.3"):
        hidden = hidden @ arrays[f"{layer}.weight"].T.astype(np.float64) + arrays[f"{layer}.bias"]
        hidden = hidden / (1.0 + np.exp(-np.clip(hidden, -500.0, 500.0)))  # SiLU
    score = x @ arrays["skip.weight"].T.astype(np.float64) + arrays["skip.bias"]
    score += hidden @ arrays["hidden.6.weight"].T.astype(np.float64) + arrays["hidden.6.bias"]
    return np.asarray(score[:, 0], dtype=np.float32)
