"""Three values, as numbers: 1 it is so, -1 it is not, 0 it is not known; over numbers and arrays alike.

What holds together is the smallest of its parts, what suffices alone the largest, and the contrary the negative
(Kleene's strong logic), so that NumPy's ``minimum`` and ``maximum`` join them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Truth = npt.NDArray[np.int8]


def at_most(value: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike) -> Truth:
    """Whether a value keeps a limit that lies between ``low`` and ``high``; NaN is not known."""
    return _three(np.less_equal(value, low), np.greater(value, high))


def fewer(value: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike) -> Truth:
    """Whether a value lies below a limit that lies between ``low`` and ``high``; NaN is not known."""
    return _three(np.less(value, low), np.greater_equal(value, high))


def _three(so: npt.NDArray[np.bool_], not_so: npt.NDArray[np.bool_]) -> Truth:
    return np.asarray(so, dtype=np.int8) - np.asarray(not_so, dtype=np.int8)
