"""AdamW along one cycle, held against torch's own optimiser and schedule."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from recommender.engine.one_cycle import OneCycleAdamW

RATE, REG = 3e-3, 1e-2


def learned(steps: int, *, by_torch: bool) -> tuple[Tensor, ...]:
    """Train three tensors, of which one never has a gradient, by ``steps`` steps."""
    chance = torch.Generator().manual_seed(0)
    first, second, idle = (torch.randn(shape, generator=chance).requires_grad_() for shape in ((5, 3), (3,), (2,)))
    rows = torch.randn(steps, 7, 5, generator=chance)
    if by_torch:
        optimizer = torch.optim.AdamW([first, second, idle], lr=RATE, weight_decay=REG)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=max(2, steps))
    own = OneCycleAdamW([first, second, idle], RATE, REG, steps)
    for batch in rows:
        (batch @ first + second).square().mean().backward()
        if by_torch:
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
        else:
            own.step()
    return first.detach(), second.detach(), idle.detach()


@pytest.mark.parametrize("steps", [1, 2, 3, 10, 57])
def test_steps_are_those_of_torch_to_the_bit(steps: int) -> None:
    for one, other in zip(learned(steps, by_torch=False), learned(steps, by_torch=True), strict=True):
        assert torch.equal(one, other)
