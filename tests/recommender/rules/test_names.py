"""How conditions name what they list: the asker's own, whole branches, and how many more there are."""

from __future__ import annotations

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language.answers import Check
from tests.recommender.rules.judging import judge
from tests.recommender.small_graph import SmallGraph, goyang

DIVISIONS = {
    "11": "음료 제조업",
    "12": "담배 제조업",
    "13": "섬유제품 제조업; 의복 제외",
    "14": "의복, 모피제품 제조업",
}


def admitting(*codes: str) -> SmallGraph:
    graph = goyang()
    for code, name in DIVISIONS.items():
        graph.node("Industry", f"ksic11:{code}", name=name, code=code, revision=11)
        graph.link(f"Industry:ksic11:{code}", "PART_OF", "Industry:ksic11:C")
    graph.node("Space", "S", title="301호")
    for code in codes:
        graph.link("Space:S", "ADMITS", f"Industry:ksic11:{code}")
    return graph


def told(asker: str | Profile, *codes: str) -> Check:
    return judge(admitting(*codes), "spaces", asker, "Space:S")[1]["admitted_industry"]


def test_who_is_admitted_is_told_by_which_of_the_industries_listed() -> None:
    check = told("soft", "11", "12", "13", "14", "J")
    assert check.ko == "입주 가능 업종 ‘정보통신업’ 외 4개, 기업 업종 ‘컴퓨터 프로그래밍 서비스업’"
    assert check.en == "admits ‘정보통신업’ and 4 more; the company works in ‘컴퓨터 프로그래밍 서비스업’"


def test_names_that_hold_commas_are_quoted_and_the_rest_is_counted() -> None:
    check = told(Profile("회사"), "11", "12", "13", "14", "62010")
    assert check.ko == (
        "입주 가능 업종 ‘음료 제조업’, ‘담배 제조업’, ‘섬유제품 제조업; 의복 제외’, ‘의복, 모피제품 제조업’ 외 1개, "
        "기업 업종을 몰라 확인 필요"
    )


def test_a_branch_that_is_listed_whole_is_named_once() -> None:
    check = told(Profile("회사"), "10", "11", "12", "13", "14")
    assert check.ko == "입주 가능 업종 ‘제조업’, 기업 업종을 몰라 확인 필요"


def test_places_are_counted_as_places() -> None:
    graph = goyang()
    graph.node("Program", "P", title="입문 과정")
    graph.link("Program:P", "TARGETS", "Region:41281")
    for region in ("41480", "41570", "41590", "41610"):
        graph.node("Region", region, name=f"시 {region}", code=region)
        graph.link("Program:P", "TARGETS", f"Region:{region}")
    asker = Profile("빵집", {"LOCATED_IN": (NodeRef("Region", "41281"),)})
    check = judge(graph, "programs", asker, "Program:P")[1]["region"]
    assert check.ko == "대상 지역 고양시 덕양구 외 4곳, 소재지 고양시 덕양구"
    assert check.en == "open to 고양시 덕양구 and 4 more; located in 고양시 덕양구"
