"""Keeps what is known by columns that a file lacks: one that is absent says nothing, where an empty cell ends it.

``omitted`` names, for a row, what ``Source.gives`` has of such columns.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.model import ElementType, NodeType, RelationType
from loaders.claims import claimed_by
from stores.base import GraphStore


def is_omitted(relation: RelationType, key: str, omitted: Collection[str]) -> bool:
    """Whether a row that leaves what is ``omitted`` out says nothing of a relationship."""
    return any({*name.split()} <= {relation.type, relation.target, key} for name in omitted)


def keep_nodes(
    store: GraphStore, node: NodeType, source: str, rows: pa.Table, omitted: Sequence[frozenset[str]]
) -> pa.Table:
    """Return ``rows`` of ``source`` with what it said before of what each leaves out as ``omitted``."""
    if not _properties(node, omitted):
        return rows
    ids = rows["id"].to_pylist()
    stored = claimed_by(node, source, store.find_nodes(node, ids))
    found = {id_: at for at, id_ in enumerate(stored["id"].to_pylist())}
    return keep(node, rows, stored, [found.get(id_) for id_ in ids], omitted)


def keep(
    element: ElementType,
    rows: pa.Table,
    stored: pa.Table,
    at: Sequence[int | None],
    omitted: Sequence[frozenset[str]],
) -> pa.Table:
    """Return ``rows``, of which each is stored ``at`` a row or nowhere, with the values of what each leaves out."""
    for name in _properties(element, omitted):
        column = rows.schema.get_field_index(name)
        known = stored[name].take(pa.array(at, pa.int64()))
        lacks = pa.array([name in names for names in omitted])
        values = pc.if_else(lacks, pc.coalesce(known, rows[name]), rows[name])
        rows = rows.set_column(column, rows.schema.field(column), values)
    return rows


def _properties(element: ElementType, omitted: Sequence[frozenset[str]]) -> list[str]:
    names = frozenset().union(*{*omitted})
    return [p.name for p in element.own if p.name in names]
