"""The pool of a question: the best candidates of every source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Flags, Floats, Halves, Indices

_LEAST_EACH = 60
"""Chosen by hand: with many sources an even part of the pool would be a handful each; twice the pool gained nothing."""
_PLACE_BITS = 32
"""The lower half of a number of 64 bits."""


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


def blocked_cells(questions: Questions, known: Known) -> Flags:
    """Flag what can never be an answer, (Q, C): no candidate, known already, or the asker itself."""
    blocked = np.broadcast_to(~known.is_candidate, (len(questions), questions.n_candidates)).copy()
    mask = known.dataset.spec.mask
    if mask.known:
        blocked[np.repeat(np.arange(len(questions)), np.diff(questions.context.indptr)), questions.context.indices] = (
            True
        )
    if known.same_label and mask.self_ and questions.guests is None:
        blocked[np.arange(len(questions)), questions.query] = True
    return blocked


def best_of_each(scores: Sequence[Floats], size: int) -> Flags:
    """Return the best of every source, (Q, C); ``scores`` are -inf where blocked, and only those above 0 count.

    Where there are no more candidates than ``size``, all are chosen.
    """
    if scores[0].shape[1] <= size:
        return np.asarray(scores[0] > -np.inf)
    chosen = np.zeros(scores[0].shape, dtype=bool)
    each = max(_LEAST_EACH, size // len(scores))
    for values in scores:
        place, above = largest(values, min(each, values.shape[1]))
        row, rank = np.nonzero(above)
        chosen[row, place[row, rank]] = True
    return chosen


def largest(values: Floats, most: int) -> tuple[Indices, Flags]:
    """Columns of the ``most`` largest cells of each row, the first of those alike, and which are above 0; (Q, most).

    What is not above 0 is alike. A cell is a number of its own, its value before its place: partitions of what is
    mostly alike, as sparse scores are, take many times as long.
    """
    last = values.shape[1] - 1
    # Floats of 0 or more are in the order of their bits.
    cells = np.maximum(values, np.float32(0)).view(np.int32).astype(np.int64) << _PLACE_BITS
    cells |= np.arange(last, -1, -1)
    top = np.partition(cells, last + 1 - most, axis=1)[:, last + 1 - most :]
    return last - (top & ((1 << _PLACE_BITS) - 1)), top >> _PLACE_BITS > 0
