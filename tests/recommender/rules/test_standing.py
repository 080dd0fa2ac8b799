"""What a company says stands in its way keeps it from loans, and leaves other notices to be asked."""

from __future__ import annotations

import pytest

from recommender.knowledge.profile import Profile
from recommender.language.answers import Verdict
from recommender.rules.standing import STANDING_MEANS
from tests.recommender.rules.judging import TODAY, program

OUT, CHECK = Verdict.OUT, Verdict.CHECK


def verdict(standing: tuple[str, ...], **notice: object) -> Verdict | None:
    """Return what the rule says of a notice, None where nothing needed to be known."""
    found = program(Profile("", standing=standing), TODAY, **notice).get("standing")
    return None if found is None else found.verdict


@pytest.mark.parametrize("standing", ["closed", "suspended", "tax_arrears", "overdue"])
def test_a_loan_is_closed_to_who_is_barred_from_loans(standing: str) -> None:
    assert verdict((standing,), kind="loan", targets=["sme"]) is OUT


@pytest.mark.parametrize(
    ("standing", "said"),
    [("closed", OUT), ("suspended", CHECK), ("tax_arrears", CHECK), ("overdue", None), ("unregistered", CHECK)],
)
def test_other_notices_are_kept_from_closed_companies_alone(standing: str, said: Verdict | None) -> None:
    assert verdict((standing,), kind="grant", targets=["sme"]) is said


@pytest.mark.parametrize(
    ("standing", "title", "said"),
    [
        ("closed", "재도전특별자금 융자", CHECK),
        ("closed", "희망리턴패키지 폐업 지원", CHECK),
        ("overdue", "신용회복 소상공인 자금", CHECK),
        ("tax_arrears", "소상공인 재기 지원", CHECK),
    ],
)
def test_notices_for_a_new_start_are_left_to_be_asked(standing: str, title: str, said: Verdict) -> None:
    assert verdict((standing,), kind="loan", targets=["micro"], title=title) is said


@pytest.mark.parametrize(
    "notice", [{"targets": ["pre_founder"]}, {"admits_pre_founders": True, "targets": ["startup"]}]
)
def test_who_has_no_business_may_ask_where_none_is_needed(notice: dict[str, object]) -> None:
    assert verdict(("unregistered",), kind="startup", **notice) is None
    assert verdict(("closed",), kind="startup", **notice) is CHECK


def test_who_says_nothing_of_the_kind_is_not_asked() -> None:
    assert verdict((), kind="loan", targets=["sme"]) is None


def test_the_reason_is_told() -> None:
    profile = Profile("", standing=("tax_arrears", "overdue"))
    loan = program(profile, TODAY, kind="loan", targets=["sme"])["standing"]
    grant = program(profile, TODAY, kind="grant", targets=["sme"])["standing"]
    assert (loan.ko, loan.en) == (
        "세금 체납, 대출 연체: 융자·보증 대상에서 제외",
        "tax arrears, overdue loan: barred from loans",
    )
    assert grant.ko == "세금 체납, 대출 연체: 신청할 수 있는지 확인 필요"


def test_a_co_operative_may_be_a_corporation_and_is_no_sole_proprietor() -> None:
    profile = Profile("", legal_form="other")
    assert program(profile, TODAY, targets=["corporation"])["target"].verdict is CHECK
    assert program(profile, TODAY, targets=["sole"])["target"].verdict is OUT


def test_what_a_closed_business_means_names_all_that_is_kept() -> None:
    """The note stands beside lists of rooms and partners too, which the rule of the business leaves empty."""
    ko, en = STANDING_MEANS["closed"]
    assert ko == "지원사업은 재창업·폐업 지원만, 그 밖에는 전문가만 추천함"
    assert en == "only support for closing or starting again, and experts, are kept"
