"""Reads a graph with one node for one organisation: what ``SAME_AS`` joins is read as the node that stays.

Nothing is changed in the store, where each register's own node stands as the register has it, so that a load finds what
it wrote and a decision can be taken back. Only decisions that hold (``valid_to`` is null) join.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from graph_schema.catalog import IDENTITY_TYPES
from graph_schema.columns import arrow_schema
from graph_schema.model import NodeType, RelationType
from stores.base import GraphReader

_KEYS: Final = ("src", "dst", "key")


class OneNode:
    """What ``store`` holds, read with one node for one organisation.

    ``kept`` maps, by label, the id of each node that is read as another one to that one's id.
    """

    def __init__(self, store: GraphReader) -> None:
        self._store = store
        self.kept = {relation.source: _kept(_open_pairs(store, relation)) for relation in IDENTITY_TYPES}

    def read_nodes(self, node: NodeType) -> Iterator[pa.RecordBatch]:
        """Stream nodes by id; one that stays has what the joined ones know beside it."""
        kept = self.kept.get(node.label, {})
        if not kept:
            yield from self._store.read_nodes(node)
            return
        touched = pa.array({*kept, *kept.values()}, pa.string())
        rows = [row for batch in self._store.read_nodes(node) for row in _those(batch, touched).to_pylist()]
        made = _united(node, rows, kept)
        for batch in self._store.read_nodes(node):
            yield _replaced(batch, made, touched)

    def read_relationships(self, relation: RelationType) -> Iterator[pa.RecordBatch]:
        """Stream relationships by (src, dst, key), their ends moved to the nodes that stay, each once.

        Of several that become one, one that still holds is kept before one that was closed. What would join a node
        with itself is left out.
        """
        ends = {"src": self.kept.get(relation.source, {}), "dst": self.kept.get(relation.target, {})}
        if not any(ends.values()):
            yield from self._store.read_relationships(relation)
            return
        read = self._store.read_relationships(relation)
        rows = pa.Table.from_batches(read, arrow_schema(relation.stored))
        moved = pa.array(np.zeros(rows.num_rows, np.bool_))
        for name, kept in ends.items():
            rows, changed = _moved(rows, name, kept)
            moved = pc.or_(moved, changed)
        if relation.source == relation.target:
            rows, moved = _apart(rows, moved, turn=relation.symmetric)
        yield from _each_once(rows, moved).to_batches()


def _open_pairs(store: GraphReader, relation: RelationType) -> list[tuple[str, str]]:
    """Return (member, kept) of the decisions that hold."""
    pairs: list[tuple[str, str]] = []
    for batch in store.read_relationships(relation):
        held = batch.filter(pc.is_null(batch["valid_to"]))
        pairs += zip(held["src"].to_pylist(), held["dst"].to_pylist(), strict=True)
    return pairs


def preference(id_: str) -> tuple[int, int, str]:
    """Rank ids by which node stays where nothing else decides: a number, a name with its place, the shortest name."""
    return (0 if id_.startswith("brn:") else 1 if "@" in id_ else 2), len(id_), id_


def _kept(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Map each member to the node that stays: of all that are joined, one that no decision lets go, if there is one."""
    ids = sorted({id_ for pair in pairs for id_ in pair})
    at = {id_: number for number, id_ in enumerate(ids)}
    let_go = {member for member, _ in pairs}
    kept: dict[str, str] = {}
    for group in groups_of([(at[member], at[stays]) for member, stays in pairs], len(ids)):
        named = [ids[number] for number in group]
        stays = min(named, key=lambda id_: (id_ in let_go, preference(id_)))
        kept |= dict.fromkeys(named, stays)
        del kept[stays]
    return kept


def groups_of(pairs: Iterable[tuple[int, int]], count: int) -> list[list[int]]:
    """Return the members of each group of two or more that ``pairs`` of 0 … count - 1 hold together."""
    ends = np.array(list(pairs), np.int64).reshape(-1, 2)
    _, labels = connected_components(coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count)))
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number in np.unique(ends).tolist():
        groups[int(labels[number])].append(number)
    return [group for group in groups.values() if len(group) > 1]


def _those(batch: pa.RecordBatch, ids: pa.Array) -> pa.RecordBatch:
    return batch.filter(pc.is_in(batch["id"], value_set=ids))


def _united(node: NodeType, rows: list[dict[str, Any]], kept: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Make, by id, the rows of the nodes that stay; what they do not know comes from the joined ones, by their ids."""
    made = {row["id"]: dict(row) for row in rows if row["id"] not in kept}
    for row in rows:
        if row["id"] not in kept:
            continue
        stays = made[kept[row["id"]]]
        stays |= {p.name: row[p.name] for p in node.own if not p.derived and stays[p.name] is None}
        if row["valid_to"] is None:
            stays["valid_to"] = None
    return made


def _replaced(batch: pa.RecordBatch, made: Mapping[str, dict[str, Any]], touched: pa.Array) -> pa.RecordBatch:
    """Put the rows of ``made`` into their places, and leave out all others that are touched."""
    inside = pc.is_in(batch["id"], value_set=touched)
    if not pc.any(inside).as_py():
        return batch
    new = [made[id_] for id_ in batch.filter(inside)["id"].to_pylist() if id_ in made]
    parts = [batch.filter(pc.invert(inside)), pa.RecordBatch.from_pylist(new, batch.schema)]
    table = pa.Table.from_batches(parts).sort_by("id")
    return table.combine_chunks().to_batches()[0] if table.num_rows else batch.slice(0, 0)


def _moved(rows: pa.Table, name: str, kept: Mapping[str, str]) -> tuple[pa.Table, pa.ChunkedArray]:
    """Return the rows with that end moved, and which were."""
    places = pc.index_in(rows[name], value_set=pa.array(kept, pa.string()))
    new = pc.take(pa.array(kept.values(), pa.string()), places)
    at = rows.schema.get_field_index(name)
    return rows.set_column(at, rows.schema.field(at), pc.coalesce(new, rows[name])), pc.is_valid(places)


def _apart(rows: pa.Table, moved: pa.ChunkedArray, *, turn: bool) -> tuple[pa.Table, pa.ChunkedArray]:
    """Leave out what joins a node with itself; with ``turn`` the lesser id comes first where an end was moved."""
    stays = pc.invert(pc.and_(moved, pc.equal(rows["src"], rows["dst"])))
    rows, moved = rows.filter(stays), pc.filter(moved, stays)
    if turn:
        wrong = pc.and_(moved, pc.greater(rows["src"], rows["dst"]))
        ends = {"src": pc.if_else(wrong, rows["dst"], rows["src"]), "dst": pc.if_else(wrong, rows["src"], rows["dst"])}
        for name, column in ends.items():
            at = rows.schema.get_field_index(name)
            rows = rows.set_column(at, rows.schema.field(at), column)
    return rows, moved


def _each_once(rows: pa.Table, moved: pa.ChunkedArray) -> pa.Table:
    closed = pc.is_valid(rows["valid_to"])
    order = rows.select(_KEYS).append_column("closed", closed).append_column("moved", moved)
    sorted_by = [(name, "ascending") for name in (*_KEYS, "closed", "moved")]
    rows = rows.take(pc.sort_indices(order, sort_keys=sorted_by))
    fresh = np.zeros(rows.num_rows, np.bool_)
    fresh[:1] = True
    for name in _KEYS:
        column = rows[name].combine_chunks()
        fresh[1:] |= pc.not_equal(column[1:], column[:-1]).to_numpy(zero_copy_only=False)
    return rows.filter(pa.array(fresh)).combine_chunks()
