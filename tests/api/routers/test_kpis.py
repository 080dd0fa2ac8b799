"""Key figures over HTTP."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.api.city import COMPANY, PROGRAM


def test_made_up_rows_are_counted_apart_and_feedback_by_kind(
    client: TestClient, keys: dict[str, dict[str, str]]
) -> None:
    client.post("/v1/needs", json={"kind": "space", "text": "공장"}, headers=keys["coordinator"])
    shown = {
        "event_id": "1",
        "request_id": "12345678",
        "company": COMPANY,
        "task": "programs",
        "item": f"Program:{PROGRAM}",
        "event": "shown",
        "occurred_at": "2026-03-02T09:30:00Z",
    }
    client.post("/v1/feedback", json={"client_id": "c", "events": [shown]}, headers=keys["reader"])
    body = client.get("/v1/kpis", headers=keys["reader"]).json()
    assert body["nodes"]["Company"] == {"real": 2, "synthetic": 1}
    assert body["relationships"] == {"Company__LOCATED_IN__Region": {"real": 2, "synthetic": 0}}
    assert body["needs"] == {"open": {"real": 1, "synthetic": 0}}
    assert body["feedback"] == {"programs": {"shown": 1}}
