"""``dure evaluate``: compare scorers by a global time split, on real or on made-up facts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.answers import show_report
from cli.composition import read_settings
from cli.options import JsonOption
from cli.output import progress_shown, say, say_json


def register(app: typer.Typer) -> None:
    """Add the command of this file to ``app``."""
    app.command()(evaluate)


def evaluate(
    task: Annotated[str, typer.Option(help="partners, programs, experts, …")] = "partners",
    seeds: Annotated[int, typer.Option(min=1, help="How many seeds; the spread over them is shown")] = 5,
    out: Annotated[Path | None, typer.Option(help="Folder of the report; in DURE_HOME by default")] = None,
    *,
    synthetic: Annotated[
        bool, typer.Option("--synthetic", help="Made-up facts take part; the figures say nothing of the real world")
    ] = False,
    simple: Annotated[bool, typer.Option("--simple", help="Only the simple scorers, without the network")] = False,
    runs: Annotated[bool, typer.Option("--runs", help="Also write TREC run files of 100 lines a query")] = False,
    json: JsonOption = False,
) -> None:
    """Compare scorers by a global time split; write a report.

    Settings are chosen on the valid window, the test window is looked at once.
    """
    from recommender.knowledge.tasks import get_task
    from recommender.publish.contenders import all_contenders, simple_contenders
    from recommender.served.evaluation.figures import Settings as EvaluationSettings
    from recommender.served.evaluation.report import as_json, write_report
    from recommender.served.evaluation.runner import evaluate as run_evaluation
    from recommender.snapshot.snapshot import open_snapshot
    from recommender.text.encoder import encode_snapshot, load_encoder

    settings = read_settings()
    chosen = get_task(task)
    snapshot = open_snapshot(settings.files.snapshots)
    with progress_shown(quiet=json) as progress:
        vectors = encode_snapshot(snapshot, load_encoder(settings.encoder, settings.files.text_vectors), progress)
        report = run_evaluation(
            snapshot,
            chosen,
            simple_contenders() if simple else all_contenders(),
            vectors,
            EvaluationSettings(seeds=tuple(range(seeds)), include_synthetic=synthetic, run_depth=100 if runs else 0),
            progress,
        )
    folder = out or settings.files.reports / f"{task}-{report.data}"
    paths = write_report([report], folder)
    if json:
        say_json(as_json(report))
        return
    show_report(report)
    say(f"report: {paths[0]} and {paths[1]}")
