"""Tests of finding the newest edition of a file."""

from __future__ import annotations

import json

import pytest

from loaders.live.client import Client
from loaders.live.editions import newest_edition
from tests.loaders.live.server import PublicApis, Reply, in_turn, odcloud

OLD, NEW = "uddi:6adf4141-5dd6-405b-a911-a9aa0f73f167", "uddi:0000ac85-b0da-c46a-1bfb-6eba4fc7895d"


def documents(*editions: tuple[str, str]) -> Reply:
    """Return a list of editions as api.odcloud.kr describes them."""
    paths = {f"/15117154/v1/{name}": {"get": {"summary": f"전국지식산업센터현황_{day}"}} for name, day in editions}
    return Reply(json.dumps({"swagger": "2.0", "basePath": "/api", "paths": paths}, ensure_ascii=False))


def test_the_edition_of_the_latest_day_is_asked_without_a_key(apis: PublicApis, client: Client) -> None:
    endpoint = apis.serve("centers", odcloud([]))
    apis.handlers["/oas/docs"] = in_turn(documents((NEW, "20260630"), (OLD, "20250630")))

    assert newest_edition(endpoint, client).address == f"{apis.address}/api/15117154/v1/{NEW}"
    assert [asked.query for asked in apis.documents] == [{"namespace": "15117154/v1"}]


@pytest.mark.parametrize(
    "answer",
    [
        Reply("", 404),
        Reply("<html></html>"),
        Reply("[]"),
        Reply('{"paths": []}'),
        documents((NEW, "no day")),
        documents(("another", "20260630")),
    ],
)
def test_the_address_that_is_known_stays_where_no_list_can_be_had(
    answer: Reply, apis: PublicApis, client: Client
) -> None:
    endpoint = apis.serve("centers", odcloud([]))
    apis.handlers["/oas/docs"] = in_turn(answer)

    assert newest_edition(endpoint, client) == endpoint


def test_a_service_without_editions_is_asked_as_it_is(apis: PublicApis, client: Client) -> None:
    endpoint = apis.serve("kstartup", odcloud([]))

    assert newest_edition(endpoint, client) == endpoint
    assert not apis.documents
