"""A task of a graph snapshot as a dataset, so that the same bench and the same models take both."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.catalog import node_type
from graph_schema.errors import EvaluationError
from graph_schema.model import NODE_BASE, ValueType
from graph_schema.properties import POINT
from graph_schema.wording import Wording
from recommender.knowledge.columns import Column, DateColumn, NumberColumn, read_column
from recommender.knowledge.dataset import NO_SPLIT, Dataset, EdgeKey, Edges, Nodes
from recommender.knowledge.known_facts import MIRRORS, KnownFacts, kept_nodes
from recommender.knowledge.spec import Spec
from recommender.knowledge.splits import Cuts, choose_cuts, task_pairs
from recommender.knowledge.tasks import Task
from recommender.measure.arrays import Indices
from recommender.snapshot.annual import AnnualFigures
from recommender.snapshot.snapshot import Snapshot
from recommender.text.encoder import node_texts

LABEL_COLUMN: Final = "node_label"
"""Column of the label of each node where labels are asked for together."""
_RANKED: Final = "of_task"
_TEXT: Final = "text"
_OF_RECORDS: Final = frozenset({each.name for each in NODE_BASE} | {"url", "read_from", "unread"})
_LEFT_OUT: Final = (
    _OF_RECORDS | {each.name for each in POINT} | {"for_licence", "certificate_periods", "unit_use", "in_complex"}
)
"""Provenance, addresses of pages and words of notices describe records, not the things themselves; a point is but the
middle of the region that a thing is linked to; what is offered today is a rule's, and was not known when it was taken,
and so is for how long a certificate is valid, and what decides whom the law lets into a space.
"""


@dataclass(frozen=True)
class _Group:
    """Nodes of one or more labels that a task takes as one; ``where`` marks those that are ranked, by label.

    Companies have the employees and sales of the years before ``year``; None where nothing depends on it, so that the
    tasks of a snapshot share the nodes.
    """

    name: str
    labels: tuple[str, ...]
    where: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]
    include_synthetic: bool
    year: int | None


@dataclass(frozen=True)
class _Links:
    """Relationships as places in the snapshot's labels, (edges,), and the days from which they are known."""

    source: str
    target: str
    src: Indices
    dst: Indices
    on: npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class TaskTables:
    """A task of a snapshot as tables, typed as in the snapshot; lists are texts joined by a bar.

    ``spec`` is ``dataset.toml`` as nested mappings. ``nodes`` maps a label to a table with ``id`` first, sorted by it;
    ``edges`` maps (source, relation, target) to a table of ``src``, ``dst`` and ``time``, sorted by all three.
    """

    spec: Mapping[str, object]
    nodes: Mapping[str, pa.Table]
    edges: Mapping[EdgeKey, pa.Table]


def tables_of(snapshot: Snapshot, task: Task, *, include_synthetic: bool = False) -> TaskTables:
    """Return ``task`` on ``snapshot`` as tables; without ``include_synthetic`` no made-up fact takes part.

    Companies have the employees and sales that were known on the day that the valid window begins. Labels that are
    asked for together become one, their ids written ``Label:id``. Dates are those from which a fact
    is known, the younger of its own and its ends'. Relations that registers write down with the target but without
    its day are left out. The text of a node is that which is encoded for a snapshot, in the column ``text``. Raises
    ``EvaluationError`` where the task has too few dated facts to be split.
    """
    facts = KnownFacts(snapshot, task, None, include_synthetic=include_synthetic)
    chosen = choose_cuts(task_pairs(snapshot, task, include_synthetic=include_synthetic))
    groups, edges = _parts_of(facts, task, chosen, may_be_empty=False)
    nodes = {group.name: _table_of(snapshot, group) for group in groups}
    spec = _spec(snapshot, task, chosen, nodes, include_synthetic=include_synthetic)
    return TaskTables(spec, nodes, {each.key: _as_table(each, nodes) for each in edges})


def dataset_of(
    snapshot: Snapshot,
    task: Task,
    *,
    include_synthetic: bool = False,
    before: date | None = None,
    cuts: Cuts | None = None,
) -> Dataset:
    """Return ``task`` on ``snapshot`` as the dataset that its exported folder would be read as, without writing it.

    With ``before`` only what was known before that day takes part. ``cuts`` are those of ``choose_cuts`` by default;
    where they are given, a task without dated facts is no error.
    """
    facts = KnownFacts(snapshot, task, before, include_synthetic=include_synthetic)
    chosen = cuts or choose_cuts(task_pairs(snapshot, task, include_synthetic=include_synthetic))
    groups, relations = _parts_of(facts, task, chosen, may_be_empty=cuts is not None)
    nodes = {group.name: snapshot.derived(("nodes", group), partial(_nodes_of, snapshot, group)) for group in groups}
    spec = Spec.model_validate(_spec(snapshot, task, chosen, nodes, include_synthetic=include_synthetic))
    content = hashlib.sha256(f"{snapshot.id} {spec.name}".encode()).hexdigest()
    return Dataset(Path(spec.name), spec, nodes, relations, (), (), content)


def _parts_of(
    facts: KnownFacts, task: Task, cuts: Cuts, *, may_be_empty: bool
) -> tuple[list[_Group], tuple[Edges, ...]]:
    """Return the groups of nodes, and the edges sorted by their names."""
    snapshot, names, key = facts.snapshot, _merged_labels(task), _target_key(task)
    links = _links(facts, task)
    if key not in links and not may_be_empty:
        raise EvaluationError(
            Wording(
                f"스냅숏 {snapshot.id[:12]}에 {task.name} 과제의 사실이 없습니다. 사실을 적재하거나 만들어 낸 사실도 "
                "포함하십시오",
                f"snapshot {snapshot.id[:12]} has no facts of {task.name}; load some, or allow made-up ones",
            )
        )
    used = {end for each in (*links, key) for end in (each[0], each[2])}
    members = {label for relation in facts.relations for label in (relation.source, relation.target)}
    labels: dict[str, list[str]] = {}
    for label in sorted(members | {*task.query, *task.candidate}):
        if names.get(label, label) in used:
            labels.setdefault(names.get(label, label), []).append(label)
    where, by_year = tuple(task.where.items()), len(AnnualFigures(snapshot)) > 0
    groups = [
        _Group(
            name,
            tuple(each),
            tuple((label, where) for label in each if where and label in task.candidate),
            facts.include_synthetic,
            cuts.valid_from.year if "Company" in each and by_year else None,
        )
        for name, each in labels.items()
    ]
    # Which nodes there are, and their order, is the same in every year.
    of_any_year = {group.name: replace(group, year=None) for group in groups}
    places = {
        group.name: snapshot.derived(("places", of_any_year[group.name]), partial(_places, snapshot, group))
        for group in groups
    }
    edges = (_edges(each, links.get(each, []), places) for each in sorted({*links, key}, key="__".join))
    ends = ((each, (of_any_year[each.source], of_any_year[each.target])) for each in edges)
    return groups, tuple(_shared(snapshot, each, of) for each, of in ends)


def _shared(snapshot: Snapshot, edges: Edges, ends: tuple[_Group, _Group]) -> Edges:
    """Return equal edges as one object, so that the tasks of a snapshot hold what they have in common once."""
    digest = hashlib.blake2b()
    for each in (edges.src, edges.dst, edges.time):
        digest.update(each.tobytes())
    return snapshot.derived(("edges", edges.key, ends, digest.digest()), lambda: edges)


def _links(facts: KnownFacts, task: Task) -> dict[EdgeKey, list[_Links]]:
    """Relationships that are known, by what the task takes them as; the target's mirrors are left out."""
    names, target = _merged_labels(task), _target_key(task)
    hidden = frozenset().union(*(MIRRORS.get(relation.name, frozenset()) for relation in task.targets))
    found: dict[EdgeKey, list[_Links]] = {}
    for relation in facts.relations:
        is_target = relation in task.targets
        ends = names.get(relation.source, relation.source), names.get(relation.target, relation.target)
        key = target if is_target else (ends[0], relation.type, ends[1])
        if relation.name in hidden or (not is_target and key == target):
            continue
        edges = facts.edges(relation)
        days = edges.on
        if not is_target:
            days = np.fmax(days, facts.born(relation.target)[edges.dst])
            if relation.source not in task.candidate:
                days = np.fmax(days, facts.born(relation.source)[edges.src])
        if len(days):
            found.setdefault(key, []).append(_Links(relation.source, relation.target, edges.src, edges.dst, days))
    return found


def _edges(key: EdgeKey, links: Sequence[_Links], places: Mapping[str, Mapping[str, Indices]]) -> Edges:
    """Rows of a relation with the day from which each is known, in the order of its ends and days."""
    none = np.zeros(0, dtype=np.int64)
    src = np.concatenate([none, *(places[key[0]][each.source][each.src] for each in links)])
    dst = np.concatenate([none, *(places[key[2]][each.target][each.dst] for each in links)])
    time = np.concatenate([none.astype("datetime64[s]"), *(each.on.astype("datetime64[s]") for each in links)])
    order = np.lexsort((time.view(np.int64), dst, src))  # NaT is the least of all numbers: undated rows come first
    size = len(order)
    splits, weights = np.full(size, NO_SPLIT, dtype=np.int8), np.ones(size, dtype=np.float32)
    return Edges(*key, src[order], dst[order], time[order], splits, weights)


def _as_table(edges: Edges, nodes: Mapping[str, pa.Table]) -> pa.Table:
    src = nodes[edges.source].column("id").take(pa.array(edges.src))
    dst = nodes[edges.target].column("id").take(pa.array(edges.dst))
    return pa.table({"src": src, "dst": dst, "time": pa.array(edges.time.astype("datetime64[D]"), pa.date32())})


def _places(snapshot: Snapshot, group: _Group) -> dict[str, Indices]:
    """Place in the group of each node of its labels, -1 where it takes no part."""
    ids = _table_of(snapshot, group).column("id").combine_chunks()
    return {label: _index(_ids(snapshot, label, group), ids) for label in group.labels}


def _index(ids: pa.Array, among: pa.Array) -> Indices:
    return np.asarray(pc.fill_null(pc.index_in(ids, value_set=among), -1).to_numpy(), dtype=np.int64)


def _table_of(snapshot: Snapshot, group: _Group) -> pa.Table:
    """Nodes of a group, sorted by id."""
    return snapshot.derived(("table", group), partial(_make_table, snapshot, group))


def _make_table(snapshot: Snapshot, group: _Group) -> pa.Table:
    parts = [_label_table(snapshot, label, group) for label in group.labels]
    return pa.concat_tables(parts, promote_options="default").sort_by("id")


def _label_table(snapshot: Snapshot, label: str, group: _Group) -> pa.Table:
    rows = snapshot.nodes(label)
    columns = {"id": _ids(snapshot, label, group)}
    if len(group.labels) > 1:
        columns[LABEL_COLUMN] = pa.array([label] * len(rows), pa.string())
    where = dict(group.where).get(label)
    if where:
        columns[_RANKED] = pa.array(_matching(rows, dict(where)), pa.string())
    for each in node_type(label).public:
        if each.name not in _LEFT_OUT and each.name in rows.column_names:
            column = rows.column(each.name)
            columns[each.name] = pc.binary_join(column, "|") if each.type is ValueType.STRINGS else column
    if label == "Company" and group.year is not None:
        columns |= _figures(snapshot, rows, date(group.year, 1, 1))
    columns[_TEXT] = pa.array(node_texts(snapshot, label), pa.string())
    kept = kept_nodes(snapshot, label, include_synthetic=group.include_synthetic)
    return pa.table(columns).filter(pa.array(kept))


def _figures(snapshot: Snapshot, companies: pa.Table, as_of: date) -> dict[str, pa.Array]:
    """Employees and sales as known on a day, the middle of a band."""
    on = AnnualFigures(snapshot).on(as_of)
    return {
        name: pa.array(bands.middle.round(), mask=np.isnan(bands.middle)).cast(companies.schema.field(name).type)
        for name, bands in (("employees", on.employees), ("revenue_krw", on.revenue_krw))
    }


def _ids(snapshot: Snapshot, label: str, group: _Group) -> pa.Array:
    ids = snapshot.nodes(label).column("id").combine_chunks()
    return pc.binary_join_element_wise(label, ids, ":") if len(group.labels) > 1 else ids


def _nodes_of(snapshot: Snapshot, group: _Group) -> Nodes:
    table = _table_of(snapshot, group)
    names = table.column_names[1:]
    raw = _Cells(table.select(names))
    columns = tuple(column for name in names if (column := _column(name, table.column(name), raw)) is not None)
    return Nodes(group.name, tuple(table.column("id").to_pylist()), columns, raw, (_TEXT,))


class _Cells(Mapping[str, tuple[str, ...]]):
    """Columns as texts, made when they are asked for: few are, and texts need many times the memory of the table."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def __getitem__(self, name: str) -> tuple[str, ...]:
        if name not in self._table.column_names:
            raise KeyError(name)
        return tuple(as_text(self._table.column(name)).to_pylist())

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.column_names)

    def __len__(self) -> int:
        return int(self._table.num_columns)


def _column(name: str, column: pa.ChunkedArray, cells: Mapping[str, tuple[str, ...]]) -> Column | None:
    """Return the column as its text would be read, without reading numbers and days out of text again."""
    if column.null_count == len(column):
        return None
    if pa.types.is_date(column.type):
        return DateColumn(name, column.to_numpy().astype("datetime64[s]"))
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        return NumberColumn(name, column.cast(pa.float64()).to_numpy())
    return read_column(name, cells[name])


def _merged_labels(task: Task) -> dict[str, str]:
    """Return the name of the group for each label that is asked for or ranked together with others."""
    groups = [task.query] if set(task.query) == set(task.candidate) else [task.query, task.candidate]
    return {label: "".join(group) for group in groups if len(group) > 1 for label in group}


def _target_key(task: Task) -> EdgeKey:
    names = _merged_labels(task)
    types = {relation.type for relation in task.targets}
    name = types.pop() if len(types) == 1 else task.name.upper()
    first = task.targets[0]
    return names.get(first.source, first.source), name, names.get(first.target, first.target)


def _spec(
    snapshot: Snapshot, task: Task, cuts: Cuts, labels: Iterable[str], *, include_synthetic: bool
) -> dict[str, object]:
    asked: dict[str, object] = {
        "kind": "recommend",
        "query": "".join(task.query),
        "candidate": "".join(task.candidate),
        "target": list(_target_key(task)),
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
        "text": {label: [_TEXT] for label in labels},
        "report": {"k": [10, 20], "main": "ndcg@10"},
    }


def _matching(rows: pa.Table, where: Mapping[str, tuple[str, ...]]) -> list[str]:
    found = np.ones(len(rows), dtype=bool)
    for name, values in where.items():
        found &= np.array([value in values for value in rows.column(name).to_pylist()], dtype=bool)
    return ["true" if each else "false" for each in found]


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Values as they stand in a CSV file: line breaks as spaces, empty where unknown."""
    text = pc.fill_null(pc.cast(column, pa.string()), "")
    return pc.replace_substring_regex(text, pattern=r"\s+", replacement=" ")
