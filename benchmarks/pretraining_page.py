"""The figures of the pretrained network as tables of its card, everything else kept as people wrote it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow.parquet as pq

from benchmarks.figures.page import write_between
from benchmarks.figures.tables import interval, markdown_table, vars_of
from recommender.bench.catalogue import AUTO
from recommender.measure.arrays import Indices, Values
from recommender.measure.bootstrap import Difference, Interval
from recommender.measure.resampling import Resampling
from recommender.models.pretrained import FINE_TUNED, PRETRAINED
from recommender.report.files import METRICS_FILE, QUERIES_FILE
from recommender.scorers.registry import MAKERS

PAGE: Final = Path("docs/pretraining.md")
MARKERS: Final = (
    "<!-- figures: what stands between these two lines is written by `python -m benchmarks.pretraining` -->",
    "<!-- end of figures -->",
)
_POPULARITIES: Final = ("popularity", "recent-popularity")
SHIPS: Final = "package"
"""Row of the weights that ship, on sets that they did not learn from."""
_METRIC: Final = "ndcg@10"
_NONE: Final = "–"


@dataclass(frozen=True)
class SetFigures:
    """NDCG@10 of each test question of a set by row, (seeds, Q), and what is resampled together, ``groups`` (Q,).

    Rows of a run of the set are means over ``run_seeds`` seeds; without a run there is nothing to compare with.
    """

    name: str
    groups: Indices
    rows: Mapping[str, Values]
    run_seeds: int


def read_figures(name: str, questions: Sequence[str], parts: Path, runs: Path) -> SetFigures:
    """Read the parts of the network on a set, and the run of the set, whose rows are put in the order of questions."""
    kept = read_rows(parts / name)
    rows = {
        row: np.array([each["test"] for each in kept[row]]) for row in (PRETRAINED, FINE_TUNED, SHIPS) if row in kept
    }
    path = runs / name / QUERIES_FILE
    if not path.exists():
        return SetFigures(name, np.arange(len(questions)), rows, 0)
    table = pq.read_table(path)
    place = {query: at for at, query in enumerate(table["query"].to_pylist())}
    order = [place[query] for query in questions]
    for column in table.column_names:
        row, _, metric = column.partition("|")
        if metric == _METRIC:
            rows[row] = table[column].to_numpy()[order][None]
    seeds = json.loads((runs / name / METRICS_FILE).read_text(encoding="utf-8"))["seeds"]
    return SetFigures(name, table["group"].to_numpy()[order], rows, len(seeds))


def read_rows(folder: Path) -> Mapping[str, list[Mapping[str, list[float]]]]:
    """Return what is kept of each row, by seed."""
    found: dict[str, list[Mapping[str, list[float]]]] = {}
    for path in sorted(folder.glob("*.json")):
        row, _, _ = path.stem.rpartition("-")
        found.setdefault(row, []).append(json.loads(path.read_text(encoding="utf-8")))
    return found


def write_figures(page: Path, sets: Sequence[SetFigures]) -> None:
    """Write both tables into ``page`` between the markers."""
    lines = [*_against_simple(sets), "", *_against_engine(sets), ""]
    write_between(MARKERS, page, "# The pretrained network", lines)


def _against_simple(sets: Sequence[SetFigures]) -> list[str]:
    header = (
        "set",
        "questions",
        "best popularity",
        "best simple",
        "pretrained",
        "− popularity",
        "− best simple",
        SHIPS,
    )
    lines = []
    for each in sets:
        simple = [name for name in each.rows if name in MAKERS]
        popular, best = _best(each, [name for name in simple if name in _POPULARITIES]), _best(each, simple)
        named = [f"{name} {each.rows[name].mean():.3f}" if name else _NONE for name in (popular, best)]
        gains = [_difference(each, name) for name in (popular, best)]
        lines.append(
            (f"`{each.name}`", f"{len(each.groups):,}", *named, _spread(each, PRETRAINED), *gains, _spread(each, SHIPS))
        )
    return markdown_table(header, lines)


def _against_engine(sets: Sequence[SetFigures]) -> list[str]:
    header = ("set", "engine, learned on it", "pretrained / engine", "fine-tuned", "fine-tuned / engine")
    lines = []
    for each in sets:
        engine = f"{each.rows[AUTO].mean():.3f}, seeds: {each.run_seeds}" if AUTO in each.rows else _NONE
        tuned = _spread(each, FINE_TUNED)
        lines.append((f"`{each.name}`", engine, _ratio(each, PRETRAINED), tuned, _ratio(each, FINE_TUNED)))
    return markdown_table(header, lines)


def _best(each: SetFigures, names: Sequence[str]) -> str:
    """Return the one that did best on test, the hardest to beat; nothing where there is none."""
    return max(names, key=lambda name: float(each.rows[name].mean()), default="")


def _spread(each: SetFigures, name: str) -> str:
    """Mean and standard deviation over seeds."""
    if name not in each.rows:
        return _NONE
    means = each.rows[name].mean(axis=1)
    return f"{means.mean():.3f}" + (f" ± {means.std(ddof=1):.3f}" if len(means) > 1 else "")


def _difference(each: SetFigures, against: str) -> str:
    if not against:
        return _NONE
    found, _ = _compared(each, PRETRAINED, against)
    return interval({"mean": found.mean, "low": found.low, "high": found.high}, "+.3f")


def _ratio(each: SetFigures, name: str) -> str:
    found = _compared(each, name, AUTO)[1] if AUTO in each.rows else None
    return _NONE if found is None else f"{interval(vars_of(found), '.3f')} ×"


def _compared(each: SetFigures, name: str, against: str) -> tuple[Difference, Interval | None]:
    return Resampling(each.groups).compare(each.rows[name].mean(axis=0), each.rows[against].mean(axis=0))
