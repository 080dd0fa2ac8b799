"""Two made-up folders in the format of experiments, small enough for a run of seconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from recommender.knowledge.folder.write import ExperimentFolder, write_folder

_USERS: Final = 60
_ITEMS: Final = 50
_TASTES: Final = 5
_BOUGHT: Final = 8
_ENTITIES: Final = 40
_REGULAR: Final = 0.9


def write_tiny(name: str, out: Path) -> Path:
    """Write the tiny folder of that name below ``out``."""
    return write_folder(out / name, _TINY[name](np.random.default_rng(0)))


def _shop(rng: np.random.Generator) -> ExperimentFolder:
    """Users of five tastes buy eight items, most of their taste; the two last are valid and test."""
    user_taste, item_taste = rng.integers(_TASTES, size=_USERS), rng.integers(_TASTES, size=_ITEMS)
    rows = []
    for user, taste in enumerate(user_taste):
        weights = np.where(item_taste == taste, 1.0, 0.1)
        items = rng.choice(_ITEMS, _BOUGHT, replace=False, p=weights / weights.sum())
        splits = ["train"] * (_BOUGHT - 2) + ["valid", "test"]
        rows += [
            {"src": f"u{user:02}", "dst": f"i{item:02}", "split": split}
            for item, split in zip(items, splits, strict=True)
        ]
    spec: dict[str, object] = {
        "name": "tiny-shop-synthetic",
        "task": {"kind": "recommend", "query": "User", "candidate": "Item", "target": ["User", "BUYS", "Item"]},
        "split": {"kind": "column", "refit": "train+valid"},
        "report": {"k": [10], "main": "recall@10"},
    }
    nodes = {
        "User": pa.table({"id": [f"u{at:02}" for at in range(_USERS)], "town": [f"t{each}" for each in user_taste]}),
        "Item": pa.table({"id": [f"i{at:02}" for at in range(_ITEMS)], "kind": [f"k{each}" for each in item_taste]}),
    }
    return ExperimentFolder(spec, nodes, {("User", "BUYS", "Item"): pa.Table.from_pylist(rows)}, "Made up.")


def _triples(rng: np.random.Generator) -> ExperimentFolder:
    """Entities on a ring: the next one, the one after it, and both by chance."""
    rows: dict[str, list[dict[str, str]]] = {"NEXT": [], "AFTER": []}
    for relation, step in (("NEXT", 1), ("AFTER", 2)):
        for at in range(_ENTITIES):
            split = ("train", "train", "train", "train", "valid", "test")[int(rng.integers(6))]
            target = (at + step) % _ENTITIES if rng.random() < _REGULAR else int(rng.integers(_ENTITIES))
            rows[relation].append({"src": f"e{at:02}", "dst": f"e{target:02}", "split": split})
    spec: dict[str, object] = {
        "name": "tiny-triples-synthetic",
        "task": {"kind": "triples"},
        "split": {"kind": "column", "refit": "train"},
        "report": {"k": [1, 10], "main": "mrr"},
    }
    nodes = {"Entity": pa.table({"id": [f"e{at:02}" for at in range(_ENTITIES)]})}
    edges = {("Entity", relation, "Entity"): pa.Table.from_pylist(each) for relation, each in rows.items()}
    return ExperimentFolder(spec, nodes, edges, "Made up.")


_TINY: Final[Mapping[str, Callable[[np.random.Generator], ExperimentFolder]]] = {
    "tiny-shop-synthetic": _shop,
    "tiny-triples-synthetic": _triples,
}
