"""Facts beside another's: who is meant, what ended, and what stands far from its verb."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.text_facts import TextFacts, read_text

_DAY = date(2026, 3, 2)


def _read(text: str) -> TextFacts:
    return read_text(text, _DAY)


@pytest.mark.parametrize(
    "text",
    [
        "가게는 휴업 중인데 지방세 밀린 건 없어요",
        "부가세 밀린 데 없습니다",
        "국세 밀린 금액은 전혀 없습니다",
    ],
)
def test_arrears_that_are_denied_are_none(text: str) -> None:
    assert "tax_arrears" not in _read(text).standing


@pytest.mark.parametrize(
    "text", ["연매출은 3억이 조금 안 됩니다", "작년 매출은 5억에 살짝 못 됩니다", "매출이 4억을 조금 넘습니다"]
)
def test_a_sum_that_is_not_reached_or_passed_is_no_fact(text: str) -> None:
    assert _read(text).revenue_krw is None


def test_a_day_of_opening_again_is_none_of_founding_where_the_first_is_told() -> None:
    assert _read("2021년에 재오픈했고 원래 문을 연 건 1999년이에요").founded != (date(2021, 1, 1), date(2021, 12, 31))
    assert _read("전에 하던 가게는 접고 2021년에 다시 창업했습니다").founded == (date(2021, 1, 1), date(2021, 12, 31))


def test_a_first_shop_that_closed_is_not_the_one_opened_again() -> None:
    text = "처음 문 연 건 2001년이고 그 가게는 폐업했고 2019년에 재오픈했어요"
    assert _read(text).founded != (date(2001, 1, 1), date(2001, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("하우스를 늘린 건 2022년이고 시작은 2008년이었어요", date(2008, 1, 1), date(2008, 12, 31)),
        ("허가 받고 문 연 게 2019년 5월입니다", date(2019, 5, 1), date(2019, 5, 31)),
        ("제가 작업실 차린 건 2012년", date(2012, 1, 1), date(2012, 12, 31)),
        ("2021년 4월에 여기로 새로 냈습니다", date(2021, 4, 1), date(2021, 4, 30)),
        ("작년 7월에 저도 창업했어요", date(2025, 7, 1), date(2025, 7, 31)),
        ("문 연 지 6년째예요", date(2020, 3, 3), date(2021, 12, 31)),
    ],
)
def test_a_founding_is_read_far_from_its_verb(text: str, first: date, last: date) -> None:
    assert _read(text).founded == (first, last)


@pytest.mark.parametrize(
    "text",
    ["재창업하려고 합니다", "누룽지를 만들어 팔 계획인데 아직 사업자등록도 안 했습니다"],
)
def test_who_is_to_found_again_or_has_only_a_plan_has_founded_nothing(text: str) -> None:
    assert _read(text).yet_to_found


@pytest.mark.parametrize(
    ("text", "staff"),
    [
        ("코딩학원을 합니다. 강사 3명 두고 있어요", 3),
        ("시장에서 장사하는데 아주머니 둘 월급 주고 있어요", 2),
        ("상담원 4명 포함 총 9명(대표 제외)이 근무합니다", 9),
        ("목공소 직원4 2012년 개업", 4),
        ("디자이너 5명 남았어요", 5),
        ("고용은 상시 6명입니다", 6),
        ("직원은 서이입니다", 3),
        ("재단사가 다섯 명까지 있었는데 지금은 아무도 없어요", 0),
        ("실장이 나가서 지금은 저밖에 없습니다", 0),
        ("옆집은 형이 하는 정육점이고 거긴 직원이 4명인데 저는 혼자예요", 0),
        ("two certified welders as employees", 2),
    ],
)
def test_staff_is_told_by_roles_and_by_who_is_left(text: str, staff: int) -> None:
    assert _read(text).employees == staff


@pytest.mark.parametrize(
    "text",
    [
        "프리랜서 강사 3명 두고 있어요",
        "수강생 8명(대표 제외)이 들어요",
        "이 동네 빵집은 저밖에 없습니다",
        "강사 5명 두고 있었는데 다 나갔어요",
        "강사 2명 두고 싶어요",
    ],
)
def test_freelancers_pupils_rivals_and_wishes_are_no_staff(text: str) -> None:
    assert _read(text).employees is None


def test_one_of_several_roles_on_the_payroll_is_not_all_staff() -> None:
    assert _read("코치 한 명, 운전 기사 한 명 월급 줍니다").employees is None


@pytest.mark.parametrize(
    ("text", "form"),
    [("개인사업자고 세금 안 낸 건 없습니다", "sole"), ("사업자는 제 이름이에요(개인)", "sole")],
)
def test_a_form_is_not_denied_by_what_is_told_behind_it(text: str, form: str) -> None:
    assert _read(text).legal_form == form


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("사업자등록을 여태 안 했습니다", "unregistered"),
        ("사업자등록을 지금까지도 안 했어요", "unregistered"),
        ("대출이 두 달째 연체라서 힘들까요?", "overdue"),
    ],
)
def test_standing_is_read_behind_other_words(text: str, standing: str) -> None:
    assert standing in _read(text).standing


@pytest.mark.parametrize("text", ["작년매출6억3천 개인사업자", "작년 매츨 6억3천만원"])
def test_sales_are_read_without_blanks_and_misspelt(text: str) -> None:
    assert _read(text).revenue_krw == pytest.approx(6.3e8)
