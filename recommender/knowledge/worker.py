"""Processes of a pool: each computes on one thread and goes with the one that started it; one that dies is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import parent_process
from threading import Thread

from graph_schema.errors import ModelError
from graph_schema.wording import Wording
from recommender.knowledge.one_thread import stay_on_one_thread


@contextmanager
def sudden_end_named() -> Iterator[None]:
    """Raise ``ModelError`` with the remedy where a process of a pool ends within the context."""
    try:
        yield
    except BrokenProcessPool as error:
        raise ModelError(
            Wording(
                "함께 계산하던 프로세스가 갑자기 끝났습니다. 메모리가 모자랐을 수 있습니다. 같은 명령을 `--jobs 1`과 "
                "함께 다시 실행하십시오",
                "a process that shared the work ended suddenly, perhaps for want of memory; run the same command again "
                "with `--jobs 1`",
            )
        ) from error


def begin_worker() -> None:
    """Let this process work for the one that started it."""
    Thread(target=_end_with_parent, daemon=True).start()
    stay_on_one_thread()


def _end_with_parent() -> None:
    """End once the parent was killed: a pool's queue is open at both ends here, so it would wait for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
