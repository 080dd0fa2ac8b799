"""No body may be larger than a mebibyte, whether its length is declared or not."""

from __future__ import annotations

from typing import Final

from fastapi import HTTPException, Request, status
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.error_handlers import problem_response
from api.problems import TOO_LARGE, TOO_LARGE_DETAIL

MOST_BYTES: Final = 1 << 20


class BodyLimit:
    """ASGI middleware: a declared length is refused before a byte is read, any other when it grows too large."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; other ASGI messages pass through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
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
