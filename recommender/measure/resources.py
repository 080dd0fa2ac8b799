"""Seconds and peak memory of a piece of work."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Final, Self

import psutil

_EVERY_SECONDS: Final = 0.02
"""A peak that lasts less is not seen; looking oftener would cost a share of a core."""
_MIB: Final = 2**20
"""Bytes."""


class Measured:
    """``with Measured() as m:`` then ``m.seconds`` and ``m.peak_mib``, the resident memory at its highest."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.peak_mib = 0.0
        self._process = psutil.Process()
        self._done = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._started = time.perf_counter()
        self._look()
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.seconds = time.perf_counter() - self._started
        self._done.set()
        self._watcher.join()
        self._look()

    def _watch(self) -> None:
        while not self._done.wait(_EVERY_SECONDS):
            self._look()

    def _look(self) -> None:
        self.peak_mib = max(self.peak_mib, self._process.memory_info().rss / _MIB)
