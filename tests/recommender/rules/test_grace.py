"""Who outgrew a size class still counts as of it for some years, so that it is to be checked and not refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from recommender.language.answers import Check, Verdict
from tests.recommender.rules.judging import judge
from tests.recommender.small_graph import SmallGraph, goyang

TODAY = date(2026, 6, 1)
SMALL, GROWN = (4, 1e9), (12, 2e9)
"""Workers and sales of a maker of rice cakes: fewer than 10 workers make it a micro enterprise."""


def company(years: Mapping[int, tuple[int, float]]) -> SmallGraph:
    made = goyang()
    made.node("Company", "새들", name="새들푸드")
    made.link("Company:새들", "IN_INDUSTRY", "Industry:ksic11:10711")
    for year, (staff, sales) in years.items():
        numbers = {"min_employees": staff, "max_employees": staff, "min_revenue_krw": sales, "max_revenue_krw": sales}
        made.node("AnnualFigures", f"새들@{year}", year=year, **numbers)
        made.link("Company:새들", "REPORTED", f"AnnualFigures:새들@{year}")
    return made


def target(years: Mapping[int, tuple[int, float]], kind: str = "micro", on: date = TODAY) -> Check:
    made = company(years)
    made.node("Program", "P", title="지원사업", targets=[kind], announced_on=date(2020, 1, 1))
    return judge(made, "programs", "새들", "Program:P", on)[1]["target"]


@pytest.mark.parametrize(
    ("years", "verdict"),
    [
        ({2024: SMALL, 2025: SMALL}, Verdict.IN),
        ({2024: SMALL, 2025: GROWN}, Verdict.CHECK),
        ({2021: SMALL, 2022: GROWN, 2023: GROWN, 2024: GROWN, 2025: GROWN}, Verdict.CHECK),
        ({2020: SMALL, 2021: GROWN, 2022: GROWN, 2023: GROWN, 2024: GROWN, 2025: GROWN}, Verdict.OUT),
        ({2022: GROWN, 2023: GROWN, 2024: GROWN, 2025: GROWN}, Verdict.OUT),
        ({2024: SMALL, 2025: (19, 2e9)}, Verdict.CHECK),
        ({2024: SMALL, 2025: (20, 2e9)}, Verdict.OUT),
        ({2024: SMALL, 2025: (5, 3e10)}, Verdict.CHECK),
    ],
    ids=[
        "still micro",
        "grown last year",
        "in the third year after",
        "in the fourth year after",
        "never micro",
        "fewer than 20 workers",
        "20 workers end it",
        "grown by its sales",
    ],
)
def test_a_micro_enterprise_has_three_years(years: Mapping[int, tuple[int, float]], verdict: Verdict) -> None:
    assert target(years).verdict is verdict


def test_what_would_decide_is_told_with_its_article() -> None:
    check = target({2024: SMALL, 2025: GROWN})
    assert "기준을 넘은 뒤의 유예 기간인지에 따름, 소상공인기본법 제2조 제2항" in check.ko
    assert "its years of grace still run, Framework Act on Micro Enterprises, Article 2 (2)" in check.en


def test_an_enterprise_that_is_no_sme_any_more_has_five_years() -> None:
    """Sizes go by the mean sales of three years: 900 hundred million KRW first, 2,000 then, of which 1,200 are most."""
    years = {2019: (90, 9e10)} | dict.fromkeys(range(2020, 2027), (90, 2e11))
    assert target(years, "sme", date(2021, 6, 1)).verdict is Verdict.CHECK
    assert target(years, "sme", date(2025, 12, 31)).verdict is Verdict.CHECK
    assert target(years, "sme", date(2027, 1, 1)).verdict is Verdict.OUT


def test_a_venture_may_be_one_while_grace_lasts() -> None:
    """A venture has to be an SME; who is none for certain can be none."""
    years = {2024: (90, 9e10), 2025: (90, 9e11)}
    assert target(years, "venture").verdict is Verdict.CHECK
    assert target({2024: (90, 9e11), 2025: (90, 9e11)}, "venture").verdict is Verdict.OUT


def test_before_the_act_there_was_no_grace() -> None:
    """The first row holds from 5 February 2021; who had grown before is judged by what it was."""
    assert target({2018: SMALL, 2019: GROWN}, on=date(2020, 6, 1)).verdict is not Verdict.IN
