"""Tells by its first rows which source a file is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from loaders.fields import Fields
from loaders.files import shown
from loaders.registry import SOURCES
from loaders.source import Row, Source

_SUFFIXES: Final = frozenset({".csv", ".tsv", ".txt", ".json", ".xml", ".xls", ".xlsx", ".xlsb", ".ods", ".gz", ".zip"})
_LOOKED_AT: Final = 5
"""Rows that show whether a file's values are those of a source; some sources share their required columns."""


@dataclass(frozen=True)
class Recognised:
    """Files of a folder by their source, in the order in which sources are loaded, and why others are of none."""

    files: dict[str, list[Path]]
    others: dict[Path, Wording]


def recognise(folder: Path) -> Recognised:
    """Look at every file under ``folder`` that may hold data, hidden ones left out.

    Raises ``SourceError`` where it is no folder, or holds no such file.
    """
    if not folder.is_dir():
        raise SourceError(
            Wording(
                f"{shown(folder)}: 폴더가 아닙니다. 파일을 저장한 폴더를 적으십시오",
                f"{shown(folder)} is not a folder; name the folder that the files were saved in",
            )
        )
    paths = sorted(path for path in folder.rglob("*") if _may_hold_data(path.relative_to(folder)) and path.is_file())
    if not paths:
        kinds = ", ".join(sorted(_SUFFIXES))
        raise SourceError(
            Wording(
                f"{shown(folder)}: 적재할 수 있는 파일이 없습니다({kinds})",
                f"{shown(folder)} holds no file that can be loaded ({kinds})",
            )
        )
    files: dict[str, list[Path]] = {name: [] for name in SOURCES}
    others: dict[Path, Wording] = {}
    for path in paths:
        try:
            files[source_of(path).name].append(path)
        except SourceError as error:
            others[path] = error.wording
    return Recognised({name: found for name, found in files.items() if found}, others)


def source_of(path: Path) -> Source:
    """Return the source whose columns and values the first rows of a file have; raises ``SourceError`` for none."""
    fits: list[tuple[tuple[float, int], Source]] = []
    faulty: list[Source] = []
    messages: set[Wording] = set()
    for source in SOURCES.values():
        try:
            rows = list(islice(source.read(path), _LOOKED_AT))
        except SourceError as error:
            messages.add(error.wording)
            continue
        likeness = _likeness(source, rows) if rows and _knows(source, rows[0]) else (0.0, 0)
        if likeness[0]:  # columns alone tell little: codes of regions and of industries have the same
            fits.append((likeness, source))
        elif likeness[1]:
            faulty.append(source)
    if not fits:
        if len(messages) == 1:  # an empty file or a web page, which no source could read
            raise SourceError(messages.pop())
        if faulty:
            names = [source.name for source in faulty]
            raise SourceError(
                Wording(
                    f"{shown(path)}: {', '.join(names)}의 열을 갖추었으나 첫 행들을 하나도 읽을 수 없습니다. "
                    f"`dure load {names[0]} {shown(path)}`을 실행하면 행을 격리하고 까닭을 알려 줍니다",
                    f"{shown(path)} has the columns of {' and '.join(names)}, and none of its first rows can be read; "
                    f"`dure load {names[0]} {shown(path)}` keeps them in quarantine and tells why",
                )
            )
        raise SourceError(
            Wording(
                f"{shown(path)}: 어느 출처의 열도 아닙니다. `dure load --list`에 있는 출처라면 이름을 적으십시오: "
                f"`dure load <출처> {shown(path)}`을 실행하면 무엇이 없는지 알려 줍니다",
                f"{shown(path)} has the columns of no source; if it is one of `dure load --list`, name it: "
                f"`dure load <source> {shown(path)}` tells what it misses",
            )
        )
    # Of sources that are alike the first one counts, which the order of loading puts first.
    return max(fits, key=lambda fit: fit[0])[1]


def _knows(source: Source, row: Row) -> bool:
    """Whether a source that names all its columns knows most of a file's: a name alone makes no list of companies."""
    known = sum(name in source.columns for name in row.values)
    return not source.columns or known > len(row.values) / 2


def _likeness(source: Source, rows: Sequence[Row]) -> tuple[float, int]:
    """Share of the rows that the source understands, then the columns that it asks for."""
    understood = 0
    for row in rows:
        fields = Fields(row.values)
        source.transform(fields)
        understood += not fields.faults
    asked = {*source.required, *source.columns}
    return understood / len(rows), len(asked & rows[0].values.keys())


def _may_hold_data(path: Path) -> bool:
    return path.suffix.lower() in _SUFFIXES and not any(part.startswith(".") for part in path.parts)
