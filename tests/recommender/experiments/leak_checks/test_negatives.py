"""Negatives that were chosen with knowledge of the window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from recommender.experiments.dataset import Indices
from recommender.experiments.leaks import refuse_informed_negatives
from recommender.experiments.stages import Stage
from tests.recommender.experiments.folders import shop


def drawn(stage: Stage, rng: np.random.Generator, *, informed: bool) -> Indices:
    known = stage.known.history.toarray() > 0
    if informed:
        known[stage.asked.query] |= stage.positives.toarray() > 0
    query = rng.integers(known.shape[0], size=20_000)
    weight = 1.0 + stage.known.history.sum(axis=0)
    candidate = rng.choice(known.shape[1], p=weight / weight.sum(), size=20_000)
    free = ~known[query, candidate]
    return np.stack([query[free], candidate[free]], axis=1)


def test_negatives_that_avoid_the_answers_are_refused(tmp_path: Path) -> None:
    stage = shop().stage(tmp_path)
    negatives = drawn(stage, np.random.default_rng(8), informed=True)
    with pytest.raises(EvaluationError, match=r"0 of \d+ negatives are answers .* where \d+ are to be expected"):
        refuse_informed_negatives(negatives, stage)


def test_negatives_drawn_from_all_that_is_not_known_pass(tmp_path: Path) -> None:
    stage = shop().stage(tmp_path)
    refuse_informed_negatives(drawn(stage, np.random.default_rng(8), informed=False), stage)


def test_few_negatives_without_an_answer_prove_nothing(tmp_path: Path) -> None:
    stage = shop().stage(tmp_path)
    refuse_informed_negatives(drawn(stage, np.random.default_rng(8), informed=True)[:200], stage)
    refuse_informed_negatives(np.empty((0, 2), dtype=np.int64), stage)
