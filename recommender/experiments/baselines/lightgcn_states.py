"""What the training of LightGCN is told and what it returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from recommender.experiments.known import Floats

STEP_CELLS: Final = 8_000_000
"""Scores of one step, queries times candidates: some 32 MB, and as much again for their gradient."""


class LightGcnShape(Protocol):
    """Hyperparameters of a training; their meaning is told at ``LightGcn``."""

    @property
    def embedding_size(self) -> int: ...  # noqa: D102  told at LightGcn
    @property
    def layer_count(self) -> int: ...  # noqa: D102
    @property
    def steps(self) -> int: ...  # noqa: D102
    @property
    def learning_rate(self) -> float: ...  # noqa: D102
    @property
    def temperature(self) -> float: ...  # noqa: D102
    @property
    def hidden(self) -> tuple[float, float]: ...  # noqa: D102
    @property
    def device(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Trained:
    """States after training.

    ``given``: what a candidate passes on to a query that has it, before division by √n_u, (C, d); ``final``: rows of
    length 1, (C, d); ``bias``: (C,).
    """

    given: Floats
    final: Floats
    bias: Floats
