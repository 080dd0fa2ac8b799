"""Adam with decoupled weight decay, at a rate of one's own or along one cycle, step for step as torch's optimisers.

Those classes bring in torch's compiler when they are first used: seconds of processor time and 150 MB for steps that
are not compiled. What a step computes is torch's own function, which needs none of it. Whatever torch trains by Adam is
trained by this one; ``scorers.attribute_factors`` has steps of its own in numpy, so that its fit needs no torch at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import torch
from torch import Tensor
from torch.optim.adamw import adamw

_SECOND_MOMENT: Final = 0.999
"""Of the paper, as torch has it."""
_EPSILON: Final = 1e-8
"""Of the paper."""
_FIRST: Final = 25.0
"""What the highest rate of a cycle is divided by in the first step, ..."""
_LAST: Final = 1e4
"""... and that of the first by in the last; both as ``OneCycleLR`` has them."""
_FAST, _SLOW = 0.85, 0.95
"""Momentum where the rate is highest, and at both ends."""


class Adam:
    """Adam (Kingma and Ba 2015), with ``reg`` AdamW (Loshchilov and Hutter 2019); that is the weight decay."""

    def __init__(self, parameters: Iterable[Tensor], reg: float = 0.0) -> None:
        self._parameters, self._reg = list(parameters), reg
        self._means = [torch.zeros_like(each) for each in self._parameters]
        self._squares = [torch.zeros_like(each) for each in self._parameters]
        self._counts = [torch.tensor(0.0) for _ in self._parameters]

    def step(self, rate: float, momentum: float = 0.9) -> None:
        """Move the parameters along their gradients, and drop those; what has no gradient stays."""
        learned = [at for at, each in enumerate(self._parameters) if each.grad is not None]
        with torch.no_grad():
            adamw(
                [self._parameters[at] for at in learned],
                [gradient for each in self._parameters if (gradient := each.grad) is not None],
                [self._means[at] for at in learned],
                [self._squares[at] for at in learned],
                [],
                [self._counts[at] for at in learned],
                amsgrad=False,
                beta1=momentum,
                beta2=_SECOND_MOMENT,
                lr=rate,
                weight_decay=self._reg,
                eps=_EPSILON,
                maximize=False,
            )
        for each in self._parameters:
            each.grad = None


class OneCycleAdamW:
    """AdamW along one cycle of its rate and momentum (Smith and Topin 2019), as torch's ``OneCycleLR`` has it.

    ``rate``: the highest; ``reg``: weight decay; ``rising``: share of the ``steps`` in which the rate rises.
    """

    def __init__(
        self, parameters: Iterable[Tensor], rate: float, reg: float, steps: int, *, rising: float = 0.3
    ) -> None:
        self._adam = Adam(parameters, reg)
        self._rate, self._steps, self._rising = rate, max(2, steps), rising
        self._taken = 0

    def step(self) -> None:
        """Move the parameters along their gradients, and drop those."""
        self._adam.step(*self._at(self._taken))
        self._taken += 1

    def _at(self, step: int) -> tuple[float, float]:
        """Rate and momentum of a step, from 0 on."""
        first, top, end = self._rate / _FIRST, self._rising * self._steps - 1, self._steps - 1
        if step <= top > 0:
            share = step / top
            return _eased(first, self._rate, share), _eased(_SLOW, _FAST, share)
        share = (step - top) / (end - top)
        return _eased(self._rate, first / _LAST, share), _eased(_FAST, _SLOW, share)


def _eased(start: float, end: float, share: float) -> float:
    """Go from one number to another along half a wave of the cosine."""
    return end + (start - end) / 2.0 * (math.cos(math.pi * share) + 1)
