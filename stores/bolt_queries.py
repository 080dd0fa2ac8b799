"""The Cypher that reads the graph: labels, types and properties from the catalog, values as parameters."""

from __future__ import annotations

from typing import Final

from graph_schema.catalog import NODE_TYPES, RELATION_TYPES
from graph_schema.cypher import CYPHER_TYPES, HASH_PROPERTY, both_ends, embedding_label, found_by_id, quoted
from graph_schema.model import CAPTION, CLAIMS, SEARCH_TEXT, ElementType, NodeType, Property, RelationType, ValueType

META_LABEL: Final = "_DureMeta"
"""Label of the one node that holds the schema version; no label of the catalog, so no read or search returns it."""

SCHEMA_VERSION: Final = f"MATCH (meta:{quoted(META_LABEL)}) RETURN coalesce(max(meta.version), 0)"

ANY_NODE: Final = f"MATCH (n) WHERE NOT n:{quoted(META_LABEL)} RETURN 1 LIMIT 1"
SET_SCHEMA_VERSION: Final = (
    f"MERGE (meta:{quoted(META_LABEL)} {{name: 'schema'}}) "
    "SET meta.version = $version, meta.migration = $name, meta.applied_at = datetime()"
)

_LABELS: Final = "[" + ", ".join(f"'{node.label}'" for node in NODE_TYPES) + "]"
_TYPES: Final = "|".join(quoted(type_) for type_ in sorted({relation.type for relation in RELATION_TYPES}))

_SEARCH_TEXT: Final = quoted(SEARCH_TEXT.name)
_CAPTION: Final = quoted(CAPTION.name)
_CLAIMS: Final = quoted(CLAIMS.name)

SET_SEARCH_TEXTS: Final = (
    f"UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row[0] SET n.{_SEARCH_TEXT} = row[1] RETURN count(*)"
)

_RELATIONSHIP: Final = (
    "[type(r), labels(startNode(r)), startNode(r).id, labels(endNode(r)), endNode(r).id, properties(r)]"
)


UNFINISHED_INDEXES: Final = (
    "SHOW INDEXES YIELD name, state, populationPercent AS percent WHERE state <> 'ONLINE' "
    "RETURN count(*) AS number, coalesce(min(percent), 100.0) AS percent, "
    "collect(CASE WHEN state = 'FAILED' THEN name END) AS failed"
)


_ANY_LABEL: Final = "|".join(quoted(node.label) for node in NODE_TYPES)
_HELD: Final = f"[l IN labels(x) WHERE l IN {_LABELS}]"

MANY_LABELS: Final = (
    f"MATCH (x:{_ANY_LABEL}) WITH x, {_HELD} AS held WHERE size(held) > 1 RETURN held, x.`id`, elementId(x)"
)
"""Nodes with several labels of the catalog."""

LABELS_HELD: Final = f"MATCH (x:{_ANY_LABEL}) RETURN {_HELD} AS held, count(*)"
"""How many nodes have which labels of the catalog. Asking Neo4j's counters would be so many queries to be planned."""

TYPES_HELD: Final = f"MATCH ()-[r:{_TYPES}]->() RETURN type(r), count(*)"
"""How many relationships have which type of the catalog."""


def page_of_nodes(node: NodeType, *, searched: bool = False) -> str:
    """Return in one list the columns of the ``$rows`` nodes of a label that follow ``$after`` by ``id``.

    One list of rows is read far faster than so many records, and a page at a time takes no more memory of the server.
    The index of ``id`` gives the order. With ``searched`` the search text is the last column. All properties are
    fetched at once and those of the columns picked on the server, since a fetch of one walks past the others: half the
    server's time; of a relationship's few it would be more.
    """
    columns = [_column("n", p) for p in node.stored] + [f"n.{_SEARCH_TEXT}"] * searched
    return _page_of_nodes(node, ", ".join(columns), f"WITH properties(n) AS n WITH n, {_times('n', node)} ")


def page_of_relationships(relation: RelationType) -> str:
    """Return likewise the columns of the relationships that follow ``$after`` (``src``, ``dst``, ``key``).

    They are sorted within one start node at a time. What was drawn without an id or key sorts as an empty one.
    """
    end, key = "coalesce(b.`id`, '')", "coalesce(r.`key`, '')"
    return (
        f"MATCH (a:{quoted(relation.source)})-[r:{quoted(relation.type)}]->(b:{quoted(relation.target)}) "
        f"USING INDEX a:{quoted(relation.source)}(`id`) WHERE a.`id` >= $after[0] AND (a.`id` > $after[0] "
        f"OR {end} > $after[1] OR ({end} = $after[1] AND {key} > $after[2])) "
        f"WITH a, r, b ORDER BY a.`id`, {end}, {key} LIMIT $rows "
        f"WITH a, r, b, {_times('r', relation)} RETURN collect([{_relation_columns(relation)}])"
    )


def leaving(relation: RelationType) -> str:
    """Count the relationships of this type that leave its start label, which Neo4j knows without looking."""
    return f"MATCH (:{quoted(relation.source)})-[r:{quoted(relation.type)}]->() RETURN count(r)"


def states(relation: RelationType) -> str:
    """Return a row where ``$source`` has stated any relationship of a relation."""
    return (
        f"MATCH (:{quoted(relation.source)})-[r:{quoted(relation.type)}]->(:{quoted(relation.target)}) "
        "WHERE r.`source` = $source RETURN 1 LIMIT 1"
    )


def stated(relation: RelationType) -> str:
    """Return in one list the columns of what ``$source_ids`` of ``$source``, and no other source, stated, in order."""
    return (
        f"MATCH (a:{quoted(relation.source)})-[r:{quoted(relation.type)}]->(b:{quoted(relation.target)}) "
        f"WHERE r.`source_id` IN $source_ids AND r.`source` = $source AND r.{_CLAIMS} IS NULL "
        f"WITH a, r, b, {_times('r', relation)} ORDER BY a.`id`, b.`id`, r.`key` "
        f"RETURN collect([{_relation_columns(relation)}])"
    )


def shared(relation: RelationType) -> str:
    """Return likewise the relationships of which others speak, and ``$claim`` begins what a source says of them."""
    return (
        f"MATCH (a:{quoted(relation.source)})-[r:{quoted(relation.type)}]->(b:{quoted(relation.target)}) "
        f"WHERE r.{_CLAIMS} IS NOT NULL AND any(claim IN r.{_CLAIMS} WHERE claim STARTS WITH $claim) "
        f"WITH a, r, b, {_times('r', relation)} ORDER BY a.`id`, b.`id`, r.`key` "
        f"RETURN collect([{_relation_columns(relation)}])"
    )


def contested(element: ElementType) -> str:
    """Return in one list what has the keys of ``$rows``, a last value their ``synthetic``; see ``GraphStore``.

    ``DISTINCT`` has both ends found before what joins them: from a hub alone there would be too many to look at.
    """
    if isinstance(element, NodeType):
        ends, columns = "", _node_columns("x", element)
        found = found_by_id("x", element.label, "row[0]")
    else:
        ends, columns = "a, b, ", _relation_columns(element, "x")
        found = (
            f"{found_by_id('a', element.source, 'row[0]')}{found_by_id('b', element.target, 'row[1]')}"
            f"WITH DISTINCT row, a, b MATCH (a)-[x:{quoted(element.type)} {{`key`: row[2]}}]->(b) "
        )
    return (
        f"UNWIND $rows AS row {found}WHERE x.`source` <> $source OR x.{_CLAIMS} IS NOT NULL "
        f"OR (x.`synthetic` AND NOT row[-1]) WITH DISTINCT {ends}x WITH {ends}x, {_times('x', element)} "
        f"RETURN collect([{columns}])"
    )


def replaced(element: ElementType) -> str:
    """Return in one list what has the keys of ``$rows``: position, stored hash and columns; see ``stores.batches``."""
    hash_ = quoted(HASH_PROPERTY)
    if isinstance(element, NodeType):
        found, columns = found_by_id("x", element.label, "row[2]"), _node_columns("x", element)
        ends = ""
    else:
        found, columns, ends = f"{both_ends(element)}WITH row, a, b ", _relation_columns(element, "x"), "a, b, "
        found += f"MATCH (a)-[x:{quoted(element.type)} {{`key`: row[4]}}]->(b) "
    return (
        f"UNWIND $rows AS row {found}WITH row, {ends}x, {_times('x', element)} "
        f"RETURN collect([row[0], x.{hash_}, [{columns}]])"
    )


def find_nodes(node: NodeType) -> str:
    """Return in one list the columns of the nodes of a label that have one of ``$ids``, by ``id``."""
    return (
        f"MATCH (n:{quoted(node.label)}) USING INDEX n:{quoted(node.label)}(`id`) WHERE n.`id` IN $ids "
        "WITH n ORDER BY n.`id` "
        f"WITH n, {_times('n', node)} RETURN collect([{_node_columns('n', node)}])"
    )


def get_node(node: NodeType) -> str:
    """Return the stored properties of one node."""
    columns = ", ".join(f"n.{quoted(p.name)}" for p in node.stored)
    return f"MATCH (n:{quoted(node.label)} {{`id`: $id}}) RETURN {columns}"


def neighbors(node: NodeType) -> str:
    """Return relationships of a node, of ``$types``, where both ends are of the catalog."""
    return (
        f"MATCH (n:{quoted(node.label)} {{`id`: $id}})-[r:{_TYPES}]-() "
        f"WHERE type(r) IN $types WITH DISTINCT r RETURN {_RELATIONSHIP} AS found "
        "ORDER BY type(r), startNode(r).id, endNode(r).id, r.key LIMIT $limit"
    )


def paths(source: NodeType, target: NodeType, hops: int) -> str:
    """Return the simple paths of exactly ``hops`` relationships between two nodes, directions ignored.

    None leads through one of ``$avoided``, written ``Label:id``.
    """
    inner = [f"n{number}" for number in range(1, hops)]
    nodes = ["a", *inner, "b"]
    walk = "".join(f"-[r{number}:{_TYPES}]-({name})" for number, name in enumerate(nodes[1:]))
    wanted = [f"{one} <> {other}" for i, one in enumerate(nodes) for other in nodes[i + 1 :]]
    wanted += [f"NONE(l IN labels({name}) WHERE l + ':' + {name}.id IN $avoided)" for name in inner]
    return (
        f"MATCH (a:{quoted(source.label)} {{`id`: $source}}), (b:{quoted(target.label)} {{`id`: $target}}) "
        f"MATCH (a){walk} WHERE {' AND '.join(wanted)} "
        f"RETURN [n IN [{', '.join(nodes)}] | [labels(n), n.id]] AS nodes, "
        f"[r IN [{', '.join(f'r{number}' for number in range(hops))}] | {_RELATIONSHIP}] AS relationships LIMIT $limit"
    )


SEARCH: Final = (
    "CALL db.index.fulltext.queryNodes($index, $query) YIELD node, score "
    f"WITH node, score, head([l IN labels(node) WHERE l IN {_LABELS}]) AS label WHERE label IN $labels "
    "RETURN label, node.id AS id, properties(node)[$captions[label]] AS caption, score "
    "ORDER BY score DESC, label, id LIMIT $limit"
)


def counts() -> str:
    """Count each label and relation in one query, from Neo4j's own counters wherever these tell them apart."""
    parts = [f"MATCH (n:{quoted(n.label)}) RETURN '{n.name}' AS name, count(n) AS number" for n in NODE_TYPES]
    parts += [f"MATCH {_counted(r)} RETURN '{r.name}' AS name, count(r) AS number" for r in RELATION_TYPES]
    return " UNION ALL ".join(parts)


def delete_node(node: NodeType) -> str:
    """Erase a node with its relationships and its embedding."""
    vector = f"OPTIONAL MATCH (v:{quoted(embedding_label(node))} {{`id`: $id}}) DELETE v " if node.embedded else ""
    return f"MATCH (n:{quoted(node.label)} {{`id`: $id}}) {vector}DETACH DELETE n RETURN count(*)"


def count_unsearched(node: NodeType) -> str:
    """Count the nodes without a search text."""
    return f"MATCH (n:{quoted(node.label)}) WHERE n.{_SEARCH_TEXT} IS NULL RETURN count(n)"


def unsearched(node: NodeType) -> str:
    """Return element id, search text and what it is made of, of up to ``$limit`` nodes that have no search text."""
    return f"MATCH (n:{quoted(node.label)}) WHERE n.{_SEARCH_TEXT} IS NULL RETURN {_searched(node)} LIMIT $limit"


def page_of_searched(node: NodeType) -> str:
    """Return likewise id, element id, search text and what the text is made of."""
    return _page_of_nodes(node, f"n.`id`, {_searched(node)}")


def _page_of_nodes(node: NodeType, columns: str, times: str = "") -> str:
    return (
        f"MATCH (n:{quoted(node.label)}) WHERE n.`id` > $after[0] WITH n ORDER BY n.`id` LIMIT $rows "
        f"{times}RETURN collect([{columns}])"
    )


def _searched(node: NodeType) -> str:
    values = ", ".join(f"n.{quoted(p.name)}" for p in node.searched)
    return f"elementId(n), n.{_SEARCH_TEXT}, [{values}]"


def fill_captions(relation: RelationType) -> str:
    """Write ``$caption`` on the relationships without one, some at a time, so that a killed migration resumes."""
    return (
        f"MATCH (:{quoted(relation.source)})-[r:{quoted(relation.type)}]->(:{quoted(relation.target)}) "
        f"WHERE r.{_CAPTION} IS NULL CALL (r) {{ SET r.{_CAPTION} = $caption }} IN TRANSACTIONS OF 10000 ROWS"
    )


def day_in_korea(time: str) -> str:
    """Write the day in Korea of a time."""
    return f"date(datetime({{datetime: {time}, timezone: '+09:00'}}))"


_FILL_FIRST_SEEN: Final = (
    "WHERE x.`first_seen` IS NULL AND x.`loaded_at` IS :: ZONED DATETIME NOT NULL "
    f"CALL (x) {{ SET x.`first_seen` = {day_in_korea('x.`loaded_at`')} }} IN TRANSACTIONS OF 10000 ROWS"
)
FILL_FIRST_SEEN: Final = (
    f"MATCH (x:{_ANY_LABEL}) {_FILL_FIRST_SEEN}",
    f"MATCH ()-[x:{_TYPES}]->() {_FILL_FIRST_SEEN}",
)
"""Fill the first day of what was stored before there was one, some at a time: no day before its load is known."""


def _counted(relation: RelationType) -> str:
    """Write the pattern of a relation: its start label suffices where no other relation shares type and start."""
    alone = sum((r.source, r.type) == (relation.source, relation.type) for r in RELATION_TYPES) == 1
    end = "" if alone else f":{quoted(relation.target)}"
    return f"(:{quoted(relation.source)})-[r:{quoted(relation.type)}]->({end})"


def _node_columns(variable: str, node: NodeType) -> str:
    return ", ".join(_column(variable, p) for p in node.stored)


def _relation_columns(relation: RelationType, variable: str = "r") -> str:
    """Write the stored columns of a relationship between ``a`` and ``b``."""
    ends = {"src": "a.`id`", "dst": "b.`id`"}
    return ", ".join(ends.get(p.name) or _column(variable, p) for p in relation.stored)


_NUMBERS: Final = {
    ValueType.DATE: "duration.inDays(date('1970-01-01'), {0}).days",
    ValueType.DATETIME: "{0}.epochSeconds * 1000000 + {0}.microsecond",
}


def _times(variable: str, element: ElementType) -> str:
    """Fetch each date and time under its own name, so that it is looked up once."""
    names = [quoted(p.name) for p in element.stored if p.type in _NUMBERS]
    return ", ".join(f"{variable}.{name} AS {name}" for name in names)


def _column(variable: str, property_: Property) -> str:
    """Write a property as the number or text that Arrow takes without a Python object for each date.

    Dates and times are those that ``_times`` fetched; where one is none, the answer is the name of its type.
    """
    name, number = quoted(property_.name), _NUMBERS.get(property_.type)
    if number is None:
        return f"{variable}.{name}"
    is_one = f"{name} IS :: {CYPHER_TYPES[property_.type]}"
    return f"CASE WHEN {name} IS NULL THEN null WHEN {is_one} THEN {number.format(name)} ELSE valueType({name}) END"
