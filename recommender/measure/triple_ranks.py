"""Filtered ranks of completed triples: one answer a query, its other known answers left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.measure.arrays import Flags, Indices
from recommender.measure.ranks import PositiveRanks, Scores


@dataclass(frozen=True)
class TripleRanks:
    """Rank of the answer of Q queries under three rules for ties; arrays (Q,), best rank 1.

    ``optimistic``: before all that score the same. ``pessimistic``: behind them all. ``realistic``: the mean of both,
    which is the expected rank under a random order. The names are PyKEEN's (Berrendorf et al. 2020, "On the ambiguity
    of rank-based evaluation of entity alignment or link prediction methods").
    """

    optimistic: Indices
    pessimistic: Indices

    @property
    def realistic(self) -> npt.NDArray[np.float64]:
        """Mean of the optimistic and the pessimistic rank."""
        return (self.optimistic + self.pessimistic) / 2.0

    def as_positive_ranks(self) -> PositiveRanks:
        """Return the form that ``recommender.measure.metrics`` reads: one positive a query.

        Metrics are expected values over random orders within ties, here as everywhere. Without ties they equal those
        of the realistic rank; with ties, the expected reciprocal rank is at least one over the expected rank.
        """
        ones = np.ones_like(self.optimistic)
        tied = self.pessimistic - self.optimistic + 1
        return PositiveRanks(np.arange(len(ones)), self.optimistic - 1, tied, ones, np.zeros_like(ones), ones)


def filtered_ranks(
    scores: Scores, target: Indices, known: sparse.csr_array, candidates: Flags | None = None
) -> TripleRanks:
    """Rank the target of each query among the candidates that are not known answers (Bordes et al. 2013).

    ``scores`` (Q, N), higher is better. ``target`` (Q,): the column of the answer. ``known`` (Q, N): stored entries
    are answers known from any split; the target itself may be among them and stays. ``candidates`` (Q, N): who may
    answer; everybody, if left out. Raises ``EvaluationError`` for scores of candidates that are not finite, shapes
    that differ, and a target that is no candidate.
    """
    _check(scores, target, known, candidates)
    rows = np.arange(len(target))
    competing = np.ones(scores.shape, dtype=bool) if candidates is None else candidates.copy()
    known = sparse.csr_array(known)
    competing[np.repeat(rows, np.diff(known.indptr)), known.indices] = False
    competing[rows, target] = True
    wanted = scores[rows, target][:, None]
    above = np.count_nonzero((scores > wanted) & competing, axis=1)
    tied = np.count_nonzero((scores == wanted) & competing, axis=1)
    return TripleRanks(above + 1, above + tied)


def concatenate(parts: list[TripleRanks]) -> TripleRanks:
    """Join the ranks of consecutive blocks of queries."""
    return TripleRanks(
        np.concatenate([part.optimistic for part in parts]), np.concatenate([part.pessimistic for part in parts])
    )


def _check(scores: Scores, target: Indices, known: sparse.csr_array, candidates: Flags | None) -> None:
    shapes = {"known": known.shape, "candidates": scores.shape if candidates is None else candidates.shape}
    for name, shape in shapes.items():
        if shape != scores.shape:
            raise EvaluationError(
                Wording(
                    f"{name} {shape}, 점수 {scores.shape}: 배열의 모양이 다릅니다. 둘 다 (질의, 개체) 배열이어야 "
                    "합니다",
                    f"{name} has shape {shape}, scores {scores.shape}; both must be (queries, entities)",
                )
            )
    if target.shape != scores.shape[:1]:
        raise EvaluationError(
            Wording(
                f"질의 {len(scores)}개에 정답이 {len(target)}개입니다. 질의마다 정답 하나를 주십시오",
                f"{len(target)} targets for {len(scores)} queries; give one target a query",
            )
        )
    if not np.isfinite(scores).all():
        row, column = np.argwhere(~np.isfinite(scores))[0]
        raise EvaluationError(
            Wording(
                f"질의 {row}, 개체 {column}의 점수: {scores[row, column]}. NaN의 순위는 우연히 정해지므로 모든 "
                "개체에 유한한 점수를 매겨야 합니다",
                f"the score of entity {column} for query {row} is {scores[row, column]}; a scorer must give a finite "
                "number to every entity, since NaN would be ranked by accident",
            )
        )
    if candidates is not None and not candidates[np.arange(len(target)), target].all():
        row = int(np.argmin(candidates[np.arange(len(target)), target]))
        raise EvaluationError(
            Wording(
                f"질의 {row}의 정답 {target[row]}: 후보가 아닙니다. 관계의 레이블과 다른 정답은 빼십시오",
                f"the answer {target[row]} of query {row} is not a candidate; drop answers of another label than the "
                "relation's",
            )
        )
