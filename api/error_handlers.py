"""From errors to answers: every failure becomes a problem that says what to do and nothing of the insides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard, get_args

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.problems import (
    BAD_REQUEST,
    BY_STATUS,
    INVALID,
    MEDIA_TYPE,
    METHOD,
    TOO_LARGE_DETAIL,
    UNAUTHORIZED,
    FaultOut,
    Kind,
    kind_of,
    problem,
)
from graph_schema.choices import choice_words
from graph_schema.errors import DureError, ValidationError
from graph_schema.wording import Wording

_SERVER_SIDE = 500
"""Status from which the fault is ours and is logged as an error."""
_REASONS = {
    "missing": "필수 항목입니다",
    "extra_forbidden": "정의되지 않은 항목입니다",
    "string_too_long": "너무 깁니다({max_length}자까지)",
    "string_too_short": "너무 짧습니다({min_length}자부터)",
    "too_long": "너무 많습니다({max_length}개까지)",
    "too_short": "너무 적습니다({min_length}개부터)",
    "greater_than_equal": "너무 작습니다({ge}부터)",
    "less_than_equal": "너무 큽니다({le}까지)",
    "int_parsing": "정수가 아닙니다",
    "int_parsing_size": "너무 큽니다",
    "date_from_datetime_parsing": "날짜(YYYY-MM-DD)가 아닙니다",
    "date_parsing": "날짜(YYYY-MM-DD)가 아닙니다",
    "enum": "허용된 값이 아닙니다(허용: {expected})",
    "literal_error": "허용된 값이 아닙니다(허용: {expected})",
    "json_invalid": "JSON이 아닙니다({at}번째 글자)",
    "value_error": "값이 맞지 않습니다",
    "string_type": "문자열이 아닙니다",
    "string_unicode": "문자열로 읽을 수 없습니다",
    "string_pattern_mismatch": "쓸 수 없는 글자가 있습니다",
    "int_type": "정수가 아닙니다(따옴표와 단위 없이 14처럼 적으십시오)",
    "int_from_float": "정수가 아닙니다",
    "float_type": "수가 아닙니다(따옴표와 단위 없이 280000000처럼 적으십시오)",
    "float_parsing": "수가 아닙니다",
    "finite_number": "유한한 수가 아닙니다",
    "list_type": "목록이 아닙니다",
    "dict_type": "JSON 객체가 아닙니다. Content-Type: application/json도 확인하십시오",
    "model_attributes_type": "JSON 객체가 아닙니다. Content-Type: application/json도 확인하십시오",
    "timezone_aware": "시간대가 없습니다(+09:00처럼 적으십시오)",
    "datetime_parsing": "시각(2026-03-02T09:30:00+09:00)이 아닙니다",
    "datetime_from_date_parsing": "시각(2026-03-02T09:30:00+09:00)이 아닙니다",
}


_IN_BOTH = " · "
"""Stands between the Korean and the English half of a message."""


def add_error_handlers(app: FastAPI) -> None:
    """Register the handlers of all errors that are expected; the middleware answers for the others."""
    app.exception_handler(DureError)(_dure_error)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http_error)


def problem_response(
    request: Request, kind: Kind, detail: Wording | None = None, errors: list[FaultOut] | None = None
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
    detail = error.wording
    if isinstance(error, ValidationError):
        faults = [FaultOut(field=f.field, reason=f.reason.both, remedy=f.remedy.both) for f in error.faults]
        detail = _listed(faults)
    return problem_response(request, kind, detail, faults)


async def _invalid(request: Request, error: RequestValidationError) -> Response:
    body = getattr(request.scope.get("route"), "body_field", None)
    model = None if body is None else body.field_info.annotation
    faults = [_fault(entry, model) for entry in error.errors()]
    return problem_response(request, INVALID, _listed(faults), faults)


def _listed(faults: Sequence[FaultOut]) -> Wording:
    return Wording(f"{len(faults)}개 항목에 오류가 있습니다", f"{len(faults)} fault(s), listed in errors")


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
    404: Wording("그런 주소가 없습니다. /docs에서 확인하십시오.", "There is no such address; /docs lists them."),
    405: Wording(
        "이 주소에는 쓸 수 없는 메서드입니다. 쓸 수 있는 것은 Allow 헤더에 있습니다.",
        "This address does not take that method; the header Allow names those.",
    ),
    413: TOO_LARGE_DETAIL,
    400: Wording(
        "요청 본문을 읽을 수 없습니다. UTF-8 JSON으로 보내십시오.", "The body cannot be read; send UTF-8 JSON."
    ),
}


def _fault(entry: Any, model: object) -> FaultOut:
    """Word one fault of a request; ``model`` is what its body should have been, None for an endpoint without one."""
    message, place = entry["msg"].removeprefix("Value error, "), entry["loc"]
    context = {**entry.get("ctx", {}), "at": place[-1] if place else ""}
    ko = _REASONS.get(entry["type"], "").format_map(_in_korean(context))
    if entry["type"] == "json_invalid":
        place, message = place[:1], f"{message} at character {place[-1]}"
    return FaultOut(
        field=_place(place),
        reason=f"{ko}{_IN_BOTH}{message}" if ko and _IN_BOTH not in message else message,
        remedy=_remedy(entry, model),
    )


def _remedy(entry: Any, model: object) -> str | None:
    """Name the fields that there are in the place of an unknown one, and what the choices of a field mean."""
    if entry["type"] == "extra_forbidden" and (fields := _fields_beside(model, entry["loc"])):
        return f"쓸 수 있는 항목: {fields}{_IN_BOTH}use {fields}"
    if entry["type"] == "literal_error":
        choices = re.findall(r"'(\w+)'", entry["ctx"]["expected"])
        named = [(code, choice_words(str(entry["loc"][-1]), code)) for code in choices]
        if all(said.ko != code for code, said in named):
            ko = ", ".join(f"{code}({said.ko})" for code, said in named)
            en = ", ".join(f"{code} ({said.en})" for code, said in named)
            return f"{ko} 가운데 쓰십시오{_IN_BOTH}use one of {en}"
    return None


def _in_korean(context: Mapping[str, Any]) -> dict[str, str]:
    """Word limits for a Korean sentence: numbers with their commas, choices without the English ``or``."""
    return {
        name: f"{value:,}" if isinstance(value, int) else str(value).replace(" or ", ", ")
        for name, value in context.items()
    }


def _fields_beside(model: object, place: Sequence[str | int]) -> str:
    """Name the fields that the part of a body has to which ``place`` leads, empty where that is not known."""
    for step in place[1:-1]:
        if isinstance(step, int):
            model = next(iter(get_args(model)), None)
        else:
            model = model.model_fields[step].annotation if _is_model(model) else None
    return ", ".join(model.model_fields) if _is_model(model) else ""


def _is_model(kind: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _place(location: Sequence[str | int]) -> str:
    return ".".join(map(str, location))
