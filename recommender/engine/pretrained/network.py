"""The network over canonical features, in numpy: a linear part beside a perceptron of two hidden layers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from scipy.special import expit

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.engine.pretrained.canonical import CANDIDATE, COLUMNS, KINDS, QUESTION
from recommender.measure.arrays import Floats, Values

NetworkArrays = Mapping[str, Floats]
"""Weights by the names that torch gives them."""
_SHARE: Final = np.array([COLUMNS.index(f"{kind}/share") for kind in KINDS])
_Z: Final = np.array([COLUMNS.index(f"{kind}/z") for kind in KINDS])
_REST: Final = np.array([COLUMNS.index(name) for name in (*CANDIDATE, *QUESTION)])
INPUTS: Final = 3 * len(KINDS) + len(_REST) + 1
_LAYERS: Final = ("skip", "hidden.0", "hidden.3", "hidden.6")


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
    skip, *hidden, last = _LAYERS
    deep = x
    for name in hidden:
        deep = _linear(arrays, name, deep)
        deep = deep * expit(deep)  # SiLU
    return np.asarray((_linear(arrays, skip, x) + _linear(arrays, last, deep))[:, 0], dtype=np.float32)


def check_form(arrays: NetworkArrays) -> None:
    """Raise ``EvaluationError`` where arrays are not those of this network."""
    there = {f"{layer}.{part}" for layer in _LAYERS for part in ("weight", "bias")}
    if arrays.keys() != there:
        wrong = ", ".join(sorted(arrays.keys() ^ there)[:3])
        raise EvaluationError(
            Wording(
                f"사전 학습 신경망의 배열이 예상과 다릅니다(예: {wrong}). 다시 학습하십시오",
                f"the pretrained network has other arrays than expected, such as {wrong}; train again",
            )
        )
    width = arrays["skip.weight"].shape[1]
    if width != INPUTS:
        raise EvaluationError(
            Wording(
                f"사전 학습 신경망의 입력은 {width}개이나 지금 입력은 {INPUTS}개입니다. 다시 학습하십시오",
                f"the pretrained network reads {width} inputs, there are {INPUTS}; train again",
            )
        )


def _linear(arrays: NetworkArrays, name: str, rows: Values) -> Values:
    return np.asarray(rows @ arrays[f"{name}.weight"].T.astype(np.float64) + arrays[f"{name}.bias"])
