"""Pretrained weights as a file of safetensors: arrays, nothing executable."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from graph_schema.errors import EvaluationError, ModelError
from recommender.engine.pretrained.network import NetworkArrays, check_form

SHIPPED: Final = Path(str(files("recommender.engine.pretrained") / "weights.safetensors"))


@cache
def shipped_weights() -> NetworkArrays:
    """Return the weights of the package; raises ``ModelError`` where they are damaged."""
    return read_weights(SHIPPED)


def read_weights(path: Path) -> NetworkArrays:
    """Read arrays; raises ``ModelError`` where they are absent, damaged or of another form."""
    try:
        arrays = load(path.read_bytes())
        check_form(arrays)
    except (OSError, SafetensorError, EvaluationError) as error:
        raise ModelError(f"pretrained weights cannot be read ({path}: {error}); install the package anew") from error
    return arrays


def write_weights(arrays: NetworkArrays, path: Path) -> None:
    """Write arrays; equal weights give equal bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(save({name: np.ascontiguousarray(each) for name, each in sorted(arrays.items())}))
