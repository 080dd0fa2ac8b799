"""Files are opened as they were saved: packed, in any encoding, with any name."""

from __future__ import annotations

import gzip
import os
import zipfile
from pathlib import Path

import pytest

from graph_schema.errors import ConfigError, SourceError
from loaders.files import Encoding, file_kind, shown, text_encoding
from loaders.frame import load
from loaders.registry import SOURCES
from loaders.tables import csv_rows
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import read_csv, write_csv

TABLE = "이름,값\n가나,1\n"


def values(path: Path) -> list[dict[str, str]]:
    return [dict(row.values) for row in csv_rows(path, ["이름"])]


def test_packed_files_are_unpacked(tmp_path: Path) -> None:
    packed, archive = tmp_path / "a.csv.gz", tmp_path / "a.zip"
    packed.write_bytes(gzip.compress(TABLE.encode("cp949")))
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("폴더/a.csv", TABLE.encode("utf-8-sig"))

    assert values(packed) == values(archive) == [{"이름": "가나", "값": "1"}]
    assert file_kind(packed) == "csv"


def test_an_archive_of_several_files_asks_which_one(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.csv", TABLE)
        made.writestr("b.csv", TABLE)

    with pytest.raises(SourceError, match=r"names no file of the archive; name one of a\.csv, b\.csv"):
        values(archive)
    with pytest.raises(SourceError, match=r"c\.csv names no file of the archive"):
        values(archive / "c.csv")
    assert values(archive / "b.csv") == [{"이름": "가나", "값": "1"}]


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04broken", gzip.compress(b"x" * 9999)[:-20], b"\x1f\x8bbroken"],
    ids=("zip", "cut gzip", "gzip"),
)
def test_a_broken_archive_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)

    with pytest.raises(SourceError, match="cannot be unpacked"):
        values(path)


def test_an_archive_of_another_method_is_refused(tmp_path: Path) -> None:
    """Windows packs large files by Deflate64 (9), which Python does not know."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("a.csv", TABLE)
    packed = bytearray(path.read_bytes())
    for at in (8, packed.index(b"PK\x01\x02") + 10):
        packed[at : at + 2] = b"\x09\x00"
    path.write_bytes(bytes(packed))

    with pytest.raises(SourceError, match=r"cannot be unpacked.*unpack it and name the file in it"):
        values(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_what_excel_calls_unicode_text_is_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    mark = "" if encoding == "utf-16" else "\ufeff"
    path.write_bytes((mark + TABLE.replace(",", "\t").replace("\n", "\r\n")).encode(encoding))

    assert values(path) == [{"이름": "가나", "값": "1"}]


def test_one_byte_that_is_no_text_spoils_its_own_row_alone(store: EmbeddedStore, tmp_path: Path) -> None:
    """The row waits with its field, and waits again as long as the character is not written anew."""
    path = tmp_path / "a.csv"
    lines = [f"가나정밀{at},{at}" for at in range(300)]
    whole = ("기업명,종업원 수\n" + "\n".join(lines) + "\n").encode("cp949")
    path.write_bytes(whole.replace("가나정밀7,".encode("cp949"), b"\xff\xff7,"))

    assert text_encoding(path) == Encoding("cp949", damaged=True)
    report = load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path)
    assert report.quarantine_file is not None
    (fault,) = read_csv(report.quarantine_file)
    assert (fault["row"], fault["field"], fault["value"]) == ("9", "name", "\ufffd\ufffd7")
    assert fault["reason"] == "a character of it cannot be read"
    waiting = report.quarantine_file.with_suffix(".rows-1.csv")
    again = load(SOURCES["companies"], [waiting], store, quarantine_dir=tmp_path)
    assert (report.loaded, again.read, again.quarantined) == (299, 1, 1)


@pytest.mark.parametrize("content", [bytes(range(128, 256)) * 20, b"\xff\xfea\x00\x00\xd8"])
def test_what_is_no_text_at_all_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)

    with pytest.raises(SourceError, match="neither UTF-8 nor CP949 text"):
        values(path)


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html>\n<html><body>점검 중</body></html>", "\n<HTML>", '<?xml version="1.0"?><!doctype HTML>']
)
def test_a_web_page_in_place_of_an_answer_is_told_as_one(page: str, store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "answer.xml"
    path.write_text(page, encoding="utf-8")

    for source in ("kstartup", "bizinfo", "kipris", "companies"):
        with pytest.raises(SourceError, match="is a web page, saved instead of an answer"):
            load(SOURCES[source], [path], store, quarantine_dir=tmp_path)


def test_a_pipe_is_not_waited_for(store: EmbeddedStore, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(SourceError, match="is not a file; save the data as a file"):
            load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path)


def test_a_file_name_that_is_no_text_is_shown_and_kept(store: EmbeddedStore, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "기업.csv".encode("cp949")))
    write_csv(path, [{"기업명": "", "지역": "달나라"}])
    report = load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path / "q")

    assert report.quarantine_file is not None
    assert {row["file"] for row in read_csv(report.quarantine_file)} == {"\\udcb1\\udce2\\udcbe\\udcf7.csv"}
    assert shown(path).encode()


def test_a_quarantine_that_cannot_be_written_is_told(store: EmbeddedStore, tmp_path: Path) -> None:
    (tmp_path / "q").write_text("a file where the folder would be", encoding="utf-8")
    bad = write_csv(tmp_path / "c.csv", [{"기업명": "", "지역": "고양시"}])

    with pytest.raises(ConfigError, match="bad rows cannot be kept in"):
        load(
            SOURCES["companies"],
            [bad],
            store,
            quarantine_dir=tmp_path / "q",
        )


@pytest.mark.parametrize(
    ("name", "start", "told"),
    [
        ("a.pdf", b"%PDF-1.7\n", "is a PDF document; save the table in it"),
        ("a.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "or the table in it where it is a document"),
    ],
)
def test_a_document_is_told_as_one(name: str, start: bytes, told: str, store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(start)
    for source in ("companies", "bizinfo"):
        with pytest.raises(SourceError, match=told):
            load(SOURCES[source], [path], store, quarantine_dir=tmp_path)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("NO_OPENAPI_SERVICE_ERROR", "NO_OPENAPI_SERVICE_ERROR; the service does not exist any more"),
        ("SERVICE KEY IS NOT REGISTERED ERROR.\n", "the key is not registered"),
        ("30 SERVICE_KEY_IS_NOT_REGISTERED_ERROR", "the key is not registered"),
        ("API rate limit exceeded", "an error of the register: API rate limit exceeded"),
    ],
)
def test_an_error_of_the_gateway_without_an_envelope_is_told(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SourceError, match=r"a\.xml holds no data but an error of the register") as error:
        file_kind(path)
    assert told in str(error.value)


@pytest.mark.parametrize("text", ["NAME\nERROR\n", "이름,값\n가나,ERROR\n", "ERROR,값\n1,2\n"])
def test_a_table_that_speaks_of_errors_is_a_table(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")

    assert file_kind(path) == "csv"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_known_by_its_nuls(encoding: str, tmp_path: Path) -> None:
    table, answer = tmp_path / "a.csv", tmp_path / "a.json"
    table.write_bytes(("이름,값\n" + "가나정밀 주식회사,한글로 적은 긴 값\n" * 300).encode(encoding))
    answer.write_bytes('[{"이름": "가나"}]'.encode(encoding))

    assert values(table) == [{"이름": "가나정밀 주식회사", "값": "한글로 적은 긴 값"}] * 300
    assert text_encoding(table) == Encoding(encoding)
    assert file_kind(answer) == "json"


def test_a_nul_in_a_text_does_not_make_it_utf_16(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(("이름,값\n가\0나,1\n" + "다라,2\n" * 50).encode("cp949"))

    assert text_encoding(path) == Encoding("cp949")
