"""Small experiment folders for the tests of simple scorers, made in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from recommender.knowledge.columns import read_column
from recommender.knowledge.dataset import NO_SPLIT, Dataset, Edges, Nodes
from recommender.knowledge.known import NO_TIME, Estimator, Known, Pairs, Questions, oriented
from recommender.knowledge.spec import Spec
from recommender.scorers.lightgcn import LightGcn

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


def ask(known: Known, query: Sequence[int], given: Rows = ()) -> Questions:
    """Ask query nodes, with candidates given as (place in the batch, candidate)."""
    ends = np.array(given, dtype=np.int64).reshape(-1, 2)
    time, weight = np.full(len(ends), NO_TIME, dtype="datetime64[s]"), np.ones(len(ends), np.float32)
    pairs = Pairs(ends[:, 0], ends[:, 1], time, weight)
    return Questions(np.array(query, dtype=np.int64), pairs, len(known.candidates))


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


def one_item() -> Known:
    """Three users, of whom two took the one item there is."""
    known = taken([(0, 0), (1, 0)], ["2020-01-01", "2020-02-01"], links=[edges(("Item", "IN", "Field"), [(0, 0)])])
    every = known.dataset.nodes | {"User": nodes("User", 3, {"type": ("a", "b", "a")}), "Item": nodes("Item", 1)}
    return replace(known, dataset=replace(known.dataset, nodes=every), is_candidate=np.ones(1, bool))


def small(estimator: Estimator) -> Estimator:
    """Return the same, quick to train."""
    light = isinstance(estimator, LightGcn)
    return replace(estimator, steps=2, embedding_size=4, device="cpu") if light else estimator


PAIRS = [(0, 0), (0, 1), (1, 0), (1, 2), (1, 3), (2, 2), (2, 3), (3, 1)]
DAYS = [f"2020-0{month}-01" for month in range(1, 9)]
RICH = taken(
    PAIRS,
    DAYS,
    links=[
        edges(("User", "IN", "Field"), [(0, 0), (1, 1), (4, 1)]),
        edges(("Item", "IN", "Field"), [(0, 0), (1, 0), (3, 1)]),
        edges(("Item", "LIKE", "Item"), [(0, 1), (2, 2)]),
    ],
    columns={
        "User": {
            "type": ("a", "b", "a", "", "b"),
            "size": ("1", "2", "3", "", "5"),
            "region": ("n", "n", "s", "s", ""),
        },
        "Item": {"kind": ("x", "y", "x", "")},
    },
)
VECTORS = {
    "User": np.random.default_rng(1).standard_normal((5, 3), dtype=np.float32),
    "Item": np.random.default_rng(2).standard_normal((4, 3), dtype=np.float32),
}
WORLDS: dict[str, Known] = {
    "rich": replace(RICH, vectors=VECTORS),
    "no text": RICH,
    "bare": taken(PAIRS),
    "empty": taken([]),
    "one pair": taken([(0, 1)], ["2020-01-01"]),
    "partners": partners(
        [(0, 1), (1, 2), (2, 3), (0, 1)], links=[edges(("Company", "IN", "Project"), [(0, 0), (4, 0)])]
    ),
}
