"""Columns of a node file, each with the kind that its values show: number, date, category or text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse

from recommender.measure.arrays import Indices

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?")
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_SEPARATORS: Final = ("|", ";")
_MAX_CATEGORIES: Final = 2_000
"""Distinct values past which a column of words holds names or texts and no categories."""
_LONG_WORDS: Final = 4.0
"""Values of more words than this on average are text, however often they repeat."""


@dataclass(frozen=True)
class NumberColumn:
    """Numbers, NaN where empty; shape (nodes,)."""

    name: str
    values: npt.NDArray[np.float64]

    def take(self, rows: Indices) -> NumberColumn:
        """Return some of the nodes."""
        return NumberColumn(self.name, self.values[rows])


@dataclass(frozen=True)
class DateColumn:
    """Days or moments, NaT where empty; shape (nodes,), datetime64[s]."""

    name: str
    values: npt.NDArray[np.datetime64]

    def take(self, rows: Indices) -> DateColumn:
        """Return some of the nodes."""
        return DateColumn(self.name, self.values[rows])


@dataclass(frozen=True)
class CategoryColumn:
    """One or more of a limited set of values a node: ``members`` has shape (nodes, categories), 0 or 1."""

    name: str
    categories: tuple[str, ...]
    members: sparse.csr_array

    def take(self, rows: Indices) -> CategoryColumn:
        """Return some of the nodes."""
        return CategoryColumn(self.name, self.categories, self.members[rows])


@dataclass(frozen=True)
class TextColumn:
    """Text in any language, empty where there is none."""

    name: str
    values: tuple[str, ...]

    def take(self, rows: Indices) -> TextColumn:
        """Return some of the nodes."""
        return TextColumn(self.name, tuple(self.values[row] for row in rows.tolist()))


Column = NumberColumn | DateColumn | CategoryColumn | TextColumn
Given = str | float | bool
"""What a filter of ``dataset.toml`` asks of a cell."""


def read_column(name: str, values: Sequence[str]) -> Column | None:
    """Return the column of the kind that all its values have; None where all are empty."""
    cells = pa.array(values, pa.string()).dictionary_encode()
    plain = [value.strip() for value in cells.dictionary.to_pylist()]
    filled = [value for value in plain if value]
    if not filled:
        return None
    codes = cells.indices.to_numpy()
    if all(_DAY.fullmatch(value) for value in filled):
        return DateColumn(name, parse_times(plain)[0][codes])
    if all(_NUMBER.fullmatch(value) for value in filled):
        return NumberColumn(name, np.array([float(value) if value else np.nan for value in plain])[codes])
    return _category(name, plain, codes) or TextColumn(name, tuple(plain[code] for code in codes.tolist()))


def equal_cells(values: Sequence[str], wanted: Given) -> npt.NDArray[np.bool_]:
    """Which cells say what ``dataset.toml`` asks for, shape (n,).

    White space around a cell does not count. Numbers are compared as numbers, to the last digit; ``true`` and
    ``false`` stand for 1 and 0 too, in capital or small letters.
    """
    if isinstance(wanted, str):
        text = wanted.strip()
        return np.array([text in (cell, cell.lower()) for cell in map(str.strip, values)], dtype=bool)
    word = str(wanted).lower() if isinstance(wanted, bool) else None
    number = Decimal(wanted) if isinstance(wanted, int) else Decimal(str(wanted))
    same = {each: each.strip().lower() == word or _number(each.strip()) == number for each in set(values)}
    return np.array([same[each] for each in values], dtype=bool)


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if _NUMBER.fullmatch(cell) else None


def parse_times(values: Sequence[str]) -> tuple[npt.NDArray[np.datetime64], npt.NDArray[np.bool_]]:
    """Read ISO days and moments, NaT where empty; returns datetime64[s] and what could not be read, both (n,).

    A moment with an offset is taken at its UTC value.
    """
    import pandas as pd

    text = pd.Series(list(values), dtype="string").str.strip()
    empty = (text == "").to_numpy(dtype=bool)
    shaped = text.str.fullmatch(_DAY).to_numpy(dtype=bool)
    moments = pd.to_datetime(text.where(shaped), errors="coerce", format="ISO8601", utc=True)
    times = moments.dt.tz_localize(None).to_numpy().astype("datetime64[s]")
    return times, np.isnat(times) & ~empty


def _category(name: str, plain: Sequence[str], codes: Indices) -> CategoryColumn | None:
    """Return the column of the different values ``plain`` and the place of each node's among them, if it is one."""
    parts = _parts(plain)
    categories = sorted({part for each in parts for part in each})
    if not categories:  # nothing but separators
        return None
    words = float(np.mean([value.count(" ") + 1 for value in categories]))
    n_filled = int(np.count_nonzero(np.array([bool(value) for value in plain])[codes]))
    if len(categories) > min(_MAX_CATEGORIES, max(10, n_filled // 4)) or words > _LONG_WORDS:
        return None
    place = {category: at for at, category in enumerate(categories)}
    rows = np.repeat(np.arange(len(plain)), [len(each) for each in parts])
    columns = np.array([place[part] for each in parts for part in each], dtype=np.int64)
    shape = len(plain), len(categories)
    different = sparse.coo_array((np.ones(len(rows), np.float32), (rows, columns)), shape=shape).tocsr()
    different.data[:] = 1.0
    return CategoryColumn(name, tuple(categories), sparse.csr_array(different[codes]))


def _parts(plain: Sequence[str]) -> list[list[str]]:
    """Parts of each value: several where a separator stands in many and splitting leaves few different ones."""
    whole = len(set(filter(None, plain)))
    for separator in _SEPARATORS:
        split = [[part.strip() for part in value.split(separator) if part.strip()] for value in plain]
        if any(separator in value for value in plain) and len({part for each in split for part in each}) < whole:
            return split
    return [[value] if value else [] for value in plain]
