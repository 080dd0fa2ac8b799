"""Writes lists of recommendations into Neo4j: a run of one task takes the place of the last, at once or not at all.

A node ``_DureRun {task, run}`` names the run that holds. A new run is written beside it under its own name, which takes
its place in one transaction; what it replaced is deleted after that. A run that is killed leaves what holds as it was,
and the next one clears it away: ``dead`` names the runs whose recommendations are still to be deleted. Two runs of a
task at a time: the later one wins, the earlier one ends with an error. What people did with a recommendation
(``FOLLOWED_UP``) is a relationship of its own and outlives every run.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any, Final

from graph_schema.catalog import OVERLAY_TYPES, TASK_NAMES
from graph_schema.cypher import IN_CURRENT_RUN, RUN_LABEL, found_by_id, quoted
from graph_schema.errors import NotFoundError, SchemaError, StoreError
from graph_schema.model import CAPTION, CODES, NodeRef
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from stores.bolt import Neo4jStore
from stores.bolt_values import present, reference

TYPE: Final = "RECOMMENDED"
_BATCH_ROWS: Final = 2_500
"""Rows of one transaction; each carries its reasons in two languages, some KB."""
_DELETED_ROWS: Final = 10_000
"""Relationships deleted in one transaction, which holds them all in the server's memory."""
_JOINED: Final = frozenset((r.source, r.target) for r in OVERLAY_TYPES if r.type == TYPE)
_CAPTION: Final = next(r.caption for r in OVERLAY_TYPES if r.type == TYPE)
_OWN: Final = (CODES.name, *next(tuple(p.name for p in r.own) for r in OVERLAY_TYPES if r.type == TYPE))

_BEGIN: Final = (
    f"MERGE (m:{RUN_LABEL} {{task: $task}}) "
    "SET m.dead = coalesce(m.dead, []) + [run IN [m.writing] WHERE run IS NOT NULL], m.writing = $run"
)
_STILL: Final = f"MATCH (m:{RUN_LABEL} {{task: $task, writing: $run}}) RETURN count(m)"
_FLIP: Final = (
    f"MATCH (m:{RUN_LABEL} {{task: $task, writing: $run}}) "
    "SET m.dead = coalesce(m.dead, []) + [run IN [m.run] WHERE run IS NOT NULL], "
    "m.run = $run, m.changed_at = datetime() REMOVE m.writing RETURN count(m)"
)
_DEAD: Final = f"MATCH (m:{RUN_LABEL} {{task: $task}}) RETURN coalesce(m.dead, [])"
_DELETE: Final = (
    f"MATCH ()-[r:{TYPE} {{run: $run}}]->() WHERE r.task = $task WITH r LIMIT {_DELETED_ROWS} DELETE r RETURN count(*)"
)
_CLEARED: Final = f"MATCH (m:{RUN_LABEL} {{task: $task}}) SET m.dead = [run IN m.dead WHERE NOT run IN $cleared]"
_ADOPT_RUN: Final = f"MERGE (m:{RUN_LABEL} {{task: $task}}) SET m.run = coalesce(m.run, $run) RETURN m.run"


@dataclass(frozen=True, slots=True)
class Recommended:
    """One result of one asker; ``properties`` are those of ``RECOMMENDED`` but ``task``, ``run`` and shared ones."""

    asker: NodeRef
    result: NodeRef
    properties: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Written:
    """What a run wrote; ``absent`` are recommendations of nodes that the store does not hold."""

    run: str
    written: int
    absent: int


@dataclass(frozen=True)
class Run:
    """The lists of a task: ``shared`` are the properties that all its recommendations have, and travel once a batch."""

    task: str
    recommended: Iterable[Recommended]
    shared: Mapping[str, object] = field(default_factory=dict)


def replace_all(store: Neo4jStore, lists: Run, progress: Progress = silent) -> Written:
    """Write all lists of a task in the place of the last run's.

    They are read a batch at a time, the next one while the server writes the last. Raises ``StoreError`` where another
    run of the task began meanwhile: then that one holds.
    """
    task = lists.task
    named = {"task": task, "run": _new_run(task)}
    store.transact((_BEGIN, named))
    _clear(store, task)
    written = sent = 0
    with ThreadPoolExecutor(1, "write") as writer:
        writing: Future[int] | None = None
        for rows in _batches(lists.recommended):
            written += writing.result() if writing else 0
            writing = writer.submit(_write, store, rows, lists.shared, named)
            sent += len(rows)
            progress(f"write {task}", sent, None)
        written += writing.result() if writing else 0
    _require_turn(store, _FLIP, named, write=True)
    store.transact((_CLEARED, {"task": task, "cleared": _clear(store, task, progress)}))
    return Written(named["run"], written, sent - written)


def replace_one(store: Neo4jStore, lists: Run, asker: NodeRef) -> Written:
    """Write the list of one asker in the place of the one it has, in one transaction, as part of the run that holds."""
    task, recommended = lists.task, list(lists.recommended)
    [[run]] = store.transact((_ADOPT_RUN, {"task": task, "run": _new_run(task)}))
    named = {"task": task, "run": run}
    forget = (
        f"MATCH (a:{quoted(asker.label)} {{id: $id}})-[r:{TYPE} {{task: $task, run: $run}}]->() DELETE r",
        named | {"id": asker.id},
    )
    creations = list(_creations(recommended, lists.shared, named))
    store.transact(forget, *creations)
    count = f"MATCH (:{quoted(asker.label)} {{id: $id}})-[r:{TYPE} {{task: $task, run: $run}}]->() RETURN count(r)"
    [[written]] = store.records(count, named | {"id": asker.id})
    return Written(run, written, len(recommended) - written)


def lists_of(store: Neo4jStore, asker: NodeRef, most: int) -> list[Recommended]:
    """Return the first ``most`` of each list of an asker that holds, ``task`` among the properties."""
    query = (
        f"MATCH (:{quoted(asker.label)} {{id: $id}})-[r:{TYPE}]->(x) WHERE r.rank <= $most AND {IN_CURRENT_RUN} "
        "RETURN labels(x), x.id, properties(r) ORDER BY r.task, r.rank"
    )
    found = store.records(query, {"id": asker.id, "most": most})
    return [Recommended(asker, reference(labels, id_), present(values)) for labels, id_, values in found]


def _new_run(task: str) -> str:
    if task not in TASK_NAMES:
        known = ", ".join(TASK_NAMES)
        raise NotFoundError(
            Wording(
                f"{task!r}: 알 수 없는 과제입니다. 다음 가운데 하나를 적으십시오: {known}",
                f"unknown task {task!r}; known are {known}",
            )
        )
    return secrets.token_hex(8)


def _batches(recommended: Iterable[Recommended]) -> Iterator[list[Recommended]]:
    rows = iter(recommended)
    while batch := list(islice(rows, _BATCH_ROWS)):
        yield batch


def _write(store: Neo4jStore, rows: Sequence[Recommended], shared: Mapping[str, object], named: dict[str, str]) -> int:
    """Write a batch and return how many of its rows were written."""
    _require_turn(store, _STILL, named)
    return sum(store.transact(query)[0][0] for query in _creations(rows, shared, named))


def _creations(
    rows: Sequence[Recommended], shared: Mapping[str, object], named: dict[str, str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Write the queries that create ``rows``, one for each pair of labels; each returns how many it created."""
    _check({*shared, *(name for each in rows for name in each.properties)})
    own = [name for name in _OWN if name not in (*named, *shared)]
    values = [f"{quoted(name)}: row[{place}]" for place, name in enumerate(own, 2)]
    values += [f"{quoted(name)}: $shared.{quoted(name)}" for name in (*named, *shared)]
    values.append(f"{quoted(CAPTION.name)}: '{_CAPTION} · {TASK_NAMES[named['task']]}'")
    for (source, target), group in groupby(sorted(rows, key=_labels), key=_labels):
        if (source, target) not in _JOINED:
            drawn = f"({source})-[{TYPE}]->({target})"
            raise SchemaError(
                Wording(
                    f"{drawn}: 카탈로그에 없는 관계입니다. docs/graph.md를 보십시오",
                    f"the catalog has no {drawn}; see docs/graph.md",
                )
            )
        listed = [[each.asker.id, each.result.id, *map(each.properties.get, own)] for each in group]
        cypher = (
            f"UNWIND $rows AS row {found_by_id('a', source, 'row[0]')}{found_by_id('b', target, 'row[1]')}"
            f"CREATE (a)-[r:{TYPE} {{{', '.join(values)}}}]->(b) RETURN count(r)"
        )
        yield cypher, {"shared": {**shared, **named}, "rows": listed}


def _labels(each: Recommended) -> tuple[str, str]:
    return each.asker.label, each.result.label


def _check(names: set[str]) -> None:
    unknown = names - set(_OWN)
    if unknown:
        listed = ", ".join(sorted(unknown))
        raise SchemaError(
            Wording(
                f"{TYPE} 관계에 없는 속성: {listed}. docs/graph.md를 보십시오",
                f"{TYPE} has no property {listed}; see docs/graph.md",
            )
        )


def _require_turn(store: Neo4jStore, query: str, named: dict[str, str], *, write: bool = False) -> None:
    if store.records(query, named, write=write)[0][0] != 1:
        task = named["task"]
        raise StoreError(
            Wording(
                f"{store.uri}: 다른 실행이 과제 {task!r} 기록을 새로 시작하여 이 실행을 대신합니다. 누가 실행했는지 "
                "확인하거나 같은 명령을 다시 실행하십시오",
                f"another run began to write the task {task!r} to {store.uri} and takes the place of this one; "
                "see who runs it, or repeat the command",
            )
        )


def _clear(store: Neo4jStore, task: str, progress: Progress = silent) -> list[str]:
    """Delete what neither holds nor is being written, and return the names of those runs."""
    dead: list[str] = store.records(_DEAD, {"task": task})[0][0]
    deleted = 0
    for run in dead:
        while done := store.records(_DELETE, {"task": task, "run": run}, write=True)[0][0]:
            deleted += done
            progress(f"delete the last {task}", deleted, None)
    return dead
