"""Whether the server lives, whether it can serve, and what it has served; open to all, since it tells no content."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final, Literal

from fastapi import APIRouter, Response, status
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import PlainTextResponse

from api.deps import CallDep, worked_by
from api.problems import OverloadError
from api.services import Services
from api.store_access import StoreState
from graph_schema.errors import FeedbackUnavailableError

router = APIRouter(tags=["operation"])
WAIT_S: Final = 1.5
"""Longest wait for a look at the store: readiness is answered within two seconds, whatever the store does.

It is the one thing that readiness waits for, and longer than ``LOOK_S``, past which a store counts as silent.
"""


class LiveOut(BaseModel):
    """살아 있음 · the process answers."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"request_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9", "status": "live"}]}
    )

    request_id: str
    status: Literal["live"] = "live"


class ChecksOut(BaseModel):
    """부분별 상태 · the parts, each with its state."""

    model: Literal["ready", "unavailable"]
    snapshot: Literal["ready", "unavailable"]
    store: StoreState = Field(
        description="마지막 사용 결과. silent: 제때 답이 없음(멈추었거나 과부하), unavailable: 서버가 없거나 끊김 · "
        "how its last use or look went; silent: no answer in time, it hangs or is overloaded; unavailable: none is "
        "there; unknown before the first"
    )
    feedback: Literal["ready", "unavailable"]
    keys: Literal["ready", "stale"] = Field(
        description="stale: 키 파일에 문제가 있어 이전 키를 씀 · the key file is spoiled, the last good keys are in use"
    )


class ReadyOut(BaseModel):
    """준비 상태 · degraded means: recommendations go on, and what else does not is named in checks."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "request_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                    "status": "ready",
                    "checks": {
                        "model": "ready",
                        "snapshot": "ready",
                        "store": "ready",
                        "feedback": "ready",
                        "keys": "ready",
                    },
                    "snapshot_id": "5a0c3b…",
                    "model_version": "20261122-1",
                }
            ]
        }
    )

    request_id: str
    status: Literal["ready", "degraded", "not_ready"]
    checks: ChecksOut
    snapshot_id: str | None
    model_version: str | None


@router.head("/health/live", include_in_schema=False)
@router.get("/health/live", summary="동작 확인 · Liveness")
async def live(call: CallDep) -> LiveOut:
    """프로세스가 응답합니다. · The process answers."""
    return LiveOut(request_id=call.request_id)


@router.head("/health/ready", include_in_schema=False)
@router.get("/health/ready", summary="준비 상태 · Readiness")
async def ready(call: CallDep, response: Response) -> ReadyOut:
    """모델이 없으면 503입니다. · 503 while there is no model; a part that is down makes it degraded only.

    마지막 사용 결과를 답하며, 아무도 쓰지 않던 Neo4j는 잠깐 확인합니다. · The state of a part is that of its last use;
    a Neo4j server that nobody uses is looked at, for a moment.
    """
    parts = call.services
    lineage, state = parts.model.lineage(), await _state_of_store(parts)
    if lineage is None:
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
        response.headers["Retry-After"] = "10"
    served: Literal["ready", "unavailable"] = "unavailable" if lineage is None else "ready"
    feedback: Literal["ready", "unavailable"] = "ready" if parts.feedback.available else "unavailable"
    keys: Literal["ready", "stale"] = "ready" if parts.keys is None or parts.keys.problem is None else "stale"
    well = state in {"ready", "unknown"} and feedback == keys == "ready"
    overall: Literal["ready", "degraded"] = "ready" if well else "degraded"
    return ReadyOut(
        request_id=call.request_id,
        status="not_ready" if lineage is None else overall,
        checks=ChecksOut(model=served, snapshot=served, store=state, feedback=feedback, keys=keys),
        snapshot_id=lineage.snapshot_id if lineage else None,
        model_version=lineage.model_version if lineage else None,
    )


async def _state_of_store(parts: Services) -> StoreState:
    """Look at a store that nobody uses, and wait no longer for it than a look may take: a frozen one says nothing."""
    if parts.store.unused:
        with suppress(TimeoutError, OverloadError):
            await asyncio.wait_for(parts.workers["graph"].run(parts.store.look), WAIT_S)
    return parts.store.state


@router.get(
    "/metrics",
    summary="계측 · Metrics for Prometheus",
    response_class=PlainTextResponse,
    responses={200: {"content": {"text/plain": {"example": "# TYPE dure_http_requests_total counter\n"}}}},
)
@worked_by("feedback")
def metrics(call: CallDep) -> PlainTextResponse:
    """요청 수와 시간입니다. · Counts and durations of requests; no ids in it."""
    parts = call.services
    gauges = {"dure_model_ready": float(parts.model.lineage() is not None)}
    with suppress(FeedbackUnavailableError):
        events = sum(count for by_event in parts.feedback.counts().values() for count in by_event.values())
        gauges["dure_feedback_events"] = float(events)
    return PlainTextResponse(parts.metrics.text(gauges), media_type="text/plain; version=0.0.4")
