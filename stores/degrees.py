"""Counts on a Neo4j server how many relationships touch each node, for whoever draws it by that."""

from __future__ import annotations

from typing import Final

from graph_schema.catalog import NODE_TYPES, RELATION_TYPES
from graph_schema.cypher import quoted
from graph_schema.model import DEGREE, NodeType
from graph_schema.progress import Progress, silent
from stores.bolt import Neo4jStore

_TYPES: Final = "|".join(quoted(type_) for type_ in sorted({relation.type for relation in RELATION_TYPES}))
_DEGREE: Final = f"n.{quoted(DEGREE.name)}"


def count_degrees(store: Neo4jStore, progress: Progress = silent) -> dict[str, tuple[int, int]]:
    """Write ``degree`` on each node; return by label the degrees that a tenth and a hundredth of its nodes exceed.

    Recommendations and what was done with them do not count: they come and go, and say nothing of a node's weight.
    """
    found: dict[str, tuple[int, int]] = {}
    for done, node in enumerate(NODE_TYPES):
        progress("count relationships", done, len(NODE_TYPES))
        store.write_in_parts(_fill(node), {})
        [(tenth, hundredth)] = store.records(_quantiles(node))
        if tenth is not None:
            found[node.label] = int(tenth), int(hundredth)
    return found


def _fill(node: NodeType) -> str:
    """Write the degrees that are not those that were counted last."""
    return (
        f"MATCH (n:{quoted(node.label)}) WITH n, COUNT {{ (n)-[:{_TYPES}]-() }} AS degree "
        f"WHERE {_DEGREE} IS NULL OR {_DEGREE} <> degree "
        f"CALL (n, degree) {{ SET {_DEGREE} = degree }} IN TRANSACTIONS OF 10000 ROWS"
    )


def _quantiles(node: NodeType) -> str:
    shares = ", ".join(f"percentileDisc({_DEGREE}, {share})" for share in (0.9, 0.99))
    return f"MATCH (n:{quoted(node.label)}) RETURN {shares}"
