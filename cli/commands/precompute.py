"""``dure precompute``: score all known companies before anybody asks."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from cli.composition import read_settings
from cli.options import JsonOption, serving_jobs
from cli.output import progress_shown, say, say_json, say_table
from graph_schema.wording import Wording


def register(app: typer.Typer) -> None:
    """Add the command of this file to ``app``."""
    app.command()(precompute)


def precompute(
    task: Annotated[
        list[str] | None,
        typer.Option("--task", help="This task only; may be repeated; by default all but R&D partners"),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Processes of 700 MB, large graphs more; by default two, given room"),
    ] = None,
    *,
    json: JsonOption = False,
) -> None:
    """Score all known companies beforehand, for quick answers.

    Run it after `dure train`: a server that runs takes the scores up by itself, and `dure recommend --all` reads
    them. Stopped, it goes on from there. Answers are the same without; the lists of who takes a candidate get better,
    since all companies are compared and not the likeliest alone. Scores of other models are deleted.
    """
    from recommender.serve.precompute import precompute as work_out
    from recommender.snapshot.snapshot import open_snapshot

    settings = read_settings()
    jobs = jobs or serving_jobs(open_snapshot(settings.files.snapshots))
    with progress_shown(quiet=json) as progress:
        found = work_out(settings.home, task, jobs=jobs, progress=progress)
    if json:
        say_json([asdict(each) for each in found])
        return
    rows = [(each.task, each.askers, each.candidates, each.scored, f"{each.bytes / 1e6:,.0f} MB") for each in found]
    header = (
        Wording("과제", "task"),
        Wording("질의자", "askers"),
        Wording("후보", "candidates"),
        Wording("이번에 계산", "scored now"),
        Wording("크기", "size"),
    )
    say_table(Wording("점수", "Scores"), header, rows, right=(1, 2, 3, 4))
    say(
        Wording(
            f"저장: {settings.files.scores}; 실행 중인 서버도 이제 이 점수를 읽습니다",
            f"in {settings.files.scores}; a server that runs reads them from now on",
        )
    )
