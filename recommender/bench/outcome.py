"""What one trained model did on one window: ranks of the answers, ranked lists, spread and cost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.measure.arrays import Indices, Values
from recommender.measure.calibration import SHOWN, reliability
from recommender.measure.exposure import Exposure
from recommender.measure.ranks import PositiveRanks, Scores, concatenate, rank_positives

BLOCK_CELLS: Final = 8_000_000
"""Scores held at a time, which bounds memory: some 300 MB with all that is derived from them."""
LIST_DEPTH: Final = 100
"""Deeper than any metric looks."""


@dataclass(frozen=True)
class Lists:
    """Best candidates of each query, best first: those of query q lie in ``starts[q]:starts[q + 1]``."""

    starts: Indices
    columns: Indices
    scores: Values


@dataclass(frozen=True)
class Cost:
    """Seconds and the process's resident memory at its highest; ``curve`` holds (seconds, value) while learning."""

    fit_seconds: float = 0.0
    score_seconds: float = 0.0
    peak_mib: float = 0.0
    curve: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class SeedOutcome:
    """One seed of one model on one window.

    ``answers``, shape (P,): the candidate of each positive of ``ranks``, in its order. ``reliability``, shape
    (bins, 3): mean probability, share that came true, and how many of the listed candidates that is of. ``note``: what
    the scorer says of itself.
    """

    ranks: PositiveRanks
    answers: Indices
    coverage: float
    gini: float
    lists: Lists
    reliability: Values = field(default_factory=lambda: np.empty((0, 3)))
    cost: Cost = field(default_factory=Cost)
    note: Wording | None = None

    def with_cost(self, cost: Cost) -> SeedOutcome:
        """Return the same with what it took."""
        return replace(self, cost=cost)

    def without_lists(self) -> SeedOutcome:
        """Return the same without ranked lists, which only the files of the test window need."""
        nothing = np.empty(0, dtype=np.int64)
        return replace(self, lists=Lists(np.zeros(len(self.ranks) + 1, dtype=np.int64), nothing, np.empty(0)))

    def same_as(self, other: SeedOutcome) -> bool:
        """Tell whether both rank alike, ties included."""
        return (
            np.array_equal(self.ranks.above, other.ranks.above)
            and np.array_equal(self.ranks.tied, other.ranks.tied)
            and np.array_equal(self.answers, other.answers)
            and np.array_equal(self.lists.columns, other.lists.columns)
        )


class Collector:
    """Takes blocks of scores in the order of the queries and keeps what an ``SeedOutcome`` needs."""

    def __init__(self, candidates: int, exposure_at: int) -> None:
        self._exposure = Exposure(candidates, exposure_at)
        self._ranks: list[PositiveRanks] = []
        self._answers: list[Indices] = []
        self._columns: list[Indices] = []
        self._scores: list[Values] = []
        self._chances: list[Values] = []
        self._true: list[npt.NDArray[np.bool_]] = []

    def add(
        self,
        scores: Scores,
        positives: sparse.csr_array,
        masked: sparse.csr_array,
        columns: Indices,
        chances: Values | None = None,
    ) -> None:
        """Count a block of scores, (Q, C); ``columns``, (C,), are the names of the candidates in the outcome.

        With ``chances``, (Q, C), the probabilities of the candidates that head each list are held against the truth.
        """
        self._ranks.append(rank_positives(scores, positives, masked))
        self._answers.append(columns[ranked_answers(scores, positives)])
        self._exposure.add(scores, masked)
        for row, (found, best) in enumerate(top_lists(scores, masked)):
            self._columns.append(columns[found])
            self._scores.append(best)
            if chances is not None:
                head = found[:SHOWN]
                self._chances.append(np.asarray(chances[row, head], dtype=np.float64))
                self._true.append(np.isin(head, positives[[row]].indices))

    def outcome(self) -> SeedOutcome:
        """Return all of it, without cost."""
        starts = np.cumsum([0, *map(len, self._columns)]).astype(np.int64)
        lists = Lists(starts, np.concatenate(self._columns), np.concatenate(self._scores))
        ranks, answers = concatenate(self._ranks), np.concatenate(self._answers)
        bins = (
            reliability(np.concatenate(self._chances), np.concatenate(self._true))
            if self._chances
            else np.empty((0, 3))
        )
        return SeedOutcome(ranks, answers, self._exposure.coverage(), self._exposure.gini(), lists, bins)


def checked(scores: object, shape: tuple[int, int], name: str) -> Scores:
    """Return scores of the right shape and kind; raises ``EvaluationError`` naming the model otherwise."""
    found = np.asarray(scores)
    if found.shape != shape:
        raise EvaluationError(
            Wording(
                f"모델 {name}: 점수 배열의 모양이 맞지 않습니다: {found.shape}. (질의, 후보) = {shape} 배열이어야 "
                "합니다",
                f"{name} gave scores of shape {found.shape}, wanted are (queries, candidates) = {shape}",
            )
        )
    if found.dtype not in (np.float32, np.float64):
        found = found.astype(np.float64)
    if not np.isfinite(found).all():
        row, column = np.argwhere(~np.isfinite(found))[0]
        score = found[row, column]
        raise EvaluationError(
            Wording(
                f"모델 {name}: 질의 {row}, 후보 {column}의 점수: {score}. NaN의 순위는 우연히 정해지므로 모든 "
                "후보에 유한한 점수를 매겨야 합니다",
                f"{name} gave {score} to candidate {column} of query {row}; a scorer must give a finite number to "
                "every candidate, since NaN would be ranked by accident",
            )
        )
    return found


def ranked_answers(scores: Scores, positives: sparse.csr_array) -> Indices:
    """Columns of the positives in the order of ``rank_positives``: by query, best first; shape (P,)."""
    rows = sparse.csr_array(positives)
    rows.sum_duplicates()
    query = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    order = np.lexsort((-scores[query, rows.indices], query))
    return np.asarray(rows.indices[order], dtype=np.int64)


def top_lists(scores: Scores, masked: sparse.csr_array, depth: int = LIST_DEPTH) -> list[tuple[Indices, Values]]:
    """Best ``depth`` candidates of each query, none masked, with scores; equal ones in the candidates' order."""
    values = np.array(scores, copy=True)
    rows = sparse.csr_array(masked)
    values[np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr)), rows.indices] = -np.inf
    if values.shape[1] > depth:
        place = values.shape[1] - depth
        edge = np.partition(values, place, axis=1)[:, place]
    else:
        edge = np.full(len(values), -np.inf)
    lists = []
    for row, limit in zip(values, edge, strict=True):
        inside = np.flatnonzero((row >= limit) & (row > -np.inf))
        inside = inside[np.argsort(-row[inside], kind="stable")][:depth]
        lists.append((inside.astype(np.int64), row[inside].astype(np.float64)))
    return lists
