"""Legal forms and standings that are told in other words than the usual ones."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.legal_forms import is_bare_name
from recommender.language.text_facts import read_text

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("주민들이랑 영어조합법인으로 하고 있어요", "other"),
        ("농업회사법인 형태로 2019년에 설립했고", "corporation"),
        ("앱개발 법인 22.05설립", "corporation"),
        ("유한회사로 설립했습니다", "corporation"),
        ("거래처가 유한회사로 설립했습니다", None),
        ("법인 22곳과 거래합니다", None),
    ],
)
def test_a_form_is_read_before_its_date_and_verb(text: str, form: str | None) -> None:
    assert read_text(text, TODAY).legal_form == form


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("국세 체납액 1,500만원", ("tax_arrears",)),
        ("국세 체납액 0원", ()),
        ("부가세 못냄ㅠㅠ", ("tax_arrears",)),
        ("체납자예요", ("tax_arrears",)),
        ("대출 연체됨", ("overdue",)),
        ("아직 사업자를 안 냈어요", ("unregistered",)),
        ("사업자 안 내고 팔고 있습니다", ("unregistered",)),
        ("사업자를 안 내고 싶어요", ()),
    ],
)
def test_standing_is_read_from_a_sum_and_from_what_was_left_undone(text: str, standing: tuple[str, ...]) -> None:
    assert read_text(text, TODAY).standing == standing


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2013년 5월 설립된 금형 설계 전문 법인으로, 창원에 있습니다", "corporation"),
        ("저희는 구미에서 센서를 만드는 법인으로 2019년에 세웠습니다", "corporation"),
        ("공장은 세웠지만 법인은 그대로 살아 있습니다", "corporation"),
        ("청송군 소재 영농조합법인으로 사과즙을 짭니다", "other"),
        ("직원 3명, 개인(법인 아님), 대출 문의", "sole"),
        ("직원2 개인사업자 창업9년됨", "sole"),
        ("2022년에 corporation으로 전환했습니다", "corporation"),
        ("짐을 나르는 법인으로 바꿀 예정입니다", None),
        ("큰 거래를 하는 법인으로 납품합니다", None),
        ("법인은 살아 있었는데 작년에 없앴습니다", None),
    ],
)
def test_a_form_is_read_behind_any_attribute(text: str, form: str | None) -> None:
    assert read_text(text, date(2026, 3, 2)).legal_form == form


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("세금은 하나도 안 밀렸당게요", ()),
        ("대출 이자는 안 밀렸심더", ()),
        ("지방세 체납 1,450만원이 있어 걱정입니다", ("tax_arrears",)),
        ("소득세 2,300만원이 밀려 있어요", ("tax_arrears",)),
        ("작년 봄에 빵집을 접고 폐업신고까지 마쳤습니다", ("closed",)),
        ("농사만 짓습니다. 사업자등록 안 함", ("unregistered",)),
    ],
)
def test_standing_with_a_sum_or_a_denial_before_the_verb(text: str, standing: tuple[str, ...]) -> None:
    assert read_text(text, date(2026, 3, 2)).standing == standing


@pytest.mark.parametrize(
    "name",
    ["주식회사 가온", "(주)한빛", "㈜ 한빛정밀", "한빛 주식회사", "유한회사 새벽", "Hanbit Co., Ltd.", "Kim Tech Inc"],
)
def test_a_name_with_its_form_says_nothing_else(name: str) -> None:
    assert is_bare_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "빵집",
        "가온",
        "주식회사 가온입니다. 빵을 굽습니다",
        "(주)한빛 자금 필요",
        "주식회사",
        "법인 빵집 운영",
        "We bake bread",
        "",
    ],
)
def test_what_says_more_or_has_no_form_is_no_bare_name(text: str) -> None:
    assert not is_bare_name(text)
