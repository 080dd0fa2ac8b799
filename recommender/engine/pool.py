"""The pool of a question: the best candidates of every source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommender.knowledge.known import Asked, Known
from recommender.measure.arrays import Floats, Halves, Indices

_LEAST_EACH = 60
"""Chosen by hand: with many sources an even part of the pool would be a handful each; twice the pool gained nothing."""


@dataclass(frozen=True)
class Pool:
    """Candidates of Q questions, sorted by question: ``start`` (Q + 1,), ``candidate`` and the rest (rows,).

    ``features`` (rows, F), float16, belong to question and candidate.
    """

    start: Indices
    candidate: Indices
    features: Halves

    @property
    def question(self) -> Indices:
        """Question of each row, (rows,)."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))


def blocked_cells(asked: Asked, known: Known) -> npt.NDArray[np.bool_]:
    """Flag what can never be an answer, (Q, C): no candidate, known already, or the asker itself."""
    blocked = np.broadcast_to(~known.is_candidate, (len(asked), asked.n_candidates)).copy()
    mask = known.dataset.spec.mask
    if mask.known:
        blocked[np.repeat(np.arange(len(asked)), np.diff(asked.context.indptr)), asked.context.indices] = True
    if known.same_label and mask.self_:
        blocked[np.arange(len(asked)), asked.query] = True
    return blocked


def best_of_each(scores: Sequence[Floats], size: int) -> npt.NDArray[np.bool_]:
    """Return the best of every source, (Q, C); ``scores`` are -inf where blocked, and only those above 0 count.

    Where there are no more candidates than ``size``, all are chosen.
    """
    if scores[0].shape[1] <= size:
        return np.asarray(scores[0] > -np.inf)
    import torch

    chosen = np.zeros(scores[0].shape, dtype=bool)
    each = max(_LEAST_EACH, size // len(scores))
    for values in scores:
        each = min(each, values.shape[1])
        # numpy's argpartition takes many times as long where most of a row is alike, as sparse scores are.
        top = torch.topk(torch.from_numpy(values), each, dim=1, sorted=False).indices.numpy()
        found = np.take_along_axis(values, top, axis=1) > 0
        rows = np.broadcast_to(np.arange(len(top))[:, None], top.shape)
        chosen[rows[found], top[found]] = True
    return chosen
