"""A running ``dure serve`` to be measured, on a free port of this machine and over a copy of a home."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx2
import psutil

T = TypeVar("T")
_LONGEST_START_S = 120.0


@dataclass(frozen=True)
class Server:
    """A running ``dure serve``."""

    address: str
    process: psutil.Process

    @property
    def memory_mb(self) -> float:
        """Resident memory."""
        return float(self.process.memory_info().rss) / 1e6


@contextmanager
def serving(home: Path) -> Iterator[Server]:
    """Serve ``home`` without keys, say how long that took, and yield the server once it is ready."""
    command = [str(Path(sys.executable).parent / "dure"), "serve", "--open", "--port", "0"]
    environment = os.environ | {"DURE_HOME": str(home)}
    with (home / "serve.log").open("w") as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)  # noqa: S603 - our own command
    try:
        assert process.stdout is not None
        line = next(line for line in process.stdout if "serving on" in line)
        address = line.split("serving on ")[1].split("/v1")[0]
        print(f"listening after {time.perf_counter() - start:.1f} s")
        while httpx2.get(f"{address}/health/ready").status_code != httpx2.codes.OK:
            if time.perf_counter() - start > _LONGEST_START_S:
                raise RuntimeError(f"not ready; the log: {(home / 'serve.log').read_text()[-2000:]}")
            time.sleep(0.1)
        print(f"ready after {time.perf_counter() - start:.1f} s")
        server = Server(address, psutil.Process(process.pid))
        print(f"memory {server.memory_mb:.0f} MB")
        yield server
    finally:
        process.kill()
        process.wait()


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Do ``work`` and return the seconds that it took with what it returned."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found
