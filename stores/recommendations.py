"""Writes lists of recommendations into Neo4j: a run of one task takes the place of the last, at once or not at all.

A node ``_DureRun {task, run}`` names the run that holds. A new run is written beside it under its own name, which takes
its place in one transaction; what it replaced is deleted after that. A run that is killed leaves what holds as it was,
and the next one clears it away. Two runs of a task at a time: the later one wins, the earlier one ends with an error.
What people did with a recommendation (``FOLLOWED_UP``) is a relationship of its own and outlives every run.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from graph_schema.catalog import OVERLAY_TYPES, TASK_NAMES
from graph_schema.cypher import RUN_LABEL, quoted
from graph_schema.errors import NotFoundError, SchemaError, StoreError
from graph_schema.model import NodeRef
from graph_schema.progress import Progress, silent
from stores.bolt import Neo4jStore

TYPE: Final = "RECOMMENDED"
_BATCH_ROWS: Final = 5_000
_JOINED: Final = frozenset((r.source, r.target) for r in OVERLAY_TYPES if r.type == TYPE)
_OWN: Final = next(frozenset(p.name for p in r.own) for r in OVERLAY_TYPES if r.type == TYPE)

_BEGIN: Final = f"MERGE (m:{RUN_LABEL} {{task: $task}}) SET m.writing = $run"
_STILL: Final = f"MATCH (m:{RUN_LABEL} {{task: $task, writing: $run}}) RETURN count(m)"
_FLIP: Final = (
    f"MATCH (m:{RUN_LABEL} {{task: $task, writing: $run}}) "
    "SET m.run = $run, m.changed_at = datetime() REMOVE m.writing RETURN count(m)"
)
_CLEAR: Final = (
    f"OPTIONAL MATCH (m:{RUN_LABEL} {{task: $task}}) WITH [m.run, m.writing] AS kept "
    f"MATCH ()-[r:{TYPE} {{task: $task}}]->() WHERE NOT r.run IN [k IN kept WHERE k IS NOT NULL] "
    f"WITH r LIMIT {_BATCH_ROWS} DELETE r RETURN count(*)"
)
_ADOPT_RUN: Final = f"MERGE (m:{RUN_LABEL} {{task: $task}}) SET m.run = coalesce(m.run, $run) RETURN m.run"


@dataclass(frozen=True, slots=True)
class Recommended:
    """One result of one asker; ``properties`` are those of ``RECOMMENDED`` but ``task`` and ``run``."""

    asker: NodeRef
    result: NodeRef
    properties: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Written:
    """What a run wrote; ``absent`` are recommendations of nodes that the store does not hold."""

    run: str
    written: int
    absent: int


def replace_all(
    store: Neo4jStore, task: str, recommended: Iterable[Recommended], progress: Progress = silent
) -> Written:
    """Write all lists of a task in the place of the last run's; they are read a batch at a time.

    Raises ``StoreError`` where another run of the task began meanwhile: then that one holds.
    """
    run, written, sent = _new_run(task), 0, 0
    named = {"task": task, "run": run}
    store.transact((_BEGIN, named))
    _clear(store, task)
    for rows in _batches(recommended):
        _require_turn(store, _STILL, named)
        written += sum(store.transact(query)[0][0] for query in _creations(rows, named))
        sent += len(rows)
        progress(f"write {task}", sent, None)
    _require_turn(store, _FLIP, named, write=True)
    _clear(store, task)
    return Written(run, written, sent - written)


def replace_one(store: Neo4jStore, task: str, asker: NodeRef, recommended: Sequence[Recommended]) -> Written:
    """Write the list of one asker in the place of the one it has, in one transaction, as part of the run that holds."""
    [[run]] = store.transact((_ADOPT_RUN, {"task": task, "run": _new_run(task)}))
    named = {"task": task, "run": run}
    forget = (
        f"MATCH (a:{quoted(asker.label)} {{id: $id}})-[r:{TYPE} {{task: $task, run: $run}}]->() DELETE r",
        named | {"id": asker.id},
    )
    creations = list(_creations(recommended, named))
    store.transact(forget, *creations)
    count = f"MATCH (:{quoted(asker.label)} {{id: $id}})-[r:{TYPE} {{task: $task, run: $run}}]->() RETURN count(r)"
    [[written]] = store.records(count, named | {"id": asker.id})
    return Written(run, written, len(recommended) - written)


def _new_run(task: str) -> str:
    if task not in TASK_NAMES:
        raise NotFoundError(f"unknown task {task!r}; known are {', '.join(TASK_NAMES)}")
    return secrets.token_hex(8)


def _batches(recommended: Iterable[Recommended]) -> Iterator[list[Recommended]]:
    rows: list[Recommended] = []
    for each in recommended:
        rows.append(each)
        if len(rows) == _BATCH_ROWS:
            yield rows
            rows = []
    if rows:
        yield rows


def _creations(rows: Sequence[Recommended], named: dict[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Write the queries that create ``rows``, one for each pair of labels; each returns how many it created."""
    for (source, target), group in groupby(sorted(rows, key=_labels), key=_labels):
        if (source, target) not in _JOINED:
            raise SchemaError(f"the catalog has no ({source})-[{TYPE}]->({target}); see docs/graph.md")
        listed = [[each.asker.id, each.result.id, _checked(each.properties)] for each in group]
        cypher = (
            f"UNWIND $rows AS row MATCH (a:{quoted(source)} {{id: row[0]}}) MATCH (b:{quoted(target)} {{id: row[1]}}) "
            f"CREATE (a)-[r:{TYPE}]->(b) SET r = row[2], r.task = $task, r.run = $run RETURN count(r)"
        )
        yield cypher, {**named, "rows": listed}


def _labels(each: Recommended) -> tuple[str, str]:
    return each.asker.label, each.result.label


def _checked(properties: Mapping[str, object]) -> dict[str, object]:
    unknown = properties.keys() - _OWN
    if unknown:
        raise SchemaError(f"{TYPE} has no property {', '.join(sorted(unknown))}; see docs/graph.md")
    return dict(properties)


def _require_turn(store: Neo4jStore, query: str, named: dict[str, str], *, write: bool = False) -> None:
    if store.records(query, named, write=write)[0][0] != 1:
        raise StoreError(
            f"another run began to write the task {named['task']!r} to {store.uri} and takes the place of this one; "
            "see who runs it, or repeat the command"
        )


def _clear(store: Neo4jStore, task: str) -> None:
    """Delete what neither holds nor is being written."""
    while store.records(_CLEAR, {"task": task}, write=True)[0][0]:
        pass
