"""Models small enough to know by heart, in place of those that take minutes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recommender.bench.bench import Bench
from recommender.bench.catalogue import Variants
from recommender.knowledge.known import Known, Questions
from recommender.lab.available import Resources
from recommender.measure.arrays import Floats


@dataclass(frozen=True)
class Popular:
    """Known pairs of each candidate to a power, plus noise of a seed."""

    power: float = 1.0
    noise: float = 0.0
    name: str = "popular"

    def fit(self, known: Known, rng: np.random.Generator) -> PopularScorer:
        counts = np.bincount(known.pairs.candidate, minlength=len(known.candidates)).astype(np.float64)
        counts = counts**self.power if self.power >= 0 else -counts
        return PopularScorer((counts + self.noise * rng.random(len(counts))).astype(np.float32))


class PopularScorer:
    """One score a candidate, whoever asks."""

    curve = ((0.5, 0.1), (1.0, 0.2))

    def __init__(self, scores: Floats) -> None:
        self._scores = scores

    def score(self, questions: Questions) -> Floats:
        return np.tile(self._scores, (len(questions), 1))

    def calibration(self, scores: Floats) -> Floats:
        return np.clip(scores / 100, 0, 1)


@dataclass(frozen=True)
class Broken:
    """Gives what no ranking can use."""

    value: float = np.nan
    name: str = "broken"

    def fit(self, known: Known, rng: np.random.Generator) -> PopularScorer:
        del rng
        return PopularScorer(np.full(len(known.candidates), self.value, dtype=np.float32))


class CallList:
    """A list that says nothing of itself in settings."""

    def __init__(self, calls: list[str]) -> None:
        self.calls = calls


@dataclass(frozen=True)
class Counted:
    """Notes each fit; its settings are those of what it wraps."""

    inner: Popular
    fits: CallList

    def fit(self, known: Known, rng: np.random.Generator) -> PopularScorer:
        self.fits.calls.append("fit")
        return self.inner.fit(known, rng)


def few_models(bench: Bench, resources: Resources) -> tuple[Variants, Variants]:
    """Stand in for ``available_models``."""
    del bench, resources
    simple = {"popularity": (Popular(-1.0), Popular(1.0)), "content-knn": (Popular(0.5),)}
    return simple, {"engine": (Popular(1.0, 3.0),), "engine-without-gnn": (Popular(1.0, 5.0),)}
