"""The figure that training chooses by: NDCG@10 over later pairs, ranked among all candidates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph_schema.errors import ModelError
from recommender.measure import metrics
from recommender.measure.arrays import Floats, Indices
from recommender.measure.ranks import rank_positives
from recommender.served.scorer_protocols import Scorer
from recommender.served.task_data import TaskData

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
    """Pairs that ``later`` knows and ``known`` does not, dated on or after ``known.before``; no pair with oneself."""
    pairs, before = later.positives, known.positives
    is_new = pairs.first >= np.datetime64(known.before, "D")
    # A pair may have a later day and also an occurrence without one, which is always known.
    codes = before.query * known.n_candidates + before.candidate
    is_new &= ~np.isin(pairs.query * known.n_candidates + pairs.candidate, codes)
    is_new &= later.own_candidate(pairs.query) != pairs.candidate
    return Window(pairs.query[is_new], pairs.candidate[is_new])


def chunks(rows: Indices) -> list[Indices]:
    """Cut rows so that a dense block of scores stays small."""
    return [rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK)]


def checked(scorer: Scorer, data: TaskData, window: Window) -> Floats:
    """Scores over the window; raises ``ModelError`` where one is not finite, since NaN would count as a hit."""
    parts = [scorer.score(data.queries_at(rows)) for rows in chunks(window.askers)]
    scores = np.vstack(parts) if parts else np.zeros((0, data.n_candidates), dtype=np.float32)
    if not np.isfinite(scores).all():
        raise ModelError(f"scorer {scorer.name!r} gave scores that are not finite for {data.task.name}; leave it out")
    return scores


def ndcg(scores: Floats, data: TaskData, window: Window) -> float:
    """Mean NDCG@10 over the window's askers as evaluation computes it; 0 where there are none.

    ``scores`` has the shape (askers, C). Pairs already known and the asker itself are left out of the ranking. Raises
    ``EvaluationError`` for scores that are not finite.
    """
    if not len(window.query):
        return 0.0
    askers = window.askers
    ranks = rank_positives(scores, _incidence(window, askers, data.n_candidates), data.hidden(askers))
    return float(metrics.ndcg(ranks, _DEPTH).mean())


def _incidence(window: Window, askers: Indices, n_candidates: int) -> sparse.csr_array:
    """Pairs of the window, shape (askers, C)."""
    cells = (np.ones(len(window.query), dtype=np.int8), (np.searchsorted(askers, window.query), window.candidate))
    return sparse.csr_array(cells, shape=(len(askers), n_candidates))


def dated_days(data: TaskData) -> npt.NDArray[np.datetime64]:
    """Days of first occurrence of the known pairs that have one, sorted."""
    days = data.positives.first
    return np.sort(days[~np.isnat(days)])
