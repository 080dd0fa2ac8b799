"""Where the rows of a CSV file begin, by byte and by line, and whether its last quotation is closed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

_QUOTED: Final = re.compile(rb'(?:\A|(?<=[,\r\n]))"[^"]*(?:""[^"]*)*("?)')
"""A quotation is opened at the start of a field alone, as Arrow reads it; group 1 is empty where it is never closed."""
_RETURN: Final = 13
"""Carriage return."""
_NEWLINE: Final = 10
"""Line feed."""


@dataclass(frozen=True)
class CsvRows:
    """Rows of a file, the header among them; lines that are empty are none.

    ``starts`` and ``lines`` have shape (rows,): the first byte of each row and the line that it begins on, from 1.
    ``longest`` is in bytes; ``open_line`` is the line of a quotation mark that is never closed.
    """

    starts: npt.NDArray[np.int64]
    lines: npt.NDArray[np.int64]
    longest: int
    open_line: int | None


def find_rows(data: bytes) -> CsvRows:
    """Return the rows of a CSV file without a mark at its start, however its lines end."""
    characters = np.frombuffer(data, dtype=np.uint8)
    starts = _line_starts(characters)
    quoted = list(_QUOTED.finditer(data))
    inside = _is_inside(starts, np.array([match.span() for match in quoted], dtype=np.int64).reshape(-1, 2))
    empty = np.isin(characters[starts], (_RETURN, _NEWLINE))
    places = np.flatnonzero(~inside & ~empty)
    open_line = None
    if quoted and not quoted[-1][1]:
        open_line = int(np.searchsorted(starts, quoted[-1].start(), side="right"))
    longest = int(np.diff(starts[places], append=len(data)).max(initial=0))
    return CsvRows(starts[places], places + 1, longest, open_line)


def _line_starts(characters: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """First byte of each line, those within quotations too."""
    ends = characters == _NEWLINE
    ends[:-1] |= (characters[:-1] == _RETURN) & (characters[1:] != _NEWLINE)
    starts = np.concatenate(([0], np.flatnonzero(ends) + 1))
    return starts[starts < len(characters)]


def _is_inside(starts: npt.NDArray[np.int64], spans: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which of ``starts`` lie within one of the ``spans``, (spans, 2), that are in order."""
    before = np.searchsorted(spans[:, 0], starts, side="left") - 1
    return (before >= 0) & (starts < np.append(spans[:, 1], 0)[before])
