"""Captions are short, and nodes of one name are told apart by what they say themselves."""

from __future__ import annotations

from datetime import date

import pytest

from graph_schema.captions import DISTINCTIVE, LENGTH, difference, distinguished, numbered, shortened
from graph_schema.catalog import node_type


def test_two_notices_of_one_series_and_two_rooms_of_one_building_differ() -> None:
    series = "[경기] 중소기업 해외 판로 개척 지원사업 참여기업 모집 공고"
    notices = [
        distinguished(series, difference("Program", {"apply_until": date(year, 4, 30)})) for year in (2025, 2026)
    ]
    assert notices == ["[경기] 중소기업…집 공고 25.04", "[경기] 중소기업…집 공고 26.04"]
    room = "현대테라타워 DMC 사무형 소형 호실"
    rooms = [distinguished(room, difference("Space", {"floor": floor, "area_m2": 66.0})) for floor in (3, 12)]
    assert len(set(rooms)) == 2
    assert all(len(each) <= LENGTH for each in (*notices, *rooms))


def test_of_several_days_the_first_that_is_known_tells_notices_apart() -> None:
    announced = {"announced_on": date(2025, 12, 1)}
    assert difference("Program", announced) == "25.12"
    assert difference("Program", announced | {"apply_until": date(2026, 1, 31)}) == "26.01"
    assert difference("Program", {"apply_until": date(2026, 1, 5), "announced_on": date(2026, 1, 5)}) == "26.01"
    assert difference("Company", {}) == ""


def test_what_is_still_alike_is_numbered_within_the_length() -> None:
    long = "가나다라마바사아자차카타파하거너더러머버"
    assert numbered([("가", ""), ("나", ""), ("가", "")]) == ["가 #1", "나", "가 #2"]
    assert all(len(each) <= LENGTH for each in numbered([(long, "")] * 12))
    assert len(set(numbered([(long, "")] * 12))) == 12
    room = ("사무형 중형 호실", "10층 115㎡")
    assert numbered([room, room]) == ["사무형 중…호실 10층 115㎡ #1", "사무형 중…호실 10층 115㎡ #2"]
    hall = ("지원시설 대형 호실", "10층 1234.5㎡")
    assert all(len(each) <= LENGTH and "10층 1234.5㎡ #" in each for each in numbered([hall] * 1234))


@pytest.mark.parametrize("label", DISTINCTIVE)
def test_what_tells_nodes_apart_is_public(label: str) -> None:
    assert set(DISTINCTIVE[label]) <= {p.name for p in node_type(label).public}


def test_numbers_differ_where_names_are_alike_only_once_they_have_one() -> None:
    """A number takes its room from the name, and so may what told two names apart."""
    names = [
        "경영지도사, 인력·창업·디지털전환 (운송·물류·전문 서비스)",
        "경영지도사, 인력·창업·디지털전환 (농업·생활 서비스)",
    ]
    assert len({*map(shortened, names)}) == 2
    captions = numbered([(name, "") for name in (*names, *names)])
    assert len({*captions}) == 4
    assert max(map(len, captions)) <= LENGTH
    assert [caption.partition("#")[2] for caption in captions] == ["1", "2", "3", "4"]
