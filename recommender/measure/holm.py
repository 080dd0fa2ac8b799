"""P-values of several comparisons that are read together, corrected for their number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values, each corrected so that one of all false ones is below 0.05 in at most one case of twenty.

    The smallest of m is multiplied by m, the next by m - 1, and so on; none falls below one before it. Holm (1979),
    "A simple sequentially rejective multiple test procedure", which holds however the comparisons depend on each other.
    """
    values = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(values, kind="stable")
    corrected = np.empty(len(values))
    corrected[order] = np.minimum(1.0, np.maximum.accumulate(values[order] * np.arange(len(values), 0, -1)))
    return [float(each) for each in corrected]
