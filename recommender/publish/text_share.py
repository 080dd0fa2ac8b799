"""How much counts what a company tells of itself, beside the model: chosen by askers whose history is hidden."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from recommender.knowledge.known import Estimator, Scorer
from recommender.knowledge.stages import Stage
from recommender.knowledge.unseen import text_guests, text_nearness
from recommender.measure.arrays import Flags, Floats, Indices, Values
from recommender.measure.metrics import ndcg
from recommender.measure.ranks import rank_positives
from recommender.measure.standard_scores import standard, with_text
from recommender.models.carried import carried

TEXT_SHARES: Final = (1.0, 0.5, 0.25, 0.1, 0.0)
"""Chosen by hand: from what words count for that ask for something, to nothing."""
_FOLDS: Final = 5
"""A fifth of the askers is hidden at a time, as the bench hides for its slice of askers never seen."""
_LEAST: Final = 5
"""Askers, one for each part."""
_DEPTH: Final = 10
"""What askers never seen are judged by in reports."""


@dataclass(frozen=True)
class TextShare:
    """The share that serves, and the NDCG@10 by each of ``TEXT_SHARES`` on the window that it was chosen on."""

    chosen: float
    ndcg: tuple[float, ...]
    askers: int


def chosen_text_share(
    stage: Stage, estimator: Estimator, scorer: Scorer, seed: int, described: Flags | None = None
) -> TextShare | None:
    """Ask a window's askers by their texts alone, and return by which share they are answered best.

    ``scorer`` is what ``estimator`` learned before the window. What it learned is carried over to what is known without
    those who ask, so that nothing is trained for each part; what has no weights is fitted again. ``described``, (query
    nodes,), says whose texts are like those of requests: names are worth less. None where askers or candidates have no
    texts, or too few such askers ask.
    """
    found: list[Values] = []
    asked = np.ones(len(stage.questions), bool) if described is None else described[stage.questions.query]
    if asked.sum() < _LEAST:
        return None
    stage = _taking(stage, np.flatnonzero(asked))
    for rows, known, questions in text_guests(stage, _FOLDS):
        near = text_nearness(known, questions)[:, stage.is_candidate]
        if not near.any():
            continue
        answering = carried(scorer, known) or estimator.fit(known, np.random.default_rng(seed))
        scores = answering.score(questions)
        found.append(np.stack([_quality(scores, near, share, stage, rows) for share in TEXT_SHARES]))
    if not found:
        return None
    values = np.concatenate(found, axis=1)
    means = values.mean(axis=1)
    return TextShare(TEXT_SHARES[int(means.argmax())], tuple(means.tolist()), values.shape[1])


def _taking(stage: Stage, rows: Indices) -> Stage:
    """Return a window with some of its questions."""
    return replace(
        stage,
        questions=stage.questions.take(rows),
        positives=stage.positives[rows],
        masked=stage.masked[rows],
        groups=stage.groups[rows],
    )


def blended(scores: Floats, near: Floats, share: float, stage: Stage) -> Floats:
    """Scores of guests (Q, C) where those of the window's candidates count together with ``near``, (Q, candidates)."""
    out = scores.copy()
    out[:, stage.is_candidate] = with_text(standard(scores[:, stage.is_candidate]), standard(near), share)
    return out


def guests_ndcg(scores: Floats, stage: Stage, rows: Indices) -> Values:
    """NDCG@10 of some questions of a window by their scores, (Q, C)."""
    positives, masked = (each[rows][:, stage.is_candidate] for each in (stage.positives, stage.masked))
    return ndcg(rank_positives(scores[:, stage.is_candidate], positives, masked), _DEPTH)


def _quality(scores: Floats, near: Floats, share: float, stage: Stage, rows: Indices) -> Values:
    return guests_ndcg(blended(scores, near, share, stage), stage, rows)
