"""``dure train`` and ``dure models``: make a model, list, promote, roll back."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.composition import read_settings
from cli.options import TASK_CHOICES, JsonOption, parse_day, training_jobs
from cli.output import progress_shown, say, say_json, say_table
from graph_schema.errors import ModelError
from graph_schema.wording import NOTHING, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from api.rejections import Unusable
    from recommender.publish.bundle import TaskModel
    from recommender.publish.succession import Succession

_NOW = Wording("현재", "now")
ReasonOption = Annotated[str, typer.Option(help="Why, for the history of models")]

app = typer.Typer(help="List models, put one into service, go back to the one before.", no_args_is_help=True)


def register(root: typer.Typer) -> None:
    """Add the commands of this file to ``root``."""
    root.command()(train)
    root.add_typer(app, name="models")


def train(
    task: Annotated[
        list[str] | None,
        typer.Option("--task", help=f"Train this task only, and carry the others over; repeat: {TASK_CHOICES}"),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed makes the same model")] = 0,
    until: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Learn only from what was known before this day")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why, for the history of models; which tasks by default")] = None,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Processes of 2 GB, large graphs more; by default two, where cores and memory allow"),
    ] = None,
    *,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Serve the learned model even if it did not beat the best simple one, and do not compare it with "
            "what serves now; the card says so",
        ),
    ] = False,
    no_promote: Annotated[bool, typer.Option("--no-promote", help="Write the model, but do not let it serve")] = False,
    json: JsonOption = False,
) -> None:
    """Train on the snapshot and put the model into service.

    The engine serves a task only where it beats the best simple scorer on later data, and what serves now goes on
    where it is better than its successor, or could not be compared with it. Tasks that are not trained
    are carried over where the model in service knows the same data; else it stays in service.
    Exit code 1 where a learned model failed in training, though others serve.
    """
    from api.rejections import read_rejections
    from cli.city import oracle_of
    from recommender.knowledge.tasks import TASKS
    from recommender.publish.bundle import read_bundle_spec
    from recommender.publish.registry import ModelRegistry
    from recommender.publish.succession import promote as put_into_service
    from recommender.publish.task_training import TrainConfig
    from recommender.publish.training import TrainInput, what_was_not_made
    from recommender.publish.training import train as train_model
    from recommender.snapshot.snapshot import open_snapshot

    settings = read_settings()
    config = TrainConfig(
        tasks=tuple(task or TASKS), until=parse_day(until), seed=seed, encoder=settings.encoder, force=force
    )
    snapshot, feedback = open_snapshot(settings.files.snapshots), read_rejections(settings.files.feedback)
    with progress_shown(quiet=json) as progress:
        oracle = oracle_of(settings, snapshot, quiet=json)
        beside = TrainInput(feedback.rejections, oracle, jobs or training_jobs(snapshot))
        version = train_model(snapshot, settings.home, config, beside=beside, progress=progress)
    registry = ModelRegistry(settings.files.models)
    because = reason or f"trained {', '.join(config.tasks)}"
    found, refusal = None, None
    if not no_promote:
        try:
            found = put_into_service(registry, version, because)
        except ModelError as error:
            refusal = error
    card, spec = registry.path(version) / "model_card.md", read_bundle_spec(registry.path(version))
    if json:
        verdicts = {name: _verdict(each) for name, each in spec.tasks.items()}
        result = {"model_version": version, "model_card": str(card), "verdicts": verdicts, **_as_json(found)}
        result |= {
            "failed": _failed(spec.tasks),
            "unjudged": {name: asdict(why) for name, why in spec.unjudged.items()},
        }
        say_json(result | {"unusable_feedback": [asdict(each) for each in feedback.unusable]})
    else:
        _say_models(spec.tasks, found)
        _say_unjudged(spec.unjudged)
        _say_unusable(feedback.unusable)
        state = _in_service(found) if found else Wording("저장했으나 서비스하지 않음", "is written, but not in service")
        say(Wording(f"모델 {version}: {state.ko}; 모델 카드: {card}", f"model {version} {state.en}; its card: {card}"))
    if refusal is not None:
        raise refusal
    if (lacking := what_was_not_made(spec)) is not None:
        raise ModelError(lacking)


def _as_json(found: Succession | None) -> dict[str, Any]:
    """Return what changed, for programs; ``found`` is None where nothing did."""
    if found is None:
        return {"in_service": False}
    names = [*found.now, *found.lost]
    tasks = {name: {"before": _served(found.before.get(name)), "now": _served(found.now.get(name))} for name in names}
    return {"in_service": True, "previous": found.previous, "compared_with_previous": False, "tasks": tasks}


def _served(model: TaskModel | None) -> dict[str, str | None] | None:
    return None if model is None else {"scorer": model.scorer, "verdict": _verdict(model)}


def _failed(models: Mapping[str, TaskModel]) -> dict[str, dict[str, dict[str, str]]]:
    """Return what could not be trained or tested, by task and name, and what happened to it."""
    return {
        name: {scorer: asdict(why) for scorer, why in each.promotion.failed.items()}
        for name, each in models.items()
        if each.promotion is not None and each.promotion.failed
    }


def _verdict(model: TaskModel) -> str | None:
    return None if model.promotion is None else model.promotion.verdict


def _say_models(models: Mapping[str, TaskModel], found: Succession | None) -> None:
    """Say what serves each task and why, and what served before where something did."""
    from recommender.publish.probability import meaning
    from recommender.publish.promotion import gap_words, what_failed, why

    for name, each in models.items():
        before = found.before.get(name) if found else None
        change = f"{before.scorer} ({_verdict(before)}) → " if before else ""
        served, because = f"{name}: {change}{each.scorer} ({_verdict(each)}: ", why(each.promotion)
        carried = NOTHING
        if each.carried_from:
            carried = Wording(f", {each.carried_from}에서 이어받음", f", carried over from {each.carried_from}")
        say(Wording(f"{served}{because.ko}){carried.ko}", f"{served}{because.en}){carried.en}"))
        for failure in what_failed(each.promotion):
            say(Wording(f"  {failure.ko}", f"  {failure.en}"))
        likely = meaning(each.calibration)
        say(Wording(f"  {likely.ko}", f"  {likely.en}"))
        if each.gap_closed is not None:
            known = gap_words(each.gap_closed)
            say(Wording(f"  {known.ko}", f"  {known.en}"))


def _say_unjudged(tasks: Mapping[str, Wording]) -> None:
    for name, why in tasks.items():
        say(Wording(f"{name}: {why.ko}", f"{name}: {why.en}"))


def _say_unusable(rows: Sequence[Unusable]) -> None:
    for each in rows:
        numbers = ", ".join(map(str, each.first)) + (", …" if each.count > len(each.first) else "")
        say(
            Wording(
                f"제외한 피드백 {each.count:,}건: {each.why.ko} (순번 {numbers})",
                f"feedback left out: {each.count:,} × {each.why.en} (sequence {numbers})",
            )
        )
    if rows:
        say(
            Wording(
                "  `dure feedback list`로 보고, `dure feedback withdraw`로 거두면 이 목록에서 빠집니다",
                "  see them with `dure feedback list`; `dure feedback withdraw` takes them out of this report",
            )
        )


def _in_service(found: Succession) -> Wording:
    if found.previous in (None, found.version):
        return Wording("서비스 중", "is in service")
    return Wording(f"{found.previous} 대신 서비스 중", f"is in service in place of {found.previous}")


@app.command("list")
def list_(*, json: JsonOption = False) -> None:
    """List the models, which one serves, and when each served."""
    from recommender.publish.registry import ModelRegistry

    registry = ModelRegistry(read_settings().files.models)
    current, periods = registry.current(), registry.periods()
    if json:
        served = {name: [{"from": start, "until": end} for start, end in of] for name, of in periods.items()}
        say_json({"current": current, "versions": registry.versions(), "served": served})
        return
    rows = [
        (
            version,
            Wording("서비스 중", "in service") if version == current else "",
            Wording(*(", ".join(f"{start} … {end or now}" for start, end in periods.get(version, ())) for now in _NOW)),
        )
        for version in registry.versions()
    ]
    header = (Wording("버전", "version"), "", Wording("서비스 기간(UTC)", "served (UTC)"))
    say_table(Wording("모델", "Models"), header, rows)


@app.command()
def promote(
    version: Annotated[str, typer.Argument(help="As `dure models list` shows it")],
    reason: ReasonOption = "by hand",
    *,
    drop_tasks: Annotated[
        bool, typer.Option("--drop-tasks", help="Let go of tasks that serve now and that it does not answer")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Put a model into service; refused where tasks would be lost."""
    from recommender.publish.registry import ModelRegistry
    from recommender.publish.succession import promote as put_into_service

    registry = ModelRegistry(read_settings().files.models)
    _say_change(put_into_service(registry, version, reason, drop_tasks=drop_tasks), json=json)


@app.command()
def rollback(reason: ReasonOption = "by hand", *, json: JsonOption = False) -> None:
    """Put the model before this one back into service.

    Each time it goes one step further back.
    """
    from recommender.publish.registry import ModelRegistry
    from recommender.publish.succession import rollback as go_back

    _say_change(go_back(ModelRegistry(read_settings().files.models), reason), json=json)


def _say_change(found: Succession, *, json: bool) -> None:
    if json:
        say_json({"model_version": found.version, **_as_json(found)})
        return
    _say_models(found.now, found)
    for name in found.lost:
        before = f"{name}: {found.before[name].scorer}"
        say(Wording(f"{before} → 더는 답하지 않음", f"{before} → no longer answered"))
    state = _in_service(found)
    say(Wording(f"{found.version}: {state.ko}", f"{found.version} {state.en}"))
