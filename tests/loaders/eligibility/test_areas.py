"""Tests of the regions that a notice is open to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import regions
from loaders.eligibility.areas import Areas, parse_areas, title_provinces

SHORT = {region.short: code for code, region in regions.table().items() if not region.parent}


@given(st.sets(st.sampled_from(sorted(SHORT)), min_size=1, max_size=16), st.lists(st.sampled_from(["2026", "교육"])))
def test_regions_among_other_tags_are_found(names: set[str], others: list[str]) -> None:
    assert parse_areas([*others, *names]) == Areas(nationwide=False, codes=tuple(sorted(SHORT[n] for n in names)))


def test_all_provinces_mean_nationwide() -> None:
    assert parse_areas(SHORT) == Areas(nationwide=True)
    assert parse_areas(["전국"]) == Areas(nationwide=True)


def test_the_merged_tag_of_2026_stands_for_two_provinces() -> None:
    assert parse_areas(["전남광주"]).codes == ("29", "46")
    tags = [name for name in SHORT if name not in ("전남", "광주")]
    assert parse_areas([*tags, "전남광주"]) == Areas(nationwide=True)


def test_all_but_one_province_is_not_nationwide() -> None:
    assert parse_areas([name for name in SHORT if name != "서울"]).nationwide is False


def test_nothing_that_tells_is_unknown() -> None:
    assert parse_areas([], "2026년 수출 지원사업 공고") == Areas(nationwide=None)


@pytest.mark.parametrize(
    ("listed", "title", "codes"),
    [
        (["경기"], "[경기] 고양시 2026년 공고", ("41280",)),
        ([], "[경기] 고양시 2026년 공고", ("41280",)),
        ([], "[경기] 광주시 2026년 공고", ("41610",)),
        ([], "[광주] 북구 2026년 공고", ("29170",)),
        ([], "[경북] 김천시 2026년 수수료 지원", ("47150",)),
        (["금융", "경기", "고양시", "2026"], "", ("41280",)),
        (["경기", "고양시", "파주시", "서울"], "", ("11", "41280", "41480")),
        (["서울", "중구"], "", ("11140",)),
        ([], "[경기] 고양특례시 공고", ("41280",)),
        ([], "[경기] 상시 모집 공고", ("41",)),
        ([], "[전북] 익산ㆍ김제시 공고", ("52140", "52210")),
        ([], "[경기] 2026년 공고", ("41",)),
        (["경기", "경기도"], "[경기] 광명시 2026년 공고", ("41210",)),
        (["경남"], "[경남] 창원시 2021년 공고", ("48120",)),
        (["경기", "서울"], "[경기] 고양시 공고", ("11", "41")),
        ([], "[부산ㆍ울산ㆍ경남] 2026년 공고", ("26", "31", "48")),
        ([], "[경기] 고양시ㆍ파주시 공고", ("41280", "41480")),
        (["강원특별자치도", "전라북도"], "", ("51", "52")),
        ([], "[인천] 제물포구 2026년 공고", ("28125",)),
        ([], "[긴급] 2026년 공고", ()),
    ],
)
def test_a_city_in_the_title_narrows_its_province(listed: list[str], title: str, codes: tuple[str, ...]) -> None:
    assert parse_areas(listed, title).codes == codes


@pytest.mark.parametrize("title", ["[인천] 새벽구 2026년 공고", "[전북] 익산ㆍ완주시 공고", "[경기] 새벽시 공고"])
def test_a_place_that_is_not_known_does_not_open_its_whole_province(title: str) -> None:
    assert parse_areas([], title) == Areas()


def test_a_list_of_all_provinces_beside_one_in_the_title_is_to_be_checked() -> None:
    assert parse_areas(SHORT, "[울산] 2026년 채용지원 참여기업 모집") == Areas()
    assert parse_areas(["중구"]) == Areas()


@given(st.text())
def test_any_title_is_read_without_complaint(title: str) -> None:
    assert set(title_provinces(title)) <= regions.provinces()
    assert set(parse_areas([], title).codes) <= set(regions.table())
