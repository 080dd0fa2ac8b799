"""Tests of the table of services."""

from __future__ import annotations

import pytest

from loaders.live.client import checked_address
from loaders.live.endpoints import ENDPOINTS, Endpoint
from loaders.live.keys import KEY_NAMES
from loaders.refusals import CODES
from loaders.registry import SOURCES

EACH = pytest.mark.parametrize("endpoint", ENDPOINTS.values(), ids=list(ENDPOINTS))


@EACH
def test_each_service_is_asked_over_https_with_a_key_that_one_can_get(endpoint: Endpoint) -> None:
    assert checked_address(endpoint.address).startswith("https://")
    assert not endpoint.key or (endpoint.key in KEY_NAMES and endpoint.key_parameter)
    assert not endpoint.key or endpoint.apply_at.startswith("https://")
    assert endpoint.licence


@EACH
def test_each_service_has_its_codes_and_a_loader(endpoint: Endpoint) -> None:
    assert endpoint.codes in CODES
    assert endpoint.source in {"", *SOURCES}


def test_services_come_in_the_order_in_which_sources_are_loaded() -> None:
    order = list(SOURCES)
    loaded = [order.index(endpoint.source) for endpoint in ENDPOINTS.values() if endpoint.source]

    assert loaded == sorted(loaded)


def test_a_relay_stands_in_for_the_host_alone() -> None:
    assert ENDPOINTS["kipris"].through("https://relay.go.kr:8443/").address == (
        "https://relay.go.kr:8443/kipo-api/kipi/patUtiModInfoSearchSevice/getAdvancedSearch"
    )
