"""Copies a graph from one store to another, batch by batch."""

from __future__ import annotations

import pyarrow as pa

from graph_schema.catalog import NODE_TYPES, RELATION_TYPES
from graph_schema.errors import StoreError
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from stores.base import Counts, GraphStore, Outcome, Outcomes


def copy_graph(source: GraphStore, target: GraphStore, progress: Progress = silent) -> Counts:
    """Copy all nodes, then all relationships, and return how many of each were read.

    ``loaded_at`` is kept. Embeddings are left out: whoever derives them writes them anew. What the target holds besides
    stays; a row that differs is replaced. A relationship written to the source while it is copied may lack its node:
    then a ``StoreError`` says so, and copying again completes the work. Progress is that of all rows together: tables
    differ so much in size that the time left of one says nothing of when the copy is done.
    """
    expected = source.counts()
    nodes: dict[str, int] = {}
    relationships: dict[str, int] = {}
    total, done = sum(expected.nodes.values()) + sum(expected.relationships.values()), 0
    for node in NODE_TYPES:
        for batch in source.read_nodes(node):
            target.upsert_nodes(node, pa.Table.from_batches([batch]))
            nodes[node.name] = nodes.get(node.name, 0) + batch.num_rows
            done += batch.num_rows
            progress("copy", done, total)
    for relation in RELATION_TYPES:
        for batch in source.read_relationships(relation):
            outcomes = target.upsert_relationships(relation, pa.Table.from_batches([batch]))
            _refuse_dangling(relation.name, outcomes)
            relationships[relation.name] = relationships.get(relation.name, 0) + batch.num_rows
            done += batch.num_rows
            progress("copy", done, total)
    return Counts(nodes, relationships)


def _refuse_dangling(name: str, outcomes: Outcomes) -> None:
    dangling = int((outcomes == Outcome.DANGLING).sum())
    if dangling:
        raise StoreError(
            Wording(
                f"{name}: 관계 {dangling:,}건의 노드가 대상 저장소에 없습니다. 복사하는 동안 원본이 바뀌었으니 "
                "다시 복사하십시오",
                f"{dangling} rows of {name} lack a node in the target; the source changed while it was copied: "
                "copy again",
            )
        )
