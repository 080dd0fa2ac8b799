"""Names for numpy arrays by what they hold; a docstring beside each use gives the shape."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
"""Scores, vectors, weights."""
Values = npt.NDArray[np.float64]
"""Metrics and probabilities, where sums must be exact."""
Halves = npt.NDArray[np.float16]
"""Features kept for many rows."""
Indices = npt.NDArray[np.int64]
"""Places in another array, ranks, counts."""
Flags = npt.NDArray[np.bool_]
Splits = npt.NDArray[np.int8]
"""Splits of rows, places in ``knowledge.dataset.SPLITS``."""
Objects = npt.NDArray[np.object_]
"""Texts and other values of Python, None where there is none."""
Texts = npt.NDArray[np.str_]
Times = npt.NDArray[np.datetime64]
"""Moments to the second; NaT where there is none."""
Days = npt.NDArray[np.datetime64]
"""Days; NaT where there is none."""
Arrays = dict[str, npt.NDArray[Any]]
"""What training found, by name."""


def under(arrays: Arrays, prefix: str) -> Arrays:
    """Arrays whose names begin with ``prefix``, by the rest of their names."""
    return {name.removeprefix(prefix): each for name, each in arrays.items() if name.startswith(prefix)}
