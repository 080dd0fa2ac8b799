"""Search, nodes, neighbours and paths over HTTP."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from graph_schema.catalog import relation_type
from graph_schema.columns import table_from_columns
from stores.embedded import EmbeddedStore
from tests.api.city import COMPANY, LOADED_AT, ODD_COMPANY, PROGRAM
from tests.api.conftest import serving

Keys = dict[str, dict[str, str]]


def test_search_finds_korean_names_and_keeps_to_the_label(client: TestClient, keys: Keys) -> None:
    response = client.get("/v1/search", params={"q": "두레정밀", "label": "Company"}, headers=keys["reader"])
    assert response.status_code == 200
    assert response.json()["results"][0]["ref"] == f"Company:{COMPANY}"
    other = client.get("/v1/search", params={"q": "두레정밀", "label": "Program"}, headers=keys["reader"])
    assert other.json()["results"] == []


def test_search_refuses_an_unknown_label_and_names_the_known(client: TestClient, keys: Keys) -> None:
    response = client.get("/v1/search", params={"q": "x", "label": "Firm"}, headers=keys["reader"])
    assert response.status_code == 422
    assert "Company" in response.json()["detail"]


def test_a_node_shows_personal_properties_only_to_who_may_see_them(client: TestClient, keys: Keys) -> None:
    """Not even to an administrator without the scope."""
    address = f"/v1/nodes/Company:{quote(COMPANY)}"
    for name in ("reader", "admin"):
        body = client.get(address, headers=keys[name]).json()
        assert body["withheld"] == ["phone", "representative"]
        assert body["properties"]["employees"] == 12
        assert "031" not in str(body["properties"])
    seen = client.get(address, headers=keys["pii"]).json()
    assert (seen["properties"]["phone"], seen["withheld"]) == ("031-123-4567", [])
    assert seen["properties"]["founded_on"] == "2015-05-04"


def test_a_node_with_an_odd_id_is_found(client: TestClient, keys: Keys) -> None:
    response = client.get(f"/v1/nodes/Company:{quote(ODD_COMPANY, safe='')}", headers=keys["reader"])
    assert response.json()["id"] == ODD_COMPANY


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/v1/nodes/Company:nobody", 404),
        ("/v1/nodes/Company:nobody/neighbors", 404),
        ("/v1/nodes/Firm:x", 422),
        ("/v1/nodes/nocolon", 404),
        (f"/v1/nodes/{'가' * 300}", 404),
        ("/v1/paths?from=Region:41281&to=nobody", 404),
        ("/v1/paths?from=Company:nobody&to=Region:41281", 404),
        (f"/v1/nodes/Program:{PROGRAM}/neighbors?type=LIKES", 422),
        ("/v1/paths?from=Region:41281&to=Region:41281&max_hops=9", 422),
    ],
)
def test_what_is_not_there_is_told_apart_from_what_cannot_be(
    client: TestClient, keys: Keys, address: str, status: int
) -> None:
    response = client.get(address, headers=keys["reader"])
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


def test_a_name_that_one_node_has_is_as_good_as_its_id(client: TestClient, keys: Keys) -> None:
    """In part, with a legal form or blanks, and an organisation by the name that others know it by."""
    for name in ("두레정밀", "두레", "두레 정밀"):
        found = client.get(f"/v1/nodes/{quote(name)}", headers=keys["reader"]).json()
        assert found["ref"] == f"Company:{COMPANY}"
    assert client.get(f"/v1/nodes/{quote('항공대')}", headers=keys["reader"]).json()["label"] == "Institution"
    for address in ("/v1/nodes/두레정밀/neighbors", "/v1/nodes/고양시 덕양구/neighbors"):
        (joined,) = [
            each
            for each in client.get(address, headers=keys["reader"]).json()["relationships"]
            if each["source"] == f"Company:{COMPANY}"
        ]
        assert joined["target"] == "Region:41281"
    assert _paths(client, keys, "두레정밀", "덕양구") == [[f"Company:{COMPANY}", "Region:41281"]]


def test_a_name_that_several_nodes_have_is_answered_with_the_choices(client: TestClient, keys: Keys) -> None:
    for address in ("/v1/nodes/고양시", "/v1/nodes/고양시/neighbors", "/v1/paths?from=고양시&to=두레정밀"):
        response = client.get(address, headers=keys["reader"])
        assert response.status_code == 422
        assert "Region:41281 (고양시 덕양구)" in response.json()["detail"]
        assert f"Program:{PROGRAM}" in response.json()["detail"]


def test_no_one_is_found_by_what_is_personal_and_no_company_asks_for_nodes(client: TestClient, keys: Keys) -> None:
    for name in ("홍길동", "031-123-4567", "0311234567"):
        for who in ("reader", "pii"):
            response = client.get(f"/v1/nodes/{quote(name)}", headers=keys[who])
            assert response.status_code == 404
            assert COMPANY not in response.json()["detail"]
    for address in ("/v1/nodes/두레정밀", "/v1/nodes/두레정밀/neighbors", "/v1/paths?from=두레정밀&to=덕양구"):
        assert client.get(address, headers=keys["company"]).status_code == 403


def test_neighbours_come_with_source_and_direction(client: TestClient, keys: Keys) -> None:
    response = client.get("/v1/nodes/Region:41281/neighbors?type=LOCATED_IN&n=1", headers=keys["reader"])
    (relationship,) = response.json()["relationships"]
    assert relationship["target"] == "Region:41281"
    assert relationship["type_ko"] == "소재지는"
    assert relationship["properties"]["source"] == "factory-register"


def _paths(client: TestClient, keys: Keys, start: str, end: str) -> list[list[str]]:
    response = client.get("/v1/paths", params={"from": start, "to": end, "max_hops": 3}, headers=keys["reader"])
    assert all(len(path["nodes"]) == len(path["relationships"]) + 1 for path in response.json()["paths"])
    return [path["nodes"] for path in response.json()["paths"]]


def test_no_path_leads_through_a_region_that_most_companies_share(client: TestClient, keys: Keys) -> None:
    """Unless it is an end itself."""
    one, other, region = f"Company:{COMPANY}", f"Company:{ODD_COMPANY}", "Region:41281"
    assert _paths(client, keys, one, other) == []
    assert _paths(client, keys, one, region) == [[one, region]]


def test_a_path_leads_through_what_few_companies_share(app: FastAPI, home: Path, keys: Keys) -> None:
    applied = relation_type("Company", "APPLIED_TO", "Program")
    with EmbeddedStore(home / "graph.duckdb") as store:
        ends = {"src": [COMPANY, ODD_COMPANY], "dst": [PROGRAM, PROGRAM]}
        store.upsert_relationships(applied, table_from_columns(applied, ends, source="test", loaded_at=LOADED_AT))
    with serving(app) as client:
        found = _paths(client, keys, f"Company:{COMPANY}", f"Company:{ODD_COMPANY}")
    assert found == [[f"Company:{COMPANY}", f"Program:{PROGRAM}", f"Company:{ODD_COMPANY}"]]
