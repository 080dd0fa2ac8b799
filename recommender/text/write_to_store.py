"""Text embeddings written back to a store, for vector search there."""

from __future__ import annotations

from graph_schema.catalog import NODE_TYPES
from graph_schema.progress import Progress, silent
from recommender.snapshot.snapshot import Snapshot
from recommender.text.encoder import encode_snapshot
from recommender.text.protocol import TextEncoder
from stores.base import GraphStore


def write_embeddings(
    store: GraphStore, snapshot: Snapshot, encoder: TextEncoder, *, progress: Progress = silent
) -> dict[str, int]:
    """Write the embedding of every node whose label is embedded; return how many nodes of each label got theirs.

    Nodes that the store has and the snapshot has not are left alone.
    """
    vectors = encode_snapshot(snapshot, encoder, progress)
    embedded = [node for node in NODE_TYPES if node.embedded and node.label in vectors]
    written: dict[str, int] = {}
    for done, node in enumerate(embedded):
        progress("write embeddings", done, len(embedded))
        written[node.label] = store.set_embeddings(node, snapshot.vocabulary(node.label).ids(), vectors[node.label])
    progress("write embeddings", len(embedded), len(embedded))
    return written
