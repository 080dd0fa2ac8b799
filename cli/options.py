"""Options that several commands share."""

from __future__ import annotations

import os
import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final

import typer

from graph_schema.catalog import TASK_NAMES
from graph_schema.errors import ConfigError
from graph_schema.wording import Wording

if TYPE_CHECKING:
    from recommender.snapshot.snapshot import Snapshot

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TASKS: Final = (*TASK_NAMES,)
_YEARS: Final = range(1900, 2201)
_MOST_JOBS: Final = 2
"""Memory of an office's computer ends before its cores do."""
_SERVING_GB: Final = 0.4, 1.4
"""Memory of a process that serves a model, whatever it knows and for each million rows of the snapshot: .74 GB were
measured on the demonstration's .24 million, 1.9 on 1.14 million (docs/benchmarks.md)."""
_TRAINING_GB: Final = 1.2, 3.5
"""The same of a process that trains one: 1.6 GB on the demonstration, 3.4 to 4.7 on 1.14 million."""

TASK_CHOICES: Final = f"{', '.join(_TASKS[:-1])} or {_TASKS[-1]}"
"""The tasks as a help text names them."""
_URIS: Final = "path/graph.duckdb, bolt://…, neo4j://… or 'neo4j'"
StoreOption = Annotated[
    str | None,
    typer.Option("--store", metavar="URI", help=f"{_URIS}; DURE_STORE by default"),
]
Neo4jStoreOption = Annotated[str | None, typer.Option("--store", metavar="URI", help=_URIS)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs")]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The day the answer is for; today by default")
]


def default_jobs(gigabytes: float) -> int:
    """Return how many processes of so much memory share long work: one for each core, two at most, that have room."""
    import psutil

    room = int(psutil.virtual_memory().available / (gigabytes * 1e9))
    return max(1, min(_MOST_JOBS, os.cpu_count() or 1, room))


def training_jobs(snapshot: Snapshot) -> int:
    """Return on how many processes the tasks of a snapshot are trained by default."""
    return _jobs_with(_TRAINING_GB, snapshot)


def serving_jobs(snapshot: Snapshot) -> int:
    """Return on how many processes a model of a snapshot scores and lists by default."""
    return _jobs_with(_SERVING_GB, snapshot)


def _jobs_with(gigabytes: tuple[float, float], snapshot: Snapshot) -> int:
    least, each_million = gigabytes
    return default_jobs(least + each_million * snapshot.manifest.rows / 1e6)


def parse_day(text: str | None) -> date | None:
    """Read ``YYYY-MM-DD`` of the years 1900 to 2200; raises ``ConfigError`` for anything else."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise ConfigError(
            Wording(
                f"날짜가 아닙니다: {text!r}. 2026-03-02처럼 적으십시오",
                f"{text!r} is not a day; write it like 2026-03-02",
            )
        )
    if day.year not in _YEARS:
        raise ConfigError(
            Wording(
                f"{_YEARS[0]}년에서 {_YEARS[-1]}년 사이가 아닙니다: {text}. 연도를 고치십시오",
                f"{text} lies outside the years {_YEARS[0]} to {_YEARS[-1]}; correct the year",
            )
        )
    return day
