"""Where scores tie, each asker still gets a list of its own, and the answer says how it came about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.knowledge.tasks import get_task
from recommender.language.answers import Answer, Grade
from recommender.publish.bundle import load_bundle
from recommender.publish.probability import Calibration, expected
from recommender.serve.ordering import ASKER_TIES_NOTE, TIES_NOTE
from recommender.serve.recommender import Recommender
from recommender.serve.request_text import nothing_asked
from recommender.serve.takers import UNSTATED_NOTE
from tests.recommender.fixtures import WordEncoder
from tests.recommender.serve.untrained import CALIBRATED, write_home
from tests.recommender.small_graph import SmallGraph, goyang

TODAY = date(2026, 3, 2)
Opened = Callable[[SmallGraph], Recommender]
TITLES = ("온라인 판매 교실", "이차전지 양극재", "소프트웨어 데이터", "도시 농업")


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Publish the most popular of a graph, with probabilities, and open it."""

    def open_graph(graph: SmallGraph, calibration: Calibration | None = CALIBRATED) -> Recommender:
        snapshot = graph.written(tmp_path / "snapshots")
        write_home(tmp_path, snapshot, calibration=calibration)
        return Recommender(snapshot, load_bundle(tmp_path / "models" / "v1", snapshot), WordEncoder)

    return open_graph


def tied_city() -> SmallGraph:
    """Notices and patents that nobody has taken up: every score is 0."""
    graph = goyang()
    for number, title in enumerate(TITLES):
        graph.node("Program", f"P{number}", title=title, window_kind="always", announced_on=date(2026, 1, 2))
        graph.node("Technology", f"T{number}", title=title, status="registered")
    graph.node("Company", "battery", name="가나다")
    graph.node("Technology", "own", title="이차전지 양극재 분리막", status="registered")
    graph.link("Company:battery", "FILED", "Technology:own", on=date(2020, 1, 1))
    graph.node("Company", "wisher", name="라마바")
    graph.node("Need", "N", title="소프트웨어 데이터 분석")
    graph.link("Company:wisher", "NEEDS", "Need:N", on=date(2026, 1, 5))
    graph.node("Company", "named", name="농업")
    return graph


def with_reporter() -> SmallGraph:
    graph = tied_city()
    graph.node("Company", "reporter", name="사아자")
    graph.node("AnnualFigures", "reporter@2024", name="2024년 실적", year=2024, min_employees=3, max_employees=3)
    graph.link("Company:reporter", "REPORTED", "AnnualFigures:reporter@2024")
    return graph


def ids(answer: Answer) -> list[str]:
    return [item.ref.id for item in answer.recommendations]


@pytest.mark.parametrize(
    ("company", "first"), [("bakery", "P0"), ("battery", "P1"), ("wisher", "P2"), ("soft", "P2"), ("named", "P3")]
)
def test_tied_candidates_follow_what_the_asker_makes_filed_or_needs(opened: Opened, company: str, first: str) -> None:
    """Where nothing else is known the name counts."""
    answer = opened(tied_city()).recommend("programs", NodeRef("Company", company), as_of=TODAY)
    assert ids(answer)[0] == first
    assert {item.tied for item in answer.recommendations} == {4}
    assert TIES_NOTE in answer.notes


def test_a_score_of_most_candidates_carries_no_probability_and_the_answer_says_why(opened: Opened) -> None:
    answer = opened(tied_city()).recommend("programs", NodeRef("Company", "bakery"), as_of=TODAY)
    assert {(item.probability, item.grade) for item in answer.recommendations} == {(None, None)}
    assert answer.probability.months is None
    assert answer.probability.ko.startswith("확률 없음: 점수가 대부분 같아")


def test_what_stands_out_of_the_ties_keeps_its_probability(opened: Opened) -> None:
    graph = tied_city()
    graph.link("Company:soft", "APPLIED_TO", "Program:P3", on=date(2025, 1, 1))
    answer = opened(graph).recommend("programs", NodeRef("Company", "bakery"), as_of=TODAY)
    assert [(item.ref.id, item.tied, item.probability is None) for item in answer.recommendations] == [
        ("P3", 1, False),
        ("P0", 3, True),
        ("P1", 3, True),
        ("P2", 3, True),
    ]
    assert "Results whose score most others share carry none." in answer.probability.en


@pytest.mark.parametrize(
    ("company", "note"),
    [
        ("named", "이 기업은 이름만 알려져 있어 업종과 생산품에 맞춘 순위가 아닙니다."),
        ("battery", "이 기업은 이름·특허만 알려져 있어 업종과 생산품에 맞춘 순위가 아닙니다."),
        ("reporter", "이 기업은 이름·연도별 실적만 알려져 있어 업종과 생산품에 맞춘 순위가 아닙니다."),
        ("bakery", None),
    ],
)
def test_an_asker_of_which_little_is_known_is_told_so(opened: Opened, company: str, note: str | None) -> None:
    answer = opened(with_reporter()).recommend("programs", NodeRef("Company", company), as_of=TODAY)
    told = [said.ko for said in answer.notes if said != TIES_NOTE]
    assert [said.startswith(note or "?") for said in told] == ([] if note is None else [True])


def test_a_name_that_is_near_to_a_title_is_no_reason(opened: Opened) -> None:
    answer = opened(tied_city()).recommend("programs", NodeRef("Company", "named"), as_of=TODAY)
    assert answer.recommendations[0].reasons[0].ko.startswith("연결 경로나 공통 속성을 찾지 못했습니다.")


@pytest.mark.parametrize("asker", [NodeRef("Company", "bakery"), Profile("", employees=3)])
def test_of_equally_near_candidates_the_one_whose_conditions_hold_comes_first(
    opened: Opened, asker: NodeRef | Profile
) -> None:
    """Few workers speak for a micro enterprise, also where the sales are not known."""
    graph = goyang()
    for id_, targets in (("A", ["social"]), ("B", ["micro"])):
        graph.node("Program", id_, title="같은 제목", window_kind="always", targets=targets, kind="grant")
    assert ids(opened(graph).recommend("programs", asker, as_of=TODAY)) == ["B", "A"]


@pytest.mark.parametrize(
    ("notice", "fact"),
    [
        ({"targets": ["social"]}, {"certificates": ["사회적기업"]}),
        ({"targets": ["sme"], "certificates": ["이노비즈"]}, {"certificates": ["이노비즈"]}),
        ({"targets": ["sme"], "representatives": ["women"]}, {"certificates": ["여성기업"]}),
    ],
)
def test_in_reverse_who_tells_of_what_is_asked_for_comes_first(
    opened: Opened, notice: dict[str, object], fact: dict[str, object]
) -> None:
    """Those of whom nothing says so follow, and a note says it, however often they used such help."""
    graph = tied_city()
    graph.node("Program", "few", title="모집 공고", window_kind="always", kind="grant", **notice)
    graph.node("Company", "told", name="밝힌기업", **fact)
    recommender = opened(graph)
    answer = recommender.reverse("programs", NodeRef("Program", "few"), as_of=TODAY)
    assert ids(answer)[0] == "told"
    assert UNSTATED_NOTE in answer.notes
    assert UNSTATED_NOTE not in recommender.reverse("programs", NodeRef("Program", "few"), n=1, as_of=TODAY).notes


@pytest.mark.parametrize(
    ("task", "candidate", "first"),
    [
        ("programs", "Program:P0", "bakery"),
        ("technologies", "Technology:T1", "battery"),
        ("technologies", "Technology:T2", "wisher"),
    ],
)
def test_in_reverse_the_companies_whose_texts_are_nearest_come_first(
    opened: Opened, task: str, candidate: str, first: str
) -> None:
    """Companies known by name alone come last: nothing is known that would make them fit."""
    label, _, id_ = candidate.partition(":")
    answer = opened(tied_city()).reverse(task, NodeRef(label, id_), as_of=TODAY)
    assert ids(answer)[0] == first
    assert set(ids(answer)[-2:]) == {"named", "unknown"}
    assert answer.recommendations[0].tied == len(ids(answer))
    assert answer.notes == (ASKER_TIES_NOTE,)
    assert {item.probability for item in answer.recommendations} == {None}


def test_in_reverse_who_used_much_of_anything_does_not_pass_who_is_near_where_scores_are_equal(opened: Opened) -> None:
    graph = tied_city()
    for number in range(3):
        graph.node("Program", f"Q{number}", title="다른 사업", window_kind="always", announced_on=date(2025, 1, 2))
        graph.link("Company:soft", "APPLIED_TO", f"Program:Q{number}", on=date(2025, 12, 1))
    answer = opened(graph).reverse("programs", NodeRef("Program", "P0"), as_of=TODAY)
    assert ids(answer)[0] == "bakery"
    assert answer.recommendations[0].tied == len(ids(answer))
    assert answer.notes == (ASKER_TIES_NOTE,)


def test_where_most_companies_share_a_score_none_gets_a_probability(opened: Opened) -> None:
    """The most popular suits everybody alike; its number would tell no company from another."""
    graph = tied_city()
    graph.link("Company:soft", "APPLIED_TO", "Program:P3", on=date(2025, 1, 1))
    answer = opened(graph).reverse("programs", NodeRef("Program", "P3"), as_of=TODAY)
    assert {item.probability for item in answer.recommendations} == {None}
    assert answer.probability.en.startswith("No probability: most have this same score")


def rooms(units: int = 5) -> SmallGraph:
    graph = goyang()
    for center in ("X", "Y"):
        graph.node("Center", center, name=center)
        for unit in range(units):
            free_from = date(2026, 1, 1 + unit)
            graph.node("Space", f"{center}{unit}", title="소형 호실", available_from=free_from, area_m2=33.0)
            graph.link(f"Space:{center}{unit}", "PART_OF", f"Center:{center}")
    graph.node("Space", "Z", title="대형 호실")
    return graph


def test_rooms_that_nobody_can_tell_apart_are_one_line_and_the_list_goes_on(opened: Opened) -> None:
    answer = opened(rooms()).recommend("spaces", NodeRef("Company", "soft"), n=3, as_of=TODAY)
    lines = {item.ref.id: {ref.id for ref in item.alike} for item in answer.recommendations}
    whole = {frozenset({id_, *alike}) for id_, alike in lines.items()}
    assert whole == {frozenset(f"{center}{unit}" for unit in range(5)) for center in "XY"} | {frozenset("Z")}
    assert {item.tied for item in answer.recommendations} == {11}


def test_rooms_of_one_name_and_building_are_one_line_whatever_their_scores(opened: Opened) -> None:
    graph = rooms()
    for unit in range(5):
        for tenant in range(1 + unit):
            graph.node("Company", f"tenant{unit}{tenant}", name=f"입주 {unit}{tenant}")
            graph.link(f"Company:tenant{unit}{tenant}", "OCCUPIES", f"Space:X{unit}", on=date(2025, 1, 1))
    answer = opened(graph).recommend("spaces", NodeRef("Company", "soft"), n=2, as_of=TODAY)
    first = answer.recommendations[0]
    assert (first.ref.id, first.tied, [ref.id for ref in first.alike]) == ("X4", 1, ["X3", "X2", "X1", "X0"])
    assert answer.recommendations[1].ref.id[0] in "YZ"


def test_what_is_alike_by_name_but_not_by_its_checks_stays_apart(opened: Opened) -> None:
    graph = goyang()
    for id_, closes in (("A", date(2026, 5, 1)), ("B", date(2026, 5, 1)), ("C", date(2026, 6, 1))):
        graph.node(
            "Program",
            id_,
            title=f"통합 공고({id_})",
            window_kind="fixed",
            announced_on=date(2026, 1, 2),
            apply_from=date(2026, 1, 2),
            apply_until=closes,
        )
    answer = opened(graph).recommend("programs", NodeRef("Company", "soft"), as_of=TODAY)
    assert {item.ref.id: len(item.alike) for item in answer.recommendations} == {"A": 1, "C": 0}


def test_a_request_for_something_else_does_not_rank_and_the_answer_says_so(opened: Opened) -> None:
    recommender = opened(tied_city())
    asked = Profile("운영 자금이 필요하다")
    patents = recommender.recommend("technologies", asked, as_of=TODAY)
    said = nothing_asked(get_task("technologies"))
    assert said in patents.notes
    assert said.ko.startswith("요청에 ‘이전 기술’에 관한 말이 없어")
    assert patents.scorer == "popularity"
    assert "요청 문구도 함께 반영" not in patents.probability.ko
    assert not any("관한 말이 없어" in note.ko for note in recommender.recommend("programs", asked, as_of=TODAY).notes)


def test_grades_compare_with_an_average_result(opened: Opened) -> None:
    """The share that came true is 0.1: from 0.4 a result is likely, from 0.15 fairly so."""
    assert [CALIBRATED.grade(chance) for chance in (0.41, 0.39, 0.16, 0.14)] == [
        Grade.HIGH,
        Grade.MEDIUM,
        Grade.MEDIUM,
        Grade.LOW,
    ]
    graph = tied_city()
    for company in ("soft", "battery"):
        graph.link(f"Company:{company}", "APPLIED_TO", "Program:P3", on=date(2025, 1, 1))
    first = opened(graph).recommend("programs", NodeRef("Company", "bakery"), as_of=TODAY).recommendations[0]
    assert first.probability is not None
    assert first.grade is CALIBRATED.grade(first.probability)


def test_what_to_expect_of_a_list_is_told_in_numbers_a_person_can_use() -> None:
    shown = expected([0.02, 0.03, None], 6, askers=False)
    assert shown.en == (
        "Of 10 companies shown 2 results like these, about 0.5 links in all are expected within 6 months. Results "
        "whose score most others share carry none."
    )
    assert "약 0.5건" in shown.ko
    assert "fewer than 0.1" in expected([0.0001], 6, askers=False).en
    assert "Of the 2 companies listed, about 0.6 should" in expected([0.2, 0.4], 6, askers=True).en
