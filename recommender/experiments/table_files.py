"""CSV files of an experiment folder as tables of text; rows that cannot be used are told, the rest is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from pyarrow import csv

from graph_schema.errors import SourceError

LINE: Final = "\0line"
"""Column that is added to what is read; no header can hold its name."""
_TOO_FEW: Final = "write a comma for every field, empty ones too"


@dataclass(frozen=True)
class BadRow:
    """A row that was left out.

    ``line`` counts rows from 1, the header being 1: blank lines do not count, and a value of several lines is in one.
    """

    file: str
    line: int
    field: str
    value: str
    reason: str
    remedy: str


def read_table_file(path: Path, needed: Sequence[str], bad: list[BadRow]) -> pa.Table:
    """Read all columns as text, and the line of each row; rows with too many or too few fields go to ``bad``."""
    skipped: list[int] = []

    def skip(row: csv.InvalidRow) -> str:
        skipped.append(row.number)
        reason = f"{row.actual_columns} fields where the header has {row.expected_columns}"
        remedy = "quote commas inside values" if row.actual_columns > row.expected_columns else _TOO_FEW
        bad.append(BadRow(short_name(path), row.number, "row", str(row.text)[:200], reason, remedy))
        return "skip"

    data = _utf8(path)
    try:
        with pa.BufferReader(data) as file:
            # Rows that are refused are refused here too, so that a bad row at the top leaves the header readable.
            quietly = csv.ParseOptions(newlines_in_values=True, invalid_row_handler=lambda _: "skip")
            reader = csv.open_csv(file, csv.ReadOptions(use_threads=False), quietly)
            names = reader.schema.names
        _refuse_header(path, [name.strip() for name in names], needed)
        table = csv.read_csv(
            pa.BufferReader(data),
            read_options=csv.ReadOptions(use_threads=False),
            parse_options=csv.ParseOptions(newlines_in_values=True, invalid_row_handler=skip),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, null_values=[]
            ),
        )
    except pa.ArrowInvalid as error:
        raise SourceError(f"{path} cannot be read as CSV in UTF-8: {error}") from error
    table = table.rename_columns([name.strip() for name in table.column_names])
    lines = np.setdiff1d(np.arange(2, table.num_rows + len(skipped) + 2), np.array(skipped, dtype=np.int64))
    return table.append_column(LINE, pa.array(lines[: table.num_rows]))


def _utf8(path: Path) -> bytes:
    """Return what a file holds, once it is known to be UTF-8: Arrow fails on other text in ways nobody could read."""
    try:
        data = path.read_bytes()
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{path} cannot be read as CSV in UTF-8: line {line} is in another encoding, such as CP949 or UTF-16; "
            "save the file as UTF-8 (in Excel: CSV UTF-8)"
        ) from None
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error}; name a file that you may read") from error
    return data


def _refuse_header(path: Path, names: Sequence[str], needed: Sequence[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SourceError(f"{path} has column {', '.join(twice)} more than once; give each column a name of its own")
    missing = [name for name in needed if name not in names]
    if missing:
        raise SourceError(
            f"{path} has no column {', '.join(missing)}; it has {', '.join(names)}; "
            "rename the one that is meant, or add it"
        )


def short_name(path: Path) -> str:
    """Return the name of a file as quarantine lists and notes call it, such as ``nodes/User.csv``."""
    return f"{path.parent.name}/{path.name}"
