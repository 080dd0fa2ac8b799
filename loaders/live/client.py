"""Sends one request at a time: https alone, a pause between two, again after what passes, no redirect to elsewhere."""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Final, Self, TypeVar

import httpx2
import stamina

from graph_schema.errors import ConfigError
from graph_schema.wording import Wording
from loaders.live.endpoints import Endpoint
from loaders.live.keys import Keyring
from loaders.refusals import RefusedError, UnavailableError, both

T = TypeVar("T")

ATTEMPTS: Final = 5
"""With growing pauses between: what a short failure of a public service takes."""
_TIMEOUT: Final = httpx2.Timeout(60, connect=15)
_AGENT: Final = "Mozilla/5.0 (compatible; dure)"
"""NTIS answers 404 to names that do not begin like a browser's."""
_LARGEST: Final = 64 << 20
"""Bytes of an answer; the largest real one, all notices at once, has some five million."""
_MOST_REDIRECTS: Final = 3
"""The services redirect once, from http to https; a loop ends soon."""
_LONGEST_WAIT: Final = 120.0
"""Seconds waited where a service names a time; longer ones are a quota, which no run sits out."""
_LOGGERS: Final = ("httpx2", *(f"httpcore2.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")))
# HTTP statuses; from the last on the fault is the service's own, and may pass.
OK, _THROTTLED, _FAULT = 200, 429, 500


class Client:
    """Asks APIs with the keys of ``keys``; ``sleep`` and ``clock`` are there for whoever does not want to wait."""

    def __init__(
        self,
        keys: Keyring,
        *,
        timeout: httpx2.Timeout = _TIMEOUT,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.keys = keys
        self._http = httpx2.Client(timeout=timeout, follow_redirects=False, headers={"User-Agent": _AGENT})
        self._sleep, self._clock = sleep, clock
        self._last: dict[str, float] = {}
        self._quiet = _Masking(keys)

    def __enter__(self) -> Self:
        # These log every address that is asked or redirected to, the key in it.
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(self._quiet)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(self._quiet)
        self._http.close()

    def fetch(
        self,
        endpoint: Endpoint,
        parameters: Mapping[str, str],
        body: object | None,
        use: Callable[[bytes, int], T],
    ) -> T:
        """Ask, with ``body`` as JSON where there is one, and return what ``use`` makes of the answer, keys masked.

        ``use`` is told the HTTP status; of an answer without 200 only the reason in it counts.

        Timeouts, cut connections, faults of the server, throttling and whatever ``use`` calls unavailable are tried
        again, with longer and longer waits. Raises ``RefusedError`` and ``UnavailableError``; neither shows a key.
        """
        for attempt in stamina.retry_context(on=_wait, attempts=ATTEMPTS, timeout=None, wait_initial=1, wait_max=60):
            with attempt:
                status, answer = self._ask(endpoint, parameters, body)
                return _used(endpoint, status, answer, use)
        raise AssertionError  # stamina raises what was raised last

    def _ask(self, endpoint: Endpoint, parameters: Mapping[str, str], body: object | None) -> tuple[int, bytes]:
        keyed = {endpoint.key_parameter: self.keys.value(endpoint.key)} if endpoint.key else {}
        url = httpx2.URL(checked_address(endpoint.address), params={**endpoint.parameters, **parameters, **keyed})
        self._pause(url.host, endpoint.pause)
        request = self._http.build_request("GET" if body is None else "POST", url, json=body)
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                response = self._http.send(request, stream=True)
                try:
                    further = response.next_request
                    if further is None:
                        return self._read(endpoint, response)
                finally:
                    response.close()
                if _origin(further.url) != _origin(url):
                    raise RefusedError(Wording(*map(self.keys.masked, _wrongly_sent(endpoint, further.url))))
                request = further
        except httpx2.HTTPError as error:
            # The library's own errors hold the request, and so the key.
            message = self.keys.masked(str(error)) or type(error).__name__
            raise UnavailableError(_no_answer(endpoint, message)) from None
        raise RefusedError(_wrongly_sent(endpoint, request.url))

    def _read(self, endpoint: Endpoint, response: httpx2.Response) -> tuple[int, bytes]:
        parts, size = [], 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > _LARGEST:
                raise RefusedError(
                    both(
                        endpoint.title,
                        f"답이 {_LARGEST >> 20} MiB를 넘어 받지 않습니다. --since 로 나누어 받으십시오",
                        f"the answer is larger than {_LARGEST >> 20} MiB and is not taken; ask for less with --since",
                    )
                )
        if response.status_code == _THROTTLED:
            raise UnavailableError(_no_answer(endpoint, "HTTP 429"), _seconds(response.headers.get("Retry-After")))
        return response.status_code, self.keys.masked_bytes(b"".join(parts))

    def _pause(self, host: str, seconds: float) -> None:
        if host in self._last:
            left = self._last[host] + seconds - self._clock()
            if left > 0:
                self._sleep(left)
        self._last[host] = self._clock()


class _Masking(logging.Filter):
    """Takes keys out of what the library logs."""

    def __init__(self, keys: Keyring) -> None:
        super().__init__()
        self._keys = keys

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self._keys.masked(record.getMessage()), ()
        return True


def checked_address(address: str) -> str:
    """Return an address that keys may be sent to: https, or this machine itself; raises ``ConfigError`` for others."""
    try:
        url = httpx2.URL(address)
    except httpx2.InvalidURL as error:
        raise ConfigError(
            Wording(
                f"주소가 아닙니다: {address!r}({error}). https://host 또는 https://host:port처럼 적으십시오",
                f"{address!r} is not an address: {error}; write https://host or https://host:port",
            )
        ) from error
    if url.scheme == "https" or (url.scheme == "http" and _is_loopback(url.host)):
        return address
    raise ConfigError(
        Wording(
            f"인증키가 암호화되지 않은 채 전송되므로 요청하지 않습니다: {url.scheme}://{url.host}. https:// 주소를 "
            "적으십시오",
            f"{url.scheme}://{url.host} is not asked: a key would travel unprotected; name an https:// address",
        )
    )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _used(endpoint: Endpoint, status: int, answer: bytes, use: Callable[[bytes, int], T]) -> T:
    """Return what the answer says; of an error the reason in it, or else what its status says."""
    if status == OK:
        return use(answer, status)
    try:
        use(answer, status)
    except RefusedError as error:
        if error.known:
            raise
    if status >= _FAULT:
        raise UnavailableError(_no_answer(endpoint, f"HTTP {status}"))
    raise RefusedError(
        both(
            endpoint.title,
            f"HTTP {status}로 거절되었습니다. 인증키와 활용신청을 확인하십시오",
            f"refused with HTTP {status}; check the key and that it was applied for this service",
        )
    )


def _wait(error: Exception) -> bool | float:
    """Whether to ask again after ``error``, or after how many seconds."""
    if not isinstance(error, UnavailableError):
        return False
    return True if error.wait is None else min(error.wait, _LONGEST_WAIT)


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isdecimal() else None


def _no_answer(endpoint: Endpoint, message: str) -> Wording:
    return both(
        endpoint.title,
        f"여러 번 요청했으나 답을 받지 못했습니다 ({message}). 받은 쪽은 보관되어 있으니 나중에 다시 실행하십시오",
        f"no answer after several tries ({message}); the pages so far are kept, run it again later",
    )


def _wrongly_sent(endpoint: Endpoint, url: httpx2.URL) -> Wording:
    return both(
        endpoint.title,
        f"다른 곳({url.host})으로 넘기려 하여 따르지 않았습니다. Dure를 새 판으로 바꾸십시오",
        f"redirected to {url.host}, which is not followed, since a key would go there; update Dure",
    )
