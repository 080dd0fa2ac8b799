"""``dure demo``: the whole path on Goyang's public data, from registers to explained recommendations."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.options import StoreOption


def register(app: typer.Typer) -> None:
    """Add the command of this file to ``app``."""
    app.command()(demo)


def demo(
    store: StoreOption = None,
    companies: Annotated[int, typer.Option(min=10, help="Size of the made-up city")] = 20_000,
    seeds: Annotated[int, typer.Option(min=1, help="Seeds of the evaluation")] = 5,
) -> None:
    """Run the whole path on Goyang's public data.

    Load, make a city up, snapshot, evaluate on real awards, train, recommend, draw. Run it again to go on.
    """
    from cli.demonstration import demonstrate

    demonstrate(store, companies=companies, seeds=seeds)
