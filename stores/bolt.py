"""The Neo4j graph store, over the official driver."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import Any, Final

import neo4j
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from neo4j.exceptions import DatabaseUnavailable, DriverError, Neo4jError, TransientError

from graph_schema.catalog import NODE_TYPES, RELATION_TYPES, node_type
from graph_schema.claims import claim_prefix
from graph_schema.cypher import SEARCH_INDEX, migration_statements
from graph_schema.errors import StoreError
from graph_schema.garbage import uncollected
from graph_schema.migrations import MIGRATIONS, Migration, joined, pending
from graph_schema.model import ElementType, NodeRef, NodeType, RelationType
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from stores import bolt_check, bolt_hands, bolt_queries, bolt_reading, bolt_upserts
from stores.base import BATCH_ROWS, CheckReport, Counts, GraphPath, Hit, Outcomes, Overruling, Relationship
from stores.batches import UpsertBatch, identity
from stores.bolt_address import check_address, unfilled
from stores.bolt_columns import record_table
from stores.bolt_sound import SoundReading
from stores.bolt_values import path, present, relationship, translated
from stores.bolt_vectors import move_vectors, write_vectors
from stores.common import MigratedStore, opened_read_only, require_vectors
from stores.search_text import lucene_query, search_terms, search_text

_CONNECTION_TIMEOUT_S: Final = 5.0  # a server that is up answers within milliseconds
_RETRY_S: Final = 30.0
"""How long a transaction that deadlocks with others is tried again."""
_FIRST_PAUSE_S: Final = 0.05
"""A deadlock is over once the other transaction is, mostly within this; the pause doubles from here."""
_IDLE_S: Final = 5.0
"""A connection that was idle for longer is tried before it is used, since the server may have been restarted."""
_INDEX_PAUSE_S: Final = 0.5  # an index comes up within seconds
_QUERY_TIMEOUT_S: Final = 30.0
"""Longest search for paths; a query past it is ended by the server."""
_MAX_HOPS: Final = 8
"""Paths multiply with each hop; past these a search runs into its time limit."""
Work = Callable[[neo4j.Transaction], list[tuple[Any, ...]]]
_CAPTIONS: Final = {node.label: node.caption for node in NODE_TYPES}


class Neo4jStore(MigratedStore):
    """A ``GraphStore`` in a Neo4j database, 5.26 or later, Community or Enterprise.

    Safe for threads. Nothing is sent before the first call. Raises ``ConfigError`` for an address that is none,
    ``StoreUnavailableError`` where no server answers and ``StoreAuthError`` where it refuses the password.
    """

    def __init__(
        self,
        uri: str,
        *,
        user: str,
        password: str,
        database: str = "neo4j",
        read_only: bool = False,
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> None:
        self._uri = uri
        self._user = user
        self._database = database
        self._read_only = read_only
        self._unstated: set[tuple[str, str]] = set()
        super().__init__(migrations)
        check_address(uri)
        self._driver = neo4j.GraphDatabase.driver(
            uri,
            auth=(user, password),
            connection_timeout=_CONNECTION_TIMEOUT_S,
            connection_acquisition_timeout=_RETRY_S,
            liveness_check_timeout=_IDLE_S,
            notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
            telemetry_disabled=True,
        )

    @property
    def uri(self) -> str:
        """Address of the server, without credentials."""
        return self._uri

    def schema_version(self) -> int:
        """Return the number of the last applied migration; 0 for a new database."""
        return int(self._value(bolt_queries.SCHEMA_VERSION))

    def migrate(self, progress: Progress = silent) -> Sequence[str]:
        """Apply what is missing, return the names applied; each step can be repeated after an interruption."""
        applied = pending(self.schema_version(), self._migrations)
        older = bool(applied and self._records(bolt_queries.ANY_NODE))  # else nothing there lacks anything
        for migration in joined(applied):
            for element in migration.elements if older else ():
                if isinstance(element, NodeType):
                    self._fill_search_text(element, progress)
            for statement in migration_statements(migration):
                self._records(statement, write=True)
            if older:
                self._bring_over(migration, progress)
                for statement in bolt_queries.FILL_FIRST_SEEN:
                    self._in_parts(statement, {})
            self._await_indexes(progress)
            self._records(
                bolt_queries.SET_SCHEMA_VERSION, {"version": migration.number, "name": migration.name}, write=True
            )
        return [migration.name for migration in applied]

    def check(self, *, adopt: bool = False, progress: Progress = silent) -> CheckReport:
        """Compare all that is stored with the catalog; see ``GraphStore``."""
        self._require_schema()
        findings = bolt_check.stored_faults(self._records, progress)
        adoptable = findings.adoptable()
        adopt = adopt and not findings.refused and not self._read_only
        if adopt:
            for element in adoptable:
                self._records(bolt_check.adopt(element), {"now": datetime.now(UTC)}, write=True)
        stale = sum(self._refresh_search_text(node, write=adopt) for node in NODE_TYPES)
        return CheckReport(findings.refused, [fault for faults in adoptable.values() for fault in faults], stale, adopt)

    def upsert_nodes(self, node: NodeType, rows: pa.Table, *, stub: bool = False) -> Outcomes:
        """Write nodes by ``id`` in one transaction; see ``GraphStore``."""
        return bolt_upserts.upsert_nodes(self._writing, node, self._batch(node, rows), stub=stub)

    def upsert_relationships(self, relation: RelationType, rows: pa.Table) -> Outcomes:
        """Write relationships by (``src``, ``dst``, ``key``) in one transaction; see ``GraphStore``."""
        batch = self._batch(relation, rows)
        self._unstated -= {(relation.name, source) for source in pc.unique(batch.table["source"]).to_pylist()}
        return bolt_upserts.upsert_relationships(self._writing, relation, batch)

    def overruling(self) -> AbstractContextManager[Overruling]:
        """Gather what upserts write over of what people did; see ``EditedByHand``."""
        return bolt_hands.gathering()

    def set_embeddings(self, node: NodeType, ids: Sequence[str], vectors: npt.NDArray[np.float32]) -> int:
        """Write the embeddings of existing nodes, shape (len(ids), dimension); return how many were found."""
        self._require_schema()
        require_vectors(node, ids, vectors)
        return write_vectors(lambda query, rows: int(self._value(query, rows, write=True)), node, ids, vectors)

    def read_nodes(self, node: NodeType) -> Iterator[pa.RecordBatch]:
        """Stream all nodes of a label, by id, without derived properties."""
        self._require_schema()
        return bolt_reading.read(self._records, node)

    def read_relationships(self, relation: RelationType) -> Iterator[pa.RecordBatch]:
        """Stream all relationships of a relation, by (src, dst, key)."""
        self._require_schema()
        if not self._value(bolt_queries.leaving(relation)):
            return iter(())
        return bolt_reading.read(self._records, relation)

    @contextmanager
    def sound(self) -> Iterator[SoundReading]:
        """Read what is checked as it passes; see ``ReadsSoundly``."""
        self._require_schema()
        with uncollected():
            reading = SoundReading(self._records)
            yield reading
            reading.require_all()

    def stated(self, relation: RelationType, source: str, source_ids: Sequence[str]) -> pa.Table:
        """Return the relationships that these rows of ``source`` stated; see ``GraphStore``."""
        self._require_schema()
        parameters = {"source": source, "source_ids": list(source_ids)}
        rows = self._value(bolt_queries.stated(relation), parameters) if self._states(relation, source) else []
        shared = self._value(bolt_queries.shared(relation), {"claim": claim_prefix(source)})
        return pa.concat_tables([record_table(relation, rows), record_table(relation, shared)])

    def contested(self, element: ElementType, source: str, rows: pa.Table) -> pa.Table:
        """Return what is stored of the keys of ``rows`` and is not a matter of ``source`` alone; see ``GraphStore``."""
        self._require_schema()
        columns = [rows[name].to_pylist() for name in (*identity(element), "synthetic")]
        parameters = {"source": source, "rows": [*map(list, zip(*columns, strict=True))]}
        return record_table(element, self._value(bolt_queries.contested(element), parameters))

    def find_nodes(self, node: NodeType, ids: Sequence[str]) -> pa.Table:
        """Return the nodes of a label that have one of these ids; see ``GraphStore``."""
        self._require_schema()
        return record_table(node, self._value(bolt_queries.find_nodes(node), {"ids": list(ids)}))

    def _states(self, relation: RelationType, source: str) -> bool:
        """Whether a source has any relationship of a relation; that it has none is kept until this store writes one."""
        key = relation.name, source
        if key in self._unstated:
            return False
        if not self._records(bolt_queries.states(relation), {"source": source}):
            self._unstated.add(key)
        return key not in self._unstated

    def get_node(self, ref: NodeRef) -> Mapping[str, object] | None:
        """Return stored properties that are not null, without derived ones; None where there is no such node."""
        self._require_schema()
        node = node_type(ref.label)
        records = self._records(bolt_queries.get_node(node), {"id": ref.id})
        if not records:
            return None
        return present({p.name: value for p, value in zip(node.stored, records[0], strict=True)})

    def neighbors(self, ref: NodeRef, *, types: Sequence[str] = (), limit: int = 100) -> list[Relationship]:
        """Relationships that touch ``ref``, either direction, of ``types`` (all where empty)."""
        self._require_schema()
        wanted = list(types) or sorted({relation.type for relation in RELATION_TYPES})
        records = self._records(
            bolt_queries.neighbors(node_type(ref.label)), {"id": ref.id, "types": wanted, "limit": limit}
        )
        return [found for record in records if (found := relationship(record[0])) is not None]

    def paths(
        self,
        source: NodeRef,
        target: NodeRef,
        *,
        max_hops: int = 3,
        limit: int = 10,
        avoided: Collection[NodeRef] = frozenset(),
    ) -> list[GraphPath]:
        """Shortest simple paths first, none of them through what is ``avoided``; see ``GraphStore``."""
        self._require_schema()
        if max_hops > _MAX_HOPS:
            raise StoreError(
                Wording(
                    f"관계 {max_hops}개까지 이어지는 경로는 찾을 수 없습니다. {_MAX_HOPS}개까지 찾을 수 있습니다",
                    f"paths of up to {max_hops} relationships cannot be searched; the most are {_MAX_HOPS}",
                )
            )
        ends = {"source": source.id, "target": target.id, "avoided": [str(ref) for ref in avoided]}
        found: list[GraphPath] = []
        for hops in range(1, max_hops + 1):
            query = bolt_queries.paths(node_type(source.label), node_type(target.label), hops)
            records = self._records(query, {**ends, "limit": limit - len(found)}, timeout=_QUERY_TIMEOUT_S)
            found += [way for record in records if (way := path(*record)) is not None]
            if len(found) >= limit:
                break
        return found[: max(limit, 0)]

    def search(self, text: str, *, labels: Sequence[str] = (), limit: int = 20) -> list[Hit]:
        """Full-text search over the searchable properties; Korean by character pairs, Latin without case."""
        self._require_schema()
        terms = search_terms(text)
        if not terms or limit < 1:
            return []
        parameters = {
            "index": SEARCH_INDEX,
            "query": lucene_query(terms),
            "labels": list(labels) or list(_CAPTIONS),
            "captions": _CAPTIONS,
            "limit": limit,
        }
        records = self._records(bolt_queries.SEARCH, parameters)
        return [Hit(NodeRef(label, id_), caption or "", score) for label, id_, caption, score in records]

    def counts(self) -> Counts:
        """Count nodes and relationships."""
        self._require_schema()
        number = {name: count for name, count in self._records(bolt_queries.counts()) if count}
        labels, relations = ({element.name for element in elements} for elements in (NODE_TYPES, RELATION_TYPES))
        return Counts(
            {name: count for name, count in number.items() if name in labels},
            {name: count for name, count in number.items() if name in relations},
        )

    def delete_node(self, ref: NodeRef) -> int:
        """Erase a node and its relationships; return how many nodes were erased (0 or 1)."""
        self._require_schema()
        return int(self._value(bolt_queries.delete_node(node_type(ref.label)), {"id": ref.id}, write=True))

    def records(
        self,
        cypher: str,
        parameters: dict[str, Any] | None = None,
        *,
        write: bool = False,
        timeout: float | None = None,
    ) -> list[tuple[Any, ...]]:
        """Run one query in one transaction; values travel as parameters. ``timeout``: seconds that it may take."""
        self._require_schema()
        return self._records(cypher, parameters, write=write, timeout=timeout)

    def transact(self, *queries: tuple[str, dict[str, Any]], timeout: float | None = None) -> list[tuple[Any, ...]]:
        """Run writing queries in one transaction: all of it or nothing; return the records of the last one."""
        self._require_schema()

        def run(transaction: neo4j.Transaction) -> list[tuple[Any, ...]]:
            records: list[tuple[Any, ...]] = []
            for cypher, parameters in queries:
                records = list(transaction.run(_text(cypher), parameters))
            return records

        return self._transact(run, neo4j.WRITE_ACCESS, timeout)

    def write_in_parts(self, cypher: str, parameters: Mapping[str, Any]) -> None:
        """Run a writing query that ends its transactions itself; one that is cut short keeps those that it ended."""
        self._require_schema()
        self._in_parts(cypher, parameters)

    def attempt(
        self, cypher: str, parameters: Mapping[str, Any], *, timeout: float, write: bool = False
    ) -> list[tuple[Any, ...]]:
        """Run one query and undo what it wrote; ``timeout``: seconds that it may take."""
        self._require_schema()
        access = neo4j.WRITE_ACCESS if write else neo4j.READ_ACCESS
        with self._session(access) as session, session.begin_transaction(timeout=timeout) as transaction:
            records: list[tuple[Any, ...]] = list(transaction.run(_text(cypher), dict(parameters)))
            transaction.rollback()
            return records

    def explain(self, cypher: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Return the plan of a query as the server gives it, without running it."""
        self._require_schema()
        with self._session() as session:
            return dict(session.run(_text(f"EXPLAIN {cypher}"), dict(parameters)).consume().plan or {})

    def close(self) -> None:
        """Close the connections; may be called twice."""
        self._driver.close()

    def _batch(self, element: ElementType, rows: pa.Table) -> UpsertBatch:
        self._require_schema()
        return UpsertBatch.of(element, rows)

    def _writing(self, work: Callable[[bolt_upserts.Ask], None]) -> None:
        def run(transaction: neo4j.Transaction) -> list[tuple[Any, ...]]:
            work(lambda query, parameters: list(transaction.run(_text(query), parameters)))
            return []

        self._transact(run, neo4j.WRITE_ACCESS)

    def _bring_over(self, migration: Migration, progress: Progress) -> None:
        """Caption the relationships of ``migration`` and move vectors off its nodes, where an older graph has such."""
        for done, element in enumerate(migration.elements):
            if isinstance(element, RelationType):
                progress("captions of relationships", done, len(migration.elements))
                self._in_parts(bolt_queries.fill_captions(element), {"caption": element.caption})
            elif element.embedded:
                progress("vectors apart from nodes", done, len(migration.elements))
                self._in_parts(move_vectors(element), {})

    def _await_indexes(self, progress: Progress) -> None:
        """Wait until all indexes are filled, since no query uses one before; ``StoreError`` for one that failed."""
        while (found := self._records(bolt_queries.UNFINISHED_INDEXES)) and found[0][0]:
            populating, done, broken = found[0]
            if broken:
                raise StoreError(unfilled(self.uri, broken))
            progress(f"fill {populating} indexes, percent", int(done), 100)
            time.sleep(_INDEX_PAUSE_S)

    def _fill_search_text(self, node: NodeType, progress: Progress) -> None:
        """Write the search text of the nodes that have none, a batch at a time, so that a killed migration resumes."""
        done, missing = 0, int(self._value(bolt_queries.count_unsearched(node)))
        while records := self._records(bolt_queries.unsearched(node), {"limit": BATCH_ROWS}):
            done += self._write_search_texts([[found_at, search_text(values)] for found_at, _, values in records])
            progress(f"search text of {node}", done, max(done, missing))

    def _refresh_search_text(self, node: NodeType, *, write: bool) -> int:
        """Count, and rewrite if asked, the search texts that are not those of their nodes."""
        stale = [
            [found_at, text]
            for rows in bolt_reading.pages(self._records, bolt_queries.page_of_searched(node), [0])
            for _, found_at, stored, values in rows
            if (text := search_text(values)) != stored
        ]
        if write:
            for start in range(0, len(stale), BATCH_ROWS):
                self._write_search_texts(stale[start : start + BATCH_ROWS])
        return len(stale)

    def _write_search_texts(self, rows: list[list[str]]) -> int:
        return int(self._value(bolt_queries.SET_SEARCH_TEXTS, {"rows": rows}, write=True))

    def _records(
        self,
        query: str,
        parameters: dict[str, Any] | None = None,
        *,
        write: bool = False,
        timeout: float | None = None,
    ) -> list[tuple[Any, ...]]:
        def run(transaction: neo4j.Transaction) -> list[tuple[Any, ...]]:
            return list(transaction.run(_text(query), parameters))

        return self._transact(run, neo4j.WRITE_ACCESS if write else neo4j.READ_ACCESS, timeout)

    def _transact(self, work: Work, access: str, timeout: float | None = None) -> list[tuple[Any, ...]]:
        """Do ``work`` in one transaction; one that another writer's locks undid is done again.

        The driver's own managed transactions would retry for as long where no server is left, and so keep a caller
        waiting who could go on without the store.
        """
        pause, last_start = _FIRST_PAUSE_S, time.monotonic() + _RETRY_S
        while True:
            try:
                return self._once(work, access, timeout)
            except StoreError as error:
                cause = error.__cause__
                undone = isinstance(cause, TransientError) and not isinstance(cause, DatabaseUnavailable)
                if not undone or time.monotonic() + pause > last_start:
                    raise
            time.sleep(pause)
            pause *= 2

    def _in_parts(self, cypher: str, parameters: Mapping[str, Any]) -> None:
        self._require_access(neo4j.WRITE_ACCESS)
        with self._session(neo4j.WRITE_ACCESS) as session:
            session.run(_text(cypher), dict(parameters)).consume()

    def _require_access(self, access: str) -> None:
        if self._read_only and access == neo4j.WRITE_ACCESS:
            raise StoreError(opened_read_only(self.uri))

    def _once(self, work: Work, access: str, timeout: float | None) -> list[tuple[Any, ...]]:
        self._require_access(access)
        with self._session(access) as session, session.begin_transaction(timeout=timeout) as transaction:
            records = work(transaction)
            transaction.commit()
            return records

    def _value(self, query: str, parameters: dict[str, Any] | None = None, *, write: bool = False) -> Any:
        return self._records(query, parameters, write=write)[0][0]

    @contextmanager
    def _session(self, access: str = neo4j.READ_ACCESS) -> Iterator[neo4j.Session]:
        """Open a session whose errors are those of the ``StoreError`` family."""
        try:
            with self._driver.session(
                database=self._database,
                default_access_mode=access,
                fetch_size=BATCH_ROWS,
                bookmark_manager=self._driver.execute_query_bookmark_manager,
            ) as session:
                yield session
        except (DriverError, Neo4jError) as error:
            raise translated(error, self.uri, self._user) from error


def _text(query: str) -> Any:
    """Hand over a query that was put together from the catalog; the driver's types admit literals alone."""
    return query
