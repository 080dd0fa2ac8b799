"""One run over a real socket: uvicorn on loopback, ended by its own handle."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from urllib.parse import quote

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI

from tests.api.city import COMPANY, ODD_COMPANY


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, access_log=False, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert thread.is_alive()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(30)
    assert not thread.is_alive()


def test_encoded_ids_and_korean_answers_survive_the_wire(address: str, keys: dict[str, dict[str, str]]) -> None:
    with httpx2.Client(base_url=address, headers=keys["reader"]) as client:
        for company in (COMPANY, ODD_COMPANY):
            response = client.get(f"/v1/companies/{quote(company, safe='')}/recommendations/programs?n=1")
            assert response.status_code == 200
            assert "고양시 해외전시회" in response.text
        assert client.get(f"/v1/nodes/Company:{quote(ODD_COMPANY, safe='')}").json()["id"] == ODD_COMPANY
        assert client.get("/health/ready").json()["status"] == "ready"
        assert client.get("/v1/nowhere").json()["status"] == 404
