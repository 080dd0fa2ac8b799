"""Paths of embedded stores as URIs, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from graph_schema.errors import ConfigError

SCHEME: Final = "duckdb"


def uri_of(path: Path) -> str:
    """Return ``duckdb://`` and the absolute path, in which every character that means something to a URI is quoted."""
    return f"{SCHEME}://{quote(str(path.absolute()))}"


def path_of(uri: str) -> Path:
    """Return the path in ``duckdb:///abs/graph.duckdb`` or ``duckdb:graph.duckdb``; ``~`` in front is the user's home.

    Raises ``ConfigError`` where it names a host or no file, or holds a bare ``?`` or ``#``, which would cut it short.
    """
    parts = urlsplit(uri)
    if parts.netloc:
        raise ConfigError(
            f"{uri} names a host; an embedded store is a file: write {SCHEME}:///{parts.netloc}{parts.path} for an "
            f"absolute path or {SCHEME}:{parts.netloc}{parts.path} for one from here"
        )
    if "?" in uri or "#" in uri:
        raise ConfigError(f"{uri} holds a ? or #, which end a path in a URI; write %3F for ? and %23 for #")
    path = unquote(parts.path)
    if not path.strip("/"):
        raise ConfigError(f"{uri} names no file; write {SCHEME}:///path/graph.duckdb")
    return Path(path).expanduser()
