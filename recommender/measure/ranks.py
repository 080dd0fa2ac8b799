"""Where the positives of each query stand in a full ranking, ties kept as ties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.measure.arrays import Indices

Scores = npt.NDArray[np.float32] | npt.NDArray[np.float64]
TIE_RULE: Final = "expected: the mean over random orders within a tie, exact"


@dataclass(frozen=True)
class PositiveRanks:
    """The places of P positives over Q queries; all that ranking metrics need.

    Positives are sorted by query, best first. ``query``, ``above``, ``tied``, ``tied_positives`` and
    ``positives_above`` have shape (P,): whose positive it is, how many candidates score strictly higher, how many
    score the same (itself counted), how many of those are positives, and how many positives score strictly higher.
    ``counts``, shape (Q,): positives of each query, at least 1.
    """

    query: Indices
    above: Indices
    tied: Indices
    tied_positives: Indices
    positives_above: Indices
    counts: Indices

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def first(self) -> Indices:
        """Row of each query's best positive, shape (Q,)."""
        return np.asarray(np.cumsum(self.counts) - self.counts, dtype=np.int64)


def rank_positives(scores: Scores, positives: sparse.csr_array, known: sparse.csr_array | None = None) -> PositiveRanks:
    """Rank the positives of each query among all candidates that are not ``known`` to it.

    ``scores``: (Q, C), higher is better. ``positives`` and ``known``: (Q, C), stored entries count whatever their
    value. Raises ``EvaluationError`` for scores that are not finite, a query without a positive, or a positive that
    is known already.
    """
    positives = _pattern(positives)
    known = _pattern(known) if known is not None else sparse.csr_array(scores.shape, dtype=np.int8)
    _check(scores, positives, known)
    counts = np.diff(positives.indptr).astype(np.int64)
    query = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    above, tied = np.empty(len(query), np.int64), np.empty(len(query), np.int64)
    for row in range(len(counts)):
        mine = slice(positives.indptr[row], positives.indptr[row + 1])
        values = scores[row].astype(scores.dtype, copy=True)
        values[known.indices[known.indptr[row] : known.indptr[row + 1]]] = -np.inf
        wanted = values[positives.indices[mine]]
        values.sort()
        right = np.searchsorted(values, wanted, side="right")
        above[mine] = scores.shape[1] - right
        tied[mine] = right - np.searchsorted(values, wanted, side="left")
    order = np.lexsort((above, query))
    return _with_positives(query, above[order], tied[order], counts)


def concatenate(parts: Sequence[PositiveRanks]) -> PositiveRanks:
    """Join the ranks of consecutive blocks of queries."""
    offsets = np.cumsum([0, *(len(part) for part in parts[:-1])])
    return PositiveRanks(
        np.concatenate([part.query + offset for part, offset in zip(parts, offsets, strict=True)]),
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("above", "tied", "tied_positives", "positives_above", "counts")
        ),
    )


def _with_positives(query: Indices, above: Indices, tied: Indices, counts: Indices) -> PositiveRanks:
    """Count the positives within and above each tie; rows are sorted by query, then by ``above``."""
    starts = np.ones(len(query), dtype=bool)
    starts[1:] = (query[1:] != query[:-1]) | (above[1:] != above[:-1])
    first = np.flatnonzero(starts)
    sizes = np.diff(np.append(first, len(query)))
    tied_positives = np.repeat(sizes, sizes)
    positives_above = np.repeat(first, sizes) - np.repeat(np.cumsum(counts) - counts, counts)
    return PositiveRanks(query, above, tied, tied_positives.astype(np.int64), positives_above.astype(np.int64), counts)


def _pattern(matrix: sparse.csr_array) -> sparse.csr_array:
    """Copy with sorted, unique column indices; stored zeros stay, since an entry counts whatever its value."""
    rows = sparse.csr_array(matrix)
    ones = np.ones(len(rows.indices), dtype=np.int8)
    pattern = sparse.csr_array((ones, rows.indices.copy(), rows.indptr.copy()), shape=rows.shape)
    pattern.sum_duplicates()
    return pattern


def _check(scores: Scores, positives: sparse.csr_array, known: sparse.csr_array) -> None:
    if not scores.shape == positives.shape == known.shape:
        raise EvaluationError(
            Wording(
                f"점수 {scores.shape}, 정답 {positives.shape}, 알려진 쌍 {known.shape}의 배열 모양이 다릅니다. 모두 "
                "같은 순서의 (질의, 후보) 배열이어야 합니다",
                f"scores {scores.shape}, positives {positives.shape} and known pairs {known.shape} differ in shape; "
                "all must be (queries, candidates) in one order",
            )
        )
    finite = np.isfinite(scores)
    if not finite.all():
        row, column = np.argwhere(~finite)[0]
        count = int((~finite).sum())
        raise EvaluationError(
            Wording(
                f"유한하지 않은 점수가 {count}개 있습니다(처음: 질의 {row}, 후보 {column}). NaN의 순위는 우연히 "
                "정해지므로 모든 후보에 점수를 매겨야 합니다",
                f"{count} scores are not finite, the first at query {row}, candidate {column}; a scorer "
                "must give a number to every candidate, since NaN would be ranked by accident",
            )
        )
    if (np.diff(positives.indptr) == 0).any():
        row = int(np.argmin(np.diff(positives.indptr)))
        raise EvaluationError(
            Wording(
                f"질의 {row}: 정답이 없습니다. 정답이 있는 질의만 물으십시오",
                f"query {row} has no positive; ask only queries that have one",
            )
        )
    overlap = positives.multiply(known)
    if overlap.nnz:
        row, column = (int(axis[0]) for axis in overlap.nonzero())
        raise EvaluationError(
            Wording(
                f"정답 {overlap.nnz}개가 알려진 쌍에 들어 있어 답이 미리 드러났습니다(처음: 질의 {row}, 후보 "
                f"{column}). 알려진 쌍은 그 구간 이전 것만 쓰십시오",
                f"{overlap.nnz} positives are among the known pairs, the first at query {row}, candidate {column}: "
                "the answer was given away; take known pairs only from before the window",
            )
        )
