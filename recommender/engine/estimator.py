"""The engine as an estimator: a weighted blend of trees, network and one simple score over a question's pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from recommender.engine.trees import Objective
from recommender.engine.workshop import Workshop, WorkshopConfig, Workshops, standardised
from recommender.knowledge.known import Asked, Known
from recommender.measure.arrays import Flags, Floats

_FLOOR = -40.0
_LARGEST = 30.0


@dataclass(frozen=True)
class Mix:
    """Shares of the parts in the blend, all standardised by question: ``trees`` by objective, ``simple`` by source."""

    trees: Mapping[Objective, float] = field(default_factory=dict)
    network: float = 0.0
    simple: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class EngineEstimator:
    """One variant of an engine row; variants of a report share their ``workshops``."""

    name: str
    config: WorkshopConfig
    mix: Mix
    workshops: Workshops = field(default_factory=Workshops, compare=False, repr=False)

    def fit(self, known: Known, rng: np.random.Generator) -> EngineScorer:
        """Train what the mix needs and no other row has trained yet."""
        workshop, seed = self.workshops.of(known, self.config), int(rng.integers(2**31 - 2))
        if workshop.lessons and self.mix.network:
            workshop.networks(seed)
        for objective in self.mix.trees if workshop.lessons else ():
            workshop.trees(seed, objective)
        return EngineScorer(workshop, seed, self.mix)


@dataclass(frozen=True)
class EngineScorer:
    """Scores pools; what is outside a pool follows by popularity. Newcomers are answered by a simple scorer."""

    workshop: Workshop
    seed: int
    mix: Mix

    def score(self, asked: Asked, new: Flags | None = None) -> Floats:
        """Return (Q, C); ``new`` (Q,) says whose questions are newcomers', found where it is not given."""
        new = self.workshop.newcomers(asked) if new is None else new
        out = np.empty((len(asked), asked.n_candidates), dtype=np.float32)
        for rows, answer in ((~new, self._learned), (new, self.workshop.newcomer_scores)):
            if rows.any():
                out[rows] = answer(asked.take(np.flatnonzero(rows)))
        return out

    def _learned(self, asked: Asked) -> Floats:
        examples = self.workshop.examples(asked)
        pool = examples.pool
        total = self._blend(asked, len(pool.candidate))
        popular = self.workshop.maker.popularity
        out = np.tile(_FLOOR + popular / (popular.max() + 1.0), (len(asked), 1)).astype(np.float32)
        out[pool.question, pool.candidate] = np.clip(total, -_LARGEST, _LARGEST)
        return out

    def _blend(self, asked: Asked, rows: int) -> Floats:
        mix, workshop, total = self.mix, self.workshop, np.zeros(rows, dtype=np.float32)
        examples = workshop.examples(asked)
        for objective, share in mix.trees.items() if workshop.lessons else ():
            total += share * workshop.trees_part(asked, self.seed, objective)
        if mix.network and workshop.lessons:
            total += mix.network * workshop.network_part(asked, self.seed)
        names = workshop.maker.pair_names
        simple = mix.simple if workshop.lessons else _in_place_of_learning(mix.simple, names)
        for name, share in simple.items():
            values = examples.pool.features[:, names.index(f"{name}/log")].astype(np.float32)
            total += share * standardised(values, examples.pool.start)
        return total


def _in_place_of_learning(simple: Mapping[str, float], names: tuple[str, ...]) -> Mapping[str, float]:
    """Return the simple scores that there are, else the first source: what orders the pool without lessons."""
    sources = [name.removesuffix("/log") for name in names if name.endswith("/log")]
    found = {name: share for name, share in simple.items() if name in sources}
    return found or dict.fromkeys(sources[:1], 1.0)
