"""Who may apply is decided as far as the law defines it, and to be checked beyond."""

from __future__ import annotations

from datetime import date

import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language.answers import Verdict
from tests.recommender.rules.judging import judge, program
from tests.recommender.small_graph import goyang

MANUFACTURER = {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:10711"),)}

DEVELOPER = {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:62010"),)}


@pytest.mark.parametrize(
    ("targets", "profile", "verdict"),
    [
        (["micro"], Profile("", employees=4), Verdict.CHECK),
        (["micro"], Profile("", employees=4, revenue_krw=1e9), Verdict.IN),
        (["micro"], Profile("", employees=4, revenue_krw=2e9), Verdict.CHECK),
        (["micro"], Profile("", DEVELOPER, employees=4, revenue_krw=5e9), Verdict.IN),
        (["micro"], Profile("", DEVELOPER, employees=4, revenue_krw=5.1e9), Verdict.OUT),
        (["micro"], Profile("", employees=5), Verdict.CHECK),
        (["micro"], Profile("", DEVELOPER, employees=5), Verdict.OUT),
        (["micro"], Profile("", MANUFACTURER, employees=9), Verdict.CHECK),
        (["micro"], Profile("", MANUFACTURER, employees=9, revenue_krw=12e9), Verdict.IN),
        (["micro"], Profile("", MANUFACTURER, employees=10), Verdict.OUT),
        (["micro"], Profile("", employees=2, revenue_krw=5e10), Verdict.OUT),
        (["micro"], Profile(""), Verdict.CHECK),
        (["sme"], Profile("", employees=4), Verdict.CHECK),
        (["sme"], Profile("", DEVELOPER, revenue_krw=1e11), Verdict.IN),
        (["sme"], Profile("", DEVELOPER, revenue_krw=1.01e11), Verdict.OUT),
        (["sme"], Profile("", employees=80), Verdict.CHECK),
        (["sme"], Profile("", employees=80, revenue_krw=4e10), Verdict.IN),
        (["sme"], Profile("", revenue_krw=2e11), Verdict.OUT),
        (["mid_size"], Profile("", revenue_krw=1e9), Verdict.OUT),
        (["mid_size"], Profile("", revenue_krw=2e11), Verdict.CHECK),
        (["sme", "corporation"], Profile("", employees=3, legal_form="corporation"), Verdict.IN),
        (["sme", "corporation"], Profile("", employees=3, legal_form="sole"), Verdict.CHECK),
        (["sme", "corporation"], Profile("", employees=3), Verdict.CHECK),
        (["sme", "corporation", "sole"], Profile("", employees=3, revenue_krw=1e8), Verdict.IN),
        (["large"], Profile("", revenue_krw=1e9), Verdict.OUT),
        (["large"], Profile("", revenue_krw=2e11), Verdict.CHECK),
        (["small"], Profile("", employees=4, revenue_krw=1e8), Verdict.IN),
        (["small"], Profile("", employees=80, revenue_krw=1.5e9), Verdict.IN),
        (["small"], Profile("", employees=80, revenue_krw=1e10), Verdict.CHECK),
        (["small"], Profile("", revenue_krw=2e10), Verdict.OUT),
        (["startup"], Profile("", founded_on=date(2019, 3, 2)), Verdict.IN),
        (["startup"], Profile("", founded_on=date(2019, 3, 1)), Verdict.CHECK),
        (["startup"], Profile("", founded_on=date(2016, 3, 2)), Verdict.CHECK),
        (["startup"], Profile("", founded_on=date(2016, 3, 1)), Verdict.OUT),
        (["startup"], Profile(""), Verdict.CHECK),
        (["pre_founder"], Profile("", founded_on=date(2026, 3, 3)), Verdict.IN),
        (["pre_founder"], Profile("", founded_on=date(2026, 3, 2)), Verdict.OUT),
        (["pre_founder"], Profile(""), Verdict.CHECK),
        (["venture"], Profile("", certificates=("벤처기업확인",)), Verdict.IN),
        (["venture"], Profile("", revenue_krw=3e9), Verdict.CHECK),
        (["venture"], Profile("", revenue_krw=1.2e12), Verdict.OUT),
        (["venture"], Profile("", revenue_krw=1.2e12, certificates=("벤처기업확인",)), Verdict.IN),
        (["startup", "venture"], Profile("", founded_on=date(1988, 1, 1), revenue_krw=1.2e12), Verdict.OUT),
        (["women"], Profile("", certificates=("벤처기업확인",)), Verdict.CHECK),
        (["sole"], Profile("", legal_form="sole"), Verdict.IN),
        (["sole"], Profile("", legal_form="corporation"), Verdict.OUT),
        (["corporation"], Profile(""), Verdict.CHECK),
        (["university"], Profile("", employees=3), Verdict.OUT),
        (["university", "sole"], Profile("", legal_form="sole"), Verdict.IN),
        (["university", "micro"], Profile("", employees=3), Verdict.CHECK),
        (["university", "micro"], Profile("", employees=3, revenue_krw=1e9), Verdict.IN),
        (["other"], Profile("", employees=3), Verdict.CHECK),
        ([], Profile("", employees=3), Verdict.CHECK),
        (None, Profile("", employees=3), Verdict.CHECK),
    ],
)
def test_kinds_of_applicant_are_decided_as_far_as_the_law_defines_them(
    targets: list[str] | None, profile: Profile, verdict: Verdict
) -> None:
    assert program(profile, targets=targets)["target"].verdict is verdict


def test_a_certificate_is_told_in_english_with_its_korean_name() -> None:
    check = program(Profile("", certificates=("벤처기업확인서",)), targets=["venture"])["target"]
    assert check.ko.endswith("(인증 벤처기업확인서)")
    assert check.en.endswith("certificate venture company (벤처기업확인서)")


def test_an_organisation_of_the_graph_is_no_pre_founder() -> None:
    assert program("unknown", targets=["pre_founder"])["target"].verdict is Verdict.OUT


def test_a_backtest_asks_the_limits_of_its_day() -> None:
    """A software company with sales of 900 hundred million KRW was no SME until the limits rose on 1 September 2025."""
    profile = Profile("", DEVELOPER, revenue_krw=9e10)
    assert program(profile, date(2025, 8, 31), targets=["sme"])["target"].verdict is Verdict.OUT
    assert program(profile, date(2025, 9, 1), targets=["sme"])["target"].verdict is Verdict.IN


def test_the_sentence_cites_the_row_that_decides() -> None:
    check = program(Profile("", DEVELOPER, employees=4, revenue_krw=3e9), targets=["micro"])["target"]
    assert check.ko == (
        "지원 대상 소상공인, 소상공인 해당 (종업원 4명, 매출 30억 원, 중소기업기본법 시행령 별표 3 기준 50억 원 이하)"
    )


@pytest.mark.parametrize(
    ("targets", "profile", "missing"),
    [
        (["micro"], Profile("", DEVELOPER, employees=3), "매출액 미확인"),
        (["micro"], Profile("", DEVELOPER, revenue_krw=1e8), "종업원 수 미확인"),
        (["micro"], Profile("", employees=3, revenue_krw=2e9), "주된 업종에 따름"),
        (["startup"], Profile("", founded_on=date(2018, 1, 1)), "신산업 창업 분야 여부에 따름"),
    ],
)
def test_what_would_decide_is_told(targets: list[str], profile: Profile, missing: str) -> None:
    check = program(profile, targets=targets)["target"]
    assert check.verdict is Verdict.CHECK
    assert missing in check.ko


def test_kinds_that_the_text_contradicts_are_to_be_checked() -> None:
    check = program(Profile("", employees=3), targets=["large"], unread=["target@summary:5 대기업"])["target"]
    assert check.verdict is Verdict.CHECK
    assert check.ko == "지원 대상 대기업, 공고문과 달라 확인 필요 (원문: 대기업)"


def test_one_legal_form_beside_a_size_is_named_as_what_is_to_be_checked() -> None:
    check = program(Profile("", employees=3, revenue_krw=1e8, legal_form="sole"), targets=["corporation", "micro"])[
        "target"
    ]
    assert check.ko == "지원 대상 법인사업자, 소상공인, 법인사업자 해당 여부 확인 필요"


def test_kinds_of_which_none_is_certain_are_named_once() -> None:
    check = program(Profile(""), targets=["startup", "venture"])["target"]
    assert check.ko == "지원 대상 창업기업, 벤처기업, 해당 여부 확인 필요"
    assert check.en == "for start-ups, certified ventures; whether the company is one is not known"


def test_small_sales_are_told_in_units_that_people_use() -> None:
    check = program(Profile("", DEVELOPER, employees=1, revenue_krw=6e7), targets=["micro"])["target"]
    assert "매출 6,000만 원, 중소기업기본법 시행령 별표 3 기준 50억 원 이하" in check.ko
    assert "sales of KRW 60 million, at most KRW 5 billion by" in check.en


@pytest.mark.parametrize(
    ("asker", "why"),
    [
        (Profile("카페", standing=("unregistered",)), "사업자등록 뒤에 판정"),
        (Profile("카페", founded_on=date(2027, 1, 1)), "사업자등록 뒤에 판정"),
        (Profile("카페"), "매출액 미확인"),
    ],
)
def test_of_who_is_not_founded_no_sales_are_missed(asker: Profile, why: str) -> None:
    check = program(asker, targets=["micro"], admits_pre_founders=True)["target"]
    assert (check.verdict, check.ko) == (Verdict.CHECK, f"지원 대상 소상공인, 해당 여부 확인 필요 ({why})")


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (date(2026, 3, 30), Verdict.CHECK),
        (date(2026, 3, 31), Verdict.IN),
        (date(2029, 3, 30), Verdict.IN),
        (date(2029, 3, 31), Verdict.CHECK),
    ],
)
def test_a_certificate_counts_on_the_days_on_which_it_is_valid(day: date, verdict: Verdict) -> None:
    graph = goyang()
    dated = {"certificates": ["벤처기업"], "certificate_periods": ["2026-03-31/2029-03-30 벤처기업"]}
    graph.node("Company", "venture", name="가나소프트", **dated)
    graph.node("Program", "P", title="지원사업", targets=["venture"], certificates=["벤처기업확인서"])
    checks = judge(graph, "programs", "venture", "Program:P", day)[1]
    assert (checks["target"].verdict, checks["certificate"].verdict) == (verdict, verdict)
