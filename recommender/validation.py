"""The figure that training chooses by: NDCG@10 over later pairs, ranked among all candidates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from recommender.queries import Floats, Indices
from recommender.task_data import TaskData

CHUNK = 256
_DEPTH = 10


@dataclass(frozen=True)
class Window:
    """Later pairs to be predicted: rows of askers and candidates, shape (pairs,), sorted by asker."""

    query: Indices
    candidate: Indices

    @property
    def askers(self) -> Indices:
        """Distinct askers."""
        return np.unique(self.query)

    def sample(self, askers: int, rng: np.random.Generator) -> Window:
        """Keep the pairs of at most ``askers`` askers, drawn at random."""
        if len(self.askers) <= askers:
            return self
        keep = np.isin(self.query, rng.choice(self.askers, askers, replace=False))
        return Window(self.query[keep], self.candidate[keep])


def new_pairs(known: TaskData, later: TaskData) -> Window:
    """Pairs that ``later`` knows and ``known`` does not, dated on or after ``known.before``."""
    pairs = later.positives
    start = np.datetime64(known.before, "D")
    is_new = pairs.first >= start
    return Window(pairs.query[is_new], pairs.candidate[is_new])


def chunks(rows: Indices) -> list[Indices]:
    """Cut rows so that a dense block of scores stays small."""
    return [rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK)]


def ndcg(scores: Floats, data: TaskData, window: Window) -> float:
    """Mean NDCG@10 over the window's askers (Järvelin and Kekäläinen, 2002); 0 where there are none.

    ``scores`` has the shape (askers, C). Pairs already known and the asker itself are left out of the ranking; equal
    scores get the mean of their ranks.
    """
    if not len(window.query):
        return 0.0
    askers = window.askers
    ranked = hide_known(scores, data, askers)
    row = np.searchsorted(askers, window.query)
    gains = np.zeros(len(askers))
    for part in chunks(np.arange(len(row))):
        mine = ranked[row[part], window.candidate[part]][:, None]
        block = ranked[row[part]]
        rank = 1.0 + (block > mine).sum(axis=1) + ((block == mine).sum(axis=1) - 1) / 2.0
        np.add.at(gains, row[part], np.where(rank <= _DEPTH, 1.0 / np.log2(1.0 + rank), 0.0))
    wanted = np.bincount(row, minlength=len(askers))
    ideal = np.cumsum(1.0 / np.log2(2.0 + np.arange(_DEPTH)))
    return float((gains / ideal[np.minimum(wanted, _DEPTH) - 1]).mean())


def hide_known(scores: Floats, data: TaskData, askers: Indices) -> Floats:
    """Copy of the scores with known pairs and the askers themselves at minus infinity."""
    out = scores.copy()
    known = data.history[askers].tocoo()
    out[known.row, known.col] = -np.inf
    own = data.own_candidate(askers)
    inside = np.flatnonzero(own >= 0)
    out[inside, own[inside]] = -np.inf
    return out


def dated_days(data: TaskData) -> npt.NDArray[np.datetime64]:
    """Days of first occurrence of the known pairs that have one, sorted."""
    days = data.positives.first
    return np.sort(days[~np.isnat(days)])
