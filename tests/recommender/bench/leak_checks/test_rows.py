"""Rows in the wrong place: copies between splits, late rows, context that others see, a stage that knows too much."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from recommender.bench.leaks import refuse_leaks
from recommender.knowledge.known import oriented
from tests.recommender.bench.leak_checks.planting import is_refused, noise, passes
from tests.recommender.folders import Row, consortia, shop


def test_test_rows_that_stand_in_train_too_are_refused(tmp_path: Path) -> None:
    world = shop()
    world.target = [(*row[:2], "", row[3]) for row in world.target]
    world.target += [(*row[:3], "train") for row in world.of("test")[:12]]
    is_refused(world, tmp_path, "12 rows of test stand a second time as train, one from u00 to i")


def test_rows_that_stand_in_the_context_of_their_own_question_are_refused(tmp_path: Path) -> None:
    world = consortia()
    world.target += [(*row[:3], "test_context") for row in world.of("test")[:5]]
    is_refused(world, tmp_path, "5 rows of test stand a second time as context of the same question")


def test_pairs_that_come_again_later_pass(tmp_path: Path) -> None:
    """A repeat is masked, and its row dropped."""
    world = shop()
    world.target += [(*row[:2], "2021-02-20", "test") for row in world.of("train")[::5]]
    passes(world, tmp_path)


def test_a_file_that_repeats_pairs_by_nature_passes(tmp_path: Path) -> None:
    """Visits without dates: what is repeated within train may be repeated in the test."""
    world = shop()
    rows = [(*row[:2], "", row[3]) for row in world.target]
    rows += [row for row in rows if row[3] == "train"][::4]
    rows += [(*row[:3], "test") for row in rows if row[3] == "train"][::6]
    world.target = rows
    passes(world, tmp_path)


def test_windows_that_both_repeat_train_pairs_pass(tmp_path: Path) -> None:
    """Distinct pairs of each window, without dates: masked, as the format says."""
    world = shop()
    rows = [(*row[:2], "", row[3]) for row in world.target]
    train = [row for row in rows if row[3] == "train"]
    world.target = rows + [(*row[:3], "valid") for row in train[::9]] + [(*row[:3], "test") for row in train[4::9]]
    passes(world, tmp_path)


def test_answers_that_are_known_candidates_are_refused(tmp_path: Path) -> None:
    world = shop()
    world.mask = "known = false"
    world.target += [(*row[:2], "2019-01-01", "train") for row in world.of("test")[:12]]
    is_refused(world, tmp_path, r"12 of 120 answers.*are known pairs.*known = false leaves them candidates")


def test_repeat_purchases_pass(tmp_path: Path) -> None:
    """Where pairs repeat all the time, and known pairs are left candidates, repeats are what is asked for."""
    world = shop()
    world.mask = "known = false"
    world.target += [(*row[:2], "2020-12-20", "train") for row in world.of("train")[::4]]
    world.target += [(*row[:2], "2021-02-20", "test") for row in world.of("train")[::8]]
    passes(world, tmp_path)


def test_train_rows_dated_in_the_window_are_refused(tmp_path: Path) -> None:
    world = shop()
    world.target += [("u03", "i99", "2021-02-10", "train"), ("u04", "i99", "2021-02-11", "train")]
    world.files["nodes/Item"][1].append(("i99",))
    is_refused(
        world, tmp_path, r"2 rows of an earlier split are dated in or after the test window.*from u03 to i99 on 2021"
    )


def test_a_split_of_the_last_rows_of_each_user_passes(tmp_path: Path) -> None:
    world = shop()
    rng = np.random.default_rng(3)
    rows: list[Row] = []
    for user in range(60):
        mine = [row for row in world.target if row[0] == f"u{user:02}"]
        first = int(rng.integers(300))
        days = np.datetime64("2020-01-01") + first + np.sort(rng.choice(100, len(mine), replace=False))
        rows += [(*row[:2], day, row[3]) for row, day in zip(mine, days, strict=True)]
    world.target = rows
    passes(world, tmp_path)


def test_a_relation_of_the_window_in_what_is_known_is_refused(tmp_path: Path) -> None:
    """The stage leaves such rows out; it is refused all the same if it ever does not."""
    world = shop().add(
        "edges/User__WROTE__Review", "src,dst,time", [("u01", "r1", "2021-02-20"), ("u02", "r2", "2020-01-01")]
    )
    stage = world.stage(tmp_path)
    refuse_leaks(stage.known.dataset, stage)
    late = replace(stage, known=replace(stage.known, relations=stage.known.dataset.context))
    with pytest.raises(EvaluationError, match=r"WROTE__Review.csv: 1 rows dated in or after.*from u01 to r1"):
        refuse_leaks(stage.known.dataset, late)


def test_context_that_stands_in_train_too_is_refused(tmp_path: Path) -> None:
    world = consortia()
    world.target += [(row[0], row[1], "", "train") for row in world.of("test_context")[:10]]
    is_refused(world, tmp_path, r"5 of 15 queries that are new in the test window.*have train rows that every other")


def test_undated_context_that_stands_in_train_too_is_refused(tmp_path: Path) -> None:
    world = consortia()
    world.target = [(*row[:2], "", row[3]) for row in world.target]
    world.target += [(*row[:3], "train") for row in world.of("test_context")]
    is_refused(world, tmp_path, "30 rows of test_context stand a second time as train")


def test_context_of_warm_queries_passes(tmp_path: Path) -> None:
    """All who are asked have a history before the window as well."""
    world = shop()
    world.target += [(*row[:2], "2021-02-01", "test_context") for row in noise(world, 60)]
    passes(world, tmp_path)


def test_questions_that_are_given_pairs_of_others_are_refused(tmp_path: Path) -> None:
    stage = consortia().stage(tmp_path)
    given = stage.questions.given
    mixed = replace(given, query=(given.query + 1) % len(stage.questions))
    with pytest.raises(EvaluationError, match=r"given with a question, one of p.*its own history and context only"):
        refuse_leaks(stage.known.dataset, replace(stage, questions=replace(stage.questions, given=mixed)))


def test_known_pairs_of_the_window_are_refused(tmp_path: Path) -> None:
    """A stage that learned from every row."""
    stage = consortia().stage(tmp_path)
    dataset = stage.known.dataset
    everything = replace(stage.known, pairs=oriented(dataset.target, dataset.spec.task))
    with pytest.raises(EvaluationError, match=r"must not know are known.*learn from rows before the window only"):
        refuse_leaks(dataset, replace(stage, known=everything))
