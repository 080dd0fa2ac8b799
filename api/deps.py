"""What requests ask for: who is asking, with which scopes, and the server's open parts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial, wraps
from typing import Annotated, Any, ParamSpec, TypeVar, cast

from fastapi import Depends, Query, Request, Response
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.fields import IsoDay
from api.keys import OPEN_PRINCIPAL, Principal, Scope
from api.problems import AuthenticationError, ForbiddenError
from api.services import Services
from api.settings import is_loopback
from api.workers import Kind
from graph_schema.errors import Fault, ValidationError
from graph_schema.wording import Wording

T = TypeVar("T")
P = ParamSpec("P")
_KIND = "__kind_of_work__"
_BEARER = HTTPBearer(
    scheme_name="api_key",
    bearerFormat="dure_<id>_<secret>",
    description="API 키 · API key: `Authorization: Bearer dure_…`, made with `dure keys create`",
    auto_error=False,
)


class Call:
    """One request in the making: the server's open parts, the request's id, and what the access log shall say."""

    def __init__(self, request: Request) -> None:
        self._request = request

    @property
    def services(self) -> Services:
        """The open parts of this server."""
        found: Services = self._request.app.state.services
        return found

    @property
    def request_id(self) -> str:
        """The id of this request."""
        found: str = self._request.state.request_id
        return found

    def log(self, **fields: str) -> None:
        """Add fields to this request's line in the access log; never personal ones."""
        self._request.state.log_fields = fields


async def _call(request: Request) -> Call:
    return Call(request)


# Dependencies are coroutines: FastAPI would run plain functions in threads that slow requests may hold.
CallDep = Annotated[Call, Depends(_call)]


async def known_parameters(request: Request) -> None:
    """Raise ``ValidationError`` for query parameters that the endpoint does not take, or takes once and got twice.

    A typing error is no default, and of two values neither is chosen.
    """
    method = "get" if request.method == "HEAD" else request.method.lower()
    described = request.app.openapi()["paths"][request.scope["route"].path_format][method]
    known = {found["name"]: found["schema"] for found in described.get("parameters", ()) if found["in"] == "query"}
    names = ", ".join(sorted(known))
    use = (
        Wording(f"쓸 수 있는 항목: {names}", f"use {names}") if known else Wording("항목 없이 요청하십시오", "use none")
    )
    unknown = Wording("정의되지 않은 항목입니다", "no such parameter")
    repeated = Wording("두 번 이상 적혔습니다", "given more than once")
    once = Wording("한 번만 적으십시오", "give it once")
    faults = [
        Fault(f"query.{name}", "", unknown, use) for name in dict.fromkeys(request.query_params) if name not in known
    ]
    faults += [
        Fault(f"query.{name}", "", repeated, once)
        for name, schema in known.items()
        if not _is_list(schema) and len(request.query_params.getlist(name)) > 1
    ]
    if faults:
        raise ValidationError("request", faults)


def _is_list(schema: Mapping[str, Any]) -> bool:
    return any(each.get("type") == "array" for each in (schema, *schema.get("anyOf", ())))


class KeyedRoute(APIRoute):
    """A route that wants a key; looks at it, and whether there is room for the work, before it reads the body."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return FastAPI's handler, behind the look at the key."""
        handle, kind = super().get_route_handler(), getattr(self.endpoint, _KIND, None)

        async def keyed(request: Request) -> Response:
            request.state.principal = _authenticated(request, await _BEARER(request))
            if kind is not None:
                request.app.state.services.workers[kind].require_room()
            return await handle(request)

        return keyed


async def principal(request: Request, _: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]) -> Principal:
    """Return who is asking, found by ``KeyedRoute``; names the kind of key in the OpenAPI document."""
    found: Principal = request.state.principal
    return found


def _authenticated(request: Request, credentials: HTTPAuthorizationCredentials | None) -> Principal:
    """Return who is asking; raises ``AuthenticationError``."""
    keys = request.app.state.services.keys
    if keys is None:
        if request.client is not None and not is_loopback(request.client.host):
            raise AuthenticationError(
                Wording("개발 모드는 이 컴퓨터에서만 됩니다", "development mode serves this machine alone")
            )
        found: Principal | None = OPEN_PRINCIPAL
    elif credentials is None:
        raise AuthenticationError(
            Wording(
                "API 키가 필요합니다. `Authorization: Bearer dure_…` 헤더로 보내십시오. 키는 시 담당자가 발급합니다",
                "Send a key: `Authorization: Bearer dure_…`; the city's coordinator hands them out",
            )
        )
    else:
        found = keys.authenticate(credentials.credentials)
    if found is None:
        raise AuthenticationError(
            Wording(
                "API 키가 틀렸거나 만료되었습니다. 시 담당자에게 새 키를 요청하십시오",
                "The key is unknown or has expired; ask the coordinator for a new one",
            )
        )
    request.state.key_id = found.key_id
    return found


Caller = Annotated[Principal, Depends(principal)]


def require(*scopes: Scope) -> Callable[[Principal], Coroutine[Any, Any, Principal]]:
    """Make a dependency that lets through who has one of ``scopes``, and raises ``ForbiddenError`` for others."""

    async def check(caller: Caller) -> Principal:
        if not any(caller.has(scope) for scope in scopes):
            raise ForbiddenError(
                Wording(
                    f"이 키에는 필요한 권한({', '.join(scopes)})이 없습니다. 시 담당자에게 요청하십시오",
                    f"This key lacks the scope {' or '.join(scopes)}; ask the coordinator for it",
                )
            )
        return caller

    return check


def check_company(caller: Principal, company: str) -> None:
    """Raise ``ForbiddenError`` where ``caller`` may not see what belongs to ``company``."""
    if not caller.reads(company):
        raise ForbiddenError(
            Wording(
                "다른 기업의 정보입니다. 이 키는 자기 기업만 볼 수 있습니다",
                "This belongs to another company; this key reads its own company only",
            )
        )


Reader = Annotated[Principal, Depends(require(Scope.READ_OWN, Scope.READ_ALL))]
"""A company or a coordinator; what a company sees is narrowed with ``check_company``."""
Coordinator = Annotated[Principal, Depends(require(Scope.READ_ALL))]
NeedsWriter = Annotated[Principal, Depends(require(Scope.WRITE_NEEDS))]


Count = Annotated[int, Query(ge=1, le=100, description="최대 결과 수 · most results", examples=[10])]
AsOf = Annotated[
    IsoDay | None,
    Query(
        description="기준일, 없으면 오늘 · day for which rules are applied, today where absent", examples=["2026-03-02"]
    ),
]


@dataclass(frozen=True, slots=True)
class ListOptions:
    """How long a list, and for which day."""

    n: int
    as_of: date | None


async def _ranking(n: Count = 10, as_of: AsOf = None) -> ListOptions:
    return ListOptions(n, as_of)


RankingDep = Annotated[ListOptions, Depends(_ranking)]


def worked_by(kind: Kind) -> Callable[[Callable[P, T]], Callable[P, Awaitable[T]]]:
    """Let an endpoint that is a plain function, and takes ``call``, be done by the threads of ``kind``."""

    def decorate(endpoint: Callable[P, T]) -> Callable[P, Awaitable[T]]:
        @wraps(endpoint)
        async def worked(*args: P.args, **kwargs: P.kwargs) -> T:
            call = cast(Call, kwargs["call"])  # FastAPI hands every parameter over by name
            return await call.services.workers[kind].run(partial(endpoint, *args, **kwargs))

        setattr(worked, _KIND, kind)
        return worked

    return decorate
