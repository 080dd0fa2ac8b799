"""Rows of the pretrained engine in a report: as it is, and carried on by the set's own past."""

from __future__ import annotations

from typing import Final

from recommender.engine.episodes import Style
from recommender.engine.pretrained.estimator import FineTuning, PretrainedEstimator, Shares
from recommender.knowledge.known import Estimator, Known
from recommender.knowledge.stages import build_stage

PRETRAINED: Final = "pretrained"
FINE_TUNED: Final = "fine-tuned"


def pretrained_contenders(known: Known) -> dict[str, tuple[Estimator, ...]]:
    """Return both rows; ``known`` is that of the valid window."""
    style = Style.of(build_stage(known.dataset, "valid", known.vectors))
    tuned = PretrainedEstimator(FINE_TUNED, Shares(), tuning=FineTuning(style))
    return {PRETRAINED: (PretrainedEstimator(PRETRAINED),), FINE_TUNED: (tuned,)}
