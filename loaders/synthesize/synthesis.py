"""Make a city up around what a store holds, and write it there."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from graph_schema.catalog import element_type
from graph_schema.errors import ConfigError
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from loaders.claims import Claims
from loaders.synthesize.background import Background, read_background
from loaders.synthesize.city import build_city
from loaders.synthesize.courses import Tables
from loaders.synthesize.load_days import LoadDays
from loaders.synthesize.tables import city_tables
from stores.base import BATCH_ROWS, GraphStore, Outcome

_FEWEST_COMPANIES = 10
"""With fewer no share of the published figures can hold."""


@dataclass(frozen=True, slots=True)
class SynthesisReport:
    """What was made: rows by table, how many of them changed the store, what had to be skipped and why."""

    companies: int
    seed: int
    counts: Mapping[str, int]
    written: int
    skipped: tuple[Wording, ...]
    seconds: float


def synthesize(
    store: GraphStore,
    *,
    companies: int = 20_000,
    seed: int = 7,
    until: date = date(2026, 3, 1),
    progress: Progress = silent,
) -> SynthesisReport:
    """Make a city up around the real places, programmes and technologies of ``store``, and write it there.

    The same store content, ``companies``, ``seed`` and ``until`` give the same rows, so that a second run changes
    nothing; a run with other arguments adds to what an earlier one left. Dates lie in the five years before
    ``until``. Raises ``NotFoundError`` where the store lacks the real surroundings, ``ConfigError`` for fewer than
    ten companies.
    """
    if companies < _FEWEST_COMPANIES:
        raise ConfigError(
            Wording(
                f"companies={companies}: 도시를 만들기에 너무 적습니다. {_FEWEST_COMPANIES} 이상으로 적으십시오",
                f"companies={companies} is too few for a city; give at least {_FEWEST_COMPANIES}",
            )
        )
    began = time.perf_counter()
    background = read_background(store)
    city = build_city(background, companies=companies, seed=seed, until=until, progress=progress)
    tables = city_tables(city)
    counts = {name: table.num_rows for name, table in tables.items() if table.num_rows}
    written = _write(store, tables, LoadDays(city.until, seed), progress)
    return SynthesisReport(companies, seed, counts, written, _skipped(background), time.perf_counter() - began)


def _write(store: GraphStore, tables: Tables, days: LoadDays, progress: Progress) -> int:
    """Upsert all tables, nodes first, in batches; returns how many rows changed the store."""
    total = sum(table.num_rows for table in tables.values())
    done = written = 0
    claims = Claims(store)
    for name, table in tables.items():
        element = element_type(name)
        dated = days.dated(name, table)
        for first in range(0, table.num_rows, BATCH_ROWS):
            rows = dated.slice(first, BATCH_ROWS)
            outcomes = claims.upsert(element, rows)
            written += int(np.count_nonzero(outcomes == Outcome.WRITTEN))
            done += rows.num_rows
            progress("writing", done, total)
    return written


def _skipped(background: Background) -> tuple[Wording, ...]:
    skipped = []
    if not background.fields.num_rows:
        skipped.append(
            Wording(
                "저장소에 기술 분야가 없어 연구자, 공동 연구, 애로의 분야를 만들지 않음",
                "no TechField in the store: no researchers, no collaborations, no fields of needs",
            )
        )
    elif not background.institutions.num_rows:
        skipped.append(
            Wording(
                "저장소에 대학·연구소·기관이 없어 연구자의 소속을 만들지 않음",
                "no Institution in the store: researchers stay without affiliation",
            )
        )
    return tuple(skipped)
