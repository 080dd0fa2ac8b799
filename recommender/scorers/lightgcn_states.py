"""Hyperparameters of the training of LightGCN, and what it returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from recommender.measure.arrays import Floats

STEP_CELLS: Final = 8_000_000
"""Scores of one step, queries times candidates: some 32 MB, and as much again for their gradient."""


@dataclass(frozen=True)
class LightGcnShape:
    """Hyperparameters of a training; their meaning is told at ``LightGcn``."""

    embedding_size: int = 128
    layer_count: int = 3
    steps: int = 80
    learning_rate: float = 0.025
    temperature: float = 0.2
    hidden: tuple[float, float] = (0.5, 0.85)
    device: str = "auto"


@dataclass(frozen=True)
class Trained:
    """States after training.

    ``given``: what a candidate passes on to a query that has it, before division by √n_u, (C, d); ``final``: rows of
    length 1, (C, d); ``bias``: (C,).
    """

    given: Floats
    final: Floats
    bias: Floats
