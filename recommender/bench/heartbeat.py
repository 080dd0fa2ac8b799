"""Says at a steady pace that work goes on, however long one piece of it takes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

BEAT_SECONDS: Final = 15.0
"""Often enough to see that a run lives, seldom enough for a log."""


@contextmanager
def beating(report: Callable[[], None], every: float = BEAT_SECONDS) -> Iterator[None]:
    """Call ``report`` every so many seconds, from a thread of its own, while the block runs."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(every):
            report()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
