"""Who has no history of a kind is answered by what others took and by what its own texts are near to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from graph_schema.model import NodeRef
from recommender.language.answers import Answer
from recommender.publish.bundle import load_bundle
from recommender.scorers.prior import is_prior_alone
from recommender.serve.own_text import OWN_TEXT_NOTE, with_own_text
from recommender.serve.recommender import Recommender
from tests.recommender.fixtures import WordEncoder
from tests.recommender.serve.test_recommender import write_home
from tests.recommender.small_graph import SmallGraph, goyang

TODAY = date(2026, 3, 2)
FIELDS = ("치과용 골이식재", "이차전지 양극재", "드론 항법")


def partners() -> SmallGraph:
    """Institutions whose names say nothing and whose patents do; two of them have a partner, the askers none."""
    graph = goyang()
    for number, field in enumerate(FIELDS):
        graph.node("Institution", f"I{number}", name=f"제{number}대학교", kind="university")
        graph.node("Technology", f"T{number}", title=f"{field} 제조", status="registered")
        graph.link(f"Institution:I{number}", "FILED", f"Technology:T{number}", on=date(2020, 1, 1))
        graph.node("Company", f"C{number}", name=f"회사{number}", products=field)
    graph.node("Company", "silent", name="이름뿐인곳")
    graph.node("Company", "old", name="오래된곳", products="양말")
    graph.link("Company:old", "CO_FILED_WITH", "Institution:I0", on=date(2021, 1, 1))
    return graph


@pytest.fixture(scope="module")
def recommender(tmp_path_factory: pytest.TempPathFactory) -> Recommender:
    home: Path = tmp_path_factory.mktemp("home")
    snapshot = partners().written(home / "snapshots")
    write_home(home, snapshot, "item-knn")
    return Recommender(snapshot, load_bundle(home / "models" / "v1", snapshot), WordEncoder)


def partners_of(recommender: Recommender, company: str) -> Answer:
    return recommender.recommend("partners", NodeRef("Company", company), n=30, as_of=TODAY)


def places(answer: Answer) -> dict[str, int]:
    return {item.ref.id: item.rank for item in answer.recommendations}


@pytest.mark.parametrize("number", [1, 2])
def test_of_institutions_that_nobody_chose_the_nearest_by_its_patents_comes_first(
    recommender: Recommender, number: int
) -> None:
    answer = partners_of(recommender, f"C{number}")
    of = places(answer)
    assert of[f"I{number}"] < of[f"I{3 - number}"]
    assert answer.scorer == "item-knn + own text"
    assert OWN_TEXT_NOTE in answer.notes
    assert answer.recommendations[0].score > 0.1


def test_the_reason_names_the_patent_that_is_near(recommender: Recommender) -> None:
    answer = partners_of(recommender, "C1")
    said = next(item.reasons[0] for item in answer.recommendations if item.ref.id == "I1")
    assert "특허 ‘이차전지 양극재 제조’의 글 내용이 " in said.ko
    assert ", of the patent ‘이차전지 양극재 제조’" in said.en
    backwards = recommender.reverse("partners", NodeRef("Institution", "I1"), n=30, as_of=TODAY)
    said = next(item.reasons[0] for item in backwards.recommendations if item.ref.id == "C1")
    assert "특허 ‘이차전지 양극재 제조’의 글 내용이 " in said.ko


def test_who_has_a_history_or_nothing_but_a_name_is_ranked_by_the_model(recommender: Recommender) -> None:
    for company in ("old", "silent"):
        answer = partners_of(recommender, company)
        assert answer.scorer == "item-knn"
        assert OWN_TEXT_NOTE not in answer.notes


def test_a_candidate_is_near_to_askers_by_what_it_filed(recommender: Recommender) -> None:
    served = recommender._task("partners")
    column = served.data.find_candidate(NodeRef("Institution", "I1"))
    assert column is not None
    near = served.own.of_askers(column, TODAY)
    assert near is not None
    of = {served.data.query_ref(row).id: value for row, value in enumerate(near.tolist())}
    assert of["C1"] > 0.5 > of["C2"]
    before = served.own.of_askers(column, date(2019, 1, 1))  # the patent was not filed yet
    assert before is not None
    assert before[served.data.find_query(NodeRef("Company", "C1"))] < of["C1"]


def test_all_ways_to_ask_find_the_same_nearness(recommender: Recommender) -> None:
    served = recommender._task("partners")
    positions = served.data.query_space.members["Company"]
    pairs = served.own.of_pairs("Company", positions, TODAY)
    for at, position in enumerate(positions.tolist()):
        asker = NodeRef("Company", recommender.snapshot.vocabulary("Company").id(position))
        alone = served.own.of_candidates(asker, position, TODAY)
        assert (alone is None) == bool(np.isnan(pairs[at]).all())
        if alone is not None:
            np.testing.assert_allclose(pairs[at], alone, atol=1e-5)
    for column in range(served.data.n_candidates):
        askers = served.own.of_askers(column, TODAY)
        assert askers is not None
        found = askers[: len(positions)]
        stated = ~np.isnan(pairs[:, column])
        np.testing.assert_allclose(pairs[stated, column], found[stated], atol=1e-5)


def test_a_row_of_the_prior_alone_is_told_from_others() -> None:
    rows = np.array([[1.0005, 0.0], [0.001, 0.0002], [0.0, 0.0], [-3.0, 0.0005]], np.float32)
    assert is_prior_alone(rows).tolist() == [False, True, False, False]


def test_both_orders_count_alike() -> None:
    scores, near = np.array([[2.0, 0.0, 1.0]], np.float32), np.array([[0.1, 0.9, 0.8]], np.float32)
    assert np.argmax(with_own_text(scores, near)[0]) == 2
