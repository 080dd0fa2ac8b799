"""The shared softmax against its definition."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from benchmarks.propagation.loss import shared_softmax


def plain(queries: Tensor, candidates: Tensor, bias: Tensor, rows: Tensor, expected: Tensor) -> Tensor:
    """Compute the definition with the whole matrix of scores."""
    count = len(queries)
    positive = (queries * candidates[:count]).sum(dim=1) + bias[:count]
    other = queries @ candidates[count:].T + bias[count:] - expected
    other = other.masked_fill(rows[:count, None] == rows[None, count:], -torch.inf)
    return (torch.logaddexp(positive, other.logsumexp(dim=1)) - positive).mean()


@pytest.mark.parametrize("batch", [1, 512, 700])
def test_loss_and_gradients_are_those_of_the_definition(batch: int) -> None:
    torch.manual_seed(0)
    shapes = [(batch, 8), (batch + 30, 8), (batch + 30,)]
    inputs = [torch.randn(shape, requires_grad=True) for shape in shapes]
    rows, expected = torch.randint(0, 40, (batch + 30,)), torch.randn(30)
    found, wanted = (loss(*inputs, rows, expected) for loss in (shared_softmax, plain))
    torch.testing.assert_close(found, wanted)
    for one, other in zip(torch.autograd.grad(found, inputs), torch.autograd.grad(wanted, inputs), strict=True):
        torch.testing.assert_close(one, other)


def test_with_all_candidates_drawn_as_often_as_expected_it_is_the_full_softmax() -> None:
    """One asker, candidates 0, 1, 2, the positive 0: the negatives 0, 1, 2 each once, expected once."""
    scores = torch.tensor([2.0, 1.0, 0.5])
    vectors = torch.eye(3)[[0, 0, 1, 2]]
    loss = shared_softmax(scores[None], vectors, torch.zeros(4), torch.tensor([0, 0, 1, 2]), torch.zeros(3))
    assert loss.item() == pytest.approx(-scores.log_softmax(0)[0].item())
