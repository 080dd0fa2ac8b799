"""What companies ask for, and the coordinators' queue of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, status
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from api.deps import CallDep, Coordinator, KeyedRoute, NeedsWriter, Reader, check_company, worked_by
from api.keys import Scope
from api.needs_desk import Need, list_needs, move_need, raise_need
from api.problems import ForbiddenError
from graph_schema.catalog import NEED_KINDS, NEED_STATES
from graph_schema.wording import Wording

router = APIRouter(prefix="/v1", tags=["needs"], route_class=KeyedRoute)


def _one_of(choices: Sequence[str], value: str) -> str:
    if value not in choices:
        raise ValueError(f"must be one of {', '.join(choices)}")
    return value


NeedKind = Annotated[
    str, AfterValidator(partial(_one_of, NEED_KINDS)), Field(json_schema_extra={"enum": list(NEED_KINDS)})
]
NeedState = Annotated[
    str, AfterValidator(partial(_one_of, NEED_STATES)), Field(json_schema_extra={"enum": list(NEED_STATES)})
]

_NEED_EXAMPLE: dict[str, Any] = {
    "id": "need:3f0c9b1e5d7a4c2f8e6b0a1d2c3e4f50",
    "title": "방열 소재 국산화",
    "text": "전력 모듈용 방열 소재를 국산화할 기술을 찾습니다. 연락처 [전화번호]",
    "kind": "technology",
    "state": "open",
    "raised_on": "2026-03-02",
    "company": "name:윈텍오토메이션",
    "synthetic": False,
}


class NeedIn(BaseModel):
    """기술수요·애로·민원 · a need. 전화·전자우편·주민·사업자·법인·여권·면허·카드·계좌 번호를 가려서 저장합니다.

    이름, 우편 주소, 말로 풀어 쓴 번호, 그림은 가리지 못합니다. · Numbers of telephones, residents, businesses,
    corporations, passports, licences, cards and accounts, and e-mail addresses are masked. Names of people, postal
    addresses, numbers written in words and pictures are not.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "company": "name:윈텍오토메이션",
                    "kind": "technology",
                    "title": "방열 소재 국산화",
                    "text": "전력 모듈용 방열 소재를 국산화할 기술을 찾습니다. 연락처 031-123-4567",
                    "client_id": "duri-web",
                    "need_id": "2026-0001",
                }
            ]
        },
    )

    text: str = Field(min_length=1, max_length=4000, description="내용 · what is needed")
    kind: NeedKind
    title: str | None = Field(default=None, min_length=1, max_length=200, description="제목 · title")
    company: str | None = Field(default=None, min_length=1, max_length=200, description="기업 id · company id")
    client_id: str = Field(default="", max_length=64, description="보내는 시스템 · the sending system")
    need_id: str | None = Field(
        default=None,
        min_length=1,
        max_length=64,
        description="보내는 시스템의 id, 다시 보내도 한 번만 저장 · its own id: sent again, it is stored once",
    )


class NeedQuery(BaseModel):
    """Which needs to list."""

    model_config = ConfigDict(extra="forbid")

    state: NeedState | None = Field(default=None, description="처리 상태 · state")
    kind: NeedKind | None = Field(default=None, description="종류 · kind")
    company: str | None = Field(default=None, description="기업 id · company id")
    after: str = Field(default="", description="이 id 다음부터 · after this id")
    n: int = Field(default=50, ge=1, le=500, description="최대 개수 · most needs")


class NeedMoveIn(BaseModel):
    """처리 상태 변경 · the state to move to, and the one that it was seen in."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"state": "assigned", "from": "open"}]})

    state: NeedState
    seen: NeedState | None = Field(
        default=None,
        alias="from",
        description="화면에서 본 상태, 그사이 바뀌었으면 409 · the state that you saw; 409 where it has moved since",
    )


class NeedOut(BaseModel):
    """요청 하나 · one need."""

    id: str
    title: str
    text: str | None
    kind: str | None
    state: str
    raised_on: date | None
    company: str | None
    synthetic: bool


class NeedAnswerOut(BaseModel):
    """저장된 요청 · the need as it is kept."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"request_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9", "need": _NEED_EXAMPLE}]}
    )

    request_id: str
    need: NeedOut


class NeedsOut(BaseModel):
    """요청 목록 · needs by id; ask on with after=next_after until it is null."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"request_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9", "needs": [_NEED_EXAMPLE], "next_after": None}
            ]
        }
    )

    request_id: str
    needs: list[NeedOut]
    next_after: str | None


@router.post("/needs", status_code=status.HTTP_201_CREATED, summary="요청 올리기 · Raise a need")
@worked_by("graph")
def send_need(need: Annotated[NeedIn, Body()], caller: NeedsWriter, call: CallDep) -> NeedAnswerOut:
    """전화번호·전자우편 등은 가려서 저장하지만 이름과 우편 주소는 가리지 못합니다.

    Numbers and e-mail addresses are masked before it is kept; names and postal addresses are not.
    """
    company = need.company or caller.company
    if company is not None and company != caller.company and not caller.has(Scope.READ_ALL):
        raise ForbiddenError(
            Wording("다른 기업의 요청은 올릴 수 없습니다", "This key raises needs of its own company only")
        )
    key = None if need.need_id is None else f"{caller.owner}\0{need.client_id}\0{need.need_id}"
    with call.services.store.writing() as store:
        raised = raise_need(store, text=need.text, kind=need.kind, title=need.title, company=company, request_key=key)
    return NeedAnswerOut(request_id=call.request_id, need=_out(raised))


@router.get("/needs", summary="요청 목록 · The queue of needs")
@worked_by("graph")
def read_needs(wanted: Annotated[NeedQuery, Query()], caller: Reader, call: CallDep) -> NeedsOut:
    """기업 키는 자기 것만 봅니다. · A company's key sees its own; a coordinator sees all."""
    company = wanted.company or caller.company
    if company is not None:
        check_company(caller, company)
    with call.services.store.reading() as store:
        found = list(
            islice(
                list_needs(store, state=wanted.state, kind=wanted.kind, company=company, after=wanted.after), wanted.n
            )
        )
    return NeedsOut(
        request_id=call.request_id,
        needs=[_out(need) for need in found],
        next_after=found[-1].id if len(found) == wanted.n else None,
    )


@router.patch("/needs/{need_id:path}", summary="처리 상태 바꾸기 · Move a need to another state")
@worked_by("graph")
def change_need(
    need_id: Annotated[str, Path(description="요청 id · need id", examples=["need:3f0c9b1e5d7a4c2f8e6b0a1d2c3e4f50"])],
    change: Annotated[NeedMoveIn, Body()],
    _coordinator: Coordinator,
    _writer: NeedsWriter,
    call: CallDep,
) -> NeedAnswerOut:
    """닫힌 요청은 다시 연 뒤에 바꿉니다. · What was closed is opened again first. Needs read:all and write:needs."""
    with call.services.store.writing() as store:
        moved = move_need(store, need_id, change.state, seen=change.seen)
    return NeedAnswerOut(request_id=call.request_id, need=_out(moved))


def _out(need: Need) -> NeedOut:
    return NeedOut(**asdict(need))
