"""Read-only access for analysts' existing py2neo code; everything else is on the official driver (ADR 0002)."""

# ruff: noqa: SLF001 - py2neo, which is no longer maintained, has no other place through which all connections pass

from __future__ import annotations

import warnings
from typing import Any
from urllib.parse import urlsplit

from graph_schema.errors import ConfigError, StoreError
from graph_schema.wording import Wording
from stores.bolt import Neo4jStore


def py2neo_graph(uri: str, user: str, password: str, *, database: str = "neo4j") -> Any:
    """Return a ``py2neo.Graph`` on the server at ``uri`` that keeps code which reads from writing by mistake.

    Queries, matchers and ``to_data_frame`` work as they always did; ``graph.schema`` does not, because Neo4j 5 has no
    such procedures. Every connection of the graph, of its service and of the service's other graphs opens reading
    transactions alone, so the server itself refuses to write, and the profile that they show has no password. It is no
    lock: who connects anew with the password, or unwraps a connection, may do whatever its user may. Raises
    ``ConfigError`` where py2neo is not installed, ``StoreAuthError`` and ``StoreUnavailableError`` where the server
    does not let one in.
    """
    graph_class = _read_only_graph()
    # py2neo tells a wrong password and an absent server alike, and leaves its socket open: ask as the store does.
    with Neo4jStore(uri, user=user, password=password, database=database) as store:
        store.schema_version()
    parts = urlsplit(uri)
    return graph_class(scheme=parts.scheme, host=parts.hostname, port=parts.port, auth=(user, password), name=database)


def _only_read(connector: Any) -> None:
    """Let all that goes over a connector's connections read, those of pools that a cluster adds later too."""
    add_pools = connector._add_pools

    def add_reading(*profiles: Any) -> None:
        known = {*connector._pools}
        add_pools(*profiles)
        for profile in {*connector._pools} - known:
            _only_read_of(connector._pools[profile])

    connector._add_pools = add_reading
    for pool in connector._pools.values():
        _only_read_of(pool)


def _only_read_of(pool: Any) -> None:
    connect = pool._connect
    pool._connect = lambda: _reading(connect())
    for connection in pool._free_list:
        _reading(connection)


def _reading(connection: Any) -> Any:
    auto_run, begin = connection.auto_run, connection.begin

    def run_reading(cypher: str, parameters: Any = None, graph_name: Any = None, *_: Any, **_options: Any) -> Any:
        return auto_run(cypher, parameters, graph_name=graph_name, readonly=True)

    def begin_reading(graph_name: Any, *_: Any, **_options: Any) -> Any:
        return begin(graph_name, readonly=True)

    connection.auto_run, connection.begin = run_reading, begin_reading
    return connection


def _refuse(*_args: object, **_kwargs: object) -> None:
    raise StoreError(_REFUSED)


def _read_only_graph() -> Any:
    try:
        with warnings.catch_warnings():
            # py2neo is no longer maintained; what it says on import is nothing that its user could change.
            warnings.simplefilter("ignore")
            from py2neo import Graph, GraphService, ServiceProfile
    except ImportError as error:
        raise ConfigError(
            Wording(
                "py2neo가 설치되어 있지 않습니다. pip install 'dure[py2neo]'로 설치하거나, 새 코드라면 공식 드라이버를 "
                "쓰십시오",
                "py2neo is not installed; install it with: pip install 'dure[py2neo]', "
                "or use the official driver, which new code should",
            )
        ) from error
    return _made_read_only(Graph, GraphService, ServiceProfile)


def _made_read_only(graph_class: Any, service_class: Any, profile_class: Any) -> Any:
    class ReadOnlyService(service_class):  # type: ignore[misc]
        """The server of a graph that only reads; its other graphs only read too."""

        def __getitem__(self, name: str | None) -> Any:
            name = name or self.connector.default_graph_name()
            if name not in self._graphs:
                self._graphs[name] = ReadOnlyGraph(self._opened_with, name=name)
            return self._graphs[name]

    class ReadOnlyGraph(graph_class):  # type: ignore[misc]
        """A ``py2neo.Graph`` whose transactions only read."""

        def __init__(self, profile: Any = None, name: str | None = None, **settings: Any) -> None:
            super().__init__(profile, name, **settings)
            self.service.__class__ = ReadOnlyService  # py2neo's graphs make their service themselves
            connector = self.service.connector
            _only_read(connector)
            self.service._opened_with = connector.profile
            connector._profile = profile_class(connector.profile, auth=(connector.profile.user, ""))

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
