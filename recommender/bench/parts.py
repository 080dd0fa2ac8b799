"""Finished outcomes on disk, so that a killed run goes on: each named by all that it depends on."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

import recommender
from graph_schema.wording import Wording
from recommender.bench.contender import hash_of
from recommender.bench.outcome import Cost, Lists, SeedOutcome
from recommender.bench.writing import written_to
from recommender.measure.ranks import PositiveRanks

_FIGURES: Final = ("measure/", "text/", "knowledge/", "bench/", "lab/")
"""What figures of both kinds of task depend on."""
_RECOMMEND: Final = ("scorers/", "engine/", "models/engine.py", "models/pretrained.py", "models/served.py")
_MODELS: Final[Mapping[str, tuple[str, ...]]] = {
    "recommend": _RECOMMEND,
    "serve": (
        *_RECOMMEND,
        "models/admitted.py",
        "rules/",
        "snapshot/",
        "publish/task_training.py",
        "publish/windows.py",
    ),
    "triples": ("triples/", "models/triples.py"),
}
"""By kind of task, its models; ``serve``: of a task of the graph behind its rules, which it is measured with."""
_REPORTING: Final = (
    "bench/estimate.py",
    "bench/heartbeat.py",
    "bench/model_names.py",
    "bench/schedule.py",
    "lab/__init__.py",
    "lab/options.py",
    "lab/results.py",
    "lab/run.py",
)
"""What only asks for figures or announces them: a change there keeps finished parts."""
_LEFT_OUT: Final[Mapping[str, tuple[str, ...]]] = {
    "recommend": (*_REPORTING, "bench/triple_bench.py"),
    "serve": (*_REPORTING, "bench/triple_bench.py"),
    "triples": (*_REPORTING, "bench/recommend_bench.py", "lab/explain.py"),
}
"""That, and what is for the other kind."""
_RANKS: Final = tuple(field.name for field in fields(PositiveRanks))
_LISTS: Final = tuple(field.name for field in fields(Lists))


class PartStore:
    """Outcomes in a folder; ``basis`` is what all of them depend on: data, code, text model."""

    def __init__(self, folder: Path, basis: Mapping[str, object]) -> None:
        """Raise ``ConfigError`` where the folder cannot be written: before a fit, not after it."""
        self._folder = folder
        self._basis = dict(basis)
        with written_to(folder.parent):
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()

    def get(self, name: str, key: Mapping[str, object]) -> SeedOutcome | None:
        """Return a finished outcome; None where there is none, or where its file is damaged."""
        path = self._path(name, key)
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                described = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
                ranks = PositiveRanks(*(arrays[f"ranks_{field}"] for field in _RANKS))
                lists = Lists(*(arrays[f"lists_{field}"] for field in _LISTS))
                spread = described["coverage"], described["gini"]
                cost = described["cost"] | {"curve": tuple(map(tuple, described["cost"]["curve"]))}
                note = described["note"] and Wording(*described["note"])
                bins = arrays["reliability"]
                return SeedOutcome(ranks, arrays["answers"], *spread, lists, bins, Cost(**cost), note)
        except (OSError, ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile):
            return None

    def put(self, name: str, key: Mapping[str, object], outcome: SeedOutcome) -> None:
        """Keep an outcome; a reader sees the whole of it or nothing. Raises ``ConfigError`` where that fails."""
        path = self._path(name, key)
        described = {
            "key": self._basis | dict(key),
            "coverage": outcome.coverage,
            "gini": outcome.gini,
            "cost": asdict(outcome.cost),
            "note": None if outcome.note is None else [*outcome.note],
        }
        arrays = {f"ranks_{field}": getattr(outcome.ranks, field) for field in _RANKS}
        arrays |= {f"lists_{field}": getattr(outcome.lists, field) for field in _LISTS}
        scratch = path.with_suffix(f".{os.getpid()}")
        with written_to(self._folder.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            scratch.write_text(json.dumps(described, indent=1, ensure_ascii=False), encoding="utf-8")
            scratch.replace(path.with_suffix(".json"))
            with scratch.open("wb") as file:
                np.savez_compressed(file, answers=outcome.answers, reliability=outcome.reliability, **arrays)
            scratch.replace(path)

    def _path(self, name: str, key: Mapping[str, object]) -> Path:
        return self._folder / name / f"{key['stage']}-seed{key['seed']}-{hash_of(self._basis | dict(key))}.npz"


@cache
def code_version(kind: str) -> str:
    """Return a hash of the sources that figures of a kind of ``_MODELS`` depend on."""
    root = Path(recommender.__file__).parent
    wanted = (*_FIGURES, *_MODELS[kind])
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if name.startswith(wanted) and name not in _LEFT_OUT[kind]:
            digest.update(f"{name}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
