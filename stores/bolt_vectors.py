"""Text embeddings in Neo4j: each on a node of its own that bears the id of the node it stands for, and no relationship.

On the node itself a vector would come along wherever somebody looks at all of the node.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from graph_schema.cypher import embedding_label, found_by_id, quoted
from graph_schema.model import NodeType

_AT_A_TIME: Final = 1_000
"""Vectors of one transaction: more gain nothing, and each holds its memory and locks until its end."""
_SET: Final = "CALL db.create.setNodeVectorProperty(v, 'embedding', {vector})"


def write_vectors(
    write: Callable[[str, dict[str, Any]], int], node: NodeType, ids: Sequence[str], vectors: npt.NDArray[np.float32]
) -> int:
    """Write the vectors of the nodes that are there and return how many these are; forget those of nodes that went."""
    found = 0
    for start in range(0, len(ids), _AT_A_TIME):
        portion = slice(start, start + _AT_A_TIME)
        rows = list(zip(ids[portion], vectors[portion].tolist(), strict=True))
        found += write(_merge(node), {"rows": rows})
    write(_forget_orphans(node), {})
    return found


def _merge(node: NodeType) -> str:
    return (
        f"UNWIND $rows AS row {found_by_id('n', node.label, 'row[0]')}"
        f"MERGE (v:{quoted(embedding_label(node))} {{`id`: row[0]}}) "
        f"WITH v, row {_SET.format(vector='row[1]')} RETURN count(*)"
    )


def _forget_orphans(node: NodeType) -> str:
    """Erase the vectors of nodes that somebody erased by hand."""
    return (
        f"MATCH (v:{quoted(embedding_label(node))}) "
        f"WHERE NOT EXISTS {{ (:{quoted(node.label)} {{`id`: v.`id`}}) }} DELETE v RETURN count(*)"
    )


def move_vectors(node: NodeType) -> str:
    """Move the vectors that an older schema kept on the nodes, some at a time, so that a killed migration resumes."""
    return (
        f"MATCH (n:{quoted(node.label)}) WHERE n.`embedding` IS NOT NULL CALL (n) {{ "
        f"MERGE (v:{quoted(embedding_label(node))} {{`id`: n.`id`}}) "
        f"WITH n, v {_SET.format(vector='n.`embedding`')} REMOVE n.`embedding` }} "
        f"IN TRANSACTIONS OF {_AT_A_TIME} ROWS"
    )
