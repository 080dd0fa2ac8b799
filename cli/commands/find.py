"""``dure find``: nodes by what they are called or say of themselves."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.composition import read_settings, store_of
from cli.options import JsonOption, StoreOption
from cli.output import say, say_json, say_table
from graph_schema.catalog import node_type


def register(app: typer.Typer) -> None:
    """Add the command of this file to ``app``."""
    app.command()(find)


def find(
    words: Annotated[list[str], typer.Argument(help="Part of a name, of products, of a summary")],
    label: Annotated[list[str] | None, typer.Option("--label", help="Only such nodes, as Company; repeatable")] = None,
    n: Annotated[int, typer.Option("-n", min=1, max=1000, help="How many at most")] = 10,
    store: StoreOption = None,
    *,
    json: JsonOption = False,
) -> None:
    """Find nodes of the graph by words; what stands in the first column is accepted by other commands."""
    labels = [node_type(each).label for each in label or ()]
    text = " ".join(words)
    with store_of(read_settings(), store, read_only=True) as opened:
        hits = opened.search(text, labels=labels, limit=n)
    if json:
        say_json([{"ref": str(hit.ref), "caption": hit.caption, "score": hit.score} for hit in hits])
    elif hits:
        rows = [(str(hit.ref), hit.caption, node_type(hit.ref.label).ko) for hit in hits]
        say_table("Found", ("node", "called", "kind"), rows)
    else:
        say(f"nothing holds {text!r}")
