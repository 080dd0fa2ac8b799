"""One run over a real socket: uvicorn on loopback, ended by its own handle."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx2
import pytest
from fastapi import FastAPI

from tests.api.city import COMPANY, ODD_COMPANY
from tests.api.wire import serving


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    with serving(app) as port:
        yield f"http://127.0.0.1:{port}"


def test_encoded_ids_and_korean_answers_survive_the_wire(address: str, keys: dict[str, dict[str, str]]) -> None:
    with httpx2.Client(base_url=address, headers=keys["reader"]) as client:
        for company in (COMPANY, ODD_COMPANY):
            response = client.get(f"/v1/companies/{quote(company, safe='')}/recommendations/programs?n=1")
            assert response.status_code == 200
            assert "고양시 해외전시회" in response.text
        assert client.get(f"/v1/nodes/Company:{quote(ODD_COMPANY, safe='')}").json()["id"] == ODD_COMPANY
        assert client.get("/health/ready").json()["status"] == "ready"
        assert client.get("/v1/nowhere").json()["status"] == 404
