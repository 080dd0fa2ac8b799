"""Industries that funds leave out get none of their loans; where another list may be the same, it is to be asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.knowledge.tasks import get_task
from recommender.language.answers import Check, Verdict
from recommender.rules.askers import asker_of_profile
from recommender.rules.base import CandidatePairs
from recommender.rules.candidates import Candidates
from recommender.rules.decide import Decisions, decide
from recommender.snapshot.dated_facts import DatedFacts
from tests.recommender.rules.judging import TODAY
from tests.recommender.small_graph import goyang

OUT, CHECK, IN = Verdict.OUT, Verdict.CHECK, Verdict.IN
BAR, CLUB, PUB, BAKERY, AGENT, TOBACCO = "56211", "56212", "56219", "10711", "68221", "46333"
MICRO_FUND = {"kind": "loan", "targets": ["micro"], "title": "2026년 소상공인 정책자금 융자사업 공고"}
SME_FUND = {"kind": "loan", "targets": ["sme"], "title": "2026년 중소기업 정책자금 융자계획 공고"}
GUARANTEE = {"kind": "loan", "targets": ["micro", "sme"], "title": "[경기] 고양시 특례보증 지원 공고"}
CITY_LOAN = {"kind": "loan", "targets": ["sme"], "title": "[경기] 식품진흥기금 융자사업 시행 공고"}
VOUCHER = {"kind": "grant", "targets": ["micro"], "title": "소상공인 경영안정 바우처 공고"}
STARTUP = {"kind": "startup", "targets": ["startup", "pre_founder"], "title": "예비창업패키지 공고"}
VENTURE = {"kind": "grant", "targets": ["venture"], "title": "벤처기업 해외진출 지원"}
EXPORT = {"kind": "export", "targets": ["sme"], "title": "수출 지원"}


def decided(
    notice: dict[str, Any], *codes: str, guesses: tuple[str, ...] = (), as_of: date = TODAY
) -> tuple[Decisions, Check | None]:
    graph = goyang()
    for code in {*codes, *guesses}:
        graph.node("Industry", f"ksic11:{code}", name=f"업종 {code}", code=code, revision=11)
    graph.node("Program", "P", **notice)
    facts = DatedFacts(graph.snapshot())
    links, guessed = (
        {"IN_INDUSTRY": tuple(NodeRef("Industry", f"ksic11:{code}") for code in each)} if each else {}
        for each in (codes, guesses)
    )
    asker = asker_of_profile(facts, Profile("", links, guesses=guessed), as_of)
    decisions = decide(get_task("programs"), CandidatePairs(asker, Candidates(facts, [NodeRef("Program", "P")]), as_of))
    return decisions, {check.rule: check for check in decisions.checks(0, 0)}.get("barred_industry")


def verdict(notice: dict[str, Any], *codes: str, **more: Any) -> Verdict | None:
    found = decided(notice, *codes, **more)[1]
    return None if found is None else found.verdict


@pytest.mark.parametrize(
    ("notice", "code", "said"),
    [
        (MICRO_FUND, BAR, OUT),
        (MICRO_FUND, CLUB, OUT),
        (MICRO_FUND, TOBACCO, OUT),
        (MICRO_FUND, "71202", OUT),
        (MICRO_FUND, AGENT, CHECK),
        (MICRO_FUND, PUB, IN),
        (MICRO_FUND, BAKERY, IN),
        (SME_FUND, BAR, OUT),
        (SME_FUND, PUB, CHECK),
        (SME_FUND, "68111", OUT),
        (SME_FUND, BAKERY, IN),
        (GUARANTEE, BAR, OUT),
        (GUARANTEE, "68111", OUT),
        (GUARANTEE, AGENT, IN),
        (STARTUP, BAR, OUT),
        (STARTUP, PUB, CHECK),
        (STARTUP, BAKERY, IN),
        (VENTURE, PUB, OUT),
        (VENTURE, BAKERY, IN),
    ],
)
def test_a_list_of_the_notices_own_decides(notice: dict[str, Any], code: str, said: Verdict) -> None:
    assert verdict(notice, code) is said


@pytest.mark.parametrize("notice", [CITY_LOAN, VOUCHER])
def test_the_usual_list_leaves_it_to_be_asked_and_last(notice: dict[str, Any]) -> None:
    decisions, check = decided(notice, BAR)
    assert check is not None
    assert check.verdict is CHECK
    assert check.ko.endswith("이 사업도 제외하는지 확인 필요")
    assert decisions.doubtful[0, 0]
    assert verdict(notice, BAKERY) is None


def test_other_notices_leave_nobody_out_by_industry() -> None:
    assert verdict(EXPORT, BAR) is None


def test_an_unknown_industry_is_to_be_checked_where_a_list_decides() -> None:
    assert verdict(MICRO_FUND) is CHECK
    assert verdict(STARTUP) is CHECK
    assert verdict(VOUCHER) is None


def test_one_industry_of_several_leaves_it_to_be_checked() -> None:
    assert verdict(MICRO_FUND, BAR, BAKERY) is CHECK
    assert verdict(MICRO_FUND, BAR, CLUB) is OUT


def test_a_guess_never_decides_and_is_named_as_one() -> None:
    for notice in (MICRO_FUND, VOUCHER):
        check = decided(notice, guesses=(BAR,))[1]
        assert check is not None
        assert check.verdict is CHECK
        assert check.ko.startswith("추정 업종이 맞으면 일반 유흥 주점업: 소상공인 정책자금 제외 업종")
        assert check.en.startswith("if the guess of its industry is right: hostess bars")


def test_a_guess_that_is_not_left_out_says_so() -> None:
    check = decided(MICRO_FUND, guesses=(BAKERY,))[1]
    assert check is not None
    assert (check.verdict, check.ko) == (CHECK, "업종 추정이 맞으면 지원 제외 업종이 아님, 업종 확인 필요")
    assert decided(VOUCHER, guesses=(BAKERY,))[1] is None


def test_a_notice_that_names_the_trade_keeps_it_out() -> None:
    named = EXPORT | {"exclusions": ["entertainment"]}
    check = decided(named, BAR)[1]
    assert check is not None
    assert (check.verdict, check.ko) == (OUT, "공고가 제외하는 업종, 기업 업종 ‘업종 56211’")
    assert verdict(named, BAKERY) is None
    assert verdict(EXPORT | {"exclusions": ["real_estate"]}, BAR) is None


def test_the_sentence_cites_the_list() -> None:
    check = decided(MICRO_FUND, BAR)[1]
    assert check is not None
    assert check.ko == "일반 유흥 주점업: 소상공인 정책자금 제외 업종 (소상공인 정책자금 융자계획 지원 제외 업종)"
    assert check.en.startswith("hostess bars: left out of the policy fund for micro enterprises (")


def test_on_a_day_whose_list_is_not_known_nobody_is_kept_out() -> None:
    assert verdict(MICRO_FUND, BAR, as_of=date(2025, 3, 2)) is CHECK
