"""From settings to open parts: the one place where the command line puts things together."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from graph_schema.errors import ConfigError
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording

if TYPE_CHECKING:
    from cli.settings import Settings
    from stores.base import GraphStore
    from stores.bolt import Neo4jStore
    from stores.server import ServerStatus

NEO4J = "neo4j"
"""The short name of the server that ``dure neo4j`` runs, in place of a URI."""
_FILE_SUFFIX: Final = ".duckdb"


def read_settings() -> Settings:
    """Read the settings from the environment."""
    from cli.settings import Settings  # pydantic takes a quarter of a second that --help need not pay

    return Settings()


@contextmanager
def store_of(
    settings: Settings,
    uri: str | None = None,
    *,
    read_only: bool = False,
    adopting: bool = False,
    progress: Progress = silent,
) -> Iterator[GraphStore]:
    """Open the store named by ``uri``, or the one in the settings; ``neo4j`` is our own server, started if need be.

    A new embedded file is migrated at once; any other store wants ``dure migrate`` first and says so. With
    ``adopting`` a file is opened read-only, since only loaders write it, and a server, in which people draw, is not.
    """
    from stores.opening import is_server, open_store

    wanted = uri or settings.store_uri
    name = NEO4J if wanted == NEO4J or _is_own_server(settings, wanted) else None
    if name:
        wanted = neo4j_uri(settings, progress)
    # A word that is misspelt would else become a new file of that name.
    if not urlsplit(wanted).scheme and Path(wanted).suffix != _FILE_SUFFIX:
        raise ConfigError(
            Wording(
                f"저장소가 아닙니다: {wanted!r}. {_FILE_SUFFIX}로 끝나는 파일 경로, bolt://host:port, "
                f"neo4j://host:port 가운데 하나로 적거나, `dure neo4j start`가 띄우는 서버라면 {NEO4J}라고 적으십시오",
                f"{wanted!r} is no store; write the path of a file that ends in {_FILE_SUFFIX}, bolt://host:port, "
                f"neo4j://host:port or {NEO4J} for the server that `dure neo4j start` runs",
            )
        )
    read_only = read_only or (adopting and not is_server(wanted))
    with open_store(wanted, read_only=read_only, name=name) as store:
        yield store


def _is_own_server(settings: Settings, uri: str) -> bool:
    """Whether ``uri`` is the address of the server that ``dure neo4j`` runs, whose password we have."""
    from stores.opening import PASSWORD_VARIABLE
    from stores.server import Neo4jServer

    if settings.neo4j_uri or os.environ.get(PASSWORD_VARIABLE):
        return False
    return Neo4jServer(settings.files.neo4j).status().uri == uri


@contextmanager
def neo4j_store_of(settings: Settings, uri: str | None, *, progress: Progress) -> Iterator[Neo4jStore]:
    """Open the Neo4j store named by ``uri`` or the settings, for what the embedded one cannot do."""
    from stores.bolt import Neo4jStore

    with store_of(settings, uri, progress=progress) as store:
        if not isinstance(store, Neo4jStore):
            raise ConfigError(
                Wording(
                    f"이 명령은 Neo4j 서버에서만 됩니다: {store.uri}. `dure graph copy --from {store.uri} --to "
                    f"{NEO4J}`로 서버를 채운 뒤 --store {NEO4J}를 붙이십시오",
                    f"{store.uri} is no Neo4j server, which this command works on; fill one with "
                    f"`dure graph copy --from {store.uri} --to {NEO4J}`, then add --store {NEO4J}",
                )
            )
        yield store


def neo4j_uri(settings: Settings, progress: Progress = silent) -> str:
    """Address of the existing server in the settings, else of our own, started if need be.

    The password of our own server goes into this process's environment, where the store looks for it.
    """
    if settings.neo4j_uri:
        return settings.neo4j_uri
    from stores.server import Neo4jServer

    server = Neo4jServer(settings.files.neo4j)
    status = server.start(progress)
    show_unheeded(status)
    os.environ["DURE_NEO4J_USER"] = status.user
    os.environ["DURE_NEO4J_PASSWORD"] = server.password()
    return str(status.uri)


def show_unheeded(status: ServerStatus) -> None:
    """Tell on standard error which settings of its file a server that was started ignored."""
    from cli.output import say

    for setting in status.unheeded:
        say(setting.wording, error=True)
