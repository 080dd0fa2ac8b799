"""What people did with recommendations."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Body, Depends, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator, model_validator

from api.deps import CallDep, KeyedRoute, Reader, check_company, require, worked_by
from api.feedback_journal import (
    EARLIEST,
    MOST_SEQUENCE,
    EventKind,
    FeedbackEvent,
    JournalEntry,
    Receipt,
    RejectionReason,
    WithdrawalReceipt,
    can_have_happened,
)
from api.keys import Principal, Scope
from graph_schema.catalog import parse_ref
from graph_schema.errors import SchemaError
from loaders.masking import mask
from recommender.knowledge.tasks import TASKS

router = APIRouter(prefix="/v1", tags=["feedback"], route_class=KeyedRoute)

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
    occurred_at: AwareDatetime = Field(
        description="시간대 포함, 2000년부터 하루 뒤까지 · with its time zone, from 2000 to a day from now"
    )

    @field_validator("occurred_at")
    @classmethod
    def _happened(cls, moment: datetime) -> datetime:
        if not can_have_happened(moment):
            raise ValueError(
                "사건이 있었을 수 없는 때입니다. 보내는 쪽의 시계를 확인하십시오 · must lie between "
                f"{EARLIEST:%Y-%m-%d} and one day from now; send when it happened, and check the sender's clock"
            )
        return moment

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.reason is not None) != (self.event is EventKind.REJECTED):
            raise ValueError("reason belongs to rejected events, and each of those needs one")
        if self.task not in TASKS:
            raise ValueError(f"unknown task; known are {', '.join(TASKS)}")
        try:
            label = parse_ref(self.item).label
        except SchemaError as error:
            raise ValueError(error.wording.both) from error
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
    withdrawn_at: str | None = Field(description="철회된 때, 더는 세지 않음 · since then it no longer counts")
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
                            "withdrawn_at": None,
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


Sequence = Annotated[int, Field(ge=1, le=MOST_SEQUENCE)]


class WithdrawalIn(BaseModel):
    """사건 철회 · withdraws events that were sent in error; nothing is erased."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"sequences": [17, 18], "reason": "sent_by_a_test"}]}
    )

    sequences: list[Sequence] = Field(
        min_length=1, max_length=1000, description="GET /v1/feedback의 번호 · its numbers"
    )
    reason: str = Field(
        min_length=1,
        max_length=200,
        pattern=r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$",
        description="코드나 짧은 글, 개인정보 없이 · a code or a few words, nothing personal",
    )


class WithdrawalReceiptOut(BaseModel):
    """사건 하나의 철회 결과 · what became of one withdrawal."""

    sequence: int
    receipt: WithdrawalReceipt


class WithdrawalReceiptsOut(BaseModel):
    """철회 결과 · receipts in the order of the numbers."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "request_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                    "receipts": [{"sequence": 17, "receipt": "withdrawn"}, {"sequence": 18, "receipt": "unknown"}],
                }
            ]
        }
    )

    request_id: str
    receipts: list[WithdrawalReceiptOut]


@router.post("/feedback", summary="피드백 보내기 · Send feedback")
@worked_by("feedback")
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
@worked_by("feedback")
def read_feedback(
    caller: Reader,
    call: CallDep,
    company: Annotated[str | None, Query(description="기업 id · company id")] = None,
    after: Annotated[
        int, Query(ge=0, le=MOST_SEQUENCE, description="이 번호 다음부터 · after this sequence number")
    ] = 0,
    n: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> StoredEventsOut:
    """기업 키는 철회되지 않은 자기 것만 봅니다. · A company's key reads its own that still count, a coordinator all."""
    chosen = company or caller.company
    if chosen is not None:
        check_company(caller, chosen)
    sees_withdrawn = caller.has(Scope.READ_ALL)
    entries = call.services.feedback.read(company=chosen, after=after, limit=n, withdrawn=sees_withdrawn)
    return StoredEventsOut(
        request_id=call.request_id,
        events=[_stored(entry) for entry in entries],
        next_after=entries[-1].sequence if len(entries) == n else None,
    )


@router.post("/feedback/withdrawals", summary="피드백 철회하기 · Withdraw feedback")
@worked_by("feedback")
def withdraw_feedback(
    withdrawal: Annotated[WithdrawalIn, Body()],
    caller: Annotated[Principal, Depends(require(Scope.ADMIN))],
    call: CallDep,
) -> WithdrawalReceiptsOut:
    """철회된 사건은 남지만 학습과 지표에 들지 않습니다. · They stay, but count neither in training nor in figures."""
    receipts = call.services.feedback.withdraw(
        withdrawal.sequences, by=caller.key_id, reason=mask(withdrawal.reason.strip())
    )
    return WithdrawalReceiptsOut(
        request_id=call.request_id,
        receipts=[
            WithdrawalReceiptOut(sequence=sequence, receipt=receipt)
            for sequence, receipt in zip(withdrawal.sequences, receipts, strict=True)
        ],
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
    return StoredEventOut(
        sequence=entry.sequence,
        received_at=entry.received_at,
        withdrawn_at=entry.withdrawn_at,
        **asdict(entry.event),
    )
