"""What canonical weights learn from: past windows of a year, and windows that ask for candidates never seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from recommender.engine.episodes import Episode, EpisodeConfig, Style, make_episodes, with_cold_copies
from recommender.engine.pretrained.canonical import YEAR, CanonicalFeaturizer, CanonicalPools
from recommender.knowledge.known import Known
from recommender.measure.arrays import Flags

_DAY = 86_400.0
"""Seconds."""
_UNSEEN_SHARE = 0.5
"""A window asks for candidates never seen where most of them are."""


@dataclass(frozen=True)
class CanonicalEpisode:
    """Pools of the questions of one window, and which of their rows are answers, (rows,)."""

    pools: CanonicalPools
    labels: Flags


@dataclass(frozen=True)
class CanonicalEpisodeConfig:
    """Which past windows are learned from, and how much of each."""

    windows: int = 6
    """Windows at most, the newest; 1 or more."""
    max_queries: int = 400
    """Questions of a window at most, the others are left out at random; 1 or more."""
    cold_share: float = 0.15
    """Share of the questions that are asked once more with nothing given, 0 to 1."""
    pool: int = 1_000
    """Candidates in the pool of a question, about so many; all of them where there are no more."""


def asks_for_unseen(known: Known) -> bool:
    """Whether most candidates have no known pair."""
    seen = np.bincount(known.pairs.candidate, minlength=len(known.candidates)) > 0
    return bool((~seen[known.is_candidate]).mean() > _UNSEEN_SHARE) if known.is_candidate.any() else False


def canonical_episodes(
    known: Known, style: Style, config: CanonicalEpisodeConfig, rng: np.random.Generator
) -> list[CanonicalEpisode]:
    """Cut windows out of ``known`` that ask as ``style`` does, newest last; those without an answer are left out.

    Windows of a year where the real ones are longer: popularity ages alike everywhere then.
    """
    if asks_for_unseen(known):
        return unseen_episodes(known, style, config, rng)
    yearly = replace(style, span=_window(style))
    episodes = make_episodes(known, yearly, EpisodeConfig(config.windows, max_queries=config.max_queries), rng)
    return _canonical([with_cold_copies(each, config.cold_share, rng) for each in episodes], config)


def unseen_episodes(
    known: Known, style: Style, config: CanonicalEpisodeConfig, rng: np.random.Generator
) -> list[CanonicalEpisode]:
    """Cut windows whose candidates are those first paired in them; none where nothing is dated."""
    if style.span <= 0:
        return []
    step = np.timedelta64(int(_window(style)), "s")
    starts = [known.now - step * (back + 1) for back in range(config.windows)][::-1]
    found = [_unseen_episode(known, (start, start + step), config.max_queries, rng) for start in starts]
    return _canonical([each for each in found if each is not None], config)


def _window(style: Style) -> float:
    """Seconds of a window: a year at most, and a year where both real windows begin at one moment."""
    return style.span if style.span == 0 or _DAY <= style.span < YEAR else YEAR


def _unseen_episode(
    known: Known, bounds: tuple[np.datetime64, np.datetime64], most: int, rng: np.random.Generator
) -> Episode | None:
    past = known.before(bounds[0])
    pairs = known.pairs.take((known.pairs.time >= bounds[0]) & (known.pairs.time < bounds[1]))
    size = len(known.candidates)
    new = np.bincount(pairs.candidate, minlength=size) > 0
    new &= np.bincount(past.pairs.candidate, minlength=size) == 0
    may_ask = np.diff(past.history.indptr) > 0
    pairs = pairs.take(new[pairs.candidate] & may_ask[pairs.query])
    query = np.unique(pairs.query)
    if not len(query):
        return None
    if len(query) > most:
        query = np.sort(rng.choice(query, most, replace=False))
    past = replace(past, is_candidate=new)
    return Episode(past, past.history_of(query), sparse.csr_array(pairs.matrix(past.history.shape)[query]))


def _canonical(episodes: Sequence[Episode], config: CanonicalEpisodeConfig) -> list[CanonicalEpisode]:
    found = []
    for episode in episodes:
        pools = CanonicalFeaturizer(episode.known).pools(episode.questions, config.pool)
        labels = np.asarray(episode.positives[pools.question, pools.candidate] > 0).reshape(-1)
        if labels.any():
            found.append(CanonicalEpisode(pools, labels))
    return found
