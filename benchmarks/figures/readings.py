"""What a finished run says, read from its own files and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.figures.sets import SEEDS, FigureSet
from benchmarks.figures.timing import Timing
from graph_schema.errors import NotFoundError
from recommender.measure.bootstrap import Interval
from recommender.measure.resampling import Resampling
from recommender.publish.promotion import MIN_EVENTS
from recommender.report.compare import open_run
from recommender.report.files import EXPLAINED_FILE, QUERIES_FILE

ENGINE: Final = "auto"
CONTENT: Final = "content-knn"
EXPLAINED: Final = "explained"
"""Folder of what testing the explanations took, by set; what came of it lies in the folder of the run."""
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    """What the valid window alone would have serve, of the engine and the simple model that is best there.

    ``engine`` and ``simple`` are the main metric on valid, over ``events`` independent events.
    """

    serves: str
    best_simple: str
    engine: float
    simple: float
    events: int


@dataclass(frozen=True)
class SetRun:
    """A set with its run; ``metrics`` is None and ``missing`` says why where there is no run of it."""

    of: FigureSet
    folder: Path
    timing: Timing
    metrics: Figures | None = None
    missing: str = ""

    @property
    def models(self) -> Figures:
        """Every row of the run by name; empty where there is none."""
        return {} if self.metrics is None else self.metrics["models"]

    @property
    def no_engine(self) -> str:
        """Why there is no figure of the engine; empty where there is one."""
        if self.metrics is None:
            return self.missing
        if ENGINE in self.models:
            return ""
        failure = self.metrics["failed"].get(ENGINE)
        return f"the engine could not be run: {failure}" if failure else "the engine was not asked for"

    @property
    def too_few_seeds(self) -> str:
        """Why the figures do not count; empty where enough seeds were run."""
        seeds = 0 if self.metrics is None else len(self.metrics["seeds"])
        return f"{seeds} of {SEEDS} seeds" if seeds < SEEDS else ""

    @property
    def best_simple(self) -> str | None:
        """Name of the simple model that did best on test."""
        return None if self.metrics is None else self.metrics["best_simple"]

    def whole(self, model: str) -> Figures:
        """Mean, low and high of the main metric over all queries."""
        return dict(self.models[model]["slices"]["all"][self.of.metric])

    def spread(self, model: str) -> float:
        """Return the standard deviation over seeds of the main metric."""
        return float(self.models[model]["spread"][self.of.metric])

    def against_best(self, model: str = ENGINE) -> Figures | None:
        """Return a model's comparison with the best simple one by the main metric; None where there is none."""
        found = () if self.metrics is None else self.metrics["against_best_simple"]
        return next((each for each in found if each["model"] == model), None)

    def choice(self) -> Choice | None:
        """Return what would serve if valid alone decided; None where it has no figure of the engine or of a simple one.

        The engine serves where it is ahead of every simple model by events enough for a promotion; test is not looked
        at.
        """
        valid = {name: found for name, each in self.models.items() if (found := self._on_valid(each)) is not None}
        simple = [name for name in valid if self.models[name]["role"] == "simple"]
        if self.metrics is None or ENGINE not in valid or not simple:
            return None
        best = max(simple, key=lambda name: valid[name])
        events = int(self.metrics["windows"]["valid"]["events"])
        ahead = events >= MIN_EVENTS and valid[ENGINE] > valid[best]
        return Choice(ENGINE if ahead else best, best, valid[ENGINE], valid[best], events)

    def _on_valid(self, model: Figures) -> float | None:
        """Return the main metric of the settings that were chosen; None of a model that had but one."""
        tried = model["tried"][model["chosen"]]["valid"] if model["tried"] else {}
        found: float | None = tried.get(self.of.metric)
        return found

    def network_gains(self) -> list[Figures]:
        """Return comparisons of the engine with itself without the network, main metric first."""
        gains = {} if self.metrics is None else self.metrics["gains"]
        return [each for name, each in gains.items() if name.partition(":")[0] == "gnn"]

    def cold(self) -> list[tuple[str, int, Figures]]:
        """Return the engine against content-kNN on cold queries: of which kind, how many, the comparison."""
        if self.metrics is None:
            return []
        unseen = self.metrics["unseen_queries"]
        counts = {"by nature": self.metrics["slices"].get("cold_query", 0)}
        if unseen is not None:
            counts["made unseen"] = unseen["window"]["queries"]
        found = [each for each in self.metrics["cold_against_content"] if each["model"] == ENGINE]
        return [(each["kind"], counts[each["kind"]], each) for each in found]

    def against_content(self) -> Interval | None:
        """Return the engine over content-kNN in the main metric, all queries; None where it is not to be had."""
        names = [f"{model}|{self.of.metric}" for model in (ENGINE, CONTENT)]
        try:
            table = pq.read_table(self.folder / QUERIES_FILE, columns=["group", *names])
            ours, theirs = (np.asarray(table[name].to_numpy(), dtype=np.float64) for name in names)
        except (OSError, KeyError, pa.ArrowInvalid):
            return None
        groups = np.asarray(table["group"].to_numpy(), dtype=np.int64)
        return Resampling(groups).compare(ours, theirs)[1]

    def explained(self) -> Figures | None:
        """Return how many explanations were true; None where none were tested."""
        try:
            found: Figures = json.loads((self.folder / EXPLAINED_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found

    @property
    def measured_seconds(self) -> float:
        """Seconds of fits and scoring that the run reports: less than it took, since settings were tried too."""
        seeds = [seed for model in self.models.values() for seed in model["seeds"]]
        return float(sum(seed["fit_seconds"] + seed["score_seconds"] for seed in seeds))


def read_set(of: FigureSet, out: Path) -> SetRun:
    """Read the run of a set below ``out``."""
    folder = out / of.name
    timing = Timing.read(folder)
    try:
        metrics = open_run(folder).metrics
    except NotFoundError:
        return SetRun(of, folder, timing, missing=_why_missing(timing))
    if (metrics["dataset"], metrics["main"]) != (of.name, of.metric):
        found = f"the run there is of {metrics['dataset']} by {metrics['main']}"
        return SetRun(of, folder, timing, missing=found)
    return SetRun(of, folder, timing, metrics)


def _why_missing(timing: Timing) -> str:
    if not timing.legs:
        return "no run"
    status = timing.legs[-1].exit
    return "not finished" if status in (None, 0) else f"ended with status {status}"
