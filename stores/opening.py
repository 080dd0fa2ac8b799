"""Opens the store that a URI names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from graph_schema.errors import ConfigError, StoreUnavailableError
from graph_schema.wording import Wording
from stores.base import GraphStore
from stores.embedded import EmbeddedStore
from stores.file_uri import SCHEME, path_of

_NEO4J_SCHEMES: Final = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
USER_VARIABLE: Final = "DURE_NEO4J_USER"
PASSWORD_VARIABLE: Final = "DURE_NEO4J_PASSWORD"  # noqa: S105 - the name of a variable, no password


def open_store(uri: str, *, read_only: bool = False, create: bool = True, name: str | None = None) -> GraphStore:
    """Open ``duckdb:///abs/graph.duckdb``, ``duckdb:graph.duckdb``, a plain path, ``bolt://…`` or ``neo4j://…``.

    With ``create``, an embedded file that is not there is made and migrated; else a missing one is a ``ConfigError``.
    Credentials of a server stand in the URI or in ``DURE_NEO4J_USER`` and ``DURE_NEO4J_PASSWORD``; ``name`` is what
    remedies call it, where that is not its address.
    """
    parts = _split(uri)
    if is_server(uri):
        return _open_server(parts, read_only=read_only, name=name)
    if parts.scheme in ("", SCHEME):
        path = path_of(uri) if parts.scheme else Path(uri).expanduser()
        return _open_file(path, read_only=read_only, create=create)
    servers = ", ".join(f"{scheme}://host:port" for scheme in _NEO4J_SCHEMES)
    raise ConfigError(
        Wording(
            f"{parts.scheme}://…: 알 수 없는 저장소입니다. 다음 가운데 하나로 적으십시오: "
            f"duckdb:///path/graph.duckdb, 파일 경로, {servers}",
            f"unknown store {parts.scheme}://…; known are duckdb:///path/graph.duckdb, a plain path, {servers}",
        )
    )


def is_server(uri: str) -> bool:
    """Tell whether ``uri`` names a server, and no file."""
    return uri.partition(":")[0].lower() in _NEO4J_SCHEMES


def _split(uri: str) -> SplitResult:
    if not uri.strip():
        raise ConfigError(
            Wording(
                "저장소를 지정하지 않았습니다. duckdb:///path/graph.duckdb나 bolt://host:port를 적거나 DURE_STORE를 "
                "설정하십시오",
                "no store is named; give duckdb:///path/graph.duckdb, bolt://host:port or set DURE_STORE",
            )
        )
    try:
        parts = urlsplit(uri)
        _ = parts.port
    except ValueError as error:
        # The cause would repeat the URI, which may hold a password.
        raise ConfigError(
            Wording(
                "저장소의 URI를 읽을 수 없습니다. scheme://host:port처럼 적고 포트는 숫자로 적으십시오",
                "the store's URI cannot be read; write scheme://host:port, port a number",
            )
        ) from (error if "@" not in uri else None)
    return parts


def _open_file(path: Path, *, read_only: bool, create: bool) -> GraphStore:
    if path.exists():
        return EmbeddedStore(path, read_only=read_only)
    if read_only or not create:
        place = path.absolute()
        raise ConfigError(
            Wording(
                f"{place}: 저장소가 없습니다. 다른 저장소를 적거나 `dure migrate`로 만드십시오",
                f"there is no store at {place}; name another, or make it with `dure migrate`",
            )
        )
    path.absolute().parent.mkdir(parents=True, exist_ok=True)
    _make_file(path)
    return EmbeddedStore(path)


def _make_file(path: Path) -> None:
    """Make a store whole or not at all: one that was begun when the disk was full would be refused ever after."""
    begun = path.with_name(f".{path.name}.begun")
    try:
        with EmbeddedStore(begun) as store:
            store.migrate()
    except StoreUnavailableError as error:
        for each in (begun, begun.with_name(f"{begun.name}.wal")):
            each.unlink(missing_ok=True)
        said = (text.replace(begun.name, path.name) for text in error.wording)
        raise StoreUnavailableError(Wording(*said)) from error
    try:
        path.hardlink_to(begun)
    except FileExistsError:  # another process has made it meanwhile
        pass
    except OSError:  # a file system without links
        begun.replace(path)
    begun.unlink(missing_ok=True)


def _open_server(parts: SplitResult, *, read_only: bool, name: str | None) -> GraphStore:
    from stores.bolt import Neo4jStore

    user = unquote(parts.username) if parts.username else os.environ.get(USER_VARIABLE) or "neo4j"
    password = unquote(parts.password) if parts.password else os.environ.get(PASSWORD_VARIABLE)
    host = parts.netloc.rpartition("@")[2]
    if not host:
        raise ConfigError(
            Wording(
                f"{parts.scheme}://: 호스트가 적혀 있지 않습니다. {parts.scheme}://localhost:7687처럼 적으십시오",
                f"{parts.scheme}:// names no host; write {parts.scheme}://localhost:7687",
            )
        )
    if not password:
        raise ConfigError(
            Wording(
                f"{parts.scheme}://{host}: 비밀번호가 없습니다. 환경 변수 {PASSWORD_VARIABLE}에(사용자는 "
                f"{USER_VARIABLE}에) 적으십시오",
                f"no password for {parts.scheme}://{host}; set {PASSWORD_VARIABLE} (and {USER_VARIABLE})",
            )
        )
    database = parts.path.strip("/") or "neo4j"
    store = Neo4jStore(f"{parts.scheme}://{host}", user=user, password=password, database=database, read_only=read_only)
    store.name = name
    return store
