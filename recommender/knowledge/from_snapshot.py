"""A task of a graph snapshot as a dataset, so that the same bench and the same models take both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.catalog import node_type
from graph_schema.errors import EvaluationError
from graph_schema.model import NODE_BASE, RelationType, ValueType
from recommender.knowledge.columns import Column, DateColumn, NumberColumn, read_column
from recommender.knowledge.dataset import NO_SPLIT, Dataset, EdgeKey, Edges, Nodes
from recommender.knowledge.known_facts import MIRRORS, KnownFacts
from recommender.knowledge.spec import Spec
from recommender.knowledge.splits import Cuts, choose_cuts, task_pairs
from recommender.knowledge.tasks import Task
from recommender.snapshot.snapshot import Snapshot
from recommender.text.encoder import node_texts

LABEL_COLUMN: Final = "node_label"
"""Column of the label of each node where labels are asked for together."""
_RANKED: Final = "of_task"
_TEXT: Final = "text"
_LEFT_OUT: Final = frozenset({each.name for each in NODE_BASE} | {"url", "read_from", "unread"})
"""Provenance, addresses of pages and words of notices: they describe records, not the things themselves."""


_NO_EDGES: Final = pa.table(
    {"src": pa.array([], pa.string()), "dst": pa.array([], pa.string()), "time": pa.array([], pa.date32())}
)


@dataclass(frozen=True)
class TaskTables:
    """A task of a snapshot as tables, typed as in the snapshot; lists are texts joined by a bar.

    ``spec`` is ``dataset.toml`` as nested mappings. ``nodes`` maps a label to a table with ``id`` first, sorted by it;
    ``edges`` maps (source, relation, target) to a table of ``src``, ``dst`` and ``time``, sorted by all three.
    """

    spec: Mapping[str, object]
    nodes: Mapping[str, pa.Table]
    edges: Mapping[EdgeKey, pa.Table]


def tables_of(
    snapshot: Snapshot,
    task: Task,
    *,
    include_synthetic: bool = False,
    before: date | None = None,
    cuts: Cuts | None = None,
) -> TaskTables:
    """Return ``task`` on ``snapshot`` as tables; without ``include_synthetic`` no made-up fact takes part.

    With ``before`` only what was known before that day does. ``cuts`` are those of ``choose_cuts`` by default.

    Labels that are asked for together become one, their ids written ``Label:id``. Dates are those from which a fact
    is known, the younger of its own and its ends'. Relations that registers write down with the target but without
    its day are left out. The text of a node is that which is encoded for a snapshot, in the column ``text``. Raises
    ``EvaluationError`` where the task has too few dated facts to be split, unless ``cuts`` are given.
    """
    facts = KnownFacts(snapshot, task, before, include_synthetic=include_synthetic)
    chosen = cuts or choose_cuts(task_pairs(snapshot, task, include_synthetic=include_synthetic))
    names = _merged_labels(task)
    edges = _edge_tables(facts, task, names)
    key = _target_key(task, names)
    if key not in edges and cuts is None:
        raise EvaluationError(
            f"snapshot {snapshot.id[:12]} has no facts of {task.name}; load some, or allow made-up ones"
        )
    used = {names.get(label, label) for edge in edges for label in (edge[0], edge[2])} | {key[0], key[2]}
    nodes = _node_tables(facts, task, names, used)
    edges.setdefault(key, _NO_EDGES)
    spec = _spec(snapshot, task, key, chosen, include_synthetic=include_synthetic)
    spec["text"] = {label: [_TEXT] for label in nodes}
    return TaskTables(
        spec,
        {label: table.sort_by([(name, "ascending") for name in table.column_names]) for label, table in nodes.items()},
        {edge: _ordered(table) for edge, table in edges.items()},
    )


def dataset_of(
    snapshot: Snapshot,
    task: Task,
    *,
    include_synthetic: bool = False,
    before: date | None = None,
    cuts: Cuts | None = None,
) -> Dataset:
    """Return ``task`` on ``snapshot`` as the dataset that its exported folder would be read as, without writing it."""
    tables = tables_of(snapshot, task, include_synthetic=include_synthetic, before=before, cuts=cuts)
    spec = Spec.model_validate(tables.spec)
    nodes = {label: _nodes_in_memory(label, table, spec.text.get(label, ())) for label, table in tables.nodes.items()}
    places = {label: pa.array(each.ids, pa.string()) for label, each in nodes.items()}
    relations = tuple(_edges_in_memory(key, tables.edges[key], places) for key in sorted(tables.edges, key="__".join))
    content = hashlib.sha256(f"{snapshot.id} {spec.name}".encode()).hexdigest()
    return Dataset(Path(spec.name), spec, nodes, relations, (), (), content)


def _nodes_in_memory(label: str, table: pa.Table, text_of: tuple[str, ...]) -> Nodes:
    names = table.column_names[1:]
    raw = {name: tuple(as_text(table.column(name)).to_pylist()) for name in names}
    columns = tuple(column for name in names if (column := _column(name, table.column(name), raw[name])) is not None)
    return Nodes(label, tuple(table.column("id").to_pylist()), columns, raw, text_of)


def _column(name: str, column: pa.ChunkedArray, texts: tuple[str, ...]) -> Column | None:
    """Return the column as its text would be read, without reading numbers and days out of text again."""
    if column.null_count == len(column):
        return None
    if pa.types.is_date(column.type):
        return DateColumn(name, column.to_numpy().astype("datetime64[s]"))
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return NumberColumn(name, column.cast(pa.float64()).to_numpy())
    return read_column(name, texts)


def _edges_in_memory(key: EdgeKey, table: pa.Table, places: Mapping[str, pa.Array]) -> Edges:
    src, dst = (
        np.asarray(pc.index_in(table.column(name), value_set=places[label]).to_numpy(), dtype=np.int64)
        for name, label in (("src", key[0]), ("dst", key[2]))
    )
    time = table.column("time").to_numpy().astype("datetime64[s]")
    size = len(src)
    return Edges(*key, src, dst, time, np.full(size, NO_SPLIT, dtype=np.int8), np.ones(size, dtype=np.float32))


def _ordered(table: pa.Table) -> pa.Table:
    """Sort rows as their texts sort: what has no day comes first."""
    filled = table.set_column(2, "time", pc.fill_null(table.column("time"), pa.scalar(date.min, pa.date32())))
    return table.take(pc.sort_indices(filled, sort_keys=[(name, "ascending") for name in filled.column_names]))


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
    return pa.table({"src": ids[0], "dst": ids[1], "time": pa.array(days.astype("datetime64[D]"), pa.date32())})


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
    return {group: pa.concat_tables(parts, promote_options="default") for group, parts in tables.items()}


def _nodes(facts: KnownFacts, label: str, task: Task, names: Mapping[str, str]) -> pa.Table:
    snapshot = facts.snapshot
    rows = snapshot.nodes(label)
    columns = {"id": pa.array(_ids(snapshot, label, names), pa.string())}
    if label in names:
        columns[LABEL_COLUMN] = pa.array([label] * len(rows), pa.string())
    if task.where and label in task.candidate:
        columns[_RANKED] = pa.array(_matching(rows, task.where), pa.string())
    for each in node_type(label).public:
        if each.name not in _LEFT_OUT and each.name in rows.column_names:
            column = rows.column(each.name)
            columns[each.name] = pc.binary_join(column, "|") if each.type is ValueType.STRINGS else column
    columns[_TEXT] = pa.array(node_texts(snapshot, label), pa.string())
    return pa.table(columns).filter(pa.array(facts.is_kept(label)))


def _matching(rows: pa.Table, where: Mapping[str, tuple[str, ...]]) -> list[str]:
    found = np.ones(len(rows), dtype=bool)
    for name, values in where.items():
        found &= np.array([value in values for value in rows.column(name).to_pylist()], dtype=bool)
    return ["true" if each else "false" for each in found]


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Values as they stand in a CSV file: line breaks as spaces, empty where unknown."""
    text = pc.fill_null(pc.cast(column, pa.string()), "")
    return pc.replace_substring_regex(text, pattern=r"\s+", replacement=" ")
