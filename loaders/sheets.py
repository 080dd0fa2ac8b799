"""Lays what many rows say in columns, where it is checked and written out together, a fraction of the work by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, cast

from graph_schema.model import ElementType
from graph_schema.validation import doubtful
from loaders.records import RowRecords

_BETWEEN_VALUES: Final = "\x1f"
_BETWEEN_RECORDS: Final = "\x1d"
_ABSENT: Final = "\0"
"""Valid texts hold none of these three signs."""


class Looked(NamedTuple):
    """What looking over rows found: positions of rows that may break the catalog, and all that each row says."""

    doubtful: set[int]
    written: list[str]
    """A text for each row, equal for rows that say the same. Of a row that breaks the catalog it means nothing."""


@dataclass
class _Sheet:
    """Records of one element with the same names, and the position of the row that each belongs to."""

    element: ElementType
    records: list[Mapping[str, object]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def look_over(rows: Sequence[RowRecords]) -> Looked:
    """Check the records of many rows against the catalog and write them out; shared ones were checked before."""
    sheets: dict[tuple[str, bool, tuple[str, ...]], _Sheet] = {}
    written: list[list[str]] = [[] for _ in rows]
    for at, row in enumerate(rows):
        for element, values, stub, shared in row.records:
            if shared:
                written[at].append(shared)
                continue
            key = (element.name, stub, (*values,))
            sheet = sheets.get(key)
            if sheet is None:
                sheet = sheets[key] = _Sheet(element)
            sheet.records.append(values)
            sheet.rows.append(at)
    doubted: set[int] = set()
    # In one order whatever row came first, so that a row gives the same text in any company.
    for key, sheet in sorted(sheets.items(), key=lambda item: item[0]):
        name, stub, names = key
        columns = [*zip(*(values.values() for values in sheet.records), strict=True)]
        doubted.update(sheet.rows[at] for at in doubtful(sheet.element, names, columns))
        head = _BETWEEN_VALUES.join((name, str(stub), *names, ""))
        for at, texts in zip(sheet.rows, zip(*map(_texts, columns), strict=True), strict=True):
            written[at].append(head + _BETWEEN_VALUES.join(texts))
    return Looked(doubted, [*map(_BETWEEN_RECORDS.join, written)])


def _texts(column: tuple[object, ...]) -> Sequence[str]:
    """Write out a column; the catalog tells the type of its values, so that only what is absent needs a sign."""
    if set(map(type, column)) == {str}:
        return cast("tuple[str, ...]", column)
    return [_ABSENT if value is None else str(value) for value in column]
