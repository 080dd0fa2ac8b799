"""Places of the asker are told from those of others; which regions they are is for the snapshot to say."""

from __future__ import annotations

import pytest

from recommender.language.clauses import Clauses
from recommender.language.places import Neighbourhoods, own_places

NAMES = ("서울특별시", "서울", "고양시", "고양", "덕양구", "파주시", "파주")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("고양시 덕양구에서 만듭니다", [("고양시", "덕양구")]),
        ("고양이 카페", []),
        ("고양시에 납품합니다", []),
        ("서울 출신이고 파주시에서 만듭니다", [("파주시",)]),
        ("파주에서 고양으로 왔습니다", [("고양",)]),
        ("파주 공장에서 원단을 받아 서울에서 만듭니다", [("서울",)]),
        ("고양시 덕양구로 이전할 예정입니다", []),
        ("서울에서 공방을 하다가 2023년에 파주 교하로 옮겨 왔습니다", [("파주",)]),
        ("서울에서 파주 교하로 옮길 계획입니다", [("서울",)]),
    ],
)
def test_places_in_a_row_are_one_and_those_of_others_none(text: str, names: list[tuple[str, ...]]) -> None:
    assert [place.names for place in own_places(Clauses(text), NAMES)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("예산 부족으로 어렵습니다", []),
        ("충남 예산에서 사과를 키웁니다", [("충남", "예산")]),
        ("예산군에 있습니다", [("예산군",)]),
        ("강남 카페", []),
        ("강남에서 카페를 합니다", [("강남",)]),
        ("제주 감귤로 주스를 만듭니다", []),
        ("제주에서 주스를 만듭니다", [("제주",)]),
    ],
)
def test_a_short_name_that_is_a_word_of_its_own_is_no_place(text: str, names: list[tuple[str, ...]]) -> None:
    places = ("충남", "예산군", "예산", "강남구", "강남", "제주특별자치도", "제주시", "제주")
    assert [place.names for place in own_places(Clauses(text), places)] == names


def test_a_move_that_was_made_is_told_and_keeps_its_place_in_the_text() -> None:
    text = "파주시에  있다가 고양시로 옮겼습니다"
    (place,) = own_places(Clauses(text), NAMES)
    assert place.surely
    assert text[place.start : place.end] == "고양시"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("파주에 있던 공장을 2024년에 양산으로 옮겼습니다", [("양산",)]),
        ("서울 공장을 정리하고 파주로 내려온 지 2년 됐습니다", [("파주",)]),
        ("위치는파주금촌이고", [("파주",)]),
        ("소재지는 파주인데 주민등록은 서울이고 거래는 거의 고양에서 합니다", [("파주",)]),
        ("물건은 주로 서울에 보냅니다", []),
        ("제품은 파주에서 만듭니다", [("파주",)]),
    ],
)
def test_where_it_moved_to_is_its_place_and_where_it_came_from_or_sells_is_not(
    text: str, names: list[tuple[str, ...]]
) -> None:
    assert [place.names for place in own_places(Clauses(text), (*NAMES, "양산"))] == names


COUNTRY = ("제천시", "제천", "진주시", "진주", "종로구", "종로", "성주군", "성주", "경기", "시흥시", "시흥", "마포구")
QUARTERS = Neighbourhoods({"대야동": ("시흥", "시흥시", "경기"), "수륜면": ("성주", "성주군")}, frozenset({"수륜면"}))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("제천 한방골목, 약재 도매, 직원 2명", [("제천",)]),
        ("진주 논개시장서 국수를 말아 팝니다", [("진주",)]),
        ("종로5가 약국거리에서 약국을 합니다", [("종로",)]),
        ("경기시흥대야동 용접 직원3", [("경기", "시흥", "대야동")]),
        ("성주 수륜면 참외하우스 9동 합니다", [("성주", "수륜면")]),
        ("성주 참외 농가입니다", [("성주",)]),
        ("진주 제2공단에서 부품을 깎습니다", [("진주",)]),
        ("제천 바이오도시 소재 업체입니다", [("제천",)]),
        ("진주 땅끝마을 쪽에서 고구마를 심어요", [("진주",)]),
        ("성주 참외를 유통업체에 팝니다", []),
        ("제천 한방시장에서 약재를 사옵니다", []),
        ("제천 한방시장에서 재료를 사옵니다", []),
        ("진주 논개시장에 납품합니다", []),
        ("제천 한방시장, 진주 논개시장에 납품합니다", []),
    ],
)
def test_a_market_a_street_or_a_field_tells_that_the_town_is_ones_own(text: str, names: list[tuple[str, ...]]) -> None:
    assert [place.names for place in own_places(Clauses(text), COUNTRY, QUARTERS)] == names
