"""How requests come in over sockets: uvicorn, with bounds on the size of their heads and on the time they take."""

from __future__ import annotations

import asyncio
import sys
import uuid
from typing import Final

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.body_limit import MOST_HEAD_BYTES
from api.problems import BAD_REQUEST, HEAD_TOO_LARGE, HEAD_TOO_LARGE_DETAIL, MEDIA_TYPE, TOO_SLOW, Kind, problem
from graph_schema.wording import Wording

HEAD_TIMEOUT_S: Final = 10.0
"""So long after its first byte, or after the connection was made, a request's head must be there."""
BODY_TIMEOUT_S: Final = 20.0
"""So long after its head a request's body must be there."""
SHUTDOWN_S: Final = 8
"""So long a server that is told to stop waits for requests in progress; supervisors kill after ten seconds."""
_SLOW: Final = Wording("요청이 너무 늦게 왔습니다.", "The request came too slowly; send it again.")


def server_config(app: ASGIApp) -> uvicorn.Config:
    """Configure a server of ``app``; where it logs is for the entry point to say."""
    return uvicorn.Config(
        app,
        http=BoundedProtocol,
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_S,
        h11_max_incomplete_event_size=MOST_HEAD_BYTES,
    )


class BoundedProtocol(H11Protocol):
    """One connection. A request that trickles is answered 408 and closed, so that slow clients hold no connection."""

    _timer: asyncio.TimerHandle | None = None
    _waiting_for: object = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        """Wait for the first request."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take bytes in; more of what was waited for gives no more time."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Go on to what the client has sent already; without any, uvicorn closes an idle connection."""
        super().on_response_complete()
        self._watch(begun=bool(self.conn.trailing_data[0]))

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timer."""
        self._stop()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Answer what h11 could not read; called by uvicorn while it handles h11's error."""
        too_large = getattr(sys.exception(), "error_status_hint", None) == HEAD_TOO_LARGE.status
        self._refuse(
            *(
                (HEAD_TOO_LARGE, HEAD_TOO_LARGE_DETAIL)
                if too_large
                else (BAD_REQUEST, Wording("HTTP 요청이 아닙니다.", msg))
            )
        )

    def _watch(self, *, begun: bool = True) -> None:
        """Start the timer for what is waited for now, unless it runs already."""
        state = self.conn.their_state
        part = {h11.IDLE: HEAD_TIMEOUT_S, h11.SEND_BODY: BODY_TIMEOUT_S}.get(state)
        if part is None or (state is h11.IDLE and not begun) or self.transport.is_closing():
            self._stop()
        elif self._timer is None or self._waiting_for != (state, self.cycle):
            self._stop()
            self._waiting_for = (state, self.cycle)
            self._timer = self.loop.call_later(part, self._expired)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _expired(self) -> None:
        self._timer = None
        if self.flow.read_paused:
            # The body waits for this server, not the other way round.
            self._watch()
        elif self.conn.their_state is h11.IDLE and not self.conn.trailing_data[0]:
            self.transport.close()
        else:
            self._refuse(TOO_SLOW, _SLOW)

    def _refuse(self, kind: Kind, detail: Wording) -> None:
        """Answer with a problem, where no answer has begun, and close."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            if self.cycle is not None:
                self.cycle.disconnected = True
                self.cycle.message_event.set()
            body = problem(kind, detail=detail, instance="", request_id=uuid.uuid4().hex)
            content = body.model_dump_json(exclude_none=True).encode()
            headers = [("Content-Type", MEDIA_TYPE), ("Content-Length", str(len(content))), ("Connection", "close")]
            for event in (
                h11.Response(status_code=kind.status, headers=headers),
                h11.Data(data=content),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
