"""A snapshot as a network: adjacency arrays for path search, networkx for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph_schema.catalog import NODE_TYPES, RELATION_TYPES
from graph_schema.model import HUB_SHARE, NodeRef
from recommender.measure.arrays import Days, Flags, Indices
from recommender.snapshot.dated_facts import BORN_ON, DatedFacts, day_column
from recommender.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    import networkx as nx

_TREES: Final = {"Industry": 20, "TechField": 10, "Region": 0}
"""Code trees, and how much more specific their nodes are than those of the others: a trade tells more than a place."""
_MOST_SPECIFIC: Final = 99
"""Deeper than any tree of codes: what has no depth is most specific."""
_LABELS: Final = tuple(node.label for node in NODE_TYPES)


@dataclass(frozen=True)
class Incident:
    """Relationships that touch one or several nodes, each seen from its near end; all of shape (edges,).

    ``relation``: position in ``RELATION_TYPES``; ``row``: position in the relation's table; ``outgoing``: whether it
    starts at the near end; ``begins``: its day, NaT where it has none.
    """

    near: Indices
    far: Indices
    relation: Indices
    row: Indices
    outgoing: Flags
    begins: Days

    def __len__(self) -> int:
        return len(self.far)

    def where(self, keep: npt.NDArray[np.bool_] | Indices) -> Incident:
        """Return some of them, by mask or position."""
        near, far, relation, row = (column[keep] for column in (self.near, self.far, self.relation, self.row))
        return Incident(near, far, relation, row, self.outgoing[keep], self.begins[keep])


class Network:
    """All nodes of a snapshot under one numbering, with compressed rows of both directions' relationships.

    Nodes are numbered label by label in the catalog's order, within a label as in the snapshot. Without ``private``
    relationships that are a company's own dealings are left out.
    """

    def __init__(self, facts: DatedFacts, *, private: bool = True) -> None:
        self.facts = facts
        self._private = private
        self.snapshot: Snapshot = facts.snapshot
        sizes = [len(self.snapshot.vocabulary(label)) for label in _LABELS]
        self._starts = dict(zip(_LABELS, np.concatenate([[0], np.cumsum(sizes)[:-1]]).tolist(), strict=True))
        self.size = int(sum(sizes))
        self._firsts = np.array([self._starts[label] for label in _LABELS])
        self._build()

    def _build(self) -> None:
        parts = [self._ends(position) for position, _ in enumerate(RELATION_TYPES)]
        source, target, relation, row, begins, ends = (
            np.concatenate([part[i] for part in parts]) for i in range(len(parts[0]))
        )
        near = np.concatenate([source, target])
        order = np.argsort(near, kind="stable")
        self._indptr = np.concatenate([[0], np.cumsum(np.bincount(near, minlength=self.size))])
        twice = np.concatenate([np.arange(len(source))] * 2)[order]
        self._far = np.concatenate([target, source])[order].astype(np.int32)
        self._outgoing = (np.arange(len(near)) < len(source))[order]
        self._relation = relation[twice].astype(np.int16)
        self._row = row[twice].astype(np.int32)
        self._begins, self._ends_on = begins[twice], ends[twice]

    def _ends(self, position: int) -> tuple[npt.NDArray[np.generic], ...]:
        """Both ends, relation, row, first and last day of the relationships of a relation."""
        relation = RELATION_TYPES[position]
        edges = self.snapshot.edges(relation)
        kept = np.flatnonzero((edges.src >= 0) & (edges.dst >= 0) & (self._private or not relation.private))
        never = np.full(len(kept), np.datetime64("NaT"), dtype="datetime64[D]")
        period = self.facts.period(relation)
        begins, ends = (never, never) if period is None else (period[0][kept], period[1][kept])
        return (
            edges.src[kept] + self._starts[relation.source],
            edges.dst[kept] + self._starts[relation.target],
            np.full(len(kept), position),
            kept,
            begins,
            ends,
        )

    def find(self, ref: NodeRef) -> int:
        """Return the number of a node; raises ``NotFoundError`` where it is not in the snapshot."""
        return self.snapshot.find(ref) + int(self._starts[ref.label])

    def numbers(self, label: str, positions: Indices) -> Indices:
        """Return the numbers of the nodes at positions of a label."""
        return np.asarray(positions + int(self._starts[label]), dtype=np.int64)

    def ref(self, number: int) -> NodeRef:
        """Return the address of a node."""
        label = _LABELS[int(np.searchsorted(self._firsts, number, side="right")) - 1]
        # Empty labels share their first number with the next one, which searchsorted passes over.
        return NodeRef(label, self.snapshot.vocabulary(label).id(number - int(self._starts[label])))

    def degree(self, numbers: Indices) -> Indices:
        """Relationships of each node, both directions counted."""
        return np.asarray(self._indptr[numbers + 1] - self._indptr[numbers], dtype=np.int64)

    def incident(self, numbers: Indices, as_of: np.datetime64 | None = None) -> Incident:
        """Relationships of nodes; with a day only those known and in force on it, to nodes that were known."""
        counts = self.degree(numbers)
        firsts = self._indptr[numbers]
        at: Indices | slice
        if len(numbers) == 1:  # those of one node lie together, which spares copies
            at = slice(int(firsts[0]), int(firsts[0] + counts[0]))
        else:
            before = np.concatenate([[0], np.cumsum(counts)[:-1]])
            at = np.arange(int(counts.sum())) + np.repeat(firsts - before, counts)
        near = np.repeat(numbers, counts)
        if as_of is not None:
            known = ~((self._begins[at] > as_of) | (self._ends_on[at] < as_of) | (self._born[self._far[at]] > as_of))
            near = near[known]
            at = np.flatnonzero(known) + at.start if isinstance(at, slice) else at[known]
        return Incident(
            near,
            self._far[at].astype(np.int64),
            self._relation[at].astype(np.int64),
            self._row[at].astype(np.int64),
            self._outgoing[at],
            self._begins[at],
        )

    def with_ancestors(self, numbers: Indices) -> tuple[Indices, Indices, Indices]:
        """Each node with the codes above it: position in ``numbers``, node, how specific it is; all of shape (found,).

        A node that stands in no code tree is most specific and has itself alone; then come industries, fields and
        regions, in each tree the deeper ones first.
        """
        indptr, above, specific = self._ancestors
        counts = indptr[numbers + 1] - indptr[numbers]
        row = np.repeat(np.arange(len(numbers)), counts)
        offset = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        node = above[indptr[numbers][row] + offset]
        return row, node, specific[node]

    @cached_property
    def _ancestors(self) -> tuple[Indices, Indices, Indices]:
        """Compressed rows of each node's ancestors and itself, and (nodes,) how specific each node is."""
        counts, specific = np.ones(self.size, dtype=np.int64), np.full(self.size, _MOST_SPECIFIC)
        trees = [(int(self._starts[label]), self.facts.closure(label), least) for label, least in _TREES.items()]
        for start, tree, least in trees:
            depth = np.diff(tree.indptr)
            counts[start : start + len(depth)], specific[start : start + len(depth)] = depth, depth + least
        indptr = np.concatenate([[0], np.cumsum(counts)])
        above = np.repeat(np.arange(self.size), counts)
        for start, tree, _ in trees:
            above[indptr[start] : indptr[start] + tree.nnz] = tree.indices + start
        return indptr, above, specific

    @cached_property
    def _born(self) -> Days:
        """Day before which nobody could know of each node, NaT where that is not told."""
        parts = [day_column(self.snapshot.nodes(label), BORN_ON.get(label, "")) for label in _LABELS]
        return np.concatenate(parts)

    @cached_property
    def hubs(self) -> Flags:
        """Nodes that a tenth or more of all companies share, directly or further down their code tree, (nodes,)."""
        companies = len(self.snapshot.vocabulary("Company"))
        shared = np.zeros(self.size, dtype=np.int64)
        if not companies:
            return shared > 0
        first = int(self._starts["Company"])
        near = self.incident(np.arange(first, first + companies))
        ones = np.ones(len(near), dtype=np.float32)
        joined = sparse.csr_array((ones, (near.near - first, near.far)), shape=(companies, self.size))
        joined.data[:] = 1
        shared += np.bincount(joined.indices, minlength=self.size)
        for label in _TREES:
            start, count = int(self._starts[label]), len(self.snapshot.vocabulary(label))
            below = sparse.csr_array(joined[:, start : start + count]) @ self.facts.closure(label)
            shared[start : start + count] = np.bincount(below.indices, minlength=count)
        return (shared >= companies * HUB_SHARE) & (shared > 1)

    @cached_property
    def hub_refs(self) -> frozenset[NodeRef]:
        """Addresses of the hubs."""
        return frozenset(self.ref(int(number)) for number in np.flatnonzero(self.hubs))


def to_networkx(
    snapshot: Snapshot, labels: Sequence[str] | None = None, max_nodes: int | None = None
) -> nx.MultiDiGraph[str]:
    """Return the snapshot as a networkx graph, for notebooks.

    Nodes are named ``Label:id`` and carry ``label``, ``caption``, ``synthetic``; edges carry ``type``, ``source``,
    ``on`` (ISO day, absent where unknown) and ``synthetic``. ``labels`` (all where None) and the first ``max_nodes``
    in the catalog's order limit the nodes; relationships between nodes that are left stay.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(snapshot_id=snapshot.id)
    for node in NODE_TYPES:
        if labels is None or node.label in labels:
            room = None if max_nodes is None else max_nodes - graph.number_of_nodes()
            table = snapshot.nodes(node.label).slice(0, room)
            columns = (table.column(name).to_pylist() for name in ("id", node.caption, "synthetic"))
            graph.add_nodes_from(
                (f"{node.label}:{id_}", {"label": node.label, "caption": caption or id_, "synthetic": synthetic})
                for id_, caption, synthetic in zip(*columns, strict=True)
            )
    for relation in snapshot.relations():
        table = snapshot.table(relation)
        days = [None if str(day) == "NaT" else str(day) for day in snapshot.edges(relation).on]
        columns = (table.column(name).to_pylist() for name in ("src", "dst", "source", "synthetic"))
        for src, dst, source, synthetic, day in zip(*columns, days, strict=True):
            start, end = f"{relation.source}:{src}", f"{relation.target}:{dst}"
            if start in graph and end in graph:
                dated = {} if day is None else {"on": day}  # formats of graphs know no empty value
                graph.add_edge(start, end, type=relation.type, source=source, synthetic=synthetic, **dated)
    return graph
