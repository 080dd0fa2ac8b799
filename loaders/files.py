"""Opens saved files, packed or not, and tells what they hold and in which encoding."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Literal, NamedTuple

from graph_schema.errors import ConfigError, SourceError
from graph_schema.system_errors import system_reason
from graph_schema.wording import Wording

FileKind = Literal["csv", "json", "xml", "workbook"]

CHUNK = 1 << 20
"""Bytes read at a time: few calls, and little memory beside a batch."""
_HEAD = 4096
"""Bytes in which a file says what it is; a disk reads no fewer at once."""
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
"""Workbooks before 2007."""
_PDF = b"%PDF-"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WEB_PAGE = re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_MOST_DAMAGED = 1000
"""A text of which one character in so many cannot be read is damaged; with more of them it is no text."""


class Encoding(NamedTuple):
    """The encoding of a text, and whether single characters of it cannot be read."""

    name: str
    damaged: bool = False

    @property
    def errors(self) -> str:
        """How to decode: U+FFFD stands for what cannot be read."""
        return "replace" if self.damaged else "strict"


def shown(path: Path) -> str:
    """Write a path so that any terminal and file can hold it, whatever bytes its name has."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for reading, unpacked; raises ``SourceError`` where it cannot be read."""
    with _translated(path):
        if path.exists() and not path.is_file():
            raise SourceError(
                Wording(
                    f"{shown(path)}: 파일이 아닙니다. 자료를 파일로 저장하고 그 파일을 적으십시오",
                    f"{shown(path)} is not a file; save the data as a file and name that",
                )
            )
        with path.open("rb") as file:
            start = file.read(len(_ZIP))
            file.seek(0)
            if start.startswith(_GZIP):
                with gzip.open(file) as unpacked:
                    yield io.BufferedReader(unpacked)
            elif start == _ZIP and not _is_workbook(file):
                with zipfile.ZipFile(file) as archive, archive.open(_only_member(path, archive)) as unpacked:
                    yield unpacked
            else:
                yield file


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    # What zipfile has no method for, such as Deflate64, is not implemented.
    except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise SourceError(
            Wording(
                f"{shown(path)}: 압축을 풀 수 없습니다({error}). 압축을 풀어 그 안의 파일을 적거나 다시 받으십시오",
                f"{shown(path)} is packed and cannot be unpacked: {error}; unpack it and name the file in it, or fetch "
                "it again",
            )
        ) from error
    except OSError as error:
        reason = system_reason(error)
        raise SourceError(
            Wording(
                f"{shown(path)}: 읽을 수 없습니다({reason.ko}). 경로와 권한을 확인하십시오",
                f"{shown(path)} cannot be read: {reason.en}; check the path and its permissions",
            )
        ) from error


def _is_workbook(file: IO[bytes]) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            return "[Content_Types].xml" in archive.namelist() or "mimetype" in archive.namelist()
    finally:
        file.seek(0)


def _only_member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) != 1 or members[0].flag_bits & 1:
        raise SourceError(
            Wording(
                f"{shown(path)}: 파일이 {len(members)}개 있거나 잠긴 압축 파일입니다. 풀어서 적재할 파일을 적으십시오",
                f"{shown(path)} is an archive of {len(members)} files, or locked; unpack it and name the file to load",
            )
        )
    return members[0]


def file_kind(path: Path) -> FileKind:
    """Tell tables, workbooks, JSON and XML apart by how they begin.

    Raises ``SourceError`` where the file is empty, a web page or a PDF.
    """
    with opened(path) as file:
        head = file.read(_HEAD)
    if head.startswith(_PDF):
        raise SourceError(
            Wording(
                f"{shown(path)}: PDF 문서입니다. 문서에 있는 표를 엑셀이나 CSV(UTF-8)로 저장하여 적재하십시오",
                f"{shown(path)} is a PDF document; save the table in it as a workbook or as CSV (UTF-8) and load that",
            )
        )
    if head.startswith((_ZIP, _OLE)):
        return "workbook"
    text = head.decode("utf-16" if head.startswith(_UTF_16) else "utf-8", "replace").lstrip("\ufeff \t\r\n\0")
    if not text:
        raise SourceError(
            Wording(f"{shown(path)}: 비어 있는 파일입니다. 다시 받으십시오", f"{shown(path)} is empty; fetch it again")
        )
    if _WEB_PAGE.match(text):
        raise SourceError(
            Wording(
                f"{shown(path)}: 자료 대신 저장된 웹 페이지입니다(오류 안내나 로그인 화면). "
                "열어서 무엇이라고 적혀 있는지 보고 자료를 다시 받으십시오",
                f"{shown(path)} is a web page, saved instead of an answer (an error page, or a page that asks to log "
                "in); open it to see what it says, and fetch the data again",
            )
        )
    return "json" if text[0] in "{[" else "xml" if text[0] == "<" else "csv"


def text_encoding(path: Path) -> Encoding:
    """Return UTF-16 (by its mark), UTF-8 or CP949, whichever reads the whole file, or nearly.

    Raises ``SourceError`` where none does.
    """
    with opened(path) as file:
        marked = file.read(2) in _UTF_16
    names = ("utf-16",) if marked else ("utf-8-sig", "cp949")
    for name in names:
        if not _damage(path, name, "strict"):
            return Encoding(name)
    damage, name = min((_damage(path, name, "replace"), name) for name in names)
    if damage <= 1 / _MOST_DAMAGED:
        return Encoding(name, damaged=True)
    raise SourceError(
        Wording(
            f"{shown(path)}: UTF-8도 CP949도 아닌 글입니다. CSV(UTF-8)로 저장하여 적재하십시오",
            f"{shown(path)} is neither UTF-8 nor CP949 text; save it as CSV (UTF-8) and load that",
        )
    )


def _damage(path: Path, encoding: str, errors: str) -> float:
    """Return the share of characters that cannot be read; 1 for any of them where ``errors`` is strict."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    characters, damaged = 0, 0
    with opened(path) as file:
        try:
            for chunk in chain(iter(lambda: file.read(CHUNK), b""), [b""]):
                text = decoder.decode(chunk, final=not chunk)
                characters, damaged = characters + len(text), damaged + text.count("\ufffd")
        except UnicodeDecodeError:
            return 1
    return damaged / max(characters, 1) if errors == "replace" else 0


@contextmanager
def opened_text(path: Path) -> Iterator[io.TextIOWrapper]:
    """Open a text in its own encoding, line ends as they are."""
    encoding = text_encoding(path)
    with opened(path) as file:
        text = io.TextIOWrapper(file, encoding.name, encoding.errors, newline="")
        try:
            yield text
        finally:
            text.detach()


def unwritable(folder: Path, error: OSError, kept: Wording) -> ConfigError:
    """Return the error for a folder that does not take what is to be ``kept`` there."""
    reason = system_reason(error)
    return ConfigError(
        Wording(
            f"{kept.ko} 폴더입니다({reason.ko}): {shown(folder)}. 쓸 수 있게 권한을 바꾸거나 DURE_HOME에 다른 폴더를 "
            "적으십시오",
            f"{kept.en} in {shown(folder)}: {reason.en}; make the folder writable, or name another one with DURE_HOME",
        )
    )
