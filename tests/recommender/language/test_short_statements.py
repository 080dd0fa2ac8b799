"""Short statements of owners: entries without marks, a town before its trade, a year behind its verb."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.text_facts import read_text
from recommender.serve.place_reading import regions_in
from tests.recommender.small_graph import whole_country

_DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("인쇄소 개인사업자 직원2 2011년부터함", date(2011, 1, 1), date(2011, 12, 31)),
        ("직원은 넷이구 2013년부터 했슈", date(2013, 1, 1), date(2013, 12, 31)),
        ("회사 나와서 혼자 꽃집 차렸어요. 작년 9월, 마포", date(2025, 9, 1), date(2025, 9, 30)),
        ("사장 경력 20년, 가게 6개월.", date(2025, 8, 3), date(2025, 9, 30)),
        ("자기 일 하는 4년차 사장입니다", date(2022, 3, 3), date(2023, 12, 31)),
        ("저는 5년째 전주 송천동에서 빵집 하고 있고요", date(2021, 3, 3), date(2022, 12, 31)),
        ("누나가 하는 법인에서 일하다가 나와서 작년 10월에 제 사업자 냈습니다", date(2025, 10, 1), date(2025, 10, 31)),
        ("동생이 하던 가게를 인수해서 2024년 5월에 개업했습니다", date(2024, 5, 1), date(2024, 5, 31)),
        ("저는 작년 6월에 들어와서 분식집을 열었어요", date(2025, 6, 1), date(2025, 6, 30)),
        ("프랜차이즈 가맹점이고 본사는 1999년 설립, 저희 매장은 2022년 5월 오픈.", date(2022, 5, 1), date(2022, 5, 31)),
    ],
)
def test_since_when_it_is_told_far_from_a_verb(text: str, first: date, last: date) -> None:
    assert read_text(text, _DAY).founded == (first, last)


@pytest.mark.parametrize("text", ["요리 15년.", "거래처 2011년부터함", "친구가 차렸어요. 작년 9월"])
def test_years_of_something_else_are_none_of_the_company(text: str) -> None:
    assert read_text(text, _DAY).founded is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("직원 셋. 봉화 송이 유통", "47920"),
        ("영동 와인. 2014년 설립", "43740"),
        ("온라인으로 넓히고 싶은 담양 떡갈비집이에요", "46710"),
        ("거창 사과주스 공장 2016년 시작", "48880"),
        ("우리 공장은 괴산. 직원 26명", "43760"),
        ("떡집입니다. 순창이고 직원은 한 명", "52770"),
        ("진주 철물점, 직원 1명", "48170"),
        ("부산에서 하던 여행사 접고 김해에서 반찬가게 열었습니다", "48250"),
    ],
)
def test_a_town_before_its_trade_is_where_it_is(text: str, code: str) -> None:
    assert [ref.id for ref in regions_in(text, whole_country().snapshot())] == [code]


@pytest.mark.parametrize("text", ["안동 여행. 다녀왔어요", "담양 떡갈비를 좋아합니다", "대전에서 대학을 나왔습니다"])
def test_a_town_that_is_visited_or_known_is_none_of_the_company(text: str) -> None:
    assert regions_in(text, whole_country().snapshot()) == []


def test_who_work_together_and_have_nobody_are_owners() -> None:
    assert read_text("친구 둘이랑 창업해서 지금 셋이 같이 일하고 직원은 아직 없습니다", _DAY).employees == 0


def test_forms_of_few_words_are_read() -> None:
    told = read_text("(유)대한환경 / 폐기물 수집 / 상시 19명", _DAY)
    assert (told.legal_form, told.employees) == ("corporation", 19)


def test_sales_are_told_by_the_verb_alone_beside_their_year() -> None:
    assert read_text("작년에 4억 1천 했거든요", _DAY).revenue_krw == 410_000_000
    assert read_text("작년에 4억 1천 대출을 받았거든요", _DAY).revenue_krw is None
