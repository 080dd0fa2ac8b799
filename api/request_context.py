"""Around every request: its id, its line in the log, its place in the metrics, a problem if all else fails."""

from __future__ import annotations

import re
import time
import traceback
import uuid
from typing import Final

import structlog
from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.error_handlers import problem_response
from api.metrics import RequestMetrics, known_method
from api.problems import UNEXPECTED

HEADER: Final = "X-Request-ID"
_PERSONAL: Final = "/v1/"
"""Answers under it tell of companies, so that no cache between may keep them."""
_SANE: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestContext:
    """ASGI middleware. The log names the route's template, never path or query, which may hold personal text."""

    def __init__(self, app: ASGIApp, metrics: RequestMetrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; other ASGI messages pass through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status = time.perf_counter(), 0
        state = scope.setdefault("state", {})
        state["request_id"] = request_id = request_id_of(Headers(scope=scope).get(HEADER))

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[HEADER] = request_id
                headers["X-Content-Type-Options"] = "nosniff"
                if scope["path"].startswith(_PERSONAL):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except Exception as error:
            _log_unexpected(request_id, error)
            if status:
                raise
            await problem_response(Request(scope), UNEXPECTED)(scope, receive, send_with_id)
        finally:
            self._record(scope, status, time.perf_counter() - start)

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        state, route = scope["state"], _template(scope)
        self._metrics.observe(scope["method"], route, status, seconds)
        structlog.get_logger().info(
            "request",
            method=known_method(scope["method"]),
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
            request_id=state["request_id"],
            key_id=state.get("key_id"),
            **state.get("log_fields", {}),
        )


def request_id_of(given: str | None) -> str:
    """Return the caller's id where it is 8 to 64 harmless characters, else a new one."""
    return given if given is not None and _SANE.fullmatch(given) else uuid.uuid4().hex


def _template(scope: Scope) -> str:
    path = getattr(scope.get("route"), "path", None)
    return str(path) if path else "unmatched"


def _log_unexpected(request_id: str, error: Exception) -> None:
    # The message may quote what was sent, so only the class and the places in the code are logged.
    frames = traceback.extract_tb(error.__traceback__)
    structlog.get_logger().error(
        "unexpected_error",
        request_id=request_id,
        error=type(error).__name__,
        frames=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    )
