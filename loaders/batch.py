"""Gathers the records of many rows and writes them table by table, telling for each row what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from graph_schema.columns import table_from_columns
from graph_schema.model import ElementType, NodeType, RelationType
from loaders.records import Record, RowRecords
from loaders.statements import Statements
from stores.base import Outcome, Outcomes

_MOST_CHARACTERS: Final = 3 << 20
"""Characters kept before a batch is written whatever its rows, so that long notices take no more memory than short
rows.
"""


@dataclass
class _Table:
    """Records of one element type, with the batch position of the row that each belongs to."""

    element: ElementType
    stub: bool
    values: list[Any] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


@dataclass
class WriteBatch:
    """Rows that are written together: register entries, then mentions, then relationships."""

    statements: Statements
    rows: int = 0
    characters: int = 0
    """Length of the texts of the rows added, of which some registers have thousands a row."""
    _tables: dict[tuple[str, bool], _Table] = field(default_factory=dict)
    _mentions: set[object] = field(default_factory=set)
    _stated_in: dict[str, list[int]] = field(default_factory=dict)
    _largest: int = 0

    @property
    def full(self) -> bool:
        """Whether a table, or the number of rows, has reached the size that stores want."""
        return max(self.rows, self._largest) >= self.statements.store.batch_rows or self.characters >= _MOST_CHARACTERS

    def add(self, row: RowRecords, characters: int = 0) -> None:
        """Take in the records of the next row, whose texts have so many characters."""
        self.characters += characters
        self._note(row.source_id)
        for record in row.records:
            element, values, stub, shared = record
            if values["source"] == row.source:
                if values["source_id"] != row.source_id:
                    self._note(str(values["source_id"]))
            elif shared and self._heard(shared):
                continue
            if stub and self._heard((element.name, values["id"])):
                continue
            self._append(record)
        self.rows += 1

    def _append(self, record: Record) -> None:
        element, values, stub, shared = record
        table = self._tables.get((element.name, stub))
        if table is None:
            table = self._tables[element.name, stub] = _Table(element, stub)
            if not stub and isinstance(element, NodeType):
                self.statements.own(element)
        # Statements date relationships in place, and a shared record is that of several rows.
        table.values.append(dict(values) if shared else values)
        table.rows.append(self.rows)
        self._largest = max(self._largest, len(table.rows))

    def _note(self, source_id: str) -> None:
        rows = self._stated_in.get(source_id)
        if rows is None:
            self._stated_in[source_id] = [self.rows]
        elif rows[-1] != self.rows:
            rows.append(self.rows)

    def _heard(self, mention: object) -> bool:
        """Whether an earlier row of this batch said the same of a thing, so that saying it again changes nothing."""
        if mention in self._mentions:
            return True
        self._mentions.add(mention)
        return False

    def write(self) -> Outcomes:
        """Write everything and return one outcome for each row added, shape (rows,).

        A row is ``WRITTEN`` where any of its records was or a fact that it has dropped was closed, ``DANGLING`` where a
        relationship of it had an end that is not in the store, else ``UNCHANGED``.
        """
        outcomes = np.full(self.rows, Outcome.UNCHANGED, dtype=np.int8)
        size = self.statements.store.batch_rows
        dangling = np.zeros(self.rows, dtype=np.bool_)
        said = {
            table.element: table.values for table in self._tables.values() if isinstance(table.element, RelationType)
        }
        for source_id in self.statements.reconcile(self._stated_in, said):
            outcomes[self._stated_in[source_id]] = Outcome.WRITTEN
        for table in sorted(self._tables.values(), key=_writing_order):
            rows = np.asarray(table.rows)
            for start in range(0, len(rows), size):
                part = slice(start, start + size)
                result = self._upsert(table.element, table.values[part], stub=table.stub)
                outcomes[rows[part][result == Outcome.WRITTEN]] = Outcome.WRITTEN
                dangling[rows[part][result == Outcome.DANGLING]] = True
        outcomes[dangling] = Outcome.DANGLING
        return outcomes

    def _upsert(
        self, element: ElementType, values: Sequence[Mapping[str, object]], *, stub: bool
    ) -> npt.NDArray[np.int8]:
        columns = _columns(element, values)
        table = table_from_columns(element, columns, loaded_at=self.statements.loaded_at)
        if isinstance(element, NodeType):
            return self.statements.store.upsert_nodes(element, table, stub=stub)
        return self.statements.store.upsert_relationships(element, table)


def _columns(element: ElementType, values: Sequence[Mapping[str, object]]) -> dict[str, Sequence[object]]:
    """Turn records into columns; nearly always all of an element have the same names in the same order."""
    names = {tuple(row) for row in values}
    if len(names) == 1:
        return dict(zip(*names, zip(*(row.values() for row in values), strict=True), strict=True))
    said = {name for each in names for name in each}
    return {p.name: [row.get(p.name) for row in values] for p in element.stored if p.name in said}


def _writing_order(table: _Table) -> tuple[bool, bool]:
    return isinstance(table.element, RelationType), table.stub
