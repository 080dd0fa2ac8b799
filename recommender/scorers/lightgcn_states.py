"""Hyperparameters of the training of LightGCN, and what it returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from recommender.measure.arrays import Floats

STEP_CELLS: Final = 8_000_000
"""Scores of one step, queries times candidates: some 32 MB, and as much again for their gradient."""


@dataclass(frozen=True)
class LightGcnShape:
    """Hyperparameters of a training; symbols are those of ``LightGcn``."""

    embedding_size: int = 128
    """Numbers in the state of a candidate; 1 or more."""
    layer_count: int = 3
    """K: how often states are passed on along the pairs; 0 or more."""
    steps: int = 80
    """Steps of training, each over all baskets or a sample; 1 or more."""
    learning_rate: float = 0.025
    """Of Adam; above 0."""
    temperature: float = 0.2
    """τ: what cosines are divided by in the softmax; above 0."""
    hidden: tuple[float, float] = (0.5, 0.85)
    """Bounds of the share of members that a step hides and predicts, 0 to 1; drawn evenly between them."""
    device: str = "auto"
    """Where it trains: ``auto``, ``cpu`` or ``cuda``."""


@dataclass(frozen=True)
class Trained:
    """States after training.

    ``given``: what a candidate passes on to a query that has it, before division by √n_u, (C, d); ``final``: rows of
    length 1, (C, d); ``bias``: (C,).
    """

    given: Floats
    final: Floats
    bias: Floats
