"""Tests of keys: they are read as portals hand them out, and nothing shows them."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

import pytest

from graph_schema.errors import ConfigError
from loaders.live.keys import Keyring, variable
from tests.loaders.live.server import KEY


def test_a_key_may_be_written_percent_encoded() -> None:
    """The portal hands out both forms; encoding one that is encoded already makes it another key."""
    assert Keyring({"data_go_kr": quote(KEY, safe="")}).value("data_go_kr") == KEY
    assert Keyring({"data_go_kr": f" {KEY}\n"}).value("data_go_kr") == KEY


@pytest.mark.parametrize(
    "spelling", [KEY, quote(KEY), quote(KEY, safe=""), quote_plus(KEY), quote(KEY, safe="").lower()]
)
def test_every_spelling_of_a_key_is_masked(spelling: str) -> None:
    keys = Keyring({"kipris": KEY})

    assert keys.masked(f"GET /x?ServiceKey={spelling}&pageNo=1") == "GET /x?ServiceKey=***&pageNo=1"
    assert keys.masked_bytes(f"<k>{spelling}</k>".encode()) == b"<k>***</k>"


def test_a_keyring_names_its_keys_and_shows_none() -> None:
    keys = Keyring({"ntis": KEY, "kipris": ""})

    assert repr(keys) == "Keyring(ntis)"
    assert ("ntis" in keys, "kipris" in keys) == (True, False)
    assert Keyring({}).masked("nothing") == "nothing"


def test_what_is_no_key_is_refused_without_showing_it() -> None:
    with pytest.raises(ConfigError, match=variable("smes24")) as caught:
        Keyring({"smes24": "토큰 abc"})
    assert "abc" not in str(caught.value)
