"""How well the question the other way round is answered: ``python -m benchmarks.reverse --home dure-data``.

Who takes a candidate in a window, of askers that are drawn: all that took something, and others beside them. What
serves in the home is trained before the window, each candidate that somebody took is asked for, and NDCG@10 of its
takers is the mean over candidates. Beside what is served (a hundredth of the askers chosen roughly, then scored and
compared) stand its parts taken away, and the simple scorers of ``dure train``. Who took the candidate before is left
out, and the rules are not asked. ``--window valid`` is for choosing, ``test`` to be looked at once.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from graph_schema.errors import DureError, NotFoundError
from recommender.knowledge.known import Known, Retriever, Scorer
from recommender.knowledge.task_data import TaskData, TaskInput
from recommender.knowledge.tasks import get_task
from recommender.measure.arrays import Flags, Floats, Indices, Values
from recommender.measure.bootstrap import Interval, interval, paired_difference
from recommender.measure.standard_scores import deviation, standard
from recommender.models.served import simple_rows
from recommender.publish.bundle import Bundle, load_bundle
from recommender.publish.registry import ModelRegistry
from recommender.publish.task_training import TrainConfig, trial_of
from recommender.scorers.popularity import decayed_history
from recommender.serve.ranked_task import HALF_LIFE_DAYS
from recommender.serve.takers import EligibleAskers, comparable, likely_askers
from recommender.snapshot.snapshot import open_snapshot
from stores.home import Home

TASKS: Final = ("programs", "finance", "education", "experts", "spaces", "researchers")
SERVED: Final = "as served"
_MOST_TAKERS: Final = 1_500
_OTHERS: Final = 2_500
_LENGTH: Final = 10
_BATCH: Final = 50
_SHARE: Final = 0.01
"""Of the askers that is scored: 200 of 20,000."""
_BELOW: Final = 1e6


@dataclass(frozen=True)
class ReverseWindow:
    """Askers ``rows`` (A,) and candidates (B,) of a window, who took which, and who had it before; both (A, B)."""

    known: Known
    rows: Indices
    candidates: Indices
    took: Flags
    had: Flags

    @classmethod
    def of(cls, known: Known, later: Known, days: tuple[date, date], rng: np.random.Generator) -> ReverseWindow:
        """Draw the askers of the days from the first until before the second, whose pairs ``later`` has."""
        pairs = later.pairs
        first, last = (np.datetime64(day, "s") for day in days)
        within = (pairs.time >= first) & (pairs.time < last)
        had = known.history.tocsr()
        taken = np.unique(np.stack([pairs.query[within], pairs.candidate[within]], axis=1), axis=0)
        new = np.asarray(had[taken[:, 0], taken[:, 1]]).reshape(-1) == 0
        taken = taken[new & known.is_candidate[taken[:, 1]]]
        takers = _drawn(np.unique(taken[:, 0]), _MOST_TAKERS, rng)
        others = _drawn(np.setdiff1d(np.arange(len(known.queries)), takers), _OTHERS, rng)
        rows = np.sort(np.concatenate([takers, others]))
        taken = taken[np.isin(taken[:, 0], takers)]
        candidates = np.unique(taken[:, 1])
        took = np.zeros((len(rows), len(candidates)), dtype=bool)
        took[np.searchsorted(rows, taken[:, 0]), np.searchsorted(candidates, taken[:, 1])] = True
        return cls(known, rows, candidates, took, had[rows][:, candidates].toarray() > 0)

    def orders(self, scorer: Scorer) -> Mapping[str, Floats]:
        """Scores of all askers for all candidates, (A, B), by each way of comparing askers."""
        ranked = np.flatnonzero(self.known.is_candidate)
        columns = np.searchsorted(ranked, self.candidates)
        activity = np.asarray(decayed_history(self.known, HALF_LIFE_DAYS).sum(axis=1)).ravel()[self.rows]
        lists = np.concatenate([scorer.score(self.known.history_of(rows))[:, ranked] for rows in self._batches()])
        spread = deviation(lists)
        compared = comparable(lists[:, columns], spread, activity[:, None])
        found = {
            "all scored": compared,
            "all scored, past use left out": comparable(lists[:, columns], spread, np.zeros((len(lists), 1))),
            "all scored, each list to its own scale": standard(lists)[:, columns],
        }
        if isinstance(scorer, Retriever) and scorer.retrieval_scores(int(self.candidates[0])) is not None:
            found = {SERVED: self._shortened(scorer, compared, activity), **found}
        return found

    def _shortened(self, scorer: Retriever, compared: Floats, activity: Values) -> Floats:
        """Only those that are retrieved are compared; the others come after them by their retrieval scores."""
        out, most = np.empty_like(compared), round(_SHARE * len(self.rows))
        for at, candidate in enumerate(self.candidates.tolist()):
            retrieved = scorer.retrieval_scores(candidate)
            assert retrieved is not None
            mine = retrieved[self.rows]
            chosen = likely_askers(
                mine, activity, EligibleAskers(~self.had[:, at], np.zeros(len(mine), dtype=bool)), most
            )
            out[:, at] = mine - _BELOW
            out[chosen, at] = compared[chosen, at]
        return out

    def ndcg(self, scores: Floats) -> Values:
        """NDCG@10 of each candidate's takers, (B,)."""
        order = np.argsort(-np.where(self.had, -np.inf, scores), axis=0, kind="stable")[:_LENGTH]
        gains = 1.0 / np.log2(np.arange(2, _LENGTH + 2))
        best = np.cumsum(gains)[np.minimum(self.took.sum(axis=0), _LENGTH) - 1]
        hits: npt.NDArray[np.bool_] = np.take_along_axis(self.took, order, axis=0)
        return np.asarray(gains[: len(hits)] @ hits / best, dtype=np.float64)

    def _batches(self) -> Iterator[Indices]:
        for begin in range(0, len(self.rows), _BATCH):
            yield self.rows[begin : begin + _BATCH]


@dataclass(frozen=True)
class ReverseFigures:
    """Figures of one task; ``gain`` is that of what is served over the best simple scorer, by whatever comparison."""

    task: str
    scorer: str
    askers: int
    candidates: int
    ways: Mapping[str, Interval]
    simple: Mapping[str, float]
    gain: Interval


def judge(task: str, bundle: Bundle, window: Literal["valid", "test"]) -> ReverseFigures:
    """Train what serves a task before the window and ask for each candidate that somebody took in it."""
    until = None if bundle.spec.until is None else date.fromisoformat(bundle.spec.until)
    config = TrainConfig(until=until, include_synthetic=bundle.spec.include_synthetic)
    read = TaskInput(config.until, config.include_synthetic, bundle.rejections)
    trial = trial_of(TaskData(bundle.snapshot, get_task(task), bundle.vectors, read), config)
    if trial is None:
        raise NotFoundError(f"{task} has too few dated pairs to be tested; leave it out with --tasks")
    known, model = trial.bench.known(window), bundle.task_model(task)
    days = trial.windows.valid if window == "valid" else trial.windows.test
    drawn = ReverseWindow.of(known, bundle.data(task).known, days, np.random.default_rng(config.seed))
    served = drawn.orders(trial.bench.fit(model.estimator, window, config.seed))
    ways = {name: drawn.ndcg(scores) for name, scores in served.items()}
    simple = {}
    for name, variants in simple_rows(known).items():
        orders = drawn.orders(variants[0].fit(known, np.random.default_rng(config.seed)))
        simple |= {f"{name}, {way}": drawn.ndcg(scores) for way, scores in orders.items() if way != SERVED}
    best = max(simple, key=lambda name: simple[name].mean())
    first = next(iter(ways))
    return ReverseFigures(
        task,
        model.scorer,
        len(drawn.rows),
        len(drawn.candidates),
        {name: interval(each) for name, each in ways.items()},
        {name: float(each.mean()) for name, each in sorted(simple.items(), key=lambda item: -item[1].mean())},
        paired_difference(ways[first], simple[best]),
    )


def table(found: list[ReverseFigures]) -> str:
    """Return all tasks as a table in Markdown."""
    ways = list(dict.fromkeys(way for each in found for way in each.ways))
    head = ("task", "candidates", *ways, "best simple scorer", "gain over it")
    rows = []
    for each in found:
        best, value = next(iter(each.simple.items()))
        shown = [_shown(each.ways[way]) if way in each.ways else "–" for way in ways]
        rows.append((each.task, f"{each.candidates:,}", *shown, f"{best} {value:.3f}", _shown(each.gain)))
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ("---",) * len(head), *rows))


def main() -> None:
    """Judge the tasks one after another and write ``reverse-WINDOW.json`` and ``.md``."""
    try:
        _measure(_parser().parse_args())
    except DureError as error:
        sys.exit(f"error: {error}")


def serving_bundle(home: Home) -> Bundle:
    """Open what serves in a home; raises ``NotFoundError`` where nothing does."""
    version = ModelRegistry(home.models).current()
    if version is None:
        raise NotFoundError(f"no model serves in {home.models}; train one with `dure train`, or run `dure demo`")
    return load_bundle(ModelRegistry(home.models).path(version), open_snapshot(home.snapshots))


def _measure(options: argparse.Namespace) -> None:
    home = Home(options.home)
    bundle = serving_bundle(home)
    found = []
    for task in options.tasks:
        found.append(judge(task, bundle, options.window))
        print(table(found[-1:]), flush=True)
    out = options.out or home.reports / "reverse"
    out.mkdir(parents=True, exist_ok=True)
    kept: list[dict[str, Any]] = [asdict(each) for each in found]
    (out / f"reverse-{options.window}.json").write_text(json.dumps(kept, indent=1) + "\n")
    (out / f"reverse-{options.window}.md").write_text(table(found))
    print(table(found))


def _drawn(rows: Indices, most: int, rng: np.random.Generator) -> Indices:
    return np.sort(rng.choice(rows, most, replace=False)) if len(rows) > most else rows


def _shown(each: Interval) -> str:
    return f"{each.mean:.3f} [{each.low:.3f}, {each.high:.3f}]"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path("dure-data"), help="a home with a model")
    parser.add_argument("--window", choices=("valid", "test"), default="valid")
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=TASKS)
    parser.add_argument("--out", type=Path, help="folder of the figures, default HOME/reports/reverse")
    return parser


if __name__ == "__main__":
    main()
