"""What tests ask of a graph: everything in it, the targets of relationships, and files to load."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from graph_schema.catalog import element_type, relation_type
from graph_schema.columns import arrow_schema
from graph_schema.model import NodeType
from stores.base import GraphStore

FILES = Path(__file__).parent / "files"
"""Small files in the shapes of the real ones."""


def everything(store: GraphStore) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of the graph by table, ``loaded_at`` included."""
    found = {}
    counts = store.counts()
    for element in (element_type(name) for name in (*counts.nodes, *counts.relationships)):
        read = store.read_nodes if isinstance(element, NodeType) else store.read_relationships
        batches = list(read(element))  # type: ignore[arg-type]
        found[element.name] = pa.Table.from_batches(batches, arrow_schema(element.stored)).to_pylist()
    return found


def without_times(graph: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Return the graph without ``loaded_at`` and ``first_seen``."""
    times = {"loaded_at", "first_seen"}
    return {name: [{k: v for k, v in row.items() if k not in times} for row in rows] for name, rows in graph.items()}


def ends(store: GraphStore, source: str, type_: str, target: str) -> set[tuple[str, str]]:
    """Return (start, end) of all relationships of a relation."""
    batches = store.read_relationships(relation_type(source, type_, target))
    return {(row["src"], row["dst"]) for batch in batches for row in batch.to_pylist()}


def write_csv(path: Path, rows: Sequence[Mapping[str, str]], encoding: str = "utf-8") -> Path:
    """Write rows with the columns of the first one."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read rows as they are."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def columns(rows: Iterable[Mapping[str, str]], *names: str) -> list[tuple[str, ...]]:
    """Return the named cells of each row."""
    return [tuple(row[name] for name in names) for row in rows]
