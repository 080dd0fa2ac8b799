"""Rows of the pretrained engine: as it is, and carried on by the set's own past."""

from __future__ import annotations

from typing import Final

from recommender.engine.episodes import Style
from recommender.engine.pretrained.estimator import FineTuning, PretrainedEstimator
from recommender.knowledge.known import Estimator, Known
from recommender.knowledge.stages import build_stage

PRETRAINED: Final = PretrainedEstimator().name
FINE_TUNED: Final = "fine-tuned"


def pretrained_contenders(known: Known) -> dict[str, tuple[Estimator, ...]]:
    """Return both rows; ``known`` is that of the valid window."""
    style = Style.of(build_stage(known.dataset, "valid", known.vectors))
    return {PRETRAINED: (PretrainedEstimator(),), FINE_TUNED: (fine_tuned(FineTuning(style)),)}


def fine_tuned(tuning: FineTuning) -> PretrainedEstimator:
    """Return the row that learns: valid windows of public sets took the network alone there."""
    return PretrainedEstimator(FINE_TUNED, mean=0.0, tuning=tuning)
