"""What is told of work that takes long."""

from __future__ import annotations

import pytest

from cli import output
from cli.output import counted, heading, progress_shown, say_table


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


def test_a_table_in_a_file_has_each_row_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A row broken over lines is found by no ``grep``, and its figures by no ``awk``."""
    say_table("Runs", ("model", "value"), [["a" * 90, "0.5909 [0.5330, 0.6460]"], ["b" * 90, "c" * 90]])
    rows = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines() if line.strip()[:1] in ("a", "b")]
    assert [[cell.strip() for cell in row] for row in rows] == [
        ["a" * 90, "0.5909 [0.5330, 0.6460]"],
        ["b" * 90, "c" * 90],
    ]


def test_one_of_a_kind_is_told_in_the_singular() -> None:
    assert [counted(each, "row was", "rows were") for each in (0, 1, 2000)] == [
        "0 rows were",
        "1 row was",
        "2,000 rows were",
    ]


def test_a_heading_in_a_file_is_no_wider_than_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    heading("[bold]1. 공공데이터 적재[/]  0.2 min")
    blank, line = capsys.readouterr().out.splitlines()
    assert not blank
    assert line.startswith("1. 공공데이터 적재  0.2 min ─")
    assert len(line) <= 100
