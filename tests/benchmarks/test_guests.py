"""Askers of whom a text is all that is known, held against content-kNN."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.guests import GuestFigures, as_served, for_newcomers, guests, guests_table, measure
from recommender.engine.episodes import Style
from recommender.engine.estimator import EngineEstimator, Mix
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.known import Known, Questions
from recommender.knowledge.stages import build_stage
from recommender.knowledge.unseen import text_nearness
from recommender.measure.arrays import Floats
from recommender.models.served import EngineSize, learned_rows
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
    figures = (found.engine, found.content, found.served, found.with_text)
    for values in (*figures, found.groups):
        assert values.shape == (questions,)
    for values in figures:
        assert ((values >= 0) & (values <= 1)).all()


class Fixed:
    """Scores all candidates of every asker as is given."""

    name = "fixed"

    def __init__(self, scores: Floats) -> None:
        self.scores = scores

    def fit(self, _known: Known, _rng: np.random.Generator) -> Fixed:
        return self

    def score(self, questions: Questions) -> Floats:
        return np.tile(self.scores, (len(questions), 1))


def test_what_serves_is_asked_by_guests_alone_and_with_their_texts(
    described: tuple[Dataset, dict[str, Floats]],
) -> None:
    """As a request is answered: half of the model's standard score and all of the text's."""
    dataset, vectors = described
    stage, style = build_stage(dataset, "test", vectors), Style.of(build_stage(dataset, "valid", vectors))
    _, known, asked = next(guests(stage, style))
    assert not text_nearness(known, asked).any(), "candidates have no text"
    scores = np.arange(len(dataset.nodes["Item"]), dtype=np.float32)
    alone, blended = as_served(Fixed(scores), stage, style, 2)
    assert (alone == blended).all(), "where there is no text, nothing changes"
    # Each guest's text is that of what it will choose, so the texts alone find everything.
    rows = np.arange(len(stage.questions))
    at = np.zeros((len(dataset.nodes["User"]), len(scores)), dtype=np.float32)
    at[stage.questions.query[rows]] = 100 * stage.positives.toarray()
    told = build_stage(dataset, "test", {"User": at, "Item": np.eye(len(scores), dtype=np.float32)})
    assert as_served(Fixed(scores), told, style, 1)[1].mean() > 0.99 > alone.mean()


def test_the_engine_answers_newcomers_itself_where_the_window_asks_of_some(
    described: tuple[Dataset, dict[str, Floats]],
) -> None:
    """Else nothing tells how well it does, and the scorer that suits them answers."""
    valid = build_stage(described[0], "valid", described[1])
    assert (np.diff(valid.questions.context.indptr) > 0).all()
    given = valid.questions.given
    of_others = given.take(np.flatnonzero(given.query != given.query[0]))
    some_new = replace(valid, questions=replace(valid.questions, given=of_others))
    for stage, itself in ((valid, False), (some_new, True)):
        rows = [each for each in learned_rows(stage, EngineSize()) if isinstance(each, EngineEstimator)]
        assert rows
        assert all(each.mix.newcomers is itself for each in rows)


def test_a_goal_is_met_by_a_ratio_and_an_interval() -> None:
    content, groups = np.full(40, 0.5), np.arange(40)
    better = GuestFigures("a", ("pretrained",), content, np.full(40, 0.7), np.full(40, 0.55), np.full(40, 0.6), groups)
    level = replace(better, name="b", with_text=content)
    lines = guests_table([better, level])
    assert "| `a` | 40 | 0.5000 | 0.7000 | pretrained | **1.400 [1.400, 1.400] ×** | 0.5500 | 1.100 [" in lines[2]
    assert lines[2].endswith("| 1 | 0.6000 | **1.200 [1.200, 1.200] ×** |")
    assert lines[3].endswith("| 1 | 0.5000 | 1.000 [1.000, 1.000] × |")
