"""Trains the tasks of a bundle, one after the other or on several processes; either way they learn the same."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_schema.progress import Progress
from recommender.knowledge.one_thread import one_thread
from recommender.knowledge.oracle import Oracle
from recommender.knowledge.rejections import Rejection
from recommender.knowledge.task_data import TaskData, TaskInput
from recommender.knowledge.tasks import get_task
from recommender.knowledge.worker import begin_worker, sudden_end_named
from recommender.measure.arrays import Floats
from recommender.publish.bundle import TaskModel
from recommender.publish.task_training import TrainConfig, TrainedTask, Unjudged, train_task
from recommender.snapshot.snapshot import Snapshot, open_snapshot

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

    _Report = tuple[str, int, int | None]

_ALL: Final = "train tasks"
"""What is reported of all tasks."""
_SECONDS: Final = 0.5
"""How often what the processes report is looked at."""


@dataclass(frozen=True)
class TaskTrainer:
    """Trains tasks on one state of knowledge.

    ``rejections`` are those that may be learned from, ``serving`` what serves each task now, by its name.
    """

    snapshot: Snapshot
    vectors: Mapping[str, Floats]
    config: TrainConfig
    rejections: tuple[Rejection, ...]
    serving: Mapping[str, TaskModel]
    oracle: Oracle | None

    def train(self, name: str, progress: Progress) -> TrainedTask | Unjudged:
        """Train one task, on one thread: what it learns does not depend on how many cores there are."""
        read = TaskInput(self.config.until, self.config.include_synthetic, self.rejections)
        with one_thread():
            data = TaskData(self.snapshot, get_task(name), self.vectors, read)
            return train_task(data, self.config, progress, serving=self.serving.get(name), oracle=self.oracle)


def train_tasks(
    trainer: TaskTrainer, names: Sequence[str], jobs: int, progress: Progress
) -> dict[str, TrainedTask | Unjudged]:
    """Train tasks on ``jobs`` processes, or as many as there are tasks; returns them in the order of ``names``.

    Raises what training a task raises, when those that were begun are done, and ``ModelError`` where a process ended.
    """
    progress(_ALL, 0, len(names))
    trained = {}
    jobs = min(jobs, len(names))
    for name, task in _in_turn(trainer, names, progress) if jobs <= 1 else _beside(trainer, names, jobs, progress):
        trained[name] = task
        progress(_ALL, len(trained), len(names))
    return {name: trained[name] for name in names}


def _in_turn(
    trainer: TaskTrainer, names: Iterable[str], progress: Progress
) -> Iterator[tuple[str, TrainedTask | Unjudged]]:
    for name in names:
        yield name, trainer.train(name, progress)


def _beside(
    trainer: TaskTrainer, names: Iterable[str], jobs: int, progress: Progress
) -> Iterator[tuple[str, TrainedTask | Unjudged]]:
    """Yield each task when it is trained."""
    context = get_context("spawn")
    reports: Queue[_Report] = context.Queue()
    with tempfile.TemporaryDirectory(prefix="dure-train-") as folder:
        stored = _stored(trainer, Path(folder))
        with sudden_end_named(), ProcessPoolExecutor(jobs, context, _begin, (stored, reports)) as pool:
            # What has most to learn from takes longest, and must not be begun last.
            longest = sorted(names, key=partial(_links, trainer.snapshot), reverse=True)
            waiting = {pool.submit(_trained, name): name for name in longest}
            try:
                while waiting:
                    done = wait(waiting, _SECONDS, FIRST_COMPLETED).done
                    for report in _arrived(reports):
                        progress(*report)
                    for future in done:
                        yield waiting.pop(future), future.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise


def _links(snapshot: Snapshot, task: str) -> int:
    return sum(len(snapshot.table(relation)) for relation in get_task(task).targets)


@dataclass(frozen=True)
class _Stored:
    """A ``TaskTrainer`` as it travels; of tables and vectors, read from files, all processes share one copy."""

    snapshot: Path
    vectors: Mapping[str, Path]
    config: TrainConfig
    rejections: tuple[Rejection, ...]
    serving: Mapping[str, TaskModel]
    oracle: Oracle | None

    def opened(self) -> TaskTrainer:
        snapshot = open_snapshot(self.snapshot.parent, self.snapshot.name)
        vectors = {label: np.asarray(np.load(path, mmap_mode="r")) for label, path in self.vectors.items()}
        return TaskTrainer(snapshot, vectors, self.config, self.rejections, self.serving, self.oracle)


def _stored(trainer: TaskTrainer, folder: Path) -> _Stored:
    vectors = {label: folder / f"{label}.npy" for label in trainer.vectors}
    for label, path in vectors.items():
        np.save(path, trainer.vectors[label])
    others = trainer.config, trainer.rejections, dict(trainer.serving), trainer.oracle
    return _Stored(trainer.snapshot.path, vectors, *others)


def _arrived(reports: Queue[_Report]) -> Iterator[_Report]:
    with suppress(Empty):
        while True:
            yield reports.get_nowait()


_OPENED: list[tuple[TaskTrainer, Progress]] = []
"""What a process of the pool trains with, and where it reports."""


def _begin(stored: _Stored, reports: Queue[_Report]) -> None:
    begin_worker()
    _OPENED.append((stored.opened(), lambda *report: reports.put(report)))


def _trained(name: str) -> TrainedTask | Unjudged:
    trainer, progress = _OPENED[0]
    return trainer.train(name, progress)
