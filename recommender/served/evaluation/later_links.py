"""Which of the candidates shown to an asker were linked within a time: what probabilities are learnt and judged by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph_schema.errors import EvaluationError
from recommender.knowledge.splits import Pairs, sample, window
from recommender.measure.arrays import Floats, Indices, Values
from recommender.measure.calibration import SHOWN, Curve, ScoreCounts, reliability
from recommender.measure.standard_scores import standard
from recommender.served.scorer_protocols import Scorer
from recommender.served.task_data import TaskData

DAYS_A_MONTH: Final = 365.25 / 12
_BLOCK_CELLS: Final = 8_000_000


@dataclass(frozen=True)
class LaterLinks:
    """Askers drawn from all at the start of a time, with or without a new link in [``start``, ``end``).

    ``rows``: (A,) rows of the askers in ``data``; ``weight``: (A,) how many askers each stands for, since those with
    a new link are drawn more densely; ``linked``: (A, C) new links. ``events``: independent events behind them.
    """

    data: TaskData
    start: date
    end: date
    rows: Indices
    weight: Values
    linked: sparse.csr_array
    events: int

    @classmethod
    def of(cls, data: TaskData, pairs: Pairs, end: date, askers: int, seed: int = 0) -> LaterLinks:
        """Draw at most ``askers`` with a new link in [``data.before``, ``end``), and as many of the others.

        Raises ``EvaluationError`` where no asker has one.
        """
        if data.before is None:
            raise EvaluationError("later links need data that ends on a day; build it with before=…")
        whole = window(pairs, "later", data.before, end)
        asked = sample(whole, askers, seed)
        rows_of = [data.find_query(ref) for ref in whole.asked]
        every = np.array([row for row in rows_of if row is not None], dtype=np.int64)
        mine = np.array([data.find_query(ref) for ref in asked.asked], dtype=np.int64)
        others = np.setdiff1d(np.arange(data.n_queries), every)
        drawn = np.sort(np.random.default_rng(seed).permutation(others)[:askers])
        weight = np.r_[
            np.full(len(mine), len(every) / len(mine)), np.full(len(drawn), len(others) / max(1, len(drawn)))
        ]
        nothing = sparse.csr_array((len(drawn), data.n_candidates), dtype=np.int8)
        linked = sparse.vstack([asked.positives, nothing], format="csr")
        events = len(np.unique(whole.groups))
        return cls(data, data.before, end, np.r_[mine, drawn], weight, linked, events)

    def curve(self, scorer: Scorer) -> Curve:
        """Probability by standard score, learnt from all candidates of the askers that are not known to them."""
        counts = ScoreCounts()
        for block in self._blocks(scorer):
            open_ = np.isfinite(block.scores)
            weight = np.broadcast_to(block.weight[:, None], open_.shape)[open_]
            counts.add(block.scores[open_].astype(np.float64), block.linked[open_], weight)
        return counts.curve()

    def bins(self, scorer: Scorer, curve: Curve) -> Values:
        """Reliability of what ``curve`` says of the first of each list; shape (bins, 3)."""
        said, came, weights = [], [], []
        for block in self._blocks(scorer):
            depth = min(SHOWN, block.scores.shape[1])
            top = np.argpartition(-block.scores, depth - 1, axis=1)[:, :depth]
            values = np.take_along_axis(block.scores, top, axis=1)
            inside = np.isfinite(values)
            said.append(curve(values[inside]))
            came.append(np.take_along_axis(block.linked, top, axis=1)[inside])
            weights.append(np.broadcast_to(block.weight[:, None], inside.shape)[inside])
        return reliability(np.concatenate(said), np.concatenate(came), np.concatenate(weights))

    def _blocks(self, scorer: Scorer) -> Iterator[_Block]:
        size = max(1, _BLOCK_CELLS // max(1, self.data.n_candidates))
        for start in range(0, len(self.rows), size):
            rows = self.rows[start : start + size]
            scores = standard(scorer.score(self.data.queries_at(rows)))
            scores[self.data.hidden(rows).toarray() != 0] = -np.inf
            linked = self.linked[start : start + size].toarray() != 0
            yield _Block(scores, linked, self.weight[start : start + size])


@dataclass(frozen=True)
class _Block:
    """``scores``: (A, C), -inf where a pair is known; ``linked``: (A, C); ``weight``: (A,)."""

    scores: Floats
    linked: npt.NDArray[np.bool_]
    weight: Values


def months_later(start: date, months: int) -> date:
    """Day that is ``months`` of average length after ``start``."""
    return start + timedelta(days=round(months * DAYS_A_MONTH))
