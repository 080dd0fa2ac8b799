"""What limits say to people: bounds, the company's own figure, and why something is to be checked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.knowledge.profile import Profile
from recommender.language.answers import Verdict
from tests.recommender.rules.judging import TODAY, program


def told(rule: str, profile: Profile, **properties: object) -> tuple[Verdict, str, str]:
    check = program(profile, **properties)[rule]
    return check.verdict, check.ko, check.en


@pytest.mark.parametrize(
    ("bounds", "ko", "en"),
    [
        ({"min_employees": 5}, "종업원 수 5명 이상 대상, 현재 10명", "at least 5 employees; the company has 10"),
        ({"max_employees": 50}, "종업원 수 50명 이내 대상, 현재 10명", "at most 50 employees; the company has 10"),
        (
            {"min_employees": 5, "max_employees": 1000},
            "종업원 수 5~1,000명 대상, 현재 10명",
            "5 to 1,000 employees; the company has 10",
        ),
    ],
)
def test_bounds_on_employees_are_told_with_the_companys_number(bounds: dict[str, int], ko: str, en: str) -> None:
    assert told("size", Profile("회사", employees=10), **bounds) == (Verdict.IN, ko, en)


@pytest.mark.parametrize(
    ("revenue", "verdict"),
    [(99_999_999.0, Verdict.OUT), (1e8, Verdict.IN), (1.2e9, Verdict.IN), (1_200_000_001.0, Verdict.OUT)],
)
def test_bounds_on_revenue_are_inclusive_to_the_won(revenue: float, verdict: Verdict) -> None:
    profile = Profile("회사", revenue_krw=revenue)
    assert program(profile, min_revenue_krw=1e8, max_revenue_krw=1.2e9)["revenue"].verdict is verdict


def test_revenue_is_told_as_people_say_sums() -> None:
    found = told("revenue", Profile("회사", revenue_krw=2.5e8), min_revenue_krw=1e8, max_revenue_krw=1.2e11)
    assert found == (
        Verdict.IN,
        "매출액 1억 원~1,200억 원 대상, 현재 2억 5,000만 원",
        "KRW 100 million to KRW 120 billion of revenue a year; the company has KRW 250 million",
    )


@pytest.mark.parametrize("rule", ["size", "revenue", "age"])
def test_a_limit_that_is_not_stated_is_no_check_and_an_unknown_figure_is_one(rule: str) -> None:
    bound = {"size": "max_employees", "revenue": "max_revenue_krw", "age": "max_company_age"}[rule]
    assert rule not in program(Profile("회사"))
    verdict, ko, en = told(rule, Profile("회사"), **{bound: 3})
    assert verdict is Verdict.CHECK
    assert "몰라 확인 필요" in ko
    assert "not known" in en


def test_a_limit_that_was_not_understood_is_to_be_checked_whatever_the_company_has() -> None:
    for rule, profile in (
        ("size", Profile("회사", employees=3)),
        ("revenue", Profile("회사", revenue_krw=1.0)),
        ("age", Profile("회사", founded_on=date(2020, 1, 1))),
    ):
        verdict, ko, _ = told(rule, profile, unread=[f"{rule}@summary:9 별도 기준"])
        assert verdict is Verdict.CHECK
        assert ko.endswith("(원문: 별도 기준)")


def test_age_is_told_with_the_founding_day_and_the_day_it_is_judged_on() -> None:
    verdict, ko, en = told(
        "age", Profile("회사", founded_on=date(2021, 3, 2)), min_company_age=3.0, max_company_age=7.0
    )
    assert verdict is Verdict.IN
    assert ko == "업력 3~7년 대상, 설립일 2021-03-02, 기준일 2026-03-02"
    assert en == "3 to 7 years old; founded on 2021-03-02, as of 2026-03-02"
    within = Profile("회사", founded_on=date(2021, 1, 1), founded_until=date(2021, 12, 31))
    _, ko, en = told("age", within, min_company_age=3.0, max_company_age=7.0)
    assert ko == "업력 3~7년 대상, 설립일 2021-01-01~2021-12-31, 기준일 2026-03-02"
    assert en == "3 to 7 years old; founded between 2021-01-01 and 2021-12-31, as of 2026-03-02"


@pytest.mark.parametrize(("admits", "words"), [(True, "가능"), (False, "불가"), (None, "여부 확인 필요")])
def test_who_is_yet_to_found_is_told_whether_it_may_apply(admits: object, words: str) -> None:
    _, ko, _ = told(
        "age", Profile("예비", founded_on=date(2026, 9, 1)), admits_pre_founders=admits, max_company_age=7.0
    )
    assert ko == f"설립 예정일 2026-09-01, 예비창업자 신청 {words}"


@settings(max_examples=12)
@given(st.integers(0, 4000), st.integers(1, 10))
def test_a_company_fits_until_the_anniversary_ends_and_a_younger_one_never_fits_less(days: int, most: int) -> None:
    founded = TODAY - timedelta(days)
    verdict = program(Profile("회사", founded_on=founded), max_company_age=float(most))["age"].verdict
    anniversary = date(founded.year + most, founded.month, min(founded.day, 28))
    if abs((anniversary - TODAY).days) > 3:
        assert verdict is (Verdict.IN if anniversary > TODAY else Verdict.OUT)


@settings(max_examples=12)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_employees_within_both_ends_are_in(staff: int, one: int, other: int) -> None:
    least, most = min(one, other), max(one, other)
    check = program(Profile("회사", employees=staff), min_employees=least, max_employees=most)["size"]
    assert check.verdict is (Verdict.IN if least <= staff <= most else Verdict.OUT)


@settings(max_examples=12)
@given(st.integers(0, 60), st.integers(0, 60), st.integers(1, 20))
def test_a_wider_limit_keeps_out_nobody_whom_a_narrower_one_admits(staff: int, most: int, more: int) -> None:
    narrow, wide = (
        program(Profile("회사", employees=staff), max_employees=each)["size"].verdict for each in (most, most + more)
    )
    assert not (narrow is Verdict.IN and wide is Verdict.OUT)
