"""Legal forms and standings that are told in other words than the usual ones."""

from __future__ import annotations

from datetime import date

import pytest

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
