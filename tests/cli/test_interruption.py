"""Ctrl-C, as a user meets it."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from tests.command_line import Run
from tests.recommender.folders import shop

GO_ON = "run the same command again to go on"


def _interrupt(*_: object, **__: object) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("inside", "arguments"),
    [
        ("recommender.lab.experiment.read_dataset", ("experiment", "run", "folder")),
        ("recommender.lab.experiment.read_dataset", ("experiment", "explain", "folder")),
        ("cli.commands.data.read_settings", ("load", "centers", "file.csv")),
    ],
)
def test_a_command_that_can_go_on_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str, arguments: tuple[str, ...]
) -> None:
    shop().write(tmp_path / "folder")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(inside, _interrupt)
    answer = run(*arguments)
    assert answer.exit_code == 130
    assert GO_ON in answer.stderr


def test_any_other_command_ends_without_a_promise(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.report.compare.find_runs", _interrupt)
    answer = run("experiment", "list")
    assert answer.exit_code == 130
    assert GO_ON not in answer.stderr
