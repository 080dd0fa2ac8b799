"""From errors to answers: every failure becomes a problem that says what to do and nothing of the insides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.problems import (
    BAD_REQUEST,
    BY_STATUS,
    INVALID,
    MEDIA_TYPE,
    TOO_LARGE_DETAIL,
    UNAUTHORIZED,
    FaultOut,
    Kind,
    kind_of,
    problem,
)
from graph_schema.errors import DureError, ValidationError

_SERVER_SIDE = 500
_REASONS = {
    "missing": "필수 항목입니다",
    "extra_forbidden": "없는 항목입니다",
    "string_too_long": "너무 깁니다",
    "string_too_short": "너무 짧습니다",
    "too_long": "너무 많습니다",
    "too_short": "너무 적습니다",
    "greater_than_equal": "너무 작습니다",
    "less_than_equal": "너무 큽니다",
    "int_parsing": "정수가 아닙니다",
    "date_from_datetime_parsing": "날짜(YYYY-MM-DD)가 아닙니다",
    "date_parsing": "날짜(YYYY-MM-DD)가 아닙니다",
    "enum": "허용된 값이 아닙니다",
    "literal_error": "허용된 값이 아닙니다",
    "json_invalid": "JSON이 아닙니다",
}


def add_error_handlers(app: FastAPI) -> None:
    """Register the handlers of all errors that are expected; the middleware answers for the others."""
    app.exception_handler(DureError)(_dure_error)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http_error)


def problem_response(
    request: Request, kind: Kind, detail: str | None = None, errors: list[FaultOut] | None = None
) -> Response:
    """Answer with a problem of ``kind``."""
    body = problem(
        kind, detail=detail, instance=request.url.path, request_id=request.state.request_id, errors=errors
    ).model_dump_json(exclude_none=True)
    headers = {}
    if kind.retry_after_s is not None:
        headers["Retry-After"] = str(kind.retry_after_s)
    if kind is UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(body, status_code=kind.status, media_type=MEDIA_TYPE, headers=headers)


async def _dure_error(request: Request, error: DureError) -> Response:
    kind = kind_of(error)
    if kind.status >= _SERVER_SIDE:
        # The message goes to the log, since it names paths and processes that a caller need not know.
        structlog.get_logger().error(
            "request_failed", request_id=request.state.request_id, error=type(error).__name__, message=str(error)
        )
    faults = None
    detail = str(error)
    if isinstance(error, ValidationError):
        faults = [FaultOut(field=f.field, reason=f.reason, remedy=f.remedy) for f in error.faults]
        detail = f"{len(faults)}개 항목에 오류가 있습니다 · {len(faults)} fault(s), listed in errors"
    return problem_response(request, kind, detail, faults)


async def _invalid(request: Request, error: RequestValidationError) -> Response:
    faults = [_fault(entry) for entry in error.errors()]
    return problem_response(
        request, INVALID, f"{len(faults)}개 항목에 오류가 있습니다 · {len(faults)} fault(s), listed in errors", faults
    )


async def _http_error(request: Request, error: HTTPException) -> Response:
    kind = BY_STATUS.get(error.status_code, BAD_REQUEST)
    response = problem_response(request, kind, _HTTP_DETAILS.get(error.status_code))
    response.headers.update(error.headers or {})
    return response


_HTTP_DETAILS = {
    404: "그런 주소가 없습니다. /docs에서 확인하십시오. · There is no such address; /docs lists them.",
    405: "이 주소에는 쓸 수 없는 메서드입니다. · This address does not take that method; the header Allow names those.",
    413: TOO_LARGE_DETAIL,
    400: "요청 본문을 읽을 수 없습니다. · The body cannot be read; send UTF-8 JSON.",
}


def _fault(entry: Any) -> FaultOut:
    ko = _REASONS.get(entry["type"])
    message = entry["msg"]
    return FaultOut(field=_place(entry["loc"]), reason=f"{ko} · {message}" if ko else message)


def _place(location: Sequence[str | int]) -> str:
    return ".".join(map(str, location))
