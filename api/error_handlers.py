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
    METHOD,
    NOT_FOUND,
    TOO_LARGE_DETAIL,
    UNAUTHORIZED,
    FaultOut,
    Kind,
    kind_of,
    problem,
)
from graph_schema.errors import DureError, ValidationError

_SERVER_SIDE = 500
"""Status from which the fault is ours and is logged as an error."""
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
    "int_parsing_size": "너무 큽니다",
    "date_from_datetime_parsing": "날짜(YYYY-MM-DD)가 아닙니다",
    "date_parsing": "날짜(YYYY-MM-DD)가 아닙니다",
    "enum": "허용된 값이 아닙니다",
    "literal_error": "허용된 값이 아닙니다",
    "json_invalid": "JSON이 아닙니다",
    "value_error": "값이 맞지 않습니다",
    "string_type": "문자열이 아닙니다",
    "string_unicode": "문자열로 읽을 수 없습니다",
    "string_pattern_mismatch": "쓸 수 없는 글자가 있습니다",
    "int_type": "정수가 아닙니다",
    "int_from_float": "정수가 아닙니다",
    "float_type": "수가 아닙니다",
    "float_parsing": "수가 아닙니다",
    "finite_number": "유한한 수가 아닙니다",
    "list_type": "목록이 아닙니다",
    "dict_type": "JSON 객체가 아닙니다. Content-Type: application/json도 확인하십시오",
    "model_attributes_type": "JSON 객체가 아닙니다. Content-Type: application/json도 확인하십시오",
    "timezone_aware": "시간대가 없습니다",
    "datetime_parsing": "시각(2026-03-02T09:30:00+09:00)이 아닙니다",
    "datetime_from_date_parsing": "시각(2026-03-02T09:30:00+09:00)이 아닙니다",
}


_IN_BOTH = " · "
"""Stands between the Korean and the English half of a message."""
_KOREAN = {
    NOT_FOUND: "그런 항목이 없습니다. id와 이름을 확인하십시오.",
    INVALID: "요청 값이 맞지 않습니다.",
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
    if kind in _KOREAN and _IN_BOTH not in detail:
        detail = f"{_KOREAN[kind]}{_IN_BOTH}{detail}"
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
    if kind is METHOD and (allowed := _methods(request)):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def _methods(request: Request) -> list[str]:
    """Methods of the address: the framework names those of its first route alone."""
    path = getattr(request.scope.get("route"), "path_format", None)
    return [method.upper() for method in request.app.openapi()["paths"].get(path, ())]


_HTTP_DETAILS = {
    404: "그런 주소가 없습니다. /docs에서 확인하십시오. · There is no such address; /docs lists them.",
    405: "이 주소에는 쓸 수 없는 메서드입니다. · This address does not take that method; the header Allow names those.",
    413: TOO_LARGE_DETAIL,
    400: "요청 본문을 읽을 수 없습니다. · The body cannot be read; send UTF-8 JSON.",
}


def _fault(entry: Any) -> FaultOut:
    ko = _REASONS.get(entry["type"])
    message = entry["msg"].removeprefix("Value error, ")
    place = entry["loc"]
    if entry["type"] == "json_invalid":
        place, message = place[:1], f"{message} at character {place[-1]}"
    return FaultOut(field=_place(place), reason=f"{ko} · {message}" if ko and _IN_BOTH not in message else message)


def _place(location: Sequence[str | int]) -> str:
    return ".".join(map(str, location))
