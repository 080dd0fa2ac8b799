"""Sampled softmax with negatives that a whole batch shares, and its gradient, block by block."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

_ROWS = 512
"""Askers at a time: their scores of all candidates are what takes memory."""


def shared_softmax(queries: Tensor, candidates: Tensor, bias: Tensor, rows: Tensor, expected: Tensor) -> Tensor:
    """Cross-entropy of the positive of each asker against the negatives of all, corrected for how they were drawn.

    ``queries``: (B, d); ``candidates``: (B + N, d), the B positives, then the N negatives, with ``bias`` and ``rows``
    (B + N,), which of all candidates they are; ``expected``: (N,) log of how often each was expected among the N. A
    negative's score is lowered by that, so that popular candidates, drawn more often, are not pushed down for it
    (Jean et al., 2015; Yi et al., 2019). A negative that is the asker's own positive is left out.
    """
    count = len(queries)
    positive = (queries.float() * candidates[:count].float()).sum(dim=1) + bias[:count].float()
    offsets = bias[count:].float() - expected
    total = _LogSumExp.apply(queries, candidates[count:], offsets, rows[:count], rows[count:])
    return (torch.logaddexp(positive, total) - positive).mean()


class _LogSumExp(torch.autograd.Function):
    """log Σ_n exp(q · c_n + offset_n) without the own positive; (B,).

    Scores and their exponentials of a block of rows stay in the cache and are computed again for the gradient; the
    whole (B, N) matrix is never in memory.
    """

    @staticmethod
    def forward(ctx: Any, *inputs: Tensor) -> Tensor:
        queries, negatives, offsets, own, rows = inputs
        out = torch.empty(len(queries), dtype=torch.float32, device=queries.device)
        hits = _accidental(own, rows)
        for start in range(0, len(queries), _ROWS):
            block = slice(start, start + _ROWS)
            out[block] = _scores(queries[block], negatives, offsets, hits, start).logsumexp(dim=1)
        ctx.save_for_backward(queries, negatives, offsets, out, *hits)
        return out

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        queries, negatives, offsets, out, *hits = ctx.saved_tensors
        into_queries = torch.empty_like(queries)
        into_negatives = torch.zeros_like(negatives, dtype=torch.float32)
        into_offsets = torch.zeros_like(offsets)
        for start in range(0, len(queries), _ROWS):
            block = slice(start, start + _ROWS)
            shares = _scores(queries[block], negatives, offsets, hits, start).sub_(out[block, None]).exp_()
            shares.mul_(grads[0][block, None])
            narrow = shares.to(queries.dtype)
            into_queries[block] = narrow @ negatives
            into_negatives += (narrow.T @ queries[block]).float()
            into_offsets += shares.sum(dim=0)
        return into_queries, into_negatives.to(negatives.dtype), into_offsets, None, None


def _scores(queries: Tensor, negatives: Tensor, offsets: Tensor, hits: Any, start: int) -> Tensor:
    """Scores of a block of rows in single precision, −∞ where a negative is the own positive."""
    scores = (queries @ negatives.T).float().add_(offsets)
    row, column = hits
    inside = (row >= start) & (row < start + len(queries))
    scores[row[inside] - start, column[inside]] = -torch.inf
    return scores


def _accidental(own: Tensor, rows: Tensor) -> tuple[Tensor, Tensor]:
    """Where a negative is the row's own positive, as rows and columns: found by sorting, not by B × N comparisons."""
    order = torch.argsort(rows)
    ranked = rows[order]
    low, high = torch.searchsorted(ranked, own), torch.searchsorted(ranked, own, right=True)
    count = high - low
    row = torch.repeat_interleave(torch.arange(len(own), device=own.device), count)
    first = torch.repeat_interleave(low - count.cumsum(0) + count, count)
    return row, order[first + torch.arange(len(row), device=own.device)]
