"""Marks hubs on a Neo4j server, so that whoever walks there keeps to the rule of paths and explanations."""

from __future__ import annotations

from typing import Final

from graph_schema.catalog import IDENTITY_TYPES, NODE_TYPES, RELATION_TYPES
from graph_schema.cypher import quoted
from graph_schema.model import HUB, HUB_SHARE, NodeType
from graph_schema.progress import Progress, silent
from stores.bolt import Neo4jStore

_HUB: Final = f"n.{quoted(HUB.name)}"
_JOINED: Final = [r for r in RELATION_TYPES if r not in IDENTITY_TYPES and "Company" in {r.source, r.target}]
_TREES: Final = {r.source for r in RELATION_TYPES if r.type == "PART_OF" and r.source == r.target}
"""Labels of codes that lie beneath each other: what lies beneath is counted with what is above."""


def mark_hubs(store: Neo4jStore, progress: Progress = silent) -> None:
    """Mark each node that is a hub, and no other; see ``HUB_SHARE``. What has ended counts too, as in a snapshot."""
    for done, node in enumerate(NODE_TYPES):
        progress("hubs", done, len(NODE_TYPES))
        types = sorted({r.type for r in _JOINED if node.label in {r.source, r.target}})
        if types:
            store.write_in_parts(_mark(node, types), {"share": HUB_SHARE})


def _mark(node: NodeType, types: list[str]) -> str:
    """Write the marks that are not there yet, and take those that no longer hold."""
    label = quoted(node.label)
    beneath = f"(n)<-[:PART_OF*0..]-(:{label})" if node.label in _TREES else "(n)"
    return (
        f"MATCH (c:Company) WITH count(c) AS companies MATCH (n:{label}) CALL (n) {{ "
        f"MATCH {beneath}-[:{'|'.join(map(quoted, types))}]-(c:Company) RETURN count(DISTINCT c) AS sharing }} "
        f"WITH n, sharing > 1 AND sharing >= $share * companies AS hub WHERE ({_HUB} IS NOT NULL) <> hub "
        f"CALL (n, hub) {{ SET {_HUB} = CASE WHEN hub THEN true END }} IN TRANSACTIONS OF 10000 ROWS"
    )
