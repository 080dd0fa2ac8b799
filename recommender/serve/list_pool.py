"""Makes the lists of all askers of a task on several processes, and gives them out in the order of the askers."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from recommender.knowledge.worker import begin_worker, sudden_end_named
from recommender.serve.many_lists import AskerBlock, Listed, ManyLists
from recommender.serve.worker import open_in_worker

_AHEAD: Final = 2
"""Blocks beside those being made that may wait to be taken, so that memory stays flat where the taker is slower."""
_FIELDS: Final = tuple(each.name for each in fields(Listed))


@dataclass(frozen=True)
class Wanted:
    """Lists of ``n`` results of ``task`` on ``day``, by the model ``version`` under ``home``."""

    home: Path
    version: str
    task: str
    n: int
    day: date


def lists_by(wanted: Wanted, blocks: Sequence[AskerBlock], jobs: int) -> Generator[list[Listed], None, None]:
    """Yield the lists of each block; each of ``jobs`` processes opens the model for itself.

    Raises what making a list raises, and ``ModelError`` where a process ended. Closed before its end it stops them.
    """
    # Each watches its parent from the start: one that was given no block yet would outlive it.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), begin_worker)
    try:
        waiting: deque[Future[list[list[Any]]]] = deque()
        with sudden_end_named():
            for block in blocks:
                waiting.append(pool.submit(_made, wanted, block))
                if len(waiting) == jobs + _AHEAD:
                    yield _unpacked(waiting.popleft().result())
            while waiting:
                yield _unpacked(waiting.popleft().result())
    finally:
        pool.shutdown(cancel_futures=True)


@lru_cache(1)
def _lists(wanted: Wanted) -> ManyLists:
    """Open the model in a process of the pool with the first block, so that what is wrong with it is told."""
    return open_in_worker(wanted.home, wanted.version).lists(wanted.task, n=wanted.n, as_of=wanted.day)


def _made(wanted: Wanted, block: AskerBlock) -> list[list[Any]]:
    """Return the lists of a block column by column, which travels at a third of the cost."""
    listed = _lists(wanted).of(block)
    return [[getattr(each, name) for each in listed] for name in _FIELDS]


def _unpacked(columns: list[list[Any]]) -> list[Listed]:
    return list(map(Listed, *columns))
