"""CSV files of an experiment folder as tables of text; rows that cannot be used are told, the rest is kept."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from graph_schema.errors import SourceError
from graph_schema.system_errors import system_reason
from graph_schema.wording import Wording
from recommender.knowledge.dataset import BadRow
from recommender.knowledge.folder.csv_rows import CsvRows, find_rows
from recommender.knowledge.spec import composed

LINE: Final = "\0line"
"""Column that is added to what is read; no header can hold its name."""
_TOO_FEW: Final = Wording("빈 칸에도 쉼표를 적으십시오", "write a comma for every field, empty ones too")
_TOO_MANY: Final = Wording("값 안의 쉼표는 따옴표로 묶으십시오", "quote commas inside values")
_CLOSE: Final = Wording("따옴표를 두 번 적거나 칸 전체를 따옴표로 묶으십시오", "double it, or quote the whole cell")
_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n")
_BLOCK: Final = 1 << 20
"""Bytes that are read at a time; a row that is longer than that asks for more."""


def read_table_file(path: Path, needed: Sequence[str], bad: list[BadRow], notes: list[Wording]) -> pa.Table:
    """Read all columns as text, and the line of each row; rows with too many or too few fields go to ``bad``.

    Columns without a name and without values, as spreadsheets leave them, are dropped with a note.

    Raises ``SourceError`` for a file that is no CSV in UTF-8, that ends within a quotation, or whose header does not
    give each of the columns, those ``needed`` among them, a name of its own.
    """
    data = _utf8(path).removeprefix(codecs.BOM_UTF8)
    rows = find_rows(data)
    _refuse_file(path, rows)
    skipped: list[int] = []

    def skip(row: csv.InvalidRow) -> str:
        skipped.append(row.number - 1)
        bad.append(_wrong_length(path, int(rows.lines[skipped[-1]]), row))
        return "skip"

    try:
        names = _header(data, rows)
        _refuse_header(path, [name.strip() for name in names], needed)
        table = csv.read_csv(
            pa.BufferReader(data),
            read_options=csv.ReadOptions(use_threads=False, block_size=max(_BLOCK, rows.longest)),
            parse_options=csv.ParseOptions(newlines_in_values=True, invalid_row_handler=skip),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, null_values=[]
            ),
        )
    except pa.ArrowInvalid as error:
        raise SourceError(
            Wording(f"{path}: UTF-8 CSV로 읽을 수 없습니다({error})", f"{path} cannot be read as CSV in UTF-8: {error}")
        ) from error
    table = _without_empty_columns(path, table.rename_columns([name.strip() for name in table.column_names]), notes)
    kept = np.setdiff1d(np.arange(1, len(rows.lines)), np.array(skipped, dtype=np.int64))
    return table.append_column(LINE, pa.array(rows.lines[kept]))


def swallowed(text: str) -> tuple[Wording, Wording] | None:
    """Return reason and remedy where a row or value that cannot be used spans lines, else None."""
    lines = len(_LINE_BREAK.findall(text)) + 1
    if lines == 1:
        return None
    reason = Wording(
        f"닫히지 않은 따옴표가 {lines}줄을 삼킴", f"a quotation mark that is not closed swallowed {lines} lines"
    )
    return reason, _CLOSE


def _wrong_length(path: Path, line: int, row: csv.InvalidRow) -> BadRow:
    text = str(row.text)
    reason = Wording(
        f"칸이 {row.actual_columns}개, 머리글은 {row.expected_columns}개",
        f"{row.actual_columns} fields where the header has {row.expected_columns}",
    )
    remedy = _TOO_MANY if row.actual_columns > row.expected_columns else _TOO_FEW
    return BadRow(short_name(path), line, "row", text[:200], *(swallowed(text) or (reason, remedy)))


def _utf8(path: Path) -> bytes:
    """Return what a file holds, once it is known to be UTF-8: Arrow fails on other text in ways nobody could read."""
    try:
        data = path.read_bytes()
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            Wording(
                f"{path}: UTF-8 CSV로 읽을 수 없습니다. {line}번째 줄이 CP949나 UTF-16 같은 다른 인코딩입니다. UTF-8로 "
                "저장하십시오(엑셀에서는 CSV UTF-8)",
                f"{path} cannot be read as CSV in UTF-8: line {line} is in another encoding, such as CP949 or UTF-16; "
                "save the file as UTF-8 (in Excel: CSV UTF-8)",
            )
        ) from None
    except OSError as error:
        raise SourceError(
            Wording(
                f"{path}: 읽을 수 없습니다({system_reason(error).ko}). 읽을 권한이 있는 파일을 적으십시오",
                f"{path} cannot be read: {error}; name a file that you may read",
            )
        ) from error
    return data


def _refuse_file(path: Path, rows: CsvRows) -> None:
    if not len(rows.starts):
        raise SourceError(
            Wording(
                f"{path}: 비어 있는 파일입니다. 첫 줄에 열 이름을 적으십시오",
                f"{path} is empty; its first line must name the columns",
            )
        )
    if rows.open_line is not None:
        raise SourceError(
            Wording(
                f"{path}: {rows.open_line}번째 줄에서 연 따옴표가 끝까지 닫히지 않습니다. {_CLOSE.ko}",
                f"{path}: the quotation mark that opens on line {rows.open_line} is never closed; {_CLOSE.en}",
            )
        )


def _header(data: bytes, rows: CsvRows) -> list[str]:
    """Names as Arrow reads them; a row at the top that cannot be used does not keep it from that."""
    header = data[rows.starts[0] : rows.starts[1] if len(rows.starts) > 1 else None]
    parse = csv.ParseOptions(newlines_in_values=True)
    return list(csv.read_csv(pa.BufferReader(header), parse_options=parse).column_names)


def _without_empty_columns(path: Path, table: pa.Table, notes: list[Wording]) -> pa.Table:
    unnamed = [at for at, name in enumerate(table.column_names) if not name]
    filled = [at for at in unnamed if pc.any(pc.not_equal(pc.utf8_trim_whitespace(table.column(at)), "")).as_py()]
    if len(filled) > 1:
        columns = ", ".join(str(at + 1) for at in filled)
        raise SourceError(
            Wording(
                f"{path}: 이름이 없는 열에 값이 있습니다({columns}번째 열). 열마다 다른 이름을 적거나 열을 지우십시오",
                f"{path} has values in columns {columns}, which have no name; "
                "give each a name of its own, or delete it",
            )
        )
    empty = sorted(set(unnamed) - set(filled))
    if empty:
        notes.append(
            Wording(
                f"{short_name(path)}: 이름도 값도 없는 열 {len(empty)}개를 뺐습니다",
                f"{short_name(path)}: {len(empty)} columns without name and values were left aside",
            )
        )
    return table.select([at for at in range(table.num_columns) if at not in empty])


def _refuse_header(path: Path, names: Sequence[str], needed: Sequence[str]) -> None:
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise SourceError(
            Wording(
                f"{path}: 이름이 같은 열이 있습니다: {', '.join(twice)}. 열마다 다른 이름을 적으십시오",
                f"{path} has column {', '.join(twice)} more than once; give each column a name of its own",
            )
        )
    missing = [name for name in needed if name not in names]
    if missing:
        raise SourceError(
            Wording(
                f"{path}: 없는 열: {', '.join(missing)}. 있는 열: {', '.join(names)}. "
                "뜻이 같은 열의 이름을 바꾸거나 열을 더하십시오",
                f"{path} has no column {', '.join(missing)}; it has {', '.join(names)}; "
                "rename the one that is meant, or add it",
            )
        )


def short_name(path: Path) -> str:
    """Return the name of a file as quarantine lists and notes call it, such as ``nodes/User.csv``, letters composed."""
    return f"{path.parent.name}/{composed(path.name)}"


def table_files(folder: Path) -> list[Path]:
    """Return the CSV files of a folder by name; raises ``SourceError`` where two names differ in encoding alone."""
    paths = sorted(folder.glob("*.csv"), key=short_name)
    for one, other in pairwise(paths):
        if short_name(one) == short_name(other):
            raise SourceError(
                Wording(
                    f"{folder}: 이름이 같은 파일이 둘 있습니다: {composed(one.name)}. 하나의 이름을 바꾸십시오",
                    f"{folder} holds two files that are both called {composed(one.name)}; rename one",
                )
            )
    return paths
