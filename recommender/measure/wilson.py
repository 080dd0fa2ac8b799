"""Interval of a share of independent cases (Wilson 1927)."""

from __future__ import annotations

import math
from typing import Final

_Z: Final = 1.959964
"""Of 95 %, both tails left out."""


def wilson_interval(hits: int, cases: int) -> tuple[float, float]:
    """Return the bounds of the share, 95 %; (0, 1) where there are no cases."""
    if not cases:
        return 0.0, 1.0
    share, z = hits / cases, _Z
    centre = (share + z * z / (2 * cases)) / (1 + z * z / cases)
    half = z * math.sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases)) / (1 + z * z / cases)
    return max(0.0, centre - half), min(1.0, centre + half)
