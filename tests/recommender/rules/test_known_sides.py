"""What a condition on place or industry says of an asker of whom that is known, guessed, or not known."""

from __future__ import annotations

import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language.answers import Check, Verdict
from tests.recommender.rules.judging import judge, program
from tests.recommender.small_graph import goyang


def works_in(code: str, *, guessed: bool = True) -> Profile:
    found = {"IN_INDUSTRY": (NodeRef("Industry", f"ksic11:{code}"),)}
    return Profile("회사", guesses=found) if guessed else Profile("회사", found)


def is_in(region: str) -> Profile:
    return Profile("회사", guesses={"LOCATED_IN": (NodeRef("Region", region),)})


@pytest.mark.parametrize(
    ("guess", "target", "ko", "en"),
    [
        (
            "10711",
            "C",
            "대상 업종 ‘제조업’, 기업 업종 추정(‘떡류 제조업’)이 맞으면 해당, 확인 필요",
            "if the guess that it works in ‘떡류 제조업’ is right, it is among these",
        ),
        (
            "62010",
            "C",
            "대상 업종 ‘제조업’, 기업 업종 추정(‘컴퓨터 프로그래밍 서비스업’)이 맞으면 해당하지 않음, 확인 필요",
            "if the guess that it works in ‘컴퓨터 프로그래밍 서비스업’ is right, it is not among these",
        ),
        (
            "C",
            "10711",
            "대상 업종 ‘떡류 제조업’, 기업 업종 추정(‘제조업’)만으로는 알 수 없어 확인 필요",
            "the guess that it works in ‘제조업’ does not decide it",
        ),
    ],
)
def test_a_guess_of_the_industry_tells_what_follows_if_it_is_right(guess: str, target: str, ko: str, en: str) -> None:
    check = program(works_in(guess), targets_nodes=(f"Industry:ksic11:{target}",))["industry"]
    open_to = ko.removeprefix("대상 업종 ").partition(",")[0]
    assert check == Check("industry", Verdict.CHECK, ko, f"open to {open_to}; {en}: to be confirmed")


def test_a_guess_names_of_many_admitted_industries_its_own() -> None:
    graph = goyang()
    graph.node("Space", "S", title="301호")
    for code in ("12", "13", "14", "15"):
        graph.node("Industry", f"ksic11:{code}", name=f"업종 {code}", code=code, revision=11)
    for code in ("12", "13", "14", "15", "J"):
        graph.link("Space:S", "ADMITS", f"Industry:ksic11:{code}")
    check = judge(graph, "spaces", works_in("62010"), "Space:S")[1]["admitted_industry"]
    said = "입주 가능 업종 ‘정보통신업’ 외 4개, 기업 업종 추정(‘컴퓨터 프로그래밍 서비스업’)이 맞으면 해당, 확인 필요"
    assert (check.verdict, check.ko) == (Verdict.CHECK, said)


@pytest.mark.parametrize(
    ("guess", "ko"),
    [
        ("41285", "대상 지역 고양시, 소재지 추정(고양시 일산동구)이 맞으면 해당, 확인 필요"),
        ("11", "대상 지역 고양시, 소재지 추정(서울특별시)이 맞으면 해당하지 않음, 확인 필요"),
        ("41", "대상 지역 고양시, 소재지 추정(경기도)만으로는 알 수 없어 확인 필요"),
    ],
)
def test_a_guess_of_the_place_tells_what_follows_if_it_is_right(guess: str, ko: str) -> None:
    check = program(is_in(guess), targets_nodes=("Region:41280",))["region"]
    assert (check.verdict, check.ko) == (Verdict.CHECK, ko)


def test_where_neither_is_known_nor_guessed_that_is_said() -> None:
    checks = program(Profile("회사"), targets_nodes=("Region:41280", "Industry:ksic11:C"))
    assert checks["region"].ko == "대상 지역 고양시, 기업 소재지를 몰라 확인 필요"
    assert checks["industry"].ko == "대상 업종 ‘제조업’, 기업 업종을 몰라 확인 필요"


def test_what_is_known_too_coarsely_says_that_it_does_not_decide() -> None:
    check = program(works_in("C", guessed=False), targets_nodes=("Industry:ksic11:10711",))["industry"]
    assert check.ko == "대상 업종 ‘떡류 제조업’, 기업 업종 ‘제조업’만으로는 알 수 없어 확인 필요"
    assert check.en.endswith("the company works in ‘제조업’, which does not decide it: to be confirmed")
