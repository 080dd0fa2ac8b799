"""What a process of a pool does first: it computes on one thread, and goes when the one that started it does."""

from __future__ import annotations

import os
from multiprocessing import parent_process
from threading import Thread

from recommender.knowledge.one_thread import stay_on_one_thread


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
