"""Adam, held against torch's own."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch
from torch import Tensor

from recommender.scorers.adam import Adam

RATE = 0.05
_TRAINED = """
import sys, torch
from recommender.engine.one_cycle import OneCycleAdamW
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
