"""Reads an experiment folder into a dataset; rows that cannot be used wait in a quarantine list, the rest goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from recommender.knowledge.columns import parse_times, read_column
from recommender.knowledge.dataset import NO_SPLIT, SPLITS, BadRow, Dataset, Edges, Nodes
from recommender.knowledge.folder.table_files import LINE, read_table_file, short_name, swallowed, table_files
from recommender.knowledge.spec import SPEC_FILE, composed, read_spec, unknown_key, unknown_keys
from recommender.measure.arrays import Flags

_EDGE_COLUMNS: Final = ("src", "dst", "time", "split", "weight")
_NO_ID: Final = Wording("id가 비어 있음", "the id is empty")
_OWN_ID: Final = Wording("노드마다 고유한 id로 한 행만 적으십시오", "give each node one row with an id of its own")
_ADD_NODE: Final = Wording("노드를 더하거나 id를 고치십시오", "add the node, or fix the id")
_NO_TIME: Final = (
    Wording("ISO 날짜나 일시가 아님", "not an ISO date or datetime"),
    Wording("2026-03-02처럼 적으십시오", "write it like 2026-03-02"),
)
_NO_SPLIT_NAME: Final = (
    Wording("분할 이름이 아님", "not a split"),
    Wording(f"다음 가운데 하나를 적으십시오: {', '.join(SPLITS)}", f"use one of {', '.join(SPLITS)}"),
)
_NO_WEIGHT: Final = (
    Wording("수가 아니거나 너무 큰 수", "not a number, or too large a one"),
    Wording("3e38보다 작은 유한한 수를 적거나 비워 두십시오", "write a finite number below 3e38, or leave it empty"),
)
"""Reason and remedy of a row whose cell cannot be used."""


def read_dataset(folder: Path) -> Dataset:
    """Read a folder; raises ``SourceError`` for files that cannot be read at all, ``ConfigError`` for the TOML."""
    spec = read_spec(folder)
    paths = table_files(folder / "edges")
    if not paths:
        raise SourceError(
            Wording(
                f"{folder / 'edges'}: CSV 파일이 없습니다. <SRC>__<REL>__<DST>.csv라는 이름으로 두십시오",
                f"{folder / 'edges'} holds no CSV file; name them <SRC>__<REL>__<DST>.csv",
            )
        )
    bad: list[BadRow] = []
    unknown = map(unknown_key, unknown_keys(spec.model_dump(by_alias=True)))
    notes = [Wording(f"dataset.toml: {each.ko}", f"dataset.toml: {each.en}") for each in unknown]
    notes += spec.notes
    tables = {path: read_table_file(path, ("src", "dst"), bad, notes) for path in paths}
    notes += [note for path in paths if (note := _unknown_columns(path, tables[path]))]
    keys = {path: _edge_key(path) for path in paths}
    nodes = {
        (label := composed(path.stem)): _read_nodes(path, spec.text.get(label, ()), bad, notes)
        for path in table_files(folder / "nodes")
    }
    for label in sorted({end for key in keys.values() for end in (key[0], key[2])} - set(nodes)):
        nodes[label] = _nodes_of_edges(label, tables, keys)
        count = len(nodes[label])
        notes.append(
            Wording(
                f"nodes/{label}.csv: 파일이 없어 노드 {count}개를 간선에서 가져왔습니다",
                f"nodes/{label}.csv is not there; its {count} nodes were taken from the edges",
            )
        )
    places = {label: pa.array(each.ids, pa.string()) for label, each in nodes.items()}
    relations = tuple(_read_edges(path, keys[path], tables[path], places, bad) for path in paths)
    return Dataset(folder, spec, nodes, relations, tuple(bad), tuple(notes), _hash(folder))


def _unknown_columns(path: Path, table: pa.Table) -> Wording | None:
    """Return a note on the columns of an edge file that nobody reads, None where there are none."""
    unknown = [name for name in table.column_names if name not in (*_EDGE_COLUMNS, LINE)]
    if not unknown:
        return None
    names, known = ", ".join(map(repr, unknown)), ", ".join(_EDGE_COLUMNS)
    return Wording(
        f"{short_name(path)}: 모르는 열이어서 읽지 않았습니다: {names}. 읽는 열: {known}",
        f"{short_name(path)}: not known and left aside: {names}; known columns are {known}",
    )


def _edge_key(path: Path) -> tuple[str, str, str]:
    match composed(path.stem).split("__"):
        case [source, *relation, target] if source and any(relation) and target:
            return source, "__".join(relation), target
    raise SourceError(
        Wording(
            f"{path}: 파일 이름이 <SRC>__<REL>__<DST>.csv 꼴이어야 합니다",
            f"{path}: the name must be <SRC>__<REL>__<DST>.csv",
        )
    )


def _read_nodes(path: Path, text_of: tuple[str, ...], bad: list[BadRow], notes: list[Wording]) -> Nodes:
    table = read_table_file(path, ("id",), bad, notes)
    ids, lines = table.column("id").to_pylist(), table.column(LINE).to_pylist()
    first: dict[str, int] = {}
    for row, node in enumerate(ids):
        if node and node not in first:
            first[node] = row
            continue
        reason = _NO_ID
        if node:
            before = lines[first[node]]
            reason = Wording(f"같은 id가 {before}번째 줄에 이미 있음", f"the id stands on line {before} already")
        bad.append(BadRow(short_name(path), lines[row], "id", node, reason, _OWN_ID))
    table = table.take(pa.array(list(first.values()), pa.int64()))
    names = [name for name in table.column_names if name not in ("id", LINE)]
    raw = {name: tuple(table.column(name).to_pylist()) for name in names}
    columns = tuple(column for name in names if (column := read_column(name, raw[name])) is not None)
    if absent := [name for name in text_of if name not in raw]:
        raise SourceError(
            Wording(
                f"{short_name(path)}: dataset.toml의 [text]에 적은 열이 없습니다: {', '.join(absent)}. "
                f"있는 열: {', '.join(raw) or 'id'}",
                f"{short_name(path)} has no column {', '.join(absent)}, which [text] of dataset.toml names; "
                f"it has {', '.join(raw) or 'only ids'}",
            )
        )
    return Nodes(composed(path.stem), tuple(first), columns, raw, text_of)


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

    def reject(faulty: Flags, name: str, reason: Wording, remedy: Wording) -> None:
        for row in np.flatnonzero(faulty & usable):
            value, line = str(table.column(name)[row].as_py()), table.column(LINE)[row].as_py()
            bad.append(BadRow(short_name(path), line, name, value[:200], *(swallowed(value) or (reason, remedy))))
        np.logical_and(usable, ~faulty, out=usable)

    ends = []
    for name, label in (("src", key[0]), ("dst", key[2])):
        at = pc.fill_null(pc.index_in(table.column(name), value_set=places[label]), -1)
        ends.append(np.asarray(at.to_numpy(), dtype=np.int64))
        absent = Wording(f"nodes/{label}.csv에 없는 id", f"nodes/{label}.csv has no such id")
        reject(ends[-1] < 0, name, absent, _ADD_NODE)
    time = np.full(size, np.datetime64("NaT"), dtype="datetime64[s]")
    if "time" in table.column_names:
        time, unread = parse_times(table.column("time").to_pylist())
        reject(unread, "time", *_NO_TIME)
    split = np.full(size, NO_SPLIT, dtype=np.int8)
    if "split" in table.column_names:
        names = pc.utf8_trim_whitespace(table.column("split"))
        split = pc.fill_null(pc.index_in(names, value_set=pa.array(SPLITS)), -1).to_numpy().astype(np.int8)
        unknown = (split < 0) & ~np.asarray(pc.equal(names, "").to_numpy(), dtype=bool)
        reject(unknown, "split", *_NO_SPLIT_NAME)
    weight = np.ones(size, dtype=np.float32)
    if "weight" in table.column_names:
        import pandas as pd

        values = pd.to_numeric(table.column("weight").to_pandas(), errors="coerce").to_numpy(np.float64)
        blank = np.asarray(pc.equal(pc.utf8_trim_whitespace(table.column("weight")), "").to_numpy(), dtype=bool)
        fits = np.abs(values) <= np.finfo(np.float32).max
        reject(~fits & ~blank, "weight", *_NO_WEIGHT)
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
