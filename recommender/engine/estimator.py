"""The engine as an estimator: a weighted blend of trees, network and other scores over a question's pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from graph_schema.wording import Wording
from recommender.engine.trained_parts import (
    RESTORED_SEED,
    EngineConfig,
    TrainedParts,
    TrainedPartsCache,
    standardised,
)
from recommender.engine.trees import Objective
from recommender.knowledge.known import Known, Questions, Retriever
from recommender.measure.arrays import Arrays, Flags, Floats

_BELOW = 2.0
"""How far under the lowest of its pool a question's other candidates stand, less a share below 1 that orders them."""


@dataclass(frozen=True)
class Mix:
    """Shares of the parts in the blend; all are standardised by question first."""

    trees: Mapping[Objective, float] = field(default_factory=dict)
    """Share of the trees of each objective; 0 or more."""
    network: float = 0.0
    """Share of the networks together; 0 or more."""
    simple: Mapping[str, float] = field(default_factory=dict)
    """Share of each source by its name; 0 or more."""
    beside: Mapping[str, float] = field(default_factory=dict)
    """Share of each of ``EngineConfig.beside`` by its name; 0 or more."""
    newcomers: bool = False
    """Whether it answers newcomers too, by what is known of their kind; else the simple scorer does that suits them."""


@dataclass(frozen=True)
class EngineEstimator:
    """Candidate sources, networks that pass messages from the question, boosted trees, and their blend.

    One variant of a row; the variants of a report share their ``cache``.
    """

    name: str
    """Name of the row in reports."""
    config: EngineConfig
    """How it learns; rows with equal settings share what is trained."""
    mix: Mix
    """What of it counts how much."""
    cache: TrainedPartsCache = field(default_factory=TrainedPartsCache, compare=False, repr=False)
    """What the rows of a report have trained; no setting, so it does not count in comparisons."""

    def fit(self, known: Known, rng: np.random.Generator) -> EngineScorer:
        """Train what the mix needs and no other row has trained yet."""
        parts, seed = self.cache.of(known, self.config), int(rng.integers(2**31 - 2))
        scorer = EngineScorer(parts, seed, self.mix)
        scorer.arrays()
        return scorer

    def restore(self, known: Known, arrays: Arrays) -> EngineScorer:
        """Return the scorer whose ``arrays`` these are: over the same knowledge it scores the same to the bit.

        Raises ``EvaluationError`` where what is known gives other features than those that were learned from.
        """
        parts = TrainedParts(known, self.config, arrays)
        if parts.may_meet_newcomers and not self.mix.newcomers:
            _ = parts.newcomer_scorer  # its first question would wait for it
        return EngineScorer(parts, RESTORED_SEED, self.mix)


@dataclass(frozen=True)
class EngineScorer:
    """Scores pools; what is outside a pool follows by its sources.

    Newcomers are answered by the scorer that suits them, and where nothing could be learned the pretrained network
    answers the others.
    """

    parts: TrainedParts
    seed: int
    mix: Mix

    @property
    def note(self) -> Wording | None:
        """What a reader of its figures should know: that nothing was learned; None where something was."""
        if self.parts.learned:
            return None
        if self.parts.pretrained is None:
            return Wording(
                "학습할 과거 구간이 없어 후보 출처 하나로만 순위를 정했습니다",
                "found no past window to learn from, so that one source of candidates answers",
            )
        return Wording(
            "학습할 과거 구간이 없어 사전학습한 망이 그대로 순위를 정했습니다. 그 망이 학습한 공개 자료는 "
            "docs/pretraining.md에 있습니다",
            "found no past window to learn from, so that the pretrained network answers as it is; "
            "docs/pretraining.md names the public sets that it learned from",
        )

    def arrays(self) -> Arrays:
        """Return all that training found for this mix, training what is not yet."""
        mix = self.mix
        return self.parts.arrays(
            self.seed, mix.trees, networks=mix.network > 0, newcomers=not mix.newcomers, beside=mix.beside
        )

    def over(self, known: Known) -> EngineScorer:
        """Return the same scorer over another state of knowledge, such as a newer one; nothing is trained.

        Raises ``EvaluationError`` where that gives other features than those that were learned from.
        """
        return replace(self, parts=self.parts.over(known))

    def retrieval_scores(self, candidate: int) -> Floats | None:
        """Compare every query node with one candidate by a source that is quick at it, (Q,); None without one."""
        quick = (each.scorer for each in self.parts.featurizer.more if isinstance(each.scorer, Retriever))
        return next((scorer.retrieval_scores(candidate) for scorer in quick), None)

    def newcomers(self, questions: Questions) -> Flags:
        """Which questions a simple scorer answers, (Q,)."""
        return np.zeros(len(questions), bool) if self.mix.newcomers else self.parts.newcomers(questions)

    def score(self, questions: Questions, new: Flags | None = None) -> Floats:
        """Return (Q, C); ``new`` (Q,) says whose questions are newcomers', found where it is not given."""
        new = self.newcomers(questions) if new is None else new
        out = np.empty((len(questions), questions.n_candidates), dtype=np.float32)
        warm = self._learned if self.parts.pretrained is None else self.parts.pretrained.score
        for rows, answer in ((~new, warm), (new, self.parts.newcomer_scores)):
            if rows.any():
                out[rows] = answer(questions.take(np.flatnonzero(rows)))
        self.parts.drop_large_batches()
        return out

    def _learned(self, questions: Questions) -> Floats:
        examples = self.parts.examples(questions)
        pool = examples.pool
        total = self._blend(questions, len(pool.candidate))
        share = examples.likeness
        if share is None:
            popular = self.parts.featurizer.popularity
            share = (popular / (popular.max(initial=0.0) + 1.0)).astype(np.float16)
        lowest = np.zeros(len(questions), dtype=np.float32)
        np.minimum.at(lowest, pool.question, total)
        out = lowest[:, None] - np.float32(_BELOW) + share.astype(np.float32)
        out[pool.question, pool.candidate] = total
        return np.asarray(out, dtype=np.float32)

    def _blend(self, questions: Questions, rows: int) -> Floats:
        mix, parts, total = self.mix, self.parts, np.zeros(rows, dtype=np.float32)
        examples = parts.examples(questions)
        for objective, share in mix.trees.items() if parts.learned else ():
            total += share * parts.trees_part(questions, self.seed, objective)
        if mix.network and parts.learned:
            total += mix.network * parts.network_part(questions, self.seed)
        for name, share in mix.beside.items() if parts.learned else ():
            total += share * parts.beside_part(questions, self.seed, name)
        names = parts.featurizer.pair_names
        simple = mix.simple if parts.learned else _in_place_of_learning(mix.simple, names)
        for name, share in simple.items():
            values = examples.pool.features[:, names.index(f"{name}/log")].astype(np.float32)
            total += share * standardised(values, examples.pool.start)
        return total


def _in_place_of_learning(simple: Mapping[str, float], names: tuple[str, ...]) -> Mapping[str, float]:
    """Return the simple scores that there are, else the first source: what orders the pool without episodes."""
    sources = [name.removesuffix("/log") for name in names if name.endswith("/log")]
    found = {name: share for name, share in simple.items() if name in sources}
    return found or dict.fromkeys(sources[:1], 1.0)
