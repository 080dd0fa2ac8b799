"""Arrays by name in a safetensors file, which holds numbers alone and runs no code when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from graph_schema.errors import ModelError
from graph_schema.wording import Wording
from recommender.measure.arrays import Arrays


def write_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays, each by its name."""
    save_file({name: np.ascontiguousarray(each) for name, each in arrays.items()}, path)


def read_arrays(path: Path) -> Arrays:
    """Read them again; raises ``ModelError`` where the file is damaged or gone."""
    try:
        return dict(load_file(path))
    except (OSError, SafetensorError) as error:
        raise ModelError(
            Wording(
                f"{path}: 읽을 수 없습니다({error}). 다시 학습하거나 이전 모델로 되돌리십시오",
                f"{path} cannot be read ({error}); train again or roll back",
            )
        ) from error
