"""One cycle of the rate and the momentum of a training (Smith and Topin 2019), as torch's ``OneCycleLR`` has it.

At a constant rate what is learned last is noise.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

_FIRST: Final = 25.0
"""What the highest rate of a cycle is divided by in the first step, ..."""
_LAST: Final = 1e4
"""... and that of the first by in the last; both as ``OneCycleLR`` has them."""
_FAST, _SLOW = 0.85, 0.95
"""Momentum where the rate is highest, and at both ends."""
_LEAST_STEPS: Final = 2
"""A cycle has two ends."""


@dataclass(frozen=True)
class OneCycle:
    """A rate that rises and falls, each along half a wave of the cosine, and a momentum that does the contrary."""

    rate: float
    """The highest; above 0."""
    steps: int
    """Of the training; 1 or more."""
    rising: float = 0.3
    """Share of the steps in which the rate rises, above 0 and below 1."""

    def at(self, step: int) -> tuple[float, float]:
        """Rate and momentum of a step, from 0 on."""
        steps = max(_LEAST_STEPS, self.steps)
        first, top, end = self.rate / _FIRST, self.rising * steps - 1, steps - 1
        if step <= top > 0:
            share = step / top
            return _eased(first, self.rate, share), _eased(_SLOW, _FAST, share)
        share = (step - top) / (end - top)
        return _eased(self.rate, first / _LAST, share), _eased(_FAST, _SLOW, share)


def _eased(start: float, end: float, share: float) -> float:
    """Go from one number to another along half a wave of the cosine."""
    return end + (start - end) / 2.0 * (math.cos(math.pi * share) + 1)
