"""Which of the candidates shown to an asker were linked within a time: what probabilities are learned and judged by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.knowledge.known import Known, Scorer
from recommender.knowledge.stages import moment
from recommender.measure.arrays import Floats, Indices, Values
from recommender.measure.calibration import SHOWN, Curve, ScoreCounts, reliability
from recommender.measure.standard_scores import standard

_BLOCK_CELLS: Final = 8_000_000
"""Scores held at a time: 32 MB in single precision."""


@dataclass(frozen=True)
class LaterLinks:
    """Askers drawn from all at the start of a time, with or without a new link in [``start``, ``end``).

    ``rows``: (A,) query nodes; ``weight``: (A,) how many askers each stands for, since those with a new link are drawn
    more densely; ``linked``: (A, C) new links. ``events``: independent events behind them.
    """

    known: Known
    start: date
    end: date
    rows: Indices
    weight: Values
    linked: sparse.csr_array
    events: int

    @classmethod
    def of(cls, everything: Known, span: tuple[date, date], events: int, askers: int, seed: int = 0) -> LaterLinks:
        """Draw at most ``askers`` with a new link in ``span``, and as many of the others.

        ``events``: independent events of the span. Raises ``EvaluationError`` where no asker has a new link.
        """
        start, end = span
        known = everything.before(moment(start))
        later = everything.before(moment(end)).history
        fresh = sparse.csr_array(later - later.multiply(known.history != 0))
        fresh = sparse.csr_array(fresh @ sparse.diags_array(known.is_candidate.astype(np.float32)))
        fresh.eliminate_zeros()
        every = np.flatnonzero(np.diff(fresh.indptr))
        if not len(every):
            raise EvaluationError(
                Wording(
                    f"{start}부터 {end}까지 새로 생긴 관계가 없습니다. 그 기간의 자료를 적재하십시오",
                    f"nobody has a new link from {start} to {end}; load facts of those days",
                )
            )
        rng = np.random.default_rng(seed)
        mine = np.sort(rng.permutation(every)[:askers])
        others = np.setdiff1d(np.arange(fresh.shape[0]), every)
        drawn = np.sort(rng.permutation(others)[:askers])
        weight = np.r_[
            np.full(len(mine), len(every) / len(mine)), np.full(len(drawn), len(others) / max(1, len(drawn)))
        ]
        rows = np.r_[mine, drawn]
        return cls(known, start, end, rows, weight, sparse.csr_array(fresh[rows]), events)

    def curve(self, scorer: Scorer) -> Curve:
        """Probability by standard score, learned from all candidates of the askers that are not known to them."""
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
        columns = np.flatnonzero(self.known.is_candidate)
        size = max(1, _BLOCK_CELLS // max(1, len(self.known.is_candidate)))
        for start in range(0, len(self.rows), size):
            rows = self.rows[start : start + size]
            scores = standard(scorer.score(self.known.history_of(rows))[:, columns])
            scores[self._hidden(rows)[:, columns]] = -np.inf
            linked = self.linked[start : start + size].toarray()[:, columns] != 0
            yield _Block(scores, linked, self.weight[start : start + size])

    def _hidden(self, rows: Indices) -> npt.NDArray[np.bool_]:
        """Known pairs and the askers themselves, which are not asked for; (rows, nodes)."""
        hidden: npt.NDArray[np.bool_] = np.asarray(self.known.history[rows].toarray() != 0)
        if self.known.same_label:
            hidden[np.arange(len(rows)), rows] = True
        return hidden


@dataclass(frozen=True)
class _Block:
    """``scores``: (A, C), -inf where a pair is known; ``linked``: (A, C); ``weight``: (A,)."""

    scores: Floats
    linked: npt.NDArray[np.bool_]
    weight: Values
