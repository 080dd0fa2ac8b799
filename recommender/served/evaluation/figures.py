"""What an evaluation found, as data: settings, windows, and the figures of each scorer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from recommender.knowledge.splits import Cuts
from recommender.measure.bootstrap import Difference, Interval

CANDIDATE_RULE = "all nodes of the candidate labels, full ranking, none sampled"
FILTER_RULE = "pairs known before the window and the asker itself are no candidates"


@dataclass(frozen=True)
class Settings:
    """How to evaluate.

    ``main`` chooses settings on the valid window and ranks the table. ``cuts`` None lets the dates choose.
    ``max_queries`` bounds each window by a seeded draw of askers. ``run_depth`` is the length of the ranked lists that
    are kept for run files, 0 for none.
    """

    main: str = "ndcg@10"
    metrics: tuple[str, ...] = ("ndcg@10", "recall@10", "mrr", "hits@10", "precision@10", "map")
    seeds: tuple[int, ...] = (0, 1, 2, 3, 4)
    include_synthetic: bool = False
    cuts: Cuts | None = None
    samples: int = 2_000
    max_queries: int = 5_000
    exposure_at: int = 10
    run_depth: int = 0


@dataclass(frozen=True)
class WindowFacts:
    """A window in numbers; ``queries`` by slice, ``all`` first. ``events``: what is resampled for intervals."""

    start: str
    end: str
    queries: Mapping[str, int]
    positives: int
    events: int
    drawn_from: int


@dataclass(frozen=True)
class RunList:
    """Ranked candidates of one query, best first."""

    query: str
    candidates: tuple[str, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True)
class Reliability:
    """Probabilities of a link within ``months`` against what came true, for askers drawn from all.

    ``bins``: of equal count, (mean probability, share that came true, cases); ``error``: the expected calibration
    error over them. ``events``: independent events among what came true.
    """

    months: int
    error: float
    events: int
    start: str
    end: str
    bins: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True)
class ScorerFigures:
    """One scorer on the test window.

    ``slices``: by slice and metric, the mean over queries of the mean over seeds, with interval. ``spread``: by
    metric, the standard deviation of the mean over seeds, 0 for a scorer that does not depend on its seed.
    ``against``: main metric minus that of the best simple scorer, None for that one itself. Seconds and MiB are those
    of one seed: ``peak_mib`` is the process's resident memory at its highest while fitting and scoring.
    """

    name: str
    simple: bool
    config: Mapping[str, object]
    config_hash: str
    tried: int
    valid_main: float
    slices: Mapping[str, Mapping[str, Interval]]
    spread: Mapping[str, float]
    seeds: int
    coverage: float
    gini: float
    fit_seconds: float
    score_seconds: float
    peak_mib: float
    against: Difference | None = None
    values: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0), repr=False, compare=False)
    """Main metric of each query, shape (Q,), for further paired tests; not written to files."""
    run: tuple[RunList, ...] = field(default=(), repr=False, compare=False)
    reliability: Reliability | None = None
    """How its probabilities held in the first months of the test window, None where it gives none."""


@dataclass(frozen=True)
class EvaluationReport:
    """All figures of one task on one snapshot, scorers best first; ``best_simple`` names the one to beat."""

    snapshot_id: str
    task: str
    task_ko: str
    task_en: str
    settings: Settings
    candidates: int
    cuts: Cuts
    valid: WindowFacts
    test: WindowFacts
    scorers: tuple[ScorerFigures, ...]
    best_simple: str | None

    @property
    def data(self) -> str:
        """``synthetic`` where made-up facts take part, else ``real``."""
        return "synthetic" if self.settings.include_synthetic else "real"

    def scorer(self, name: str) -> ScorerFigures:
        """Return the figures of a scorer; raises ``KeyError`` for one that was not run."""
        return {each.name: each for each in self.scorers}[name]
