"""The server of public APIs, a client that does not wait, and rows as the services give them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import stamina

from loaders.live.client import Client
from loaders.live.keys import KEY_NAMES, Keyring
from tests.loaders.live.server import KEY, PublicApis, public_apis


@pytest.fixture
def apis() -> Iterator[PublicApis]:
    with public_apis() as running:
        yield running


@pytest.fixture(autouse=True)
def _without_waiting() -> Iterator[None]:
    with stamina.set_testing(testing=True, attempts=3):
        stamina.instrumentation.set_on_retry_hooks([])
        yield
        stamina.instrumentation.set_on_retry_hooks(None)


@pytest.fixture
def client() -> Iterator[Client]:
    with Client(Keyring(dict.fromkeys(KEY_NAMES, KEY))) as opened:
        yield opened
