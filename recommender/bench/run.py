"""Runs contenders on a bench: settings chosen on valid, each seed tested once, finished parts kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from graph_schema.errors import DureError
from graph_schema.progress import Progress, silent
from recommender.bench.bench import Bench
from recommender.bench.contender import Contender, Role, config_of
from recommender.bench.outcome import Cost, Outcome
from recommender.bench.own_code import own_code
from recommender.bench.parts import PartStore
from recommender.bench.writing import UnwritableError
from recommender.knowledge.stages import StageName
from recommender.measure.bootstrap import errors_behind
from recommender.measure.resources import Measured
from recommender.measure.triple_metrics import compute_any

_FAILURES = (DureError, ArithmeticError, AttributeError, LookupError, MemoryError, RuntimeError, TypeError, ValueError)


@dataclass(frozen=True)
class Settings:
    """How to run: ``basis`` are further things that engine rows depend on, such as device and budget."""

    seeds: tuple[int, ...] = (0, 1, 2, 3, 4)
    basis: Mapping[str, object] = field(default_factory=dict)


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
class Row:
    """A contender that was run; ``outcomes`` has one for each of ``seeds``, fewer where it does not depend on them.

    ``failure`` says why it could not be run, empty where it could.
    """

    contender: Contender
    chosen: int = 0
    tried: tuple[Tried, ...] = ()
    seeds: tuple[int, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    failure: str = ""

    @property
    def name(self) -> str:
        """Name of the row."""
        return self.contender.name

    @property
    def config(self) -> object:
        """Settings that were chosen."""
        return config_of(self.contender.variants[self.chosen])


class Runner:
    """Runs contenders on one bench; the same command goes on where it was stopped."""

    def __init__(self, bench: Bench, store: PartStore, settings: Settings, progress: Progress = silent) -> None:
        self._bench = bench
        self._store = store
        self.settings = settings
        self._progress = progress
        self._done = self._total = 0
        self._chosen: dict[str, int] = {}

    def run(self, contenders: Sequence[Contender]) -> list[Row]:
        """Choose each contender's settings on valid, then test it with every seed."""
        leaders = {each.name for each in contenders}
        self._done, self._total = 0, sum(self._steps(each, leaders) for each in contenders)
        rows = [self._guarded(contender) for contender in contenders]
        self._progress("experiment", self._total, self._total)
        return rows

    def run_hidden(self, rows: Sequence[Row], hidden: Bench) -> list[Row]:
        """Test the chosen settings once more where some queries are unseen, with the first seed alone."""
        found = []
        for done, row in enumerate(rows):
            self._progress("unseen queries", done, len(rows))
            try:
                estimator = row.contender.variants[row.chosen]
                outcome = self._outcome(hidden, row.contender, estimator, ("test", 0), window="unseen")
                found.append(Row(row.contender, row.chosen, row.tried, (0,), (outcome,)))
            except UnwritableError:
                raise
            except _FAILURES as error:
                found.append(Row(row.contender, failure=_reason(error)))
        self._progress("unseen queries", len(rows), len(rows))
        return found

    def _guarded(self, contender: Contender) -> Row:
        """Run a contender; one that cannot cope with the data is a row that says so, and the others go on."""
        before = self._done
        try:
            row = self._run(contender)
        except UnwritableError:
            raise
        except _FAILURES as error:
            row = Row(contender, failure=_reason(error))
        self._done = before + self._steps(contender, self._chosen)
        return row

    def _steps(self, contender: Contender, leaders: Collection[str]) -> int:
        """Variants to be tried and seeds to be tested."""
        return contender.tries(leaders) + len(self._seeds(contender))

    def _seeds(self, contender: Contender) -> tuple[int, ...]:
        return self.settings.seeds[: contender.most_seeds]

    def choose(self, contender: Contender) -> int:
        """Return the place of the variant that valid chooses."""
        return _chosen(contender, self._tried(contender))

    def _run(self, contender: Contender) -> Row:
        if contender.follows in self._chosen:
            same = contender.variants[self._chosen[contender.follows]]
            contender = replace(contender, variants=(same,))
        tried = self._tried(contender)
        chosen = self._chosen[contender.name] = _chosen(contender, tried)
        outcomes: list[Outcome] = []
        seeds = self._seeds(contender)
        for at, seed in enumerate(seeds):
            self._step(f"test {contender.name}", at, len(seeds))
            outcomes.append(self._outcome(self._bench, contender, contender.variants[chosen], ("test", seed)))
            if len(outcomes) > 1 and outcomes[0].same_as(outcomes[1]):  # the second seed shows it
                outcomes.pop()
                break
        return Row(contender, chosen, tried, seeds[: len(outcomes)], tuple(outcomes))

    def _tried(self, contender: Contender) -> tuple[Tried, ...]:
        """Fit each variant on valid; a single one is not, since there is nothing to choose."""
        if len(contender.variants) == 1:
            return (Tried(config_of(contender.variants[0]), {}),)
        outcomes = []
        for at, variant in enumerate(contender.variants):
            self._step(f"settings of {contender.name}", at, len(contender.variants))
            outcomes.append(self._outcome(self._bench, contender, variant, ("valid", self.settings.seeds[0])))
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

    def _outcome(
        self, bench: Bench, contender: Contender, estimator: Any, at: tuple[StageName, int], window: str = ""
    ) -> Outcome:
        stage, seed = at
        # The device is named as it was found: ``auto`` in settings is another one on another machine.
        key = {"config": config_of(estimator), "stage": window or stage, "seed": seed, "fit_device": bench.device}
        if contender.role is not Role.SIMPLE:
            key |= dict(self.settings.basis)
        if code := own_code(estimator):
            key["own_code"] = code
        found = self._store.get(contender.name, key)
        if found is not None:
            return found
        with Measured() as fitting:
            scorer = bench.fit(estimator, stage, seed)
        with Measured() as scoring:
            outcome = bench.rank(scorer, stage, contender.name)
        curve = tuple((float(second), float(value)) for second, value in getattr(scorer, "curve", ()))
        peak = max(fitting.peak_mib, scoring.peak_mib)
        outcome = outcome.with_cost(Cost(fitting.seconds, scoring.seconds, peak, curve))
        outcome = outcome if stage == "test" else outcome.without_lists()
        self._store.put(contender.name, key, outcome)
        return outcome

    def _step(self, what: str, done: int, total: int) -> None:
        """Tell what is at work, and how many steps of all are done."""
        self._progress(what, done, total)
        self._progress("experiment", self._done, self._total)
        self._done += 1


def _chosen(contender: Contender, tried: Sequence[Tried]) -> int:
    """Place of the best variant; of a contender that prefers its first ones, of the first about as good as the best.

    About as good is at most one standard error behind (Breiman et al. 1984, section 3.4.3).
    """
    behind = np.array([each.behind for each in tried])
    return int(np.argmax(behind <= 1.0) if contender.prefers_first else np.argmin(behind))


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, DureError) else f"{type(error).__name__}: {error}"
