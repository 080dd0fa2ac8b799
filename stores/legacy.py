"""Read-only access for analysts' existing py2neo code; everything else is on the official driver (ADR 0002)."""

from __future__ import annotations

import warnings
from typing import Any
from urllib.parse import urlsplit

from graph_schema.errors import ConfigError, StoreError
from graph_schema.wording import Wording
from stores.bolt import Neo4jStore


def py2neo_graph(uri: str, user: str, password: str, *, database: str = "neo4j") -> Any:
    """Return a ``py2neo.Graph`` on the server at ``uri`` on which every write fails.

    Queries, matchers and ``to_data_frame`` work as they always did; ``graph.schema`` does not, because Neo4j 5 has no
    such procedures. Each transaction is opened as a reading one, so the server itself refuses to write, whichever way
    the code goes. Raises ``ConfigError`` where py2neo is not installed, ``StoreAuthError`` and
    ``StoreUnavailableError`` where the server does not let one in.
    """
    graph_class = _read_only_graph()
    # py2neo tells a wrong password and an absent server alike, and leaves its socket open: ask as the store does.
    with Neo4jStore(uri, user=user, password=password, database=database) as store:
        store.schema_version()
    parts = urlsplit(uri)
    graph = graph_class(scheme=parts.scheme, host=parts.hostname, port=parts.port, auth=(user, password), name=database)
    _only_read(graph.service.connector)
    return graph


def _only_read(connector: Any) -> None:
    """Let all that goes over a connector read."""
    auto_run, begin = connector.auto_run, connector.begin
    connector.auto_run = lambda *args, **options: auto_run(*args, **{**options, "readonly": True})
    connector.begin = lambda *args, **options: begin(*args, **{**options, "readonly": True})


def _refuse(*_args: object, **_kwargs: object) -> None:
    raise StoreError(_REFUSED)


def _read_only_graph() -> Any:
    try:
        with warnings.catch_warnings():
            # py2neo is no longer maintained; what it says on import is nothing that its user could change.
            warnings.simplefilter("ignore")
            from py2neo import Graph, GraphService
    except ImportError as error:
        raise ConfigError(
            Wording(
                "py2neo가 설치되어 있지 않습니다. pip install 'dure[py2neo]'로 설치하거나, 새 코드라면 공식 드라이버를 "
                "쓰십시오",
                "py2neo is not installed; install it with: pip install 'dure[py2neo]', "
                "or use the official driver, which new code should",
            )
        ) from error
    return _made_read_only(Graph, GraphService)


def _made_read_only(graph_class: Any, service_class: Any) -> Any:
    class ReadOnlyService(service_class):  # type: ignore[misc]
        """The server of a graph that only reads; its other graphs only read too."""

        def __getitem__(self, name: str | None) -> Any:
            name = name or self.connector.default_graph_name()
            if name not in self._graphs:
                self._graphs[name] = ReadOnlyGraph(self.profile, name=name)
            return self._graphs[name]

    class ReadOnlyGraph(graph_class):  # type: ignore[misc]
        """A ``py2neo.Graph`` whose transactions only read."""

        def __init__(self, profile: Any = None, name: str | None = None, **settings: Any) -> None:
            super().__init__(profile, name, **settings)
            self.service.__class__ = ReadOnlyService  # py2neo's graphs make their service themselves
            _only_read(self.service.connector)

        def begin(self, readonly: bool = True) -> Any:  # noqa: FBT001, FBT002 - py2neo's own signature
            """Open a reading transaction."""
            if not readonly:
                raise StoreError(_REFUSED)
            return super().begin(readonly=True)

        def auto(self, readonly: bool = True) -> Any:  # noqa: FBT001, FBT002 - py2neo's own signature
            """Open a reading transaction of one query."""
            if not readonly:
                raise StoreError(_REFUSED)
            return super().auto(readonly=True)

        def run(self, cypher: str, *args: Any, **kwargs: Any) -> Any:
            """Run one reading query."""
            return self.auto().run(cypher, *args, **kwargs)

    for name in ("create", "delete", "delete_all", "merge", "push", "separate"):
        setattr(ReadOnlyGraph, name, _refuse)
    return ReadOnlyGraph


_REFUSED = Wording(
    "읽기만 하는 py2neo Graph입니다. 카탈로그의 규칙이 지켜지도록 `dure load`나 stores.bolt로 쓰십시오",
    "this py2neo Graph only reads; write through `dure load`, or through stores.bolt, so that the rules of the "
    "catalog hold",
)
