"""Rows of a list as offices keep it: CSV with commas, semicolons or tabs, in UTF-8 or CP949; faulty rows are told."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from graph_schema.errors import SourceError
from graph_schema.long_cells import long_cells
from graph_schema.system_errors import system_reason
from graph_schema.wording import Wording
from recommender.knowledge.dataset import BadRow

_ENCODINGS: Final = ("utf-8-sig", "cp949")
_DELIMITERS: Final = ",;\t"
_DAYS: Final = (
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
    re.compile(r"(\d{4})(\d{2})"),
    re.compile(r"(\d{4})\s*(?:년도?)?"),
    re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[.월]?"),
    re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?(?:[T ]\s*\d{1,2}:\d{2}.*)?"),
)
"""Days, months and years, the first day of which counts; a time of day is left aside."""
_YEARS: Final = range(1900, 2101)
_SEPARATED: Final = Wording(
    "값 안의 구분 기호는 따옴표로 묶고, 빈 칸에도 구분 기호를 적으십시오",
    "quote separators inside values, and write one for every field",
)


@dataclass(frozen=True)
class ListRow:
    """A row by its header; ``line`` is the line of the file on which it ends, from 1."""

    line: int
    values: dict[str, str]


class ListReader:
    """``columns`` of a list; iterating gives its rows, and puts those of another length than the header in ``bad``.

    Raises ``SourceError`` for a file that is absent, empty, in another encoding, or whose header is no header.
    """

    def __init__(self, path: Path, bad: list[BadRow]) -> None:
        self._path, self._bad = path, bad
        text = _decoded(path)
        head = text.splitlines()[0] if text.strip() else ""
        delimiter = max(_DELIMITERS, key=head.count)
        self._lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        self.columns = [" ".join(name.split()) for name in self._next() or ()]
        _refuse_header(path, self.columns)

    def __iter__(self) -> Iterator[ListRow]:
        """Give each row once, cells without the white space around them; empty lines are none."""
        try:
            while (cells := self._next()) is not None:
                values = [" ".join(cell.split()) for cell in cells]
                if len(values) == len(self.columns):
                    yield ListRow(self._lines.line_num, dict(zip(self.columns, values, strict=True)))
                elif any(values):
                    reason = Wording(
                        f"칸이 {len(values)}개, 머리글은 {len(self.columns)}개",
                        f"{len(values)} fields where the header has {len(self.columns)}",
                    )
                    row = ", ".join(values)[:200]
                    self._bad.append(BadRow(self._path.name, self._lines.line_num, "row", row, reason, _SEPARATED))
        except csv.Error as error:
            raise SourceError(
                Wording(
                    f"{self._path} {self._lines.line_num}번째 줄: {error}. 따옴표가 닫히지 않은 듯합니다. 따옴표를 "
                    "두 번 적거나 칸 전체를 따옴표로 묶으십시오",
                    f"{self._path}, line {self._lines.line_num}: {error}; a quotation mark is probably not closed, "
                    "double it, or quote the whole cell",
                )
            ) from error

    def _next(self) -> list[str] | None:
        """Cells of the next record, none of an empty line; None at the end."""
        with long_cells():
            return next(self._lines, None)


def read_day(text: str) -> date | None:
    """Return the day that a cell names in one of the usual forms, the first of a month or year; None where none."""
    for form in _DAYS:
        if match := form.fullmatch(text):
            year, month, day = (*map(int, match.groups()), 1, 1)[:3]
            try:
                return date(year, month, day) if year in _YEARS else None
            except ValueError:
                return None
    return None


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(
            Wording(
                f"{path}: 읽을 수 없습니다({system_reason(error).ko}). 읽을 권한이 있는 CSV 파일을 적으십시오",
                f"{path} cannot be read: {error.strerror}; name a CSV file that you may read",
            )
        ) from error
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceError(
        Wording(
            f"{path}: UTF-8도 CP949도 아닌 글입니다. CSV(UTF-8)로 저장하십시오. 엑셀에서도 할 수 있습니다",
            f"{path} is neither UTF-8 nor CP949 text; save it as CSV (UTF-8), also from Excel",
        )
    )


def _refuse_header(path: Path, columns: Sequence[str]) -> None:
    if not any(columns):
        raise SourceError(
            Wording(
                f"{path}: 비어 있는 파일입니다. 첫 줄에 열 이름을 적으십시오",
                f"{path} is empty; its first line must name the columns",
            )
        )
    if twice := sorted({name for name in columns if name and columns.count(name) > 1}):
        raise SourceError(
            Wording(
                f"{path}: 이름이 같은 열이 있습니다: {', '.join(twice)}. 열마다 다른 이름을 적으십시오",
                f"{path} has column {', '.join(twice)} more than once; give each column a name of its own",
            )
        )
