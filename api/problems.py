"""Problem details (RFC 9457): what an answer says when a request cannot be served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from graph_schema.errors import (
    DeadlineError,
    DureError,
    FeedbackUnavailableError,
    ModelError,
    NotFoundError,
    SchemaError,
    SnapshotError,
    StoreBusyError,
    StoreError,
    ValidationError,
)
from graph_schema.wording import Wording

MEDIA_TYPE: Final = "application/problem+json"


class AuthenticationError(DureError):
    """No key was shown, or one that is not known or has expired."""


class ForbiddenError(DureError):
    """The key is right, but does not allow this."""


class ConflictError(DureError):
    """What is asked for contradicts the present state."""


class OverloadError(DureError):
    """As many requests as this server takes are being worked on."""


class OpeningError(ModelError):
    """The model is being opened."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem. ``detail`` stands in for messages that would tell of the server's insides."""

    slug: str
    status: int
    title: Wording
    detail: Wording | None = None
    retry_after_s: int | None = None


_STORE_DOWN = Wording(
    "그래프 저장소를 지금 쓸 수 없습니다. 추천과 피드백은 계속됩니다. 잠시 뒤 다시 요청하십시오. "
    "담당자는 `dure doctor`로 원인을 찾습니다.",
    "The graph store cannot be used now; recommendations and feedback go on. Try again later; an "
    "operator finds the cause with `dure doctor`.",
)
_FEEDBACK_DOWN = Wording(
    "피드백을 지금 저장하거나 읽을 수 없습니다. 추천은 계속됩니다. 잠시 뒤 같은 묶음을 다시 보내십시오.",
    "Feedback cannot be kept or read now; recommendations go on. Send the same batch again later; an "
    "operator sees whether the disk is full or the home folder may not be written.",
)
_STORE_BUSY = Wording(
    "다른 작업이 그래프 저장소를 쓰고 있습니다. Retry-After의 초만큼 기다린 뒤 다시 요청하십시오.",
    "Another job holds the graph store. Try again after the seconds that Retry-After names.",
)
_MODEL_DOWN = Wording(
    "추천 모델이 아직 준비되지 않았습니다. 잠시 뒤 다시 요청하십시오. 담당자는 `dure snapshot`과 "
    "`dure train`으로 만들고, `dure doctor`로 원인을 찾습니다.",
    "The recommendation model is not ready. Try again later; an operator makes one with `dure snapshot` "
    "and `dure train`, and finds the cause with `dure doctor`.",
)
_MODEL_OPENING = Wording(
    "추천 모델을 여는 중입니다. 몇 초 뒤 다시 요청하십시오.",
    "The recommendation model is being opened. Try again in a few seconds.",
)
_OVERLOADED = Wording(
    "지금 처리 중인 요청이 많습니다. Retry-After의 초만큼 기다린 뒤 다시 요청하십시오.",
    "Too many requests are being worked on. Try again after the seconds that Retry-After names.",
)
_OUT_OF_TIME = Wording(
    "제한 시간 안에 처리하지 못해 중단했습니다. 내용을 줄이거나 잠시 뒤 다시 요청하십시오.",
    "The request took longer than it may and was stopped. Ask for less, or try again later.",
)
_UNEXPECTED = Wording(
    "예상하지 못한 오류입니다. request_id와 함께 담당자에게 알려 주십시오.",
    "Something unexpected went wrong; tell the operator the request_id.",
)

TOO_LARGE_DETAIL: Final = Wording(
    "본문은 1 MiB까지입니다. 나누어 보내십시오.", "A body may have 1 MiB; send it in parts."
)
HEAD_TOO_LARGE_DETAIL: Final = Wording(
    "주소와 헤더는 합해서 32 KiB, 헤더는 100개까지입니다.",
    "Address and headers may have 32 KiB together, and there may be 100 headers.",
)

BAD_REQUEST: Final = Kind("bad-request", 400, Wording("잘못된 요청", "Bad request"))
UNAUTHORIZED: Final = Kind("unauthorized", 401, Wording("인증 필요", "Authentication needed"))
FORBIDDEN: Final = Kind("forbidden", 403, Wording("권한 없음", "Not allowed"))
NOT_FOUND: Final = Kind("not-found", 404, Wording("찾을 수 없음", "Not found"))
METHOD: Final = Kind("method-not-allowed", 405, Wording("허용되지 않는 메서드", "Method not allowed"))
TOO_SLOW: Final = Kind("request-timeout", 408, Wording("요청이 너무 느림", "Request too slow"))
CONFLICT: Final = Kind("conflict", 409, Wording("현재 상태와 충돌", "Conflict with the present state"))
TOO_LARGE: Final = Kind("content-too-large", 413, Wording("본문이 너무 큼", "Body too large"))
INVALID: Final = Kind("invalid-request", 422, Wording("요청 값 오류", "Request is not valid"))
HEAD_TOO_LARGE: Final = Kind("headers-too-large", 431, Wording("헤더가 너무 큼", "Headers too large"))
UNEXPECTED: Final = Kind("unexpected", 500, Wording("서버 오류", "Unexpected error"), _UNEXPECTED)
MODEL_DOWN: Final = Kind("model-not-ready", 503, Wording("모델 준비 안 됨", "Model not ready"), _MODEL_DOWN, 10)
MODEL_OPENING: Final = Kind("model-not-ready", 503, Wording("모델 여는 중", "Model being opened"), _MODEL_OPENING, 2)
STORE_DOWN: Final = Kind("store-unavailable", 503, Wording("저장소 사용 불가", "Store unavailable"), _STORE_DOWN, 30)
OVERLOADED: Final = Kind("overloaded", 503, Wording("요청이 많음", "Too many requests at once"), _OVERLOADED, 1)
OUT_OF_TIME: Final = Kind("out-of-time", 503, Wording("시간 초과", "Out of time"), _OUT_OF_TIME, 5)
FEEDBACK_DOWN: Final = Kind(
    "feedback-unavailable", 503, Wording("피드백 저장 불가", "Feedback unavailable"), _FEEDBACK_DOWN, 30
)
STORE_BUSY: Final = Kind("store-busy", 503, Wording("저장소 사용 중", "Store busy"), _STORE_BUSY, 3)

KINDS: Final[Mapping[type[DureError], Kind]] = MappingProxyType(
    {
        AuthenticationError: UNAUTHORIZED,
        ForbiddenError: FORBIDDEN,
        ConflictError: CONFLICT,
        OverloadError: OVERLOADED,
        DeadlineError: OUT_OF_TIME,
        NotFoundError: NOT_FOUND,
        SchemaError: INVALID,
        ValidationError: INVALID,
        OpeningError: MODEL_OPENING,
        ModelError: MODEL_DOWN,
        SnapshotError: MODEL_DOWN,
        FeedbackUnavailableError: FEEDBACK_DOWN,
        StoreBusyError: STORE_BUSY,
        StoreError: STORE_DOWN,
        DureError: UNEXPECTED,
    }
)
BY_STATUS: Final[Mapping[int, Kind]] = MappingProxyType(
    {
        kind.status: kind
        for kind in (
            STORE_DOWN,
            UNEXPECTED,
            INVALID,
            TOO_LARGE,
            CONFLICT,
            METHOD,
            NOT_FOUND,
            FORBIDDEN,
            UNAUTHORIZED,
            BAD_REQUEST,
        )
    }
)


def kind_of(error: DureError) -> Kind:
    """Kind of the nearest class of the error's family."""
    return next(KINDS[cls] for cls in type(error).__mro__ if cls in KINDS)


class FaultOut(BaseModel):
    """One thing wrong with one field; the value is left out, since it may be personal."""

    field: str = Field(description="항목 · where, such as query.n or body.events.0.item")
    reason: str = Field(description="이유 · what is wrong")
    remedy: str | None = Field(default=None, description="고치는 법 · what to do")


class Problem(BaseModel):
    """RFC 9457 문제 상세 · problem details."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="문제 종류 · kind of problem, a stable URN")
    title: str = Field(description="제목(한국어 · English)")
    status: int
    detail: str = Field(description="무엇이 왜 안 되었고 어떻게 하면 되는지 · what, why and the remedy")
    instance: str = Field(description="요청 경로 · path of the request, without its query")
    request_id: str = Field(description="요청 식별자 · also in the header X-Request-ID")
    errors: list[FaultOut] | None = Field(default=None, description="모든 오류 · every fault, for invalid requests")


def problem(
    kind: Kind, *, detail: Wording | None, instance: str, request_id: str, errors: list[FaultOut] | None = None
) -> Problem:
    """Fill in a problem; a kind with a fixed ``detail`` keeps it."""
    return Problem(
        type=f"urn:dure:problem:{kind.slug}",
        title=kind.title.both,
        status=kind.status,
        detail=(kind.detail or detail or kind.title).both,
        instance=instance,
        request_id=request_id,
        errors=errors,
    )
