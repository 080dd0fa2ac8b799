"""Opens a model in a process of a pool, which goes when the one that started it does."""

from __future__ import annotations

import os
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread

from graph_schema.garbage import keep_all
from recommender.knowledge.one_thread import stay_on_one_thread
from recommender.serve.recommender import Recommender, open_recommender


def open_in_worker(home: Path, version: str) -> Recommender:
    """Open a model for as long as the process of a pool works; raises as ``open_recommender`` does."""
    Thread(target=_end_with_parent, daemon=True).start()
    stay_on_one_thread()
    recommender = open_recommender(home, version=version)
    keep_all()  # what was opened stays, so no search for cycles need pass it
    return recommender


def _end_with_parent() -> None:
    """End once the parent was killed: a pool's queue is open at both ends here, so it would wait for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
