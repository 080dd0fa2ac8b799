"""Feedback over HTTP: once, for good, and only in one's own name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import ApiSettings
from tests.api.city import COMPANY, PROGRAM
from tests.api.conftest import OPENERS, serving

Keys = dict[str, dict[str, str]]


def event(event_id: str = "e-1", **changes: Any) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "request_id": "6f1c2a9e0b7d4f53",
        "company": COMPANY,
        "task": "programs",
        "item": f"Program:{PROGRAM}",
        "event": "clicked",
        "rank": 1,
        "occurred_at": "2026-03-02T09:30:00+09:00",
    } | changes


def batch(*events: dict[str, Any]) -> dict[str, Any]:
    return {"client_id": "portal", "events": list(events)}


def test_a_batch_sent_twice_is_stored_once_also_after_a_restart(settings: ApiSettings, keys: Keys) -> None:
    sent = batch(event("e-1"), event("e-2", event="rejected", reason="too_far"))
    for run, (stored, duplicates) in enumerate([(2, 0), (0, 2)]):
        with serving(create_app(settings, OPENERS)) as client:
            body = client.post("/v1/feedback", json=sent, headers=keys["company"]).json()
            assert (run, body["stored"], body["duplicates"]) == (run, stored, duplicates)
            kept = client.get("/v1/feedback", headers=keys["company"]).json()["events"]
            assert [(e["event_id"], e["event"], e["reason"]) for e in kept] == [
                ("e-1", "clicked", None),
                ("e-2", "rejected", "too_far"),
            ]
            assert kept[0]["occurred_at"] == "2026-03-02T00:30:00+00:00"
            assert kept[0]["request_id"] == "6f1c2a9e0b7d4f53"


def test_an_id_that_comes_back_with_other_content_is_a_conflict_and_the_first_stays(
    client: TestClient, keys: Keys
) -> None:
    client.post("/v1/feedback", json=batch(event()), headers=keys["company"])
    body = client.post("/v1/feedback", json=batch(event(event="applied")), headers=keys["company"]).json()
    assert body["receipts"] == [{"event_id": "e-1", "receipt": "conflict"}]
    assert client.get("/v1/feedback", headers=keys["company"]).json()["events"][0]["event"] == "clicked"


def test_ids_of_different_owners_do_not_meet(client: TestClient, keys: Keys) -> None:
    first = client.post("/v1/feedback", json=batch(event()), headers=keys["company"]).json()
    second = client.post("/v1/feedback", json=batch(event(event="shown")), headers=keys["reader"]).json()
    assert (first["stored"], second["stored"]) == (1, 1)


def test_a_company_speaks_for_itself_alone(client: TestClient, keys: Keys) -> None:
    assert client.post("/v1/feedback", json=batch(event()), headers=keys["other"]).status_code == 403
    unnamed = client.post("/v1/feedback", json=batch(event(company=None)), headers=keys["other"])
    assert unnamed.status_code == 200
    assert client.get("/v1/feedback", headers=keys["company"]).json()["events"] == []
    assert client.get("/v1/feedback", headers=keys["other"]).json()["events"][0]["company"] == "name:다른기업"
    assert client.get(f"/v1/feedback?company={COMPANY}", headers=keys["other"]).status_code == 403


def test_faults_of_all_events_are_listed_and_nothing_of_the_batch_is_stored(client: TestClient, keys: Keys) -> None:
    sent = batch(
        event("e-1"),
        event("e-2", event="rejected"),
        event("e-3", item="Space:s"),
        event("e-4", occurred_at="2026-03-02T09:30:00"),
        event("e-5", item="Firm:x"),
        event("e-6", task="horses"),
    )
    response = client.post("/v1/feedback", json=sent, headers=keys["reader"])
    assert response.status_code == 422
    assert [fault["field"] for fault in response.json()["errors"]] == [
        "body.events.1",
        "body.events.2",
        "body.events.3.occurred_at",
        "body.events.4",
        "body.events.5",
    ]
    assert client.get("/v1/feedback", headers=keys["reader"]).json()["events"] == []


@pytest.mark.parametrize("rank", [True, "3", 2.0, 0, 1001, 10**400])
def test_a_rank_that_is_no_rank_is_a_fault_of_its_field(client: TestClient, keys: Keys, rank: object) -> None:
    response = client.post("/v1/feedback", json=batch(event(rank=rank)), headers=keys["company"])
    assert response.status_code == 422
    assert [fault["field"] for fault in response.json()["errors"]] == ["body.events.0.rank"]


def test_reading_goes_on_page_by_page(client: TestClient, keys: Keys) -> None:
    client.post("/v1/feedback", json=batch(*(event(f"e-{i}") for i in range(3))), headers=keys["company"])
    first = client.get("/v1/feedback?n=2", headers=keys["reader"]).json()
    rest = client.get(f"/v1/feedback?n=2&after={first['next_after']}", headers=keys["reader"]).json()
    assert [e["event_id"] for e in first["events"] + rest["events"]] == ["e-0", "e-1", "e-2"]
    assert rest["next_after"] is None


def _told(moment: str | timedelta) -> str:
    """Write a time, or one so far from now."""
    return moment if isinstance(moment, str) else (datetime.now(UTC) + moment).isoformat()


@pytest.mark.parametrize(
    "moment",
    [
        "9999-12-31T23:00:00Z",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "1999-12-31T23:59:59Z",
        timedelta(hours=25),
    ],
)
def test_an_event_that_cannot_have_happened_then_is_refused_by_name(
    client: TestClient, keys: Keys, moment: str | timedelta
) -> None:
    response = client.post("/v1/feedback", json=batch(event(occurred_at=_told(moment))), headers=keys["company"])
    assert response.status_code == 422
    (fault,) = response.json()["errors"]
    assert fault["field"] == "body.events.0.occurred_at"
    assert "must lie between 2000-01-01 and one day from now" in fault["reason"]
    assert client.get("/v1/feedback", headers=keys["reader"]).json()["events"] == []


@pytest.mark.parametrize("moment", ["2000-01-01T00:00:00Z", timedelta(hours=23)])
def test_clocks_may_differ_by_a_day(client: TestClient, keys: Keys, moment: str | timedelta) -> None:
    sent = client.post("/v1/feedback", json=batch(event(occurred_at=_told(moment))), headers=keys["company"])
    assert sent.json()["stored"] == 1


def test_a_page_mark_that_json_cannot_hold_is_refused_and_declared(client: TestClient, keys: Keys) -> None:
    assert client.get(f"/v1/feedback?after={2**53 - 1}", headers=keys["reader"]).json()["events"] == []
    response = client.get(f"/v1/feedback?after={2**53}", headers=keys["reader"])
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "query.after"
    parameters = client.get("/openapi.json").json()["paths"]["/v1/feedback"]["get"]["parameters"]
    (after,) = [each for each in parameters if each["name"] == "after"]
    assert after["schema"]["maximum"] == 2**53 - 1


def test_withdrawn_events_count_nowhere_and_coordinators_see_when(client: TestClient, keys: Keys) -> None:
    client.post("/v1/feedback", json=batch(*(event(f"e-{i}") for i in range(3))), headers=keys["company"])
    numbers = [each["sequence"] for each in client.get("/v1/feedback", headers=keys["reader"]).json()["events"]]
    body = {"sequences": [numbers[0], numbers[1], numbers[0], 10_000], "reason": "sent by a test, 010-1234-5678"}
    for receipts in (
        ["withdrawn", "withdrawn", "already_withdrawn", "unknown"],
        ["already_withdrawn", "already_withdrawn", "already_withdrawn", "unknown"],
    ):
        answer = client.post("/v1/feedback/withdrawals", json=body, headers=keys["admin"])
        assert answer.status_code == 200
        assert [each["receipt"] for each in answer.json()["receipts"]] == receipts
        assert [each["sequence"] for each in answer.json()["receipts"]] == body["sequences"]
    seen = client.get("/v1/feedback", headers=keys["reader"]).json()["events"]
    assert [each["withdrawn_at"] is None for each in seen] == [False, False, True]
    own = client.get("/v1/feedback", headers=keys["company"]).json()["events"]
    assert [(each["event_id"], each["withdrawn_at"]) for each in own] == [("e-2", None)]
    kpis = client.get("/v1/kpis", headers=keys["reader"]).json()
    assert kpis["feedback"] == {"programs": {"clicked": 1}}
    again = client.post("/v1/feedback", json=batch(event("e-0")), headers=keys["company"]).json()
    assert (again["stored"], again["duplicates"]) == (0, 1)


@pytest.mark.parametrize("who", ["company", "other", "reader", "coordinator", "intake"])
def test_only_an_administrator_withdraws(client: TestClient, keys: Keys, who: str) -> None:
    client.post("/v1/feedback", json=batch(event()), headers=keys["company"])
    body = {"sequences": [1], "reason": "other"}
    assert client.post("/v1/feedback/withdrawals", json=body, headers=keys[who]).status_code == 403
    assert client.get("/v1/feedback", headers=keys["reader"]).json()["events"][0]["withdrawn_at"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"sequences": [], "reason": "x"}, "body.sequences"),
        ({"sequences": [0], "reason": "x"}, "body.sequences.0"),
        ({"sequences": [2**63], "reason": "x"}, "body.sequences.0"),
        ({"sequences": [1], "reason": "  "}, "body.reason"),
        ({"sequences": [1], "reason": "x" * 201}, "body.reason"),
        ({"sequences": [1], "reason": "a\nb"}, "body.reason"),
        ({"sequences": [1]}, "body.reason"),
    ],
)
def test_a_withdrawal_names_events_and_a_reason(
    client: TestClient, keys: Keys, body: dict[str, Any], field: str
) -> None:
    response = client.post("/v1/feedback/withdrawals", json=body, headers=keys["admin"])
    assert response.status_code == 422
    assert [fault["field"] for fault in response.json()["errors"]] == [field]


def test_an_unknown_field_of_an_event_is_answered_with_those_of_an_event(client: TestClient, keys: Keys) -> None:
    sent = batch(event("e-1") | {"comment": "free text"})
    (fault,) = client.post("/v1/feedback", json=sent, headers=keys["company"]).json()["errors"]
    assert fault["field"] == "body.events.0.comment"
    assert fault["remedy"].startswith("쓸 수 있는 항목: event_id, request_id, ")
