"""Full-text search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from api.deps import CallDep, Coordinator, Count, KeyedRoute, worked_by
from graph_schema.catalog import NODE_TYPES, node_type

router = APIRouter(prefix="/v1", tags=["graph"], route_class=KeyedRoute)

_LABELS = [node.label for node in NODE_TYPES]


class HitOut(BaseModel):
    """검색 결과 하나 · one match."""

    ref: str
    label: str
    id: str
    caption: str
    score: float


class HitsOut(BaseModel):
    """검색 결과 · matches, best first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "request_id": "6f1c2a9e0b7d4f53a1c8e2d4b6f80913",
                    "results": [
                        {
                            "ref": "Company:name:두레정밀",
                            "label": "Company",
                            "id": "name:두레정밀",
                            "caption": "두레정밀",
                            "score": 3.1,
                        }
                    ],
                }
            ]
        }
    )

    request_id: str
    results: list[HitOut]


@router.get("/search", summary="전문 검색 · Full-text search")
@worked_by("graph")
def search(
    q: Annotated[str, Query(min_length=1, max_length=200, description="검색어 · words", examples=["센서 모듈"])],
    _: Coordinator,
    call: CallDep,
    label: Annotated[
        list[str] | None,
        Query(
            description="라벨, 여러 번 가능 · label, may be repeated", json_schema_extra={"items": {"enum": _LABELS}}
        ),
    ] = None,
    n: Count = 10,
) -> HitsOut:
    """이름·제목·내용에서 찾습니다. · Searches names, titles and texts; Korean by pairs of characters."""
    labels = [node_type(name).label for name in label or ()]
    with call.services.store.reading() as store:
        hits = store.search(q, labels=labels, limit=n)
    results = [
        HitOut(ref=str(hit.ref), label=hit.ref.label, id=hit.ref.id, caption=hit.caption, score=hit.score)
        for hit in hits
    ]
    return HitsOut(request_id=call.request_id, results=results)
