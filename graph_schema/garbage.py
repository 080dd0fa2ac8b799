"""When Python looks for cycles of objects: not while much is made of which none is garbage."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Spare the search for cycles while millions of objects are made that hold none, such as rows of a load."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def keep_all() -> None:
    """Take all objects that are alive now out of the search: what comes later is searched on its own, and quickly.

    Earlier ones are searched once more, so that what has gone since the last call is freed. At the end of the process
    all are searched again, or DuckDB would print each of its own objects as leaked.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    atexit.unregister(gc.unfreeze)
    atexit.register(gc.unfreeze)
