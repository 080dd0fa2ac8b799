"""``dure train`` and ``dure models``: make a model, list, promote, roll back."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import AsOfOption, JsonOption, parse_day
from cli.output import progress_shown, say, say_json, say_table
from cli.settings import Settings

app = typer.Typer(help="List models, put one into service, go back to the one before.", no_args_is_help=True)


def register(root: typer.Typer) -> None:
    """Add the commands of this file to ``root``."""
    root.command()(train)
    root.add_typer(app, name="models")


def train(
    task: Annotated[list[str] | None, typer.Option("--task", help="Train this task only; may be repeated")] = None,
    seed: Annotated[int, typer.Option(help="The same seed makes the same model")] = 7,
    *,
    until: AsOfOption = None,
    json: JsonOption = False,
) -> None:
    """Train on the current snapshot, choose the blend on later data, put the model into service."""
    from recommender.model_registry import ModelRegistry
    from recommender.snapshot import open_snapshot
    from recommender.tasks import TASKS, get_task
    from recommender.text import load_encoder
    from recommender.training import train as train_model

    settings = Settings()
    with progress_shown(quiet=json) as progress:
        version = train_model(
            open_snapshot(settings.snapshots),
            tasks=[get_task(name) for name in task or TASKS],
            encoder=load_encoder(settings.encoder, cache=settings.cache),
            registry=ModelRegistry(settings.models),
            until=parse_day(until),
            seed=seed,
            progress=progress,
        )
    if json:
        say_json({"model_version": version, "path": str(settings.models / version)})
    else:
        say(f"model {version} is in service; its card: {settings.models / version / 'model_card.md'}")


@app.command("list")
def list_(*, json: JsonOption = False) -> None:
    """List the models, the one in service marked."""
    from recommender.model_registry import ModelRegistry

    registry = ModelRegistry(Settings().models)
    current = registry.current()
    if json:
        say_json({"current": current, "versions": registry.list()})
    else:
        say_table("Models", ("version", ""), [(v, "in service" if v == current else "") for v in registry.list()])


@app.command()
def promote(version: str) -> None:
    """Put a model into service."""
    from recommender.model_registry import ModelRegistry

    ModelRegistry(Settings().models).promote(version)
    say(f"{version} is in service")


@app.command()
def rollback() -> None:
    """Put the model before this one back into service."""
    from recommender.model_registry import ModelRegistry

    say(f"{ModelRegistry(Settings().models).rollback()} is in service again")
