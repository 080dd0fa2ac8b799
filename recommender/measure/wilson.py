"""Interval of a share of independent cases (Wilson 1927)."""

from __future__ import annotations

import math


def wilson_interval(hits: int, cases: int, z: float = 1.959964) -> tuple[float, float]:
    """Return the bounds of the share, 95 % by default; (0, 1) where there are no cases."""
    if not cases:
        return 0.0, 1.0
    share = hits / cases
    centre = (share + z * z / (2 * cases)) / (1 + z * z / cases)
    half = z * math.sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases)) / (1 + z * z / cases)
    return max(0.0, centre - half), min(1.0, centre + half)
