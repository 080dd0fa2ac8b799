"""``dure train`` and ``dure models``: make a model, list, promote, roll back."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.composition import read_settings
from cli.options import JsonOption, parse_day
from cli.output import progress_shown, say, say_json, say_table

app = typer.Typer(help="List models, put one into service, go back to the one before.", no_args_is_help=True)


def register(root: typer.Typer) -> None:
    """Add the commands of this file to ``root``."""
    root.command()(train)
    root.add_typer(app, name="models")


def train(
    task: Annotated[list[str] | None, typer.Option("--task", help="Train this task only; may be repeated")] = None,
    seed: Annotated[int, typer.Option(help="The same seed makes the same model")] = 0,
    until: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Learn only from what was known before this day")
    ] = None,
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Let what is learned serve though it did not beat the simple; on the card")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Train on the snapshot and put the model into service.

    A learned model serves a task only where it beats the best simple scorer on later data.
    """
    from api.heard_rejections import read_rejections
    from recommender.bundle import read_spec
    from recommender.promotion import why
    from recommender.served_probability import meaning
    from recommender.snapshot import open_snapshot
    from recommender.task_training import TrainConfig
    from recommender.tasks import TASKS
    from recommender.training import train as train_model

    settings = read_settings()
    config = TrainConfig(
        tasks=tuple(task or TASKS), until=parse_day(until), seed=seed, encoder=settings.encoder, force=force
    )
    snapshot, rejections = open_snapshot(settings.files.snapshots), read_rejections(settings.files.feedback)
    with progress_shown(quiet=json) as progress:
        version = train_model(snapshot, settings.home, config, rejections=rejections, progress=progress)
    card = settings.files.models / version / "model_card.md"
    models = read_spec(settings.files.models / version).tasks
    if json:
        verdicts = {name: None if each.promotion is None else each.promotion.verdict for name, each in models.items()}
        say_json({"model_version": version, "model_card": str(card), "verdicts": verdicts})
        return
    for name, each in models.items():
        say(f"{name}: {why(each.promotion).en}")
        say(f"  {meaning(each.calibration).en}")
    say(f"model {version} is in service; its card: {card}")


@app.command("list")
def list_(*, json: JsonOption = False) -> None:
    """List the models, the one in service marked."""
    from recommender.model_registry import ModelRegistry

    registry = ModelRegistry(read_settings().files.models)
    current = registry.current()
    if json:
        say_json({"current": current, "versions": registry.versions()})
    else:
        say_table("Models", ("version", ""), [(v, "in service" if v == current else "") for v in registry.versions()])


@app.command()
def promote(version: str) -> None:
    """Put a model into service."""
    from recommender.model_registry import ModelRegistry

    ModelRegistry(read_settings().files.models).promote(version)
    say(f"{version} is in service")


@app.command()
def rollback() -> None:
    """Put the model before this one back into service."""
    from recommender.model_registry import ModelRegistry

    say(f"{ModelRegistry(read_settings().files.models).rollback()} is in service again")
