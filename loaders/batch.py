"""Gathers what many rows say and writes it table by table, telling for each row what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.columns import table_from_columns
from graph_schema.model import ElementType, NodeType, RelationType
from loaders.claims import SYNTHETIC
from loaders.omitted import keep_nodes
from loaders.records import Record
from loaders.sheets import ColumnRecords, Sheet, lay_out
from loaders.statements import Statements
from stores.base import Outcome, Outcomes

_MOST_CHARACTERS: Final = 2 << 20
"""Characters kept before a batch is written whatever its rows, so that long notices take no more memory than short
rows.
"""


@dataclass
class _Rows:
    """Rows for one table of the graph, with the batch position of the input row that each belongs to."""

    element: ElementType
    stub: bool
    parts: list[pa.Table] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)

    def table(self) -> pa.Table:
        """Return all rows."""
        return pa.concat_tables(self.parts)


@dataclass
class LoadBatch:
    """Input rows that are written together: register entries, then mentions, then relationships."""

    statements: Statements
    rows: int = 0
    characters: int = 0
    """Length of the texts of the rows added, of which some registers have thousands a row."""
    _tables: dict[tuple[str, bool], _Rows] = field(default_factory=dict)
    _mentioned: set[tuple[object, ...]] = field(default_factory=set)
    _stated_in: dict[str, list[int]] = field(default_factory=dict)
    _omitted: list[frozenset[str]] = field(default_factory=list)
    _largest: int = 0

    @property
    def full(self) -> bool:
        """Whether a table, or the number of rows, has reached the size that stores want."""
        return max(self.rows, self._largest) >= self.statements.store.batch_rows or self.characters >= _MOST_CHARACTERS

    def add(self, records: ColumnRecords, omitted: Sequence[frozenset[str]], characters: int = 0) -> None:
        """Take in what rows say, and what each leaves out as ``omitted``; their texts have so many characters."""
        self.characters += characters
        self._omitted += omitted
        for position, source_id in enumerate(records.source_ids, start=self.rows):
            self._note(source_id, position)
        for at, row in records.apart.items():
            for record in row.own():
                if record.values["source"] == row.source:
                    self._note(str(record.values["source_id"]), self.rows + at)
        for sheet in (*records.sheets, *lay_out(self._new_mentions(records.borrowed))):
            self._append(sheet)
        self.rows += len(records.source_ids)

    def _new_mentions(self, rows: Sequence[Sequence[Record]]) -> Iterator[tuple[int, Record]]:
        """Yield what rows say of code tables that no row of the load has mentioned before, with the row's position."""
        mentioned = self.statements.mentioned
        for at, borrowed in enumerate(rows):
            for record in borrowed:
                if record.shared not in mentioned:
                    mentioned.add(record.shared)
                    if (code := record.values.get("code")) and record.values["name"] == code:
                        self.statements.unnamed_codes[str(code)] = None
                    yield at, record

    def _append(self, sheet: Sheet) -> None:
        if sheet.stub:
            named = zip(sheet.column("id"), sheet.column(SYNTHETIC), strict=True)
            sheet = sheet.chosen([self._is_first_mention(sheet.element, *each) for each in named])
        if not sheet.rows:
            return
        element, stub = sheet.element, sheet.stub
        table = self._tables.setdefault((element.name, stub), _Rows(element, stub))
        if not stub and isinstance(element, NodeType):
            self.statements.own(element, sheet.column("id"))
        columns = dict(zip(sheet.names, sheet.columns, strict=True))
        table.parts.append(table_from_columns(element, columns, loaded_at=self.statements.loaded_at))
        table.positions += [self.rows + at for at in sheet.rows]
        self._largest = max(self._largest, len(table.positions))

    def _note(self, source_id: str, position: int) -> None:
        positions = self._stated_in.setdefault(source_id, [])
        if not positions or positions[-1] != position:
            positions.append(position)

    def _is_first_mention(self, element: ElementType, id_: object, synthetic: object) -> bool:
        """Whether no earlier row of this batch, as real or made up as this one, mentioned a node."""
        mention = element.name, id_, synthetic
        if mention in self._mentioned:
            return False
        self._mentioned.add(mention)
        return True

    def write(self) -> Outcomes:
        """Write everything and return one outcome for each row added, shape (rows,).

        A row is ``WRITTEN`` where any of its records was or a fact that it has dropped was closed, ``DANGLING`` where a
        relationship of it had an end that is not in the store, else ``UNCHANGED``.
        """
        outcomes = np.full(self.rows, Outcome.UNCHANGED, dtype=np.int8)
        dangling = np.zeros(self.rows, dtype=np.bool_)
        tables = {key: self._whole(rows) for key, rows in self._tables.items()}
        stated = {
            rows.element: tables[key] for key, rows in self._tables.items() if isinstance(rows.element, RelationType)
        }
        for source_id in self.statements.reconcile(self._omitted_by(), stated):
            outcomes[self._stated_in[source_id]] = Outcome.WRITTEN
        entering, changed = np.zeros(self.rows, np.bool_), outcomes == Outcome.WRITTEN
        for key, rows in sorted(self._tables.items(), key=lambda item: _writing_order(item[1])):
            table = stated[rows.element] if isinstance(rows.element, RelationType) else tables[key]
            positions = np.asarray(rows.positions)
            unmarked = [SYNTHETIC in self._omitted[at] for at in rows.positions]
            result = np.concatenate(
                [
                    self.statements.upsert(rows.element, table[part], stub=rows.stub, unmarked=unmarked[part])
                    for part in _parts(len(table), self.statements.store.batch_rows)
                ]
            )
            written = result == Outcome.WRITTEN
            outcomes[positions[written]] = Outcome.WRITTEN
            if isinstance(rows.element, RelationType):
                kept = written & (entering & ~changed)[positions]
                self.statements.hands.note_drawn(rows.element, table.filter(pa.array(kept)))
            elif not rows.stub:
                entering[positions] = True
                changed[positions[_of_the_same(table["id"], written)]] = True
            dangling[positions[result == Outcome.DANGLING]] = True
        outcomes[dangling] = Outcome.DANGLING
        return outcomes

    def _whole(self, rows: _Rows) -> pa.Table:
        """Return all rows for a table, those of nodes with what is stored of what their input rows leave out."""
        table = rows.table()
        if rows.stub or not isinstance(rows.element, NodeType) or not self.statements.stores(rows.element):
            return table
        omitted = [self._omitted[at] for at in rows.positions]
        return keep_nodes(self.statements.store, rows.element, self.statements.source, table, omitted)

    def _omitted_by(self) -> dict[str, frozenset[str]]:
        """Return what is left out by all rows of each id."""
        return {
            source_id: frozenset.intersection(*(self._omitted[at] for at in positions))
            for source_id, positions in self._stated_in.items()
        }


def _of_the_same(ids: pa.ChunkedArray, written: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Tell which rows have the id of one that was written: of several with one id only the first is."""
    found: npt.NDArray[np.bool_] = pc.is_in(ids, value_set=ids.filter(pa.array(written)).combine_chunks()).to_numpy()
    return found


def _parts(rows: int, size: int) -> Iterator[slice]:
    """Cut a table of so many rows into equal parts of about the size that the store wants, without a small rest."""
    bounds = np.linspace(0, rows, max(1, round(rows / size)) + 1).astype(int).tolist()
    return (slice(*ends) for ends in pairwise(bounds))


def _writing_order(rows: _Rows) -> tuple[bool, bool]:
    return isinstance(rows.element, RelationType), rows.stub
