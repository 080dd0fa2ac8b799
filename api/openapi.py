"""The OpenAPI description: every operation documents its problems, and none offers what the framework made up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import BY_STATUS, INVALID, MEDIA_TYPE, FaultOut, Problem, problem

TITLE: Final = "Dure"
DESCRIPTION: Final = (
    "고양시 기업 지원을 위한 지식그래프 추천 API입니다. 모든 응답에 `request_id`가 있고 오류는 문제 상세입니다.\n\n"
    "Recommendations out of a city's knowledge graph. Every answer carries `request_id`; every failure is a problem "
    "detail (RFC 9457). Ids may hold `:`, `/` and Korean: encode them (`%2F`, UTF-8) in addresses."
)
TAGS: Final = [
    {"name": "recommendations", "description": "추천 · recommendations with reasons"},
    {"name": "graph", "description": "그래프 · search, nodes, paths"},
    {"name": "feedback", "description": "피드백 · what people did with results"},
    {"name": "needs", "description": "요청 · needs and their queue"},
    {"name": "kpis", "description": "지표 · key figures"},
    {"name": "operation", "description": "운영 · health and metrics"},
]
_KEYED: Final = (400, 401, 403, 404, 422, 500, 503)
"""What every operation with a key may answer."""
_OPEN: Final = (500,)
"""What operations without a key may."""
_EXTRA: Final = {"post": (409, 413), "patch": (409, 413)}


def install_openapi(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Make ``app``, made of ``routers``, describe itself with problems in place of the framework's own error shapes."""

    def build() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app, routers)
        return app.openapi_schema

    app.openapi = build  # type: ignore[method-assign]


def _described(app: FastAPI, routers: Sequence[APIRouter]) -> dict[str, Any]:
    schema = get_openapi(
        title=TITLE, version=app.version, description=DESCRIPTION, tags=TAGS, routes=app.routes, openapi_version="3.1.0"
    )
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            wanted = (*_KEYED, *_EXTRA.get(method, ())) if "security" in operation else _OPEN
            responses = {status: found for status, found in operation["responses"].items() if status.startswith("2")}
            responses |= {str(status): _problem_response(status, path) for status in sorted(wanted)}
            operation["responses"] = responses
    schemas = schema["components"]["schemas"]
    answers = [getattr(route, "response_model", None) for router in routers for route in router.routes]
    for model in filter(None, answers):  # FastAPI drops what is null from examples, though the fields are required
        schemas[model.__name__]["examples"] = model.model_config["json_schema_extra"]["examples"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for model in (Problem, FaultOut):
        schemas[model.__name__] = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas[model.__name__].pop("$defs", None)
    return schema


def _problem_response(status: int, path: str) -> dict[str, Any]:
    kind = BY_STATUS[status]
    faults = [FaultOut(field="query.n", reason="너무 큽니다 · Input should be less than or equal to 100")]
    example = problem(
        kind,
        detail=None,
        instance=path,
        request_id="6f1c2a9e0b7d4f53a1c8e2d4b6f80913",
        errors=faults if kind is INVALID else None,
    )
    return {
        "description": kind.title.both,
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "example": example.model_dump(exclude_none=True),
            }
        },
    }
