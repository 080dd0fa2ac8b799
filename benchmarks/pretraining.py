"""Learn the pretrained network from public sets, and judge it on each set with weights that never saw it.

``python -m benchmarks.pretraining --shared ../shared`` imports the sets, learns on windows before each set's test cut
with each source left out in turn, and writes into ``docs/pretraining.md`` how the network does on the set that it never
saw: against the best popularity, the best simple scorer and the engine trained on that set, by the runs that
``python -m benchmarks.all_figures`` left in ``--runs``. What is finished is kept in ``--out`` and not done again.
``--choose`` looks at valid windows alone, for choosing settings; ``--ship`` learns from the sets whose terms let what
is learned be passed on, and writes the weights of the package.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.pretraining_page import PAGE, SHIPS, read_figures, read_rows, write_figures
from benchmarks.pretraining_sets import SETS, STAGES, OpenSet
from recommender.bench.contender import hash_of
from recommender.bench.parts import code_version
from recommender.bench.writing import written_to
from recommender.engine.pretrained.estimator import FineTuning, PretrainedEstimator, blended, carried_on
from recommender.engine.pretrained.network import NetworkArrays
from recommender.engine.pretrained.network_training import HeadConfig, train_head
from recommender.engine.pretrained.weights import SHIPPED, read_weights, shipped_weights
from recommender.measure.arrays import Values
from recommender.measure.arrays_file import write_arrays
from recommender.models.pretrained import FINE_TUNED, PRETRAINED, fine_tuned

_MEANS: Final = (0.0, 1.0)
"""Shares of the mean of simple scores that valid windows choose from, one for all sets."""
Found = dict[str, Values]
"""NDCG@10 of each question, by window."""
_Row = tuple[str, int, Callable[[Sequence[str]], Found]]


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what was asked for and is not there yet."""
    options = _parser().parse_args(arguments)
    vectors = options.vectors or options.out / "vectors.sqlite"
    opened = {
        each.folder: OpenSet(each, options.shared, options.out / "sets", vectors, options.questions) for each in SETS
    }
    if options.ship:
        write_arrays(SHIPPED, _learn([each for each in opened.values() if each.each.ships], 0))
        print(f"wrote {SHIPPED}")
        return
    stages = STAGES[:1] if options.choose else STAGES
    # Whatever made a part is in its name, so none is taken for another: code, shipped weights, number of questions.
    code = code_version("recommend")
    parts = options.out / f"parts-{hash_of([code, SHIPPED.read_bytes().hex(), options.questions])}"
    judged = {name: opened[name] for name in options.sets}
    for name, each in judged.items():
        others = [one for one in opened.values() if one.each.source != each.each.source]
        for row, seed, measure in rows_of(each, others, options, options.out / f"weights-{code}"):
            keep(parts / name / f"{row}-{seed}.json", measure, stages)
    if options.choose:
        print("\n".join(choices(parts, judged)))
        return
    write_figures(
        options.page, [read_figures(name, each.questions, parts, options.runs) for name, each in judged.items()]
    )
    print(f"wrote {options.page}")


def rows_of(each: OpenSet, others: Sequence[OpenSet], options: argparse.Namespace, learned: Path) -> Iterator[_Row]:
    """Yield name, seed and measuring of every row of a set.

    ``others`` are the sets of other sources; weights are kept in the folder ``learned``.
    """
    as_it_is, tuned = PretrainedEstimator(), fine_tuned(FineTuning(each.style, each.each.episodes))
    for seed in range(options.seeds):
        path = learned / f"without {each.each.source}-{seed}.safetensors"
        weights = partial(_left_out, others, seed, path)
        for estimator in (as_it_is, tuned):
            for mean in _MEANS if options.choose else (estimator.mean,):
                name = f"{estimator.name} {mean:g}" if options.choose else estimator.name
                yield name, seed, partial(_network, each, replace(estimator, mean=mean), weights, seed)
    if not (options.choose or each.each.ships):
        yield SHIPS, 0, partial(_network, each, as_it_is, shipped_weights, 0)


def _network(
    each: OpenSet,
    estimator: PretrainedEstimator,
    weights: Callable[[], NetworkArrays],
    seed: int,
    stages: Sequence[str],
) -> Found:
    """Judge weights on a set, as they are or carried on."""
    found, tuning = {}, estimator.tuning
    for stage in stages:
        arrays = weights() if tuning is None else carried_on(weights(), each.episodes[stage], tuning, seed)
        found[stage] = each.values(stage, blended(arrays, estimator.mean, each.pools[stage]))
    return found


def _left_out(others: Sequence[OpenSet], seed: int, path: Path) -> NetworkArrays:
    """Learn from the other sets, or read what was learned before."""
    if not path.exists():
        half = path.with_suffix(".half")  # a stop while writing leaves no part that looks whole
        path.parent.mkdir(parents=True, exist_ok=True)
        write_arrays(half, _learn(others, seed))
        half.rename(path)
    return read_weights(path)


def _learn(opened: Iterable[OpenSet], seed: int) -> NetworkArrays:
    return train_head([each.taught for each in opened if each.taught], HeadConfig(), seed)


def keep(path: Path, measure: Callable[[Sequence[str]], Found], stages: Sequence[str]) -> None:
    """Measure what is not there yet."""
    if path.exists():
        return
    start = time.monotonic()
    found = measure(stages)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({stage: values.tolist() for stage, values in found.items()})
    with written_to(path):
        half = path.with_suffix(".half")
        half.write_text(text, encoding="utf-8")
        half.rename(path)
    said = ", ".join(f"{stage} {values.mean():.4f}" for stage, values in found.items())
    print(f"{path.parent.name}, {path.stem}: {said}, {time.monotonic() - start:.0f} s", flush=True)


def choices(parts: Path, opened: Iterable[str]) -> Iterator[str]:
    """Yield the mean over all sets of what each setting reached on valid, best first."""
    found: dict[str, list[float]] = {}
    for name in opened:
        for row, seeds in read_rows(parts / name).items():
            if row.startswith((f"{PRETRAINED} ", f"{FINE_TUNED} ")):
                found.setdefault(row, []).append(float(np.mean([each["valid"] for each in seeds])))
    for row, means in sorted(found.items(), key=lambda item: -np.mean(item[1])):
        yield f"valid, {row}: {np.mean(means):.4f} over {len(means)} sets"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with bench/ and data/")
    parser.add_argument("--out", type=Path, default=Path("dure-data/pretraining"), help="sets and finished parts")
    parser.add_argument("--vectors", type=Path, help="text vectors of an earlier run")
    names = [each.folder for each in SETS]
    parser.add_argument("--sets", nargs="+", metavar="NAME", choices=names, default=names, help="judged on these alone")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--questions", type=int, default=700, help="asked of a window at most")
    parser.add_argument("--runs", type=Path, default=Path("dure-data/bench"), help="where runs of the sets lie")
    parser.add_argument("--choose", action="store_true", help="valid windows alone, several settings")
    parser.add_argument("--ship", action="store_true", help="write the weights of the package")
    parser.add_argument("--page", type=Path, default=PAGE, help="page to write")
    return parser


if __name__ == "__main__":
    main()
