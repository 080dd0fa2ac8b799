"""Archives of several files: each is read by itself, by a path below that of the archive (``shops.zip/서울.csv``)."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import IO, Final

from graph_schema.errors import SourceError
from graph_schema.wording import Wording

ZIP: Final = b"PK\x03\x04"
_MOST_FILES: Final = 1_000
"""A register of the whole country comes in seventeen files, one of districts in some 250."""
_MOST_BYTES: Final = 1 << 36
"""64 GiB unpacked, which is many times the largest register; what unpacks to more is made to fill a machine."""
_UTF_8: Final = 0x800
"""Flag of a name in UTF-8; others are as the system wrote them that packed the file."""
_LOCKED: Final = 1
"""Flag of a file that a password locks."""


def archive_of(path: Path) -> Path | None:
    """Return the archive that a path leads into; None for a path of its own."""
    return None if path.exists() else next((each for each in path.parents if each.is_file()), None)


def is_archive(file: IO[bytes]) -> bool:
    """Whether an open file is an archive of files, and no workbook, which is packed in the same way."""
    start = file.read(len(ZIP))
    file.seek(0)
    if start != ZIP:
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            return "[Content_Types].xml" not in archive.namelist() and "mimetype" not in archive.namelist()
    finally:
        file.seek(0)


def files_in(path: Path, archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the files of an archive by their names, without folders and what systems hide in them.

    Raises ``SourceError`` where there are too many, where one is locked, or where two have one name.
    """
    infos = [(_name(info), info) for info in archive.infolist() if not info.is_dir()]
    found = [(name, info) for name, info in infos if not _is_hidden(name)]
    size = sum(info.file_size for _, info in found)
    if len(found) > _MOST_FILES or size > _MOST_BYTES:
        raise SourceError(
            Wording(
                f"{path}: 파일 {len(found):,}개, 풀면 {size:,}바이트로 너무 큽니다. 필요한 파일만 풀어 적재하십시오",
                f"{path} holds {len(found):,} files of {size:,} bytes unpacked, which is too much; unpack those that "
                "are needed and load them",
            )
        )
    repeated = [name for name, times in Counter(name for name, _ in found).items() if times > 1]
    if repeated or not found or any(info.flag_bits & _LOCKED for _, info in found):
        ko, en = (f"{repeated[0]} 파일이 두 번 있는", f"holds {repeated[0]} twice") if repeated else ("", "")
        ko, en = (ko, en) if repeated else ("비었거나 암호로 잠긴", "is an archive without a file, or locked")
        raise SourceError(
            Wording(
                f"{path}: {ko} 압축 파일입니다. 풀어서 적재할 파일을 적으십시오",
                f"{path} {en}; unpack it and name the file to load",
            )
        )
    return dict(found)


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of a file as it was given, which leads to nowhere outside of its archive."""
    name = info.filename
    if not info.flag_bits & _UTF_8:
        written = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp949"):
            try:
                name = written.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "/".join(part for part in parts if part not in ("/", "..")) or "_"


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX", "~$")) or part == "Thumbs.db" for part in name.split("/"))
