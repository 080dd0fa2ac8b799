"""Shortest simple paths in the embedded store, hop by hop in SQL and bounded at hubs."""

# ruff: noqa: S608 - table and column names come from the catalog alone; values travel as parameters

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb
import pyarrow as pa

from graph_schema.catalog import RELATION_TYPES
from graph_schema.model import NodeRef, RelationType
from stores.base import GraphPath, Relationship
from stores.tables import quoted

_MAX_PARTIAL: Final = 5_000
"""Unfinished paths that are kept for each length: more would cost time and change the first answers hardly ever."""

_MAX_EDGES: Final = 200_000
"""Relationships that one hop reads at most."""

ReadRelationships = Callable[[RelationType, Sequence[int]], Mapping[int, Relationship]]
"""Reads stored relationships of a relation by their row numbers."""


@dataclass(frozen=True, slots=True)
class _Edge:
    relation: int
    row: int
    near: NodeRef
    far: NodeRef


@dataclass(frozen=True, slots=True)
class _Partial:
    nodes: tuple[NodeRef, ...]
    edges: tuple[_Edge, ...]

    def extended(self, edge: _Edge) -> _Partial:
        return _Partial((*self.nodes, edge.far), (*self.edges, edge))


class PathSearch:
    """Finds paths between two nodes, as seen by one open transaction; none leads to a node that is ``avoided``."""

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, read: ReadRelationships, avoided: frozenset[NodeRef] = frozenset()
    ) -> None:
        self._cursor = cursor
        self._read = read
        self._avoided = avoided

    def find(self, source: NodeRef, target: NodeRef, *, max_hops: int, limit: int) -> list[GraphPath]:
        """Return at most ``limit`` paths of at most ``max_hops`` relationships, shortest first.

        The nodes near the target are collected first, so that the walk from the source enters only what leads there.
        """
        if source == target or max_hops < 1 or limit < 1:
            return []
        distances = self._distances(target, max_hops // 2)
        found: list[_Partial] = []
        for length in range(1, max_hops + 1):
            found += self._of_length(source, target, length, distances)[: limit - len(found)]
            if len(found) >= limit:
                break
        return self._complete(found)

    def _distances(self, target: NodeRef, depth: int) -> list[set[NodeRef]]:
        """Nodes within 0, 1, … ``depth`` hops of the target."""
        within = [{target}]
        frontier = {target}
        for _ in range(depth):
            frontier = {edge.far for edge in self._edges(frontier, None)} - within[-1]
            within.append(within[-1] | frontier)
        return within

    def _of_length(
        self, source: NodeRef, target: NodeRef, length: int, distances: Sequence[set[NodeRef]]
    ) -> list[_Partial]:
        partials = [_Partial((source,), ())]
        for left in range(length - 1, -1, -1):
            goals = distances[left] if left < len(distances) else None
            leaving: dict[NodeRef, list[_Edge]] = defaultdict(list)
            for edge in self._edges({partial.nodes[-1] for partial in partials}, goals):
                leaving[edge.near].append(edge)
            partials = list(_extensions(partials, leaving, target if left else None))
            if not partials:
                break
        return partials

    def _edges(self, near: set[NodeRef], far: set[NodeRef] | None) -> Iterator[_Edge]:
        """Relationships between a node of ``near`` and any node, or one of ``far``, in either direction."""
        self._cursor.register("near", _node_table(near))
        near_labels = {ref.label for ref in near}
        far_labels = None if far is None else {ref.label for ref in far}
        if far is not None:
            self._cursor.register("far", _node_table(far))
        parts = [
            _part(number, relation, ends, bounded=far is not None)
            for number, relation in enumerate(RELATION_TYPES)
            for ends in (
                ("src", relation.source, "dst", relation.target),
                ("dst", relation.target, "src", relation.source),
            )
            if ends[1] in near_labels and (far_labels is None or ends[3] in far_labels)
        ]
        if not parts:
            return
        rows = self._cursor.execute(f"{' UNION ALL '.join(parts)} LIMIT {_MAX_EDGES}").fetchall()
        for number, row, near_label, near_id, far_label, far_id in rows:
            edge = _Edge(number, row, NodeRef(near_label, near_id), NodeRef(far_label, far_id))
            if edge.far not in self._avoided:
                yield edge

    def _complete(self, found: Sequence[_Partial]) -> list[GraphPath]:
        rows: dict[int, set[int]] = defaultdict(set)
        for edge in (edge for partial in found for edge in partial.edges):
            rows[edge.relation].add(edge.row)
        known = {number: self._read(RELATION_TYPES[number], sorted(of)) for number, of in rows.items()}
        return [
            GraphPath(partial.nodes, tuple(known[edge.relation][edge.row] for edge in partial.edges))
            for partial in found
        ]


def _extensions(
    partials: Iterable[_Partial], leaving: Mapping[NodeRef, Sequence[_Edge]], barred: NodeRef | None
) -> Iterator[_Partial]:
    """Extend each path by each edge that keeps it simple and does not reach the target too early."""
    kept = 0
    for partial in partials:
        for edge in leaving.get(partial.nodes[-1], ()):
            if edge.far == barred or edge.far in partial.nodes:
                continue
            yield partial.extended(edge)
            kept += 1
            if kept >= _MAX_PARTIAL:
                return


def _part(number: int, relation: RelationType, ends: tuple[str, str, str, str], *, bounded: bool) -> str:
    near, near_label, far, far_label = ends
    condition = f"{near} IN (SELECT id FROM near WHERE label = '{near_label}')"
    if bounded:
        condition += f" AND {far} IN (SELECT id FROM far WHERE label = '{far_label}')"
    return (
        f"SELECT {number}, rowid, '{near_label}', {near}, '{far_label}', {far} "
        f"FROM {quoted(relation.name)} WHERE {condition}"
    )


def _node_table(refs: set[NodeRef]) -> pa.Table:
    ordered = sorted(refs)
    return pa.table({"label": [ref.label for ref in ordered], "id": [ref.id for ref in ordered]})
