"""Lists made on several processes are those of one, in order, and no process is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from graph_schema.errors import ModelError, NotFoundError
from recommender.serve import many_lists
from recommender.serve.list_pool import Wanted, lists_by
from recommender.serve.many_lists import AskerBlock, blocks_of
from recommender.serve.recommender import open_recommender
from tests.recommender.serve.untrained import CALIBRATED, TODAY, city, write_home

_TASK = "programs"
_WAIT_S = 60.0
"""Longest wait for processes to come or go, on a machine that does much else."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("home")
    return write_home(folder, city().written(folder / "snapshots"), "content-knn", CALIBRATED)


@pytest.fixture
def blocks(home: Path, monkeypatch: pytest.MonkeyPatch) -> list[AskerBlock]:
    monkeypatch.setattr(many_lists, "_MOST_ASKERS", 7)
    found = blocks_of(open_recommender(home).bundle.data(_TASK))
    assert len(found) > 5
    return found


def wanted(home: Path) -> Wanted:
    return Wanted(home, "v1", _TASK, 3, TODAY)


def children() -> set[int]:
    return {each.pid for each in psutil.Process().children(recursive=True)}


def test_two_processes_make_the_lists_of_one(home: Path, blocks: list[AskerBlock]) -> None:
    lists = open_recommender(home).lists(_TASK, n=3, as_of=TODAY)
    before = children()
    assert list(lists_by(wanted(home), blocks, 2)) == [lists.of(block) for block in blocks]
    assert not [pid for pid in children() - before if "resource_tracker" not in " ".join(psutil.Process(pid).cmdline())]


def test_closed_before_the_end_it_makes_no_more(home: Path, blocks: list[AskerBlock]) -> None:
    """The thousands of blocks that are left would take minutes."""
    made = lists_by(wanted(home), blocks * 1_000, 1)
    assert len(next(made)) > 0
    made.close()


def test_a_process_that_dies_is_named_with_the_remedy(home: Path, blocks: list[AskerBlock]) -> None:
    before = children()
    made = lists_by(wanted(home), blocks * 1_000, 1)
    next(made)
    for pid in children() - before:
        if "resource_tracker" not in " ".join(psutil.Process(pid).cmdline()):
            os.kill(pid, signal.SIGKILL)
    with pytest.raises(ModelError, match="--jobs 1"):
        list(made)


def test_what_a_process_finds_wrong_is_raised_here(home: Path) -> None:
    with pytest.raises(NotFoundError, match="nonsense"):
        list(lists_by(replace(wanted(home), task="nonsense"), [AskerBlock("Company", 0, 1)], 1))


def test_processes_end_with_the_one_that_was_killed(home: Path, tmp_path: Path) -> None:
    """A killed run leaves nothing behind that holds memory and waits for work for ever."""
    script = tmp_path / "run.py"
    script.write_text(
        "from datetime import date\nfrom pathlib import Path\nimport time\n"
        "from recommender.serve.list_pool import Wanted, lists_by\n"
        "from recommender.serve.many_lists import AskerBlock\n"
        "if __name__ == '__main__':\n"
        f"    wanted = Wanted(Path({str(home)!r}), 'v1', {_TASK!r}, 3, date(2026, 3, 2))\n"
        "    made = lists_by(wanted, [AskerBlock('Company', 0, 1)] * 9, 2)\n"
        "    next(made)\n    print('made', flush=True)\n    time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "made\n"
        workers = psutil.Process(run.pid).children(recursive=True)
        os.kill(run.pid, signal.SIGKILL)
    assert len(workers) >= 2
    deadline = time.monotonic() + _WAIT_S
    while any(each.is_running() for each in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [each.pid for each in workers if each.is_running()] == []
