"""A bad cell costs neither its row nor what is known of it, but where the row is known by it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from graph_schema.model import NodeRef
from loaders import frame
from loaders.frame import load
from loaders.registry import SOURCES
from loaders.report import LoadReport
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import columns, ends, read_csv, write_csv

NUMBERS: Final = ("1234567891", "2208162517", "1208147521", "1048118121")
COMPANY: Final = {
    "기업명": "가나정밀",
    "사업자등록번호": NUMBERS[0],
    "지역": "41281",
    "업종코드": "26299",
    "차수": "11",
    "설립일": "2019-01-02",
    "종업원 수": "5",
}
SHOP: Final = {
    "상가업소번호": "MA1",
    "상호명": "가나빵집",
    "표준산업분류코드": "I56191",
    "시도명": "경기도",
    "시군구코드": "41281",
    "시군구명": "고양시 덕양구",
}


class Register:
    """Loads rows of one source, each load from a file of its own."""

    def __init__(self, source: str, store: EmbeddedStore, folder: Path) -> None:
        self._source, self._store, self._folder = SOURCES[source], store, folder

    def load(self, *rows: dict[str, str]) -> LoadReport:
        path = write_csv(self._folder / "rows.csv", list(rows))
        return load(self._source, [path], self._store, quarantine_dir=self._folder / "q")

    def company(self, id_: str = f"brn:{NUMBERS[0]}") -> dict[str, object]:
        node = self._store.get_node(NodeRef("Company", id_))
        assert node is not None
        return dict(node)


@pytest.fixture
def companies(store: EmbeddedStore, tmp_path: Path) -> Register:
    return Register("companies", store, tmp_path)


@pytest.fixture
def shops(store: EmbeddedStore, tmp_path: Path) -> Register:
    return Register("stores", store, tmp_path)


def counts(report: LoadReport) -> tuple[int, int, int, int]:
    return report.loaded, report.unchanged, report.quarantined, report.cells


def listed(report: LoadReport) -> list[tuple[str, ...]]:
    assert report.quarantine_file is not None
    return columns(read_csv(report.quarantine_file), "row", "field", "value")


def test_companies_are_loaded_without_their_bad_cells(companies: Register, store: EmbeddedStore) -> None:
    spoilt = [("지역", "달나라"), ("설립일", "엉뚱"), ("종업원 수", "많음"), ("업종코드", "26299;99999")]
    rows = [
        COMPANY | {"사업자등록번호": number, each[0]: each[1]} for number, each in zip(NUMBERS, spoilt, strict=True)
    ]
    report = companies.load(*rows)

    assert counts(report) == (4, 0, 0, 4)
    assert listed(report) == [
        ("2", "region", "달나라"),
        ("3", "founded_on", "엉뚱"),
        ("4", "employees", "많음"),
        ("5", "industries", "26299;99999"),
    ]
    assert report.quarantine_file is not None
    assert all(row["reason"] and row["remedy"] for row in read_csv(report.quarantine_file))
    assert {end for _, end in ends(store, "Company", "LOCATED_IN", "Region")} == {"41281"}
    assert len(ends(store, "Company", "LOCATED_IN", "Region")) == 3
    assert len(ends(store, "Company", "IN_INDUSTRY", "Industry")) == 3


def test_what_a_bad_cell_said_before_is_kept_and_the_rest_of_its_row_taken(
    companies: Register, store: EmbeddedStore
) -> None:
    companies.load(COMPANY)
    place = companies.company()["lat"]
    bad = {"지역": "달나라", "업종코드": "99999", "설립일": "엉뚱", "종업원 수": "9"}
    report = companies.load(COMPANY | bad)

    assert (counts(report), report.closed) == ((1, 0, 0, 3), 0)
    company = companies.company()
    assert (str(company["founded_on"]), company["employees"], company["lat"]) == ("2019-01-02", 9, place)
    assert ends(store, "Company", "LOCATED_IN", "Region") == {(f"brn:{NUMBERS[0]}", "41281")}
    assert ends(store, "Company", "IN_INDUSTRY", "Industry") == {(f"brn:{NUMBERS[0]}", "ksic11:26299")}


def test_a_cell_that_is_mended_is_no_longer_listed(companies: Register) -> None:
    """In the file itself, and in the rows that are kept."""
    first = companies.load(COMPANY | {"종업원 수": "많음"})
    again = companies.load(COMPANY | {"종업원 수": "많음"})
    assert (counts(first), counts(again)) == ((1, 0, 0, 1), (0, 1, 0, 1))
    assert again.quarantine_file is not None

    (row,) = read_csv(again.quarantine_file.with_suffix(".rows-1.csv"))
    mended = companies.load(row | {"employees": "7"})
    assert (counts(mended), mended.quarantine_file) == ((1, 0, 0, 0), None)
    assert companies.company()["employees"] == 7
    assert counts(companies.load(COMPANY | {"종업원 수": "많음"}))[3] == 1
    assert companies.company()["employees"] == 7


@pytest.mark.parametrize(
    ("cells", "fields"),
    [
        ({"사업자등록번호": "1234567890"}, ["business_number"]),
        ({"사업자등록번호": "", "지역": "달나라"}, ["region"]),
        ({"기업명": "", "종업원 수": "많음"}, ["name", "employees"]),
        ({"가상 여부": "글쎄"}, ["synthetic"]),
    ],
)
def test_a_cell_by_which_a_row_is_known_or_marked_costs_the_row(
    cells: dict[str, str], fields: list[str], companies: Register
) -> None:
    report = companies.load(
        {"가상 여부": ""} | COMPANY | cells, {"가상 여부": ""} | COMPANY | {"사업자등록번호": NUMBERS[1]}
    )

    assert counts(report) == (1, 0, 1, 0)
    assert sorted(field for _, field, _ in listed(report)) == sorted(fields)


def test_codes_of_a_revision_that_cannot_be_read_are_not_read_as_others(
    companies: Register, store: EmbeddedStore
) -> None:
    report = companies.load(COMPANY | {"차수": "12"})

    assert counts(report) == (1, 0, 0, 2)
    assert {field for _, field, _ in listed(report)} == {"ksic_revision", "industries"}
    assert not ends(store, "Company", "IN_INDUSTRY", "Industry")


def test_a_centre_needs_a_district_that_can_be_read(companies: Register, store: EmbeddedStore) -> None:
    report = companies.load(COMPANY | {"지역": "달나라", "지식산업센터": "가나센터"})

    assert {field for _, field, _ in listed(report)} == {"region", "center"}
    assert not ends(store, "Company", "LOCATED_IN", "Center")


def test_the_repaired_twin_of_a_row_counts_wherever_it_stands(companies: Register) -> None:
    bad = COMPANY | {"종업원 수": "많음"}
    report = companies.load(bad, COMPANY, {**bad, "사업자등록번호": NUMBERS[1]})

    assert counts(report) == (2, 0, 1, 1)
    assert companies.company()["employees"] == 5


def test_shops_are_loaded_without_an_unknown_industry_or_district(shops: Register, store: EmbeddedStore) -> None:
    rows = [
        SHOP,
        SHOP | {"상가업소번호": "MA2", "표준산업분류코드": "I99999"},
        SHOP | {"상가업소번호": "MA3", "시군구코드": "99999", "시도명": "달나라", "시군구명": "토끼구"},
        SHOP | {"상가업소번호": "MA4", "시군구코드": "", "시도명": "", "시군구명": ""},
        SHOP | {"상가업소번호": ""},
    ]
    report = shops.load(*rows)

    assert counts(report) == (4, 0, 1, 3)
    assert {start for start, _ in ends(store, "Company", "IN_INDUSTRY", "Industry")} == {
        "stores:MA1",
        "stores:MA3",
        "stores:MA4",
    }
    assert {start for start, _ in ends(store, "Company", "LOCATED_IN", "Region")} == {"stores:MA1", "stores:MA2"}


def test_of_two_cells_that_contradict_each_other_neither_is_taken(store: EmbeddedStore, tmp_path: Path) -> None:
    course = {"번호": "1", "과정명": "가상 과정", "접수 시작일": "2026-03-02", "접수 마감일": "2026-03-01"}
    report = Register("courses", store, tmp_path).load(course)

    assert counts(report) == (1, 0, 0, 2)
    node = store.get_node(NodeRef("Program", "course:1"))
    assert node is not None
    assert (node.get("apply_from"), node.get("apply_until"), node["window_kind"]) == (None, None, "unknown")


def test_figures_of_which_none_can_be_read_wait(store: EmbeddedStore, tmp_path: Path) -> None:
    row = {"기업명": "가나", "사업자등록번호": NUMBERS[0], "연도": "2025", "종업원 수": "많음", "매출액(원)": ""}
    register = Register("annual-figures", store, tmp_path)

    assert counts(register.load(row)) == (0, 0, 1, 0)
    assert counts(register.load(row | {"매출액(원)": "1,000"})) == (1, 0, 0, 1)


def test_a_factory_keeps_its_main_industry_beside_an_unknown_one(store: EmbeddedStore, tmp_path: Path) -> None:
    row = {
        "공장관리번호": "1",
        "회사명": "가나정밀",
        "공장주소": "경기도 고양시 일산동구 가상로 1",
        "대표업종": "26299",
        "업종코드": "26299,99999",
        "차수": "11",
    }
    register = Register("factories", store, tmp_path)
    register.load(row | {"업종코드": "26299,27213"})
    report = register.load(row)

    assert (counts(report), report.closed) == ((0, 1, 0, 1), 0)
    assert {end for _, end in ends(store, "Company", "IN_INDUSTRY", "Industry")} == {"ksic11:26299", "ksic11:27213"}


@pytest.mark.parametrize("rows_at_once", [1, 3, 2_000])
def test_the_size_of_portions_changes_nothing(
    rows_at_once: int, companies: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame, "_PORTION_ROWS", rows_at_once)
    rows = [
        COMPANY | {"기업명": f"가나{at}", "사업자등록번호": "", "종업원 수": "?" if at % 3 else "1"} for at in range(20)
    ]

    assert counts(companies.load(*rows)) == (20, 0, 0, 13)


def test_a_whole_load_ends_nothing_of_what_a_bad_cell_said(store: EmbeddedStore, tmp_path: Path) -> None:
    from dataclasses import replace

    whole = replace(SOURCES["companies"], whole=True)
    for cells in ({}, {"지역": "달나라", "업종코드": "99999"}):
        path = write_csv(tmp_path / "rows.csv", [COMPANY | cells])
        report = load(whole, [path], store, quarantine_dir=tmp_path / "q")

    assert (report.closed, report.cells) == (0, 2)
