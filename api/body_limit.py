"""No head may be larger than 32 KiB, and no body larger than a mebibyte, whether its length is declared or not."""

from __future__ import annotations

from typing import Final

from fastapi import HTTPException, Request, status
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.error_handlers import problem_response
from api.problems import HEAD_TOO_LARGE, HEAD_TOO_LARGE_DETAIL, TOO_LARGE, TOO_LARGE_DETAIL

MOST_BYTES: Final = 1 << 20
"""Far more than the longest description that is read."""
MOST_HEAD_BYTES: Final = 32 << 10
"""Four buffers of 8 KB, as nginx takes by default."""
MOST_HEADERS: Final = 100
"""As many as Apache takes by default."""


class BodyLimit:
    """ASGI middleware: a head and a declared length are refused before a byte is read, others when they grow."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; other ASGI messages pass through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _head_too_large(scope):
            await problem_response(Request(scope), HEAD_TOO_LARGE, HEAD_TOO_LARGE_DETAIL)(scope, receive, send)
            return
        declared = Headers(scope=scope).get("Content-Length", "0")
        if declared.isdecimal() and int(declared) > MOST_BYTES:
            await problem_response(Request(scope), TOO_LARGE, TOO_LARGE_DETAIL)(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MOST_BYTES:
                raise HTTPException(status.HTTP_413_CONTENT_TOO_LARGE)
            return message

        await self._app(scope, counted, send)


def _head_too_large(scope: Scope) -> bool:
    headers = scope["headers"]
    address = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
    size = address + sum(len(name) + len(value) for name, value in headers)
    return len(headers) > MOST_HEADERS or size > MOST_HEAD_BYTES
