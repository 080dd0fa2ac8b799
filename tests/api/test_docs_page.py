"""The documentation page needs nothing but this server."""

from __future__ import annotations

import re

from fastapi.testclient import TestClient


def test_the_page_names_its_language_and_loads_everything_from_this_server(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert '<html lang="ko">' in page.text
    assert not re.findall(r"https?://", page.text)
    loaded = re.findall(r'(?:src|href)="(/[^"]+)"', page.text)
    assert len(loaded) == 2
    for address in loaded:
        assert client.get(address).status_code == 200, address


def test_the_bare_address_leads_to_the_page(client: TestClient) -> None:
    answer = client.get("/", follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (307, "/docs")
