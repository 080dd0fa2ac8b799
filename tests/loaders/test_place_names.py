"""Places as people write them in a cell, and the regions that only a store knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import regions
from loaders.frame import load
from loaders.place_names import place, read_place
from loaders.registry import SOURCES
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import ends, read_csv, write_csv

LEGAL_DONG = (
    "법정동코드\t법정동명\t폐지여부\n"
    "1200000000\t전남광주통합특별시\t존재\n"
    "1217000000\t전남광주통합특별시 무등구\t존재\n"
    "1220000000\t전남광주통합특별시 광산구\t존재\n"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("서울 강남", "11680"),
        ("서울특별시 강남 역삼동", "11680"),
        ("강남", "11680"),
        ("고양 일산동구", "41285"),
        ("경기 고양 일산동구", "41285"),
        ("김천", "47150"),
        ("고양", "41280"),
        ("성남 분당", "41135"),
        ("분당", "41135"),
        ("일산", "41280"),
        ("경기 일산", "41280"),
        ("영등포", "11560"),
        ("여주군", "41670"),
        ("마산시", "48120"),
        ("당진군", "44270"),
        ("청원군", "43110"),
        ("연기군", "36"),
        ("인천 제물포구", "28125"),
        ("인천광역시 검단구", "28290"),
        ("영종구", "28155"),
        ("인천 서해구", "28275"),
        ("인천 서구", "28260"),
        ("부산 강서", "26440"),
        ("경남 고성", "48820"),
        ("광주", "29"),
        ("경기도 광주", "41610"),
        ("세종시 조치원읍", "36"),
        ("경기도 고양시 덕양구 향기로 180", "41281"),
        ("고양시일산동구", "41285"),
        ("4128510500", "41285"),
        ("99999", None),
        ("달나라", None),
        ("", None),
    ],
)
def test_places_are_found(text: str, code: str | None) -> None:
    assert place(text) == code


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("고성", ("경상남도 고성군", "강원특별자치도 고성군")),
        ("고성군", ("경상남도 고성군", "강원특별자치도 고성군")),
        ("강서", ("서울특별시 강서구", "부산광역시 강서구")),
        ("경기 중구", ()),
    ],
)
def test_of_several_places_of_a_name_the_choices_are_told(text: str, choices: tuple[str, ...]) -> None:
    assert set(read_place(text).choices) == set(choices)


def test_a_district_that_several_cities_have_names_them_all() -> None:
    found = read_place("중구")
    assert found.code is None
    assert {"서울특별시 중구", "울산광역시 중구"} <= set(found.choices)


@given(st.text())
def test_any_text_is_a_known_place_or_none(text: str) -> None:
    assert place(text) in {*regions.table(), None}


@given(st.sampled_from(sorted(regions.table())))
def test_what_is_found_by_its_full_name_is_the_same_place(code: str) -> None:
    assert place(regions.full_name(code)) == regions.find(regions.full_name(code)) == code


def test_several_places_of_a_name_are_told_in_the_list_of_faults(store: EmbeddedStore, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "c.csv", [{"기업명": "가나", "사업자등록번호": "1234567891", "지역": "고성"}])
    report = load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path / "q")

    assert (report.loaded, report.cells) == (1, 1)
    assert report.quarantine_file is not None
    (fault,) = read_csv(report.quarantine_file)
    assert "several regions have this name: " in fault["reason"]
    assert "경상남도 고성군" in fault["reason"]
    assert "with its province" in fault["remedy"]


def test_a_place_that_is_read_more_coarsely_than_it_says_is_told_at_each_load(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    for at, name in enumerate(("가나", "다라")):
        rows = [{"기업명": name, "지역": "경기도 달나라시"}, {"기업명": f"{name}{at}", "지역": "경기도"}]
        report = load(SOURCES["companies"], [write_csv(tmp_path / "c.csv", rows)], store, quarantine_dir=tmp_path)
        ((what, about),) = report.remarks.items()
        assert what.en == "places of which the province alone is known, not the district"
        assert about == ("경기 달나라시",)
    assert {end for _, end in ends(store, "Company", "LOCATED_IN", "Region")} == {"41"}


def located(text: str, store: EmbeddedStore, folder: Path) -> set[str]:
    path = write_csv(folder / "c.csv", [{"기업명": "가나", "사업자등록번호": "1234567891", "지역": text}])
    load(SOURCES["companies"], [path], store, quarantine_dir=folder / "q")
    return {end for _, end in ends(store, "Company", "LOCATED_IN", "Region")}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12170", "12170"),
        ("1217000000", "12170"),
        ("1217010100", "12170"),
        ("전남광주통합특별시 무등구", "12170"),
        ("무등구", "12170"),
        ("전남광주통합특별시", "12"),
        ("12", "12"),
        ("12200", "29200"),
        ("전남광주통합특별시 광산구", "29200"),
        ("전남광주통합특별시 순천시", "46150"),
    ],
)
def test_regions_of_a_list_that_was_loaded_are_known(
    text: str, code: str, store: EmbeddedStore, tmp_path: Path
) -> None:
    """A district that the table has under another code keeps it, so that it is one node before and after."""
    path = tmp_path / "codes.txt"
    path.write_text(LEGAL_DONG, encoding="utf-8")
    load(SOURCES["regions"], [path], store, quarantine_dir=tmp_path / "q")

    assert located(text, store, tmp_path) == {code}
    assert "12170" not in regions.table()
    assert place("12170") is None
    assert len(regions.provinces()) == 17


def test_a_shop_of_a_new_district_is_where_it_says(store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    path.write_text(LEGAL_DONG, encoding="utf-8")
    load(SOURCES["regions"], [path], store, quarantine_dir=tmp_path / "q")
    shop = {"상가업소번호": "MA1", "상호명": "가나", "표준산업분류코드": "I56191", "시군구코드": "12170"}
    report = load(SOURCES["stores"], [write_csv(tmp_path / "s.csv", [shop])], store, quarantine_dir=tmp_path / "q")

    assert (report.loaded, report.cells) == (1, 0)
    assert ends(store, "Company", "LOCATED_IN", "Region") == {("stores:MA1", "12170")}


def test_rows_that_were_read_before_a_list_was_loaded_are_read_again(store: EmbeddedStore, tmp_path: Path) -> None:
    assert located("무등구", store, tmp_path) == set()
    shop = {"기업명": "다라", "지역": "경기도"}
    path = write_csv(tmp_path / "d.csv", [shop])
    load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path / "q")
    (tmp_path / "codes.txt").write_text(LEGAL_DONG, encoding="utf-8")
    load(SOURCES["regions"], [tmp_path / "codes.txt"], store, quarantine_dir=tmp_path / "q")

    assert "12170" in located("무등구", store, tmp_path)
    again = load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path / "q")
    assert again.unchanged == 1
