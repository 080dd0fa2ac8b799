"""Certificates, representatives, exclusions and amounts of a programme, as rules judge and tell them."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.knowledge.profile import Profile
from recommender.language.answers import Verdict
from tests.recommender.rules.judging import program

HOLDER = Profile("회사", certificates=("이노비즈 확인서", "여성기업확인서"))


@pytest.mark.parametrize(
    ("asked", "profile", "verdict"),
    [
        (["이노비즈"], HOLDER, Verdict.IN),
        (["메인비즈", "이노비즈"], HOLDER, Verdict.IN),
        (["여성기업"], HOLDER, Verdict.IN),
        (["기업부설연구소"], HOLDER, Verdict.CHECK),
        (["이노비즈"], Profile("회사"), Verdict.CHECK),
    ],
)
def test_a_certificate_held_proves_it_and_one_not_listed_proves_nothing(
    asked: list[str], profile: Profile, verdict: Verdict
) -> None:
    assert program(profile, certificates=asked)["certificate"].verdict is verdict


def test_the_reason_names_what_is_asked_and_what_is_held() -> None:
    asked = {"certificates": ["이노비즈"], "read_from": ["certificate@summary:4 이노비즈 인증기업"], "unread": []}
    held, unknown = program(HOLDER, **asked)["certificate"], program("bakery", **asked)["certificate"]
    assert held.ko == "필요 인증 이노비즈, 보유 이노비즈 확인서 (원문: 이노비즈 인증기업)"
    assert held.en == (
        "asks for Inno-Biz, a technologically innovative SME (이노비즈); "
        "the company holds Inno-Biz, a technologically innovative SME (이노비즈 확인서) (as written: 이노비즈 인증기업)"
    )
    assert unknown.ko == "필요 인증 이노비즈, 보유 여부 확인 필요 (원문: 이노비즈 인증기업)"
    assert unknown.en == (
        "asks for Inno-Biz, a technologically innovative SME (이노비즈); whether it is held is not known "
        "(as written: 이노비즈 인증기업)"
    )


@pytest.mark.parametrize(
    ("written", "as_of", "verdict", "said"),
    [
        ("벤처기업(2023-03-02)", date(2026, 3, 1), Verdict.IN, "보유 벤처기업"),
        ("벤처기업(2023-03-02)", date(2026, 3, 2), Verdict.CHECK, "2023-03-02 발급된 벤처기업의 유효기간 3년이 지남"),
        ("벤처기업 확인서(2023. 3. 2. 발급)", date(2026, 3, 2), Verdict.CHECK, "벤처기업육성에 관한 특별법 제25조"),
        ("벤처기업(2023-03-02)", date(2023, 3, 1), Verdict.CHECK, "보유 여부 확인 필요"),
        ("사회적기업(2010-01-01)", date(2026, 3, 2), Verdict.CHECK, "보유 여부 확인 필요"),
        ("벤처기업", date(2026, 3, 2), Verdict.IN, "보유 벤처기업"),
    ],
)
def test_a_certificate_whose_years_are_over_no_longer_proves_it(
    written: str, as_of: date, verdict: Verdict, said: str
) -> None:
    """Whether it was renewed is to be checked, so nobody is out for it; what has no known years stays held."""
    profile = Profile("회사", certificates=(written,))
    check = program(profile, as_of, certificates=["벤처기업"])["certificate"]
    assert check.verdict is verdict
    assert said in check.ko
    if written.startswith("사회적"):
        assert program(profile, as_of, certificates=["사회적기업"])["certificate"].verdict is Verdict.IN


def test_a_kind_of_applicant_that_a_lapsed_certificate_proved_is_to_be_checked() -> None:
    check = program(Profile("회사", certificates=("벤처기업(2023-03-02)",)), targets=["venture"])["target"]
    assert check.verdict is Verdict.CHECK
    assert "유효기간 3년이 지남" in check.ko


@pytest.mark.parametrize(
    ("kinds", "verdict", "ko"),
    [
        (["women"], Verdict.IN, "대표자 요건 여성, 인증으로 확인됨"),
        (["youth", "women"], Verdict.IN, "대표자 요건 청년, 여성, 인증으로 확인됨"),
        (["youth"], Verdict.CHECK, "대표자 요건 청년, 해당 여부 확인 필요"),
    ],
)
def test_no_register_tells_a_representatives_age_but_a_certificate_may_tell_who_leads(
    kinds: list[str], verdict: Verdict, ko: str
) -> None:
    check = program(HOLDER, representatives=kinds)["representative"]
    assert (check.verdict, check.ko) == (verdict, ko)


def test_who_is_left_out_is_always_to_be_checked() -> None:
    check = program("bakery", exclusions=["arrears", "closed"])["exclusion"]
    assert (check.verdict, check.ko) == (Verdict.CHECK, "제외 대상 세금 체납, 휴·폐업, 해당 여부 확인 필요")
    assert check.en == "left out: tax arrears, business suspended or closed; to be checked"


@pytest.mark.parametrize("rule", ["certificate", "representative", "exclusion"])
def test_what_was_not_understood_is_to_be_checked_and_what_is_not_there_is_not_told(rule: str) -> None:
    check = program("bakery", unread=[f"{rule}@summary:9 별도 요건"])[rule]
    assert check.verdict is Verdict.CHECK
    assert check.ko.endswith("조건이 있어 확인 필요 (원문: 별도 요건)")
    assert rule not in program("bakery", unread=[])


def test_amount_and_own_share_are_told_and_keep_nobody_out() -> None:
    check = program(
        "bakery", max_support_krw=1e8, own_share_percent=30.0, read_from=["support@summary:9 업체당 최대 1억원"]
    )["support"]
    assert check.verdict is Verdict.IN
    assert check.ko == "최대 지원액 1억 원, 자부담 30% 이상 (원문: 업체당 최대 1억원)"
    assert check.en == (
        "up to KRW 100 million; the company bears at least 30% of the cost (as written: 업체당 최대 1억원)"
    )


@pytest.mark.parametrize(
    ("krw", "told"),
    [(1.3e8, "1억 3,000만 원"), (4e5, "40만 원"), (8.4e5, "84만 원"), (6e9, "60억 원"), (3500, "3,500원")],
)
def test_sums_are_told_as_people_say_them(krw: float, told: str) -> None:
    assert program("bakery", max_support_krw=krw)["support"].ko == f"최대 지원액 {told}"


def test_a_sum_that_no_one_figure_tells_is_to_be_checked() -> None:
    check = program("bakery", unread=["support@summary:9 1인당 월 60만원"])["support"]
    assert check.verdict is Verdict.CHECK
    assert check.ko == "지원 금액을 한 값으로 읽을 수 없어 확인 필요 (원문: 1인당 월 60만원)"
