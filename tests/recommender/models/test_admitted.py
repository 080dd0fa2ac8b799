"""What the rules keep from an asker stands below all else, and what they forbid of what happened is told."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from recommender.knowledge.known import Pairs, Questions
from recommender.knowledge.task_data import TaskData, TaskInput
from recommender.knowledge.tasks import get_task
from recommender.knowledge.unseen import as_guests
from recommender.measure.arrays import Flags, Floats
from recommender.models.admitted import AdmittedScorer
from recommender.publish.task_training import TaskTrial, TrainConfig, trial_of
from recommender.scorers.popularity import Popularity
from recommender.text.encoder import encode_snapshot
from tests.recommender.fixtures import GraphBuilder, WordEncoder, planted_city

TARGETS = ("Program", "TARGETS", "Region")
OCCUPIES = ("Company", "OCCUPIES", "Space")


class Fixed:
    """Gives the same scores to whoever asks."""

    def __init__(self, scores: Floats) -> None:
        self._scores = scores

    def score(self, questions: Questions) -> Floats:
        return self._scores[: len(questions)]


def trial(graph: GraphBuilder, folder: Path, task: str = "programs") -> TaskTrial:
    snapshot = graph.snapshot(folder)
    data = TaskData(snapshot, get_task(task), encode_snapshot(snapshot, WordEncoder()), TaskInput())
    found = trial_of(data, TrainConfig())
    assert found is not None
    return found


def city(*, notices: int = 24) -> GraphBuilder:
    """Build the planted city with two calls besides that nobody of 덕양구 could have."""
    graph = planted_city(programs=notices)
    for each in ("Q1", "Q2"):
        graph.node("Program", each, title="일산동구 공고", kind="grant", nationwide=False)
        graph.link(TARGETS, each, "41285")
    return graph


def nobody(count: int, candidates: int) -> Questions:
    none = np.zeros(0, dtype=np.int64)
    given = Pairs(none, none, none.astype("datetime64[s]"), none.astype(np.float32))
    return Questions(np.arange(count), given, candidates)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_is_kept_out_is_below_all_and_the_rest_as_it_was(dtype: type) -> None:
    scores = np.array([[3.0, -2.0, 1e30, 1.0], [0.0, 0.0, 0.0, 0.0]], dtype=dtype)
    out: Flags = np.array([[True, False, True, False], [False, True, False, False]])
    found = AdmittedScorer(Fixed(scores), lambda _: out).score(nobody(2, 4))
    assert found.dtype == dtype
    assert np.isfinite(found).all()
    np.testing.assert_array_equal(found[~out], scores[~out])
    assert (found.max(axis=1, where=out, initial=-np.inf) < scores.min(axis=1)).all()


def test_who_lives_elsewhere_has_the_calls_of_one_district_last(tmp_path: Path) -> None:
    found = trial(city(), tmp_path)
    known, questions = found.bench.known("test"), found.bench.given_questions("test")
    places = [known.candidates.ids.index(each) for each in ("Q1", "Q2")]
    odd = np.array([int(known.queries.ids[place][1:]) % 2 for place in questions.query], dtype=bool)
    out = found.admission.out(questions, "test")
    assert out[odd][:, places].all()
    assert out.sum() == 2 * odd.sum() > 0
    scores = np.tile(np.arange(questions.n_candidates, dtype=np.float32), (len(questions), 1))
    ranked = found.admission.behind(Fixed(scores), "test").score(questions)
    assert (np.argsort(-ranked[odd], axis=1)[:, -2:] >= min(places)).all()


def test_a_mask_that_agrees_with_what_happened_forbids_nothing(tmp_path: Path) -> None:
    found = trial(city(), tmp_path)
    figures = found.admission.figures(found.bench.stage("test"))
    assert "region" in figures.asked
    assert figures.disputed == figures.forbidden == {}
    assert figures.forbidden_share == 0.0
    assert 0.0 < figures.out < 2 / 26


def test_answers_that_the_rules_forbid_are_counted(tmp_path: Path) -> None:
    """One call of the city is for 일산동구 alone, yet companies of 덕양구 had it: few enough to be told and no more."""
    graph = city()
    graph.nodes["Program"][1] |= {"nationwide": False}
    graph.link(TARGETS, "P001", "41285")
    found = trial(graph, tmp_path)
    stage = found.bench.stage("test")
    known = found.bench.known("test")
    answers = stage.positives.tocoo()
    wrong = [
        known.candidates.ids[column] == "P001" and int(known.queries.ids[stage.questions.query[row]][1:]) % 2 == 1
        for row, column in zip(answers.row, answers.col, strict=True)
    ]
    figures = found.admission.figures(stage)
    assert sum(wrong) > 0
    assert figures.disputed == {}
    assert figures.forbidden == {"region": pytest.approx(np.mean(wrong))}
    assert figures.forbidden_share == pytest.approx(np.mean(wrong))


def test_a_rule_that_forbids_what_happens_all_the_time_is_left_out_and_told(tmp_path: Path) -> None:
    """Calls closed for years that companies go on applying to: the window says nothing that can be measured by."""
    graph = city()
    for row in graph.nodes["Program"]:
        row |= {"window_kind": "fixed", "apply_until": date(2020, 12, 31)}
    found = trial(graph, tmp_path)
    figures = found.admission.figures(found.bench.stage("test"))
    assert figures.disputed == {"window": 1.0}
    assert "window" not in figures.asked
    assert "region" in figures.asked
    assert figures.forbidden_share == 0.0


def test_guests_are_decided_on_where_they_are_served(tmp_path: Path) -> None:
    found = trial(city(), tmp_path)
    known = found.bench.known("test")
    questions = nobody(2, len(known.candidates))
    guests = Questions(questions.query, questions.given, questions.n_candidates, as_guests(known, np.arange(2)))
    assert not found.admission.out(guests, "test").any()


def test_each_block_of_askers_is_decided_once(tmp_path: Path) -> None:
    found = trial(city(), tmp_path)
    questions = found.bench.given_questions("test")
    assert found.admission.out(questions, "test") is found.admission.out(questions, "test")


def test_rooms_that_are_let_stand_below_the_free_ones_for_every_scorer(tmp_path: Path) -> None:
    """Each room went to one company; a scorer that ranks by who had what would have nothing but these first."""
    graph = GraphBuilder()
    for at in range(220):
        graph.node("Company", f"C{at:03}", name=f"회사 {at}", founded_on=date(2015, 1, 1))
        graph.node("Space", f"S{at:03}", title=f"{at}호")
        if at < 200:
            graph.link(OCCUPIES, f"C{at:03}", f"S{at:03}", on=date(2024, 1, 1) + timedelta(days=3 * at))
    found = trial(graph, tmp_path, "spaces")
    stage = found.bench.stage("test")
    occupied = stage.known.occupied
    out = found.admission.out(stage.questions, "test")
    assert 100 <= occupied.sum() < 200
    assert (out[:, occupied]).all()
    assert not out[:, ~occupied].any()
    assert not found.bench.known("test").before(np.datetime64("2020-01-01", "s")).occupied.any()
    popular = found.admission.behind(Popularity().fit(stage.known, np.random.default_rng(0)), "test")
    scores = popular.score(stage.questions)
    assert (scores[:, occupied].max(axis=1) < scores[:, ~occupied].min(axis=1)).all()
