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
from graph_schema.wording import Wording

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
        known = ", ".join(_NODES)
        in_korean = ", ".join(f"{name}({node.ko})" for name, node in _NODES.items())
        raise SchemaError(
            Wording(
                f"{label!r}: 알 수 없는 레이블입니다. 다음 가운데 하나를 적으십시오: {in_korean}",
                f"unknown label {label!r}; known are {known}",
            )
        ) from None


def relation_type(source: str, type_: str, target: str) -> RelationType:
    """Return the relation ``(source)-[type]->(target)``; raises ``SchemaError`` for an unknown one."""
    try:
        return _RELATIONS[source, type_, target]
    except KeyError:
        asked, known = f"({source})-[{type_}]->({target})", ", ".join(str(r) for r in RELATION_TYPES if r.type == type_)
        raise SchemaError(
            Wording(
                f"{asked}: 알 수 없는 관계입니다. 이 종류의 관계: {known or '없음'}",
                f"unknown relation {asked}; known: {known or 'no relation of that type'}",
            )
        ) from None


def element_type(name: str) -> ElementType:
    """Return the node or relation type of a table name (``Label`` or ``SRC__REL__DST``)."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise SchemaError(
            Wording(
                f"{name!r}: 알 수 없는 테이블입니다. 레이블과 관계는 docs/graph.md에 있습니다",
                f"unknown table {name!r}; see docs/graph.md for the labels and relations",
            )
        ) from None


def is_reference(text: str) -> bool:
    """Return whether ``text`` is written as ``Label:id``."""
    return _REFERENCE.match(text) is not None


def parse_ref(text: str) -> NodeRef:
    """Read ``Label:id``; the id may hold further colons. Raises ``SchemaError`` for an unknown label."""
    label, separator, id_ = text.partition(":")
    if not separator or not id_:
        raise SchemaError(
            Wording(
                f"{text!r}: 노드를 가리키는 표기가 아닙니다. Company:brn:1234567890처럼 Label:id로 적으십시오",
                f"{text!r} is not a node reference; write Label:id, such as Company:brn:1234567890",
            )
        )
    return NodeRef(node_type(label).label, id_)
