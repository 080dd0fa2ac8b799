"""Amounts are read in the unit that a table tells, once, above them; where that is not known, they are not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.registry import SOURCES
from loaders.report import LoadReport
from loaders.tables import Shape, table_rows
from loaders.units import in_krw, krw_of
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import columns, ends, read_csv
from tests.loaders.workbooks import write_workbook

BELOW = '기업명,종업원 수,매출액{}\n가나정밀,5,"1,000"\n'


def loaded(text: str, store: EmbeddedStore, folder: Path) -> LoadReport:
    path = folder / "companies.csv"
    path.write_text(text, encoding="utf-8")
    return load(SOURCES["companies"], [path], store, quarantine_dir=folder / "q")


def revenue(store: EmbeddedStore) -> object:
    node = store.get_node(NodeRef("Company", "name:가나정밀"))
    assert node is not None
    assert node["employees"] == 5
    return node["revenue_krw"]


@pytest.mark.parametrize(
    ("above", "unit", "krw"),
    [
        ("", "", 1_000),
        ("(단위: 백만원)\n", "", 1_000_000_000),
        (",,(단위 : 백만 원)\n", "", 1_000_000_000),
        ("2026년 관내 기업 현황 [단위: 천원],,\n\n", "", 1_000_000),
        ('"(단위: 명, 억원)"\n', "", 100_000_000_000),
        ("(단위: 명, 억원)\n", "", 100_000_000_000),
        ("(단위: 명)\n", "", 1_000),
        ("(단위: 백만원)\n", "(원)", 1_000),
        ("(단위: 백만원)\n", "(천원)", 1_000_000),
        ("", "(백만원)", 1_000_000_000),
        ("(단위: 달러)\n", "(원)", 1_000),
    ],
)
def test_a_unit_above_a_table_is_that_of_its_amounts(
    above: str, unit: str, krw: float, store: EmbeddedStore, tmp_path: Path
) -> None:
    report = loaded(above + BELOW.format(unit), store, tmp_path)

    assert (report.loaded, revenue(store)) == (1, krw)
    told = [about for what, abouts in report.remarks.items() for about in abouts if "turned into KRW" in what.en]
    assert told == ([] if krw == 1_000 else [f"매출액{unit} × {krw // 1_000:,} (companies.csv)"])


@pytest.mark.parametrize("units", ["천달러", "US$", "백만원, 천원", "명, 달러"])
def test_a_unit_that_is_not_known_is_refused(units: str, store: EmbeddedStore, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"companies\.csv tells the unit '.*' above the table.*매출액\(백만원\)"):
        loaded(f"(단위: {units})\n" + BELOW.format(""), store, tmp_path)


def test_a_unit_that_is_not_known_matters_to_amounts_alone(store: EmbeddedStore, tmp_path: Path) -> None:
    assert loaded("(단위: 달러)\n기업명,종업원 수\n가나정밀,5\n", store, tmp_path).loaded == 1


@pytest.mark.parametrize(
    ("cell", "krw"),
    [
        ("1,000", "1000000000"),
        ("0.5", "500000"),
        ("1.", "1000000"),
        ("10.0", "10000000"),
        ("-3", "-3000000"),
        ("１２", "12000000"),
        ("10~50", "10000000~50000000"),
        ("5 이상 10 미만", "5000000 이상 10000000 미만"),
        ("1,000원", "1,000원"),
        ("10억~50억", "10억~50억"),
        ("많음", "많음"),
        ("3,5", "3,5"),
        ("", ""),
    ],
)
def test_an_amount_with_a_unit_of_its_own_stays(cell: str, krw: str) -> None:
    assert in_krw(cell, 1_000_000) == krw


@pytest.mark.parametrize(
    ("units", "krw"), [("원", 1), ("명, 백만원", 10**6), ("㎡·만원", 10**4), ("명", 1), ("천명", None), ("유로", None)]
)
def test_units(units: str, krw: int | None) -> None:
    assert krw_of(units) == krw


@pytest.mark.parametrize(
    ("second", "krw"),
    [(",(명),(원)", 1_000), (",(명),(백만원)", 1_000_000_000), (",명,천원", 1_000_000), ("(필수),(명),(원)", 1_000)],
)
def test_a_second_line_of_units_belongs_to_the_header(
    second: str, krw: float, store: EmbeddedStore, tmp_path: Path
) -> None:
    report = loaded(f'기업명,종업원 수,매출액\n{second}\n가나정밀,5,"1,000"\n', store, tmp_path)

    assert (report.read, report.loaded, report.quarantined, revenue(store)) == (1, 1, 0, krw)


@pytest.mark.parametrize("first", ["기업명,지역,,종업원 수", "기업명,소재지,,종업원 수"])
def test_a_second_line_that_parts_a_place_belongs_to_the_header(
    first: str, store: EmbeddedStore, tmp_path: Path
) -> None:
    """The parts of a known column are read together; those of another are told as unknown, and cost no row."""
    report = loaded(f"{first}\n,시도,시군구,\n가나정밀,경기도,고양시 덕양구,5\n", store, tmp_path)

    assert (report.read, report.loaded, report.quarantined) == (1, 1, 0)
    if "지역" in first:
        assert {end for _, end in ends(store, "Company", "LOCATED_IN", "Region")} == {"41281"}
        assert report.unknown_columns == ()
    else:
        assert set(report.unknown_columns) == {"시도", "시군구"}


@pytest.mark.parametrize("second", [",경기도,5", "다라,(주),(원) 5", "(주)다라,,", ",2026-01-02,26299"])
def test_a_second_line_that_is_a_row_stays_one(second: str, store: EmbeddedStore, tmp_path: Path) -> None:
    report = loaded(f"기업명,생산품·서비스,종업원 수\n{second}\n가나정밀,센서,5\n", store, tmp_path)

    assert report.read == 2


def test_names_that_are_merged_over_both_lines_of_a_workbook_are_named_once(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    rows: list[list[str | float | None]] = [
        ["기업명", "종업원 수", "매출액"],
        ["기업명", "(명)", "(백만원)"],
        ["가나정밀", 5, 1000],
    ]
    path = tmp_path / "companies.xlsx"
    write_workbook(path, rows)
    report = load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path / "q")

    assert (report.read, report.loaded, revenue(store)) == (1, 1, 1_000_000_000)


def test_rows_that_wait_are_kept_in_krw(store: EmbeddedStore, tmp_path: Path) -> None:
    """Their columns have the names of KRW, so that they mean the same when they are loaded again."""
    report = loaded('(단위: 백만원)\n기업명,종업원 수,매출액\n가나정밀,많음,"1,000"\n', store, tmp_path)

    assert report.quarantine_file is not None
    (row,) = read_csv(report.quarantine_file.with_suffix(".rows-1.csv"))
    assert (row["revenue_krw"], row["employees"]) == ("1000000000", "많음")
    assert columns(read_csv(report.quarantine_file), "row", "field") == [("3", "employees")]


def test_a_line_of_units_says_nothing_of_a_source_without_amounts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("(단위: 개)\n이름,값\n가,1\n", encoding="utf-8")

    assert [dict(row.values) for row in table_rows(path, Shape(["이름"]))] == [{"이름": "가", "값": "1"}]
