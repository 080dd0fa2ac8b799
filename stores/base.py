"""The contract of a graph store: the few operations that loading, snapshots and serving need."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import IntEnum
from types import TracebackType
from typing import Final, Protocol, Self, runtime_checkable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph_schema.errors import StoredFault
from graph_schema.model import ElementType, NodeRef, NodeType, RelationType
from graph_schema.progress import Progress, silent

BATCH_ROWS = 10_000
"""Rows that readers get at a time, and that a store is handed at a time where it does not ask for more."""


class Outcome(IntEnum):
    """What an upsert did with a row."""

    DANGLING = -1
    """A relationship whose start or end node is not in the store: not written."""
    UNCHANGED = 0
    WRITTEN = 1


REMEMBERED: Final = pa.schema(
    [
        pa.field("source_id", pa.string()),
        pa.field("label", pa.string()),
        *(pa.field(name, pa.int64()) for name in ("hash_high", "hash_low", "identity", "content")),
    ]
)
"""What is remembered of an input row: its id, the label of its subject, a hash of its cells, hashes of its records."""

Outcomes = npt.NDArray[np.int8]
"""One ``Outcome`` for each row handed over, in their order; shape (rows,)."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """One stored relationship, in its stored direction."""

    relation: RelationType
    source: NodeRef
    target: NodeRef
    properties: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GraphPath:
    """A walk through the graph: ``nodes[i]`` and ``nodes[i + 1]`` are the ends of ``relationships[i]``."""

    nodes: tuple[NodeRef, ...]
    relationships: tuple[Relationship, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A full-text match; a higher score is better, comparable within one answer only."""

    ref: NodeRef
    caption: str
    score: float


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows by table: labels, and relations by ``RelationType.name``. Empty tables are left out."""

    nodes: Mapping[str, int]
    relationships: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a store holds that the catalog excludes."""

    refused: Sequence[StoredFault] = ()
    """What a person must fix."""
    adoptable: Sequence[StoredFault] = ()
    """What lacks its provenance alone, because it was drawn by hand."""
    stale: int = 0
    """Nodes whose search text is not that of their properties, because these were edited by hand."""
    adopted: bool = False
    """Whether what is adoptable was given its provenance, and what is stale its search text."""


@dataclass(frozen=True, slots=True)
class Overruled:
    """A node or relationship that was edited by hand after it was written, and that an upsert has written over."""

    element: ElementType
    key: tuple[str, ...]
    """``id``, or ``src``, ``dst`` and ``key``."""
    changes: Mapping[str, tuple[object, object] | None]
    """Each property that is not as it was found: the values before and now, None where they are personal."""


@dataclass(slots=True)
class Overruling:
    """What upserts have written over of what people did."""

    edits: list[Overruled] = field(default_factory=list)
    drawn: list[tuple[RelationType, pa.Table]] = field(default_factory=list)
    """Keys (``src``, ``dst``, ``key``) of the relationships that were not there."""


class GraphReader(Protocol):
    """What streams a whole graph in the columns of the catalog, sorted."""

    def read_nodes(self, node: NodeType) -> Iterator[pa.RecordBatch]:
        """Stream all nodes of a label, by id, without derived properties."""
        ...

    def read_relationships(self, relation: RelationType) -> Iterator[pa.RecordBatch]:
        """Stream all relationships of a relation, by (src, dst, key)."""
        ...


class GraphStore(GraphReader, Protocol):
    """A property graph that obeys the catalog.

    Tables have the columns of ``graph_schema.columns.arrow_schema(<type>.stored)``. Each upsert call is
    atomic. A row whose content (all but ``loaded_at`` and ``first_seen``) equals what is stored is left alone, its
    ``loaded_at`` too: that is when it last changed. ``first_seen`` is the earliest day of any row with its key, that of
    ``loaded_at`` where a row names none.
    Methods raise only errors of the ``StoreError`` family.
    """

    batch_rows: int
    """Rows that loaders hand over at a time."""

    @property
    def uri(self) -> str:
        """Where the store is, without credentials."""
        ...

    def schema_version(self) -> int:
        """Return the number of the last applied migration; 0 for a new store."""
        ...

    def migrate(self, progress: Progress = silent) -> Sequence[str]:
        """Apply what is missing, return the names applied; raises ``StoreVersionError`` for a newer store."""
        ...

    def check(self, *, adopt: bool = False, progress: Progress = silent) -> CheckReport:
        """Compare all that is stored with the catalog.

        With ``adopt``, and where nothing is refused, what was drawn by hand is given its provenance; a store that was
        opened read-only is left as it is.
        """
        ...

    def upsert_nodes(self, node: NodeType, rows: pa.Table, *, stub: bool = False) -> Outcomes:
        """Write nodes by ``id``, replacing all stored properties; a ``stub`` is written only where no such node is.

        Among rows with one id the first is written and the others count as unchanged.
        """
        ...

    def upsert_relationships(self, relation: RelationType, rows: pa.Table) -> Outcomes:
        """Write relationships by (``src``, ``dst``, ``key``); those with a missing end are ``Outcome.DANGLING``."""
        ...

    def set_embeddings(self, node: NodeType, ids: Sequence[str], vectors: npt.NDArray[np.float32]) -> int:
        """Write the embeddings of existing nodes, shape (len(ids), dimension); return how many were found."""
        ...

    def stated(self, relation: RelationType, source: str, source_ids: Sequence[str]) -> pa.Table:
        """Return the relationships that these rows of ``source`` stated, closed ones too, by (src, dst, key).

        Those of which other sources speak, too, come whichever row of ``source`` stated them.
        """
        ...

    def contested(self, element: ElementType, source: str, rows: pa.Table) -> pa.Table:
        """Return what is stored under the keys of ``rows`` of ``source`` and is not a matter of that source alone.

        Other sources speak of it, or it is made up and the row is not.
        """
        ...

    def find_nodes(self, node: NodeType, ids: Sequence[str]) -> pa.Table:
        """Return the nodes of a label that have one of these ids, by id, without derived properties."""
        ...

    def get_node(self, ref: NodeRef) -> Mapping[str, object] | None:
        """Return stored properties that are not null, without derived ones; None where there is no such node."""
        ...

    def neighbors(self, ref: NodeRef, *, types: Sequence[str] = (), limit: int = 100) -> list[Relationship]:
        """Relationships that touch ``ref``, either direction, of ``types`` (all where empty)."""
        ...

    def paths(
        self,
        source: NodeRef,
        target: NodeRef,
        *,
        max_hops: int = 3,
        limit: int = 10,
        avoided: Collection[NodeRef] = frozenset(),
    ) -> list[GraphPath]:
        """Shortest simple paths first, directions ignored, at most ``max_hops`` relationships long.

        None leads through a node that is ``avoided``; both ends may be such.
        """
        ...

    def search(self, text: str, *, labels: Sequence[str] = (), limit: int = 20) -> list[Hit]:
        """Full-text search over the searchable properties; Korean by character pairs, Latin without case."""
        ...

    def counts(self) -> Counts:
        """Count nodes and relationships."""
        ...

    def delete_node(self, ref: NodeRef) -> int:
        """Erase a node and its relationships; return how many nodes were erased (0 or 1)."""
        ...

    def close(self) -> None:
        """Release the file or the connections; may be called twice."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...


@runtime_checkable
class ReadsSoundly(Protocol):
    """A store that can check what it holds while all of it is read, and so need not read it twice."""

    def sound(self) -> AbstractContextManager[GraphReader]:
        """Read what is checked as it passes, each label and relation to its end.

        A read, or the end of the context, raises ``UnsoundError`` where ``check`` may have anything to tell.
        """
        ...


@runtime_checkable
class EditedByHand(Protocol):
    """A store in which people draw and edit beside loaders."""

    def overruling(self) -> AbstractContextManager[Overruling]:
        """Gather, within the context, what upserts of this thread write over; what is the same is not looked at."""
        ...


@runtime_checkable
class RemembersRows(Protocol):
    """A store that remembers which input rows it holds everything of, until any of that is replaced or erased."""

    def remembered(self, source: str) -> pa.Table:
        """Return the hashes (int64 columns of ``REMEMBERED``) of the rows of ``source``, sorted by the first two."""
        ...

    def remembered_names(self, source: str, hashes: pa.Table) -> pa.Table:
        """Return ``label`` and ``source_id`` of the rows that have these ``hash_high`` and ``hash_low``."""
        ...

    def remember(self, source: str, rows: pa.Table) -> None:
        """Remember ``rows`` (``REMEMBERED``), each in place of an earlier one with its ``source_id``."""
        ...
