"""Points of neighbourhoods and districts."""

from __future__ import annotations

import pytest

from loaders import regions
from loaders.points import NOWHERE, Point, neighbourhoods, point_at

DEOGYANG, ILSANDONG, GOYANG = "41281", "41285", "41280"


@pytest.mark.parametrize(
    ("place", "address", "point"),
    [
        (DEOGYANG, "경기도 고양시 덕양구 향기로 180  (향동동) 외 1필지", Point(37.6011, 126.8922, "neighbourhood")),
        (DEOGYANG, "고양시 덕양구 삼막3길 5(오금동, 고양삼송 한강듀클래스)", Point(37.6674, 126.9139, "neighbourhood")),
        (ILSANDONG, "경기도 고양시일산동구 중산동 1682번지", Point(37.6866, 126.7854, "neighbourhood")),
        (GOYANG, "고양시 주엽1동 18", Point(37.6710, 126.7621, "neighbourhood")),
        ("36", "세종특별자치시 조치원읍 1", Point(36.6069, 127.2850, "neighbourhood")),
        (DEOGYANG, "경기도 고양시 덕양구 삼원로 83", Point(37.6617, 126.9009, "district")),
        (DEOGYANG, None, Point(37.6617, 126.9009, "district")),
        (GOYANG, "경기도 고양시", Point(37.6732, 126.8106, "district")),
        ("43112", "충청북도 청주시 서원구", Point(36.6441, 127.4738, "district")),
    ],
)  # fmt: skip
def test_the_neighbourhood_that_an_address_names_else_its_district(
    place: str, address: str | None, point: Point
) -> None:
    assert point_at(place, (address,)) == point


@pytest.mark.parametrize("place", [None, "41"])
def test_a_province_is_no_point(place: str | None) -> None:
    assert point_at(place, ("경기도 향동동",)) == NOWHERE


def test_a_neighbourhood_of_another_city_is_not_taken() -> None:
    assert "심곡동" in neighbourhoods("41192")
    assert point_at(ILSANDONG, ("심곡동",)).point_of == "district"


def test_every_region_below_the_provinces_has_a_point_in_korea() -> None:
    for code in regions.table():
        point = point_at(code, ())
        if len(code) > regions.PROVINCE_DIGITS:
            assert 33 < (point.lat or 0) < 38.7, code
            assert 124 < (point.lon or 0) < 132, code
