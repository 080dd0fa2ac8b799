"""Reads delimited public files as Arrow tables of text, and says what to do where one is absent or not as published."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from graph_schema.errors import SourceError
from graph_schema.wording import Wording

_LONGEST_ROW: Final = 1 << 24
"""Bytes: an abstract may be long, and one row must fit one block."""


def read_table(path: Path, columns: Sequence[str], *, delimiter: str = ",", header: bool = True) -> pa.Table:
    """Read ``columns`` as non-null text; with ``header=False`` they name the columns of the file, in order.

    ``.gz`` is unpacked. Raises ``SourceError`` where the file is absent, unreadable, or lacks a column.
    """
    if not path.is_file():
        raise SourceError(
            Wording(
                f"{path}: 파일이 없습니다. 공개된 이름 그대로 파일을 둔 폴더를 적으십시오",
                f"{path} is not there; give the folder that holds it, under the name it is published by",
            )
        )
    try:
        table = csv.read_csv(
            path,
            read_options=csv.ReadOptions(
                use_threads=False, block_size=_LONGEST_ROW, column_names=None if header else list(columns)
            ),
            parse_options=csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=header, quote_char=_quote(header=header)
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.string()),
                include_columns=list(columns),
                strings_can_be_null=False,
                null_values=[],
            ),
        )
    except (KeyError, OSError, pa.ArrowException) as error:
        raise SourceError(
            Wording(
                f"{path}: UTF-8 표로 읽을 수 없습니다({error}). 있어야 할 열: {', '.join(columns)}. "
                "공개된 그대로 다시 받으십시오",
                f"{path} cannot be read as a table in UTF-8 with the columns {', '.join(columns)}: {error}; "
                "fetch it again, as it is published",
            )
        ) from error
    return table.combine_chunks()


def require_values(path: Path, table: pa.Table, columns: Sequence[str]) -> None:
    """Raise ``SourceError`` where one of ``columns`` is empty in some row, with the number of rows."""
    for name in columns:
        empty = pc.sum(pc.equal(table.column(name), "")).as_py()
        if empty:
            raise SourceError(
                Wording(
                    f"{path}: {table.num_rows}행 가운데 {empty}행에 {name} 값이 없습니다. 파일을 다시 받으십시오",
                    f"{path}: {name} is empty in {empty} of {table.num_rows} rows; fetch the file again",
                )
            )


def _quote(*, header: bool) -> str | bool:
    # Triple files have neither header nor quoting, and a name may hold a quotation mark.
    return '"' if header else False
