"""Probabilities speak of all askers, not only of those to whom something happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from recommender.knowledge.splits import task_pairs
from recommender.knowledge.tasks import get_task
from recommender.measure.arrays import Floats
from recommender.measure.calibration import calibration_error
from recommender.served.evaluation.later_links import LaterLinks, months_later
from recommender.served.queries import Queries
from recommender.served.task_data import TaskData
from recommender.text.encoder import encode_snapshot
from tests.recommender.fixtures import WordEncoder, planted_city

START, END = date(2025, 3, 1), date(2025, 9, 1)


@dataclass(frozen=True)
class ThemeScorer:
    """Knows the planted themes: 1 for programmes of the company's industry, else 0."""

    data: TaskData
    name: str = "theme"

    def score(self, queries: Queries) -> Floats:
        """Compare places modulo four, by which the city was planted."""
        same = queries.index[:, None] % 4 == np.arange(self.data.n_candidates)[None, :] % 4
        return same.astype(np.float32)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> TaskData:
    snapshot = planted_city(companies=400).snapshot(tmp_path_factory.mktemp("city"))
    return TaskData(snapshot, get_task("programs"), encode_snapshot(snapshot, WordEncoder()), before=START)


def test_weights_add_up_to_all_askers_and_links_are_those_of_the_window(data: TaskData) -> None:
    pairs = task_pairs(data.snapshot, data.task)
    links = LaterLinks.of(data, pairs, END, askers=50)
    assert len(links.rows) == 100
    assert links.weight.sum() == pytest.approx(data.n_queries)
    assert links.linked[:50].sum(axis=1).min() >= 1
    assert links.linked[50:].nnz == 0
    inside = (pairs.first >= np.datetime64(START)) & (pairs.first < np.datetime64(END))
    assert links.events == len(np.unique(pairs.query[inside]))


def test_what_is_said_of_a_score_is_its_share_over_all_askers(data: TaskData) -> None:
    """One curve level for the theme's programmes: their probability is the share of open ones that were linked."""
    pairs = task_pairs(data.snapshot, data.task)
    links = LaterLinks.of(data, pairs, END, askers=1_000)
    scorer = ThemeScorer(data)
    curve = links.curve(scorer)
    inside = (pairs.first >= np.datetime64(START)) & (pairs.first < np.datetime64(END))
    themes = data.n_queries * 6 - len(data.positives)
    high = curve(np.array([2.0]))[0]
    assert high == pytest.approx(inside.sum() / themes, rel=1e-6)
    assert calibration_error(links.bins(scorer, curve)) < 0.01


def test_data_without_an_end_are_refused(data: TaskData) -> None:
    with pytest.raises(EvaluationError, match="before="):
        LaterLinks.of(data.known_before(None), task_pairs(data.snapshot, data.task), END, askers=5)


def test_months_are_of_average_length() -> None:
    assert months_later(date(2025, 1, 1), 12) == date(2026, 1, 1)
    assert months_later(date(2025, 1, 1), -12) == date(2024, 1, 2)
