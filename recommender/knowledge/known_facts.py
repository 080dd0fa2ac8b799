"""The part of a snapshot that was known before a day, as sparse matrices by relation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph_schema.model import RelationType
from recommender.knowledge.tasks import Task
from recommender.snapshot.snapshot import Relationships, Snapshot

_BORN: Mapping[str, str] = MappingProxyType(
    {"Technology": "applied_on", "Program": "announced_on", "Project": "starts_on", "Need": "raised_on"}
)
"""The day from which a node of a label can be known."""

MIRRORS: Mapping[str, frozenset[str]] = MappingProxyType(
    {"Company__OCCUPIES__Space": frozenset({"Company__LOCATED_IN__Center"})}
)
"""By target relation, those that registers write down with it but without its day: they give the answer away."""


def kept_nodes(snapshot: Snapshot, label: str, *, include_synthetic: bool) -> npt.NDArray[np.bool_]:
    """Which nodes of ``label`` may be used, all or those that are not made up; shape (nodes,)."""
    table = snapshot.nodes(label)
    if include_synthetic:
        return np.ones(len(table), dtype=bool)
    return ~np.asarray(table.column("synthetic").to_numpy(), dtype=bool)


class KnownFacts:
    """Relationships dated before ``before`` (all where None), without made-up ones unless ``include_synthetic``.

    A relationship is as young as the younger of itself (its own day, else the day from which it holds) and its ends,
    so an undated ``FILED`` is not known before its patent is. What a candidate itself says (its fields, its regions)
    is exempt: whoever may be recommended is known to be there, and candidates of a later window must be told apart.
    Undated facts about undated nodes are always known; so are a node's present attributes, of which registers keep no
    history but for employees and sales (``recommender.snapshot.annual``).
    """

    def __init__(self, snapshot: Snapshot, task: Task, before: date | None, *, include_synthetic: bool) -> None:
        self.snapshot = snapshot
        self._task = task
        self._before = None if before is None else np.datetime64(before, "D")
        self.include_synthetic = include_synthetic
        self._real: dict[str, npt.NDArray[np.bool_]] = {}
        self._edges: dict[str, Relationships] = {}
        self._synthetic: dict[str, npt.NDArray[np.bool_]] = {}

    def is_kept(self, label: str) -> npt.NDArray[np.bool_]:
        """Which nodes of ``label`` may be used; shape (nodes,)."""
        if label not in self._real:
            self._real[label] = kept_nodes(self.snapshot, label, include_synthetic=self.include_synthetic)
        return self._real[label]

    def born(self, label: str) -> npt.NDArray[np.datetime64]:
        """Days from which the nodes of ``label`` can be known, NaT where that is always."""
        if label not in _BORN:
            return np.full(len(self.snapshot.nodes(label)), np.datetime64("NaT"), dtype="datetime64[D]")
        return np.asarray(self.snapshot.nodes(label).column(_BORN[label]).to_numpy(), dtype="datetime64[D]")

    @cached_property
    def relations(self) -> tuple[RelationType, ...]:
        """Relations that have relationships in the snapshot; figures by year are attributes, and stand in columns."""
        return tuple(each for each in self.snapshot.relations() if each.target != "AnnualFigures")

    def edges(self, relation: RelationType) -> Relationships:
        """Known relationships of a relation."""
        if relation.name not in self._edges:
            edges = self.snapshot.edges(relation)
            made_up = np.asarray(self.snapshot.table(relation).column("synthetic").to_numpy(), dtype=bool)
            keep = (edges.src >= 0) & (edges.dst >= 0)
            keep &= self.is_kept(relation.source)[edges.src] & self.is_kept(relation.target)[edges.dst]
            if not self.include_synthetic:
                keep &= ~made_up
            if self._before is not None:
                keep &= ~(self._days(edges) >= self._before)
            self._edges[relation.name] = Relationships(relation, edges.src[keep], edges.dst[keep], edges.on[keep])
            self._synthetic[relation.name] = made_up[keep]
        return self._edges[relation.name]

    def synthetic(self, relation: RelationType) -> npt.NDArray[np.bool_]:
        """Which of the known relationships of a relation are made up; shape (edges,)."""
        self.edges(relation)
        return self._synthetic[relation.name]

    def matrix(self, relation: RelationType) -> sparse.csr_array:
        """Known relationships as ones, shape (start nodes, end nodes); both directions where it is symmetric."""
        edges = self.edges(relation)
        shape = (len(self.snapshot.nodes(relation.source)), len(self.snapshot.nodes(relation.target)))
        if relation.symmetric and relation.source == relation.target:
            return ones(np.r_[edges.src, edges.dst], np.r_[edges.dst, edges.src], shape)
        return ones(edges.src, edges.dst, shape)

    def _days(self, edges: Relationships) -> npt.NDArray[np.datetime64]:
        """Day of each relationship: its own or that of its younger end; NaT where none has one."""
        relation = edges.relation
        days = np.fmax(edges.on, self.born(relation.target)[edges.dst])
        if relation.source not in self._task.candidate:
            days = np.fmax(days, self.born(relation.source)[edges.src])
        return days

    def newest(self, relation: RelationType) -> npt.NDArray[np.datetime64]:
        """Days of the known relationships that have one."""
        on = self.edges(relation).on
        return on[~np.isnat(on)]


def ones(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], shape: tuple[int, int]) -> sparse.csr_array:
    """Binary matrix with the given cells, repeated ones counted once."""
    matrix = sparse.coo_array((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape).tocsr()
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix
