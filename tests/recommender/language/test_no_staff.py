"""Who works alone, or has nobody, says so in many ways; a part of the work, a wish or the past is another thing."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.text_facts import read_text

TODAY = date(2026, 3, 2)


def employees(text: str) -> int | None:
    return read_text(text, TODAY).employees


@pytest.mark.parametrize(
    "text",
    [
        "제가 혼자 다 만들고 포장하고 배송까지 합니다",
        "여태 혼자서 농사지어요",
        "아직까지는 혼자서 하고 있습니다",
        "이모 한 분하고 같이 했는데 지금은 혼자 꾸려 갑니다",
        "혼자서 운영하다 보니 휴가를 못 갑니다",
        "빵집 / 혼자 / 원주",
        "달랑 저 하나예요",
        "일하는 사람은 저 하나고요",
        "1인 셀러입니다",
        "1인 네일샵이에요",
        "사람을 안 써요",
        "직원수 무",
        "대표인 제가 혼자함",
        "직원 X / 매출 4천",
        "직원: 없음",
        "종업원無",
        "직원 고용 안 함",
        "직원은 안 씁니다",
        "직원은 따루 업꾸여",
        "직원 한 명 없이 꾸려 왔습니다",
        "원래 직원 4명이었는데 지금은 없어요",
        "식구 셋이 매달려 하고 월급 주는 사람은 없습니다",
        "누나하고 둘이 일해요. 직원은 없어요.",
        "아들이 도와주고 정식 직원은 없어요",
    ],
)
def test_who_works_alone_or_has_nobody_has_no_employees(text: str) -> None:
    assert employees(text) == 0


@pytest.mark.parametrize(
    "text",
    [
        "혼자서는 도저히 안 되겠어요",
        "혼자 오는 손님이 많은 식당입니다",
        "혼자 계시는 어르신들께 도시락을 배달합니다",
        "혼자 해결하려고 애쓰고 있습니다",
        "혼자 하기에는 일이 많아요",
        "세무 일은 혼자 합니다",
        "아이를 혼자 키우면서 가게 합니다",
        "남편 혼자 일하는 가게예요",
        "처음에는 혼자 운영했습니다",
        "약사는 저 하나고 손님이 많습니다",
        "마케팅은 혼자 하고 있어요",
    ],
)
def test_alone_in_a_part_a_wish_or_a_time_before_tells_nothing(text: str) -> None:
    assert employees(text) is None
