"""Paths of embedded stores as URIs, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from graph_schema.errors import ConfigError
from graph_schema.wording import Wording

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
        absolute, relative = (f"{SCHEME}:{slashes}{parts.netloc}{parts.path}" for slashes in ("///", ""))
        raise ConfigError(
            Wording(
                f"{uri}: 내장 저장소는 파일이므로 호스트를 적을 수 없습니다. 절대 경로는 {absolute}, "
                f"현재 폴더에서 시작하는 경로는 {relative}처럼 적으십시오",
                f"{uri} names a host; an embedded store is a file: write {absolute} for an "
                f"absolute path or {relative} for one from here",
            )
        )
    if "?" in uri or "#" in uri:
        raise ConfigError(
            Wording(
                f"{uri}: URI에서는 경로가 ?나 # 앞에서 끝납니다. ?는 %3F로, #은 %23으로 적으십시오",
                f"{uri} holds a ? or #, which end a path in a URI; write %3F for ? and %23 for #",
            )
        )
    path = unquote(parts.path)
    if not path.strip("/"):
        raise ConfigError(
            Wording(
                f"{uri}: 파일이 적혀 있지 않습니다. {SCHEME}:///path/graph.duckdb처럼 적으십시오",
                f"{uri} names no file; write {SCHEME}:///path/graph.duckdb",
            )
        )
    return Path(path).expanduser()
