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
from typing import IO, Final, Literal, NamedTuple

from graph_schema.errors import ConfigError, SourceError
from graph_schema.system_errors import system_reason
from graph_schema.wording import Wording
from loaders.archives import ZIP, archive_of, files_in, is_archive
from loaders.refusals import reason_of

FileKind = Literal["csv", "json", "xml", "workbook"]
TABLES: Final = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods")
ANSWERS: Final = (".json", ".jsonl", ".ndjson", ".xml", ".rss")
DATA: Final = frozenset({*TABLES, *ANSWERS, ".gz", ".zip"})
"""How the names of files end that may hold data."""

CHUNK = 1 << 20
"""Bytes read at a time: few calls, and little memory beside a batch."""
_HEAD = 4096
"""Bytes in which a file says what it is; a disk reads no fewer at once."""
_GZIP = b"\x1f\x8b"
_NAMES_SHOWN = 5
"""One line's worth."""
_OLE = b"\xd0\xcf\x11\xe0"
"""Workbooks before 2007."""
_PDF = b"%PDF-"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WEB_PAGE = re.compile(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_LEAST_NULS = 50
"""A text of UTF-16 has a NUL beside every comma, digit and line end: more than one byte in so many."""
_KOREAN = re.compile(r"[\s!-~가-힣]")
_MOSTLY = 0.8
"""Share of Korean and ASCII in a text of a register; bytes in the wrong order give signs from everywhere."""
_BARE_ERROR = re.compile(
    r"(?:\d{2}\s?[:-]?\s?)?[A-Z][A-Z_ ]*(?:ERROR|_OUT)\.?"
    r"|(?i:api (?:not found|rate limit exceeded|token quota exceeded)|unauthori[sz]ed|forbidden|unexpected errors?)\.?"
)
"""An error of the gateway of data.go.kr without an envelope around it."""
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


class BareError(SourceError):
    """A file holds an error of a register and nothing else; ``said`` is that error."""

    def __init__(self, said: str, message: Wording) -> None:
        self.said = said
        super().__init__(message)


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
        within = archive_of(path)
        with (within or path).open("rb") as file:
            start = file.read(len(ZIP))
            file.seek(0)
            if start.startswith(_GZIP):
                with gzip.open(file) as unpacked:
                    yield io.BufferedReader(unpacked)
            elif start == ZIP and is_archive(file):
                with zipfile.ZipFile(file) as archive, archive.open(_member(path, within, archive)) as member:
                    yield member
            else:
                yield file


def unpacked(path: Path) -> list[Path]:
    """Return the files that a path stands for: those of an archive of several by paths below it, else itself.

    Raises ``SourceError`` where an archive cannot be read.
    """
    with _translated(path):
        if not path.is_file():
            return [path]
        with path.open("rb") as file:
            if not is_archive(file):
                return [path]
            with zipfile.ZipFile(file) as archive:
                names = files_in(path, archive)
    return [path / name for name in sorted(names)] if len(names) > 1 else [path]


def called(path: Path) -> Path:
    """Return the name of a file, that of its archive before it where it is in one."""
    archive = archive_of(path)
    return path.relative_to(archive.parent) if archive else Path(path.name)


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


def _member(path: Path, within: Path | None, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the file of an archive that a path names, which may leave out the name of the only one."""
    files = files_in(within or path, archive)
    if within is None and len(files) == 1:
        return next(iter(files.values()))
    name = path.relative_to(within).as_posix() if within else ""
    if name not in files:
        listed = ", ".join([*files][:_NAMES_SHOWN])
        raise SourceError(
            Wording(
                f"{shown(path)}: 압축 파일에서 읽을 파일을 적으십시오: {listed}",
                f"{shown(path)} names no file of the archive; name one of {listed}",
            )
        )
    return files[name]


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
    if head.startswith((ZIP, _OLE)):
        return "workbook"
    text = head.decode(_utf_16(head) or "utf-8", "replace").lstrip("\ufeff \t\r\n\0")
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
    if _BARE_ERROR.fullmatch(said := text.rstrip()):
        reason = reason_of("data_go_kr", "", said)
        raise BareError(
            said,
            Wording(
                f"{shown(path)}: 자료가 아니라 기관의 오류 메시지입니다: {said}. {reason.ko}. {reason.remedy_ko}",
                f"{shown(path)} holds no data but an error of the register: {said}; {reason.en}; {reason.remedy_en}",
            ),
        )
    return "json" if text[0] in "{[" else "xml" if text[0] == "<" else "csv"


def text_encoding(path: Path) -> Encoding:
    """Return UTF-16 (by its mark or its NULs), UTF-8 or CP949, whichever reads the whole file, or nearly.

    Raises ``SourceError`` where none does.
    """
    with opened(path) as file:
        wide = _utf_16(file.read(_HEAD))
    names = (wide,) if wide else ("utf-8-sig", "cp949")
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


def _utf_16(head: bytes) -> str:
    """Return the name of UTF-16 where a text begins so, by its mark or, without one, by its NULs; empty where not."""
    if head.startswith(_UTF_16):
        return "utf-16"
    if head.count(0) * _LEAST_NULS < len(head):
        return ""
    for name in ("utf-16-le", "utf-16-be"):
        text = head.decode(name, "replace")
        if len(_KOREAN.findall(text)) > _MOSTLY * len(text):
            return name
    return ""


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
