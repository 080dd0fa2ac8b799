"""AdamW along one cycle of its rate and momentum (Smith and Topin 2019), as torch's ``OneCycleLR`` has it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from torch import Tensor

from recommender.scorers.adam import Adam

_RISING: Final = 0.3
"""Share of the steps in which the rate rises."""
_FIRST: Final = 25.0
"""What the highest rate is divided by in the first step, ..."""
_LAST: Final = 1e4
"""... and that of the first by in the last."""
_FAST, _SLOW = 0.85, 0.95
"""Momentum where the rate is highest, and at both ends."""


class OneCycleAdamW:
    """``steps`` steps of AdamW; ``rate``: the highest, ``reg``: weight decay."""

    def __init__(self, parameters: Iterable[Tensor], rate: float, reg: float, steps: int) -> None:
        self._adam = Adam(parameters, reg)
        self._rate, self._steps = rate, max(2, steps)
        self._taken = 0

    def step(self) -> None:
        """Move the parameters along their gradients, and drop those."""
        self._adam.step(*self._at(self._taken))
        self._taken += 1

    def _at(self, step: int) -> tuple[float, float]:
        """Rate and momentum of a step, from 0 on."""
        first, top, end = self._rate / _FIRST, _RISING * self._steps - 1, self._steps - 1
        if step <= top:
            share = step / top
            return _eased(first, self._rate, share), _eased(_SLOW, _FAST, share)
        share = (step - top) / (end - top)
        return _eased(self._rate, first / _LAST, share), _eased(_FAST, _SLOW, share)


def _eased(start: float, end: float, share: float) -> float:
    """Go from one number to another along half a wave of the cosine."""
    return end + (start - end) / 2.0 * (math.cos(math.pi * share) + 1)
