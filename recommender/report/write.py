"""Writes the files of a run: metrics, values of each query, run files, reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

from graph_schema.progress import Progress, silent
from recommender.bench.figures import WindowFigures
from recommender.bench.findings import Findings
from recommender.bench.outcome import SeedOutcome
from recommender.bench.run import ContenderRun
from recommender.bench.trec import write_qrels, write_run
from recommender.bench.writing import written_to
from recommender.report.explained import drop_explained_elsewhere, with_explained
from recommender.report.files import FIGURES_FILE, METRICS_FILE, PARTS, QUERIES_FILE, REPORT_FILE
from recommender.report.pages import markdown, webpage
from recommender.report.plain import as_plain, to_text, without_costs
from stores.file_lock import exclusive

_RANKS: Final = pa.schema(
    [
        ("model", pa.string()),
        ("seed", pa.int64()),
        ("query", pa.string()),
        ("answer", pa.string()),
        ("rank", pa.float64()),
        ("optimistic", pa.int64()),
        ("pessimistic", pa.int64()),
    ]
)


def write_findings(findings: Findings, out: Path, progress: Progress = silent, ranks: str = "") -> None:
    """Write all files of a run into ``out``.

    ``metrics.json`` has everything; ``figures.json`` the same without seconds and memory, so that two runs with equal
    seeds give equal files; ``queries.parquet`` every metric of every query, for comparisons between runs. With
    ``ranks``, ``csv`` or ``parquet``, the ranks of all answers are written, too. What was explained in the folder on
    the same data stays in the report, on other data it is removed. Of two runs that end in one folder at the same time
    the files are those of the later one, and of no mixture. Raises ``ConfigError`` where that fails.
    """
    data = findings.hashes["data"]
    steps: list[Callable[[], object]] = [
        lambda: drop_explained_elsewhere(out, data),
        lambda: _write_figures(findings, out),
        lambda: write_queries(findings.test, out / QUERIES_FILE),
        lambda: _write_runs(findings, out),
        lambda: write_ranks(findings.test, out, ranks),
        lambda: (out / REPORT_FILE).write_text(with_explained(markdown(findings), out, data), encoding="utf-8"),
        lambda: (out / "report.html").write_text(webpage(findings), encoding="utf-8"),
    ]
    with written_to(out), exclusive(out / PARTS / ".lock"):
        for done, step in enumerate(steps):
            progress("write", done, len(steps))
            step()
    progress("write", len(steps), len(steps))


def _write_figures(findings: Findings, out: Path) -> None:
    plain = as_plain(findings)
    (out / METRICS_FILE).write_text(to_text(plain), encoding="utf-8")
    (out / FIGURES_FILE).write_text(to_text(without_costs(plain)), encoding="utf-8")


def write_queries(window: WindowFigures, path: Path) -> None:
    """Write one row a query: its id, group, known pairs, and ``<model>|<metric>`` as the mean over seeds."""
    columns: dict[str, pa.Array] = {
        "query": pa.array(window.questions.names, pa.string()),
        "group": pa.array(window.questions.groups),
        "history": pa.array(window.questions.history),
    }
    for model in window.models:
        values = model.values["all"]
        columns |= {
            f"{model.name}|{metric}": pa.array(np.ascontiguousarray(values[:, place]))
            for place, metric in enumerate(window.metrics)
        }
    pq.write_table(pa.table(columns), path, compression="zstd")


def write_ranks(window: WindowFigures, out: Path, kind: str) -> None:
    """Write ``ranks.csv`` or ``ranks.parquet``: where each answer of each query stands, by model and seed.

    Ranks count from 1; within a tie ``rank`` is the mean place, ``optimistic`` the first and ``pessimistic`` the last.
    An older file is removed, with an empty ``kind`` too.
    """
    for stale in ("csv", "parquet"):
        (out / f"ranks.{stale}").unlink(missing_ok=True)
    if not kind:
        return
    path, writer = out / f"ranks.{kind}", csv.CSVWriter if kind == "csv" else pq.ParquetWriter
    with writer(path, _RANKS) as file:
        for table in rank_tables(window):
            file.write(table)


def rank_tables(window: WindowFigures) -> Iterator[pa.Table]:
    """Yield the ranks of all answers, a table a model and seed."""
    for model in window.models:
        for seed, outcome in zip(model.row.seeds, model.row.outcomes, strict=True):
            yield _ranks(window, model.name, seed, outcome)


def _ranks(window: WindowFigures, model: str, seed: int, outcome: SeedOutcome) -> pa.Table:
    questions, ranks = window.questions, outcome.ranks
    size = len(outcome.answers)
    columns = [
        pa.repeat(pa.scalar(model), size),
        pa.repeat(pa.scalar(seed, pa.int64()), size),
        pa.array(questions.list_names, pa.string()).take(pa.array(questions.lists[ranks.query])),
        pa.array(questions.answer_names, pa.string()).take(pa.array(outcome.answers)),
        pa.array(ranks.above + (ranks.tied + 1) / 2),
        pa.array(ranks.above + 1),
        pa.array(ranks.above + ranks.tied),
    ]
    return pa.Table.from_arrays(columns, schema=_RANKS)


def _write_runs(findings: Findings, out: Path) -> None:
    """Write a run file a model and seed, and the answers; a model asked for has a file for each seed.

    Equal ones where it needs none. The window with unseen queries has files of its own.
    """
    for stale in (*out.glob("run-*.trec"), *out.glob("unseen-*.trec"), *out.glob("*.qrels")):
        stale.unlink()
    seeds = findings.seeds
    for window, name, stem in ((findings.test, "test", "run"), (findings.hidden, "unseen", "unseen")):
        if window is None or not window.models:
            continue
        write_qrels(out / f"{name}.qrels", window.questions, window.models[0].row.outcomes[0])
        for model in window.models:
            for seed, at in _seeds(model.row, seeds if window is findings.test else seeds[:1]):
                path = out / f"{stem}-{model.name}-{seed}.trec"
                write_run(path, window.questions, model.row.outcomes[at], model.name)


def _seeds(row: ContenderRun, seeds: tuple[int, ...]) -> list[tuple[int, int]]:
    """Seeds whose run is written, each with the place of its outcome."""
    if len(row.seeds) == 1 and row.contender.asked:
        return [(seed, 0) for seed in seeds]
    return [(seed, at) for at, seed in enumerate(row.seeds)]
