"""A number of people is that of the staff where it belongs to a word for them, whatever stands between."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.text_facts import read_text

TODAY = date(2026, 3, 2)


def employees(text: str) -> int | None:
    return read_text(text, TODAY).employees


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("직원 수는 현재 기준으로 스물다섯 명입니다", 25),
        ("직원이 많이 줄었어요 열다섯에서 일곱으로", 7),
        ("직원이 한 명 그만둬서 세 명으로 운영합니다", 3),
        ("직원 다섯 중 둘이 이번 달에 나가서 셋 남았습니다", 3),
        ("고용 인원은 정규 7, 계약 2 해서 모두 9명", 9),
        ("임직원수 17명(정규직 15명)", 17),
        ("작년에 5명이던 직원이 올해 9명입니다", 9),
        ("현재 인원은 사장 빼고 여덟입니다", 8),
        ("사원 수 27", 27),
        ("직원 세 분 모시고 있습니다", 3),
    ],
)
def test_what_stands_between_a_word_and_its_number_needs_no_order(text: str, number: int) -> None:
    assert employees(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("사람 셋 두고 철공소 합니다", 3),
        ("다섯 명이서 해요. 저까지요", 4),
        ("저를 포함한 5명의 팀으로 운영합니다", 4),
        ("지금은 여덟이서 꾸려갑니다 직원이요", 8),
        ("따로 쓰는 사람은 없어요", 0),
        ("직원들 다 나가고 저만 남았어요", 0),
        ("2018년 창업 / 1인 / 온라인 의류", 0),
    ],
)
def test_staff_need_no_word_where_the_verb_or_the_owner_tells(text: str, number: int) -> None:
    assert employees(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "수강생 40명, 강사 3명 두고 있습니다",
        "손님이 30명 옵니다. 직원 구합니다",
        "직원이 있고 지금 마흔하나입니다",
        "팀원 4명이 개발하고 2명이 영업합니다",
        "직원 20명일 때 지원받았어요",
        "직원 채용 3명 하면 총 10명 됩니다",
        "전 회사에서 직원 30명을 관리했습니다",
        "직원 30명 규모의 공장에서 일하다가 독립했습니다",
        "우리 업계 평균 직원은 5명입니다",
        "컨설팅 받은 회사는 직원이 15명에서 30명으로 늘었대요",
        "직원을 8명으로 줄여야 합니다",
        "직원은 열명 조금 넘어요",
        "직원 한 명 한 명이 소중합니다",
    ],
)
def test_people_of_another_noun_time_or_firm_are_no_staff(text: str) -> None:
    assert employees(text) is None
