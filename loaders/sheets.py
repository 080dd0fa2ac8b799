"""Lays what many rows say in columns, where it is checked and written out together, a fraction of the work by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import Final, NamedTuple, Self, cast

from graph_schema.catalog import node_type, relation_type
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


class Mentioned(NamedTuple):
    """Nodes of code tables that a cell names, by id, and the shared records that mention them."""

    ids: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()


@dataclass
class ColumnRecords:
    """What many rows say, collected in columns; to them what ``RowRecords`` is to one row.

    ``synthetic`` may be left empty where no row is. ``tables`` and ``identities`` are those of the rows' subjects,
    empty where a row that cannot be read says nothing. ``borrowed`` are the records of other sources' code tables, by
    row, ``apart`` the rows, by position, of which other rows have to be known, too.
    """

    source: str
    source_ids: Sequence[str]
    synthetic: Sequence[bool] = ()
    tables: Sequence[str] = ()
    identities: Sequence[str] = ()
    sheets: list[Sheet] = field(default_factory=list)
    borrowed: list[Sequence[Record]] = field(default_factory=list)
    apart: Mapping[int, RowRecords] = field(default_factory=dict)

    @classmethod
    def of(cls, source: str, rows: Sequence[RowRecords]) -> Self:
        """Lay out what was told row by row."""
        return cls(
            source,
            [row.source_id for row in rows],
            tables=[row.records[0].element.name if row.records else "" for row in rows],
            identities=[row.records[0].identity if row.records else "" for row in rows],
            sheets=lay_out((at, record) for at, row in enumerate(rows) for record in row.own()),
            borrowed=[row.borrowed() for row in rows],
            apart={at: row for at, row in enumerate(rows) if not row.stands_alone(source)},
        )

    def subject(self, label: str, ids: Sequence[str], **columns: Sequence[object]) -> None:
        """Add each row's own entry of a node, which the row is about."""
        self.tables = [label] * len(ids)
        self.identities = [f"{label}\x1f{id_}" for id_ in ids]
        self.borrowed = [()] * len(ids)
        self._lay(node_type(label), range(len(ids)), {"id": ids, **columns})

    def mention(self, label: str, ids: Sequence[str | None], **columns: Sequence[object]) -> None:
        """Add a node that a row only mentions, for those rows that have an id of one."""
        rows = [at for at, id_ in enumerate(ids) if id_ is not None]
        chosen = {name: [column[at] for at in rows] for name, column in {"id": ids, **columns}.items()}
        self._lay(node_type(label), rows, chosen, stub=True)

    def link(self, type_: str, label: str, ids: Sequence[Sequence[str]]) -> None:
        """Add relationships from each row's subject to any number of nodes of a label."""
        subject = self.sheets[0]
        rows = [at for at, each in enumerate(ids) for _ in each]
        starts = subject.column("id")
        ends: dict[str, Sequence[object]] = {
            "src": [starts[at] for at in rows],
            "dst": [id_ for each in ids for id_ in each],
            "key": [""] * len(rows),
        }
        self._lay(relation_type(subject.element.name, type_, label), rows, ends)

    def link_mentioned(self, type_: str, label: str, mentioned: Sequence[Mentioned]) -> None:
        """Add relationships to nodes of code tables, and their mentions."""
        self.borrowed = [(*before, *each.records) for before, each in zip(self.borrowed, mentioned, strict=True)]
        self.link(type_, label, [each.ids for each in mentioned])

    def chosen(self, positions: Sequence[int]) -> Self:
        """Return what some of the rows say, in their order; rows ``apart`` are laid out as they are by now."""
        alone, apart = [LEFT_OUT] * len(self.source_ids), {}
        for at, position in enumerate(positions):
            if position in self.apart:
                apart[at] = self.apart[position]
            else:
                alone[position] = at
        return replace(
            self,
            source_ids=[self.source_ids[position] for position in positions],
            tables=[self.tables[position] for position in positions],
            identities=[self.identities[position] for position in positions],
            borrowed=[self.borrowed[position] for position in positions],
            sheets=[
                *(sheet.renumbered(alone) for sheet in self.sheets),
                *lay_out((at, record) for at, row in apart.items() for record in row.own()),
            ],
            apart=apart,
        )

    def row(self, at: int) -> RowRecords:
        """Return what one row says."""
        found = RowRecords(self.source, self.source_ids[at])
        for sheet in self.sheets:
            for position, row in enumerate(sheet.rows):
                if row == at:
                    values = dict(zip(sheet.names, (column[position] for column in sheet.columns), strict=True))
                    found.records.append(Record(sheet.element, values, sheet.stub))
        found.records.extend(self.borrowed[at])
        return found

    def _lay(
        self, element: ElementType, rows: Sequence[int], columns: Mapping[str, Sequence[object]], *, stub: bool = False
    ) -> None:
        if not rows:
            return
        provenance: dict[str, Sequence[object]] = {
            "source": [self.source] * len(rows),
            "source_id": [self.source_ids[at] for at in rows],
            "synthetic": [self.synthetic[at] for at in rows] if self.synthetic else [False] * len(rows),
        }
        laid = {**provenance, **columns}
        self.sheets.append(Sheet(element, stub, tuple(laid), [*laid.values()], rows))


class Looked(NamedTuple):
    """What looking over rows found."""

    doubtful: set[int]
    """Positions of rows that may break the catalog."""
    written: list[str]
    """A text for each row, equal for rows that say the same. Of a row that breaks the catalog it means nothing."""


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


def look_over(records: ColumnRecords) -> Looked:
    """Check what rows say against the catalog and write it out; what code tables say was checked before."""
    written = [[record.shared for record in borrowed] for borrowed in records.borrowed]
    doubted: set[int] = set()
    for sheet in records.sheets:
        doubted.update(sheet.rows[at] for at in doubtful(sheet.element, sheet.names, sheet.columns))
        head = _BETWEEN_VALUES.join((sheet.element.name, str(sheet.stub), *sheet.names, ""))
        for at, texts in zip(sheet.rows, zip(*map(_texts, sheet.columns), strict=True), strict=True):
            written[at].append(head + _BETWEEN_VALUES.join(texts))
    return Looked(doubted, [*map(_BETWEEN_RECORDS.join, written)])


def _texts(column: Sequence[object]) -> Sequence[str]:
    """Write out a column; the catalog tells the type of its values, so that only what is absent needs a sign."""
    kinds = set(map(type, column))
    if kinds == {str}:
        return cast("Sequence[str]", column)
    if type(None) not in kinds:
        return [*map(str, column)]
    return [_ABSENT if value is None else str(value) for value in column]
