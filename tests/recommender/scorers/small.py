"""Small experiment folders for the tests of simple scorers, made in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from recommender.knowledge.columns import read_column
from recommender.knowledge.dataset import NO_SPLIT, Dataset, Edges, Nodes
from recommender.knowledge.known import NO_TIME, Asked, Known, Pairs, oriented
from recommender.knowledge.spec import Spec

Rows = Sequence[tuple[int, int]]
USERS, ITEMS, FIELDS = 5, 4, 2


def edges(key: tuple[str, str, str], rows: Rows, days: Sequence[str] = ()) -> Edges:
    ends = np.array(rows, dtype=np.int64).reshape(-1, 2)
    time = np.array(days, dtype="datetime64[s]") if days else np.full(len(ends), NO_TIME, dtype="datetime64[s]")
    split, weight = np.full(len(ends), NO_SPLIT, np.int8), np.ones(len(ends), np.float32)
    return Edges(*key, ends[:, 0], ends[:, 1], time, split, weight)


def nodes(label: str, size: int, columns: Mapping[str, Sequence[str]] | None = None) -> Nodes:
    raw = {name: tuple(values) for name, values in (columns or {}).items()}
    read = tuple(column for name in raw if (column := read_column(name, raw[name])) is not None)
    return Nodes(label, tuple(str(each) for each in range(size)), read, raw)


def taken(
    pairs: Rows,
    days: Sequence[str] = (),
    *,
    links: Sequence[Edges] = (),
    columns: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
) -> Known:
    """Five users who take four items; fields are linked as ``links`` say."""
    task = {"query": "User", "candidate": "Item", "target": ("User", "TOOK", "Item")}
    return _known(task, {"User": USERS, "Item": ITEMS, "Field": FIELDS, "Group": 1}, pairs, days, links, columns)


def partners(
    pairs: Rows,
    days: Sequence[str] = (),
    *,
    links: Sequence[Edges] = (),
    columns: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
) -> Known:
    """Five companies that are each other's partners; projects are linked as ``links`` say."""
    target = ("Company", "WITH", "Company")
    task = {"query": "Company", "candidate": "Company", "target": target, "symmetric": True}
    return _known(task, {"Company": 5, "Project": 3}, pairs, days, links, columns)


def ask(known: Known, query: Sequence[int], given: Rows = ()) -> Asked:
    """Ask query nodes, with candidates given as (place in the batch, candidate)."""
    ends = np.array(given, dtype=np.int64).reshape(-1, 2)
    time, weight = np.full(len(ends), NO_TIME, dtype="datetime64[s]"), np.ones(len(ends), np.float32)
    pairs = Pairs(ends[:, 0], ends[:, 1], time, weight)
    return Asked(np.array(query, dtype=np.int64), pairs, len(known.candidates))


def _known(
    task: Mapping[str, object],
    sizes: Mapping[str, int],
    pairs: Rows,
    days: Sequence[str],
    links: Sequence[Edges],
    columns: Mapping[str, Mapping[str, Sequence[str]]] | None,
) -> Known:
    spec = Spec.model_validate({"name": "small", "task": task})
    assert spec.task.target is not None
    target = edges(spec.task.target, pairs, days)
    every = {label: nodes(label, size, (columns or {}).get(label)) for label, size in sizes.items()}
    dataset = Dataset(Path("small"), spec, every, (target, *links), (), (), "")
    candidates = np.ones(len(every[spec.task.candidate]), dtype=bool)
    return Known(dataset, oriented(target, spec.task), tuple(links), candidates)
