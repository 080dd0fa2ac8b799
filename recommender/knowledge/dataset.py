"""An experiment folder read into arrays; rows that cannot be used wait in a quarantine list, the rest goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.errors import SourceError
from recommender.knowledge.columns import Column, Given, TextColumn, equal_cells, parse_times, read_column
from recommender.knowledge.folder.spec import SPEC_FILE, Spec, composed, read_spec
from recommender.knowledge.folder.table_files import LINE, BadRow, read_table_file, short_name, swallowed, table_files
from recommender.measure.arrays import Flags, Indices, Times

SPLITS: Final = ("train", "valid", "test", "valid_context", "test_context")
NO_SPLIT: Final = -1
"""Code of a row without a split; other codes are places in ``SPLITS``."""
_EDGE_COLUMNS: Final = ("src", "dst", "time", "split", "weight")


@dataclass(frozen=True)
class Nodes:
    """Nodes of one label, in the order of the file; ``raw`` holds every column as it was written."""

    label: str
    ids: tuple[str, ...]
    columns: tuple[Column, ...] = ()
    raw: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def texts(self) -> tuple[str, ...] | None:
        """All text of each node, joined; None where the label has none."""
        columns = [column.values for column in self.columns if isinstance(column, TextColumn)]
        return tuple(" ".join(filter(None, parts)) for parts in zip(*columns, strict=True)) if columns else None

    def matching(self, where: Mapping[str, Given]) -> Flags:
        """Which nodes have the given values, shape (nodes,); raises ``SourceError`` for a column that is not there."""
        found = np.ones(len(self), dtype=bool)
        for name, value in where.items():
            if name not in self.raw:
                raise SourceError(
                    f"nodes/{self.label}.csv has no column {name!r}, which dataset.toml filters by; "
                    f"it has {', '.join(self.raw) or 'only ids'}"
                )
            found &= equal_cells(self.raw[name], value)
        return found


@dataclass(frozen=True)
class Edges:
    """Edges of one relation between two labels; all arrays of shape (edges,).

    ``src`` and ``dst`` are places in the nodes of ``source`` and ``target``; ``time`` is NaT where there is none,
    ``split`` a place in ``SPLITS`` or ``NO_SPLIT``, ``weight`` 1 where the file has none.
    """

    source: str
    name: str
    target: str
    src: Indices
    dst: Indices
    time: Times
    split: npt.NDArray[np.int8]
    weight: npt.NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.src)

    @property
    def key(self) -> tuple[str, str, str]:
        """Source label, relation, target label."""
        return self.source, self.name, self.target

    def take(self, chosen: Flags | Indices) -> Edges:
        """Return some of the rows, by flags or places."""
        ends = self.src[chosen], self.dst[chosen]
        return Edges(*self.key, *ends, self.time[chosen], self.split[chosen], self.weight[chosen])


@dataclass(frozen=True)
class Dataset:
    """One experiment folder: what it asks, its nodes by label, its relations, and the rows left out."""

    folder: Path
    spec: Spec
    nodes: Mapping[str, Nodes]
    relations: tuple[Edges, ...]
    quarantine: tuple[BadRow, ...]
    notes: tuple[str, ...]
    content_hash: str

    @property
    def name(self) -> str:
        """Name of the dataset."""
        return self.spec.name

    @cached_property
    def target(self) -> Edges:
        """Edges that are asked for; raises ``SourceError`` where the folder has none."""
        wanted = self.spec.task.target
        for edges in self.relations:
            if edges.key == wanted:
                return edges
        names = ", ".join("__".join(edges.key) for edges in self.relations)
        raise SourceError(f"{self.folder} has no edges/{'__'.join(wanted or ())}.csv, the target; it has {names}")

    @cached_property
    def context(self) -> tuple[Edges, ...]:
        """All relations besides the target."""
        return tuple(edges for edges in self.relations if edges.key != self.spec.task.target)


def read_dataset(folder: Path) -> Dataset:
    """Read a folder; raises ``SourceError`` for files that cannot be read at all, ``ConfigError`` for the TOML."""
    spec = read_spec(folder)
    paths = table_files(folder / "edges")
    if not paths:
        raise SourceError(f"{folder / 'edges'} holds no CSV file; name them <SRC>__<REL>__<DST>.csv")
    bad: list[BadRow] = []
    notes = [f"dataset.toml: {key!r} is not known and was left aside" for key in _unknown_keys(spec)]
    notes += spec.notes
    tables = {path: read_table_file(path, ("src", "dst"), bad, notes) for path in paths}
    notes += [note for path in paths if (note := _unknown_columns(path, tables[path]))]
    keys = {path: _edge_key(path) for path in paths}
    nodes = {composed(path.stem): _read_nodes(path, bad, notes) for path in table_files(folder / "nodes")}
    for label in sorted({end for key in keys.values() for end in (key[0], key[2])} - set(nodes)):
        nodes[label] = _nodes_of_edges(label, tables, keys)
        notes.append(f"nodes/{label}.csv is not there; its {len(nodes[label])} nodes were taken from the edges")
    places = {label: pa.array(each.ids, pa.string()) for label, each in nodes.items()}
    relations = tuple(_read_edges(path, keys[path], tables[path], places, bad) for path in paths)
    return Dataset(folder, spec, nodes, relations, tuple(bad), tuple(notes), _hash(folder))


def _unknown_keys(spec: Spec) -> list[str]:
    parts = {"": spec, "task.": spec.task, "split.": spec.split, "mask.": spec.mask, "report.": spec.report}
    return [f"{prefix}{key}" for prefix, part in parts.items() for key in part.model_extra or {}]


def _unknown_columns(path: Path, table: pa.Table) -> str:
    """Return a note on the columns of an edge file that nobody reads, ``""`` where there are none."""
    unknown = [name for name in table.column_names if name not in (*_EDGE_COLUMNS, LINE)]
    if not unknown:
        return ""
    names = ", ".join(map(repr, unknown))
    return f"{short_name(path)}: not known and left aside: {names}; known columns are {', '.join(_EDGE_COLUMNS)}"


def _edge_key(path: Path) -> tuple[str, str, str]:
    match composed(path.stem).split("__"):
        case [source, *relation, target] if source and any(relation) and target:
            return source, "__".join(relation), target
    raise SourceError(f"{path}: the name must be <SRC>__<REL>__<DST>.csv")


def _read_nodes(path: Path, bad: list[BadRow], notes: list[str]) -> Nodes:
    table = read_table_file(path, ("id",), bad, notes)
    ids, lines = table.column("id").to_pylist(), table.column(LINE).to_pylist()
    first: dict[str, int] = {}
    for row, node in enumerate(ids):
        if node and node not in first:
            first[node] = row
            continue
        reason = "the id is empty" if not node else f"the id stands on line {lines[first[node]]} already"
        bad.append(
            BadRow(short_name(path), lines[row], "id", node, reason, "give each node one row with an id of its own")
        )
    table = table.take(pa.array(list(first.values()), pa.int64()))
    names = [name for name in table.column_names if name not in ("id", LINE)]
    raw = {name: tuple(table.column(name).to_pylist()) for name in names}
    columns = tuple(column for name in names if (column := read_column(name, raw[name])) is not None)
    return Nodes(composed(path.stem), tuple(first), columns, raw)


def _nodes_of_edges(label: str, tables: Mapping[Path, pa.Table], keys: Mapping[Path, tuple[str, str, str]]) -> Nodes:
    found: set[str] = set()
    for path, (source, _, target) in keys.items():
        for end, name in ((source, "src"), (target, "dst")):
            if end == label:
                found.update(pc.unique(tables[path].column(name)).to_pylist())
    return Nodes(label, tuple(sorted(found - {""})))


def _read_edges(
    path: Path, key: tuple[str, str, str], table: pa.Table, places: Mapping[str, pa.Array], bad: list[BadRow]
) -> Edges:
    size = table.num_rows
    usable = np.ones(size, dtype=bool)

    def reject(faulty: Flags, name: str, reason: str, remedy: str) -> None:
        for row in np.flatnonzero(faulty & usable):
            value, line = str(table.column(name)[row].as_py()), table.column(LINE)[row].as_py()
            bad.append(BadRow(short_name(path), line, name, value[:200], *(swallowed(value) or (reason, remedy))))
        np.logical_and(usable, ~faulty, out=usable)

    ends = []
    for name, label in (("src", key[0]), ("dst", key[2])):
        at = pc.fill_null(pc.index_in(table.column(name), value_set=places[label]), -1)
        ends.append(np.asarray(at.to_numpy(), dtype=np.int64))
        reject(ends[-1] < 0, name, f"nodes/{label}.csv has no such id", "add the node, or mend the id")
    time = np.full(size, np.datetime64("NaT"), dtype="datetime64[s]")
    if "time" in table.column_names:
        time, unread = parse_times(table.column("time").to_pylist())
        reject(unread, "time", "not an ISO date or datetime", "write it like 2026-03-02")
    split = np.full(size, NO_SPLIT, dtype=np.int8)
    if "split" in table.column_names:
        names = pc.utf8_trim_whitespace(table.column("split"))
        split = pc.fill_null(pc.index_in(names, value_set=pa.array(SPLITS)), -1).to_numpy().astype(np.int8)
        unknown = (split < 0) & ~np.asarray(pc.equal(names, "").to_numpy(), dtype=bool)
        reject(unknown, "split", "not a split", f"use one of {', '.join(SPLITS)}")
    weight = np.ones(size, dtype=np.float32)
    if "weight" in table.column_names:
        import pandas as pd

        values = pd.to_numeric(table.column("weight").to_pandas(), errors="coerce").to_numpy(np.float64)
        blank = np.asarray(pc.equal(pc.utf8_trim_whitespace(table.column("weight")), "").to_numpy(), dtype=bool)
        fits = np.abs(values) <= np.finfo(np.float32).max
        remedy = "write a finite number below 3e38, or leave it empty"
        reject(~fits & ~blank, "weight", "not a number, or too large a one", remedy)
        weight = np.where(fits, values, 1.0).astype(np.float32)
    edges = Edges(*key, ends[0], ends[1], time, split, weight)
    return edges if usable.all() else edges.take(usable)


def _hash(folder: Path) -> str:
    """Hash of all that was read, so that a figure names its data."""
    digest = hashlib.sha256()
    for path in [folder / SPEC_FILE, *table_files(folder / "nodes"), *table_files(folder / "edges")]:
        digest.update(f"{short_name(path) if path.suffix == '.csv' else path.name}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
