"""Works out the scores of all known askers before anybody asks: on several processes, and on from where it stopped."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np

from graph_schema.errors import ConfigError
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from recommender.knowledge.tasks import Task, get_task
from recommender.knowledge.worker import begin_worker, sudden_end_named
from recommender.measure.arrays import Indices
from recommender.serve.recommender import Recommender, open_recommender
from recommender.serve.worker import open_in_worker
from stores.home import Home

_SPARE_BYTES: Final = 1 << 30
"""Disk that is left to others."""
_BATCH: Final = 128
"""Askers that are scored at a time: bounds the features in memory."""


@dataclass(frozen=True)
class Precomputed:
    """What is there of a task: its table's size, and how many askers this run scored."""

    task: str
    askers: int
    candidates: int
    scored: int
    bytes: int


def precompute(
    home: Path, tasks: Sequence[str] | None = None, *, jobs: int = 1, progress: Progress = silent
) -> list[Precomputed]:
    """Score all known askers of the model in service, and drop the scores of other models.

    ``tasks`` are all that ask for something else than askers by default: of companies for companies there would be
    billions. Scores that the model no longer gives are made again. Each of ``jobs`` processes opens the model for
    itself. Raises ``NotFoundError`` without a model, ``ConfigError`` where the disk has no room,
    ``ModelError`` where a process ended.
    """
    recommender = open_recommender(home)
    version = recommender.bundle.version
    chosen = tasks or [name for name in recommender.bundle.tasks if not _asks_for_askers(get_task(name))]
    scores = recommender.scores
    tables = {name: scores.table(name) for name in chosen}
    for name, table in tables.items():
        if not scores.agrees(name):
            shutil.rmtree(table.folder)
    parts = [(name, rows) for name, table in tables.items() for rows in table.missing()]
    _check_room(Home(home).scores, sum(tables[name].size_of(len(rows)) for name, rows in parts))
    scored = dict.fromkeys(chosen, 0)
    total, done = sum(len(rows) for _, rows in parts), 0
    with sudden_end_named(), ProcessPoolExecutor(jobs, get_context("spawn"), _open, (home, version)) as pool:
        waiting = {pool.submit(_score, name, rows): (name, len(rows)) for name, rows in parts}
        try:
            for future in as_completed(waiting):
                future.result()
                name, size = waiting[future]
                scored[name] += size
                done += size
                progress("precompute", done, total)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    for table in tables.values():
        table.finish()
    _drop_others(Home(home).scores, version)
    return [
        Precomputed(name, each.n_askers, each.n_candidates, scored[name], each.size) for name, each in tables.items()
    ]


def _asks_for_askers(task: Task) -> bool:
    return bool(set(task.query) & set(task.candidate))


def _check_room(folder: Path, size: int) -> None:
    there = next(parent for parent in (folder, *folder.resolve().parents) if parent.exists())
    free = shutil.disk_usage(there).free
    if size and free < size + _SPARE_BYTES:
        raise ConfigError(
            Wording(
                f"점수를 저장하려면 {size / 1e9:.1f} GB가 더 필요하나 {there}의 여유 공간은 {free / 1e9:.1f} GB입니다. "
                "공간을 비우거나 --task로 과제를 골라 계산하십시오",
                f"the scores take {size / 1e9:.1f} GB more and {there} has {free / 1e9:.1f} GB free; free some space, "
                "or name single tasks with --task",
            )
        )


def _drop_others(folder: Path, version: str) -> None:
    for each in folder.iterdir() if folder.exists() else ():
        if each.name != version:
            shutil.rmtree(each, ignore_errors=True)


_OPENED: list[Recommender] = []
"""The recommender of a process of the pool."""


def _open(home: Path, version: str) -> None:
    begin_worker()
    _OPENED.append(open_in_worker(home, version))


def _score(task: str, rows: Indices) -> None:
    scores = _OPENED[0].scores
    batches = np.array_split(rows, -(-len(rows) // _BATCH))
    scores.table(task).write(rows, np.concatenate([scores.computed(task, batch) for batch in batches]))
