"""Parts of a benchmark, each in a process of its own, kept in a file so that a stopped benchmark goes on."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_MIB = 1024


@dataclass(frozen=True)
class Part:
    """``kind`` says what is done, by what and at which size; a part with other settings is another part."""

    kind: str
    companies: int
    steps: int
    seed: int = 0
    threads: int = 1
    device: str = "cpu"
    evaluations: int = 0

    @property
    def name(self) -> str:
        """Name of its file."""
        return f"{self.kind}-{self.companies}-{self.steps}steps-{self.threads}threads-{self.device}-seed{self.seed}"


class Clock:
    """``with clock:`` adds to ``seconds``, wall clock, and ``cpu``, which other work hardly lengthens."""

    def __init__(self) -> None:
        self.seconds = self.cpu = 0.0

    def __enter__(self) -> Self:
        self._started = time.perf_counter(), time.process_time()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.seconds += time.perf_counter() - self._started[0]
        self.cpu += time.process_time() - self._started[1]

    def rounded(self) -> dict[str, float]:
        """Both figures."""
        return {"seconds": round(self.seconds, 3), "cpu_seconds": round(self.cpu, 3)}


def finished(part: Part, module: str, out: Path) -> dict[str, Any]:
    """Return the figures of a part; do it first, unless its file is there."""
    path = out / f"{part.name}.json"
    if not path.exists():
        print(f"{part.name} ...", flush=True)
        settings = json.dumps(asdict(part))
        command = [sys.executable, "-m", module, "--out", str(out), "--part", settings]
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), str(part.threads))
        waiting = {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0"}
        subprocess.run(command, check=True, env=os.environ | threads | waiting)  # noqa: S603 - itself
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def keep(part: Part, figures: Mapping[str, Any], out: Path) -> None:
    """Write the figures of a part, whole or not at all."""
    out.mkdir(parents=True, exist_ok=True)
    text = json.dumps({**asdict(part), **figures, "machine": machine()}, indent=1)
    scratch = out / f".{part.name}"
    scratch.write_text(text + "\n", encoding="utf-8")
    scratch.replace(out / f"{part.name}.json")


def parts_named(names: Sequence[str]) -> list[Part]:
    """Read parts as ``finished`` passes them on."""
    return [Part(**json.loads(name)) for name in names]


def peak_mib() -> float:
    """Return the most memory that this process has held, in MiB.

    Linux hands ``ru_maxrss`` down from the process that started this one; its own peak stands in ``/proc``.
    """
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return round(int(peak.split()[1]) / _MIB, 1)
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB, 1)


def machine() -> dict[str, Any]:
    """Tell what the figures were measured on, and how busy it was."""
    return {
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        **{name: version(name) for name in ("torch", "torch-geometric", "numpy", "scipy")},
    }
