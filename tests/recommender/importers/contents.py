"""What folders hold, for comparison in tests."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

from recommender.knowledge.dataset import EdgeKey
from recommender.knowledge.folder.read import read_dataset
from recommender.knowledge.stages import Stage, StageName, build_stage


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edge_rows(folder: Path, key: EdgeKey) -> list[dict[str, str]]:
    """Return the rows of a relation."""
    return _rows(folder / "edges" / f"{'__'.join(key)}.csv")


def node_rows(folder: Path, label: str) -> list[dict[str, str]]:
    """Return the rows of a label."""
    return _rows(folder / "nodes" / f"{label}.csv")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_lines(path: Path, lines: list[str]) -> None:
    """Write a text file, packed where its name ends in ``.gz``."""
    text = "\n".join(lines) + "\n"
    if path.suffix == ".gz":
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.write(text)
    else:
        path.write_text(text, encoding="utf-8")


def stage_of(folder: Path, name: StageName) -> Stage:
    """Return a window of a folder, without text vectors."""
    return build_stage(read_dataset(folder), name, {})


def answers_of(folder: Path, name: StageName) -> dict[str, set[str]]:
    """Return the answers of each question of a window."""
    stage = stage_of(folder, name)
    queries, candidates = stage.known.queries.ids, stage.known.candidates.ids
    found = {queries[query]: set[str]() for query in stage.questions.query}
    for row, column in zip(*stage.positives.nonzero(), strict=True):
        found[queries[stage.questions.query[row]]].add(candidates[column])
    return found


def candidates_of(folder: Path, name: StageName) -> set[str]:
    """Return the candidates of a window."""
    stage = stage_of(folder, name)
    return {node for node, ranked in zip(stage.known.candidates.ids, stage.is_candidate, strict=True) if ranked}
