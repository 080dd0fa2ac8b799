"""A command beside the one at work: what it prints, how it fails, how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from cli.beside import beside
from graph_schema.errors import DureError
from graph_schema.progress import silent

_WAIT_S = 60.0
"""Longest wait for processes to come or go, on a machine that does much else."""


def test_what_it_prints_is_kept_until_it_is_asked_for() -> None:
    with beside(["--version"]) as command:
        assert command.finished("the version", silent).startswith("dure ")


def test_whoever_waits_is_told_for_how_long() -> None:
    told: list[tuple[str, int | None]] = []
    with beside(["--version"]) as command:
        command.finished("the version", lambda what, _done, total: told.append((what, total)))
    assert set(told) == {("the version, seconds", None)}


def test_its_error_is_told_by_whom_it_was_run(tmp_path: Path) -> None:
    with (
        beside(["experiment", "run", str(tmp_path / "nowhere")]) as command,
        pytest.raises(DureError, match=r"^the evaluation failed: .*nowhere"),
    ):
        command.finished("the evaluation", silent)


def test_it_ends_where_the_other_fails() -> None:
    with pytest.raises(ZeroDivisionError), beside(["serve", "--help"]) as command:
        raise ZeroDivisionError
    assert command.process.poll() is not None


@pytest.mark.parametrize("signal_", [signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_the_process_that_began_it(tmp_path: Path, signal_: signal.Signals) -> None:
    """An evaluation of minutes would go on for nobody."""
    run = (
        "import sys, time\n"
        "from cli import beside\n"
        # In place of the command: it says that it runs, and goes on for minutes.
        "beside._MAIN = beside._MAIN.partition('from cli.main')[0] + 'import time; time.sleep(600)'\n"
        "with beside.beside([]) as command:\n"
        "    print(command.process.pid, flush=True)\n"
        "    time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", run], stdout=subprocess.PIPE, text=True, cwd=tmp_path) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        deadline = time.monotonic() + _WAIT_S
        while child.num_threads() < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert child.is_running()
        os.kill(parent.pid, signal_)
    while child.is_running() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not child.is_running()


def test_it_runs_to_its_end_and_tells_its_exit_code_though_nothing_is_written_to_it() -> None:
    with beside(["--version"]) as command:
        assert command.process.wait(_WAIT_S) == 0
