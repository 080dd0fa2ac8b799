"""What every scorer must keep, whatever its idea."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.knowledge.tasks import get_task
from recommender.served.scorer_protocols import Estimator
from recommender.served.task_data import TaskData
from recommender.text.encoder import encode_snapshot
from tests.recommender.fixtures import APPLIED, GraphBuilder, WordEncoder, planted_city

CUT = date(2025, 10, 1)


def data_of(graph: GraphBuilder, folder: Path, before: date | None = None) -> TaskData:
    snapshot = graph.snapshot(folder)
    return TaskData(snapshot, get_task("programs"), encode_snapshot(snapshot, WordEncoder()), before=before)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> TaskData:
    """Build a planted city, of which what comes after ``CUT`` is not known."""
    return data_of(planted_city(), tmp_path_factory.mktemp("city"), CUT)


class ScorerContract:
    """Subclass it with ``estimator``."""

    estimator: Estimator

    def test_scores_are_finite_and_of_one_column_for_each_candidate(self, city: TaskData) -> None:
        scores = self.estimator.fit(city, np.random.default_rng(0)).score(city.queries_at(np.arange(city.n_queries)))
        assert scores.shape == (city.n_queries, city.n_candidates)
        assert scores.dtype == np.float32
        assert np.isfinite(scores).all()

    def test_a_batch_scores_as_its_askers_do_one_by_one(self, city: TaskData) -> None:
        scorer = self.estimator.fit(city, np.random.default_rng(0))
        rows = np.array([5, 3, 77])
        single = np.vstack([scorer.score(city.queries_at(rows[[at]])) for at in range(len(rows))])
        np.testing.assert_allclose(scorer.score(city.queries_at(rows)), single, rtol=1e-4, atol=1e-4)

    def test_an_empty_batch_has_no_rows(self, city: TaskData) -> None:
        scorer = self.estimator.fit(city, np.random.default_rng(0))
        assert scorer.score(city.queries_at(np.zeros(0, np.int64))).shape == (0, city.n_candidates)

    def test_a_profile_is_scored_even_if_nothing_of_it_is_known(self, city: TaskData) -> None:
        scorer = self.estimator.fit(city, np.random.default_rng(0))
        for profile in (Profile("금형", {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:1"),)}), Profile("")):
            scores = scorer.score(city.queries_for_profile(profile, WordEncoder()))
            assert scores.shape == (1, city.n_candidates)
            assert np.isfinite(scores).all()

    def test_equal_seeds_give_equal_scores(self, city: TaskData) -> None:
        queries = city.queries_at(np.arange(10))
        first, second = (self.estimator.fit(city, np.random.default_rng(3)).score(queries) for _ in range(2))
        np.testing.assert_array_equal(first, second)

    def test_what_is_dated_after_the_cut_changes_nothing(self, city: TaskData, tmp_path: Path) -> None:
        graph = planted_city()
        for company in range(60):
            graph.link(APPLIED, f"C{company:03}", "P000", on=date(2026, 1, 1))
        more = data_of(graph, tmp_path, CUT)
        rows = np.arange(20)
        before = self.estimator.fit(city, np.random.default_rng(0)).score(city.queries_at(rows))
        after = self.estimator.fit(more, np.random.default_rng(0)).score(more.queries_at(rows))
        np.testing.assert_array_equal(before, after)
