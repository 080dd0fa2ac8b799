"""The network learns what companies of an industry take, and applies it to a company it never saw."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import ModelError
from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.served.scorers.gnn import Gnn
from recommender.served.scorers.popularity import Popularity
from recommender.served.task_data import TaskData
from recommender.served.validation import ndcg, new_pairs
from tests.recommender.fixtures import APPLIED, GraphBuilder, WordEncoder, planted_city
from tests.recommender.served.scorers.contract import data_of

CUT = date(2025, 8, 1)
SETTINGS = Gnn(hidden=16, text_dimension=8, periods=3, epochs=25, dropout=0.1)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> TaskData:
    return data_of(planted_city(), tmp_path_factory.mktemp("planted"), CUT)


def test_the_planted_pattern_is_found_where_popularity_cannot(known: TaskData) -> None:
    later = TaskData(known.snapshot, known.task, known.vectors)
    window = new_pairs(known, later)
    queries = known.queries_at(window.askers)
    figures = {
        estimator.name: ndcg(estimator.fit(known, np.random.default_rng(0)).score(queries), known, window)
        for estimator in (SETTINGS, Popularity())
    }
    assert figures["gnn"] > figures["popularity"] + 0.2


def test_a_company_never_seen_gets_the_programmes_of_its_industry(known: TaskData) -> None:
    """Each industry finds its own over three seeds, a single one of which may mistake an industry for another."""
    shares = np.zeros((3, 4))
    for seed in range(3):
        scorer = SETTINGS.fit(known, np.random.default_rng(seed))
        for theme in range(4):
            links = {"IN_INDUSTRY": (NodeRef("Industry", f"ksic11:{theme}"),)}
            queries = known.queries_for_profile(Profile("새 회사", links, employees=5), WordEncoder())
            shares[seed, theme] = np.mean(np.argsort(-scorer.score(queries)[0])[:6] % 4 == theme)
    assert shares.mean() > 0.8
    assert (shares.mean(axis=0) > 0.6).all()


def test_epochs_are_chosen_on_the_last_period_and_then_fixed(known: TaskData) -> None:
    chosen = Gnn(hidden=8, text_dimension=8, max_epochs=9, judge_every=3, patience=3)
    epochs = chosen.fit(known, np.random.default_rng(0)).settled.epochs
    assert epochs in {3, 6, 9}


def test_a_restored_network_scores_the_same_to_the_last_bit(known: TaskData) -> None:
    scorer = Gnn(hidden=8, text_dimension=8, epochs=2).fit(known, np.random.default_rng(0))
    again = scorer.settled.restore(known, scorer.arrays())
    queries = known.queries_at(np.arange(30))
    np.testing.assert_array_equal(scorer.score(queries), again.score(queries))


def test_arrays_of_another_task_are_refused(known: TaskData) -> None:
    scorer = Gnn(hidden=8, text_dimension=8, epochs=1).fit(known, np.random.default_rng(0))
    arrays = scorer.arrays()
    arrays["candidates"] = arrays["candidates"][:-1]
    with pytest.raises(ModelError, match="ranks 23 candidates, the snapshot has 24"):
        scorer.settled.restore(known, arrays)


def test_without_dated_pairs_there_is_nothing_to_train_on(tmp_path: Path) -> None:
    graph = GraphBuilder().node("Company", "a").node("Program", "p").link(APPLIED, "a", "p")
    with pytest.raises(ModelError, match="no dated pairs"):
        Gnn().fit(data_of(graph, tmp_path), np.random.default_rng(0))
