"""What a snapshot knew on a given day, as sparse link matrices and closures of its code trees."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from graph_schema.catalog import relation_type
from graph_schema.law.industries import is_code
from graph_schema.model import RelationType
from recommender.measure.arrays import Days, Flags, Indices
from recommender.snapshot.annual import AnnualFigures, CompanyFigures
from recommender.snapshot.link_rows import binary, rows_of
from recommender.snapshot.snapshot import Snapshot

KOREA: Final = timezone(timedelta(hours=9))
"""Korea has no summer time."""
_KEPT_LINKS: Final = 128
"""Matrices kept: all relations at a few days, each some MB at most."""
_KEPT_FIGURES: Final = 8
"""Days whose figures are kept: one and the years before it that grace asks about, 5 MB each in a large city."""
_DEEPEST_TREE: Final = 12
"""Levels of KSIC and of regions, and twice that to spare; a loop in the data ends there."""
_DIVISION: Final = 2
"""Digits of a division of KSIC."""
BORN_ON: Final = {
    "Program": "announced_on",
    "Technology": "applied_on",
    "Need": "raised_on",
    "Project": "starts_on",
}
"""Property that tells the day before which nobody could know of a node."""


def today_in_korea() -> date:
    """Return the day that it is in Korea, which has no summer time."""
    return datetime.now(KOREA).date()


def day(value: date) -> np.datetime64:
    """``value`` as datetime64[D]."""
    return np.datetime64(value, "D")


def day_column(table: pa.Table, name: str) -> Days:
    """Date column as datetime64[D], shape (rows,), NaT where it is null or the table has no such column."""
    if name not in table.column_names:
        return np.full(table.num_rows, np.datetime64("NaT"), dtype="datetime64[D]")
    return np.asarray(table.column(name).to_numpy(), dtype="datetime64[D]")


def number_column(table: pa.Table, name: str) -> npt.NDArray[np.float64]:
    """Numeric column as float64, shape (rows,), NaN where it is null."""
    return np.asarray(pc.cast(table.column(name), pa.float64()).to_numpy(), dtype=np.float64)


def text_column(table: pa.Table, name: str) -> npt.NDArray[np.object_]:
    """Column as objects, shape (rows,), None where it is null."""
    return np.array([*table.column(name).to_pylist(), None], dtype=object)[:-1]


class DatedFacts:
    """Relationships of a snapshot that were known and in force on a day; safe to share between threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._masks: dict[str, tuple[Days, Days] | None] = {}
        self._links: OrderedDict[tuple[str, date | None], sparse.csr_array] = OrderedDict()
        self._by_node: dict[tuple[str, bool], tuple[Indices, Indices]] = {}
        self._closures: dict[str, sparse.csr_array] = {}
        self._lock = Lock()
        self._figures: OrderedDict[date, CompanyFigures] = OrderedDict()

    def period(self, relation: RelationType) -> tuple[Days, Days] | None:
        """First and last day of each relationship, None where no relationship of the relation has either.

        The first day is the day of the fact, else the day from which it holds.
        """
        if relation.name not in self._masks:
            table = self.snapshot.table(relation)
            begins, starts = day_column(table, "on"), day_column(table, "valid_from")
            begins = np.where(np.isnat(begins), starts, begins)
            ends = day_column(table, "valid_to")
            dated = not (np.isnat(begins).all() and np.isnat(ends).all())
            self._masks[relation.name] = (begins, ends) if dated else None
        return self._masks[relation.name]

    def in_force(self, relation: RelationType, as_of: date) -> Flags | None:
        """Which relationships were known and not yet over on a day, None for all of them."""
        period = self.period(relation)
        if period is None:
            return None
        begins, ends = period
        return ~((begins > day(as_of)) | (ends < day(as_of)))

    def links(self, relation: RelationType, as_of: date) -> sparse.csr_array:
        """Relationships in force on a day, (source nodes, target nodes), float32, 1 or more for a link."""
        key = (relation.name, None if self.period(relation) is None else as_of)
        with self._lock:
            if key in self._links:
                self._links.move_to_end(key)
                return self._links[key]
        edges = self.snapshot.edges(relation)
        keep = (edges.src >= 0) & (edges.dst >= 0)
        current = self.in_force(relation, as_of)
        if current is not None:
            keep &= current
        src, dst = edges.src[keep], edges.dst[keep]
        shape = (len(self.snapshot.vocabulary(relation.source)), len(self.snapshot.vocabulary(relation.target)))
        matrix = sparse.csr_array((np.ones(len(src), dtype=np.float32), (src, dst)), shape=shape)
        with self._lock:
            self._links[key] = matrix
            while len(self._links) > _KEPT_LINKS:
                self._links.popitem(last=False)
        return matrix

    def edges_at(self, relation: RelationType, node: int, *, forward: bool) -> Indices:
        """Places of the relationships that start at a node, ``forward``, or end at it, in the order of the table."""
        key = (relation.name, forward)
        if key not in self._by_node:
            edges = self.snapshot.edges(relation)
            near = edges.src if forward else edges.dst
            order = np.argsort(near, kind="stable")
            self._by_node[key] = order, near[order]
        order, ordered = self._by_node[key]
        # No node is at -1, which stands for unknown ends and for a guest.
        return order[np.searchsorted(ordered, max(node, 0)) : np.searchsorted(ordered, node, side="right")]

    def closure(self, label: str) -> sparse.csr_array:
        """Each node of a code tree with all its ancestors and itself, (nodes, nodes), float32 ones."""
        if label not in self._closures:
            edges = self.snapshot.edges(relation_type(label, "PART_OF", label))
            count = len(self.snapshot.vocabulary(label))
            keep = (edges.src >= 0) & (edges.dst >= 0)
            ones = np.ones(int(keep.sum()), dtype=np.float32)
            parents = sparse.csr_array((ones, (edges.src[keep], edges.dst[keep])), shape=(count, count))
            reached = sparse.eye_array(count, dtype=np.float32, format="csr")
            for _ in range(_DEEPEST_TREE):
                further = binary(reached + reached @ parents)
                if further.nnz == reached.nnz:
                    break
                reached = further
            self._closures[label] = reached
        return self._closures[label]

    @property
    def has_figures_by_year(self) -> bool:
        """Whether what companies employed and sold is known of any year."""
        return len(self._annual) > 0

    def company_figures(self, as_of: date) -> CompanyFigures:
        """Employees and sales of all companies as known on a day; those of the days asked last are kept."""
        with self._lock:
            if as_of in self._figures:
                self._figures.move_to_end(as_of)
                return self._figures[as_of]
        found = self._annual.on(as_of)
        with self._lock:
            self._figures[as_of] = found
            while len(self._figures) > _KEPT_FIGURES:
                self._figures.popitem(last=False)
        return found

    @cached_property
    def _annual(self) -> AnnualFigures:
        return AnnualFigures(self.snapshot)

    @cached_property
    def successors(self) -> sparse.csr_array:
        """Industries by the industries that continue them in a later revision, (industries, industries)."""
        relation = relation_type("Industry", "MAPS_TO", "Industry")
        edges = self.snapshot.edges(relation)
        count = len(self.snapshot.vocabulary("Industry"))
        keep = (edges.src >= 0) & (edges.dst >= 0)
        ones = np.ones(int(keep.sum()), dtype=np.float32)
        return binary(sparse.csr_array((ones, (edges.src[keep], edges.dst[keep])), shape=(count, count)))

    @cached_property
    def only_successors(self) -> sparse.csr_array:
        """Return the same of those industries alone that one other continues, (industries, industries)."""
        successors, counts = self.successors, np.diff(self.successors.indptr)
        kept = counts[rows_of(successors)] == 1
        indptr = np.concatenate([[0], np.cumsum(np.where(counts == 1, 1, 0))])
        return sparse.csr_array((successors.data[kept], successors.indices[kept], indptr), shape=successors.shape)

    @cached_property
    def ksic_codes(self) -> npt.NDArray[np.object_]:
        """Code of KSIC 11 of each industry, (industries,), ``""`` where it is not known; of revision 10 the division.

        Revision 10 has the divisions of revision 11, and below some of them other codes.
        """
        parts = [id_.partition(":")[::2] for id_ in self.snapshot.vocabulary("Industry").ids()]
        codes = [code[:_DIVISION] if scheme == "ksic10" else code for scheme, code in parts]
        known = [scheme in {"ksic10", "ksic11"} for scheme, _ in parts]
        found = [code if ours and is_code(code) else "" for code, ours in zip(codes, known, strict=True)]
        return np.array([*found, None], dtype=object)[:-1]

    @cached_property
    def revisions(self) -> npt.NDArray[np.int64]:
        """Bit that stands for the revision of each industry's code, shape (industries,)."""
        ids = self.snapshot.vocabulary("Industry").ids()
        schemes = {scheme: 1 << bit for bit, scheme in enumerate(sorted({id_.partition(":")[0] for id_ in ids}))}
        return np.array([schemes[id_.partition(":")[0]] for id_ in ids], dtype=np.int64)
