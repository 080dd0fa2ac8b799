"""How well askers are answered of whom a text is all that is known: ``python -m benchmarks.guests``.

On each set a fifth of the test window's askers at a time is hidden from everything, until each was: their pairs, dated
or not, and all their relations are gone, for everybody. Each then asks as a guest does, by its text alone. Held against
each other, by NDCG@10 over all candidates, are content-kNN, its variant chosen by the same questions of the valid
window, and what the engine gives a guest: the scorer that it chooses for newcomers on the last window that it knows,
or, where all askers of a set are new, its own network and trees, blended as valid chooses; those ask all at once.
The folders of sets are those of ``python -m benchmarks.all_figures``, which makes them; what is found goes into
``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from scipy import sparse

from benchmarks.figures.page import write_between
from benchmarks.figures.tables import interval, markdown_table, result, vars_of
from recommender.bench.contender import Contender, Role
from recommender.bench.parts import PartStore
from recommender.bench.recommend_bench import HIDDEN_SHARE, RecommendBench
from recommender.bench.run import Runner
from recommender.engine.episodes import Style
from recommender.engine.newcomers import chosen_newcomer, newcomer_variants
from recommender.knowledge.columns import CategoryColumn, Column, DateColumn, NumberColumn
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.folder.read import read_dataset
from recommender.knowledge.known import Estimator, Known, Questions, Rows
from recommender.knowledge.stages import Stage
from recommender.knowledge.unseen import as_guests, without_queries
from recommender.lab.experiment import Request, text_vectors
from recommender.measure.arrays import Floats, Indices, Values
from recommender.measure.metrics import ndcg
from recommender.measure.ranks import rank_positives
from recommender.measure.resampling import Resampling
from recommender.models.engine import ENGINE, engine_contenders
from recommender.scorers.registry import simple_contenders

SETS: Final = (
    "miyagi-programmes",
    "miyagi-programmes-no-farm",
    "thueringen-measures",
    "thueringen-companies",
    "slovenia-organisations",
    "slovenia-calls",
    "sbir-agency",
    "patents-applicant",
)
MARKERS: Final = (
    "<!-- guests: what stands between these two lines is written by `python -m benchmarks.guests` -->",
    "<!-- end of guests -->",
)
_CONTENT: Final = "content-knn"
_GOAL: Final = 1.15
_DEPTH: Final = 10
_BUDGET: Final = 3.0
"""Minutes, as these sets have in ``all_figures``."""


@dataclass(frozen=True)
class GuestFigures:
    """NDCG@10 of each guest of a set, (Q,), by the engine and by content-kNN, and what is resampled together."""

    name: str
    answered_by: tuple[str, ...]
    engine: Values
    content: Values
    groups: Indices


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all sets and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("dure-data/bench"), help="folder with sets and text vectors")
    parser.add_argument("--sets", nargs="+", default=SETS, metavar="NAME")
    parser.add_argument("--seeds", type=int, default=3, help="trainings, where the engine itself answers")
    parser.add_argument("--page", type=Path, default=Path("docs/benchmarks.md"))
    options = parser.parse_args(arguments)
    found = []
    for name in options.sets:
        folder = options.out / "sets" / name
        dataset = read_dataset(folder)
        request = Request(folder, options.out, text_cache=options.out / "text-vectors.sqlite")
        vectors = text_vectors(dataset, request, lambda *_: None)[1]
        found.append(measure(dataset, vectors, options.seeds))
        print("\n".join(guests_table(found[-1:])[2:]), flush=True)
    write_between(MARKERS, options.page, "# Benchmarks", [*guests_table(found), ""])


def measure(dataset: Dataset, vectors: dict[str, Floats], seeds: int) -> GuestFigures:
    """Ask the test window's askers as guests; every setting is chosen before it."""
    bench = RecommendBench(dataset, vectors)
    valid, test = bench.stage("valid"), bench.stage("test")
    style = Style.of(valid)
    variants = simple_contenders(valid.known, (_CONTENT,))[_CONTENT]
    content = variants[int(np.argmax([_quality(each, valid, style).mean() for each in variants]))]
    engine: Values = np.zeros(len(test.questions))
    by: list[str] = []
    if style.cold:
        chosen = _engine(bench)
        by.append(ENGINE)
        engine = np.mean([_quality(chosen, test, style, seed) for seed in range(seeds)], axis=0)
    else:
        for rows, known, questions in guests(test, style):
            served = for_newcomers(known, style)
            by.append(served.name)
            engine[rows] = _ndcg(served, known, questions, test, rows)
    return GuestFigures(dataset.name, tuple(dict.fromkeys(by)), engine, _quality(content, test, style), test.groups)


def for_newcomers(known: Known, style: Style) -> Estimator:
    """Return what the engine answers newcomers by."""
    return newcomer_variants(known)[chosen_newcomer(known, (), style, np.random.default_rng(0))]


def guests(stage: Stage, style: Style) -> Iterator[tuple[Indices, Known, Questions]]:
    """Yield some questions of a window at a time: their places, what is known without their askers, and the guests."""
    number = len(stage.questions)
    folds = 1 if style.cold else round(1 / HIDDEN_SHARE)
    for rows in np.array_split(np.random.default_rng(0).permutation(number), folds):
        rows.sort()
        questions, places = stage.questions.take(rows), stage.questions.query[rows]
        nothing = questions.given.take(np.empty(0, dtype=np.int64))
        by_text = _text_alone(as_guests(stage.known, places))
        yield (
            rows,
            _without(stage.known, places).known_only,
            replace(questions, query=np.arange(len(rows)), given=nothing, guests=by_text),
        )


def guests_table(found: Sequence[GuestFigures]) -> list[str]:
    """Tabulate the engine over content-kNN."""
    header = ("set", "guests", "content-kNN", "engine", "answered by", "engine / content-kNN", "goal", "result")
    return markdown_table(header, [_line(each) for each in found])


def _line(each: GuestFigures) -> Sequence[str]:
    difference, ratio = Resampling(each.groups).compare(each.engine, each.content)
    reached = ratio is not None and ratio.mean >= _GOAL and difference.low > 0
    times = "–" if ratio is None else f"{interval(vars_of(ratio), '.3f')} ×"
    means = [f"{values.mean():.4f}" for values in (each.content, each.engine)]
    by = ", ".join(each.answered_by)
    goal = f"≥ {_GOAL:g} ×, interval above 1"
    return (f"`{each.name}`", f"{len(each.engine):,}", *means, by, times, goal, result("", reached=reached))


def _engine(bench: RecommendBench) -> Estimator:
    """Return the blend of the engine that valid chooses, as a run does."""
    rows = engine_contenders(bench.known("valid"), _BUDGET, "cpu")[ENGINE]
    with tempfile.TemporaryDirectory(prefix="dure-guests-") as scratch:
        runner = Runner(bench, PartStore(Path(scratch), {}), (0,))
        return rows[runner.choose(Contender(ENGINE, rows, Role.ENGINE, prefers_first=True))]


def _quality(estimator: Estimator, stage: Stage, style: Style, seed: int = 0) -> Values:
    """NDCG@10 of each question of a window, (Q,), asked by guests."""
    found: Values = np.zeros(len(stage.questions))
    for rows, known, questions in guests(stage, style):
        found[rows] = _ndcg(estimator, known, questions, stage, rows, seed)
    return found


def _ndcg(
    estimator: Estimator, known: Known, questions: Questions, stage: Stage, rows: Indices, seed: int = 0
) -> Values:
    scores = estimator.fit(known, np.random.default_rng(seed)).score(questions)[:, stage.is_candidate]
    masked = stage.masked[rows][:, stage.is_candidate]
    return ndcg(rank_positives(scores, stage.positives[rows][:, stage.is_candidate], masked), _DEPTH)


def _without(known: Known, places: Indices) -> Known:
    """Return what is known where nothing but nodes without relations is left of some query nodes."""
    hidden = np.zeros(len(known.queries), dtype=bool)
    hidden[places] = True
    less = without_queries(known, hidden)
    relations = []
    for edges in less.relations:
        touched = np.zeros(len(edges), dtype=bool)
        for label, ends in ((edges.source, edges.src), (edges.target, edges.dst)):
            if label == known.task.query:
                touched |= hidden[ends]
        relations.append(edges.take(~touched))
    return replace(less, relations=tuple(relations))


def _text_alone(rows: Rows) -> Rows:
    """Return guests of whom attributes and links are not known."""
    nodes = replace(rows.nodes, columns=tuple(_emptied(each) for each in rows.nodes.columns))
    links = {key: sparse.csr_array(each.shape, dtype=each.dtype) for key, each in rows.links.items()}
    return Rows(nodes, links, rows.text)


def _emptied(column: Column) -> Column:
    if isinstance(column, CategoryColumn):
        return replace(column, members=sparse.csr_array(column.members.shape, dtype=np.float32))
    if isinstance(column, NumberColumn):
        return replace(column, values=np.full(len(column.values), np.nan))
    if isinstance(column, DateColumn):
        return replace(column, values=np.full(len(column.values), "NaT", dtype="datetime64[s]"))
    return column


if __name__ == "__main__":
    main()
