"""Scores on disk are read back as they were written, a row or a column at a time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recommender.measure.arrays import Floats
from recommender.measure.standard_scores import deviation
from recommender.serve.score_table import ScoreTable


@pytest.fixture
def scores() -> Floats:
    return np.random.default_rng(0).normal(size=(2_500, 7)).astype(np.float32)


@pytest.fixture
def table(tmp_path: Path, scores: Floats) -> ScoreTable:
    made = ScoreTable(tmp_path / "scores" / "programs", *scores.shape)
    for rows in made.missing():
        made.write(rows, scores[rows])
    return made


def test_rows_columns_and_deviations_are_those_that_were_written(table: ScoreTable, scores: Floats) -> None:
    asked = np.array([2_499, 0, 1_023, 1_024, 0])
    assert np.array_equal(table.rows(asked), scores[asked])
    assert all(np.array_equal(table.column(at), scores[:, at]) for at in range(7))
    assert np.array_equal(table.deviations(), deviation(scores)[:, 0])
    assert sum(path.stat().st_size for path in table.folder.iterdir()) == table.size


def test_what_is_missing_is_named_part_by_part_until_it_is_written(tmp_path: Path, scores: Floats) -> None:
    table = ScoreTable(tmp_path, *scores.shape)
    missing = table.missing()
    assert np.array_equal(np.concatenate(missing), np.arange(2_500))
    table.write(missing[1], scores[missing[1]])
    assert [rows[0] for rows in table.missing()] == [missing[0][0], missing[2][0]]
    assert table.sample().tolist() == [missing[1][0]]


def test_half_a_part_is_missing(table: ScoreTable) -> None:
    path = min(table.folder.iterdir())
    path.write_bytes(path.read_bytes()[:-4])
    assert [int(rows[0]) for rows in table.missing()] == [0]
    assert 0 not in table.sample().tolist()


def test_it_is_finished_when_that_was_said(table: ScoreTable) -> None:
    assert not table.finished
    table.finish()
    assert table.finished


def test_where_nobody_asks_nothing_is_missing(tmp_path: Path) -> None:
    table = ScoreTable(tmp_path / "none", 0, 7)
    assert (table.missing(), table.sample().tolist(), table.column(0).tolist()) == ([], [], [])
