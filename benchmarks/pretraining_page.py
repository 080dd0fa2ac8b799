"""The figures of the pretrained network as tables of its card, everything else kept as people wrote it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.figures.page import write_between
from benchmarks.figures.tables import interval, markdown_table, vars_of
from benchmarks.pretraining_sets import PublicSet
from recommender.measure.arrays import Indices, Values
from recommender.measure.resampling import Resampling
from recommender.models.engine import ENGINE
from recommender.models.pretrained import FINE_TUNED, PRETRAINED

PAGE: Final = Path("docs/pretraining.md")
MARKERS: Final = (
    "<!-- figures: what stands between these two lines is written by `python -m benchmarks.pretraining` -->",
    "<!-- end of figures -->",
)
_POPULARITIES: Final = ("popularity", "recent-popularity")
_LEARNED: Final = (PRETRAINED, FINE_TUNED, ENGINE)
_NONE: Final = "–"


@dataclass(frozen=True)
class SetFigures:
    """What was measured on a set: ``groups`` (Q,) of its test questions, ``folder`` with a file a row and seed."""

    of: PublicSet
    groups: Indices
    folder: Path

    def rows(self) -> Mapping[str, Values]:
        """NDCG@10 of each test question by row, (seeds, Q)."""
        return {
            name: np.array([each["test"] for each in seeds if "test" in each])
            for name, seeds in read_rows(self.folder).items()
            if "test" in seeds[0]
        }


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
    header = ("set", "questions", "best popularity", "best simple", "pretrained", "− popularity", "− best simple")
    lines = []
    for each in sets:
        rows = each.rows()
        if PRETRAINED not in rows:
            continue
        simple = [name for name in rows if name not in _LEARNED]
        popular, best = _best(rows, [name for name in simple if name in _POPULARITIES]), _best(rows, simple)
        gains = [_difference(each, rows, name) for name in (popular, best)]
        asked = f"{len(each.groups):,}"
        named = [f"{name} {rows[name].mean():.3f}" if name else _NONE for name in (popular, best)]
        lines.append((f"`{each.of.folder}`", asked, *named, _spread(rows, PRETRAINED), *gains))
    return markdown_table(header, lines)


def _against_engine(sets: Sequence[SetFigures]) -> list[str]:
    header = ("set", "engine, learnt on it", "pretrained / engine", "fine-tuned", "fine-tuned / engine")
    lines = []
    for each in sets:
        rows = each.rows()
        if PRETRAINED in rows:
            ratios = [_ratio(each, rows, name) for name in (PRETRAINED, FINE_TUNED)]
            tuned = _spread(rows, FINE_TUNED)
            lines.append((f"`{each.of.folder}`", _spread(rows, ENGINE), ratios[0], tuned, ratios[1]))
    return markdown_table(header, lines)


def _best(rows: Mapping[str, Values], names: Sequence[str]) -> str:
    """Return the one that did best on test, the hardest to beat; nothing where there is none."""
    return max(names, key=lambda name: float(rows[name].mean()), default="")


def _spread(rows: Mapping[str, Values], name: str) -> str:
    """Mean and standard deviation over seeds."""
    if name not in rows:
        return _NONE
    means = rows[name].mean(axis=1)
    return f"{means.mean():.3f}" + (f" ± {means.std(ddof=1):.3f}" if len(means) > 1 else ", one seed")


def _difference(each: SetFigures, rows: Mapping[str, Values], against: str) -> str:
    if not against:
        return _NONE
    found, _ = Resampling(each.groups).compare(rows[PRETRAINED].mean(axis=0), rows[against].mean(axis=0))
    return interval({"mean": found.mean, "low": found.low, "high": found.high}, "+.3f")


def _ratio(each: SetFigures, rows: Mapping[str, Values], name: str) -> str:
    if ENGINE not in rows or name not in rows:
        return _NONE
    _, found = Resampling(each.groups).compare(rows[name].mean(axis=0), rows[ENGINE].mean(axis=0))
    return _NONE if found is None else f"{interval(vars_of(found), '.3f')} ×"
