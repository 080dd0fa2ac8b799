"""Who has no history of a kind is answered by what others took and by what its own texts are near to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language.answers import Answer, Audience
from recommender.measure.arrays import Floats
from recommender.publish.bundle import load_bundle
from recommender.publish.probability import MADE_UP, MADE_UP_TAKERS
from recommender.scorers.prior import is_prior_alone
from recommender.serve import newcomer_lists
from recommender.serve.many_lists import blocks_of
from recommender.serve.newcomer_lists import NewcomerLists, in_order_of
from recommender.serve.own_text import BY_TEXT_NOTES, ByText
from recommender.serve.precompute import precompute
from recommender.serve.recommender import Recommender
from recommender.serve.takers import NEWCOMERS_NOTE
from tests.recommender.fixtures import WordEncoder
from tests.recommender.serve.untrained import CALIBRATED, write_home
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
    for number in range(2):
        graph.node("Company", f"joined{'' if number == 0 else number}", name=f"함께{number}", products="양말")
    graph.link("Company:joined", "CO_FILED_WITH", "Institution:I1", on=date(2021, 1, 1))
    graph.link("Company:joined1", "CO_FILED_WITH", "Institution:I1", on=date(2021, 1, 1))
    graph.link("Company:joined1", "CO_FILED_WITH", "Institution:I2", on=date(2021, 1, 1))
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
    assert set(BY_TEXT_NOTES[ByText.UNKNOWN]) <= set(answer.notes)
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
    for company in ("joined", "silent"):
        answer = partners_of(recommender, company)
        assert answer.scorer == "item-knn"
        assert not set(BY_TEXT_NOTES[ByText.UNKNOWN]) & set(answer.notes)


def test_who_has_only_partners_of_whom_nothing_follows_is_ranked_by_words_too(recommender: Recommender) -> None:
    """Its partner has a score and is not recommended again; of the others the model says nothing."""
    answer = partners_of(recommender, "old")
    assert "I0" not in places(answer)
    assert answer.scorer == "item-knn + own text"


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


def made_up_city() -> SmallGraph:
    """Notices that a made-up city applied to, a real company with products, and its made-up twin."""
    graph = partners()
    for number, field in enumerate(FIELDS):
        graph.node("Program", f"P{number}", title=f"{field} 지원", window_kind="always", announced_on=date(2026, 1, 2))
    for number in range(6):
        graph.node("Company", f"syn{number}", name=f"가상{number}", products="양말", synthetic=True)
        graph.link(f"Company:syn{number}", "APPLIED_TO", "Program:P0", on=date(2025, 1, 1), synthetic=True)
    graph.node("Company", "twin", name="쌍둥이", products=FIELDS[2], synthetic=True)
    graph.node("Company", "applied", name="신청한곳", products=FIELDS[2])
    graph.link("Company:applied", "APPLIED_TO", "Program:P1", on=date(2025, 1, 1))
    return graph


@pytest.fixture(scope="module")
def of_made_up(tmp_path_factory: pytest.TempPathFactory) -> Recommender:
    home: Path = tmp_path_factory.mktemp("made-up")
    snapshot = made_up_city().written(home / "snapshots")
    write_home(home, snapshot, "popularity", calibration=CALIBRATED)
    return Recommender(snapshot, load_bundle(home / "models" / "v1", snapshot), WordEncoder)


def test_made_up_dealings_count_less_than_words_for_a_real_company(of_made_up: Recommender) -> None:
    """What made-up companies took is no reason for a real one; for a made-up one it is the rule that was learned."""
    real, twin = (of_made_up.recommend("programs", NodeRef("Company", id_), as_of=TODAY) for id_ in ("C2", "twin"))
    assert next(item.ref.id for item in real.recommendations) == "P2"
    assert next(item.ref.id for item in twin.recommendations) == "P0"
    assert real.scorer == "popularity + own text"
    assert set(BY_TEXT_NOTES[ByText.REAL]) <= set(real.notes)
    assert {(item.probability, item.grade) for item in real.recommendations} == {(None, None)}
    assert real.probability.ko == MADE_UP.ko
    assert twin.scorer == "popularity"


@pytest.mark.parametrize("company", ["applied", "silent"])
def test_a_real_company_with_dealings_or_without_words_is_ranked_by_the_model(
    of_made_up: Recommender, company: str
) -> None:
    answer = of_made_up.recommend("programs", NodeRef("Company", company), as_of=TODAY)
    assert answer.scorer == "popularity"
    assert not set(BY_TEXT_NOTES[ByText.REAL]) & set(answer.notes)


def test_where_dealings_are_real_the_model_ranks_real_companies(tmp_path: Path) -> None:
    graph = made_up_city()
    for number in range(9):
        graph.node("Company", f"real{number}", name=f"실제{number}", products="양말")
        graph.link(f"Company:real{number}", "APPLIED_TO", "Program:P0", on=date(2025, 1, 1))
    snapshot = graph.written(tmp_path / "snapshots")
    write_home(tmp_path, snapshot, "popularity")
    opened = Recommender(snapshot, load_bundle(tmp_path / "models" / "v1", snapshot), WordEncoder)
    answer = opened.recommend("programs", NodeRef("Company", "C2"), as_of=TODAY)
    assert answer.scorer == "popularity"
    assert answer.recommendations[0].ref.id == "P0"


def test_the_lists_of_all_are_those_that_each_gets_alone(of_made_up: Recommender) -> None:
    data = of_made_up.bundle.data("programs")
    lists = of_made_up.lists("programs", n=3, as_of=TODAY)
    found = [(i.asker.id, i.result.id, i.grade) for block in blocks_of(data) for i in lists.of(block)]
    alone = [
        (asker.id, item.ref.id, item.grade)
        for asker in map(data.query_ref, range(data.n_queries))
        for item in of_made_up.recommend("programs", asker, n=3, as_of=TODAY, audience=Audience.CITY).recommendations
    ]
    assert found == alone
    assert len({grade for _, _, grade in found}) > 1


def researchers() -> SmallGraph:
    """Researchers whose fields' names say nothing and whose fields' patents do; one has a patent of its own."""
    graph = goyang()
    for number in range(20):
        graph.node("Researcher", f"other{number}", headline=f"기타 연구자 {number}", consented_on=date(2020, 1, 1))
    for number, field in enumerate(FIELDS):
        graph.node("TechField", f"F{number}", name=f"제{number}분류", code=f"F{number}")
        graph.node("Technology", f"T{number}", title=f"{field} 제조", status="registered")
        graph.link(f"Technology:T{number}", "IN_FIELD", f"TechField:F{number}")
        graph.node("Researcher", f"R{number}", headline=f"제{number}분류 연구자", consented_on=date(2020, 1, 1))
        graph.link(f"Researcher:R{number}", "SPECIALIZES_IN", f"TechField:F{number}")
    graph.node("Technology", "own", title="누룩 발효", status="registered")
    graph.node("Researcher", "R9", headline="제1분류 연구자", consented_on=date(2020, 1, 1))
    graph.link("Researcher:R9", "SPECIALIZES_IN", "TechField:F1")
    graph.link("Researcher:R9", "DEVELOPED", "Technology:own")
    return graph


def test_a_request_finds_researchers_by_the_patents_of_their_fields_else_by_their_own(tmp_path: Path) -> None:
    snapshot = researchers().written(tmp_path / "snapshots")
    write_home(tmp_path, snapshot)
    recommender = Recommender(snapshot, load_bundle(tmp_path / "models" / "v1", snapshot), WordEncoder)
    for text, first, said in (
        ("이차전지 양극재 개발", "R1", "전문 분야 ‘제1분류’의 특허 ‘이차전지 양극재 제조’의 글 내용이 "),
        ("드론 항법 개발", "R2", "전문 분야 ‘제2분류’의 특허 ‘드론 항법 제조’의 글 내용이 "),
        ("누룩 발효 개발", "R9", "특허 ‘누룩 발효’의 글 내용이 "),
    ):
        answer = recommender.recommend("researchers", Profile(text), n=9, as_of=TODAY)
        assert answer.recommendations[0].ref.id == first
        reason = answer.recommendations[0].reasons[0]
        assert said in reason.ko
        assert ("in its field" in reason.en) == (first != "R9")
    of = places(recommender.recommend("researchers", Profile("이차전지 양극재 개발"), n=30, as_of=TODAY))
    assert of["R9"] > of["R1"]


@pytest.mark.parametrize("beforehand", [False, True])
@pytest.mark.parametrize("scorer", ["popularity", "item-knn", "simple-blend"])
def test_a_pair_has_one_score_whichever_side_asks_for_it(tmp_path: Path, scorer: str, *, beforehand: bool) -> None:
    """Made-up, real with a history, real without one, known by name alone.

    Left out are others of whom the model says nothing: in reverse they stand where the model puts them, last.
    """
    snapshot = made_up_city().written(tmp_path / "snapshots")
    write_home(tmp_path, snapshot, scorer)
    if beforehand:
        precompute(tmp_path, ["programs"])
    scores = tmp_path / "scores" / "v1"
    opened = Recommender(snapshot, load_bundle(tmp_path / "models" / "v1", snapshot), WordEncoder, scores)
    assert (opened.scores.kept("programs") is not None) is beforehand
    data, n = opened.bundle.data("programs"), 100
    newcomers = opened._task("programs").own.real_newcomers
    lists = [opened.recommend("programs", data.query_ref(row), n=n, as_of=TODAY) for row in range(data.n_queries)]
    unknown = [set(BY_TEXT_NOTES[ByText.UNKNOWN]) <= set(each.notes) for each in lists]
    left_out = {data.query_ref(row) for row in range(data.n_queries) if unknown[row] and not newcomers[row]}
    forward = {
        (data.query_ref(row), item.ref): item.score
        for row, answer in enumerate(lists)
        for item in answer.recommendations
        if data.query_ref(row) not in left_out
    }
    assert {"C2", "silent"} <= {asker.id for asker, _ in forward}
    programs = [data.candidate_ref(column) for column in range(data.n_candidates)]
    backward = {
        (item.ref, program): item.score
        for program in programs
        for item in opened.reverse("programs", program, n=n, as_of=TODAY).recommendations
        if item.ref not in left_out
    }
    assert forward.keys() == backward.keys()
    pairs = sorted(forward)
    np.testing.assert_allclose([backward[pair] for pair in pairs], [forward[pair] for pair in pairs], atol=1e-6)


def test_in_reverse_a_real_company_is_compared_by_its_own_list(of_made_up: Recommender) -> None:
    """The model gives all companies one score of a notice; what it gives a real one's first is what its first gets."""
    answer = of_made_up.reverse("programs", NodeRef("Program", "P2"), n=100, as_of=TODAY)
    found = {item.ref.id: item for item in answer.recommendations}
    assert answer.recommendations[0].ref.id == "C2"
    assert found["C2"].tied < found["twin"].tied
    only = of_made_up.reverse("programs", NodeRef("Program", "P2"), n=1, as_of=TODAY)
    assert only.probability.ko == MADE_UP_TAKERS.ko


def test_in_reverse_made_up_records_give_a_real_company_no_probability(tmp_path: Path) -> None:
    snapshot = made_up_city().written(tmp_path / "snapshots")
    write_home(tmp_path, snapshot, "content-knn", calibration=CALIBRATED)
    opened = Recommender(snapshot, load_bundle(tmp_path / "models" / "v1", snapshot), WordEncoder)
    answer = opened.reverse("programs", NodeRef("Program", "P2"), n=100, as_of=TODAY)
    of = {item.ref.id: item.probability for item in answer.recommendations}
    assert of["C2"] is None
    assert of["twin"] is not None
    assert NEWCOMERS_NOTE in answer.notes
    assert answer.probability.months == CALIBRATED.months


def test_lists_that_are_kept_are_those_that_are_made(of_made_up: Recommender, monkeypatch: pytest.MonkeyPatch) -> None:
    served = of_made_up._task("programs")
    rows = np.flatnonzero(served.own.real_newcomers)
    assert len(rows) > 3
    for cells in (0, 2 * served.data.n_candidates, 1_000_000):
        monkeypatch.setattr(newcomer_lists, "_CELLS_KEPT", cells)
        lists = NewcomerLists(served, of_made_up.scores, TODAY)
        together, again, apart = lists.of(rows), lists.of(rows), [lists.of(np.array([row]))[0] for row in rows]
        for each in zip(together, again, apart, strict=True):
            np.testing.assert_allclose([one.scores for one in each], [each[0].scores] * 3, atol=1e-6)
            assert {one.by_text for one in each} == {each[0].by_text}


@given(
    lists=arrays(np.float32, (3, 6), elements=st.integers(-4, 4).map(float)),
    model=arrays(np.float32, (3, 6), elements=st.floats(-2, 2, width=32)),
)
def test_scores_handed_out_in_the_order_of_a_list_keep_its_order_and_their_level(lists: Floats, model: Floats) -> None:
    found = in_order_of(lists, model)
    for ours, theirs, out in zip(lists, model, found, strict=True):
        later, earlier = np.meshgrid(np.arange(6), np.arange(6))
        assert (out[later] >= out[earlier])[ours[later] >= ours[earlier]].all()
        assert set(out) <= set(theirs)
        assert out.max() == theirs.max()
    np.testing.assert_array_equal(in_order_of(model, model), model)
