"""The pretrained engine as an estimator: weights learnt elsewhere, as they are or carried on by a set's own past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from recommender.engine.episodes import Style
from recommender.engine.pretrained.canonical import CanonicalFeaturizer, CanonicalPools, z_scores
from recommender.engine.pretrained.lessons import Lesson, LessonConfig, make_lessons
from recommender.engine.pretrained.network import mean_z, network_forward
from recommender.engine.pretrained.trees import RankerConfig, ranker_scores, train_ranker
from recommender.engine.pretrained.weights import Weights, shipped_weights
from recommender.knowledge.known import Asked, Known
from recommender.measure.arrays import Floats

_FLOOR: Final = -40.0
_LARGEST: Final = 30.0
"""Standardised scores are a few units; what is outside a pool stands below all that is inside."""


@dataclass(frozen=True)
class Shares:
    """Shares of the parts in the blend; all are standardised by question first."""

    mean: float = 1.0
    """Of the mean over all kinds of simple scores; 0 or more."""
    network: float = 1.0
    """Of the network; 0 or more."""
    trees: float = 1.0
    """Of the trees; 0 or more."""


@dataclass(frozen=True)
class FineTuning:
    """How a set's own past carries the weights on."""

    style: Style
    """How the window asks, read off the valid one."""
    lessons: LessonConfig = field(default_factory=LessonConfig)
    """Which past windows are learned from."""
    least: int = 60
    """Questions in all of them from which they are learned from; with fewer the weights stay as they are."""
    rounds: int = 60
    """Trees that are added; 1 or more."""
    epochs: int = 4
    """Passes of the network over the lessons; 1 or more."""
    learning_rate: float = 1e-3
    """Of the network; above 0."""


@dataclass(frozen=True)
class PretrainedEstimator:
    """Weights learnt on public records of awards and partnerships, applied to a set that they need not have seen."""

    name: str = "pretrained"
    """Name of the row in reports."""
    shares: Shares = field(default_factory=Shares)
    """What of it counts how much."""
    pool: int = 1_000
    """Candidates in the pool of a question, about so many; all of them where there are no more."""
    tuning: FineTuning | None = None
    """How the set's own past carries the weights on; None leaves them as they are."""
    weights: Weights | None = field(default=None, compare=False, repr=False)
    """Other weights than those of the package; no setting, so they do not count in comparisons."""

    def fit(self, known: Known, rng: np.random.Generator) -> PretrainedScorer:
        """Describe what is known, and where it says so, learn from its past."""
        weights = shipped_weights() if self.weights is None else self.weights
        if self.tuning is not None:
            lessons = make_lessons(known, self.tuning.style, self.tuning.lessons, np.random.default_rng(0))
            weights = carried_on(weights, lessons, self.tuning, int(rng.integers(2**31 - 1)))
        return PretrainedScorer(CanonicalFeaturizer(known), weights, self.shares, self.pool)


@dataclass(frozen=True)
class PretrainedScorer:
    """Scores pools; what is outside a pool follows by popularity."""

    featurizer: CanonicalFeaturizer
    weights: Weights
    shares: Shares
    pool: int

    def score(self, asked: Asked) -> Floats:
        """Return (Q, C)."""
        popular = self.featurizer.static[:, 0]
        out = np.tile(np.float32(_FLOOR) + popular, (len(asked), 1))
        for rows, _, pools in self.featurizer.blocks(asked, self.pool):
            out[rows[pools.question], pools.candidate] = blended(self.weights, self.shares, pools)
        return out


def blended(weights: Weights, shares: Shares, pools: CanonicalPools) -> Floats:
    """Return the blend of all parts for every row of the pools, (rows,)."""
    parts: list[tuple[float, Floats]] = []
    if shares.mean:
        parts.append((shares.mean, mean_z(pools.table)))
    if shares.network:
        parts.append((shares.network, network_forward(weights.network, pools.table)))
    if shares.trees:
        parts.append((shares.trees, ranker_scores(weights.trees, pools)))
    total = np.zeros(len(pools.candidate), np.float32)
    for share, scores in parts:
        total += np.float32(share) * z_scores(scores, pools.question, pools.start)
    return np.asarray(np.clip(total, -_LARGEST, _LARGEST), np.float32)


def carried_on(weights: Weights, lessons: Sequence[Lesson], tuning: FineTuning, seed: int) -> Weights:
    """Carry both parts on with the lessons of one set; as they were where those are too few."""
    if sum(len(each.pools) for each in lessons) < tuning.least:
        return weights
    from recommender.engine.pretrained.network_training import HeadConfig, train_head

    head = HeadConfig(epochs=tuning.epochs, learning_rate=tuning.learning_rate)
    trees = train_ranker([lessons], replace(RankerConfig(), rounds=tuning.rounds), seed, weights.trees)
    return Weights(trees, train_head([lessons], head, seed, weights.network))
