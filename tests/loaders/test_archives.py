"""An archive of several files is read file by file, each under its own name, and fills no machine."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from loaders import archives
from loaders.files import called, unpacked
from loaders.frame import load
from loaders.recognition import recognise
from loaders.registry import SOURCES
from loaders.report import UnreadFilesError
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import columns, ends, read_csv

HEADER = "상가업소번호,상호명,표준산업분류코드,시도명,시군구코드,시군구명\n"
SEOUL = f"{HEADER}MA1,가나빵집,I56191,서울특별시,11680,강남구\n,이름만,I56191,서울특별시,11680,강남구\n"
BUSAN = f"{HEADER}MA2,다라식당,I56111,부산광역시,26110,중구\n"


def packed(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return path


def test_files_of_one_header_are_one_source_and_rows_are_named_by_file(store: EmbeddedStore, tmp_path: Path) -> None:
    path = packed(tmp_path / "상가.zip", {"202606/서울.csv": SEOUL, "202606/부산.csv": BUSAN.encode("cp949")})
    report = load(SOURCES["stores"], [path], store, quarantine_dir=tmp_path / "q")

    assert (report.read, report.loaded, report.quarantined) == (3, 2, 1)
    assert report.quarantine_file is not None
    assert columns(read_csv(report.quarantine_file), "file", "row") == [("상가.zip/202606/서울.csv", "3")]
    assert len(ends(store, "Company", "LOCATED_IN", "Region")) == 2
    again = load(SOURCES["stores"], [path], store, quarantine_dir=tmp_path / "q")
    assert (again.unchanged, again.quarantined) == (2, 1)


def test_a_file_of_another_header_is_refused_by_its_name_and_costs_no_other(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    path = packed(tmp_path / "a.zip", {"a.csv": SEOUL, "b.csv": "기업명,지역\n가나,고양시\n", "읽어주세요.hwp": "글"})
    with pytest.raises(UnreadFilesError, match=r"a\.zip/b\.csv has another shape") as error:
        load(SOURCES["stores"], [path], store, quarantine_dir=tmp_path / "q")

    report = error.value.report
    assert (report.loaded, [*report.remarks.values()]) == (1, [("a.zip/읽어주세요.hwp",)])


def test_files_of_an_archive_in_a_folder_are_told_apart(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"a.csv": SEOUL, "b.csv": "기업명,지역\n가나,고양시\n", "읽어주세요.hwp": "글"})
    found = recognise(tmp_path)

    assert found.files == {"companies": [path / "b.csv"], "stores": [path / "a.csv"]}
    assert [*found.others] == [path / "읽어주세요.hwp"]


def test_what_systems_hide_in_an_archive_is_no_file_of_it(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"__MACOSX/._a.csv": "?", ".DS_Store": "?", "a.csv": SEOUL})

    assert unpacked(path) == [path]


def test_names_lead_nowhere_outside_and_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", {"../../etc/a.csv": SEOUL, "/b.csv": SEOUL})
    assert unpacked(path) == [path / "b.csv", path / "etc/a.csv"]
    assert called(path / "etc/a.csv") == Path("a.zip/etc/a.csv")

    content = packed(tmp_path / "b.zip", {"xxxx.csv": SEOUL, "b.csv": BUSAN}).read_bytes()
    (tmp_path / "b.zip").write_bytes(content.replace(b"xxxx.csv", "서울.csv".encode("cp949")))
    assert [each.name for each in unpacked(tmp_path / "b.zip")] == ["b.csv", "서울.csv"]


@pytest.mark.parametrize(("bound", "value"), [("_MOST_FILES", 2), ("_MOST_BYTES", 300)])
def test_an_archive_that_unpacks_to_too_much_is_refused(
    bound: str, value: int, store: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, bound, value)
    path = packed(tmp_path / "a.zip", {"a.csv": SEOUL, "b.csv": BUSAN, "c.csv": BUSAN})

    with pytest.raises(SourceError, match=r"a\.zip holds 3 files of \d+ bytes unpacked, which is too much"):
        load(SOURCES["stores"], [path], store, quarantine_dir=tmp_path / "q")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_files_of_one_name_are_refused(store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("a.csv", SEOUL)
        made.writestr("a.csv", BUSAN)

    with pytest.raises(SourceError, match=r"a\.zip holds a\.csv twice"):
        load(SOURCES["stores"], [path], store, quarantine_dir=tmp_path / "q")
