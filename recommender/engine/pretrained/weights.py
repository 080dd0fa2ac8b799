"""Pretrained weights as files: LightGBM's text and safetensors, nothing executable."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from graph_schema.errors import ModelError
from recommender.engine.pretrained.network import INPUTS, NetworkArrays
from recommender.engine.pretrained.trees import ranker_of, ranker_text

_TREES: Final = "trees.txt.gz"
_NETWORK: Final = "network.safetensors"


@dataclass(frozen=True)
class Weights:
    """What was learnt: ``trees`` of LightGBM, and the arrays of the ``network``."""

    trees: Any
    network: NetworkArrays


@cache
def shipped_weights() -> Weights:
    """Return the weights of the package; raises ``ModelError`` where they are damaged."""
    return read_weights(Path(str(files("recommender.engine.pretrained") / "weights")))


def read_weights(folder: Path) -> Weights:
    """Read both files; raises ``ModelError`` where they are absent, damaged or of another form."""
    try:
        text = gzip.decompress((folder / _TREES).read_bytes()).decode()
        arrays = load((folder / _NETWORK).read_bytes())
    except (OSError, EOFError, UnicodeDecodeError, SafetensorError) as error:
        raise ModelError(
            f"pretrained weights in {folder} cannot be read ({error}); install the package anew"
        ) from error
    width = arrays["skip.weight"].shape[1] if "skip.weight" in arrays else 0
    if width != INPUTS:
        raise ModelError(f"the pretrained network reads {width} inputs, there are {INPUTS}; learn the weights anew")
    return Weights(ranker_of(text), arrays)


def write_weights(weights: Weights, folder: Path) -> None:
    """Write both files; equal weights give equal bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _TREES).write_bytes(gzip.compress(ranker_text(weights.trees).encode(), mtime=0))
    arrays = {name: np.ascontiguousarray(each) for name, each in sorted(weights.network.items())}
    (folder / _NETWORK).write_bytes(save(arrays))
