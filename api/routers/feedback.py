"""What people did with recommendations."""

from __future__ import annotations

from datetime import UTC
from enum import StrEnum
from typing import Annotated, Any, Self

from fastapi import APIRouter, Body, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from api.deps import CallDep, Reader, check_company
from api.feedback_journal import FeedbackEvent, JournalEntry, Receipt
from api.keys import Principal
from graph_schema.catalog import parse_ref
from graph_schema.errors import SchemaError
from recommender.tasks import TASKS

router = APIRouter(prefix="/v1", tags=["feedback"])

_EVENT_EXAMPLE: dict[str, Any] = {
    "event_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "request_id": "6f1c2a9e0b7d4f53a1c8e2d4b6f80913",
    "company": "name:두레정밀",
    "task": "programs",
    "item": "Program:PBLN_000000000120541",
    "rank": 1,
    "event": "rejected",
    "reason": "deadline_too_close",
    "occurred_at": "2026-03-02T09:30:00+09:00",
}


class EventKind(StrEnum):
    """What happened to a result."""

    SHOWN = "shown"
    CLICKED = "clicked"
    APPLIED = "applied"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class RejectionReason(StrEnum):
    """Why a result was turned down; codes, so that they can be counted and learned from."""

    NOT_RELEVANT = "not_relevant"
    ALREADY_KNOWN = "already_known"
    NOT_ELIGIBLE = "not_eligible"
    DEADLINE_TOO_CLOSE = "deadline_too_close"
    TOO_COSTLY = "too_costly"
    TOO_FAR = "too_far"
    NO_CAPACITY = "no_capacity"
    WRONG_SIZE = "wrong_size"
    OTHER = "other"


class EventIn(BaseModel):
    """사건 하나 · one event; free text has no place here, so that nothing personal slips in."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EVENT_EXAMPLE]})

    event_id: str = Field(
        min_length=1, max_length=64, pattern=r"^[\w.:-]+$", description="사건 id · unique within client_id"
    )
    request_id: str = Field(
        pattern=r"^[A-Za-z0-9._-]{8,64}$", description="추천 응답의 request_id · of the recommendation"
    )
    company: str | None = Field(
        default=None, min_length=1, max_length=200, description="기업 id, 프로필 추천이면 생략 · absent for a profile"
    )
    task: str = Field(json_schema_extra={"enum": list(TASKS)})
    item: str = Field(max_length=300, description="결과의 ref · of the result, Label:id")
    event: EventKind
    reason: RejectionReason | None = Field(default=None, description="rejected에만, 필수 · needed for rejected alone")
    rank: int | None = Field(default=None, ge=1, le=1000, strict=True)
    occurred_at: AwareDatetime = Field(description="시간대 포함 · with its time zone")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.reason is not None) != (self.event is EventKind.REJECTED):
            raise ValueError("reason belongs to rejected events, and each of those needs one")
        if self.task not in TASKS:
            raise ValueError(f"unknown task; known are {', '.join(TASKS)}")
        try:
            label = parse_ref(self.item).label
        except SchemaError as error:
            raise ValueError(str(error)) from error
        if label not in TASKS[self.task].candidate:
            raise ValueError(f"{self.task} recommends {', '.join(TASKS[self.task].candidate)}, not {label}")
        return self


class FeedbackIn(BaseModel):
    """사건 묶음 · a batch; sending it again does no harm."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"client_id": "duri-web", "events": [_EVENT_EXAMPLE]}]}
    )

    client_id: str = Field(
        min_length=1, max_length=64, pattern=r"^[\w.:-]+$", description="보내는 시스템 · the sending system"
    )
    events: list[EventIn] = Field(min_length=1, max_length=1000)


class ReceiptOut(BaseModel):
    """사건 하나의 처리 결과 · what became of one event."""

    event_id: str
    receipt: Receipt


class ReceiptsOut(BaseModel):
    """처리 결과 · receipts in the order of the events; duplicates are acknowledged, not doubled."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "request_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                    "stored": 1,
                    "duplicates": 0,
                    "conflicts": 0,
                    "receipts": [{"event_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "receipt": "stored"}],
                }
            ]
        }
    )

    request_id: str
    stored: int
    duplicates: int
    conflicts: int
    receipts: list[ReceiptOut]


class StoredEventOut(BaseModel):
    """저장된 사건 · a stored event."""

    sequence: int
    received_at: str
    client_id: str
    event_id: str
    request_id: str
    company: str | None
    task: str
    item: str
    event: str
    reason: str | None
    rank: int | None
    occurred_at: str


class StoredEventsOut(BaseModel):
    """저장된 사건들 · stored events, oldest first; ask on with after=next_after until it is null."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "request_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                    "events": [
                        {
                            **_EVENT_EXAMPLE,
                            "sequence": 1,
                            "client_id": "duri-web",
                            "received_at": "2026-03-02T00:30:01.000+00:00",
                        }
                    ],
                    "next_after": None,
                }
            ]
        }
    )

    request_id: str
    events: list[StoredEventOut]
    next_after: int | None


@router.post("/feedback", summary="피드백 보내기 · Send feedback")
def send_feedback(batch: Annotated[FeedbackIn, Body()], caller: Reader, call: CallDep) -> ReceiptsOut:
    """디스크에 남긴 뒤 응답합니다. · Answered once it is on disk; it needs neither the store nor the model."""
    events = [_journalled(batch.client_id, event, caller) for event in batch.events]
    receipts = call.services.feedback.append(caller.owner, events)
    return ReceiptsOut(
        request_id=call.request_id,
        stored=receipts.count(Receipt.STORED),
        duplicates=receipts.count(Receipt.DUPLICATE),
        conflicts=receipts.count(Receipt.CONFLICT),
        receipts=[
            ReceiptOut(event_id=event.event_id, receipt=receipt)
            for event, receipt in zip(events, receipts, strict=True)
        ],
    )


@router.get("/feedback", summary="피드백 보기 · Read feedback")
def read_feedback(
    caller: Reader,
    call: CallDep,
    company: Annotated[str | None, Query(description="기업 id · company id")] = None,
    after: Annotated[int, Query(ge=0, description="이 번호 다음부터 · after this sequence number")] = 0,
    n: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> StoredEventsOut:
    """기업 키는 자기 것만 봅니다. · A company's key reads its own; a coordinator reads all."""
    chosen = company or caller.company
    if chosen is not None:
        check_company(caller, chosen)
    entries = call.services.feedback.read(company=chosen, after=after, limit=n)
    return StoredEventsOut(
        request_id=call.request_id,
        events=[_stored(entry) for entry in entries],
        next_after=entries[-1].sequence if len(entries) == n else None,
    )


def _journalled(client_id: str, event: EventIn, caller: Principal) -> FeedbackEvent:
    company = event.company or caller.company
    if company is not None:
        check_company(caller, company)
    return FeedbackEvent(
        client_id=client_id,
        event_id=event.event_id,
        request_id=event.request_id,
        company=company,
        task=event.task,
        item=event.item,
        event=event.event,
        reason=event.reason,
        rank=event.rank,
        occurred_at=event.occurred_at.astimezone(UTC).isoformat(),
    )


def _stored(entry: JournalEntry) -> StoredEventOut:
    event = entry.event
    return StoredEventOut(
        sequence=entry.sequence,
        received_at=entry.received_at,
        client_id=event.client_id,
        event_id=event.event_id,
        request_id=event.request_id,
        company=event.company,
        task=event.task,
        item=event.item,
        event=event.event,
        reason=event.reason,
        rank=event.rank,
        occurred_at=event.occurred_at,
    )
