"""Files of a folder are told apart by what they hold, whatever they are called."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from loaders.recognition import recognise, source_of
from loaders.registry import SOURCES
from loaders.samples import sample_loads
from tests.loaders.examples import template_examples


@pytest.mark.parametrize(("name", "path"), [*sample_loads(), *template_examples()], ids=lambda value: Path(value).name)
def test_every_file_of_the_sample_is_known_by_its_columns_and_values(name: str, path: Path, tmp_path: Path) -> None:
    anonymous = tmp_path / f"download{path.suffix}"
    shutil.copyfile(path, anonymous)
    assert source_of(anonymous).name == name


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a43_factories.csv", "factories"),
        ("a43_factories_public5.csv", "factories"),
        ("a44_stores.csv", "stores"),
        ("a41_smes24.json", "smes24"),
        ("a42_ntis_project.xml", "ntis-projects"),
        ("a45_centers_odcloud.json", "centers"),
        ("a46_legal_dong.txt", "regions"),
        ("a02_kstartup_list.json", "kstartup"),
    ],
)
def test_shapes_of_other_registers_are_known_too(shared_data: Path, name: str, source: str) -> None:
    assert source_of(shared_data.parent / "cases/loaders" / name).name == source


def test_a_folder_is_loaded_in_the_order_in_which_sources_build_on_each_other(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    for at, (_, path) in enumerate(reversed(sample_loads())):
        shutil.copyfile(path, tmp_path / ("deeper" if at % 2 else ".") / f"{at}{path.suffix}")
    (tmp_path / "notice.hwp").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "~$open.xlsx").write_bytes(b"\5owner")
    (tmp_path / "header.csv").write_text("기업명,지역\n", encoding="utf-8")
    (tmp_path / ".hidden.csv").write_text("a,b\n1,2\n")
    (tmp_path / "names.csv").write_text("기업명,점수,색\n가,1,파랑\n", encoding="utf-8")
    (tmp_path / "empty.csv").write_text("")
    found = recognise(tmp_path)
    assert list(found.files) == [name for name in SOURCES if name in {source for source, _ in sample_loads()}]
    assert sum(map(len, found.files.values())) == len(sample_loads())
    assert {path.name for path in found.others} == {"names.csv", "empty.csv", "header.csv", "notice.hwp"}
    assert "has the columns of no source" in found.others[tmp_path / "names.csv"].en
    assert "holds no row, but a header or an empty answer alone" in found.others[tmp_path / "header.csv"].en
    assert "was not opened, since its name does not end as those of data do" in found.others[tmp_path / "notice.hwp"].en
    assert "is empty" in found.others[tmp_path / "empty.csv"].en


def test_a_file_whose_rows_are_all_faulty_is_of_the_source_that_has_its_columns(tmp_path: Path) -> None:
    """Which tells of each row why it waits."""
    path = tmp_path / "deeper" / "a.csv"
    path.parent.mkdir()
    path.write_text("번호,소개,직종,동의일\nE1,창업 세무,세무사,\nE2,특허,변리사,\n", encoding="utf-8")
    assert recognise(tmp_path).files == {"experts": [path]}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.json", '{"response": {"header": {"resultCode": "22", "resultMsg": "LIMITED"}}}', "LIMITED (code 22)"),
        (
            "a.xml",
            "<response><code>-401</code><msg>유효하지 않은 인증키</msg></response>",
            "유효하지 않은 인증키 (code -401)",
        ),
        ("c.xml", '<r><item><col name="code">-4</col><col name="msg">키 오류</col></item></r>', "키 오류 (code -4)"),
        ("b.xml", "<!-- a --><!DOCTYPE r><r/>", "declares a document type"),
        ("b.json", "[" * 60_000, "is nested deeper than any answer"),
        ("a.csv", "기업명,지역,지역\n가,나,다\n", "has the column 지역 twice"),
    ],
)
def test_what_keeps_a_file_from_being_read_is_told(name: str, text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert told in recognise(tmp_path).others[tmp_path / name].en


def test_a_file_that_lacks_a_column_is_told_with_the_source_that_it_is_most_like(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("업소번호\t상호명\t표준산업분류코드\t시군구코드\nM1\t가\tI56191\t41285\n", encoding="cp949")
    told = recognise(tmp_path).others[path]
    assert told.en.startswith(f"{path} has the columns of no source and is most like stores: `dure load stores")
    assert "stores에 가장 가깝습니다" in told.ko
    path.write_text("code\tname\tlevel\n11\t서울\t1\n", encoding="cp949")
    assert "if it is one of" in recognise(tmp_path).others[path].en  # words that several sources have


def test_a_file_of_which_the_first_rows_are_faulty_is_loaded_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    bad = "가나,어제,3\n" * 9
    path.write_text(f"기업명,설립일,종업원 수\n{bad}다라,2020-01-01,3\n", encoding="utf-8")
    assert recognise(tmp_path).files == {"companies": [path]}


def test_a_folder_without_data_and_a_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no file that can be loaded"):
        recognise(tmp_path)
    (tmp_path / "a.csv").write_text("x")
    with pytest.raises(SourceError, match="is not a folder"):
        recognise(tmp_path / "a.csv")


@pytest.mark.parametrize("name", ["notices.jsonl", "notices.ndjson", "notices.json"])
def test_json_lines_are_notices_too(name: str, tmp_path: Path) -> None:
    lines = [{"pblancId": f"PBLN_00000000090000{at}", "pblancNm": "가상 공고"} for at in range(3)]
    path = tmp_path / name
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), encoding="utf-8")
    assert recognise(tmp_path).files == {"bizinfo": [path]}
    assert [row.values for row in SOURCES["bizinfo"].read(path)] == lines


def test_the_home_below_a_folder_is_left_out_and_the_quarantine_can_be_named(tmp_path: Path) -> None:
    waiting = tmp_path / "home" / "quarantine" / "companies.rows-1.csv"
    waiting.parent.mkdir(parents=True)
    for path in (waiting, tmp_path / "a.csv"):
        path.write_text("기업명,종업원 수\n가나정밀,3\n", encoding="utf-8")
    assert recognise(tmp_path, tmp_path / "home").files == {"companies": [tmp_path / "a.csv"]}
    assert recognise(waiting.parent, tmp_path / "home").files == {"companies": [waiting]}


def test_a_column_that_one_source_alone_knows_outweighs_a_slip_in_the_first_rows(tmp_path: Path) -> None:
    """Figures of years have the columns of companies and 연도, where somebody wrote two digits."""
    path = tmp_path / "a.csv"
    path.write_text("기업명,연도,종업원 수,매출액(원)\n가,25,1,1420000000\n가,2024,1,1310000000\n", encoding="utf-8")
    assert source_of(path).name == "annual-figures"
