"""The pretrained engine as an estimator: weights learned elsewhere, as they are or carried on by a set's own past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from recommender.engine.episodes import Style
from recommender.engine.pretrained.canonical import CanonicalFeaturizer, CanonicalPools, pool_z_scores
from recommender.engine.pretrained.canonical_episodes import (
    CanonicalEpisode,
    CanonicalEpisodeConfig,
    canonical_episodes,
)
from recommender.engine.pretrained.network import NetworkArrays, check_form, mean_z, network_forward
from recommender.engine.pretrained.weights import shipped_weights
from recommender.knowledge.known import Known, Questions
from recommender.knowledge.one_thread import one_thread
from recommender.measure.arrays import Arrays, Floats

_FLOOR = -40.0
"""Below every score of a pool, so that candidates outside come after it, in the order of popularity."""
_LARGEST = 30.0
"""Standardised scores are a few units; what is outside a pool stands below all that is inside."""


@dataclass(frozen=True)
class FineTuning:
    """How a set's own past carries the weights on."""

    style: Style
    """How the window asks, read off the valid one."""
    episodes: CanonicalEpisodeConfig = field(default_factory=CanonicalEpisodeConfig)
    """Which past windows are learned from."""
    least: int = 60
    """Questions in all of them from which they are learned from; with fewer the weights stay as they are."""
    epochs: int = 25
    """Passes over the episodes; 1 or more."""
    learning_rate: float = 3e-3
    """Of AdamW, at the height of its one cycle; above 0."""


@dataclass(frozen=True)
class PretrainedEstimator:
    """A network learned on public records of awards and partnerships, applied to a set that it need not have seen.

    score(q, c) = z(network(q, c)) + ``mean`` · z(mean of all simple scores), z within the pool of a question.
    """

    name: str = "pretrained"
    """Name of the row in reports."""
    mean: float = 1.0
    """Share of the mean over all kinds of simple scores beside the network; 0 or more."""
    pool: int = 1_000
    """Candidates in the pool of a question, about so many; all of them where there are no more."""
    tuning: FineTuning | None = None
    """How the set's own past carries the weights on; None leaves them as they are."""
    weights: NetworkArrays | None = field(default=None, compare=False, repr=False)
    """Other weights than those of the package; no setting, so they do not count in comparisons."""

    def fit(self, known: Known, rng: np.random.Generator) -> PretrainedScorer:
        """Describe what is known, and where it says so, learn from its past."""
        weights = shipped_weights() if self.weights is None else self.weights
        if self.tuning is not None:
            episodes = canonical_episodes(known, self.tuning.style, self.tuning.episodes, np.random.default_rng(0))
            weights = carried_on(weights, episodes, self.tuning, int(rng.integers(2**31 - 1)))
        return self.restore(known, dict(weights))

    def restore(self, known: Known, arrays: Arrays) -> PretrainedScorer:
        """Return the scorer whose ``arrays`` these are: over the same knowledge it scores the same to the bit.

        Raises ``EvaluationError`` where they are of another form.
        """
        check_form(arrays)
        return PretrainedScorer(CanonicalFeaturizer(known), arrays, self.mean, self.pool)


@dataclass(frozen=True)
class PretrainedScorer:
    """Scores pools; what is outside a pool follows by popularity."""

    featurizer: CanonicalFeaturizer
    weights: NetworkArrays
    mean: float
    pool: int

    def arrays(self) -> Arrays:
        """Return the weights of the network."""
        return dict(self.weights)

    def over(self, known: Known) -> PretrainedScorer:
        """Return the same scorer over another state of knowledge, such as a newer one; nothing is trained."""
        return replace(self, featurizer=CanonicalFeaturizer(known))

    def score(self, questions: Questions) -> Floats:
        """Return (Q, C)."""
        popular = self.featurizer.static[:, 0]
        out = np.tile(np.float32(_FLOOR) + popular, (len(questions), 1))
        with one_thread():
            for rows, pools in self.featurizer.blocks(questions, self.pool):
                out[rows[pools.question], pools.candidate] = blended(self.weights, self.mean, pools)
        return out


def blended(weights: NetworkArrays, mean: float, pools: CanonicalPools) -> Floats:
    """Return the blend for every row of the pools, (rows,); ``mean`` is the share of the mean of simple scores."""
    total = pool_z_scores(network_forward(weights, pools.table), pools.question, pools.start)
    if mean:
        total += np.float32(mean) * pool_z_scores(mean_z(pools.table), pools.question, pools.start)
    return np.asarray(np.clip(total, -_LARGEST, _LARGEST), np.float32)


def carried_on(
    weights: NetworkArrays, episodes: Sequence[CanonicalEpisode], tuning: FineTuning, seed: int
) -> NetworkArrays:
    """Carry the network on with the episodes of one set; as it was where those are too few."""
    if sum(len(each.pools) for each in episodes) < tuning.least:
        return weights
    from recommender.engine.pretrained.network_training import HeadConfig, train_head  # it alone needs torch

    head = HeadConfig(epochs=tuning.epochs, learning_rate=tuning.learning_rate)
    return train_head([episodes], head, seed, weights)
