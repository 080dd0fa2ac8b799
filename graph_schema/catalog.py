"""The one declaration of the graph: labels, relationships, properties, names in Korean and English.

Constraints, indexes, MERGE statements, validation, snapshot columns and ``docs/graph.md`` are all made from it.
"""

from __future__ import annotations

import re
from typing import Final

from graph_schema.errors import SchemaError
from graph_schema.model import ElementType, NodeRef, NodeType, RelationType
from graph_schema.node_types import (
    BUSINESS_STATES,
    EXCLUSION_KINDS,
    NEED_KINDS,
    NEED_STATES,
    NODE_TYPES,
    PROGRAM_KINDS,
    REPRESENTATIVE_KINDS,
    TARGET_KINDS,
    WINDOW_KINDS,
)
from graph_schema.properties import EMBEDDING_DIMENSION
from graph_schema.relation_types import (
    DECISIONS,
    IDENTITY_TYPES,
    OVERLAY_TYPES,
    RELATION_TYPES,
    TASK_NAMES,
)

__all__ = (
    "BUSINESS_STATES",
    "DECISIONS",
    "ELEMENT_TYPES",
    "EMBEDDING_DIMENSION",
    "EXCLUSION_KINDS",
    "IDENTITY_TYPES",
    "NEED_KINDS",
    "NEED_STATES",
    "NODE_TYPES",
    "OVERLAY_TYPES",
    "PROGRAM_KINDS",
    "RELATION_TYPES",
    "REPRESENTATIVE_KINDS",
    "TARGET_KINDS",
    "TASK_NAMES",
    "WINDOW_KINDS",
    "element_type",
    "node_type",
    "parse_ref",
    "relation_type",
)

_NODES = {node.label: node for node in NODE_TYPES}
_RELATIONS = {(relation.source, relation.type, relation.target): relation for relation in RELATION_TYPES}
ELEMENT_TYPES: tuple[ElementType, ...] = (*NODE_TYPES, *RELATION_TYPES)
_BY_NAME = {element.name: element for element in (*ELEMENT_TYPES, *OVERLAY_TYPES)}
_REFERENCE: Final = re.compile(r"[A-Za-z]+:.")


def node_type(label: str) -> NodeType:
    """Return the node type of ``label``; raises ``SchemaError`` for an unknown one."""
    try:
        return _NODES[label]
    except KeyError:
        raise SchemaError(f"unknown label {label!r}; known are {', '.join(_NODES)}") from None


def relation_type(source: str, type_: str, target: str) -> RelationType:
    """Return the relation ``(source)-[type]->(target)``; raises ``SchemaError`` for an unknown one."""
    try:
        return _RELATIONS[source, type_, target]
    except KeyError:
        known = ", ".join(str(r) for r in RELATION_TYPES if r.type == type_) or "no relation of that type"
        raise SchemaError(f"unknown relation ({source})-[{type_}]->({target}); known: {known}") from None


def element_type(name: str) -> ElementType:
    """Return the node or relation type of a table name (``Label`` or ``SRC__REL__DST``)."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise SchemaError(f"unknown table {name!r}; see docs/graph.md for the labels and relations") from None


def is_reference(text: str) -> bool:
    """Return whether ``text`` is written as ``Label:id``."""
    return _REFERENCE.match(text) is not None


def parse_ref(text: str) -> NodeRef:
    """Read ``Label:id``; the id may hold further colons. Raises ``SchemaError`` for an unknown label."""
    label, separator, id_ = text.partition(":")
    if not separator or not id_:
        raise SchemaError(f"{text!r} is not a node reference; write Label:id, such as Company:brn:1234567890")
    return NodeRef(node_type(label).label, id_)
