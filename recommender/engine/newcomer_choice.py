"""Which scorer answers questions that come with nothing given: its place among those that may."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from recommender.engine.episodes import EpisodeConfig, Style, make_episodes
from recommender.engine.newcomers import _ROWS, _best
from recommender.knowledge.known import Estimator, Known
from recommender.scorers.registry import simple_contenders


def newcomer_variants(known: Known, named: Sequence[Estimator]) -> list[Estimator]:
    """Return the scorers that may answer: those that are named, else all simple ones that suit."""
    if named:
        return list(named)
    simple = simple_contenders(known, _ROWS)
    return [each for name in _ROWS for each in simple.get(name, ())]


def chosen_newcomer(known: Known, named: Sequence[Estimator], style: Style, rng: np.random.Generator) -> int:
    """Return the place of the one with the best NDCG@10 where a fifth of those who asked last are hidden.

    The first where no window is there to judge by, or nothing to choose from.
    """
    variants = newcomer_variants(known, named)
    episodes = make_episodes(known, style, EpisodeConfig(count=1), rng) if len(variants) > 1 else []
    if not episodes or len(episodes[-1].asked) <= 1:
        return 0
    return variants.index(_best(variants, episodes[-1], rng))
