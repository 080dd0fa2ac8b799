"""Tells by its first rows which source a file is of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final

from graph_schema.errors import OtherShapeError, SourceError
from graph_schema.wording import Wording
from loaders.fields import Fields
from loaders.files import DATA, shown, unpacked
from loaders.registry import SOURCES
from loaders.source import Row, Source, first_rows
from loaders.unplaced import reason

_LOOKED_FURTHER: Final = 1_000
"""Rows that are looked at where none of the first can be read: many alike must not keep the rest of a file out."""
_ALIKE: Final = 2
"""Columns that no other source knows by which a file is like one of a source; a single one may be a word by chance."""
_LOOKED_AT: Final = 5
"""Rows that show whether a file's values are those of a source; some sources share their required columns."""


class NoSourceError(SourceError):
    """A file is of no source, and nothing is lost by it; what cannot be read raises another ``SourceError``."""


@dataclass(frozen=True)
class Recognised:
    """Files of a folder by their source, in the order in which sources are loaded, and why others are of none.

    ``unread`` are those of the others that hold data which could not be read.
    """

    files: dict[str, list[Path]]
    others: dict[Path, Wording]
    unread: tuple[Path, ...] = ()


def recognise(folder: Path, home: Path | None = None) -> Recognised:
    """Look at every file under ``folder`` that may hold data by its ending, and name the others.

    Hidden files are left out, and so is a ``home`` below the folder, whose pages and rows that wait are no person's.
    Raises ``SourceError`` where it is no folder, or holds no such file.
    """
    if not folder.is_dir():
        raise SourceError(
            Wording(
                f"{shown(folder)}: 폴더가 아닙니다. 파일을 저장한 폴더를 적으십시오",
                f"{shown(folder)} is not a folder; name the folder that the files were saved in",
            )
        )
    ours = {home.resolve()} - {folder.resolve(), *folder.resolve().parents} if home else set[Path]()
    seen = sorted(
        path
        for path in folder.rglob("*")
        if not _is_hidden(path.relative_to(folder)) and path.is_file() and ours.isdisjoint(path.resolve().parents)
    )
    paths = [path for path in seen if path.suffix.lower() in DATA]
    if not paths:
        kinds = ", ".join(sorted(DATA))
        raise SourceError(
            Wording(
                f"{shown(folder)}: 적재할 수 있는 파일이 없습니다({kinds})",
                f"{shown(folder)} holds no file that can be loaded ({kinds})",
            )
        )
    files: dict[str, list[Path]] = {name: [] for name in SOURCES}
    others = {path: _passed_over(path) for path in sorted({*seen} - {*paths})}
    unread = []
    for path in chain.from_iterable(map(_unpacked, paths)):
        if path.suffix.lower() not in DATA:
            others[path] = _passed_over(path)
            continue
        try:
            files[source_of(path).name].append(path)
        except SourceError as error:
            others[path] = error.wording
            unread += [] if isinstance(error, NoSourceError) else [path]
    return Recognised({name: found for name, found in files.items() if found}, others, tuple(unread))


def source_of(path: Path) -> Source:
    """Return the source whose columns and values the first rows of a file have; raises ``SourceError`` for none.

    Where no row can be read, it is the one source whose columns the file has, which tells of each row why.
    """
    fits: list[tuple[tuple[int, float], Source]] = []
    faulty: list[Source] = []
    messages: list[Wording] = []
    known: dict[str, Collection[str]] = {}
    without_rows = False
    for source in SOURCES.values():
        rows, error = first_rows(source.read(path), _LOOKED_AT)
        if isinstance(error, OtherShapeError):
            known[source.name] = error.known
        elif error:
            messages.append(error.wording)
        without_rows |= not (rows or error)
        if rows and _knows(source, rows[0]):
            likeness = _likeness(source, rows)
            # Columns alone tell little: codes of regions and of industries have the same.
            if likeness[1]:
                fits.append((likeness, source))
            elif likeness[0]:
                faulty.append(source)
    if fits:
        # Of sources that are alike the first one counts, which the order of loading puts first.
        return max(fits, key=lambda fit: fit[0])[1]
    sound = next((source for source in faulty if _reads_further(source, path)), None)
    if sound is None and len(faulty) == 1 and not messages:
        return faulty[0]
    if sound is None:
        raise _why_none(path, messages, faulty, known, without_rows=without_rows)
    return sound


def _why_none(
    path: Path,
    messages: Sequence[Wording],
    faulty: Sequence[Source],
    known: Mapping[str, Collection[str]],
    *,
    without_rows: bool,
) -> SourceError:
    """Say why a file is of no source: ``messages`` are what kept sources from reading it, but for another shape.

    ``known`` are its columns that sources know, by their names.
    """
    likest = _likest(known)
    unplaced = reason(path)
    if unplaced:
        return NoSourceError(unplaced)
    if messages:  # an empty file, a web page, an error of the register, a column that stands twice
        return SourceError(Counter(messages).most_common(1)[0][0])
    if faulty:
        names = [source.name for source in faulty]
        return SourceError(
            Wording(
                f"{shown(path)}: {', '.join(names)}의 열을 갖추었으나 첫 행들을 하나도 읽을 수 없습니다. "
                f"`dure load {names[0]} {shown(path)}`을 실행하면 행을 격리하고 사유를 알려 줍니다",
                f"{shown(path)} has the columns of {' and '.join(names)}, and none of its first rows can be read; "
                f"`dure load {names[0]} {shown(path)}` keeps them in quarantine and tells why",
            )
        )
    if without_rows:
        return NoSourceError(
            Wording(
                f"{shown(path)}: 머리글이나 빈 답뿐이고 행이 없습니다. 자료까지 저장된 파일인지 확인하십시오",
                f"{shown(path)} holds no row, but a header or an empty answer alone; check that the data were "
                "saved with it",
            )
        )
    if likest:
        return SourceError(
            Wording(
                f"{shown(path)}: 어느 출처의 열도 다 갖추지 못했습니다. {likest}에 가장 가깝습니다: "
                f"`dure load {likest} {shown(path)}`을 실행하면 무엇이 없는지 알려 줍니다",
                f"{shown(path)} has the columns of no source and is most like {likest}: "
                f"`dure load {likest} {shown(path)}` tells what it misses",
            )
        )
    # A list whose header is spoilt is data that could not be read, and a note beside the data is none.
    alike = any(len(columns) >= _ALIKE for columns in known.values())
    return (SourceError if alike else NoSourceError)(
        Wording(
            f"{shown(path)}: 어느 출처의 열도 아닙니다. `dure load --list`에 있는 출처라면 이름을 적으십시오: "
            f"`dure load <출처> {shown(path)}`을 실행하면 무엇이 없는지 알려 줍니다",
            f"{shown(path)} has the columns of no source; if it is one of `dure load --list`, name it: "
            f"`dure load <source> {shown(path)}` tells what it misses",
        )
    )


def _reads_further(source: Source, path: Path) -> bool:
    """Whether a source that has the columns of a file understands a later row."""
    with suppress(SourceError):
        return any(_understands(source, row) for row in islice(source.read(path), _LOOKED_AT, _LOOKED_FURTHER))
    return False


def _understands(source: Source, row: Row) -> bool:
    fields = Fields(row.values)
    source.transform(fields)
    return not (fields.faults or row.fault)


def _likest(known: Mapping[str, Collection[str]]) -> str:
    """Return the source that alone knows several columns of a file, the most of all; empty where none does."""
    sources = Counter(column for columns in known.values() for column in columns)
    own = Counter({name: sum(sources[column] == 1 for column in columns) for name, columns in known.items()})
    return next((name for name, count in own.most_common(1) if count >= _ALIKE), "")


def _knows(source: Source, row: Row) -> bool:
    """Whether a source that names all its columns knows most of a file's: a name alone makes no list of companies."""
    known = sum(name in source.columns for name in row.values)
    return not source.columns or known > len(row.values) / 2


def _likeness(source: Source, rows: Sequence[Row]) -> tuple[int, float]:
    """Columns that the source asks for, then the share of the rows that it understands."""
    understood = sum(_understands(source, row) for row in rows)
    asked = {*source.required, *source.columns}
    return len(asked & rows[0].values.keys()), understood / len(rows)


def _unpacked(path: Path) -> list[Path]:
    """Return the files of an archive; itself where it cannot be opened, which is told where it is read."""
    with suppress(SourceError):
        return unpacked(path)
    return [path]


def _is_hidden(path: Path) -> bool:
    """Whether a file, or a folder that it lies in, is hidden; an office program's mark of an open file is."""
    return any(part.startswith((".", "~$")) for part in path.parts)


def _passed_over(path: Path) -> Wording:
    return Wording(
        f"{shown(path)}: 자료 파일의 확장자가 아니어서 열지 않았습니다. 자료가 있으면 CSV나 엑셀, JSON, XML로 "
        "저장하십시오",
        f"{shown(path)} was not opened, since its name does not end as those of data do; save what data it holds as "
        "CSV, a workbook, JSON or XML",
    )
