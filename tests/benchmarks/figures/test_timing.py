"""What a job took is kept over every time that it is started."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from benchmarks.figures.timing import TIMING_FILE, Leg, Timing, run_job


def test_a_job_is_kept_with_its_status_memory_and_machine(tmp_path: Path) -> None:
    assert run_job(["-c", "raise SystemExit(3)"], tmp_path, "first") == 3
    assert run_job(["-c", "block = bytearray(64 << 20)"], tmp_path, "first") == 0
    timing = Timing.read(tmp_path)
    assert [leg.exit for leg in timing.legs] == [3, 0]
    assert timing.peak_mib >= 64
    assert timing.done("first")
    assert not timing.done("second")
    assert {"python", "torch", "lightgbm", "cores", "memory_gib", "commit"} <= timing.legs[0].machine.keys()


def test_a_job_that_is_killed_has_a_negative_status(tmp_path: Path) -> None:
    assert run_job(["-c", "import os; os.kill(os.getpid(), 9)"], tmp_path, "x") == -9
    assert not Timing.read(tmp_path).done("x")


def test_an_interrupt_stops_the_job_and_is_kept(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    interrupts_then_sleeps = "import os, signal, time; os.kill(os.getppid(), signal.SIGALRM); time.sleep(600)"
    try:
        with pytest.raises(KeyboardInterrupt):
            run_job(["-c", interrupts_then_sleeps], tmp_path, "x")
    finally:
        signal.signal(signal.SIGALRM, before)
    assert [leg.exit for leg in Timing.read(tmp_path).legs] == [-signal.SIGTERM]


def test_only_legs_of_the_same_work_add_up(tmp_path: Path) -> None:
    legs = (Leg("old", "d", 100.0, 90.0, 900.0, 0), Leg("new", "d", 5.0, 4.0, 50.0, None), Leg("new", "d", 7.0, exit=0))
    Timing(legs).write(tmp_path)
    found = Timing.read(tmp_path)
    assert found.legs == legs
    assert (found.seconds, found.peak_mib) == (12.0, 50.0)
    assert found.done("new")


@pytest.mark.parametrize("text", ["", "{}", '{"legs": [{"other": 1}]}', '{"legs": 3}'])
def test_a_damaged_file_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / TIMING_FILE).write_text(text)
    assert Timing.read(tmp_path) == Timing()
