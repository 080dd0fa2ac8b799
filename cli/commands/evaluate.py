"""``dure evaluate``: what may serve a task, compared as training compares it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.composition import read_settings
from cli.experiments import run_and_show
from cli.options import TASK_CHOICES, JsonOption
from cli.output import progress_shown
from graph_schema.errors import EvaluationError
from graph_schema.wording import NOTHING, Wording

if TYPE_CHECKING:
    from cli.settings import Settings
    from graph_schema.progress import Progress
    from recommender.bench.contender import Contender
    from recommender.lab.experiment import Opened
    from recommender.publish.task_training import TaskTrial, TrainConfig
    from recommender.snapshot.snapshot import Snapshot


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

    As `dure train` does: the same scorers, windows and askers, behind the same rules; nothing is put into service.
    """
    from cli.city import oracle_of
    from recommender.bench.catalogue import ModelChoice
    from recommender.bench.model_names import SERVED
    from recommender.knowledge.one_thread import one_thread
    from recommender.lab.experiment import Request
    from recommender.models.served import LEARNED, SIMPLE
    from recommender.publish.task_training import TrainConfig
    from recommender.snapshot.snapshot import open_snapshot

    settings = read_settings()
    results = out or settings.files.reports / (f"{task}-synthetic" if synthetic else task)
    scorers = SIMPLE if simple else (*SIMPLE, *LEARNED)
    config = TrainConfig((task,), scorers=scorers, encoder=settings.encoder, include_synthetic=synthetic)
    snapshot = open_snapshot(settings.files.snapshots)
    request = Request(
        results,
        results,
        ModelChoice((SIMPLE[0] if simple else SERVED,)),
        seeds=seeds,
        encoder=settings.encoder,
        oracle=oracle_of(settings, snapshot, quiet=json) if synthetic else None,
    )
    with one_thread():  # as training does: what is learned then does not depend on how many cores there are
        with progress_shown(quiet=json) as progress:
            opened = _opened(snapshot, config, settings, progress)
        run_and_show(request, json=json, opened=opened)


def _opened(snapshot: Snapshot, config: TrainConfig, settings: Settings, progress: Progress) -> Opened:
    """Return the windows by which training decides a task, and what competes there."""
    from recommender.knowledge.task_data import TaskData, TaskInput
    from recommender.knowledge.tasks import get_task
    from recommender.lab.experiment import Opened
    from recommender.publish.task_training import trial_of
    from recommender.text.encoder import encode_snapshot, load_encoder

    (task,) = (get_task(name) for name in config.tasks)
    encoder = load_encoder(config.encoder, settings.files.text_vectors)
    vectors = encode_snapshot(snapshot, encoder, progress)
    read = TaskInput(config.until, config.include_synthetic)
    trial = trial_of(TaskData(snapshot, task, vectors, read), config)
    if trial is None:
        made_up = Wording(
            ". 또는 --synthetic으로 만들어 낸 사실도 포함하십시오", ", or let made-up facts take part with --synthetic"
        )
        more = NOTHING if config.include_synthetic else made_up
        raise EvaluationError(
            Wording(
                f"{task.name}: 날짜가 있는 사실이 너무 적어 학습과 시험으로 나눌 수 없습니다. `dure train`은 이 과제를 "
                f"글의 가까움으로 추천합니다. 사실을 더 적재하십시오{more.ko}",
                f"{task.name}: too few dated facts for windows to choose and to test on, so `dure train` serves it by "
                f"likeness of texts; load more{more.en}",
            )
        )
    rows = tuple(map(_as_row, trial.contenders(config)))
    return Opened(trial.bench, rows, encoder.model_id, "serve", (_ranked_behind(trial),))


def _as_row(contender: Contender) -> Contender:
    """Return a contender as a report shows it: what learns under the name that it has on any folder."""
    from recommender.bench.contender import Role
    from recommender.bench.model_names import SERVED
    from recommender.models.served import SIMPLE

    if contender.role is Role.ENGINE:
        return replace(contender, name=SERVED, role=Role.SERVED, asked=True)
    return replace(contender, asked=contender.name == SIMPLE[0])


def _ranked_behind(trial: TaskTrial) -> Wording:
    """Say which rules stand before every scorer."""
    found = trial.admission.figures(trial.bench.stage("test"))
    asked, left_out = ", ".join(found.asked) or "–", ", ".join(found.disputed) or "–"
    return Wording(
        f"모든 모델을 자격 규칙 뒤에서 쟀습니다(적용: {asked}; 자료와 어긋나 뺀 규칙: {left_out}; 규칙이 막은 정답 "
        f"{found.forbidden_share:.1%})",
        f"all models stand behind the rules (asked: {asked}; left out since data contradict them: {left_out}; answers "
        f"that they forbid: {found.forbidden_share:.1%})",
    )
