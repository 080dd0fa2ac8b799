"""Short captions of nodes in Neo4j, and codes in Korean, for whoever looks at them in Bloom."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from graph_schema.captions import named_apart, numbered
from graph_schema.catalog import NODE_TYPES, OVERLAY_TYPES, RELATION_TYPES
from graph_schema.choices import choice_words
from graph_schema.cypher import found_by_id, quoted
from graph_schema.model import CODES, NODE_CAPTION, NodeType, Property, RelationType
from graph_schema.progress import Progress, silent
from stores.base import BATCH_ROWS
from stores.bolt import Neo4jStore
from stores.codes import coded, codes_in_words
from stores.recommendations import TYPE as RECOMMENDED


def write_captions(store: Neo4jStore, progress: Progress = silent) -> None:
    """Give numbers to captions that several nodes of a label have, and to all that has codes these in Korean.

    Loads write a caption by what a node says itself, which does not know of its siblings, and codes; what people wrote
    or edited has them from here. Recommendations have their codes in Korean from whoever writes them.
    """
    for relation in (*RELATION_TYPES, *OVERLAY_TYPES):
        properties = coded(relation)
        if properties and relation.type != RECOMMENDED:
            words = {p.name: {code: choice_words(p.name, code).ko for code in p.choices} for p in properties}
            store.write_in_parts(_fill_relationships(relation, properties), {"words": words})
    for done, node in enumerate(NODE_TYPES):
        progress("captions", done, len(NODE_TYPES))
        named: list[tuple[str, str]] = []
        codes: list[tuple[str, str | None]] = []
        for batch in store.read_nodes(node):
            named += named_apart(node, pa.Table.from_batches([batch]))
            codes += zip(batch["id"].to_pylist(), codes_in_words(node, batch).to_pylist(), strict=True)
        made = [[id_, caption, said] for (id_, said), caption in zip(codes, numbered(named), strict=True)]
        for start in range(0, len(made), BATCH_ROWS):
            store.records(_fill(node), {"rows": made[start : start + BATCH_ROWS]}, write=True)


def _fill_relationships(relation: RelationType, properties: Sequence[Property]) -> str:
    """Write the codes of relationships by ``$words``, where they are not there yet."""
    codes = f"r.{quoted(CODES.name)}"
    said = ", ".join(f"'{p.ko}: ' + coalesce($words.{p.name}[r.{p.name}], r.{p.name})" for p in properties)
    return (
        f"MATCH (:{quoted(relation.source)})-[r:{quoted(relation.type)}]->(:{quoted(relation.target)}) "
        f"WITH r, [one IN [{said}] WHERE one IS NOT NULL] AS said "
        "WITH r, reduce(all = head(said), one IN tail(said) | all + ' · ' + one) AS codes "
        f"WHERE coalesce({codes}, '') <> coalesce(codes, '') "
        f"CALL (r, codes) {{ SET {codes} = codes }} IN TRANSACTIONS OF 10000 ROWS"
    )


def _fill(node: NodeType) -> str:
    """Write what is not there yet."""
    caption, codes = (f"n.{quoted(p.name)}" for p in (NODE_CAPTION, CODES))
    return (
        f"UNWIND $rows AS row {found_by_id('n', node.label, 'row[0]')}"
        f"WHERE coalesce({caption}, '') <> row[1] OR coalesce({codes}, '') <> coalesce(row[2], '') "
        f"SET {caption} = row[1], {codes} = row[2]"
    )
