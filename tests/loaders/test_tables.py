"""Tables are read by their header wherever it stands, and one bad line never costs another."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.errors import SourceError
from graph_schema.model import NodeRef
from loaders.failed_cells import FailedCell, failed_cells
from loaders.frame import load
from loaders.registry import SOURCES
from loaders.report import UnreadFilesError
from loaders.tables import Shape, csv_rows, table_rows
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import columns, everything, read_csv
from tests.loaders.workbooks import write_workbook

_ELSEWHERE = "row 3 of this file (of this sheet or one before it) says something else about the same Company"
HEADER = "기업명,지역,설립일,종업원 수,매출액(원)"


def table(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read(path: Path) -> list[tuple[int, str, str]]:
    return [
        (row.number, row.values.get("x", ""), str(row.fault.reason if row.fault else ""))
        for row in csv_rows(path, ["x", "y"])
    ]


def test_rows_carry_their_number_in_a_spreadsheet_blank_lines_counted(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", "x,y", "", "", "가,1", ",", '"나\n다",2', "라,3")

    assert [(number, text) for number, text, _ in read(path)] == [(4, "가"), (6, "나\n다"), (7, "라")]


@pytest.mark.parametrize(
    ("lines", "numbers", "bad"),
    [
        (["가,1", '"나" 다,2', "라,3"], [2, 4], [3]),
        (["가,1", '"나,2', "라,3", "마,4"], [2, 4, 5], [3]),
        (["가,1", '"나,2', "라,3", '"마, 바",4'], [2, 4, 5], [3]),
        (["가,1", '나,"2', "라,3", '"마","4"'], [2, 4, 5], [3]),
        (['5" 모니터,1', "나,2"], [2, 3], []),
        (["가,1", "나,2,3", "다"], [2], [3, 4]),
        (["가,1,,", "나,2,"], [2, 3], []),
    ],
)
def test_a_quote_or_a_comma_too_many_spoils_its_own_line_alone(
    lines: list[str], numbers: list[int], bad: list[int], tmp_path: Path
) -> None:
    rows = read(table(tmp_path / "a.csv", "x,y", *lines))

    assert [number for number, _, fault in rows if not fault] == numbers
    assert [number for number, _, fault in rows if fault] == bad


@given(st.lists(st.text(st.sampled_from('ab",\n\r;'), max_size=12), max_size=8))
def test_any_text_below_a_header_is_read_to_its_end(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    path = tmp_path_factory.mktemp("any") / "a.csv"
    path.write_bytes(("x,y\n" + "\n".join(lines) + "\nlast,1\n").encode())

    assert read(path)[-1][1:] == ("last", "")


@pytest.mark.parametrize("delimiter", ["\t", "|", ";", ","])
def test_the_delimiter_is_found(delimiter: str, tmp_path: Path) -> None:
    path = table(
        tmp_path / "a.txt", delimiter.join("xy"), delimiter.join(("가, 나" if delimiter != "," else "가", "1"))
    )

    assert read(path)[0][1] == ("가, 나" if delimiter != "," else "가")


def test_title_lines_above_the_header_are_passed_over(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", "2026년 관내 기업 현황,,", ",,(단위: 원)", "x,y,z", "가,1,2")

    assert read(path) == [(4, "가", "")]


def test_a_header_may_take_two_lines(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", "x,소재지,", ",y,z", "가,1,2")

    assert [row.values for row in csv_rows(path, ["x", "y"])] == [{"x": "가", "y": "1", "z": "2"}]


def test_a_second_line_that_parts_columns_is_of_the_header_and_no_row(tmp_path: Path) -> None:
    lines = ["고양시 현황,,,", "x,종업원수,,y", ",남,여,", "합계,3,4,", "가,1,2,나"]
    rows = list(csv_rows(table(tmp_path / "a.csv", *lines), ["x", "y"]))
    assert [dict(row.values) for row in rows] == [
        {"x": "합계", "남": "3", "여": "4", "y": ""},
        {"x": "가", "남": "1", "여": "2", "y": "나"},
    ]
    rows = list(csv_rows(table(tmp_path / "b.csv", "x,종업원수,,y", ",3,4,", "가,1,2,나"), ["x", "y"]))
    assert [row.number for row in rows] == [2, 3]


@pytest.mark.parametrize("line", [",,;", ",,가", ",,가나,", ",-,-"])
def test_a_line_whose_words_stand_below_no_column_is_a_row(line: str, tmp_path: Path) -> None:
    rows = list(csv_rows(table(tmp_path / "a.csv", "x,y", line, "가,1"), ["x"]))

    assert [row.number for row in rows] == [2, 3]
    assert rows[-1].values == {"x": "가", "y": "1"}


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"has the column 지역 twice; which one counts is not told"):
        list(csv_rows(table(tmp_path / "a.csv", "기업명,지역,지역", "가,나,다"), ["기업명"]))
    with pytest.raises(SourceError, match=r"has the column name twice"):
        list(table_rows(table(tmp_path / "b.csv", "기업명,name", "가,나"), Shape(["name"], {"기업명": "name"})))


def test_headers_are_known_without_their_blanks_and_unit_and_unknown_ones_are_told(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    """종업원수 is 종업원 수 and 매출액 is 매출액(원); 매출액(천원) is the same in another unit."""
    path = table(tmp_path / "a.csv", "기업명,종업원수,매출액,비고", "가나정밀,15,1000000,없음")
    report = load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Company", "name:가나정밀")) or {}
    thousands = table(tmp_path / "b.csv", "기업명,매출액(천원)", "다라정밀,1000")

    assert (node["employees"], node["revenue_krw"]) == (15, 1_000_000)
    assert report.unknown_columns == ("비고",)
    assert load(SOURCES["companies"], [thousands], store, quarantine_dir=tmp_path).unknown_columns == ()
    assert (store.get_node(NodeRef("Company", "name:다라정밀")) or {})["revenue_krw"] == 1_000_000


def test_an_unknown_column_is_told_beside_the_missing_one_that_is_spelt_nearly_so(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    """Whose 지역 is there is not pointed to by 지역명."""
    path = table(tmp_path / "a.csv", "기업명,업종,종업원,지역,지역명,매출,비고", "가나정밀,26,3,41281,x,1000,없음")
    report = load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path)
    assert report.unknown_columns == ("업종", "종업원", "지역명", "매출", "비고")
    assert report.like_columns == {"업종": "업종코드", "종업원": "종업원 수"}


def test_what_a_missing_header_lacks_is_told_in_the_words_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="columns missing: 기업명; found: 회사, 전화;"):
        list(table_rows(table(tmp_path / "a.csv", "회사,전화", "가,1"), Shape(["name"], {"기업명": "name"})))


def test_a_refused_table_is_told_by_its_header_and_by_what_is_spelt_nearly_so(tmp_path: Path) -> None:
    """Not by the title above it, nor by the names that an API has for its columns."""
    lines = ["고양시 상가 현황", "업소번호\t상호\t표준산업분류코드\t시군구 코드", "M1\t가\tI56191\t41285"]
    with pytest.raises(SourceError) as told:
        list(SOURCES["stores"].read(table(tmp_path / "a.tsv", *lines)))
    assert "columns missing: 상가업소번호 (is it 업소번호?), 상호명 (is it 상호?); found: 업소번호, 상호," in str(
        told.value
    )
    assert "없는 열: 상가업소번호 (혹시 업소번호?), 상호명 (혹시 상호?). 있는 열: 업소번호" in told.value.wording.ko


def test_a_refused_table_is_compared_with_the_shape_that_it_is_most_like(tmp_path: Path) -> None:
    lines = ["고양시 공장 현황,,,", "연번,회사명,생산품,사업장", "1,가나정밀,측정기,고양시 덕양구"]
    with pytest.raises(SourceError, match="columns missing: 공장주소; found: 연번, 회사명, 생산품, 사업장;"):
        list(SOURCES["factories"].read(table(tmp_path / "a.csv", *lines)))


def test_optional_columns_of_a_register_are_known_without_their_blanks_and_near_ones_are_told(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    header = "회사 명,생산품,공장 주소,종업원 합계,지식산업센타명,팩스번호"
    path = table(tmp_path / "a.csv", header, "가나정밀,측정기,경기도 고양시 덕양구 향동로 1,15,가나센터,")
    report = load(SOURCES["factories"], [path], store, quarantine_dir=tmp_path)
    (company,) = everything(store)["Company"]
    assert company["employees"] == 15
    assert (report.unknown_columns, report.like_columns) == (
        ("지식산업센타명",),
        {"지식산업센타명": "지식산업센터명"},
    )


def test_two_columns_that_differ_in_brackets_are_not_known_without_them(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"columns missing: 공장대표주소\(지번\)"):
        list(
            SOURCES["centers"].read(
                table(tmp_path / "a.csv", "시도,시군구,지식산업센터명,공장대표주소", "경기,고양시,가,나")
            )
        )


@pytest.mark.parametrize("line", ["합계,,,,19", "※ 기준일: 2026. 6. 30.,,,,", "총  계"])
def test_sums_and_notes_beside_the_names_are_told_as_such(line: str, store: EmbeddedStore, tmp_path: Path) -> None:
    rows = ["1,가나정밀,측정기,경기도 고양시 덕양구 향동로 1,19", line]
    path = table(tmp_path / "a.csv", "연번,회사명,생산품,공장주소,종업원합계", *rows)
    report = load(SOURCES["factories"], [path], store, quarantine_dir=tmp_path / "q")
    assert (report.loaded, report.quarantined) == (1, 1)
    assert report.quarantine_file is not None
    assert columns(read_csv(report.quarantine_file), "row", "field", "reason") == [
        ("3", "", "a line of sums or a note, not a row")
    ]


def test_a_workbook_is_read_as_its_csv_would_be(store: EmbeddedStore, tmp_path: Path) -> None:
    """Numbers are whole, days are days, and the sheet that has the header is the one that counts."""
    cover = [["작성: 기업지원과"]]
    rows = [
        ["2026년 기업 현황"],
        ["기업명", "사업자등록번호", "설립일", "종업원 수", "업종코드", "지역"],
        ["가나정밀", 1234567891.0, 43467, 5, 26299.0, "고양시 덕양구"],
        [None, None, None, None, None, None],
        ["다라정밀", None, "엉뚱", 7, "01110", "고양시"],
    ]
    path = write_workbook(tmp_path / "기업.xlsx", cover, rows, day_columns=[2])
    report = load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path / "q")
    node = store.get_node(NodeRef("Company", "brn:1234567891")) or {}

    assert (str(node["founded_on"]), node["employees"]) == ("2019-01-02", 5)
    assert report.quarantine_file is not None
    assert columns(read_csv(report.quarantine_file), "row", "field", "value") == [("5", "founded_on", "엉뚱")]
    assert store.get_node(NodeRef("Industry", "ksic11:26299")) is not None


@pytest.mark.parametrize("source", ["companies", "centers", "bizinfo", "kipris"])
def test_a_broken_workbook_is_told_as_one_by_every_source(source: str, store: EmbeddedStore, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [["가"]])
    path.write_bytes(path.read_bytes().replace(b"workbook.xml", b"nothing1.xml"))

    with pytest.raises(SourceError, match=r"a\.xlsx is no Excel workbook that can be opened"):
        load(SOURCES[source], [path], store, quarantine_dir=tmp_path)


def test_good_rows_before_a_bad_line_and_files_behind_a_bad_one_are_loaded(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    first = table(tmp_path / "1.csv", HEADER, "가나,,,,", '"다라" 정밀,,,,')
    other = table(tmp_path / "2.csv", "무엇,기타", "1,2")
    third = table(tmp_path / "3.csv", HEADER, "마바,,,,")
    with pytest.raises(UnreadFilesError, match=r"2\.csv has another shape") as told:
        load(SOURCES["companies"], [first, other, third], store, quarantine_dir=tmp_path / "q")

    report = told.value.report
    assert (report.read, report.loaded, report.quarantined) == (3, 2, 1)
    assert store.counts().nodes["Company"] == 2


def test_rows_of_a_wrong_shape_wait_again_until_they_are_repaired(store: EmbeddedStore, tmp_path: Path) -> None:
    """Loaded as they were kept, no cell has moved to another column and none was made up."""
    lines = ["가나정밀,고양시,빵,과자,3", "다라정밀,고양시", '"마바정밀,고양시,빵,3', "사아정밀,고양시,빵,3"]
    path = table(tmp_path / "a.csv", "기업명,지역,생산품·서비스,종업원 수", *lines)
    report = load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path / "q")
    assert (report.loaded, report.quarantined, report.unknown_columns) == (1, 3, ())
    (waiting,) = (tmp_path / "q").glob("*.rows-*.csv")
    again = load(SOURCES["companies"], [waiting], store, quarantine_dir=tmp_path / "again")
    assert (again.loaded, again.unchanged, again.quarantined) == (0, 0, 3)
    assert store.counts().nodes["Company"] == 1

    kept = waiting.read_text(encoding="utf-8-sig")
    table(
        waiting, *kept.replace("빵,과자", '"빵,과자"').replace("다라정밀,고양시", "다라정밀,고양시,,").splitlines()[:3]
    )
    repaired = load(SOURCES["companies"], [waiting], store, quarantine_dir=tmp_path / "q")
    assert (repaired.loaded, repaired.quarantined) == (2, 0)


def test_the_remedy_of_a_row_fits_what_is_wrong_with_it(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", "x,y", "1,2,3", '"1"2,3')
    remedies = [row.fault.remedy.en for row in csv_rows(path, ["x", "y"]) if row.fault]
    assert remedies == [
        "compare the row with the header; a comma inside a cell needs quotes",
        "write the line cell by cell; a quote inside a cell is written twice",
    ]


def test_all_sheets_that_have_the_header_are_read_and_name_their_rows(store: EmbeddedStore, tmp_path: Path) -> None:
    header = ["기업명", "종업원 수"]
    path = write_workbook(
        tmp_path / "a.xlsx",
        [["2026년 기업 현황"], header, ["가나정밀", 3], ["합계", 3]],
        [["코드", "이름"], [1, "가"]],
        [header, ["다라정밀", 4], ["가나정밀", 5]],
        [header, ["사아정밀", 9]],
        hidden=[4],
    )
    report = load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path)
    assert columns(everything(store)["Company"], "name", "employees") == [("가나정밀", 3), ("다라정밀", 4)]
    assert (report.read, report.loaded, report.quarantined) == (4, 2, 2)
    assert report.quarantine_file is not None
    assert [(each["file"], each["row"], each["reason"]) for each in read_csv(report.quarantine_file)] == [
        ("a.xlsx [s1]", "4", "a line of sums or a note, not a company"),
        ("a.xlsx [s3]", "3", _ELSEWHERE),
    ]


def test_cells_merged_over_rows_say_the_same_in_each(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "a.xlsx",
        [["기업명", "소재지", None], [None, "지역", "주소"], ["가", "고양시", "1"], ["나", None, "2"]],
        merged=["A1:A2", "B1:C1", "B3:B4"],
    )
    names = {"기업명": "name", "지역": "region", "주소": "address"}
    assert [(row.number, dict(row.values)) for row in table_rows(path, Shape(["name"], names))] == [
        (3, {"name": "가", "region": "고양시", "address": "1"}),
        (4, {"name": "나", "region": "고양시", "address": "2"}),
    ]


def test_notes_beside_a_sheet_are_an_unknown_column_and_spoil_no_row(store: EmbeddedStore, tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "a.xlsx", [["기업명", None, "종업원 수"], ["가나정밀", "휴업?", 3, None, "확인함"]]
    )
    report = load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path)
    assert (report.loaded, report.quarantined) == (1, 0)
    assert report.unknown_columns == ("column 2", "column 5")


def test_a_header_that_comes_again_is_no_row(tmp_path: Path) -> None:
    """As where two exports were put behind each other."""
    assert read(table(tmp_path / "a.csv", "x,y", "가,1", "x,y", "나,2")) == [(2, "가", ""), (4, "나", "")]


def test_failed_formulas_of_a_workbook_wait_as_they_do_from_csv(store: EmbeddedStore, tmp_path: Path) -> None:
    """A lookup that found nothing is nothing; any other error, and what was never calculated, is no value."""
    rows = [["가나정밀", 3], ["다라정밀", "#DIV/0!"], ["마바정밀", "=1+2&A1"], ["사아정밀", "#N/A"], ["#REF!", 4]]
    path = write_workbook(tmp_path / "a.xlsx", [["코드"]], [["기업명", "종업원 수"], *rows])
    report = load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path)
    loaded = [("가나정밀", 3), ("다라정밀", None), ("마바정밀", None), ("사아정밀", None)]
    assert columns(everything(store)["Company"], "name", "employees") == loaded
    assert report.quarantine_file is not None
    assert [
        (each["row"], each["field"], each["value"], each["reason"]) for each in read_csv(report.quarantine_file)
    ] == [
        ("6", "name", "#REF!", "an error of a spreadsheet"),
        ("3", "employees", "#DIV/0!", "an error of a spreadsheet"),
        ("4", "employees", "=1+2&A1", "a formula that was not calculated"),
    ]


@pytest.mark.parametrize(("column", "number"), [("A", 0), ("Z", 25), ("AA", 26), ("AZ", 51), ("BA", 52), ("AAA", 702)])
def test_columns_of_a_sheet_are_counted(column: str, number: int, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [["#REF!"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).replace(b'"A1"', f'"{column}1"'.encode()) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with path.open("rb") as file:
        assert failed_cells(file) == {"s1": [FailedCell(0, number, "#REF!")]}


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_whose_list_of_sheets_is_spoiled_is_refused(tmp_path: Path, part: str) -> None:
    path = write_workbook(tmp_path / "spoiled.xlsx", [["name"], ["a"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content + b"<<" * (name == part))
    with pytest.raises(SourceError, match="is no Excel workbook that can be opened"):
        list(table_rows(path, Shape(("name",))))


def test_a_row_of_words_below_a_header_without_gaps_is_a_row(tmp_path: Path) -> None:
    """It lacks what is required, and waits: taken for a second line of the header it would be lost."""
    path = tmp_path / "a.csv"
    path.write_text("이름,품목,비고\n,빵,맛있음\n두루,떡,\n", encoding="utf-8")

    rows = [dict(row.values) for row in csv_rows(path, ["이름"])]
    assert rows == [{"이름": "", "품목": "빵", "비고": "맛있음"}, {"이름": "두루", "품목": "떡", "비고": ""}]
