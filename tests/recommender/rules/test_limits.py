"""Limits on years in business, employees and revenue, as rules judge and tell them."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.knowledge.profile import Profile
from recommender.language.answers import Verdict
from tests.recommender.rules.judging import program


@pytest.mark.parametrize(
    ("founded", "verdict"),
    [
        (date(2019, 3, 1), Verdict.OUT),
        (date(2019, 3, 2), Verdict.IN),
        (date(2026, 3, 2), Verdict.IN),
        (None, Verdict.CHECK),
        (date(2026, 3, 3), Verdict.CHECK),
    ],
)
def test_a_company_is_seven_years_old_until_that_day_ends(founded: date | None, verdict: Verdict) -> None:
    checks = program(Profile("새 회사", founded_on=founded), max_company_age=7.0)
    assert checks["age"].verdict is verdict


def test_the_day_after_february_ends_counts_as_anniversary_of_a_leap_day() -> None:
    profile = Profile("새 회사", founded_on=date(2020, 2, 29))
    assert program(profile, date(2023, 3, 1), max_company_age=3.0)["age"].verdict is Verdict.IN
    assert program(profile, date(2023, 3, 2), max_company_age=3.0)["age"].verdict is Verdict.OUT


@pytest.mark.parametrize(("admits", "verdict"), [(True, Verdict.IN), (False, Verdict.OUT), (None, Verdict.CHECK)])
def test_who_is_yet_to_found_needs_a_programme_that_admits_it(admits: object, verdict: Verdict) -> None:
    profile = Profile("예비창업", founded_on=date(2026, 9, 1))
    assert program(profile, admits_pre_founders=admits)["age"].verdict is verdict


@pytest.mark.parametrize(
    ("staff", "verdict"),
    [(4, Verdict.OUT), (5, Verdict.IN), (50, Verdict.IN), (51, Verdict.OUT), (None, Verdict.CHECK)],
)
def test_bounds_on_employees_are_inclusive(staff: int | None, verdict: Verdict) -> None:
    checks = program(Profile("회사", employees=staff), min_employees=5, max_employees=50)
    assert checks["size"].verdict is verdict


@pytest.mark.parametrize(
    ("founded", "verdict"),
    [
        (date(2023, 3, 2), Verdict.IN),
        (date(2023, 3, 3), Verdict.OUT),
        (date(2019, 3, 2), Verdict.IN),
        (date(2019, 3, 1), Verdict.OUT),
        (date(2026, 9, 1), Verdict.OUT),
        (None, Verdict.CHECK),
    ],
)
def test_a_company_is_old_enough_from_that_day_on(founded: date | None, verdict: Verdict) -> None:
    checks = program(Profile("회사", founded_on=founded), min_company_age=3.0, max_company_age=7.0)
    assert checks["age"].verdict is verdict


def test_a_period_of_founding_that_spans_the_bound_is_to_be_checked() -> None:
    profile = Profile("회사", founded_on=date(2022, 1, 1), founded_until=date(2023, 12, 31))
    assert program(profile, min_company_age=3.0)["age"].verdict is Verdict.CHECK
    assert program(profile, min_company_age=2.0)["age"].verdict is Verdict.IN
    assert program(profile, min_company_age=5.0)["age"].verdict is Verdict.OUT


def test_the_reason_names_the_range_and_the_words_it_was_read_from() -> None:
    check = program(
        Profile("회사", founded_on=date(2021, 3, 2)),
        min_company_age=3.0,
        max_company_age=7.0,
        read_from=["age@summary:14 업력 3년 이상 7년 이내"],
        unread=[],
    )["age"]
    assert check.ko == "업력 3~7년 대상, 설립일 2021-03-02, 기준일 2026-03-02 (원문: 업력 3년 이상 7년 이내)"
    assert check.en == (
        "3 to 7 years old; founded on 2021-03-02, as of 2026-03-02 (as written: 업력 3년 이상 7년 이내)"
    )


@pytest.mark.parametrize("rule", ["age", "size", "revenue"])
def test_a_limit_that_was_not_understood_is_to_be_checked(rule: str) -> None:
    check = program("soft", unread=[f"{rule}@summary:3 별도 기준"])[rule]
    assert check.verdict is Verdict.CHECK
    assert check.ko.endswith("조건이 있어 확인 필요 (원문: 별도 기준)")
    assert check.en.endswith("to be checked (as written: 별도 기준)")


def test_whoever_keeps_a_doubtful_limit_on_age_is_admitted_and_others_are_left_to_people() -> None:
    doubtful = {"read_from": ["age@summary:3 7년 이내"], "unread": ["age@summary:3 7년 이내"], "max_company_age": 7.0}
    young, old = (Profile("회사", founded_on=date(year, 3, 3)) for year in (2021, 2015))
    not_read = {**doubtful, "read_from": []}

    assert program(young, **doubtful)["age"].verdict is Verdict.IN
    assert program(old, **doubtful)["age"].verdict is Verdict.CHECK
    assert program(Profile("회사"), **doubtful)["age"].verdict is Verdict.CHECK
    assert program(young, **not_read)["age"].verdict is Verdict.CHECK


@pytest.mark.parametrize("rule", ["age", "size", "revenue"])
def test_a_text_that_was_read_and_sets_no_limit_needs_no_fact(rule: str) -> None:
    assert rule not in program("unknown", unread=[])


@pytest.mark.parametrize(
    ("revenue", "verdict"),
    [(4e8, Verdict.OUT), (5e8, Verdict.IN), (1.2e10, Verdict.IN), (1.3e10, Verdict.OUT), (None, Verdict.CHECK)],
)
def test_bounds_on_revenue_are_inclusive(revenue: float | None, verdict: Verdict) -> None:
    checks = program(Profile("회사", revenue_krw=revenue), min_revenue_krw=5e8, max_revenue_krw=1.2e10)
    assert checks["revenue"].verdict is verdict


def test_revenue_is_told_with_its_bound() -> None:
    check = program(Profile("회사", revenue_krw=3e9), max_revenue_krw=5e9)["revenue"]
    assert check.ko == "매출액 50억 원 이내 대상, 현재 30억 원"
    assert check.en == "at most KRW 5 billion of revenue a year; the company has KRW 3 billion"
    unknown = program(Profile("회사"), min_revenue_krw=5e8)["revenue"]
    assert unknown.ko == "매출액 5억 원 이상 대상, 기업의 값을 몰라 확인 필요"
