"""Writes experiment folders: whole or not at all, and the same bytes from the same rows in any order."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pyarrow as pa
from pyarrow import csv

from graph_schema.errors import ConfigError
from graph_schema.system_errors import system_reason
from graph_schema.wording import Wording
from recommender.knowledge.dataset import EdgeKey
from recommender.knowledge.folder.relation_names import FILE_SAFE
from recommender.knowledge.spec import SPEC_FILE, read_spec

MARK_FILE: Final = ".written-by-dure"
"""Stands in every folder that is written here. It is no part of the data, so that hashes of data stay as they are."""

_MARK: Final = "# Made by an import or export of Dure, which may write the whole folder anew.\n"
_COMMENT_WIDTH: Final = 110
"""Columns of a comment, so that a line with its mark fits 120."""
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class ExperimentFolder:
    """What an experiment folder holds.

    ``spec`` is ``dataset.toml`` as nested mappings. ``nodes`` maps a label to a table with a column ``id``; ``edges``
    maps (source, relation, target) to a table with ``src`` and ``dst`` and, where known, ``time``, ``split``,
    ``weight``. ``comment`` opens ``dataset.toml``.
    """

    spec: Mapping[str, object]
    nodes: Mapping[str, pa.Table]
    edges: Mapping[EdgeKey, pa.Table]
    comment: str = ""


def write_folder(out: Path, folder: ExperimentFolder) -> Path:
    """Write ``folder`` at ``out``, in place of a folder that was written here before; return ``out``.

    Rows are sorted by all their columns. Raises ``ConfigError`` where ``out`` holds anything else, a label or relation
    cannot be part of a file name, a table lacks a column, the spec is not what the format asks, or the disk refuses.
    """
    _require_replaceable(out)
    files = _files(folder)
    part = out.parent / f".{out.name}.{os.getpid()}.part"
    try:
        shutil.rmtree(part, ignore_errors=True)
        for sub in ("nodes", "edges"):
            (part / sub).mkdir(parents=True)
        for name, table in files.items():
            _write_table(part / name, table)
        (part / SPEC_FILE).write_text(toml_text(folder.spec, folder.comment), encoding="utf-8", newline="\n")
        (part / MARK_FILE).write_text(_MARK + _sums(part), encoding="utf-8", newline="\n")
        read_spec(part)
        _put(part, out)
    except OSError as error:
        raise ConfigError(
            Wording(
                f"{out}: 쓸 수 없습니다({system_reason(error).ko}). 빈 공간과 쓰기 권한이 있는 폴더를 적으십시오",
                f"{out} cannot be written: {error}; name a folder with room and the right to write",
            )
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return out


def toml_text(spec: Mapping[str, object], comment: str = "") -> str:
    """Return ``spec`` as TOML: single values first, then a table for each mapping; mappings inside those are inline."""
    lines = [f"# {line}".rstrip() for line in _wrapped(comment)]
    lines += [f"{_key(name)} = {_toml(value)}" for name, value in spec.items() if not isinstance(value, Mapping)]
    for name, part in spec.items():
        if isinstance(part, Mapping):
            lines += ["", f"[{_key(name)}]", *(f"{_key(key)} = {_toml(value)}" for key, value in part.items())]
    return "\n".join(lines) + "\n"


def _wrapped(comment: str) -> list[str]:
    return [line for part in comment.splitlines() for line in textwrap.wrap(part, _COMMENT_WIDTH) or [""]]


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _toml(name)


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        # A JSON string is a TOML string but for DEL, which TOML wants escaped.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    raise ConfigError(
        Wording(
            f"{SPEC_FILE}에 적을 수 없는 값입니다: {value!r}. 글, 수, true나 false, 날짜, 목록을 쓰십시오",
            f"{value!r} cannot stand in {SPEC_FILE}; use text, numbers, true or false, dates and lists",
        )
    )


def _files(folder: ExperimentFolder) -> dict[str, pa.Table]:
    for part in {*folder.nodes, *(part for key in folder.edges for part in key)}:
        if not FILE_SAFE.fullmatch(part):
            raise ConfigError(
                Wording(
                    f"파일 이름에 쓸 수 없습니다: {part!r}. 글자와 숫자를 쓰고, 그 사이에 _나 -를 하나씩만 쓰십시오",
                    f"{part!r} cannot be part of a file name; use letters, digits and single _ or - in between",
                )
            )
    nodes = {f"nodes/{label}.csv": table for label, table in folder.nodes.items()}
    edges = {f"edges/{'__'.join(key)}.csv": table for key, table in folder.edges.items()}
    for files, needed in ((nodes, {"id"}), (edges, {"src", "dst"})):
        for name, table in files.items():
            if missing := needed - set(table.column_names):
                raise ConfigError(
                    Wording(
                        f"{name}: 없는 열: {', '.join(sorted(missing))}. 있는 열: {', '.join(table.column_names)}",
                        f"{name} has no column {', '.join(sorted(missing))}; it has {table.column_names}",
                    )
                )
    return nodes | edges


def _write_table(path: Path, table: pa.Table) -> None:
    ordered = table.sort_by([(name, "ascending") for name in table.column_names])
    try:
        csv.write_csv(ordered, path, csv.WriteOptions(quoting_style="none", quoting_header="none"))
    except pa.ArrowInvalid:
        # A value holds a comma, a quotation mark or a line break; Arrow then quotes all text, not only that value.
        csv.write_csv(ordered, path, csv.WriteOptions(quoting_style="needed", quoting_header="none"))


def _require_replaceable(out: Path) -> None:
    """Refuse a place that holds what nobody could get back: only what was written here is written over."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not (out / SPEC_FILE).is_file():
        raise ConfigError(
            Wording(
                f"{out}: 실험 폴더가 아닌 것이 이미 있어 덮어쓰지 않습니다. 다른 폴더를 적으십시오",
                f"{out} is there and is not an experiment folder, so it is not written over; name another",
            )
        )
    if not (out / MARK_FILE).is_file():
        raise ConfigError(
            Wording(
                f"{out}: import나 export가 만든 폴더가 아니어서({MARK_FILE} 없음) 덮어쓰지 않습니다. 다른 폴더를 "
                "적거나 직접 지우십시오",
                f"{out} was not made by an import or export ({MARK_FILE} is not in it), so it is not written over; "
                "name another, or delete it yourself",
            )
        )
    made = (out / MARK_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    if strange := [line.partition("  ")[2] for line in _sums(out).splitlines() if line not in made]:
        listed = ", ".join(strange[:5])
        raise ConfigError(
            Wording(
                f"{out}: import나 export가 쓰지 않았거나 그 뒤에 바뀐 파일이 있어({listed}) 덮어쓰지 않습니다. "
                "그 파일을 다른 곳으로 옮기거나 다른 폴더를 적으십시오",
                f"{out} holds what no import or export wrote, or what was changed since ({listed}), so it "
                "is not written over; move that elsewhere, or name another folder",
            )
        )


def _sums(folder: Path) -> str:
    """Lines of SHA-256 and path of every file but the mark, as ``sha256sum --check`` reads them."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MARK_FILE)
    hashes = (hashlib.sha256(path.read_bytes()).hexdigest() for path in files)
    return "".join(f"{each}  {path.relative_to(folder).as_posix()}\n" for each, path in zip(hashes, files, strict=True))


def _put(part: Path, out: Path) -> None:
    if not out.exists():
        part.rename(out)
        return
    old = part.with_suffix(".old")
    out.rename(old)
    part.rename(out)
    shutil.rmtree(old)
