"""The networks that are compared, each with the settings that did best for it on the valid window of a smaller city."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import numpy as np
import torch
from torch import nn

from benchmarks.city_graph import COMPANY
from benchmarks.city_heteroconv import FullBatch
from benchmarks.city_parts import Clock, Part
from benchmarks.city_task import CityTask, LaterQuestions
from benchmarks.propagation.model import ModelShape, TokenPairs
from benchmarks.propagation.tokens import Propagation
from benchmarks.propagation.training import PairSettings, PairTrainer
from recommender.knowledge.device import resolve_device

DIMENSION = 128


class Learner(Protocol):
    """A network over a task; ``prepared``: what was spent before the first step."""

    prepared: Clock

    @property
    def model(self) -> nn.Module:
        """Its weights."""
        ...

    @property
    def trainer(self) -> PairTrainer:
        """What takes its steps."""
        ...

    def quality(self, window: LaterQuestions) -> dict[str, float]:
        """Rank all companies for the askers of a window."""
        ...


class PropagatedTowers:
    """Tokens computed once, then two towers over them, in bfloat16."""

    def __init__(self, task: CityTask, part: Part) -> None:
        self.prepared, device = Clock(), resolve_device(part.device)
        torch.manual_seed(part.seed)
        with self.prepared:
            propagation = Propagation.fit(task.seen, DIMENSION, np.random.default_rng(part.seed))
            tokens = propagation.tokens(propagation.spread(task.seen), COMPANY)
            self.model = TokenPairs(tokens, tokens, ModelShape(), torch.bfloat16).to(device)
        self._task, self._propagation = task, propagation
        settings = PairSettings(steps=part.steps, seed=part.seed)
        self.trainer = PairTrainer(settings, self.model, task.pairs, device)
        self._now: np.ndarray | None = None

    def quality(self, window: LaterQuestions) -> dict[str, float]:
        """Rank from the tokens of the graph as it is known when the window begins."""
        if self._now is None:
            self._now = self._propagation.tokens(self._propagation.spread(self._task.now), COMPANY)
        return window.quality(self.model.ask(self._now[window.askers]), *self.model.answer(self._now))


class HeteroConvFullBatch:
    """PyTorch Geometric's HeteroConv of SAGEConv; ``products``: sparse products instead of lists of edges."""

    def __init__(self, task: CityTask, part: Part, *, products: bool = False) -> None:
        self.prepared, device = Clock(), resolve_device(part.device)
        torch.manual_seed(part.seed)
        with self.prepared:
            self.model = FullBatch(task.seen, products=products, device=device).to(device)
        self._task = task
        settings = replace(PairSettings(steps=part.steps, seed=part.seed), bf16=False, reg=1e-4)
        self.trainer = PairTrainer(settings, self.model, task.pairs, device)

    def quality(self, window: LaterQuestions) -> dict[str, float]:
        """Rank by passing messages over the graph as it is known when the window begins."""
        return window.quality(*self.model.embed(self._task.now, window.askers))


def make_learner(task: CityTask, part: Part) -> Learner:
    """Make the learner that a part names."""
    if part.kind.startswith("propagation"):
        return PropagatedTowers(task, part)
    return HeteroConvFullBatch(task, part, products="products" in part.kind)
