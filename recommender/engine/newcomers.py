"""Questions that come with nothing given: the scorer that answers them best, found on the last known window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from recommender.engine.episodes import Episode, EpisodeConfig, Style, make_episodes
from recommender.engine.pool import blocked_cells
from recommender.engine.pretrained.estimator import PretrainedEstimator
from recommender.knowledge.known import Estimator, Known
from recommender.knowledge.unseen import hide_histories
from recommender.measure.arrays import Indices, Values
from recommender.measure.metrics import ndcg
from recommender.measure.ranks import rank_positives
from recommender.scorers.content_knn import ContentKnn
from recommender.scorers.popularity import span_days
from recommender.scorers.registry import simple_contenders

_ROWS: Final = ("conditional-popularity", "content-knn", "recent-popularity", "popularity")
"""What says something about a node of which only attributes and text are known."""
_AGED: Final = "recent-content-knn"
_HALF_LIVES: Final = (0.0625, 0.125, 0.25, 0.5)
"""Of what those like a newcomer took, as shares of the time that pairs span: programmes end."""
_HIDDEN_SHARE: Final = 0.2
"""A fifth, as the bench hides for its slice of askers never seen."""
_LEAST: Final = 20
"""Questions below which a window tells nothing about which of three dozen variants is best."""
_MOST: Final = 500
"""Chosen by hand: enough questions to tell variants apart, and some seconds for all of them."""
_ENOUGH: Final = 200
"""Chosen by hand: where a fifth is fewer questions, other fifths are hidden after it, until all were."""
_DEPTH: Final = 10
"""What askers never seen are judged by in reports."""


def newcomer_variants(known: Known, named: Sequence[Estimator] = ()) -> list[Estimator]:
    """Return the scorers that may answer: those that are named, else all simple ones that suit and the pretrained."""
    if named:
        return list(named)
    simple, span = simple_contenders(known, _ROWS), span_days(known)
    half_lives = [span * share for share in _HALF_LIVES if span and "content-knn" in simple]
    aged = [ContentKnn(k, text_share=0.8, half_life=each, name=_AGED) for k in (100, 1_000) for each in half_lives]
    # Where next to nothing is given, the network alone did better on valid windows than with the mean of all scores.
    return [*(each for name in _ROWS for each in simple.get(name, ())), *aged, PretrainedEstimator(mean=0.0)]


def chosen_newcomer(known: Known, named: Sequence[Estimator], style: Style, rng: np.random.Generator) -> int:
    """Return the place of the one with the best NDCG@10 where fifths of those who asked last are hidden in turn.

    Who had asked for nothing before that window is asked too, whoever the real window asks: nobody is more of a
    newcomer. The last, which learned elsewhere, where there is no window to judge by or one of few questions.
    """
    variants = newcomer_variants(known, named)
    episodes = make_episodes(_asked_of_all(known), style, EpisodeConfig(count=1), rng) if len(variants) > 1 else []
    enough = bool(episodes) and len(episodes[-1].questions) >= _LEAST
    return _best(variants, episodes[-1], rng) if enough else len(variants) - 1


def _asked_of_all(known: Known) -> Known:
    """Return the same, but that nodes without a known pair ask too."""
    spec, task = known.dataset.spec, known.task.model_copy(update={"query_seen": False})
    return replace(known, dataset=replace(known.dataset, spec=spec.model_copy(update={"task": task})))


def _best(variants: list[Estimator], episode: Episode, rng: np.random.Generator) -> int:
    number = len(episode.questions)
    order, size = rng.permutation(number), min(_MOST, max(1, round(_HIDDEN_SHARE * number)))
    asked = min(number, max(size, _ENOUGH))
    totals = sum(_qualities(variants, episode, np.sort(order[at : at + size]), rng) for at in range(0, asked, size))
    return int(np.argmax(totals))


def _qualities(variants: list[Estimator], episode: Episode, rows: Indices, rng: np.random.Generator) -> Values:
    """Sum of NDCG@10 of each variant over questions ``rows`` whose askers are hidden from everybody; (variants,)."""
    known, asked = hide_histories(episode.known, episode.questions, rows)
    # What is masked does not change because the asker is hidden, or what it knows already would count as wrong.
    blocked = blocked_cells(episode.questions.take(rows), episode.known)
    positives = episode.positives[rows]

    def quality(estimator: Estimator) -> float:
        scores = estimator.fit(known, rng).score(asked)
        scores[blocked] = scores.min() - 1.0
        return float(ndcg(rank_positives(scores, positives), _DEPTH).sum())

    return np.array([quality(each) for each in variants])
