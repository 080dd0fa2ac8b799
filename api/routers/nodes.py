"""One node, and what it is joined to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict

from api.deps import CallDep, Coordinator, Count, KeyedRoute, worked_by
from api.elements import NodeOut, RelationshipOut, absent, node_out, relationship_out
from api.naming import NAMED_NODE, node_meant
from graph_schema.catalog import RELATION_TYPES
from graph_schema.errors import SchemaError
from graph_schema.wording import Wording

router = APIRouter(prefix="/v1", tags=["graph"], route_class=KeyedRoute)

Ref = Annotated[str, Path(**NAMED_NODE, examples=["윈텍오토메이션"])]
_TYPES = sorted({relation.type for relation in RELATION_TYPES})


class NeighborsOut(BaseModel):
    """이웃 관계 · relationships that touch the node."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "request_id": "6f1c2a9e0b7d4f53a1c8e2d4b6f80913",
                    "ref": "Company:name:두레정밀",
                    "relationships": [
                        {
                            "source": "Company:name:두레정밀",
                            "type": "LOCATED_IN",
                            "type_ko": "소재지는",
                            "target": "Region:41281",
                            "properties": {"source": "factory-register", "synthetic": False},
                        }
                    ],
                }
            ]
        }
    )

    request_id: str
    ref: str
    relationships: list[RelationshipOut]


@router.get("/nodes/{ref:path}/neighbors", summary="이웃 · Neighbours of a node")
@worked_by("graph")
def neighbors(
    ref: Ref,
    caller: Coordinator,
    call: CallDep,
    type_: Annotated[
        list[str] | None,
        Query(alias="type", description="관계 종류, 여러 번 가능 · relationship type, may be repeated"),
    ] = None,
    n: Count = 25,
) -> NeighborsOut:
    """양방향의 관계를 출처와 함께 봅니다. · Relationships in either direction, with their sources."""
    for name in type_ or ():
        if name not in _TYPES:
            known = ", ".join(_TYPES)
            raise SchemaError(
                Wording(
                    f"{name!r}: 알 수 없는 관계 종류입니다. 다음 가운데 하나를 적으십시오: {known}",
                    f"unknown relationship type {name!r}; known are {known}",
                )
            )
    with call.services.store.reading() as store:
        wanted = node_meant(store, ref)
        if store.get_node(wanted) is None:
            raise absent(wanted)
        found = store.neighbors(wanted, types=type_ or (), limit=n)
    return NeighborsOut(
        request_id=call.request_id,
        ref=str(wanted),
        relationships=[relationship_out(relationship, caller) for relationship in found],
    )


@router.get("/nodes/{ref:path}", summary="노드 · A node")
@worked_by("graph")
def node(ref: Ref, caller: Coordinator, call: CallDep) -> NodeOut:
    """개인정보는 read:pii 권한이 있을 때만 나옵니다. · Personal properties need the scope read:pii."""
    with call.services.store.reading() as store:
        wanted = node_meant(store, ref)
        stored = store.get_node(wanted)
    if stored is None:
        raise absent(wanted)
    return node_out(wanted, stored, caller, call.request_id)
