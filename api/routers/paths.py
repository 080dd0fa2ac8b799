"""How two nodes are joined."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from api.deps import CallDep, Coordinator, KeyedRoute, worked_by
from api.elements import RelationshipOut, absent, relationship_out
from api.naming import NAMED_NODE, node_meant

router = APIRouter(prefix="/v1", tags=["graph"], route_class=KeyedRoute)


class PathOut(BaseModel):
    """경로 하나 · one path: nodes[i] and nodes[i+1] are the ends of relationships[i]."""

    nodes: list[str]
    relationships: list[RelationshipOut]


class PathsOut(BaseModel):
    """경로 · paths, shortest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "request_id": "6f1c2a9e0b7d4f53a1c8e2d4b6f80913",
                    "paths": [
                        {
                            "nodes": ["Company:name:두레정밀", "Region:41281"],
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
                    ],
                }
            ]
        }
    )

    request_id: str
    paths: list[PathOut]


@router.get("/paths", summary="경로 · Paths between two nodes")
@worked_by("graph")
def paths(
    from_: Annotated[
        str,
        Query(alias="from", **NAMED_NODE, examples=["윈텍오토메이션"]),
    ],
    to: Annotated[
        str,
        Query(**NAMED_NODE, examples=["Region:41281"]),
    ],
    caller: Coordinator,
    call: CallDep,
    max_hops: Annotated[int, Query(ge=1, le=4, description="최대 관계 수 · most relationships in a path")] = 3,
    n: Annotated[int, Query(ge=1, le=20, description="최대 경로 수 · most paths")] = 10,
) -> PathsOut:
    """두 노드를 잇는 가장 짧은 경로부터 봅니다. · Shortest paths first, directions ignored.

    기업 열 곳 가운데 한 곳 이상이 함께 걸린 노드(허브: 큰 지역, 업종, 주제)는 지나지 않습니다. 어느 한쪽 끝이 허브이면
    지납니다. · None leads through a hub, which a tenth or more of all companies share, unless an end is one.
    """
    hubs = call.services.model.hubs()
    with call.services.store.reading() as store:
        source, target = node_meant(store, from_), node_meant(store, to)
        avoided = () if source in hubs or target in hubs else hubs
        for ref in (source, target):
            if store.get_node(ref) is None:
                raise absent(ref)
        found = store.paths(source, target, max_hops=max_hops, limit=n, avoided=avoided)
    results = [
        PathOut(
            nodes=[str(ref) for ref in path.nodes],
            relationships=[relationship_out(step, caller) for step in path.relationships],
        )
        for path in found
    ]
    return PathsOut(request_id=call.request_id, paths=results)
