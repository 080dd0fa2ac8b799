"""Scores worked out by hand on three companies and three programmes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.served.scorer_protocols import Estimator
from recommender.served.scorers.content import ContentNeighbours
from recommender.served.scorers.items import ItemNeighbours
from recommender.served.scorers.peers import PeerPopularity
from recommender.served.scorers.popularity import Popularity
from recommender.served.scorers.walk import GraphWalk
from recommender.served.task_data import TaskData
from tests.recommender.fixtures import APPLIED, IN_INDUSTRY, GraphBuilder, WordEncoder
from tests.recommender.served.scorers.contract import data_of

TODAY = date(2025, 1, 1)
YEAR_AGO = date(2024, 1, 2)


@pytest.fixture
def tiny(tmp_path: Path) -> TaskData:
    """Pairs a–p, a–q, b–p; all on one day, but b–p 365 days earlier. a is of industry 1, c of 1 and 2."""
    graph = GraphBuilder()
    for industry in "12":
        graph.node("Industry", industry, name=f"업종{industry}")
    for company, text in (("a", "금형 사출"), ("b", "도금"), ("c", "한식")):
        graph.node("Company", company, products=text)
    for program, text in (("p", "금형"), ("q", "도금"), ("r", "한식")):
        graph.node("Program", program, title=text)
    graph.link(APPLIED, "a", "p", on=TODAY).link(APPLIED, "a", "q", on=TODAY).link(APPLIED, "b", "p", on=YEAR_AGO)
    graph.link(IN_INDUSTRY, "a", "1").link(IN_INDUSTRY, "c", "1").link(IN_INDUSTRY, "c", "2")
    return data_of(graph, tmp_path)


def scores(estimator: Estimator, data: TaskData, company: str) -> list[float]:
    scorer = estimator.fit(data, np.random.default_rng(0))
    return [float(value) for value in scorer.score(data.queries([NodeRef("Company", company)]))[0]]


def test_popularity_halves_with_every_half_life(tiny: TaskData) -> None:
    day, older = 2.0 ** (-1 / 365), 2.0 ** (-366 / 365)
    assert scores(Popularity(half_life_days=365), tiny, "c") == pytest.approx([day + older, day, 0])


def test_content_prefers_what_shares_words(tiny: TaskData) -> None:
    assert int(np.argmax(scores(ContentNeighbours(), tiny, "c"))) == 2
    assert int(np.argmax(scores(ContentNeighbours(history_weight=0), tiny, "a"))) == 0


def test_items_follow_the_formula_and_know_nothing_without_history(tiny: TaskData) -> None:
    new, old = tiny.history[0, 0], tiny.history[1, 0]
    similarity = new * new / (np.hypot(new, old) * new + 2.0)
    assert scores(ItemNeighbours(shrinkage=2.0), tiny, "b") == pytest.approx([0, old * similarity, 0])
    assert scores(ItemNeighbours(), tiny, "c") == [0, 0, 0]


def test_peers_count_who_shares_an_industry(tiny: TaskData) -> None:
    """Two askers have a history; industry 1 is known of one of them, which weighs log 2 / (1 + 5)."""
    share = np.log(2) / 6 * tiny.history[0, 0]
    assert scores(PeerPopularity(smoothing=5), tiny, "c") == pytest.approx([share, share, 0])


def test_a_walk_from_an_industry_reaches_what_its_companies_took(tiny: TaskData) -> None:
    """From industries 1, 2 with ½ each. Step 1: a has ¼, c ¼ + ½. Step 2: a's ¼ goes in thirds to 1, p, q."""
    walk = GraphWalk(restart=0.5, steps=2)
    expected = 0.5 * 0.5**2 * 0.25 / 3
    assert scores(walk, tiny, "c") == pytest.approx([expected, expected, 0])
    links = {"IN_INDUSTRY": (NodeRef("Industry", "1"), NodeRef("Industry", "2"))}
    asked = tiny.queries_for_profile(Profile("", links), WordEncoder())
    assert walk.fit(tiny, np.random.default_rng(0)).score(asked)[0].tolist() == scores(walk, tiny, "c")


def test_many_askers_are_scored_from_the_candidates_back_with_the_same_result(tiny: TaskData) -> None:
    """Three candidates: up to three askers walk, for more the candidates do."""
    scorer = GraphWalk(restart=0.3, steps=3).fit(tiny, np.random.default_rng(0))
    few = scorer.score(tiny.queries_at(np.arange(3)))
    many = scorer.score(tiny.queries_at(np.tile(np.arange(3), 4)))
    assert few.any()
    np.testing.assert_allclose(many, np.tile(few, (4, 1)), rtol=1e-5, atol=1e-8)
