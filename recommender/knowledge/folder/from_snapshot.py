"""A task of a graph snapshot written as an experiment folder, so that the same bench asks both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.catalog import node_type
from graph_schema.errors import EvaluationError
from graph_schema.model import NODE_BASE, Property, RelationType, ValueType
from recommender.knowledge.folder.write import EdgeKey, ExperimentFolder, write_folder
from recommender.knowledge.known_facts import MIRRORS, KnownFacts
from recommender.knowledge.splits import Cuts, choose_cuts, task_pairs
from recommender.knowledge.tasks import Task
from recommender.snapshot.snapshot import Snapshot

_LABEL: Final = "node_label"
_RANKED: Final = "of_task"
_LEFT_OUT: Final = frozenset({each.name for each in NODE_BASE} | {"url"})
"""Provenance, and addresses of pages: they describe records, not the things themselves."""


def export_task(snapshot: Snapshot, task: Task, out: Path, *, include_synthetic: bool = False) -> Path:
    """Write ``task`` on ``snapshot`` at ``out``; without ``include_synthetic`` no made-up fact takes part.

    Labels that are asked for together become one, their ids written ``Label:id``. Dates are those from which a fact
    is known, the younger of its own and its ends'. Relations that registers write down with the target but without
    its day are left out. Raises ``EvaluationError`` where the task has too few dated facts to be split.
    """
    facts = KnownFacts(snapshot, task, None, include_synthetic=include_synthetic)
    cuts = choose_cuts(task_pairs(snapshot, task, include_synthetic=include_synthetic))
    names = _merged_labels(task)
    tables = _edge_tables(facts, task, names)
    key = _target_key(task, names)
    if key not in tables:
        raise EvaluationError(
            f"snapshot {snapshot.id[:12]} has no facts of {task.name}; load some, or allow made-up ones"
        )
    used = {names.get(label, label) for edge in tables for label in (edge[0], edge[2])} | {key[0], key[2]}
    nodes = _node_tables(facts, task, names, used)
    origin = "with made-up facts" if include_synthetic else "real facts only"
    return write_folder(
        out,
        ExperimentFolder(
            _spec(snapshot, task, key, cuts, include_synthetic=include_synthetic),
            nodes,
            tables,
            f"Task {task.name} of graph snapshot {snapshot.id}, {origin}.",
        ),
    )


def _merged_labels(task: Task) -> dict[str, str]:
    """Return the name of the group for each label that is asked for or ranked together with others."""
    groups = [task.query] if set(task.query) == set(task.candidate) else [task.query, task.candidate]
    return {label: "".join(group) for group in groups if len(group) > 1 for label in group}


def _target_key(task: Task, names: Mapping[str, str]) -> EdgeKey:
    types = {relation.type for relation in task.targets}
    name = types.pop() if len(types) == 1 else task.name.upper()
    first = task.targets[0]
    return names.get(first.source, first.source), name, names.get(first.target, first.target)


def _spec(snapshot: Snapshot, task: Task, key: EdgeKey, cuts: Cuts, *, include_synthetic: bool) -> dict[str, object]:
    asked: dict[str, object] = {
        "kind": "recommend",
        "query": "".join(task.query),
        "candidate": "".join(task.candidate),
        "target": list(key),
    }
    if set(task.query) == set(task.candidate):
        asked["symmetric"] = True
    if task.where:
        asked["candidate_where"] = {_RANKED: True}
    return {
        "name": f"{task.name}-{snapshot.id[:12]}{'-synthetic' if include_synthetic else ''}",
        "language": "ko",
        "task": asked,
        "split": {
            "kind": "global_time",
            "train_before": cuts.valid_from,
            "valid_before": cuts.test_from,
            "refit": "train+valid",
        },
        "mask": {"known": True, "self": True},
        "report": {"k": [10, 20], "main": "ndcg@10"},
    }


def _edge_tables(facts: KnownFacts, task: Task, names: Mapping[str, str]) -> dict[EdgeKey, pa.Table]:
    hidden = frozenset().union(*(MIRRORS.get(relation.name, frozenset()) for relation in task.targets))
    parts: dict[EdgeKey, list[pa.Table]] = {}
    for relation in facts.relations:
        if relation.name in hidden:
            continue
        is_target = relation in task.targets
        ends = names.get(relation.source, relation.source), names.get(relation.target, relation.target)
        key = _target_key(task, names) if is_target else (ends[0], relation.type, ends[1])
        if not is_target and key == _target_key(task, names):
            continue
        table = _edges(facts, relation, task, names)
        if len(table):
            parts.setdefault(key, []).append(table)
    return {key: pa.concat_tables(tables) for key, tables in parts.items()}


def _edges(facts: KnownFacts, relation: RelationType, task: Task, names: Mapping[str, str]) -> pa.Table:
    """Rows of a relation with the day from which each is known, empty where that is always."""
    edges = facts.edges(relation)
    days = edges.on
    if relation not in task.targets:
        days = np.fmax(days, facts.born(relation.target)[edges.dst])
        if relation.source not in task.candidate:
            days = np.fmax(days, facts.born(relation.source)[edges.src])
    ids = [
        pa.array(_ids(facts.snapshot, label, names), pa.string()).take(pa.array(at))
        for label, at in ((relation.source, edges.src), (relation.target, edges.dst))
    ]
    return pa.table({"src": ids[0], "dst": ids[1], "time": pa.array(_texts(days), pa.string())})


def _texts(days: npt.NDArray[np.datetime64]) -> list[str]:
    return ["" if day == "NaT" else str(day) for day in np.datetime_as_string(days.astype("datetime64[D]"))]


def _ids(snapshot: Snapshot, label: str, names: Mapping[str, str]) -> list[str]:
    ids = snapshot.vocabulary(label).ids()
    return [f"{label}:{each}" for each in ids] if label in names else ids


def _node_tables(facts: KnownFacts, task: Task, names: Mapping[str, str], used: Iterable[str]) -> dict[str, pa.Table]:
    tables: dict[str, list[pa.Table]] = {}
    labels = {label for relation in facts.relations for label in (relation.source, relation.target)}
    for label in sorted(labels | {*task.query, *task.candidate}):
        group = names.get(label, label)
        if group in used:
            tables.setdefault(group, []).append(_nodes(facts, label, task, names))
    joined = {group: pa.concat_tables(parts, promote_options="default") for group, parts in tables.items()}
    return {group: _filled(table) for group, table in joined.items()}


def _nodes(facts: KnownFacts, label: str, task: Task, names: Mapping[str, str]) -> pa.Table:
    snapshot = facts.snapshot
    rows = snapshot.nodes(label)
    columns = {"id": pa.array(_ids(snapshot, label, names), pa.string())}
    if label in names:
        columns[_LABEL] = pa.array([label] * len(rows), pa.string())
    if task.where and label in task.candidate:
        columns[_RANKED] = pa.array(_matching(rows, task.where), pa.string())
    for each in node_type(label).public:
        if each.name not in _LEFT_OUT and each.name in rows.column_names:
            columns[each.name] = _as_text(rows.column(each.name), each)
    return pa.table(columns).filter(pa.array(facts.is_kept(label)))


def _matching(rows: pa.Table, where: Mapping[str, tuple[str, ...]]) -> list[str]:
    found = np.ones(len(rows), dtype=bool)
    for name, values in where.items():
        found &= np.array([value in values for value in rows.column(name).to_pylist()], dtype=bool)
    return ["true" if each else "false" for each in found]


def _as_text(column: pa.ChunkedArray, kind: Property) -> pa.ChunkedArray:
    """Values as they stand in a CSV file: lists joined by a bar, line breaks as spaces, empty where unknown."""
    if kind.type is ValueType.STRINGS:
        column = pc.binary_join(column, "|")
    text = pc.fill_null(pc.cast(column, pa.string()), "")
    return pc.replace_substring_regex(text, pattern=r"\s+", replacement=" ")


def _filled(table: pa.Table) -> pa.Table:
    return pa.table({name: pc.fill_null(table.column(name), "") for name in table.column_names})
