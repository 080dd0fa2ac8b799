"""Askers of whom a text is all that is known, held against content-kNN."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.guests import GuestFigures, for_newcomers, guests, guests_table, measure
from recommender.engine.episodes import Style
from recommender.engine.estimator import EngineEstimator, Mix
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.stages import build_stage
from recommender.measure.arrays import Floats
from tests.recommender.engine.small_engine import quick
from tests.recommender.folders import World, shop


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dataset, dict[str, Floats]]:
    """Make a shop whose users have a text, drawn by chance."""
    world: World = shop()
    dataset = world.write(tmp_path_factory.mktemp("shop"))
    text = np.random.default_rng(0).standard_normal((len(dataset.nodes["User"]), 8), np.float32)
    return dataset, {"User": text / np.linalg.norm(text, axis=1, keepdims=True)}


def test_each_asker_is_hidden_once_and_brings_its_text_alone(described: tuple[Dataset, dict[str, Floats]]) -> None:
    dataset, vectors = described
    stage = build_stage(dataset, "test", vectors)
    places = []
    for rows, known, asked in guests(stage, Style.of(build_stage(dataset, "valid", vectors))):
        hidden = stage.questions.query[rows]
        assert not np.isin(known.pairs.query, hidden).any()
        assert not len(asked.given)
        assert asked.guests is not None
        assert asked.guests.text is not None
        assert (asked.guests.text == vectors["User"][hidden]).all()
        assert all(link.nnz == 0 for link in asked.guests.links.values())
        places += hidden.tolist()
    assert sorted(places) == sorted(stage.questions.query.tolist())


def test_what_is_measured_is_what_the_engine_gives_a_guest(described: tuple[Dataset, dict[str, Floats]]) -> None:
    dataset, vectors = described
    style = Style.of(build_stage(dataset, "valid", vectors))
    _, known, asked = next(guests(build_stage(dataset, "test", vectors), style))
    engine = EngineEstimator("engine", replace(quick(style)), Mix({"binary": 1.0}))
    scores = engine.fit(known, np.random.default_rng(0)).score(asked)
    served = for_newcomers(known, style).fit(known, np.random.default_rng(0))
    assert (scores == served.score(asked)).all()


def test_every_asker_of_the_window_has_a_figure(described: tuple[Dataset, dict[str, Floats]]) -> None:
    found = measure(*described, seeds=1)
    questions = len(build_stage(described[0], "test", described[1]).questions)
    for values in (found.engine, found.content, found.groups):
        assert values.shape == (questions,)
    assert ((found.engine >= 0) & (found.engine <= 1)).all()


def test_a_goal_is_met_by_a_ratio_and_an_interval() -> None:
    content, groups = np.full(40, 0.5), np.arange(40)
    better = GuestFigures("a", ("pretrained",), np.full(40, 0.6), content, groups)
    level = replace(better, name="b", engine=content)
    lines = guests_table([better, level])
    assert "| `a` | 40 | 0.5000 | 0.6000 | pretrained | 1.200 [1.200, 1.200] × |" in lines[2]
    assert lines[2].endswith("| **met** |")
    assert lines[3].endswith("| missed |")
