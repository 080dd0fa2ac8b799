"""Keys of the public APIs: where they come from, and that nothing shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, quote_plus, unquote

from graph_schema.errors import ConfigError
from graph_schema.wording import Wording

KEY_NAMES: Final = ("data_go_kr", "bizinfo", "smes24", "ntis", "kipris")
_MASK: Final = "***"


def variable(name: str) -> str:
    """Return the environment variable that holds the key called ``name``."""
    return f"DURE_KEY_{name.upper()}"


class Keyring:
    """The keys that are there, by name; it takes them out of whatever is shown or kept.

    A key may be written as the portals hand it out, percent-encoded or not. Raises ``ConfigError``, which does not show
    it, for one that holds blanks or other signs that no key has.
    """

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys = {name: _decoded(name, text) for name, text in keys.items() if text.strip()}
        spellings = {spelling for key in self._keys.values() for spelling in _spellings(key)}
        longest_first = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
        pattern = "|".join(map(re.escape, longest_first))
        self._shown = re.compile(pattern, re.IGNORECASE) if pattern else None
        self._kept = re.compile(pattern.encode(), re.IGNORECASE) if pattern else None

    def __contains__(self, name: str) -> bool:
        return name in self._keys

    def __repr__(self) -> str:
        return f"Keyring({', '.join(self._keys)})"

    def value(self, name: str) -> str:
        """Return the key itself, for a request; never for anything that is shown."""
        return self._keys[name]

    def masked(self, text: str) -> str:
        """Return ``text`` without any key."""
        return self._shown.sub(_MASK, text) if self._shown else text

    def masked_bytes(self, body: bytes) -> bytes:
        """Return an answer without any key, which some APIs repeat."""
        return self._kept.sub(_MASK.encode(), body) if self._kept else body


def _decoded(name: str, text: str) -> str:
    key = unquote(text.strip()) if "%" in text else text.strip()
    if not re.fullmatch(r"[!-~]+", key):
        raise ConfigError(
            Wording(
                f"{variable(name)}: 인증키가 아닙니다. 공백이나 인증키에 쓰지 않는 글자가 들어 있습니다. "
                "인증키만 옮겨 적으십시오",
                f"{variable(name)} holds no key: blanks or signs stand in it; copy the key alone",
            )
        )
    return key


def _spellings(key: str) -> set[str]:
    return {key, quote(key, safe=""), quote(key), quote_plus(key), quote(key, safe="=+/"), quote(quote(key, safe=""))}
