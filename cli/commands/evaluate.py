"""``dure evaluate``: an experiment on a task of the graph, by a shorter name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.commands import experiment
from cli.composition import read_settings
from cli.options import TASK_CHOICES, JsonOption


def register(app: typer.Typer) -> None:
    """Add the command of this file to ``app``."""
    app.command()(evaluate)


def evaluate(
    task: Annotated[str, typer.Option(help=TASK_CHOICES)] = "partners",
    seeds: Annotated[int, typer.Option(min=1, help="How many seeds; the spread over them is shown")] = 5,
    out: Annotated[Path | None, typer.Option(help="Folder of the results; in DURE_HOME by default")] = None,
    *,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="Made-up facts take part; the figures say nothing of the real world")
    ] = False,
    simple: Annotated[bool, typer.Option("--simple", help="Only the simple scorers, without the engine")] = False,
    json: JsonOption = False,
) -> None:
    """Compare what may serve a task, on later data.

    The same as `dure experiment run --task`, with the results in DURE_HOME.
    """
    results = out or read_settings().files.reports / (f"{task}-synthetic" if synthetic else task)
    model = ["popularity" if simple else "auto"]
    experiment.run(out=results, model=model, seeds=seeds, task=task, synthetic=synthetic, json=json)
