"""What is told of work that takes long."""

from __future__ import annotations

import pytest

from cli import output
from cli.output import progress_shown


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Give a clock of which the only entry is the time."""
    now = [0.0]
    monkeypatch.setattr(output.time, "monotonic", lambda: now[0])
    return now


def test_the_time_left_is_the_rest_at_the_speed_so_far(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with progress_shown() as progress:
        progress("rows", 0, 300)
        clock[0] = 120.0
        progress("rows", 100, 300)
    assert capsys.readouterr().err == "rows: 100 of 300, about 4 min left\n"


def test_work_of_unknown_size_is_told_by_its_seconds(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with progress_shown() as progress:
        for clock[0] in (0.0, 5.0, 65.0):
            progress("read", 0, None)
        clock[0] = 70.0
        progress("pages", 0, None)
        clock[0] = 75.0
        progress("pages", 3, None)
    assert capsys.readouterr().err == "read: 5 s\nread: 65 s\npages: 3\n"


def test_a_task_that_begins_anew_under_its_name_is_timed_anew(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    """The second seed of a model has taken 10 seconds of 40, however long the first one took."""
    with progress_shown() as progress:
        for at in (0, 300, 600):
            clock[0] = float(at)
            progress("auto, test, seconds", at, 600)
        progress("auto, test, seconds", 0, 40)
        clock[0] = 610.0
        progress("auto, test, seconds", 10, 40)
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "auto, test, seconds: 10 of 40, under a minute left"
