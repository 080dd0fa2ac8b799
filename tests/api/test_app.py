"""How the application starts, who it lets in, and what all its answers have in common."""

from __future__ import annotations

import re
from pathlib import Path
from threading import Event

import pytest
import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import Openers, create_app
from api.problems import BY_STATUS, KINDS
from api.settings import ApiSettings
from graph_schema.errors import ConfigError, ModelError, StoreBusyError, StoreUnavailableError
from graph_schema.wording import Wording
from stores.base import GraphStore
from stores.embedded import EmbeddedStore
from tests.api.city import COMPANY, PROGRAM, CityRecommender, open_city_recommender
from tests.api.conftest import OPENERS, serving

Keys = dict[str, dict[str, str]]

READ_ALL = [
    f"/v1/companies/{COMPANY}/recommendations/programs",
    "/v1/institutions/한국항공대학교/recommendations/partners",
    f"/v1/programs/{PROGRAM}/companies",
    "/v1/search?q=두레",
    f"/v1/nodes/Company:{COMPANY}",
    f"/v1/nodes/Company:{COMPANY}/neighbors",
    f"/v1/paths?from=Company:{COMPANY}&to=Region:41281",
    "/v1/feedback",
    "/v1/needs",
    "/v1/kpis",
]
OWN = {READ_ALL[0], "/v1/feedback", "/v1/needs"}


@pytest.mark.parametrize("address", READ_ALL)
def test_who_may_read_what(client: TestClient, keys: Keys, address: str) -> None:
    expected = {"company": 200 if address in OWN else 403, "reader": 200, "admin": 200, "intake": 403}
    assert {who: client.get(address, headers=keys[who]).status_code for who in expected} == expected


@pytest.mark.parametrize("address", READ_ALL)
@pytest.mark.parametrize("header", [None, "Bearer dure_00000000_wrong", "Basic eDp5", "Bearer", "nonsense"])
def test_without_a_right_key_nothing_is_told(client: TestClient, address: str, header: str | None) -> None:
    response = client.get(address, headers={"Authorization": header} if header else {})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json()["type"] == "urn:dure:problem:unauthorized"


def test_health_and_metrics_need_no_key(client: TestClient) -> None:
    assert client.get("/health/live").json()["status"] == "live"
    ready = client.get("/health/ready").json()
    assert ready["status"] == "ready"
    assert ready["checks"] == {
        "model": "ready",
        "snapshot": "ready",
        "store": "ready",
        "feedback": "ready",
        "keys": "ready",
    }
    assert ready["model_version"] == "test-1"
    text = client.get("/metrics").text
    assert 'dure_http_requests_total{method="GET",route="/health/ready",status="200"} 1' in text
    assert "dure_model_ready 1" in text


def test_a_sane_request_id_is_kept_and_any_other_replaced(client: TestClient) -> None:
    assert client.get("/health/live", headers={"X-Request-ID": "portal-0001"}).json()["request_id"] == "portal-0001"
    for odd in ("short", "a" * 65, "with space in it", "new\tline-in-it"):
        response = client.get("/health/live", headers={"X-Request-ID": odd})
        assert response.json()["request_id"] == response.headers["X-Request-ID"] != odd
        assert len(response.headers["X-Request-ID"]) == 32


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/kpis/", 404),
        ("DELETE", "/v1/needs", 405),
        ("PUT", "/v1/feedback", 405),
    ],
)
def test_unknown_addresses_and_methods_are_problems(client: TestClient, method: str, address: str, status: int) -> None:
    response = client.request(method, address)
    body = response.json()
    assert (response.status_code, body["status"], body["instance"]) == (status, status, address)
    assert response.headers["content-type"] == "application/problem+json"
    assert body["request_id"] == response.headers["X-Request-ID"]
    assert " · " in body["title"]
    if status == 405:
        assert response.headers["Allow"]


@pytest.mark.parametrize(
    ("address", "methods"),
    [
        ("/v1/feedback", "GET, POST"),
        ("/v1/needs", "GET, POST"),
        ("/v1/needs/need:x", "PATCH"),
        ("/v1/kpis", "GET"),
        ("/docs", "GET"),
    ],
)
def test_allow_names_all_methods_of_an_address(client: TestClient, address: str, methods: str) -> None:
    assert client.options(address).headers["Allow"] == methods


def test_no_cache_keeps_what_is_told_of_companies_and_no_browser_guesses_its_kind(
    client: TestClient, keys: Keys
) -> None:
    for address, who in ((READ_ALL[0], keys["reader"]), (READ_ALL[0], {}), ("/v1/nothing", {}), ("/v1/needs?n=0", {})):
        headers = client.get(address, headers=who).headers
        assert (headers["Cache-Control"], headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert client.get("/docs").headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"", b"[]"])
def test_a_body_that_is_no_object_is_a_problem(client: TestClient, keys: Keys, content: bytes) -> None:
    response = client.post(
        "/v1/feedback", content=content, headers=keys["reader"] | {"Content-Type": "application/json"}
    )
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["request_id"]


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_over_one_mebibyte_is_refused(client: TestClient, keys: Keys, *, declared: bool) -> None:
    """Also one that comes in pieces, whose length no header tells."""
    piece = b" " * (1 << 18)
    response = client.post(
        "/v1/recommendations/programs",
        content=piece * 5 if declared else (piece for _ in range(5)),
        headers=keys["reader"] | {"Content-Type": "application/json"},
    )
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"
    assert "1 MiB" in response.json()["detail"]
    assert response.json()["request_id"] == response.headers["X-Request-ID"]


@pytest.mark.parametrize(
    "request_headers",
    [
        {f"X-{number}": "a" for number in range(120)},
        {"X-Long": "a" * 40_000},
        {f"X-{n}": "a" * 1000 for n in range(40)},
    ],
)
def test_headers_without_measure_are_refused(client: TestClient, request_headers: dict[str, str]) -> None:
    response = client.get("/health/live", headers=request_headers)
    assert (response.status_code, response.json()["type"]) == (431, "urn:dure:problem:headers-too-large")
    assert "32 KiB" in response.json()["detail"]
    assert client.get("/health/live?x=" + "a" * 40_000).status_code == 431


def test_an_unexpected_error_is_a_problem_that_tells_nothing_of_the_insides(settings: ApiSettings, keys: Keys) -> None:
    class Broken(CityRecommender):
        def recommend(self, *_: object, **__: object) -> None:  # type: ignore[override]
            raise RuntimeError("secret path /etc/x")

    def opener(home: Path) -> Broken:
        return Broken(open_city_recommender(home).snapshot)

    app = create_app(settings, Openers(recommender=opener, store=OPENERS.store))
    with serving(app) as client, structlog.testing.capture_logs() as log:
        response = client.get(READ_ALL[0], headers=keys["reader"])
    assert response.status_code == 500
    assert "secret" not in response.text
    assert response.json()["request_id"] == response.headers["X-Request-ID"]
    (entry,) = [entry for entry in log if entry["event"] == "unexpected_error"]
    assert entry["error"] == "RuntimeError"
    assert "secret" not in str(log)


def test_without_a_store_recommendations_and_feedback_go_on(settings: ApiSettings, keys: Keys) -> None:
    def opener(_uri: str, *, read_only: bool = False) -> GraphStore:
        raise StoreUnavailableError(Wording("거부", f"bolt://10.1.2.3 refused {read_only}"))

    app = create_app(settings, Openers(recommender=open_city_recommender, store=opener))
    with serving(app) as client:
        assert client.get(READ_ALL[0], headers=keys["reader"]).status_code == 200
        sent = {
            "event_id": "1",
            "request_id": "12345678",
            "task": "programs",
            "item": f"Program:{PROGRAM}",
            "event": "shown",
            "occurred_at": "2026-03-02T09:30:00Z",
        }
        kept = client.post("/v1/feedback", json={"client_id": "c", "events": [sent]}, headers=keys["reader"])
        assert kept.json()["stored"] == 1
        ready = client.get("/health/ready")
        assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
        assert ready.json()["checks"]["store"] == "unavailable"
        for address in ("/v1/search?q=x", f"/v1/nodes/Company:{COMPANY}", "/v1/needs", "/v1/kpis"):
            response = client.get(address, headers=keys["reader"])
            assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
            assert "10.1.2.3" not in response.text
            assert "dure doctor" in response.json()["detail"]


def test_in_a_home_that_may_not_be_written_the_server_starts_and_recommends(
    app: FastAPI, settings: ApiSettings, keys: Keys
) -> None:
    """A folder stands where the journal should be, which no user may write as a file, root included."""
    journal = settings.files.feedback
    journal.mkdir()
    with serving(app) as client:
        assert client.get(READ_ALL[0], headers=keys["reader"]).status_code == 200
        response = client.get("/v1/feedback", headers=keys["reader"])
        assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
        assert response.json()["type"] == "urn:dure:problem:feedback-unavailable"
        assert "recommendations go on" in response.json()["detail"]
        assert str(journal) not in response.text
        ready = client.get("/health/ready").json()
        assert (ready["status"], ready["checks"]["feedback"]) == ("degraded", "unavailable")
        assert "dure_feedback_events" not in client.get("/metrics").text
        journal.rmdir()
        assert client.get("/v1/feedback", headers=keys["reader"]).status_code == 200
        assert client.get("/health/ready").json()["checks"]["feedback"] == "ready"


def test_a_busy_store_says_when_to_come_back(settings: ApiSettings, keys: Keys) -> None:
    def opener(_uri: str, *, read_only: bool = False) -> GraphStore:
        raise StoreBusyError(Wording("사용 중", f"held by PID 4711 {read_only}"))

    with serving(create_app(settings, Openers(recommender=open_city_recommender, store=opener))) as client:
        response = client.get("/v1/search?q=x", headers=keys["reader"])
        assert (response.status_code, response.headers["Retry-After"]) == (503, "3")
        assert response.json()["type"] == "urn:dure:problem:store-busy"
        assert client.get("/health/ready").json()["checks"]["store"] == "busy"


def test_the_file_is_free_for_others_between_requests(client: TestClient, keys: Keys, home: Path) -> None:
    assert client.get("/v1/search?q=두레", headers=keys["reader"]).status_code == 200
    with EmbeddedStore(home / "graph.duckdb") as store:
        assert store.counts().nodes["Company"] == 3


def test_without_a_model_the_server_starts_and_says_it_is_not_ready(settings: ApiSettings, keys: Keys) -> None:
    def opener(home: Path) -> CityRecommender:
        raise ModelError(Wording("없음", f"nothing in {home}"))

    with serving(create_app(settings, Openers(recommender=opener, store=OPENERS.store))) as client:
        ready = client.get("/health/ready")
        assert (ready.status_code, ready.json()["status"]) == (503, "not_ready")
        response = client.get(READ_ALL[0], headers=keys["reader"])
        assert (response.status_code, response.json()["type"]) == (503, "urn:dure:problem:model-not-ready")
        assert str(settings.home) not in response.text
        assert client.get("/v1/search?q=두레", headers=keys["reader"]).status_code == 200


def test_while_the_model_is_opened_the_answer_is_to_come_back_in_seconds(settings: ApiSettings, keys: Keys) -> None:
    hold = Event()

    def opener(_home: Path) -> CityRecommender:
        hold.wait(30)
        raise ModelError(Wording("너무 늦음", "opened too late to matter"))

    try:
        with TestClient(create_app(settings, Openers(recommender=opener, store=OPENERS.store))) as client:
            response = client.get(READ_ALL[0], headers=keys["reader"])
            assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
            assert "여는 중" in response.json()["detail"]
            assert "dure train" not in response.text
    finally:
        hold.set()


def test_the_access_log_names_template_and_key_but_no_path_query_or_token(client: TestClient, keys: Keys) -> None:
    with structlog.testing.capture_logs() as log:
        client.get("/v1/search", params={"q": "홍길동 010-1234-5678"}, headers=keys["reader"])
        client.get(READ_ALL[0], headers=keys["company"])
    search, recommendation = [entry for entry in log if entry["event"] == "request"]
    assert (search["route"], search["status"], search["method"]) == ("/v1/search", 200, "GET")
    token = keys["reader"]["Authorization"].removeprefix("Bearer ")
    assert search["key_id"] == token.split("_")[1]
    assert recommendation["route"] == "/v1/companies/{company_id:path}/recommendations/{task}"
    assert recommendation["model_version"] == "test-1"
    for hidden in ("홍길동", "010-1234", "두레정밀", token.split("_", 2)[2]):
        assert hidden not in str(log)


def test_a_key_file_that_is_damaged_while_serving_locks_nobody_out(
    client: TestClient, keys: Keys, settings: ApiSettings
) -> None:
    settings.key_file.write_text("{")
    assert client.get(READ_ALL[0], headers=keys["company"]).status_code == 200
    ready = client.get("/health/ready").json()
    assert (ready["status"], ready["checks"]["keys"]) == ("degraded", "stale")
    assert client.get(READ_ALL[0], headers={"Authorization": "Bearer dure_00000000_wrong"}).status_code == 401


def test_without_a_key_file_the_server_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="dure keys create"):
        create_app(ApiSettings(home=tmp_path), OPENERS)


def test_development_mode_is_for_loopback_alone(settings: ApiSettings) -> None:
    with pytest.raises(ConfigError, match=r"127\.0\.0\.1"):
        create_app(settings.model_copy(update={"api_open": True, "host": "0.0.0.0"}), OPENERS)  # noqa: S104 - refused
    with structlog.testing.capture_logs() as log:
        app: FastAPI = create_app(settings.model_copy(update={"api_open": True}), OPENERS)
    assert log[0]["log_level"] == "warning"
    with serving(app, client=("127.0.0.1", 1)) as client:
        body = client.get(f"/v1/nodes/Company:{COMPANY}").json()
        assert body["withheld"] == ["phone", "representative"]
    with serving(app, client=("192.0.2.7", 1)) as client:
        assert client.get(READ_ALL[0]).status_code == 401


@pytest.mark.parametrize("body", [b"{", b"not json", b"\xff\xfe", b'{"client_id": 1}'])
def test_the_key_is_looked_at_before_the_body(client: TestClient, body: bytes) -> None:
    for address in ("/v1/feedback", "/v1/needs", "/v1/recommendations/programs"):
        response = client.post(address, content=body, headers={"Content-Type": "application/json"})
        assert response.status_code == 401


@pytest.mark.parametrize("part", ["live", "ready"])
def test_a_probe_may_ask_for_the_head_alone(client: TestClient, part: str) -> None:
    """Monitors ask so; the answer has no body."""
    response = client.head(f"/health/{part}")
    assert (response.status_code, response.content) == (200, b"")
    assert client.head(f"/health/{part}?x=1").status_code == 422


_TO_DO = re.compile(r"`[^`]+`|Retry-After|\bAllow\b|UTF-8 JSON|GET /[a-z0-9/]+")
"""What a remedy names and no language translates."""


def _halves(detail: str) -> tuple[set[str], set[str]]:
    """Return what the Korean and the English half of a message name."""
    ko, _, en = detail.partition(" · ")
    return set(_TO_DO.findall(ko)), set(_TO_DO.findall(en))


def test_a_korean_problem_names_the_remedy_that_the_english_one_names() -> None:
    for kind in {*KINDS.values(), *BY_STATUS.values()}:
        ko, en = (set(_TO_DO.findall(text)) for text in kind.detail or kind.title)
        assert ko == en


@pytest.mark.parametrize(
    ("method", "address", "key", "content"),
    [
        ("GET", READ_ALL[0], None, None),
        ("GET", READ_ALL[0], "Bearer dure_00000000_wrong", None),
        ("GET", "/v1/kpis", "company", None),
        ("DELETE", "/v1/needs", "reader", None),
        ("POST", "/v1/recommendations/programs", "company", '{"text": "빵집"}'.encode("euc-kr")),
        ("GET", "/v1/needs/need:none/recommendations/experts", "reader", None),
    ],
    ids=["no key", "wrong key", "scope", "method", "encoding", "need"],
)
def test_a_refusal_in_korean_names_the_remedy_that_the_english_one_names(
    client: TestClient, keys: Keys, method: str, address: str, key: str | None, content: bytes | None
) -> None:
    headers = keys.get(key or "", {"Authorization": key} if key else {})
    detail = client.request(method, address, headers=headers, content=content).json()["detail"]
    ko, en = _halves(detail)
    assert ko == en
    assert ("담당자" in detail) == ("coordinator" in detail)
