"""Tests of the code table of regions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import regions
from loaders.records import RowRecords


def test_the_table_holds_the_whole_country() -> None:
    levels = [region.level for region in regions.table().values()]

    assert [levels.count(level) for level in (1, 2, 3)] == [17, 232, 35]
    assert len(regions.provinces()) == 17
    assert all(region.parent in regions.table() for region in regions.table().values() if region.parent)
    assert all(code.startswith(region.parent[:2]) for code, region in regions.table().items())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("41281", "41281"),
        ("경기도 고양시 덕양구 향기로 180", "41281"),
        ("경기 고양시일산동구", "41285"),
        ("고양시 일산서구", "41287"),
        ("고양시", "41280"),
        ("경기도 광주시", "41610"),
        ("광주", "29"),
        ("광주광역시 북구", "29170"),
        ("강원도 춘천시", "51110"),
        ("경기도 고양특례시 일산동구", "41285"),
        ("고양특례시", "41280"),
        ("창원특례시 성산구", "48123"),
        ("전남광주통합특별시 광산구", "29200"),
        ("전남광주통합특별시 순천시", "46150"),
        ("전남광주통합특별시", None),
        ("4128510500", "41285"),
        ("4215000000", "51150"),
        ("1100000000", "11"),
        ("3611010100", "36"),
        ("41280.0", "41280"),
        ("41195", "41192"),
        ("47720", "27720"),
        ("99999", None),
        ("경북 군위군", "27720"),
        ("인천 남구", "28177"),
        ("경기 고양", "41280"),
        ("경기도고양시덕양구", "41281"),
        ("분당구", "41135"),
        ("화성시 만세구", "41590"),
        ("중구", None),
        ("서울 중구", "11140"),
        ("고성군", None),
        ("경남 고성군", "48820"),
        ("세종시 조치원읍", "36"),
        ("제주특별자치도 제주시", "50110"),
        ("전라북도", "52"),
        ("경기도 달나라시", "41"),
        ("수도권", None),
        ("달나라", None),
        ("", None),
    ],
)
def test_names_and_codes_are_found(text: str, code: str | None) -> None:
    assert regions.find(text) == code


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("경기", ("41",)),
        ("경기도", ("41",)),
        ("강원특별자치도", ("51",)),
        ("강원도", ("51",)),
        ("전북", ("52",)),
        ("전남광주", ("46", "29")),
        ("전남광주통합특별시", ("46", "29")),
        ("수도권", ("11", "28", "41")),
        ("고양시", ()),
    ],
)
def test_names_of_provinces(name: str, codes: tuple[str, ...]) -> None:
    assert regions.province_codes(name) == codes


@given(st.text())
def test_any_text_is_a_known_region_or_none(text: str) -> None:
    assert regions.find(text) in {*regions.table(), None}


@given(st.sampled_from(sorted(regions.table())))
def test_the_full_name_of_a_region_leads_back_to_it(code: str) -> None:
    province, *_ = reversed(regions.ancestors(code))
    text = (
        regions.table()[code].name
        if code == province
        else f"{regions.table()[province].name} {regions.table()[code].name}"
    )

    assert regions.find(text) == code


def test_a_mention_brings_what_the_region_is_part_of() -> None:
    records = RowRecords("test", "1")

    assert regions.mention(records, "41281").id == "41281"
    assert [record.identity.replace("\x1f", " ") for record in records.records] == [
        "Region 41281",
        "Region__PART_OF__Region 41281 41280 ",
        "Region 41280",
        "Region__PART_OF__Region 41280 41 ",
        "Region 41",
    ]
    assert {record.values["source"] for record in records.records} == {"regions"}
