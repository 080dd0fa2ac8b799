"""Gathers the records of many rows and writes them table by table, telling for each row what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import numpy.typing as npt

from graph_schema.columns import table_from_columns
from graph_schema.model import ElementType, NodeType, RelationType
from loaders.records import Record
from stores.base import BATCH_ROWS, GraphStore, Outcome, Outcomes


@dataclass
class _Table:
    """Records of one element type, with the batch position of the row that each belongs to."""

    element: ElementType
    stub: bool
    values: list[Mapping[str, object]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


@dataclass
class Batch:
    """Rows that are written together: register entries, then mentions, then relationships."""

    store: GraphStore
    loaded_at: datetime
    rows: int = 0
    _tables: dict[tuple[str, bool], _Table] = field(default_factory=dict)
    _mentions: set[tuple[str, object]] = field(default_factory=set)
    _largest: int = 0

    @property
    def full(self) -> bool:
        """Whether a table, or the number of rows, has reached the size that stores want."""
        return max(self.rows, self._largest) >= BATCH_ROWS

    def add(self, records: Iterable[Record]) -> None:
        """Take in the records of the next row."""
        for element, values, stub in records:
            if stub and self._mentioned(element, values["id"]):
                continue
            table = self._tables.get((element.name, stub))
            if table is None:
                table = self._tables[element.name, stub] = _Table(element, stub)
            table.values.append(values)
            table.rows.append(self.rows)
            self._largest = max(self._largest, len(table.rows))
        self.rows += 1

    def _mentioned(self, element: ElementType, id_: object) -> bool:
        """Whether an earlier row of this batch mentions the same node, so that this mention cannot change anything."""
        known = (element.name, id_) in self._mentions
        self._mentions.add((element.name, id_))
        return known

    def write(self) -> Outcomes:
        """Write everything and return one outcome for each row added, shape (rows,).

        A row is ``WRITTEN`` where any of its records was, ``DANGLING`` where a relationship of it had an end that is
        not in the store, else ``UNCHANGED``.
        """
        outcomes = np.full(self.rows, Outcome.UNCHANGED, dtype=np.int8)
        dangling = np.zeros(self.rows, dtype=np.bool_)
        for table in sorted(self._tables.values(), key=_writing_order):
            rows = np.asarray(table.rows)
            for start in range(0, len(rows), BATCH_ROWS):
                part = slice(start, start + BATCH_ROWS)
                result = self._upsert(table.element, table.values[part], stub=table.stub)
                outcomes[rows[part][result == Outcome.WRITTEN]] = Outcome.WRITTEN
                dangling[rows[part][result == Outcome.DANGLING]] = True
        outcomes[dangling] = Outcome.DANGLING
        return outcomes

    def _upsert(
        self, element: ElementType, values: Sequence[Mapping[str, object]], *, stub: bool
    ) -> npt.NDArray[np.int8]:
        names = {name for row in values for name in row}
        columns = {p.name: [row.get(p.name) for row in values] for p in element.stored if p.name in names}
        table = table_from_columns(element, columns, loaded_at=self.loaded_at)
        if isinstance(element, NodeType):
            return self.store.upsert_nodes(element, table, stub=stub)
        return self.store.upsert_relationships(element, table)


def _writing_order(table: _Table) -> tuple[bool, bool]:
    return isinstance(table.element, RelationType), table.stub
