"""Cuts the text of a CSV file into records, each by itself, whatever stands in the others."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Final, NamedTuple

from graph_schema.errors import Fault
from graph_schema.long_cells import LONGEST_CELL, long_cells
from graph_schema.wording import Wording

if TYPE_CHECKING:
    from _csv import Dialect

_ALWAYS_ALLOWED: Final = 131_072
"""The csv module's own bound: cells of a shorter record need no other, for which readers would wait in turn."""
_MOST_LINES = 2_000
"""A cell of more lines than this is one whose quote was never closed."""
_UNFINISHED = "unexpected end of data"
_QUOTES: Final = Wording(
    "줄을 칸마다 나누어 적으십시오. 칸 안의 따옴표는 두 번 적습니다",
    "write the line cell by cell; a quote inside a cell is written twice",
)
_OPEN_QUOTE: Final = Fault("", "", Wording("닫히지 않은 따옴표가 있습니다", "a quote is not closed"), _QUOTES)


class TableRecord(NamedTuple):
    """One record of a table: the number of its line, and its cells."""

    number: int
    cells: Sequence[str]
    fault: Fault | None = None
    """What is wrong with the quotes of a line, whose cells are then a guess."""
    line: str = ""
    """The line as it stands, where it has a fault."""


def csv_records(lines: Iterable[str], delimiter: str) -> Iterator[TableRecord]:
    """Cut a text into records, each by itself, so that a quote that is not closed spoils its own line alone."""
    # Made once, since it takes as long as cutting a line.
    dialect = csv.reader((), delimiter=delimiter, strict=True).dialect
    source, waiting = iter(lines), deque[str]()
    number, width = 0, 0
    while True:
        line = waiting.popleft() if waiting else next(source, None)
        if line is None:
            return
        number += 1
        if '"' in line or len(line) > LONGEST_CELL:
            taken, cells, fault = _one_record(line, source, waiting, dialect)
        else:
            bare = line.rstrip("\r\n")
            taken, cells, fault = [line], bare.split(delimiter) if bare else [], None
        if len(taken) > 1 and width and len(cells) != width and not fault:
            fault = _OPEN_QUOTE
        if fault:
            waiting.extendleft(reversed(taken[1:]))
            bare = line.rstrip("\r\n")
            yield TableRecord(number, bare.split(delimiter), fault, bare)
            continue
        width = width or len(cells)
        yield TableRecord(number, cells)


def _one_record(
    line: str, source: Iterator[str], waiting: deque[str], dialect: Dialect
) -> tuple[list[str], list[str], Fault | None]:
    """Return the lines that a record takes, its cells, and what is wrong with its quotes."""
    taken = [line]
    while True:
        if len(taken) == 1 or '"' in taken[-1]:
            try:
                return taken, _cells("".join(taken), dialect), None
            except csv.Error as error:
                if _UNFINISHED not in str(error):
                    odd = Wording(
                        "따옴표가 놓일 수 없는 자리에 있습니다",
                        f"a quote stands where none belongs ({error})",
                    )
                    return taken, [], Fault("", "", odd, _QUOTES)
        more = waiting.popleft() if waiting else next(source, None)
        if more is not None:
            taken.append(more)
        if more is None or len(taken) > _MOST_LINES:
            return taken, [], _OPEN_QUOTE


def _cells(record: str, dialect: Dialect) -> list[str]:
    with nullcontext() if len(record) <= _ALWAYS_ALLOWED else long_cells():
        return next(csv.reader([record], dialect), [])
