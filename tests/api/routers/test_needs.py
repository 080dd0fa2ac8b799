"""Needs over HTTP: masked, raised once, moved through their states."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.workers import ROOMS
from graph_schema.catalog import node_type, relation_type
from graph_schema.columns import table_from_columns
from graph_schema.model import NodeRef
from recommender.language.answers import Audience
from stores.embedded import EmbeddedStore
from tests.api.city import COMPANY, LOADED_AT, ODD_COMPANY, CityRecommender
from tests.api.conftest import serving

Keys = dict[str, dict[str, str]]


def need(**changes: Any) -> dict[str, Any]:
    return {
        "company": COMPANY,
        "kind": "technology",
        "title": "방열 소재 010-1234-5678",
        "text": "방열 소재를 찾습니다. 031-123-4567, kim@example.com",
    } | changes


def test_a_need_is_kept_with_personal_details_masked_and_joined_to_its_company(
    client: TestClient, keys: Keys, home: Path
) -> None:
    response = client.post("/v1/needs", json=need(), headers=keys["company"])
    assert response.status_code == 201
    body = response.json()["need"]
    assert (body["text"], body["state"]) == ("방열 소재를 찾습니다. [전화번호], [전자우편]", "open")
    with EmbeddedStore(home / "graph.duckdb", read_only=True) as store:
        (stored,) = (row for batch in store.read_nodes(node_type("Need")) for row in batch.to_pylist())
        relation = relation_type("Company", "NEEDS", "Need")
        (edge,) = (row for batch in store.read_relationships(relation) for row in batch.to_pylist())
    assert (stored["title"], stored["source"]) == ("방열 소재 [전화번호]", "api")
    assert (edge["src"], edge["dst"], edge["on"]) == (COMPANY, stored["id"], stored["raised_on"])


def test_a_need_sent_again_under_its_own_id_is_stored_once(client: TestClient, keys: Keys) -> None:
    sent = need(client_id="portal", need_id="2026-1")
    first = client.post("/v1/needs", json=sent, headers=keys["company"]).json()["need"]
    again = client.post("/v1/needs", json=sent, headers=keys["company"]).json()["need"]
    assert first == again
    assert len(client.get("/v1/needs", headers=keys["coordinator"]).json()["needs"]) == 1


def test_the_queue_is_filtered_and_paged(client: TestClient, keys: Keys) -> None:
    for company in (COMPANY, ODD_COMPANY, None):
        client.post("/v1/needs", json=need(company=company), headers=keys["coordinator"])
    client.post("/v1/needs", json=need(kind="space"), headers=keys["coordinator"])
    read = keys["coordinator"]
    everything = client.get("/v1/needs", headers=read).json()["needs"]
    assert len(everything) == 4
    first = client.get("/v1/needs?n=3", headers=read).json()
    rest = client.get("/v1/needs", params={"n": 3, "after": first["next_after"]}, headers=read).json()
    assert first["needs"] + rest["needs"] == everything
    assert len(client.get("/v1/needs?kind=space&state=open", headers=read).json()["needs"]) == 1
    own = client.get("/v1/needs", headers=keys["company"]).json()["needs"]
    assert {entry["company"] for entry in own} == {COMPANY}
    assert len(own) == 2
    assert client.get("/v1/needs?company=name:x", headers=keys["company"]).status_code == 403


def test_a_need_is_asked_for_with_its_words_and_its_company(client: TestClient, keys: Keys, app: FastAPI) -> None:
    recommender = app.state.services.model.get()
    assert isinstance(recommender, CityRecommender)
    raised = client.post("/v1/needs", json=need(), headers=keys["company"]).json()["need"]
    address = f"/v1/needs/{raised['id']}/recommendations/programs?n=2"
    for key in ("company", "coordinator"):
        answer = client.get(address, headers=keys[key])
        assert answer.status_code == 200
        assert {item["label"] for item in answer.json()["results"]} == {"Program"}
    assert recommender.asked == [NodeRef("Company", COMPANY)] * 2
    assert recommender.audiences == [Audience.COMPANY, Audience.CITY]
    assert recommender.cases[0] == "방열 소재 [전화번호]. 방열 소재를 찾습니다. [전화번호], [전자우편]"


def test_the_needs_of_others_and_of_nobody_are_for_coordinators(client: TestClient, keys: Keys, app: FastAPI) -> None:
    for company in (ODD_COMPANY, None):
        raised = client.post("/v1/needs", json=need(company=company), headers=keys["coordinator"]).json()["need"]
        address = f"/v1/needs/{raised['id']}/recommendations/experts"
        assert client.get(address, headers=keys["company"]).status_code == 403
        assert client.get(address, headers=keys["coordinator"]).status_code == 200
    assert len(app.state.services.model.get().asked) == 2
    missing = client.get("/v1/needs/need:x/recommendations/experts", headers=keys["coordinator"])
    assert (missing.status_code, "need:x" in missing.json()["detail"]) == (404, True)


def test_a_need_moves_through_its_states_and_keeps_its_text(client: TestClient, keys: Keys) -> None:
    raised = client.post("/v1/needs", json=need(), headers=keys["company"]).json()["need"]
    address = f"/v1/needs/{raised['id']}"
    for state in ("assigned", "resolved", "resolved"):
        moved = client.patch(address, json={"state": state}, headers=keys["coordinator"])
        assert moved.json()["need"] == raised | {"state": state}
    refused = client.patch(address, json={"state": "declined"}, headers=keys["coordinator"])
    assert refused.status_code == 409
    assert refused.json()["detail"].startswith(
        "‘완료’ 상태에서 ‘반려’로 바꿀 수 없습니다. ‘접수’로만 바꿀 수 있습니다. · "
    )
    assert "open" in refused.json()["detail"]
    assert client.patch(address, json={"state": "open"}, headers=keys["coordinator"]).status_code == 200


def test_of_two_coordinators_the_later_is_told_what_the_earlier_did(client: TestClient, keys: Keys) -> None:
    raised = client.post("/v1/needs", json=need(), headers=keys["company"]).json()["need"]
    address, who = f"/v1/needs/{raised['id']}", keys["coordinator"]
    assert client.patch(address, json={"state": "assigned", "from": "open"}, headers=who).status_code == 200
    late = client.patch(address, json={"state": "declined", "from": "open"}, headers=who)
    assert late.status_code == 409
    assert late.json()["detail"].startswith("그사이 ‘배정’으로 바뀌었습니다.")
    again = client.patch(address, json={"state": "assigned", "from": "open"}, headers=who)
    assert again.status_code == 409
    assert client.patch(address, json={"state": "declined", "from": "lost"}, headers=who).status_code == 422
    assert client.patch(address, json={"state": "declined", "from": "assigned"}, headers=who).status_code == 200


def test_of_many_coordinators_at_once_one_moves_a_need(
    app: FastAPI, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long they wait for each other: on a busy machine that may be longer than a request may take."""
    monkeypatch.setattr("api.store_access._WAIT_S", 60.0)
    monkeypatch.setitem(ROOMS, "graph", replace(ROOMS["graph"], seconds=60.0))
    body = {"state": "assigned", "from": "open"}
    with serving(app) as client, ThreadPoolExecutor(6) as pool:
        raised = client.post("/v1/needs", json=need(), headers=keys["company"]).json()["need"]

        def move(_: int) -> int:
            return client.patch(f"/v1/needs/{raised['id']}", json=body, headers=keys["coordinator"]).status_code

        assert sorted(pool.map(move, range(6))) == [200] + [409] * 5


@pytest.mark.parametrize("changes", [{"company": ODD_COMPANY}, {"company": None}, {"title": "다른 제목"}])
def test_an_own_id_that_returns_with_another_company_or_title_is_a_conflict_and_the_owner_stays(
    client: TestClient, keys: Keys, home: Path, changes: dict[str, str | None]
) -> None:
    sent = need(client_id="portal", need_id="2026-1")
    first = client.post("/v1/needs", json=sent, headers=keys["coordinator"]).json()["need"]
    refused = client.post("/v1/needs", json=sent | changes, headers=keys["coordinator"])
    assert refused.status_code == 409
    assert client.get("/v1/needs", headers=keys["company"]).json()["needs"] == [first]
    with EmbeddedStore(home / "graph.duckdb", read_only=True) as store:
        edges = store.read_relationships(relation_type("Company", "NEEDS", "Need"))
        assert sum(batch.num_rows for batch in edges) == 1


def test_a_need_that_was_cut_off_before_its_relationship_is_made_whole_when_it_is_sent_again(
    client: TestClient, keys: Keys
) -> None:
    sent = need(need_id="2026-1")
    first = client.post("/v1/needs", json=sent | {"company": None}, headers=keys["coordinator"]).json()["need"]
    whole = client.post("/v1/needs", json=sent, headers=keys["coordinator"]).json()["need"]
    assert whole == first | {"company": COMPANY}


def test_a_need_of_two_companies_has_one_owner_wherever_it_is_shown(client: TestClient, keys: Keys, home: Path) -> None:
    raised = client.post("/v1/needs", json=need(), headers=keys["company"]).json()["need"]
    relation = relation_type("Company", "NEEDS", "Need")
    with EmbeddedStore(home / "graph.duckdb") as store:
        edge = {"src": ["synthetic:1"], "dst": [raised["id"]]}
        store.upsert_relationships(relation, table_from_columns(relation, edge, source="csv", loaded_at=LOADED_AT))
    assert client.get("/v1/needs", headers=keys["company"]).json()["needs"] == [raised]
    moved = client.patch(f"/v1/needs/{raised['id']}", json={"state": "assigned"}, headers=keys["coordinator"])
    assert moved.json()["need"]["company"] == COMPANY


@pytest.mark.parametrize("who", ["company", "reader", "intake"])
def test_only_a_coordinator_who_may_write_moves_needs(client: TestClient, keys: Keys, who: str) -> None:
    raised = client.post("/v1/needs", json=need(), headers=keys["company"]).json()["need"]
    response = client.patch(f"/v1/needs/{raised['id']}", json={"state": "assigned"}, headers=keys[who])
    assert response.status_code == 403


def test_needs_that_cannot_be_raised(client: TestClient, keys: Keys) -> None:
    for who, changes, status in (
        ("company", {"company": ODD_COMPANY}, 403),
        ("reader", {}, 403),
        ("coordinator", {"company": "name:없음"}, 404),
        ("coordinator", {"kind": "wish"}, 422),
        ("coordinator", {"text": ""}, 422),
    ):
        assert client.post("/v1/needs", json=need(**changes), headers=keys[who]).status_code == status
    assert client.get("/v1/needs", headers=keys["coordinator"]).json()["needs"] == []
    assert client.patch("/v1/needs/need:x", json={"state": "open"}, headers=keys["coordinator"]).status_code == 404


def test_an_own_id_that_returns_with_another_text_is_a_conflict_and_the_first_stays(
    client: TestClient, keys: Keys
) -> None:
    need = {"kind": "technology", "text": "방열 소재", "need_id": "2026-1"}
    first = client.post("/v1/needs", json=need, headers=keys["company"])
    other = client.post("/v1/needs", json={**need, "text": "다른 글"}, headers=keys["company"])
    assert (first.status_code, other.status_code) == (201, 409)
    assert [kept["text"] for kept in client.get("/v1/needs", headers=keys["company"]).json()["needs"]] == ["방열 소재"]
