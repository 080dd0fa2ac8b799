"""How far the engine gets towards the true rule of a made-up city: ``python -m benchmarks.oracle --home dure-data``.

Makes the city of the home's store again, lets the scorers of the home's model compete once more as ``dure train`` does,
and asks the rule by which the city's companies chose on the same window, of the same askers and with the same pairs
left out; the scorers compete behind the rules, as they serve, and without. Asks the true rule once more of companies
that are taken for the typical one of their industry, size, age and form, so that what only a company's own choices can
tell is seen apart.

Prints a line for each task and writes ``oracle.json`` and ``oracle.md`` with NDCG@10 and the share of the gap that is
closed: (engine - best simple scorer) / (true rule - best simple scorer). What is finished is kept in the folder and not
done again; besides it nothing is written.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.reverse import serving_bundle
from cli.city import UNTIL, TrueRule, rebuilt
from graph_schema.errors import ConfigError, EvaluationError
from loaders.synthesize.city import City
from loaders.synthesize.truth import with_typical_companies
from recommender.bench.contender import config_of, hash_of
from recommender.bench.outcome import SeedOutcome
from recommender.bench.parts import PartStore, code_version
from recommender.bench.run import ContenderRun, Runner
from recommender.knowledge.task_data import TaskData, TaskInput
from recommender.knowledge.tasks import get_task
from recommender.measure.arrays import Indices, Values
from recommender.measure.bootstrap import Difference, Interval, interval, paired_difference
from recommender.measure.gap import share_closed
from recommender.measure.triple_metrics import compute_any
from recommender.models.admitted import RuleFigures
from recommender.models.engine import ENGINE
from recommender.models.served import EngineSize
from recommender.publish.bundle import Bundle
from recommender.publish.task_training import TaskTrial, TrainConfig, trial_of
from stores.home import Home
from stores.opening import open_store

TASKS: Final = ("programs", "finance", "education", "experts", "spaces", "researchers", "technologies")
"""Tasks whose answers the city's companies choose; partners are real."""
RULE: Final = "true rule"
TYPICAL: Final = "true rule, typical companies"
_FIGURE: Final = "ndcg@10"


@dataclass(frozen=True)
class OracleFigures:
    """NDCG@10 of all scorers, and the share of the gap to the rule that the engine closes; None where there is none."""

    simple: str
    best_simple: Interval
    engine: Interval
    share: Interval | None
    scorers: dict[str, float]


@dataclass(frozen=True)
class Judged:
    """One task: the scorers behind the rules and bare, and the true rule, which knows who may have what.

    ``gained`` is what the rules add to the engine.
    """

    task: str
    askers: int
    days: tuple[str, str]
    served: OracleFigures
    bare: OracleFigures
    gained: Difference
    typical: Interval
    rule: Interval
    rules: RuleFigures


def main(arguments: Sequence[str] | None = None) -> None:
    """Judge every task, print a line for each and write both files."""
    options = _parser().parse_args(arguments)
    home = Home(options.home)
    out = options.out or home.reports / "oracle"
    bundle = serving_bundle(home)
    with open_store(options.store or home.store_uri, read_only=True, create=False) as store:
        city = rebuilt(store, bundle.snapshot, options.seed, options.until)
    found = []
    for task in (each for each in options.tasks if each in bundle.tasks):
        found.append(judge(task, bundle, city, out))
        print(_line(found[-1]), flush=True)
    out.mkdir(parents=True, exist_ok=True)
    facts = {"model": bundle.version, "snapshot": bundle.snapshot.id, "tasks": [asdict(each) for each in found]}
    (out / "oracle.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (out / "oracle.md").write_text(table(found), encoding="utf-8")
    print(f"written to {out / 'oracle.md'}")


def judge(task: str, bundle: Bundle, city: City, out: Path) -> Judged:
    """Let the scorers of ``bundle`` compete and ask the true rule on the window that they were tested on."""
    config = _config(bundle)
    read = TaskInput(config.until, config.include_synthetic, bundle.rejections)
    trial = trial_of(TaskData(bundle.snapshot, get_task(task), bundle.vectors, read), config)
    if trial is None:
        raise EvaluationError(f"{task} has too few dated pairs to be tested; leave it out with --tasks")
    contenders, found = trial.contenders(config), {}
    bare, kept = trial.bench.behind(None), {"code": code_version("recommend")}
    for name, bench, basis in (("served", trial.bench, kept | {"rules": _kept_apart(trial)}), ("bare", bare, kept)):
        rows = Runner(bench, PartStore(out / bundle.version / task / name, basis), (config.seed,)).run(contenders)
        found[name] = {row.name: _values(row) for row in rows if not row.failure}
    if any(ENGINE not in values or len(values) == 1 for values in found.values()):
        raise ConfigError(
            f"model {bundle.version} compares {', '.join(config.scorers)} for {task}; train one with the engine and a "
            "simple scorer, as `dure train` does by default"
        )
    rules = [TrueRule.of(of, bare.known("test"), trial.windows.test) for of in (with_typical_companies(city), city)]
    typical, rule = (_figure(bare.rank(each, "test", RULE)) for each in rules)
    groups = bare.questions("test").groups
    served, alone = (_compared(found[name], rule, groups) for name in ("served", "bare"))
    return Judged(
        task,
        len(groups),
        _days(trial),
        served,
        alone,
        paired_difference(found["served"][ENGINE], found["bare"][ENGINE], groups=groups),
        interval(typical, groups=groups),
        interval(rule, groups=groups),
        trial.admission.figures(bare.stage("test")),
    )


def _kept_apart(trial: TaskTrial) -> str:
    """Return a hash of what the rules keep from the askers of both windows: other rules make other figures."""
    asked = {stage: trial.bench.given_questions(stage) for stage in ("valid", "test")}
    return hash_of(config_of([trial.admission.out(each, stage) for stage, each in asked.items()]))


def _compared(values: dict[str, Values], rule: Values, groups: Indices) -> OracleFigures:
    means = {name: float(each.mean()) for name, each in values.items()}
    simple = max((name for name in means if name != ENGINE), key=lambda name: means[name])
    best, engine = (interval(values[name], groups=groups) for name in (simple, ENGINE))
    return OracleFigures(simple, best, engine, share_closed(values[simple], values[ENGINE], rule, groups), means)


def table(found: Sequence[Judged]) -> str:
    """Return all tasks as a table in Markdown."""
    head = ("task", "askers", "best simple", "engine", "share of the gap closed", TYPICAL, RULE)
    rows = []
    for each in found:
        rows.append(
            (each.task, f"{each.askers:,}", *_cells(each.served), f"{each.typical.mean:.3f}", _shown(each.rule))
        )
        rows.append((f"{each.task}, without rules", "", *_cells(each.bare), "", ""))
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ("---",) * len(head), *rows))


def _cells(of: OracleFigures) -> tuple[str, str, str]:
    return (
        f"{of.simple} {of.best_simple.mean:.3f}",
        f"{of.engine.mean:.3f}",
        "–" if of.share is None else _shown(of.share, 2),
    )


def _values(row: ContenderRun) -> Values:
    return _figure(row.outcomes[0])


def _figure(outcome: SeedOutcome) -> Values:
    return np.asarray(compute_any(outcome.ranks, _FIGURE))


def _days(trial: TaskTrial) -> tuple[str, str]:
    first, last = (day.isoformat() for day in trial.windows.test)
    return first, last


def _config(bundle: Bundle) -> TrainConfig:
    kept: dict[str, Any] = dict(bundle.spec.config)
    until = None if kept["until"] is None else date.fromisoformat(kept["until"])
    lists = {name: tuple(kept[name]) for name in ("tasks", "scorers")}
    return TrainConfig(**kept | lists | {"until": until, "engine": EngineSize(**kept["engine"])})


def _line(each: Judged) -> str:
    kept = f"the rules keep {each.rules.out:.1%} of pairs apart, {each.rules.forbidden_share:.1%} of answers"
    disputed = "".join(f", {rule} in dispute" for rule in each.rules.disputed)
    gained = f"{each.gained.mean:+.4f} [{each.gained.low:+.4f}, {each.gained.high:+.4f}]"
    return (
        f"{each.task}: {_figures(each.served)}; without rules {_figures(each.bare)}; "
        f"true rule {_shown(each.rule, 4)}, of typical companies {each.typical.mean:.4f}; "
        f"{kept}{disputed}; they give the engine {gained}"
    )


def _figures(of: OracleFigures) -> str:
    share = "no gap" if of.share is None else f"{_shown(of.share, 2)} of the gap closed"
    return f"{of.simple} {of.best_simple.mean:.4f}, engine {of.engine.mean:.4f}, {share}"


def _shown(each: Interval, digits: int = 3) -> str:
    return f"{each.mean:.{digits}f} [{each.low:.{digits}f}, {each.high:.{digits}f}]"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=Path("dure-data"), help="a home with a made-up city and a model")
    parser.add_argument("--store", help="its store where it is not the home's embedded one")
    parser.add_argument("--seed", type=int, default=7, help="seed of the city")
    parser.add_argument("--until", type=date.fromisoformat, default=UNTIL, help="last day of the city")
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=TASKS)
    parser.add_argument("--out", type=Path, help="folder of the report, default HOME/reports/oracle")
    return parser


if __name__ == "__main__":
    main()
