"""The figures that the city answers for."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from api.deps import CallDep, Coordinator, KeyedRoute, worked_by

router = APIRouter(prefix="/v1", tags=["kpis"], route_class=KeyedRoute)


class TallyOut(BaseModel):
    """실제와 가상을 나눈 수 · rows, made-up ones apart."""

    real: int
    synthetic: int


class KpisOut(BaseModel):
    """성과 지표 · figures; synthetic rows are never added to real ones."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "request_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                    "counted_at": "2026-11-22T09:00:00+00:00",
                    "nodes": {"Company": {"real": 812, "synthetic": 20000}},
                    "relationships": {"Company__APPLIED_TO__Program": {"real": 0, "synthetic": 31000}},
                    "needs": {"open": {"real": 12, "synthetic": 0}, "resolved": {"real": 30, "synthetic": 0}},
                    "feedback": {"programs": {"shown": 120, "clicked": 31, "applied": 7}},
                }
            ]
        }
    )

    request_id: str
    counted_at: str = Field(description="집계 시각(최대 1분 전 값) · may be up to a minute old")
    nodes: dict[str, TallyOut]
    relationships: dict[str, TallyOut]
    needs: dict[str, TallyOut] = Field(description="상태별 요청 · needs by state")
    feedback: dict[str, dict[str, int]] = Field(description="과제·종류별 피드백 · feedback by task and event")


@router.get("/kpis", summary="성과 지표 · Key figures")
@worked_by("graph")
def kpis(_: Coordinator, call: CallDep) -> KpisOut:
    """그래프의 수와 피드백의 수입니다. · Counts of the graph and of feedback."""
    counts = asdict(call.services.counter.counts())
    return KpisOut(request_id=call.request_id, feedback=call.services.feedback.counts(), **counts)
