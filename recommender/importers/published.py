"""By what a public set is known, so that the files of another one are not imported under its name."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from graph_schema.errors import SourceError
from graph_schema.wording import NOTHING, Wording
from recommender.importers.triple_files import split_files


@dataclass(frozen=True)
class Mark:
    """A file that a set has: with so many ``lines`` as published, or with these ``columns`` among others."""

    file: str
    lines: int = 0
    columns: tuple[str, ...] = ()


def _lines(**counts: int) -> tuple[Mark, ...]:
    return tuple(Mark(f"{name}.txt", lines) for name, lines in counts.items())


MARKS: Final[Mapping[str, tuple[Mark, ...]]] = {
    "codex-s": _lines(train=32_888, valid=1_827, test=1_828),
    "umls": _lines(train=5_216, valid=652, test=661),
    "lastfm-kg": (
        Mark("lastfm.train.inter", 17_351),
        Mark("lastfm.valid.inter", 1_908),
        Mark("lastfm.test.inter", 1_917),
        Mark("lastfm.kg", 15_519),
        Mark("lastfm.link", 3_847),
    ),
    "h2020": (Mark("participations.csv.gz"), Mark("programme_parts.csv.gz")),
    "h2020-names": (Mark("participations.csv.gz"), Mark("org_names.tsv.gz")),
    "miyagi": (Mark("awards.csv.gz", columns=("org", "programme", "date")),),
    "slovenia": (Mark("awards.csv.gz", columns=("org", "programme", "year", "operation")),),
    "thueringen": (Mark("awards.csv.gz", columns=("org", "measure", "year")),),
    "sbir": (Mark("phase2_awards.csv.gz"), Mark("topics.csv.gz")),
    "patents": (Mark("patents_orgs_only.csv"),),
}


def refuse_other_set(name: str, path: Path) -> None:
    """Raise ``SourceError`` where the folder ``path`` is not that of the set ``name``, with what it looks like.

    A folder that lacks a file is left to the importer, which says what it needs, unless it looks like another set.
    """
    failing = [mark for mark in MARKS[name] if not _holds(mark, path)]
    other = _looks_like(path) if failing else ""
    counted = [mark for mark in failing if mark.lines]
    complete = all((path / mark.file).is_file() for mark in failing)
    if not failing or (not other and not (counted and complete)):
        return
    reason = _miscounted(path, counted[0]) if counted and complete else NOTHING
    alike = _alike(path, other)
    raise SourceError(
        Wording(
            f"{path}: {name} 데이터가 아닙니다{reason.ko}. {alike.ko}",
            f"{path} is not {name}{reason.en}; it looks like {alike.en}",
        )
    )


def _miscounted(path: Path, mark: Mark) -> Wording:
    found = f"{_count_lines(path / mark.file):,}"
    return Wording(
        f"({mark.file}: {found}줄, 공개된 파일은 {mark.lines:,}줄)",
        f": {mark.file} has {found} lines, as published {mark.lines:,}",
    )


def _alike(path: Path, other: str) -> Wording:
    if not other:
        return Wording("알려진 어느 데이터와도 맞지 않습니다", "no set that is known")
    command = f"dure experiment import {other} {path}{' --name NAME' if other in ('recbole', 'triples') else ''}"
    return Wording(
        f"{other} 데이터로 보입니다. 다음 명령으로 가져오십시오: `{command}`", f"{other}, which `{command}` imports"
    )


def _looks_like(path: Path) -> str:
    """Return the set whose marks a folder holds, else the kind of its files; empty for neither."""
    known = next((name for name, marks in MARKS.items() if all(_holds(mark, path) for mark in marks)), "")
    if known:
        return known
    if any(path.glob("*.inter")):
        return "recbole"
    return "triples" if all(split_files(path).values()) else ""


def _holds(mark: Mark, path: Path) -> bool:
    file = path / mark.file
    if not file.is_file():
        return False
    if mark.lines:
        return _count_lines(file) == mark.lines
    return not mark.columns or set(mark.columns) <= set(_header(file))


def _count_lines(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for _ in lines)


def _header(file: Path) -> list[str]:
    try:
        with gzip.open(file, "rt", encoding="utf-8-sig") as lines:
            return lines.readline().rstrip("\r\n").split(",")
    except (OSError, EOFError, UnicodeDecodeError):
        return []
