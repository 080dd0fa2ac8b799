"""Adam and AdamW along one cycle, held against torch's own optimisers and schedule."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch
from torch import Tensor

from recommender.knowledge.adam import Adam, OneCycleAdamW

RATE = 0.05
_TRAINED = """
import sys, torch
from recommender.knowledge.adam import OneCycleAdamW
parameter = torch.ones(3, requires_grad=True)
optimizer = OneCycleAdamW([parameter], 0.1, 0.01, 4)
parameter.sum().backward()
torch.nn.utils.clip_grad_norm_([parameter], 5.0)
optimizer.step()
assert not [name for name in sys.modules if name.startswith("torch._dynamo")]
"""


def learned(reg: float, *, by_torch: bool) -> Tensor:
    chance = torch.Generator().manual_seed(0)
    parameter = torch.randn(5, 3, generator=chance).requires_grad_()
    theirs: torch.optim.Optimizer = torch.optim.AdamW([parameter], lr=RATE, weight_decay=reg)
    if not reg:
        theirs = torch.optim.Adam([parameter], lr=RATE)
    own = Adam([parameter], reg)
    for batch in torch.randn(9, 7, 5, generator=chance):
        (batch @ parameter).square().mean().backward()
        if by_torch:
            theirs.step()
            theirs.zero_grad()
        else:
            own.step(RATE)
    return parameter.detach()


@pytest.mark.parametrize("reg", [0.0, 0.1])
def test_steps_are_those_of_torch_to_the_bit(reg: float) -> None:
    assert torch.equal(learned(reg, by_torch=False), learned(reg, by_torch=True))


def test_a_step_drops_the_gradients_and_leaves_what_has_none() -> None:
    taught, idle = torch.ones(3, requires_grad=True), torch.ones(2, requires_grad=True)
    optimizer = Adam([taught, idle], 0.1)
    taught.sum().backward()
    optimizer.step(RATE)
    assert taught.grad is None
    assert not torch.equal(taught, torch.ones(3))
    assert torch.equal(idle, torch.ones(2))


def test_training_does_without_the_compiler_of_torch() -> None:
    """It takes seconds and 150 MB to import, and nothing here is compiled."""
    subprocess.run([sys.executable, "-c", _TRAINED], check=True)


def cycled(steps: int, rising: float, *, by_torch: bool) -> tuple[Tensor, ...]:
    """Train three tensors, of which one never has a gradient, by ``steps`` steps."""
    chance = torch.Generator().manual_seed(0)
    first, second, idle = (torch.randn(shape, generator=chance).requires_grad_() for shape in ((5, 3), (3,), (2,)))
    rows = torch.randn(steps, 7, 5, generator=chance)
    if by_torch:
        optimizer = torch.optim.AdamW([first, second, idle], lr=3e-3, weight_decay=1e-2)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=max(2, steps), pct_start=rising)
    own = OneCycleAdamW([first, second, idle], 3e-3, 1e-2, steps, rising=rising)
    for batch in rows:
        (batch @ first + second).square().mean().backward()
        if by_torch:
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
        else:
            own.step()
    return first.detach(), second.detach(), idle.detach()


@pytest.mark.parametrize("rising", [0.1, 0.3])
@pytest.mark.parametrize("steps", [2, 3, 12, 57])
def test_steps_of_a_cycle_are_those_of_torch_to_the_bit(steps: int, rising: float) -> None:
    for one, other in zip(cycled(steps, rising, by_torch=False), cycled(steps, rising, by_torch=True), strict=True):
        assert torch.equal(one, other)


def test_a_single_step_is_that_of_torch() -> None:
    for one, other in zip(cycled(1, 0.3, by_torch=False), cycled(1, 0.3, by_torch=True), strict=True):
        assert torch.equal(one, other)


def test_a_cycle_whose_rate_rises_in_one_step_alone_begins_at_the_highest() -> None:
    parameter = torch.zeros(1, requires_grad=True)
    optimizer = OneCycleAdamW([parameter], 0.5, 0.0, 10, rising=0.1)
    parameter.sum().backward()
    optimizer.step()
    assert parameter.item() == pytest.approx(-0.5)
