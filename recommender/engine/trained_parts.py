"""What rows of the engine share on one state of knowledge: training episodes, features, networks and trees."""

from __future__ import annotations

import copy
import hashlib
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from recommender.engine.episodes import Episode, EpisodeConfig, Style, make_episodes, with_cold_copies
from recommender.engine.featurizer import Examples, Featurizer
from recommender.engine.network import QueryNetwork
from recommender.engine.network_training import NetworkConfig, TrainingEpisode, network_scores, train_networks
from recommender.engine.newcomers import newcomer_scorer
from recommender.engine.sources import ScorerSource
from recommender.engine.trees import Objective, TreesConfig, train_trees, trees_scores
from recommender.knowledge.altered import shuffled
from recommender.knowledge.device import resolve_device
from recommender.knowledge.known import Asked, Estimator, Known, Scorer
from recommender.measure.arrays import Flags, Floats, Indices

Graph = Literal["real", "none", "shuffled"]
_NETWORKS = 2
"""Trained apart and averaged: what differs between them is chance. Three or four were no better (docs/engine.md)."""
_LEAST_QUESTIONS = 20
"""Windows of fewer questions say little, and are learned from only where the others have fewer than ``_ENOUGH``."""
_ENOUGH = 200
"""Chosen by hand: 65 questions that lie in small windows alone were worth learning from, beside 429 they were not."""
_KEPT = 2
"""Chosen by hand: each holds the features of all its episodes, and the rows of a report need them one after another."""
_KEPT_BATCHES = 8
"""Chosen by hand: the variants of a row ask the same few batches in turn, and the features of a batch are large."""


@dataclass(frozen=True)
class EngineConfig:
    """How episodes are made and what learns from them."""

    style: Style
    """How the window asks, read off the valid one."""
    episodes: EpisodeConfig = field(default_factory=EpisodeConfig)
    """Which past windows are learned from."""
    pool: int = 1_000
    """Candidates in the pool of a question, about so many; all of them where there are no more."""
    cold_share: float = 0.15
    """Share of the questions of an episode that are asked once more with nothing given, 0 to 1."""
    network: NetworkConfig = field(default_factory=NetworkConfig)
    """The networks and their training."""
    trees: TreesConfig = field(default_factory=TreesConfig)
    """The trees and their training."""
    graph: Graph = "real"
    """The known relations as they are, none of them, or with their ends shuffled as a control."""
    device: str = "auto"
    """Where the networks train: ``auto``, ``cpu`` or ``cuda``."""
    more: tuple[Estimator, ...] = ()
    """Scorers of the bench whose scores are sources as well."""


class TrainedParts:
    """Episodes from one state of knowledge, and what was trained on them.

    Episodes are the same for every seed; what differs between seeds is the training.
    """

    def __init__(self, known: Known, config: EngineConfig) -> None:
        self.config = config
        self.device = resolve_device(config.device)
        rng = np.random.default_rng(0)
        self.featurizer = self._featurizer(known, rng)
        self.episodes = self._episodes(known, rng)
        self._networks: dict[int, list[QueryNetwork]] = {}
        self._trees: dict[tuple[int, str], Any] = {}
        self.forget()

    def over(self, known: Known) -> TrainedParts:
        """Return what was trained over another state of knowledge, such as one with edges taken away."""
        other = copy.copy(self)
        other.featurizer = self._featurizer(known, np.random.default_rng(0))
        other.forget()
        return other

    def forget(self) -> None:
        """Keep what was trained alone, not what was last asked."""
        self._examples: dict[str, Examples] = {}
        self._scores: dict[tuple[str, int], Floats] = {}
        self._newcomers: Scorer | None = None

    def newcomers(self, asked: Asked) -> Flags:
        """Which questions come with nothing given, in a window where most do not; (Q,)."""
        if self.config.style.cold or self.config.graph != "real":
            return np.zeros(len(asked), dtype=bool)
        return np.asarray(np.diff(asked.context.indptr) == 0)

    def newcomer_scores(self, asked: Asked) -> Floats:
        """Scores of questions with nothing given, (Q, C), by the simple scorer that suits them best."""
        if self._newcomers is None:
            self._newcomers = newcomer_scorer(self.featurizer.known, self.config.style, np.random.default_rng(0))
        return self._newcomers.score(asked)

    def examples(self, asked: Asked) -> Examples:
        """Features of a batch of questions; the last few batches are kept, since several rows ask the same."""
        key = _key(asked)
        if key not in self._examples:
            _make_room(self._examples)
            self._examples[key] = self.featurizer.examples(asked, self.config.pool)
        return self._examples[key]

    def networks(self, seed: int) -> list[QueryNetwork]:
        """Networks of a seed, which score together."""
        if seed not in self._networks:
            seeds = range(seed, seed + _NETWORKS)
            self._networks[seed] = train_networks(self.episodes, self.config.network, seeds, self.device)
        return self._networks[seed]

    def trees(self, seed: int, objective: Objective) -> Any:
        """Trees of a seed."""
        key = (seed, objective)
        if key not in self._trees:
            config = replace(self.config.trees, objective=objective)
            self._trees[key] = train_trees(self.episodes, config, seed)
        return self._trees[key]

    def network_part(self, asked: Asked, seed: int) -> Floats:
        """Mean score of the networks for every row of the pool, standardised by question; (rows,)."""
        key = (_key(asked), seed)
        if key not in self._scores:
            _make_room(self._scores)
            examples = self.examples(asked)
            raw = [network_scores(each, self.featurizer, examples, self.device) for each in self.networks(seed)]
            parts = [standardised(each, examples.pool.start) for each in raw]
            self._scores[key] = np.asarray(np.mean(parts, axis=0), dtype=np.float32)
        return self._scores[key]

    def trees_part(self, asked: Asked, seed: int, objective: Objective) -> Floats:
        """Score of the trees for every row of the pool, standardised by question; (rows,)."""
        examples = self.examples(asked)
        scores = trees_scores(self.trees(seed, objective), self.featurizer, examples)
        return standardised(scores, examples.pool.start)

    def _featurizer(self, known: Known, rng: np.random.Generator) -> Featurizer:
        graph = self.config.graph
        seen = shuffled(known, rng) if graph == "shuffled" else known
        more = [ScorerSource(companion_name(at, each), each.fit(seen, rng)) for at, each in enumerate(self.config.more)]
        return Featurizer(seen, self.config.style.span, graph=graph != "none", more=more)

    def _episodes(self, known: Known, rng: np.random.Generator) -> list[TrainingEpisode]:
        episodes = []
        for found in _informative(make_episodes(known, self.config.style, self.config.episodes, rng)):
            episode = with_cold_copies(found, self.config.cold_share, rng)
            featurizer = self._featurizer(episode.known, rng)
            examples = featurizer.examples(episode.asked, self.config.pool)
            pool = examples.pool
            labels = np.asarray(episode.positives[pool.question, pool.candidate] > 0).reshape(-1)
            if labels.any():
                episodes.append(TrainingEpisode(featurizer, examples, labels))
        return episodes


def _informative(episodes: list[Episode]) -> list[Episode]:
    """Episodes that are worth learning from; none where all of them together hold too few questions."""
    large = [each for each in episodes if len(each.asked) >= _LEAST_QUESTIONS]
    if sum(len(each.asked) for each in large) >= _ENOUGH:
        return large
    return episodes if sum(len(each.asked) for each in episodes) >= _LEAST_QUESTIONS else []


def companion_name(place: int, estimator: Estimator) -> str:
    """Name of the scores of ``EngineConfig.more[place]``."""
    return f"{estimator.name}-{place}"


@dataclass
class TrainedPartsCache:
    """The parts in use, so that rows of one report share them; at most two are kept."""

    kept: dict[tuple[int, str], tuple[Known, TrainedParts]] = field(default_factory=dict)

    def of(self, known: Known, config: EngineConfig) -> TrainedParts:
        """Return the parts for a state of knowledge, made when it is first asked for."""
        key = (id(known), repr(config))
        if key not in self.kept:
            while len(self.kept) >= _KEPT:
                self.kept.pop(next(iter(self.kept)))
            self.kept[key] = (known, TrainedParts(known, config))
        return self.kept[key][1]


def standardised(scores: Floats, start: Indices) -> Floats:
    """Scores of each question less their mean, over their standard deviation; (rows,)."""
    counts = np.maximum(np.diff(start), 1)
    question = np.repeat(np.arange(len(start) - 1), np.diff(start))
    mean = np.bincount(question, scores, len(counts)) / counts
    spread = np.sqrt(
        np.maximum(np.bincount(question, scores.astype(np.float64) ** 2, len(counts)) / counts - mean**2, 0)
    )
    return np.asarray((scores - mean[question]) / np.maximum(spread[question], 1e-6), dtype=np.float32)


def _key(asked: Asked) -> str:
    given = asked.given
    digest = hashlib.sha256(f"{len(asked)} {len(given)} {asked.n_candidates} ".encode())
    for part in (asked.query, given.query, given.candidate, given.weight, given.time):
        digest.update(part.tobytes())
    return digest.hexdigest()


def _make_room(kept: dict[Any, Any]) -> None:
    """Drop the oldest entries."""
    while len(kept) >= _KEPT_BATCHES:
        kept.pop(next(iter(kept)))
