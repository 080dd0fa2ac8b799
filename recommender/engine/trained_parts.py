"""What rows of the engine share on one state of knowledge: training episodes, features, networks and trees."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

import numpy as np

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.engine.episodes import Episode, EpisodeConfig, Style, make_episodes, with_cold_copies
from recommender.engine.featurizer import Examples, Featurizer, TrainingEpisode
from recommender.engine.network_config import NetworkConfig
from recommender.engine.newcomers import chosen_newcomer, newcomer_variants
from recommender.engine.pretrained.estimator import PretrainedEstimator, PretrainedScorer
from recommender.engine.sources import ScorerSource
from recommender.engine.trained_network import TrainedNetwork, network_scores
from recommender.engine.trees import Objective, TreesConfig, text_of, train_trees, trees_of, trees_scores
from recommender.knowledge.altered import shuffled
from recommender.knowledge.device import resolve_device
from recommender.knowledge.known import Estimator, Known, Questions, Scorer
from recommender.knowledge.one_thread import one_thread
from recommender.measure.arrays import Arrays, Flags, Floats, Indices, under

Graph = Literal["real", "none", "shuffled"]
_LEAST_QUESTIONS = 20
"""Windows of fewer questions say little, and are learned from only where the others have fewer than ``_ENOUGH``."""
_ENOUGH = 200
"""Chosen by hand: 65 questions that lie in small windows alone were worth learning from, beside 429 they were not."""
_KEPT = 2
"""Chosen by hand: each holds the features of all its episodes, and the rows of a report need them one after another."""
_KEPT_BATCHES = 8
"""Chosen by hand: the variants of a row ask the same few batches in turn, and the features of a batch are large."""
_MOST_SERVED: Final = 16
"""Questions whose features are kept where nothing is trained: large batches come once there, and 200 have 40 MB."""
_NETWORK: Final = "network/"
_TREES: Final = "trees/"
_MORE: Final = "more/"
_BESIDE: Final = "beside/"
_PRETRAINED: Final = "pretrained/"
RESTORED_SEED: Final = 0
"""What was trained by any one seed is found by this one when it is restored."""


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
    beside: tuple[Estimator, ...] = ()
    """Scorers of other names that count in the blend alone: they learn once, not for every episode."""
    newcomers: tuple[Estimator, ...] = ()
    """Scorers of which the best answers who comes with nothing given; all simple ones that suit where none is named."""


class TrainedParts:
    """Episodes from one state of knowledge, and what was trained on them.

    Episodes are the same for every seed; what differs between seeds is the training.
    """

    def __init__(self, known: Known, config: EngineConfig, arrays: Arrays | None = None) -> None:
        """Make episodes of what is known; none where ``arrays`` hold what was trained before.

        Raises ``EvaluationError`` where those were trained on other features.
        """
        self.config = config
        rng = np.random.default_rng(0)
        self._networks: dict[int, list[TrainedNetwork]] = {}
        self._trees: dict[tuple[int, Objective], Any] = {}
        self.trained_beside: dict[tuple[int, str], Any] = {}
        self._newcomers_at: int | None = None
        self.featurizer = self._featurizer(known, rng, _numbered(arrays or {}, _MORE))
        self._serves = arrays is not None
        self.episodes = [] if arrays is not None else self._episodes(known, rng)
        self.learned = bool(self.episodes)
        if arrays is not None:
            self._restore(arrays)
        self.pretrained = self._in_place_of_learning(arrays or {})
        self.forget()

    def over(self, known: Known) -> TrainedParts:
        """Return what was trained over another state of knowledge: newer, or with edges taken away.

        Raises ``EvaluationError`` where that gives other features, such as those of a category that is new.
        """
        other = copy.copy(self)
        other.featurizer = self._featurizer(known, np.random.default_rng(0))
        _refuse_other_features(self.featurizer.names, other.featurizer.names)
        seen = other.featurizer.known
        other.pretrained = None if self.pretrained is None else self.pretrained.over(seen)
        other.trained_beside = {key: each.over(seen) for key, each in self.trained_beside.items()}
        other.forget()
        return other

    def arrays(
        self,
        seed: int,
        objectives: Iterable[Objective],
        *,
        networks: bool,
        newcomers: bool = True,
        beside: Iterable[str] = (),
    ) -> Arrays:
        """Return what was trained by a seed; ``TrainedParts(known, config, arrays)`` scores the same to the bit.

        With ``newcomers`` that is which simple scorer answers them, too.
        """
        found: Arrays = {
            "learned": np.array([self.learned], dtype=np.uint8),
            "features": np.frombuffer("\n".join(self.featurizer.names).encode(), dtype=np.uint8),
        }
        if newcomers and self.may_meet_newcomers:
            found["newcomers"] = np.array([self.newcomers_at], dtype=np.int64)
        for at, source in enumerate(self.featurizer.more):
            stored = source.scorer.arrays() if hasattr(source.scorer, "arrays") else {}
            found |= {f"{_MORE}{at}/{name}": each for name, each in stored.items()}
        for at, network in enumerate(self.networks(seed) if networks and self.learned else ()):
            found |= {f"{_NETWORK}{at}/{name}": each for name, each in network.arrays.items()}
        for objective in objectives if self.learned else ():
            found[f"{_TREES}{objective}"] = text_of(self.trees(seed, objective))
        others = {f"{_BESIDE}{name}/": self.beside(seed, name) for name in beside if self.learned}
        others |= {} if self.pretrained is None else {_PRETRAINED: self.pretrained}
        for prefix, scorer in others.items():
            found |= {f"{prefix}{name}": each for name, each in scorer.arrays().items()}
        return found

    def _restore(self, arrays: Arrays) -> None:
        _refuse_other_features(tuple(arrays["features"].tobytes().decode().split("\n")), self.featurizer.names)
        self.learned = bool(arrays["learned"][0])
        if "newcomers" in arrays:
            self._newcomers_at = int(arrays["newcomers"][0])
        for name, each in arrays.items():
            if name.startswith(_TREES):
                objective: Any = name.removeprefix(_TREES)
                self._trees[RESTORED_SEED, objective] = trees_of(each)
        known = self.featurizer.known
        for estimator in self.config.beside:
            if kept := under(arrays, f"{_BESIDE}{estimator.name}/"):
                restorable: Any = estimator
                self.trained_beside[RESTORED_SEED, estimator.name] = restorable.restore(known, kept)
        networks = _numbered(arrays, _NETWORK)
        self._networks[RESTORED_SEED] = [TrainedNetwork(networks[at]) for at in sorted(networks)]

    def _in_place_of_learning(self, arrays: Arrays) -> PretrainedScorer | None:
        """Return what answers where nothing could be learned; None where something was, and without a graph."""
        if self.learned or self.config.graph == "none":
            return None
        estimator, known = PretrainedEstimator(), self.featurizer.known
        kept = under(arrays, _PRETRAINED)
        return estimator.restore(known, kept) if kept else estimator.fit(known, np.random.default_rng(0))

    def forget(self) -> None:
        """Keep what was trained alone, not what was last asked."""
        self._examples: dict[str, Examples] = {}
        self._network_scores: dict[tuple[str, int], tuple[Questions, Floats]] = {}
        self._tree_scores: dict[tuple[str, int, Objective], tuple[Questions, Floats]] = {}
        self._newcomers: Scorer | None = None

    @property
    def may_meet_newcomers(self) -> bool:
        """Whether questions with nothing given are the exception."""
        return not self.config.style.cold and self.config.graph == "real"

    def newcomers(self, questions: Questions) -> Flags:
        """Which questions come with nothing given, in a window where most do not; (Q,)."""
        if not self.may_meet_newcomers:
            return np.zeros(len(questions), dtype=bool)
        return np.asarray(np.diff(questions.context.indptr) == 0)

    @property
    def newcomers_at(self) -> int:
        """Place of the scorer that answers newcomers; chosen once, and kept over other states of knowledge."""
        if self._newcomers_at is None:
            self._newcomers_at = chosen_newcomer(
                self.featurizer.known, self.config.newcomers, self.config.style, np.random.default_rng(0)
            )
        return self._newcomers_at

    def newcomer_scores(self, questions: Questions) -> Floats:
        """Scores of questions with nothing given, (Q, C), by the simple scorer that suits them best."""
        return self.newcomer_scorer.score(questions)

    @property
    def newcomer_scorer(self) -> Scorer:
        """What answers questions with nothing given, fitted when it is first asked for."""
        if self._newcomers is None:
            known = self.featurizer.known
            variants = newcomer_variants(known, self.config.newcomers)
            at = self.newcomers_at if self.newcomers_at < len(variants) else 0
            self._newcomers = variants[at].fit(known, np.random.default_rng(0))
        return self._newcomers

    def examples(self, questions: Questions) -> Examples:
        """Features of a batch of questions; the last few batches are kept, since several rows ask the same."""
        key = _key(questions)
        found = self._examples.get(key)
        if found is None:
            with one_thread():
                found = self.featurizer.examples(questions, self.config.pool)
            _keep(self._examples, key, found)
        return found

    def drop_large_batches(self) -> None:
        """Drop what was last asked where nothing is trained, but for a few questions."""
        if self._serves:
            _make_room(self._examples)

    def networks(self, seed: int) -> list[TrainedNetwork]:
        """Networks of a seed, which score together."""
        if seed not in self._networks:
            from recommender.engine.network_training import train_networks  # it alone needs torch

            seeds, device = range(seed, seed + self.config.network.count), resolve_device(self.config.device)
            self._networks[seed] = train_networks(self.episodes, self.config.network, seeds, device)
        return self._networks[seed]

    def trees(self, seed: int, objective: Objective) -> Any:
        """Trees of a seed."""
        key = (seed, objective)
        if key not in self._trees:
            config = replace(self.config.trees, objective=objective)
            self._trees[key] = train_trees(self.episodes, config, seed)
        return self._trees[key]

    def beside(self, seed: int, name: str) -> Any:
        """Scorer of ``EngineConfig.beside`` that was trained by a seed."""
        if (seed, name) not in self.trained_beside:
            estimator = next(each for each in self.config.beside if each.name == name)
            self.trained_beside[seed, name] = estimator.fit(self.featurizer.known, np.random.default_rng(seed))
        return self.trained_beside[seed, name]

    def beside_part(self, questions: Questions, seed: int, name: str) -> Floats:
        """Score of one of ``EngineConfig.beside`` for every row of the pool, standardised by question; (rows,)."""
        key = (f"{name} {_key(questions)}", seed)
        found = self._network_scores.get(key)
        if found is None:
            pool = self.examples(questions).pool
            scores = self.beside(seed, name).score(questions)[pool.question, pool.candidate]
            found = questions, standardised(scores, pool.start)
            _keep(self._network_scores, key, found)
        return found[1]

    def network_part(self, questions: Questions, seed: int) -> Floats:
        """Mean score of the networks for every row of the pool, standardised by question; (rows,)."""
        key = (_key(questions), seed)
        found = self._network_scores.get(key)
        if found is None:
            examples = self.examples(questions)
            raw = [network_scores(each, self.featurizer, examples) for each in self.networks(seed)]
            parts = [standardised(each, examples.pool.start) for each in raw]
            found = questions, np.asarray(np.mean(parts, axis=0), dtype=np.float32)
            _keep(self._network_scores, key, found)
        return found[1]

    def trees_part(self, questions: Questions, seed: int, objective: Objective) -> Floats:
        """Score of the trees for every row of the pool, standardised by question; (rows,)."""
        key = (_key(questions), seed, objective)
        found = self._tree_scores.get(key)
        if found is None:
            examples = self.examples(questions)
            scores = trees_scores(self.trees(seed, objective), self.featurizer, examples)
            found = questions, standardised(scores, examples.pool.start)
            _keep(self._tree_scores, key, found)
        return found[1]

    def _featurizer(
        self, known: Known, rng: np.random.Generator, stored: Mapping[int, Arrays] | None = None
    ) -> Featurizer:
        graph = self.config.graph
        seen = shuffled(known, rng) if graph == "shuffled" else known
        more = []
        for at, each in enumerate(self.config.more):
            restorable: Any = each
            kept = (stored or {}).get(at)
            scorer = each.fit(seen, rng) if kept is None else restorable.restore(seen, kept)
            more.append(ScorerSource(companion_name(at, each), scorer))
        with one_thread():
            return Featurizer(seen, self.config.style.span, graph=graph != "none", more=more)

    def _episodes(self, known: Known, rng: np.random.Generator) -> list[TrainingEpisode]:
        episodes = []
        for found in _informative(make_episodes(known, self.config.style, self.config.episodes, rng)):
            episode = with_cold_copies(found, self.config.cold_share, rng)
            featurizer = self._featurizer(episode.known, rng)
            examples = featurizer.examples(episode.questions, self.config.pool)
            pool = examples.pool
            labels = np.asarray(episode.positives[pool.question, pool.candidate] > 0).reshape(-1)
            if labels.any():
                episodes.append(TrainingEpisode(featurizer.static, featurizer.families, examples, labels))
        return episodes


def _informative(episodes: list[Episode]) -> list[Episode]:
    """Episodes that are worth learning from; none where all of them together hold too few questions."""
    large = [each for each in episodes if len(each.questions) >= _LEAST_QUESTIONS]
    if sum(len(each.questions) for each in large) >= _ENOUGH:
        return large
    return episodes if sum(len(each.questions) for each in episodes) >= _LEAST_QUESTIONS else []


def _numbered(arrays: Arrays, prefix: str) -> dict[int, Arrays]:
    """Arrays whose names begin with ``prefix``, by the number that follows it."""
    found: dict[int, Arrays] = {}
    for name, each in arrays.items():
        if name.startswith(prefix):
            at, _, inner = name.removeprefix(prefix).partition("/")
            found.setdefault(int(at), {})[inner] = each
    return found


def _refuse_other_features(trained: tuple[str, ...], there: tuple[str, ...]) -> None:
    if trained == there:
        return
    other, learned, now = ", ".join(sorted(set(trained) ^ set(there))[:3]), len(trained), len(there)
    raise EvaluationError(
        Wording(
            f"엔진이 학습한 특징 {learned}개와 점수를 매길 특징 {now}개가 다릅니다(다른 점: {other or '순서'}). "
            "지금 알려진 자료로 다시 학습하십시오",
            f"the engine learned from {learned} features and is to score with {now}, which differ in "
            f"{other or 'their order'}; train it on what is known now",
        )
    )


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


def _key(questions: Questions) -> str:
    given = questions.given
    # Guests are many facts: they are the same where they are one object, which all that is kept holds on to.
    who = "" if questions.guests is None else id(questions.guests)
    digest = hashlib.sha256(f"{len(questions)} {len(given)} {questions.n_candidates} {who} ".encode())
    for part in (questions.query, given.query, given.candidate, given.weight, given.time):
        digest.update(part.tobytes())
    return digest.hexdigest()


def _make_room(kept: dict[str, Examples]) -> None:
    """Drop the oldest batches until the questions of the others are within bounds."""
    for old in list(kept):
        if sum(map(len, list(kept.values()))) <= _MOST_SERVED:
            return
        kept.pop(old, None)


def _keep(kept: dict[Any, Any], key: object, value: object) -> None:
    """Put in the newest entry and drop the oldest, also while others do so."""
    for old in list(kept)[: len(kept) - _KEPT_BATCHES + 1]:
        kept.pop(old, None)
    kept[key] = value
