"""Questions with nothing given: answered by the scorer that suits those who asked before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.engine import trained_parts
from recommender.engine.estimator import EngineEstimator, EngineScorer, Mix
from recommender.engine.newcomers import chosen_newcomer, newcomer_variants
from recommender.engine.pretrained.estimator import PretrainedEstimator, PretrainedScorer
from recommender.engine.trained_parts import EngineConfig, TrainedPartsCache
from recommender.knowledge.known import Known, Questions, Scorer
from recommender.knowledge.unseen import hide_histories
from recommender.measure.arrays import Indices
from recommender.scorers.content_knn import ContentKnn
from tests.recommender.engine.small_engine import ROWS, TIMELESS, clubs, known_of, quick
from tests.recommender.folders import BUYS, Row, World
from tests.recommender.scorers.small import ask, taken

N_CLUBS = 6


def members() -> World:
    """Clubs of which users say that they are members."""
    names = [(f"u{user:03}", str(user % N_CLUBS)) for user in range(90)]
    return clubs(n_clubs=N_CLUBS).add("nodes/User", "id,club", names)


def half_unseen(questions: Questions) -> Questions:
    """Give nothing with every second question."""
    return Questions(questions.query, questions.given.take(questions.given.query % 2 == 0), questions.n_candidates)


def fitted(world: World, folder: Path) -> tuple[EngineScorer, Questions]:
    known, questions = known_of(world, folder)
    engine = EngineEstimator("engine", quick(), Mix(network=1.0), TrainedPartsCache())
    return engine.fit(known, np.random.default_rng(0)), questions


def newcomer_scorer(known: Known) -> Scorer:
    at = chosen_newcomer(known, (), TIMELESS, np.random.default_rng(0))
    return newcomer_variants(known)[at].fit(known, np.random.default_rng(0))


def test_what_users_say_of_themselves_decides_where_it_tells_something(tmp_path: Path) -> None:
    known, questions = known_of(members(), tmp_path)
    less, unseen = hide_histories(known, questions, np.arange(6))
    best = newcomer_scorer(less).score(unseen).argsort(axis=1)[:, -5:]
    assert (best % N_CLUBS == unseen.query[:, None] % N_CLUBS).all()


def test_what_learned_elsewhere_answers_where_no_window_tells_who_is_better() -> None:
    """Of five users who took four items none is left to hide; the one most often taken comes first all the same."""
    known = taken(ROWS)
    scorer = newcomer_scorer(known)
    assert isinstance(scorer, PretrainedScorer)
    taken_by = np.bincount(known.pairs.candidate)
    assert taken_by[scorer.score(ask(known, [4]))[0].argmax()] == taken_by.max()


def test_all_askers_of_a_small_window_judge_who_answers_newcomers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fifth of ninety is too few to tell thirty variants apart: each is hidden once, a fifth at a time."""
    known, _ = known_of(members(), tmp_path)
    hidden: list[int] = []

    def noted(past: Known, questions: Questions, rows: Indices) -> tuple[Known, Questions]:
        hidden.extend(questions.query[rows].tolist())
        return hide_histories(past, questions, rows)

    monkeypatch.setattr("recommender.engine.newcomers.hide_histories", noted)
    newcomer_scorer(known)
    assert len(hidden) == len(set(hidden))
    assert len(hidden) > 40


def fashion(*, newcomers: int) -> World:
    """Two kinds of users take items of their own; in 2020 they change sides. Everybody comes in one month alone."""
    days = [f"20{17 + at // 40}-{1 + at % 12:02}-10" for at in range(120)]
    days += [f"2020-{month:02}-{1 + at % 28:02}" for month in range(1, 13) for at in range(newcomers)]
    rows: list[Row] = []
    for user, day in enumerate(days):
        side = (user % 2 + (day >= "2020")) % 2
        split = "valid" if day >= "2020-10" else "train"
        rows += [(f"u{user:03}", f"i{item + 5 * side}", day, split) for item in (user % 5, (user + 1) % 5)]
    rows += [("u000", "i9", "2021-01-01", "test")]
    world = World(rows, BUYS, task="query_seen = true")
    world.add("nodes/User", "id,kind", [(f"u{user:03}", user % 2) for user in range(len(days))])
    return world.add("nodes/Item", "id", [(f"i{item}",) for item in range(10)])


QUARTER = replace(TIMELESS, span=92 * 86_400.0)


def test_who_came_in_the_last_window_says_who_answers_newcomers(tmp_path: Path) -> None:
    """Nobody asks twice here: of those alone who were known before there would be none to judge by."""
    known, _ = known_of(fashion(newcomers=10), tmp_path)
    variants = newcomer_variants(known)
    assert any(isinstance(each, ContentKnn) and each.half_life for each in variants)
    chosen = variants[chosen_newcomer(known, (), QUARTER, np.random.default_rng(0))]
    assert getattr(chosen, "half_life", None) is not None


def test_a_window_of_few_questions_tells_nothing(tmp_path: Path) -> None:
    known, _ = known_of(fashion(newcomers=3), tmp_path)
    chosen = newcomer_variants(known)[chosen_newcomer(known, (), QUARTER, np.random.default_rng(0))]
    assert isinstance(chosen, PretrainedEstimator)


def test_without_any_pair_there_is_an_answer_all_the_same() -> None:
    known = taken([])
    scores = newcomer_scorer(known).score(ask(known, [1, 2]))
    assert scores.shape == (2, len(known.candidates))
    assert np.isfinite(scores).all()


def test_only_questions_with_nothing_given_are_answered_so(tmp_path: Path) -> None:
    scorer, questions = fitted(members(), tmp_path)
    mixed = half_unseen(questions)
    scores, new = scorer.score(mixed), np.diff(mixed.context.indptr) == 0
    assert 0 < new.sum() < len(new)
    simple = newcomer_scorer(scorer.parts.featurizer.known)
    assert (scores[new] == simple.score(mixed.take(np.flatnonzero(new)))).all()
    assert scores[~new] == pytest.approx(scorer.score(questions)[~new], abs=2e-2)


def test_a_blend_may_answer_newcomers_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No simple scorer is chosen then, and a question with nothing given is scored as in a window of such."""
    monkeypatch.setattr(trained_parts, "chosen_newcomer", lambda *_: pytest.fail("a simple scorer was chosen"))
    known, questions = known_of(members(), tmp_path)
    estimator = EngineEstimator("engine", quick(), Mix(network=1.0, newcomers=True))
    scorer = estimator.fit(known, np.random.default_rng(0))
    nothing = Questions(questions.query, questions.given.take(np.empty(0, dtype=np.int64)), questions.n_candidates)
    assert not scorer.newcomers(nothing).any()
    assert (scorer.score(nothing) == scorer.score(nothing, np.zeros(len(nothing), bool))).all()
    assert "newcomers" not in scorer.arrays()
    restored = estimator.restore(known, scorer.arrays())
    assert restored.score(nothing).tobytes() == scorer.score(nothing).tobytes()


@pytest.mark.parametrize(
    "config",
    [replace(quick(), graph="none"), replace(quick(), graph="shuffled"), quick(replace(TIMELESS, cold=True))],
    ids=["no graph", "shuffled graph", "all are new"],
)
def test_controls_and_windows_in_which_all_are_new_answer_by_what_they_learned(
    config: EngineConfig, tmp_path: Path
) -> None:
    scorer, questions = fitted(members(), tmp_path)
    nothing = Questions(questions.query, questions.given.take(np.empty(0, dtype=np.int64)), questions.n_candidates)
    assert scorer.parts.newcomers(nothing).all()
    scorer.parts.config = config
    assert not scorer.parts.newcomers(nothing).any()
