"""Requests as they come over sockets: too large, too slow, broken off."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from api.body_limit import MOST_HEAD_BYTES
from tests.api.wire import serving

_PATIENCE_S = 3.0
"""Longer than a busy machine halts a client, short enough to be waited for once."""
HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"


async def _echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(await request.body())


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Where a server listens that waits a third of a second for the parts of a request."""
    monkeypatch.setattr("api.http_server.HEAD_TIMEOUT_S", 0.3)
    monkeypatch.setattr("api.http_server.BODY_TIMEOUT_S", 0.3)
    with serving(Starlette(routes=[Route("/", _echo, methods=["GET", "POST"])])) as port:
        yield port


@pytest.fixture
def patient_port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Where a server listens that gives a client on a busy machine the time to send a request."""
    monkeypatch.setattr("api.http_server.HEAD_TIMEOUT_S", _PATIENCE_S)
    monkeypatch.setattr("api.http_server.BODY_TIMEOUT_S", _PATIENCE_S)
    with serving(Starlette(routes=[Route("/", _echo, methods=["GET", "POST"])])) as port:
        yield port


def _connected(port: int, sent: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(sent)
    return connection


def _answer(connection: socket.socket) -> tuple[int, dict[str, object]]:
    """Read until the server closes."""
    with connection:
        answer = b""
        while part := connection.recv(1 << 16):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


@pytest.mark.parametrize(
    "sent",
    [b"G", b"GET / HTTP/1.1\r\nHost: x\r\n", HEAD + b"\r\n", HEAD + b"\r\nab", HEAD + b"Expect: 100-continue\r\n"],
)
def test_a_request_that_does_not_come_whole_is_told_so_and_closed(port: int, sent: bytes) -> None:
    status, body = _answer(_connected(port, sent))
    assert (status, body["status"], body["type"]) == (408, 408, "urn:dure:problem:request-timeout")
    assert body["request_id"]


def test_bytes_that_trickle_give_no_more_time(port: int) -> None:
    with _connected(port, b"GET / HTTP/1.1\r\n") as connection:
        connection.settimeout(0.05)
        for number in range(200):
            try:
                connection.sendall(f"X-{number}: x\r\n".encode())
                if connection.recv(1 << 16).startswith(b"HTTP/1.1 408"):
                    return
            except TimeoutError:
                continue
    pytest.fail("it was never closed")


def test_half_open_connections_are_closed_and_others_served_meanwhile(patient_port: int) -> None:
    silent = [_connected(patient_port, b"" if number % 2 else b"GET / HTT") for number in range(200)]
    assert httpx2.get(f"http://127.0.0.1:{patient_port}/").status_code == 200
    for connection in silent:
        with connection:
            while connection.recv(1 << 16):
                pass


def test_a_connection_serves_one_request_after_another_for_longer_than_one_may_take(patient_port: int) -> None:
    port, began = patient_port, time.monotonic()
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
        while time.monotonic() < began + 1.2 * _PATIENCE_S:
            assert client.post("/", content=(b"piece" for _ in range(3))).text == "piece" * 3
    with _connected(port, HEAD + b"\r\nabcd" + HEAD + b"Connection: close\r\n\r\nefgh") as connection:
        answers = b""
        while part := connection.recv(1 << 16):
            answers += part
    assert answers.count(b"200 OK") == 2
    assert answers.endswith(b"efgh")


@pytest.mark.parametrize("ended", [b"", b"\r\n\r\n"])
def test_a_head_that_grows_too_large_is_refused_whole_or_not(port: int, ended: bytes) -> None:
    """One that comes whole is the application's to refuse; here it has no such middleware, and answers."""
    sent = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Long: " + b"a" * 2 * MOST_HEAD_BYTES
    with _connected(port, sent + ended) as connection:
        answer = b""
        while part := connection.recv(1 << 16):
            answer += part
    assert answer.startswith(b"HTTP/1.1 431") or (ended and answer.startswith(b"HTTP/1.1 200"))


@pytest.mark.parametrize("sent", [b"nonsense\r\n\r\n", HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"])
def test_what_is_no_http_is_a_problem(port: int, sent: bytes) -> None:
    status, body = _answer(_connected(port, sent))
    assert (status, body["type"]) == (400, "urn:dure:problem:bad-request")


def test_answers_do_not_name_the_software(port: int) -> None:
    assert "server" not in httpx2.get(f"http://127.0.0.1:{port}/").headers
