"""Closes what a register no longer says: facts that a row has dropped, and all that is known of rows that vanished.

Nothing is deleted: ``valid_to`` becomes the day before the load, the last on which a fact may still have held. What
takes the place of a closed fact, or comes back, holds from the day of the load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.catalog import RELATION_TYPES, element_type
from graph_schema.model import ElementType, NodeType, RelationType
from loaders.claims import Claims, claimed_by
from loaders.fields import KOREA
from loaders.hand_edits import HandEdits
from loaders.omitted import is_omitted, keep
from loaders.sheets import ColumnRecords
from stores.base import GraphStore, Outcomes

_KEYS = ("src", "dst", "key")
_PLACED: Final = "LOCATED_IN"
"""A relationship with a place: what has moved is no longer where else it was, though no column tells of that."""
Key = tuple[object, ...]


class _Fact(NamedTuple):
    """A relationship: its row in a table, the input row that states it, and when it holds."""

    row: int
    source_id: str
    begins: date | None
    ends: date | None


@dataclass
class Statements:
    """What the rows of one load state, beside what the store holds of the same rows.

    With ``whole`` the load, begun at ``loaded_at`` (UTC), reads all that the source says, so that what none of its rows
    names has vanished.
    """

    store: GraphStore
    source: str
    loaded_at: datetime
    whole: bool = False
    closed: int = 0
    mentioned: set[str] = field(default_factory=set)
    """Identities of what code tables say and an earlier row of the load has mentioned already."""
    unnamed_codes: dict[str, None] = field(default_factory=dict)
    """Codes of which the code tables have no name."""
    claims: Claims = field(init=False)
    hands: HandEdits = field(init=False)
    _relations: tuple[RelationType, ...] = ()
    _labels: frozenset[str] = frozenset()
    _named: set[str] = field(default_factory=set)
    _owned: set[NodeType] = field(default_factory=set)
    _entered: set[object] = field(default_factory=set)
    """Ids of the nodes that rows of a whole load have entered."""
    _omitted: frozenset[str] | None = None
    """What all rows that were read leave out; None where none was."""
    _written: dict[str, set[tuple[str, bool]]] = field(default_factory=dict)
    """Sources of what the load wrote to each table, and whether it was made up."""

    def __post_init__(self) -> None:
        self.claims = Claims(self.store)
        self.hands = HandEdits(self.store)

    @property
    def day(self) -> date:
        """Day of the load in Korea."""
        return self.loaded_at.astimezone(KOREA).date()

    def begin_file(self) -> None:
        """Note which tables hold anything: rows of one file differ, so that only earlier files can be meant."""
        stored = self.store.counts()
        self._relations = tuple(relation for relation in RELATION_TYPES if relation.name in stored.relationships)
        self._labels = frozenset(stored.nodes)

    def stores(self, element: ElementType) -> bool:
        """Whether the store held nodes of a label, or relationships of a relation, when the file was begun."""
        return element.name in self._labels or element in self._relations

    def upsert(
        self, element: ElementType, rows: pa.Table, *, stub: bool = False, unmarked: Sequence[bool] = ()
    ) -> Outcomes:
        """Write what sources say beside what others do, see ``Claims``, and note what of people's edits is lost."""
        with self.hands.watched(stored=self.stores(element)):
            return self._write(element, rows, stub=stub, unmarked=unmarked)

    def _write(
        self, element: ElementType, rows: pa.Table, *, stub: bool = False, unmarked: Sequence[bool] = ()
    ) -> Outcomes:
        written = self._written.setdefault(element.name, set())
        pairs = rows.group_by(["source", "synthetic"]).aggregate([])
        written |= {*zip(*(pairs[name].to_pylist() for name in ("source", "synthetic")), strict=True)}
        if len(written) == 1 and not self.stores(element):
            return self.claims.write(element, rows, stub=stub)
        return self.claims.upsert(element, rows, stub=stub, unmarked=unmarked)

    def name(self, rows: ColumnRecords) -> None:
        """Note that the source still has these rows, whether or not they can be loaded."""
        if self.whole:
            self._named |= {*rows.source_ids, *(str(id_) for sheet in rows.sheets for id_ in sheet.column("source_id"))}

    def name_known(self, rows: pa.Table) -> None:
        """Note rows that were recognised unread: the label of their subject, and their id."""
        self._named |= set(rows["source_id"].to_pylist())
        subjects = map(element_type, rows["label"].unique().to_pylist())
        self._owned |= {subject for subject in subjects if isinstance(subject, NodeType)}

    def own(self, node: NodeType, ids: Iterable[object]) -> None:
        """Note that rows of this source enter these nodes, rather than only mention them."""
        self._owned.add(node)
        if self.whole:
            self._entered.update(ids)

    def reconcile(self, omitted: Mapping[str, frozenset[str]], stated: dict[RelationType, pa.Table]) -> set[str]:
        """Close what rows stated before and ``stated`` lacks, but for what each, by its id, leaves out as ``omitted``.

        What is stated again or anew is dated in ``stated``, see the module, and keeps what is left out of it. Returns
        the rows that dropped something.
        """
        dropped: set[str] = set()
        moved: set[str] = set()
        for names in {*omitted.values()}:
            self._omitted = names if self._omitted is None else self._omitted & names
        for relation in self._relations:
            ids = sorted(omitted)
            stored = claimed_by(relation, self.source, self.store.stated(relation, self.source, ids))
            stored = stored.filter(pc.is_in(stored["source_id"], pa.array(ids, pa.string())))
            if not stored.num_rows:
                continue
            facts = self._facts(stored)
            restated = self._facts(stated[relation]) if relation in stated else {}
            moot = moved if relation.type == _PLACED else set()
            over = [
                fact
                for key, fact in facts.items()
                if fact.ends is None
                and key not in restated
                and (fact.source_id in moot or not is_omitted(relation, str(key[-1]), omitted[fact.source_id]))
            ]
            self._close(relation, stored.take(pa.array([fact.row for fact in over], pa.int64())))
            closing = {fact.source_id for fact in over}
            if relation.type == _PLACED:
                moved |= closing
            if restated:
                begins = {
                    fact.row: self._begin(facts.get(key), replaces=fact.source_id in closing)
                    for key, fact in restated.items()
                    if not (fact.begins or fact.ends)
                }
                at = {fact.row: facts[key].row for key, fact in restated.items() if key in facts}
                rows = _beginning(stated[relation], begins)
                named = [omitted.get(source_id, frozenset()) for source_id in rows["source_id"].to_pylist()]
                stated[relation] = keep(relation, rows, stored, [*map(at.get, range(len(rows)))], named)
            dropped |= closing
        return dropped

    def close_vanished(self) -> None:
        """Close everything of this source that no row of a whole load named."""
        if not self.whole:
            return
        for node in self._owned:
            self._close_unnamed(node, self.store.read_nodes(node))
        self.begin_file()
        for relation in self._relations:
            self._close_unnamed(relation, self.store.read_relationships(relation))

    def _facts(self, rows: pa.Table) -> dict[Key, _Fact]:
        """Return the relationships among ``rows`` that this source states, by their keys."""
        names = (*_KEYS, "source_id", "valid_from", "valid_to")
        ours = pc.equal(rows["source"], self.source).to_pylist()
        columns = (rows[name].to_pylist() for name in names)
        return {tuple(row[:3]): _Fact(at, *row[3:]) for at, row in enumerate(zip(*columns, strict=True)) if ours[at]}

    def _begin(self, fact: _Fact | None, *, replaces: bool) -> date | None:
        """Return the day from which what is stated holds, beside the ``fact`` that is stored of it."""
        if fact is None:
            return self.day if replaces else None
        return fact.begins if fact.ends is None else self.day

    def _close_unnamed(self, element: ElementType, batches: Iterable[pa.RecordBatch]) -> None:
        named = pa.array(self._named, pa.string())
        # All is read before anything is written, so that no store reads what it is changing.
        vanished = [rows for rows in map(self._unnamed(element, named), batches) if rows.num_rows]
        for rows in vanished:
            self._close(element, rows if isinstance(element, NodeType) else self._without_omitted(element, rows))

    def _without_omitted(self, relation: RelationType, rows: pa.Table) -> pa.Table:
        """Leave out what no row of the load speaks of, from a node that the load names under other ids of rows.

        An edition of fewer columns may number its rows in another way.
        """
        known = zip(rows["src"].to_pylist(), rows["key"].to_pylist(), strict=True)
        omitted = self._omitted or ()
        kept = [start in self._entered and is_omitted(relation, key, omitted) for start, key in known]
        return rows.filter(pc.invert(pa.array(kept, pa.bool_())))

    def _unnamed(self, element: ElementType, named: pa.Array) -> Callable[[pa.RecordBatch], pa.Table]:
        def select(batch: pa.RecordBatch) -> pa.Table:
            rows = claimed_by(element, self.source, pa.Table.from_batches([batch]))
            return rows.filter(pc.and_not(pc.is_null(rows["valid_to"]), pc.is_in(rows["source_id"], value_set=named)))

        return select

    def _close(self, element: ElementType, rows: pa.Table) -> None:
        if not rows.num_rows:
            return
        last = self.day - timedelta(days=1)
        # What was stated and taken back on one day would begin after its end.
        begins = pc.min_element_wise(rows["valid_from"], pa.scalar(last, rows["valid_from"].type), skip_nulls=False)
        changed = {"valid_from": begins, "valid_to": last, "loaded_at": self.loaded_at}
        for name, value in changed.items():
            at = rows.schema.get_field_index(name)
            column = value if name == "valid_from" else pa.repeat(pa.scalar(value, rows.schema.types[at]), len(rows))
            rows = rows.set_column(at, rows.schema.field(at), column)
        self._write(element, rows)  # with what people changed, so nothing of it is lost
        self.closed += rows.num_rows


def _beginning(table: pa.Table, days: Mapping[int, date | None]) -> pa.Table:
    """Return ``table`` with the first day of some of its rows set."""
    at = table.schema.get_field_index("valid_from")
    column = table.column(at).to_pylist()
    for row, day in days.items():
        column[row] = day
    return table.set_column(at, table.schema.field(at), pa.array(column, table.schema.types[at]))
