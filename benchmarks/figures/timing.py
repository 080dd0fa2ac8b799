"""Wall clock, processor time, peak memory and end of a job, kept over every time that it was started."""

from __future__ import annotations

import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import psutil

TIMING_FILE: Final = "timing.json"
_GIB: Final = 2**30
_MIB_OF_KIB: Final = 1024
_MIB: Final = 2**20
_EVERY_SECONDS: Final = 0.2
_KEEP_EVERY_SECONDS: Final = 15.0
_LIBRARIES: Final = ("numpy", "torch", "torch-geometric", "lightgbm")


@dataclass(frozen=True)
class Leg:
    """One start of a job: ``key`` says what it was to do; ``exit`` is its status, None where the end was not seen.

    ``load`` is that of the machine when it began: other work stretches ``seconds`` and hardly ``cpu_seconds``.
    """

    key: str
    started: str
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_mib: float = 0.0
    exit: int | None = None
    load: float = 0.0
    machine: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Timing:
    """All legs of a job, oldest first."""

    legs: tuple[Leg, ...] = ()

    @classmethod
    def read(cls, folder: Path) -> Timing:
        """Read what is kept in ``folder``; no legs where there is nothing, or nothing that can be read."""
        try:
            kept = json.loads((folder / TIMING_FILE).read_text(encoding="utf-8"))
            return cls(tuple(Leg(**leg) for leg in kept["legs"]))
        except (OSError, ValueError, KeyError, TypeError):
            return cls()

    def write(self, folder: Path) -> None:
        """Keep it, whole or not at all."""
        scratch = folder / f".{TIMING_FILE}"
        plain = {"seconds": self.seconds, "peak_mib": self.peak_mib, "legs": [asdict(leg) for leg in self.legs]}
        scratch.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")
        scratch.replace(folder / TIMING_FILE)

    @property
    def current(self) -> tuple[Leg, ...]:
        """Legs that did what the last one did: those that its result took."""
        return tuple(leg for leg in self.legs if leg.key == self.legs[-1].key)

    @property
    def seconds(self) -> float:
        """Wall clock of all legs of the result."""
        return sum(leg.seconds for leg in self.current)

    @property
    def peak_mib(self) -> float:
        """Most memory that any leg of the result held."""
        return max((leg.peak_mib for leg in self.current), default=0.0)

    def done(self, key: str) -> bool:
        """Tell whether the last leg did this, to a good end."""
        return bool(self.legs) and self.legs[-1].key == key and self.legs[-1].exit == 0


def run_job(command: Sequence[str], folder: Path, key: str) -> int:
    """Run a Python module (``-m`` and what follows) in a process of its own; return its exit status.

    What it took is kept in ``folder`` as it goes, so that a leg whose end nobody saw counts too. An interrupt stops the
    process, is kept as a leg, and goes on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = Timing.read(folder).legs
    load, started, began = os.getloadavg()[0], time.strftime("%Y-%m-%dT%H:%M:%S%z"), time.perf_counter()
    leg = Leg(key, started, load=round(load, 1), machine=machine())

    def keep(exit_status: int | None, cpu: float, peak: float) -> None:
        seconds = round(time.perf_counter() - began, 1)
        spent = {"seconds": seconds, "cpu_seconds": round(cpu, 1), "peak_mib": round(peak, 1), "exit": exit_status}
        Timing((*before, Leg(**(asdict(leg) | spent)))).write(folder)

    waiting = {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0"}
    process = os.posix_spawn(sys.executable, [sys.executable, *command], os.environ | waiting)
    try:
        return _watch(process, keep)
    except (KeyboardInterrupt, SystemExit):
        os.kill(process, signal.SIGTERM)
        _watch(process, keep)
        raise


def _watch(process: int, keep: Callable[[int | None, float, float], None]) -> int:
    """Wait for a process; keep what it took now and then, and at its end."""
    kept_at = 0.0
    while True:
        ended, status, usage = os.wait4(process, os.WNOHANG)
        if ended:
            exit_status = os.waitstatus_to_exitcode(status)
            keep(exit_status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _MIB_OF_KIB)
            return exit_status
        if time.monotonic() - kept_at >= _KEEP_EVERY_SECONDS:
            kept_at = time.monotonic()
            keep(None, *_so_far(process))
        time.sleep(_EVERY_SECONDS)


def _so_far(process: int) -> tuple[float, float]:
    """Processor seconds and resident memory in MiB of a process that is at work."""
    try:
        watched = psutil.Process(process)
        spent = watched.cpu_times()
        return spent.user + spent.system, watched.memory_info().rss / _MIB
    except psutil.Error:
        return 0.0, 0.0


def machine() -> dict[str, Any]:
    """Tell what a job runs on: processor, cores, memory, versions, and the commit of the project."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(psutil.virtual_memory().total / _GIB, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{name: version(name) for name in _LIBRARIES},
        "commit": _commit(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _commit() -> str:
    """Return the commit, with a + where files that it tracks were changed; empty outside a repository."""
    git, root = shutil.which("git"), Path(__file__).parent
    if git is None:
        return ""
    asked = [git, "describe", "--always", "--dirty=+", "--abbrev=12", "--exclude=*"]
    printed = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - git, fixed words
    return printed.stdout.strip()
