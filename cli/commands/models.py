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
    json: JsonOption = False,
) -> None:
    """Train on the snapshot and put the model into service.

    What serves each task is chosen on later data.
    """
    from recommender.snapshot import open_snapshot
    from recommender.task_training import TrainConfig
    from recommender.tasks import TASKS
    from recommender.training import train as train_model

    settings = read_settings()
    config = TrainConfig(tasks=tuple(task or TASKS), until=parse_day(until), seed=seed, encoder=settings.encoder)
    with progress_shown(quiet=json) as progress:
        version = train_model(open_snapshot(settings.snapshots), settings.home, config, progress=progress)
    card = settings.models / version / "model_card.md"
    if json:
        say_json({"model_version": version, "model_card": str(card)})
    else:
        say(f"model {version} is in service; its card: {card}")


@app.command("list")
def list_(*, json: JsonOption = False) -> None:
    """List the models, the one in service marked."""
    from recommender.model_registry import ModelRegistry

    registry = ModelRegistry(read_settings().models)
    current = registry.current()
    if json:
        say_json({"current": current, "versions": registry.versions()})
    else:
        say_table("Models", ("version", ""), [(v, "in service" if v == current else "") for v in registry.versions()])


@app.command()
def promote(version: str) -> None:
    """Put a model into service."""
    from recommender.model_registry import ModelRegistry

    ModelRegistry(read_settings().models).promote(version)
    say(f"{version} is in service")


@app.command()
def rollback() -> None:
    """Put the model before this one back into service."""
    from recommender.model_registry import ModelRegistry

    say(f"{ModelRegistry(read_settings().models).rollback()} is in service again")
