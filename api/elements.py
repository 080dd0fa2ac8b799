"""Nodes and relationships as JSON, personal properties left out unless the key may see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.keys import Principal, Scope
from graph_schema.catalog import node_type
from graph_schema.errors import NotFoundError
from graph_schema.model import CLAIMS, ElementType, NodeRef
from graph_schema.wording import Wording
from stores.base import Relationship


class NodeOut(BaseModel):
    """노드 · one node with the properties that the key may see."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "request_id": "6f1c2a9e0b7d4f53a1c8e2d4b6f80913",
                    "ref": "Company:name:두레정밀",
                    "label": "Company",
                    "label_ko": "기업",
                    "id": "name:두레정밀",
                    "caption": "두레정밀",
                    "properties": {"name": "두레정밀", "employees": 12, "source": "factory-register"},
                    "withheld": ["phone"],
                }
            ]
        }
    )

    request_id: str
    ref: str = Field(description="Label:id")
    label: str
    label_ko: str
    id: str
    caption: str
    properties: dict[str, Any]
    withheld: list[str] = Field(description="권한이 없어 뺀 개인정보 항목 · personal properties left out")


class RelationshipOut(BaseModel):
    """관계 · one relationship in its stored direction."""

    source: str = Field(description="Label:id")
    type: str
    type_ko: str
    target: str = Field(description="Label:id")
    properties: dict[str, Any]


def absent(ref: NodeRef) -> NotFoundError:
    """Return the error for a node that is not stored."""
    return NotFoundError(
        Wording(
            f"{ref}: 그래프에 없는 노드입니다. /v1/search에서 찾으십시오",
            f"{ref} is not in the graph; find it with /v1/search",
        )
    )


def node_out(ref: NodeRef, stored: Mapping[str, object], caller: Principal, request_id: str) -> NodeOut:
    """Turn a stored node into JSON's shape."""
    node = node_type(ref.label)
    hidden = _hidden(node, caller)
    return NodeOut(
        request_id=request_id,
        ref=str(ref),
        label=node.label,
        label_ko=node.ko,
        id=ref.id,
        caption=str(stored.get(node.caption, ref.id)),
        properties={name: value for name, value in stored.items() if name not in hidden},
        withheld=sorted(hidden.intersection(stored) - {CLAIMS.name}),
    )


def relationship_out(found: Relationship, caller: Principal) -> RelationshipOut:
    """Turn a stored relationship into JSON's shape."""
    hidden = _hidden(found.relation, caller) | {"src", "dst"}
    return RelationshipOut(
        source=str(found.source),
        type=found.relation.type,
        type_ko=found.relation.ko,
        target=str(found.target),
        properties={name: value for name, value in found.properties.items() if name not in hidden},
    )


def _hidden(element: ElementType, caller: Principal) -> set[str]:
    seen = caller.has(Scope.READ_PII)
    return {p.name for p in element.properties if p.derived or p is CLAIMS or (p.pii and not seen)}
