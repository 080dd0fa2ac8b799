"""Adam with decoupled weight decay, at a rate of one's own or along one cycle, step for step as torch's optimisers.

Those classes bring in torch's compiler when they are first used: seconds of processor time and 150 MB for steps that
are not compiled. What a step computes is torch's own function, which needs none of it. Whatever torch trains by Adam is
trained by this one; ``scorers.attribute_factors`` takes its steps in numpy, so that its fit needs no torch, along the
same cycle.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import torch
from torch import Tensor
from torch.optim.adamw import adamw

from recommender.knowledge.one_cycle import OneCycle

_SECOND_MOMENT: Final = 0.999
"""Of the paper, as torch has it."""
_EPSILON: Final = 1e-8
"""Of the paper."""


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
    """AdamW along ``OneCycle``.

    ``rate``: the highest; ``reg``: weight decay; ``rising``: share of the ``steps`` in which the rate rises.
    """

    def __init__(
        self, parameters: Iterable[Tensor], rate: float, reg: float, steps: int, *, rising: float = 0.3
    ) -> None:
        self._adam = Adam(parameters, reg)
        self._cycle, self._taken = OneCycle(rate, steps, rising), 0

    def step(self) -> None:
        """Move the parameters along their gradients, and drop those."""
        self._adam.step(*self._cycle.at(self._taken))
        self._taken += 1
