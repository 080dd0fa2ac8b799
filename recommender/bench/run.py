"""Runs contenders on a bench: settings chosen on valid, each seed tested once, finished parts kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from graph_schema.errors import DureError
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from recommender.bench.bench import Bench
from recommender.bench.contender import Contender, config_of
from recommender.bench.estimate import expected_tests
from recommender.bench.heartbeat import beating
from recommender.bench.outcome import Cost, SeedOutcome
from recommender.bench.own_code import own_code
from recommender.bench.parts import PartStore
from recommender.bench.schedule import Schedule, Window, Work
from recommender.bench.writing import UnwritableError
from recommender.knowledge.stages import StageName
from recommender.measure.bootstrap import errors_behind
from recommender.measure.resources import Measured
from recommender.measure.triple_metrics import compute_any

_FAILURES = (DureError, ArithmeticError, AttributeError, LookupError, MemoryError, RuntimeError, TypeError, ValueError)

WORK: Final = "experiment, seconds"
"""What is told of the whole run: seconds that it took so far, and those that it will have taken in the end."""


@dataclass(frozen=True)
class Tried:
    """One variant on the valid window: its settings and the mean of each metric; empty where nothing was chosen.

    ``behind``: by how many standard errors of their paired difference the main metric is behind that of the best.
    """

    config: object
    valid: Mapping[str, float]
    fit_seconds: float = 0.0
    behind: float = 0.0


@dataclass(frozen=True)
class ContenderRun:
    """A contender that was run; ``outcomes`` has one for each of ``seeds``, fewer where it does not depend on them.

    ``failure`` says why it could not be run, None where it could; ``failed_at`` names the variant at work then.
    """

    contender: Contender
    chosen: int = 0
    tried: tuple[Tried, ...] = ()
    seeds: tuple[int, ...] = ()
    outcomes: tuple[SeedOutcome, ...] = ()
    failure: Wording | None = None
    failed_at: str = ""

    @property
    def name(self) -> str:
        """Name of the row."""
        return self.contender.name

    @property
    def config(self) -> object:
        """Settings that were chosen."""
        return config_of(self.contender.variants[self.chosen])


class Runner:
    """Runs contenders on one bench with each of ``seeds``; the same command goes on where it was stopped."""

    def __init__(
        self,
        bench: Bench,
        store: PartStore,
        seeds: tuple[int, ...] = (0, 1, 2, 3, 4),
        progress: Progress = silent,
        schedule: Schedule | None = None,
    ) -> None:
        self._bench = bench
        self._store = store
        self.seeds = seeds
        self._progress = progress
        self._schedule = schedule or Schedule()
        self._at = WORK
        self._variant = ""
        self._chosen: dict[str, int] = {}

    def run(self, contenders: Sequence[Contender], unseen: Collection[str] = ()) -> list[ContenderRun]:
        """Choose each contender's settings on valid, then test it with every seed.

        ``unseen`` are the rows that ``run_hidden`` will test, which the time left counts.
        """
        leaders = {each.name for each in contenders}
        for each in contenders:
            self._schedule.plan(each.name, "valid", each.tries(leaders))
            self._schedule.plan(each.name, "test", expected_tests(each, len(self.seeds)))
            self._schedule.plan(each.name, "unseen", int(each.name in unseen))
        with beating(self._report):
            return [self._guarded(contender) for contender in contenders]

    def run_hidden(self, rows: Sequence[ContenderRun], hidden: Bench) -> list[ContenderRun]:
        """Test the chosen settings once more where some queries are unseen, with the first seed alone."""
        with beating(self._report):
            return [self._guarded_hidden(row, hidden) for row in rows]

    def _guarded_hidden(self, row: ContenderRun, hidden: Bench) -> ContenderRun:
        self._step(row.name, "unseen")
        try:
            estimator = row.contender.variants[row.chosen]
            outcome = self._outcome(hidden, row.contender, estimator, "unseen", 0)
        except UnwritableError:
            raise
        except _FAILURES as error:
            return ContenderRun(row.contender, failure=_reason(error))
        return ContenderRun(row.contender, row.chosen, row.tried, (0,), (outcome,))

    def _guarded(self, contender: Contender) -> ContenderRun:
        """Run a contender; one that cannot cope with the data is a row that says so, and the others go on."""
        self._variant = contender.name
        try:
            return self._run(contender)
        except UnwritableError:
            raise
        except _FAILURES as error:
            self._schedule.plan(contender.name, "unseen", 0)
            return ContenderRun(contender, failure=_reason(error), failed_at=self._variant)
        finally:
            self._schedule.drop(contender.name)

    def choose(self, contender: Contender) -> int:
        """Return the place of the variant that valid chooses."""
        return _chosen(contender, self._tried(contender))

    def _run(self, contender: Contender) -> ContenderRun:
        if contender.follows in self._chosen:
            same = contender.variants[self._chosen[contender.follows]]
            contender = replace(contender, variants=(same,))
        tried = self._tried(contender)
        chosen = self._chosen[contender.name] = _chosen(contender, tried)
        outcomes: list[SeedOutcome] = []
        seeds = self.seeds[: contender.most_seeds]
        for at, seed in enumerate(seeds):
            self._step(contender.name, "test")
            outcomes.append(self._outcome(self._bench, contender, contender.variants[chosen], "test", seed))
            if at != 1:
                continue
            if outcomes[0].same_as(outcomes[1]):  # the second seed shows it
                outcomes.pop()
                break
            self._schedule.plan(contender.name, "test", len(seeds) - 2)
        return ContenderRun(contender, chosen, tried, seeds[: len(outcomes)], tuple(outcomes))

    def _tried(self, contender: Contender) -> tuple[Tried, ...]:
        """Fit each variant on valid; a single one is not, since there is nothing to choose."""
        if len(contender.variants) == 1:
            return (Tried(config_of(contender.variants[0]), {}),)
        outcomes = []
        for variant in contender.variants:
            self._step(contender.name, "valid")
            outcomes.append(self._outcome(self._bench, contender, variant, "valid", self.seeds[0]))
        metrics, groups = self._bench.metrics, self._bench.questions("valid").groups
        behind = errors_behind(np.stack([compute_any(each.ranks, metrics[0]) for each in outcomes]), groups)
        return tuple(
            Tried(
                config_of(variant),
                {metric: float(compute_any(outcome.ranks, metric).mean()) for metric in metrics},
                outcome.cost.fit_seconds,
                float(errors),
            )
            for variant, outcome, errors in zip(contender.variants, outcomes, behind, strict=True)
        )

    def _outcome(self, bench: Bench, contender: Contender, estimator: Any, window: Window, seed: int) -> SeedOutcome:
        self._variant = getattr(estimator, "name", contender.name)
        # A budget is in the settings of the rows that it changes; others stay as they are with any. The device is
        # named as it was found: ``auto`` in settings is another one on another machine.
        key = {"config": config_of(estimator), "stage": window, "seed": seed, "fit_device": bench.device}
        if code := own_code(estimator):
            key["own_code"] = code
        found = self._store.get(contender.name, key)
        if found is not None:
            self._schedule.take_over(contender.name, window, found.cost.fit_seconds, found.cost.score_seconds)
            return found
        stage: StageName = "valid" if window == "valid" else "test"
        with Measured() as fitting, self._schedule.at(Work(contender.name, window, "fit")):
            scorer = bench.fit(estimator, stage, seed)
        with Measured() as scoring, self._schedule.at(Work(contender.name, window, "rank")):
            outcome = bench.rank(scorer, stage, contender.name)
        curve = tuple((float(second), float(value)) for second, value in getattr(scorer, "curve", ()))
        peak = max(fitting.peak_mib, scoring.peak_mib)
        outcome = outcome.with_cost(Cost(fitting.seconds, scoring.seconds, peak, curve))
        outcome = outcome if stage == "test" else outcome.without_lists()
        self._store.put(contender.name, key, outcome)
        return outcome

    def _step(self, row: str, window: Window) -> None:
        self._schedule.begin(row, window)
        self._at = f"{row}, {window}, seconds"
        self._report()

    def _report(self) -> None:
        """Tell how much is left of the step at work, and of all."""
        schedule = self._schedule
        for what, spent, left in (
            (self._at, schedule.spent_in_step, schedule.left_in_step),
            (WORK, schedule.spent, schedule.left),
        ):
            self._progress(what, round(spent), round(spent + left))


def _chosen(contender: Contender, tried: Sequence[Tried]) -> int:
    """Place of the best variant; of a contender that prefers its first ones, of the first about as good as the best.

    About as good is at most one standard error behind (Breiman et al. 1984, section 3.4.3).
    """
    behind = np.array([each.behind for each in tried])
    return int(np.argmax(behind <= 1.0) if contender.prefers_first else np.argmin(behind))


def _reason(error: Exception) -> Wording:
    if isinstance(error, DureError):
        return error.wording
    said = f"{type(error).__name__}: {error}"
    return Wording(said, said)
