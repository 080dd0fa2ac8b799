"""Short plain sentences, each of what one pattern alone reads or bars: no labelled message has its like."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.text_facts import read_text

_DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("창업은 5년 전입니다", (2021, 1, 1), (2021, 12, 31)),
        ("사업자등록은 2019년이에요", (2019, 1, 1), (2019, 12, 31)),
        ("창업 20200101", (2020, 1, 1), (2020, 1, 1)),
        ("시장에서만 20년째", (2006, 3, 3), (2007, 12, 31)),
        ("10년째 대구에서 미용실을 하고 있습니다", (2016, 3, 3), (2017, 12, 31)),
        ("3년차 반려동물 용품 스타트업입니다", (2023, 3, 3), (2024, 12, 31)),
        ("카페는 올해로 5년차입니다", (2021, 3, 3), (2022, 12, 31)),
        ("빵집은 이제 막 3년차예요", (2023, 3, 3), (2024, 12, 31)),
        ("회사 만든 지 3년 됐습니다", (2022, 3, 3), (2023, 12, 31)),
        ("법인 세운 지 5년입니다", (2020, 3, 3), (2021, 12, 31)),
        ("3년 된 빵집입니다", (2022, 3, 3), (2023, 12, 31)),
        ("2015년부터 서울에서 빵집을 하고 있습니다", (2015, 1, 1), (2015, 12, 31)),
        ("2015년부터 카페를 합니다", (2015, 1, 1), (2015, 12, 31)),
        ("식당을 연 것은 지난해예요", (2025, 1, 1), (2025, 12, 31)),
        ("5년 전 창업한 IT 기업입니다", (2021, 1, 1), (2021, 12, 31)),
        ("저희는 6년 전에 문을 열었습니다", (2020, 1, 1), (2020, 12, 31)),
        ("2021년 회사 나와서 창업했어요", (2021, 1, 1), (2021, 12, 31)),
        ("2016년에 식당을 인수받아서 시작했습니다", (2016, 1, 1), (2016, 12, 31)),
    ],
)
def test_a_founding_in_few_words(text: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert read_text(text, _DAY).founded == (date(*first), date(*last))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("법인으로 출발했습니다", "corporation"),
        ("법인으로 설립했습니다", "corporation"),
        ("작년에 법인을 만들었습니다", "corporation"),
        ("법인이 됐습니다", "corporation"),
        ("개인에서 법인이 되었어요", "corporation"),
        ("2024년 법인전환", "corporation"),
        ("서울에 있는 법인으로, 판로가 필요합니다", "corporation"),
        ("개인으로 되어 있습니다", "sole"),
        ("형태는 개인", "sole"),
        ("우리 골목은 다들 개인사업자입니다", None),
        ("개인사업자로 운영했었어요", None),
    ],
)
def test_a_form_in_few_words(text: str, form: str | None) -> None:
    assert read_text(text, _DAY).legal_form == form


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("체납으로 대출이 거절됐어요", ("tax_arrears",)),
        ("사업자 내기 전이에요", ("unregistered",)),
        ("사업자등록 전입니다", ("unregistered",)),
        ("연체자입니다", ("overdue",)),
        ("휴업 신고했다가 다시 영업합니다", ()),
        ("국세 체납이 있는데 납부했습니다", ()),
        ("대출이자가 밀렸지만 다 갚았어요", ()),
        ("은행에서 연체 중이라고 해요", ()),
    ],
)
def test_a_standing_in_few_words(text: str, standing: tuple[str, ...]) -> None:
    assert read_text(text, _DAY).standing == standing


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("보유한 인증은 벤처기업입니다", ("벤처기업",)),
        ("이노비즈 인증 5년차", ("이노비즈",)),
        ("여성기업이라야 된다는데요", ()),
        ("이노비즈 따고 매출 20억 찍는 게 꿈입니다", ()),
        ("이노비즈를 보유하고 있었습니다", ()),
    ],
)
def test_a_paper_in_few_words(text: str, names: tuple[str, ...]) -> None:
    assert read_text(text, _DAY).certificates == names


@pytest.mark.parametrize(
    ("text", "employees"),
    [
        ("주방 3명 홀 4명 이렇게 일곱 명입니다", 7),
        ("생산직 10명, 사무직 3명 합쳐서 13명", 13),
        ("직원이 두 명밖에 안 돼요", 2),
        ("두 명 월급 줘요", 2),
        ("기사 두 명 월급을 주고 있어요", 2),
        ("채용하여 7명입니다", 7),
        ("남편이랑 셋이 일해요", None),
        ("대표 세 명이 일합니다", None),
        ("다섯 명 가운데 두 명만 일합니다", None),
        ("직원 4명이랑 회원 50명 해서 54명", 4),
        ("프랜차이즈 가맹점인데 본사가 직원 100명입니다", None),
    ],
)
def test_staff_in_few_words(text: str, employees: int | None) -> None:
    assert read_text(text, _DAY).employees == employees


@pytest.mark.parametrize(
    "text",
    [
        "매출이 3억이었다가 줄었습니다",
        "매출 5억 나오던 가게였습니다",
        "매출을 2억에서 3억으로 늘릴 겁니다",
        "초창기에는 매출이 2억이었어요",
        "올해 목표는 매출 8억 달성",
    ],
)
def test_sales_that_are_over_or_to_come(text: str) -> None:
    assert read_text(text, _DAY).revenue_krw is None
