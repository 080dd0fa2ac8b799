"""Lays what many rows say in columns, where it is checked and written out together, a fraction of the work by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Final, NamedTuple, Self, cast

from graph_schema.model import ElementType
from graph_schema.validation import doubtful
from loaders.records import Record, RowRecords

_BETWEEN_VALUES: Final = "\x1f"
_BETWEEN_RECORDS: Final = "\x1d"
_ABSENT: Final = "\0"
"""Valid texts hold none of these three signs."""
LEFT_OUT: Final = -1
"""In place of a row's new position, where its records are not wanted."""


class Sheet(NamedTuple):
    """Records of one element with the same names, as columns, and the position of the row that each belongs to."""

    element: ElementType
    stub: bool
    names: tuple[str, ...]
    columns: Sequence[Sequence[object]]
    rows: Sequence[int]

    def column(self, name: str) -> Sequence[object]:
        """Return the values of one name."""
        return self.columns[self.names.index(name)]

    def chosen(self, mask: Sequence[bool]) -> Self:
        """Return the sheet with only those records for which ``mask`` is true."""
        if all(mask):
            return self
        columns = [[*compress(column, mask)] for column in self.columns]
        return self._replace(columns=columns, rows=[*compress(self.rows, mask)])

    def renumbered(self, positions: Sequence[int]) -> Self:
        """Return the sheet with each row at its new position, without the records of rows that are ``LEFT_OUT``."""
        rows = [positions[row] for row in self.rows]
        return self._replace(rows=rows).chosen([row != LEFT_OUT for row in rows])


class Looked(NamedTuple):
    """What looking over rows found."""

    doubtful: set[int]
    """Positions of rows that may break the catalog."""
    written: list[str]
    """A text for each row, equal for rows that say the same. Of a row that breaks the catalog it means nothing."""
    sheets: list[Sheet]
    """All that the rows say of their own."""


def lay_out(records: Iterable[tuple[int, Record]]) -> list[Sheet]:
    """Lay out records, each with the position of its row; sheets come in one order whatever row came first."""
    groups: dict[tuple[str, bool, tuple[str, ...]], tuple[ElementType, list[Mapping[str, object]], list[int]]] = {}
    for at, (element, values, stub, _) in records:
        key = (element.name, stub, (*values,))
        group = groups.get(key)
        if group is None:
            group = groups[key] = (element, [], [])
        group[1].append(values)
        group[2].append(at)
    sheets = []
    for (_, stub, names), (element, entries, rows) in sorted(groups.items(), key=lambda item: item[0]):
        columns = [*zip(*(values.values() for values in entries), strict=True)]
        sheets.append(Sheet(element, stub, names, columns, rows))
    return sheets


def look_over(rows: Sequence[RowRecords]) -> Looked:
    """Check the records of many rows against the catalog and write them out; shared ones were checked before."""
    written = [[record.shared for record in row.records if record.shared] for row in rows]
    sheets = lay_out((at, record) for at, row in enumerate(rows) for record in row.own())
    doubted: set[int] = set()
    for sheet in sheets:
        doubted.update(sheet.rows[at] for at in doubtful(sheet.element, sheet.names, sheet.columns))
        head = _BETWEEN_VALUES.join((sheet.element.name, str(sheet.stub), *sheet.names, ""))
        for at, texts in zip(sheet.rows, zip(*map(_texts, sheet.columns), strict=True), strict=True):
            written[at].append(head + _BETWEEN_VALUES.join(texts))
    return Looked(doubted, [*map(_BETWEEN_RECORDS.join, written)], sheets)


def _texts(column: Sequence[object]) -> Sequence[str]:
    """Write out a column; the catalog tells the type of its values, so that only what is absent needs a sign."""
    if set(map(type, column)) == {str}:
        return cast("Sequence[str]", column)
    return [_ABSENT if value is None else str(value) for value in column]
