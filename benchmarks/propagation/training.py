"""Link prediction: the partners of a later time, each against negatives that the whole batch shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from benchmarks.propagation.loss import shared_softmax
from recommender.knowledge.adam import OneCycleAdamW
from recommender.measure.arrays import Indices

_RISING: Final = 0.1
"""Share of the steps in which the rate rises: batches of thousands of pairs are steady from the start."""


@dataclass(frozen=True)
class PairSettings:
    """Hyperparameters; AdamW with one cycle."""

    batch_size: int = 8_192
    """Pairs of a step; 1 or more."""
    negatives: int = 1_024
    """Candidates drawn anew for each step, half by popularity and half evenly; 1 or more."""
    learning_rate: float = 3e-3
    """At the height of the one cycle; above 0."""
    reg: float = 0.5
    """Weight decay of AdamW; 0 or more. Large, since the few weights see millions of pairs."""
    steps: int = 300
    """Steps of the one cycle; 1 or more."""
    bf16: bool = True
    """Multiply in bfloat16, half the memory and on newer processors twice the speed."""
    seed: int = 0
    """Of the order of pairs and of the negatives."""


@dataclass(frozen=True)
class TrainingPairs:
    """Who should find whom: rows of askers and candidates, (pairs,); ``candidates``: how many can be ranked."""

    query: Indices
    candidate: Indices
    candidates: int


class PairModel(Protocol):
    """A network that gives vectors of askers and of candidates."""

    def vectors(self, queries: Tensor, candidates: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Vectors of askers (Q, d) and candidates (K, d), biases of candidates (K,); arguments are rows."""
        ...

    def parameters(self) -> Iterator[nn.Parameter]:
        """Go over all weights."""
        ...

    def train(self) -> object:
        """Switch dropout on."""
        ...


class Negatives:
    """Draws candidates and knows how likely each was: Q(c) = ½ · popularity(c) + ½ · 1/C."""

    def __init__(self, pairs: TrainingPairs) -> None:
        counts = np.bincount(pairs.candidate, minlength=pairs.candidates).astype(np.float64)
        self._share = 0.5 * counts / max(counts.sum(), 1.0) + 0.5 / pairs.candidates
        self._share /= self._share.sum()
        self._ends = np.cumsum(self._share)

    def draw(self, count: int, rng: np.random.Generator) -> tuple[Indices, npt.NDArray[np.float32]]:
        """Candidates and the log of how often each is expected among ``count``; both (count,)."""
        at = np.searchsorted(self._ends, rng.random(count) * self._ends[-1], side="right")
        drawn = np.minimum(at, len(self._ends) - 1)
        return drawn, np.log(count * self._share[drawn]).astype(np.float32)


class PairTrainer:
    """Takes steps of AdamW with one cycle of the learning rate (Smith & Topin, 2019)."""

    def __init__(self, settings: PairSettings, model: PairModel, pairs: TrainingPairs, device: torch.device) -> None:
        self.settings, self.model, self.pairs, self.device = settings, model, pairs, device
        self._rng = np.random.default_rng(settings.seed)
        self._negatives = Negatives(pairs)
        self._order, self._at = np.zeros(0, np.int64), 0
        rate = settings.learning_rate
        self._optimizer = OneCycleAdamW(model.parameters(), rate, settings.reg, settings.steps + 1, rising=_RISING)

    def step(self) -> float:
        """Take one step; return the loss."""
        chosen = self._next()
        queries, positives = self.pairs.query[chosen], self.pairs.candidate[chosen]
        negatives, expected = self._negatives.draw(self.settings.negatives, self._rng)
        columns = np.concatenate([positives, negatives])
        self.model.train()
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.settings.bf16):
            q, c, bias = self.model.vectors(self._tensor(queries), self._tensor(columns))
            loss = shared_softmax(q, c, bias, self._tensor(columns), self._tensor(expected))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 5.0)
        self._optimizer.step()
        return float(loss.detach())

    def _next(self) -> Indices:
        """Next batch of a random order of all pairs."""
        size = min(self.settings.batch_size, len(self.pairs.query))
        if self._at + size > len(self._order):
            self._order, self._at = self._rng.permutation(len(self.pairs.query)), 0
        self._at += size
        return self._order[self._at - size : self._at]

    def _tensor(self, array: npt.NDArray[np.int64] | npt.NDArray[np.float32]) -> Tensor:
        return torch.from_numpy(array).to(self.device)
