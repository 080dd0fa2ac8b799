"""Tests of single requests: what is tried again, what is refused, and that no key shows."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from graph_schema.errors import ConfigError, SourceError
from graph_schema.wording import Wording
from loaders.live import client as module
from loaders.live.answer import ApiAnswer, examine, read_rows
from loaders.live.client import Client
from loaders.live.endpoints import Endpoint
from loaders.live.keys import KEY_NAMES, Keyring
from loaders.refusals import RefusedError, UnavailableError
from tests.loaders.live import rows
from tests.loaders.live.server import (
    KEY,
    PublicApis,
    ReceivedRequest,
    Reply,
    gateway_error,
    in_turn,
    kipris,
    ntis,
    odcloud,
    public_apis,
)

GOOD = Reply(json.dumps({"matchCount": 1, "data": rows.centers(1)}, ensure_ascii=False))
Ask = Callable[[Endpoint], ApiAnswer]


@contextmanager
def in_both(kind: type[SourceError], said: str) -> Iterator[None]:
    """Expect an error whose Korean and English, one behind the other, match ``said``."""
    with pytest.raises(kind) as caught:
        yield
    assert re.search(said, caught.value.wording.both)


@pytest.fixture
def ask(client: Client, tmp_path: Path) -> Ask:
    """Ask once, as a page of a run."""

    def run(endpoint: Endpoint) -> ApiAnswer:
        def use(body: bytes, _status: int) -> ApiAnswer:
            path = tmp_path / "answer"
            path.write_bytes(body)
            return examine(path, endpoint, read_rows)

        return client.fetch(endpoint, {"pageNo": "1", "numOfRows": "10", "page": "1", "perPage": "10"}, None, use)

    return run


@pytest.mark.parametrize(
    "passing",
    [
        Reply("", 500),
        Reply("<html><body>Bad Gateway</body></html>", 502),
        Reply("", 429),
        Reply(GOOD.body, cut=True),
        Reply(GOOD.body[:-30]),
        gateway_error("05", "SERVICETIME_OUT"),
        gateway_error("23", "LIMITED_NUMBER_OF_SERVICE_REQUESTS_PER_SECOND_EXCEEDS_ERROR"),
        Reply(json.dumps({"status_code": "INTERNAL_ERROR"}), 500),
    ],
    ids=[
        "fault",
        "gateway fault",
        "throttled",
        "connection cut",
        "text cut",
        "service timeout",
        "rate",
        "its own fault",
    ],
)
def test_what_passes_is_tried_again(passing: Reply, apis: PublicApis, ask: Ask) -> None:
    answer = ask(replace(apis.serve("centers", in_turn(passing, GOOD)), codes="data_go_kr"))

    assert (len(answer.rows), len(apis.asked)) == (1, 2)


def test_a_server_that_does_not_answer_in_time_is_asked_again(apis: PublicApis, tmp_path: Path) -> None:
    import threading

    late = threading.Event()

    def hang(_asked: ReceivedRequest) -> Reply:
        late.wait(60)
        return GOOD

    endpoint = apis.serve("centers", in_turn(hang, GOOD))
    # The second must answer within it, on a busy machine too.
    with Client(Keyring(dict.fromkeys(KEY_NAMES, KEY)), timeout=httpx2.Timeout(2.0)) as client:
        body = client.fetch(endpoint, {}, None, lambda body, _status: body)
    late.set()

    assert (json.loads(body)["matchCount"], len(apis.asked)) == (1, 2)
    assert tmp_path.exists()


def test_a_server_that_never_answers_is_told_with_what_is_kept(apis: PublicApis, ask: Ask) -> None:
    with in_both(UnavailableError, r"보관되어 있으니.*no answer after several tries \(HTTP 503\).*are kept"):
        ask(apis.serve("centers", in_turn(Reply("", 503))))
    assert len(apis.asked) == 3


def test_throttling_names_its_own_wait() -> None:
    told = Wording("x", "x")
    assert module._wait(UnavailableError(told, 7.0)) == 7.0
    assert module._wait(UnavailableError(told, 9_999.0)) == 120.0
    assert module._wait(UnavailableError(told)) is True
    assert module._wait(RefusedError(told)) is False
    assert module._seconds("30") == 30.0
    assert module._seconds("Wed, 21 Oct 2026 07:28:00 GMT") is None


@pytest.mark.parametrize(
    ("name", "handler", "message"),
    [
        (
            "bizinfo-portal",
            in_turn(gateway_error("30", "SERVICE_KEY_IS_NOT_REGISTERED_ERROR")),
            "등록되지 않은 인증키.*code 30",
        ),
        ("bizinfo-portal", in_turn(gateway_error("31", "DEADLINE_HAS_EXPIRED_ERROR", 403)), "사용 기한.*has expired"),
        ("centers", odcloud([], key="another"), "등록되지 않은 인증키.*code -401"),
        ("kipris", kipris([], key="another"), "사용 기한.*extend it"),
        (
            "bizinfo",
            in_turn(Reply('{"reqErr": "인증키를 입력해주세요."}')),
            "등록되지 않은 인증키.*인증키를 입력해주세요",
        ),
        (
            "smes24",
            in_turn(Reply('{"resultCd":"14","resultMsg":"토큰이 유효하지 않습니다."}')),
            "등록되지 않은 인증키.*code 14",
        ),
        ("bizinfo-portal", in_turn(Reply("Unauthorized", 401)), "HTTP 401.*활용신청"),
        (
            "stores",
            in_turn(Reply('{"OpenAPI_ServiceResponse":{"cmmMsgHeader":{"returnReasonCode":"20"}}}')),
            "활용신청",
        ),
        ("ntis-calls", in_turn(Reply("<!DOCTYPE html><html><body>점검</body></html>")), "API의 답이 아니라.*web page"),
        ("ntis-calls", in_turn(Reply("", 404)), "HTTP 404"),
        ("bizinfo-portal", in_turn(Reply("NO_OPENAPI_SERVICE_ERROR")), "폐기된 서비스"),
    ],
)
def test_an_error_with_http_200_is_told_with_its_remedy(
    name: str, handler: Callable[[ReceivedRequest], Reply], message: str, apis: PublicApis, ask: Ask
) -> None:
    """Each is asked for once: trying again would not help."""
    with in_both(RefusedError, message):
        ask(apis.serve(name, handler))
    assert len(apis.asked) == 1


def test_an_address_that_is_not_registered_is_told_as_such(apis: PublicApis, client: Client, tmp_path: Path) -> None:
    """NTIS answers words alone, with HTTP 200 and no hit."""
    from loaders.sources.ntis_projects import SOURCE

    endpoint = apis.serve("ntis-projects", ntis([], key="another"))
    (tmp_path / "x.xml").write_bytes(client.fetch(endpoint, {"startPosition": "1"}, None, lambda body, _status: body))

    with in_both(RefusedError, r"IP 주소에서.*register this server's IP"):
        examine(tmp_path / "x.xml", endpoint, SOURCE.read)


def test_a_redirect_to_another_host_is_not_followed(apis: PublicApis, ask: Ask) -> None:
    with public_apis() as elsewhere:
        away = Reply("", 302, {"Location": f"{elsewhere.address}/steal?serviceKey={KEY}"})
        with pytest.raises(RefusedError, match=r"127\.0\.0\.1.*not followed"):
            ask(apis.serve("centers", in_turn(away)))
        assert not elsewhere.asked


def test_a_redirect_within_the_host_is_followed_a_few_times(apis: PublicApis, ask: Ask) -> None:
    endpoint = apis.serve("centers", in_turn(Reply("", 307, {"Location": "/moved"})))
    apis.handlers["/moved"] = in_turn(GOOD)
    assert len(ask(endpoint).rows) == 1
    apis.handlers["/moved"] = in_turn(Reply("", 307, {"Location": "/moved"}))
    with pytest.raises(RefusedError, match="not followed"):
        ask(endpoint)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://apis.data.go.kr/x", "a key would travel unprotected"),
        ("ftp://127.0.0.1/x", "a key would travel unprotected"),
        ("http://127.0.0.1.evil.kr/x", "a key would travel unprotected"),
        ("https://[::1/x", "is not an address"),
    ],
)
def test_an_address_without_https_is_refused(address: str, message: str, ask: Ask, apis: PublicApis) -> None:
    endpoint = replace(apis.serve("centers", in_turn(GOOD)), address=address, pause=0)

    with pytest.raises(ConfigError, match=message):
        ask(endpoint)


def test_an_answer_without_end_is_not_taken(apis: PublicApis, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LARGEST", 10)

    with pytest.raises(RefusedError, match="is not taken; ask for less"):
        ask(apis.serve("centers", in_turn(GOOD)))


def test_two_requests_of_one_host_are_apart(apis: PublicApis) -> None:
    waited: list[float] = []
    times = iter([100.0, 100.3, 100.5])
    with Client(Keyring({"data_go_kr": KEY}), sleep=waited.append, clock=lambda: next(times)) as client:
        endpoint = replace(apis.serve("centers", in_turn(GOOD)), pause=1.0)
        for _ in range(2):
            client.fetch(endpoint, {}, None, lambda body, _status: body)

    assert waited == [pytest.approx(0.7)]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def test_a_key_shows_in_no_log_and_no_error(apis: PublicApis, ask: Ask, log: pytest.LogCaptureFixture) -> None:
    """Not of a request that is logged, not of an API that repeats it, not of a connection that fails."""
    asked = apis.serve("bizinfo-portal", lambda asked: gateway_error("99", f"key {asked.query['serviceKey']} is wrong"))
    nowhere = replace(asked, address="http://127.0.0.1:9/x")
    away = apis.serve("centers", in_turn(Reply("", 302, {"Location": f"https://example.invalid/?k={KEY}"})))
    told = []
    for endpoint in (asked, nowhere, away):
        with pytest.raises(SourceError) as caught:
            ask(endpoint)
        told.append(str(caught.value))
        assert caught.value.__cause__ is None

    assert "key *** is wrong" in told[0]
    shown = [*told, *(record.getMessage() for record in log.records)]
    assert [line for line in shown if "serviceKey=***" in line]
    assert not [line for line in shown if "abc+DEF" in line or "abc%2BDEF" in line]


def test_a_key_that_an_api_repeats_is_not_kept(apis: PublicApis, client: Client) -> None:
    echo = apis.serve("centers", lambda asked: Reply(json.dumps({"asked": asked.query["serviceKey"]})))

    assert client.fetch(echo, {}, None, lambda body, _status: body) == b'{"asked": "***"}'
