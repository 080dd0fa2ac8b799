"""Reading addresses down to the door, and telling two of them apart."""

from __future__ import annotations

import pytest

from loaders.streets import Street, are_elsewhere, street_of


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("경기도 고양시 일산동구 중앙로 1261", "중앙로 1261"),
        ("경기도 고양시 일산동구 중앙로1261번길 9-3", "중앙로1261번길 9-3"),
        ("고양시 일산동구 중앙로 1261번길 9-3", "중앙로1261번길 9-3"),
        ("경기도 고양시 덕양구 향동로 217, 현대테라타워 A동 1203호 (향동동)", "향동로 217"),
        ("고양시 덕양구 통일로 140 삼송테크노밸리 B동 3층", "통일로 140"),
        ("경기도 고양시 덕양구 꽃마을로 34 (향동동, 현대 테라타워 DMC)", "꽃마을로 34"),
        ("서울특별시 금천구 가산디지털1로 119 1동 201호", "가산디지털1로 119"),
        ("경기도 고양시 덕양구 삼송로 지하 12", "삼송로 지하12"),
        ("경기도 고양시 일산서구 고양대로 255번길 26", "고양대로255번길 26"),
        ("경기도 고양시 덕양구 삼막3길 5(오금동, 고양삼송 한강듀클래스)", "삼막3길 5"),
    ],
)
def test_a_road_and_its_number_are_read(address: str, place: str) -> None:
    """What a building is called and where within it somebody sits is left out."""
    assert street_of(address) == Street("road", place)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("경기도 고양시 일산동구 장항동 869", "장항동 869"),
        ("경기도 고양시 일산동구 장항1동 869번지", "장항동 869"),
        ("경기도 고양시 일산동구 식사동 산 12-1번지 3호", "식사동 산12-1"),
        ("경기도 고양시 덕양구 향동동 394, 101동 1203호", "향동동 394"),
        ("경기도 파주시 조리읍 능안리 12-3", "능안리 12-3"),
        ("서울특별시 종로구 종로1가 24", "종로1가 24"),
        ("경기도 고양시 덕양구 향동동 391 동 층 호", "향동동 391"),
    ],
)
def test_a_lot_is_read_where_no_road_is_named(address: str, place: str) -> None:
    assert street_of(address) == Street("lot", place)


@pytest.mark.parametrize(
    "address", [None, "", "경기도 고양시", "고양시 일산동구 장항동", "덕은동 0", "현대아파트 101동 1203호"]
)
def test_an_address_that_names_no_door_tells_nothing(address: str | None) -> None:
    assert street_of(address) is None


@pytest.mark.parametrize(
    ("one", "other", "elsewhere"),
    [
        ("중앙로 1 101호", "고양시 일산동구 중앙로 1, 3층", False),
        ("중앙로 1", "중앙로 3", True),
        ("중앙로 1", "중앙로 1-1", True),
        ("장항동 869", "장항2동 869번지", False),
        ("장항동 869", "장항동 870", True),
        ("중앙로 1", "장항동 869", False),
        ("중앙로 1", "고양시", False),
    ],
)
def test_two_addresses_are_elsewhere_where_both_name_another_door(one: str, other: str, *, elsewhere: bool) -> None:
    """A road and a lot may be the same house, and floors and rooms are within it."""
    assert are_elsewhere(street_of(one), street_of(other)) is elsewhere
    assert are_elsewhere(street_of(other), street_of(one)) is elsewhere
