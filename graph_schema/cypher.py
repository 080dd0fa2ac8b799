"""Cypher made from the catalog: constraints, indexes, and the statements that merge batches of rows.

Labels, types and property names come from the catalog alone and are quoted; values travel as parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph_schema.captions import DISTINCTIVE
from graph_schema.catalog import ELEMENT_TYPES, EMBEDDING_DIMENSION, NODE_TYPES, OVERLAY_TYPES
from graph_schema.migrations import Migration
from graph_schema.model import (
    CLAIMS,
    NODE_CAPTION,
    SEARCH_TEXT,
    ElementType,
    NodeType,
    Property,
    RelationType,
    ValueType,
)

SEARCH_INDEX: Final = "dure_search"
"""Name of the one full-text index, over the search text of all labels."""

CYPHER_TYPES: Final = {
    ValueType.STRING: "STRING",
    ValueType.INTEGER: "INTEGER",
    ValueType.FLOAT: "INTEGER | FLOAT",
    ValueType.BOOLEAN: "BOOLEAN",
    ValueType.DATE: "DATE",
    ValueType.DATETIME: "ZONED DATETIME",
    ValueType.STRINGS: "LIST<STRING NOT NULL>",
}
"""Types as Cypher's type predicates name them; a whole number is a float too, since hand edits write 12 for 12.0."""

RUN_LABEL: Final = "_DureRun"
"""Label of the nodes that name, for each ``task``, the ``run`` whose recommendations hold."""

IN_CURRENT_RUN: Final = f"EXISTS {{ (:`{RUN_LABEL}` {{task: r.task, run: r.run}}) }}"
"""Condition that the recommendation ``r`` holds; those of a run in progress, or replaced, are no longer or not yet."""

HASH_PROPERTY: Final = "content_hash"
"""Property that a store keeps beside the catalog's, to see whether a row changed."""

_FIRST_SEEN: Final = "`first_seen`"
_CAPTION: Final = f"`{NODE_CAPTION.name}`"

_RUN_CONSTRAINT: Final = (
    f"CREATE CONSTRAINT `{RUN_LABEL}_task` IF NOT EXISTS FOR (n:`{RUN_LABEL}`) REQUIRE n.`task` IS UNIQUE"
)


def quoted(name: str) -> str:
    """Quote a label, type, property or index name."""
    return "`" + name.replace("`", "``") + "`"


def constraint_statements(elements: Sequence[ElementType] = ELEMENT_TYPES) -> list[str]:
    """Uniqueness of ``id`` within each label, embeddings' among them; it brings its own range index."""
    nodes = [element for element in elements if isinstance(element, NodeType)]
    labels = [*(node.label for node in nodes), *(embedding_label(node) for node in nodes if node.embedded)]
    return [
        f"CREATE CONSTRAINT {quoted(f'{label}_id')} IF NOT EXISTS FOR (n:{quoted(label)}) REQUIRE n.`id` IS UNIQUE"
        for label in labels
    ]


def index_statements(elements: Sequence[ElementType] = (*ELEMENT_TYPES, *OVERLAY_TYPES)) -> list[str]:
    """Range indexes of indexed properties and of rows' facts, vector indexes of embeddings, the full-text index.

    A relationship type has one index of a property, whatever it joins.
    """
    spans = dict.fromkeys(_span(element, p) for element in elements for p in element.properties)
    ranges = [
        f"CREATE INDEX {quoted(f'{name}_{p.name}')} IF NOT EXISTS FOR {pattern} ON (x.{quoted(p.name)})"
        for name, pattern, p in spans
        if p.indexed
    ]
    vectors = [
        f"CREATE VECTOR INDEX {quoted(vector_index(element))} IF NOT EXISTS FOR (n:{quoted(embedding_label(element))}) "
        f"ON (n.`embedding`) OPTIONS {{indexConfig: {{`vector.dimensions`: {EMBEDDING_DIMENSION}, "
        "`vector.similarity_function`: 'cosine'}}"
        for element in elements
        if isinstance(element, NodeType) and element.embedded
    ]
    types = sorted({each.type for each in elements if isinstance(each, RelationType) and not each.overlay})
    stated = [
        f"CREATE INDEX {quoted(f'{type_}_{name}')} IF NOT EXISTS FOR ()-[r:{quoted(type_)}]-() ON (r.{quoted(name)})"
        for type_ in types
        for name in ("source_id", CLAIMS.name)
    ]
    return [*ranges, *stated, *vectors, fulltext_statement()]


def _span(element: ElementType, p: Property) -> tuple[str, str, Property]:
    """Name, pattern and property of what a range index would span."""
    if isinstance(element, NodeType):
        return element.label, f"(x:{quoted(element.label)})", p
    return element.type, f"()-[x:{quoted(element.type)}]-()", p


def embedding_label(node: NodeType) -> str:
    """Label of the nodes that hold a label's embeddings, each by the ``id`` of its node.

    On the node itself whoever reads or looks at all of it would fetch the vector, and a relationship would be drawn
    wherever somebody expands the node.
    """
    return f"_Dure{node.label}Embedding"


def vector_index(node: NodeType) -> str:
    """Name of the vector index over the embeddings of a label."""
    return f"{node.label}_vector"


def _older_vector_index(node: NodeType) -> str:
    """Name of the index from when vectors lay on the nodes."""
    return f"{node.label}_embedding"


def fulltext_statement() -> str:
    """Make the full-text index over the search text of all labels; ``cjk`` cuts Korean into character pairs.

    An index over properties would span every label × every property, and so what is personal in another label.
    """
    labels = "|".join(quoted(node.label) for node in NODE_TYPES)
    return (
        f"CREATE FULLTEXT INDEX {quoted(SEARCH_INDEX)} IF NOT EXISTS FOR (n:{labels}) "
        f"ON EACH [n.{quoted(SEARCH_TEXT.name)}] OPTIONS {{indexConfig: {{`fulltext.analyzer`: 'cjk'}}}}"
    )


def migration_statements(migration: Migration) -> list[str]:
    """Statements that apply ``migration``, each in a transaction of its own.

    The full-text index is made anew, since Neo4j cannot add a label to one that exists.
    """
    overlaid = any(isinstance(element, RelationType) and element.overlay for element in migration.elements)
    return [
        *constraint_statements(migration.elements),
        *([_RUN_CONSTRAINT] if overlaid else []),
        f"DROP INDEX {quoted(SEARCH_INDEX)} IF EXISTS",
        *(
            f"DROP INDEX {quoted(_older_vector_index(element))} IF EXISTS"
            for element in migration.elements
            if isinstance(element, NodeType) and element.embedded
        ),
        *index_statements(migration.elements),
    ]


def merge_nodes(node: NodeType, names: Sequence[str] = (), *, stub: bool = False) -> str:
    """Merge ``$rows`` of ``[position, content hash, id, *values of names]``, returning the positions written in a list.

    ``$shared`` holds the properties that are the same in all rows, so that they travel once; together with ``names``
    these are the search text and all stored properties but ``id``, null where absent: setting null removes a property
    and leaves other derived properties alone; of two first days the earlier stays, and so does a caption, which may
    have been numbered among its siblings, where what it is made of is the same. A ``stub`` writes only nodes that are
    not there. The ids of a batch must differ.
    """
    label, hash_, caption = quoted(node.label), f"n.{quoted(HASH_PROPERTY)}", f"n.{_CAPTION}"
    written = f"n += $shared, {_assigned('n', names, 3)}{hash_} = row[1]"
    if stub:
        return (
            f"UNWIND $rows AS row OPTIONAL {found_by_id('known', node.label, 'row[2]')}"
            "WITH row, known WHERE known IS NULL "
            f"MERGE (n:{label} {{`id`: row[2]}}) ON CREATE SET {written} RETURN collect(row[0])"
        )
    return (
        f"UNWIND $rows AS row MERGE (n:{label} {{`id`: row[2]}}) "
        f"WITH n, row, n.{_FIRST_SEEN} AS since, {caption} AS called, {_called_by(node)} AS known "
        f"WHERE {hash_} IS NULL OR {hash_} <> row[1] SET {written} "
        f"SET {_earlier('n')}, {caption} = CASE WHEN known = {_called_by(node)} THEN coalesce(called, {caption}) "
        f"ELSE {caption} END RETURN collect(row[0])"
    )


def known_nodes(node: NodeType, *, stub: bool = False) -> str:
    """Find those of ``$rows`` of ``[position, content hash, id]`` that a merge would leave alone; one list."""
    same = "" if stub else f"WHERE n.{quoted(HASH_PROPERTY)} = row[1] "
    return f"UNWIND $rows AS row {found_by_id('n', node.label, 'row[2]')}{same}RETURN collect(row[0])"


def merge_relationships(relation: RelationType, names: Sequence[str] = ()) -> str:
    """Merge ``$rows`` of ``[position, content hash, src, dst, key, *values of names]``, with ``$shared`` as for nodes.

    Returns two lists of positions, of the rows whose two ends exist and of those written; the rest is dangling. The
    keys of a batch must differ.
    """
    hash_ = f"r.{quoted(HASH_PROPERTY)}"
    return (
        f"UNWIND $rows AS row {both_ends(relation)}"
        f"MERGE (a)-[r:{quoted(relation.type)} {{`key`: row[4]}}]->(b) "
        f"WITH r, row, r.{_FIRST_SEEN} AS since, {hash_} IS NULL OR {hash_} <> row[1] AS changed "
        "FOREACH (_ IN CASE WHEN changed THEN [1] ELSE [] END | "
        f"SET r += $shared, {_assigned('r', names, 5)}{hash_} = row[1] SET {_earlier('r')}) "
        "RETURN collect(row[0]), collect(CASE WHEN changed THEN row[0] END)"
    )


def known_relationships(relation: RelationType) -> str:
    """Find those of ``$rows`` of ``[position, content hash, src, dst, key]`` that a merge would leave alone; one list.

    Both ends are found first, since from a hub alone there would be too many to look at.
    """
    return (
        f"UNWIND $rows AS row {both_ends(relation)}WITH row, a, b "
        f"MATCH (a)-[r:{quoted(relation.type)} {{`key`: row[4]}}]->(b) WHERE r.{quoted(HASH_PROPERTY)} = row[1] "
        "RETURN collect(row[0])"
    )


def both_ends(relation: RelationType) -> str:
    """Match both ends of a row's relationship."""
    return found_by_id("a", relation.source, "row[2]") + found_by_id("b", relation.target, "row[3]")


def found_by_id(variable: str, label: str, value: str) -> str:
    """Match a node by its id, through the index of ids.

    Planned where the label has no node yet, the query would read all of the label for each row, and that plan is kept
    for a while when the label has filled: a minute for 10,000 companies that are written right after a start.
    """
    return f"MATCH ({variable}:{quoted(label)} {{`id`: {value}}}) USING INDEX {variable}:{quoted(label)}(`id`) "


def _earlier(variable: str) -> str:
    """Let the first day be that of ``since`` where that is earlier than the one just written.

    It needs a ``SET`` of its own: one that writes a property and reads it again reads what was there before.
    """
    day = f"{variable}.{_FIRST_SEEN}"
    return f"{day} = CASE WHEN since < {day} OR {day} IS NULL THEN since ELSE {day} END"


def _called_by(node: NodeType) -> str:
    """List what a node's caption is made of; null in it would equal nothing."""
    names = (node.caption, *DISTINCTIVE.get(node.label, ()))
    return "[" + ", ".join(f"coalesce(n.{quoted(name)}, '')" for name in names) + "]"


def _assigned(variable: str, names: Sequence[str], first: int) -> str:
    """Assign the values of a row from place ``first`` on; one by one, which is faster than a map for each row."""
    return "".join(f"{variable}.{quoted(name)} = row[{place}], " for place, name in enumerate(names, first))
