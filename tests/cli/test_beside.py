"""A command beside the one at work: what it prints, how it fails, how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.beside import beside
from graph_schema.errors import DureError
from graph_schema.progress import silent


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
