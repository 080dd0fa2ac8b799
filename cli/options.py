"""Options that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import typer

from graph_schema.errors import ConfigError

StoreOption = Annotated[
    str | None,
    typer.Option("--store", metavar="URI", help="duckdb:///path/graph.duckdb, bolt://…, neo4j://… or 'neo4j'"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs")]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The day the answer is for; today by default")
]


def parse_day(text: str | None) -> date | None:
    """Read an ISO day; raises ``ConfigError`` for anything else."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").astimezone().date()
    except ValueError:
        raise ConfigError(f"{text!r} is not a day; write it like 2026-03-02") from None
