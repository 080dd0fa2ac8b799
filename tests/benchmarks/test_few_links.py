"""All links but a few are forgotten, and the questions stay what they were."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.few_links import knowing, measure, table_of
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.stages import build_stage
from tests.recommender.folders import shop


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder: Path = tmp_path_factory.mktemp("shop")
    return shop().write(folder)


def test_what_is_forgotten_comes_with_no_question_either(dataset: Dataset) -> None:
    stage = build_stage(dataset, "valid", {})
    kept = np.zeros(len(stage.known.pairs.query), dtype=bool)
    kept[::3] = True
    few = knowing(stage, kept)
    there = set(zip(few.known.pairs.query.tolist(), few.known.pairs.candidate.tolist(), strict=True))
    given = few.questions.given
    asked = few.questions.query[given.query]
    assert len(few.known.pairs.query) == kept.sum()
    assert 0 < len(given.query) < len(stage.questions.given.query)
    assert set(zip(asked.tolist(), given.candidate.tolist(), strict=True)) <= there
    assert (few.positives != stage.positives).nnz == 0
    assert len(few.questions) == len(stage.questions)


def test_each_count_has_a_row_and_all_links_the_last(dataset: Dataset) -> None:
    rows = list(measure(dataset, {}, counts=(0, 10)))
    every = len(build_stage(dataset, "valid", {}).known.pairs.query)
    assert [row[0] for row in rows] == [f"0 of {every:,}", f"10 of {every:,}", f"{every:,} of {every:,}"]
    assert float(rows[-1][3]) > float(rows[0][3])
    assert len(table_of([("`shop`", *row) for row in rows])) == 5
