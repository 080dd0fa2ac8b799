"""What serves best where a city has few links: ``python -m benchmarks.few_links``.

On public sets that the shipped weights have not seen, all links but a few, drawn by chance, are forgotten, those that
come with a question too; the questions of the valid window stay what they were. NDCG@10 of likeness of texts, of the
pretrained network as it is, and of popularity; the mean over three draws. Test windows are not read. The folders of
sets are those of ``python -m benchmarks.all_figures``; what is found goes into ``docs/pretraining.md``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.figures.page import write_between
from benchmarks.figures.tables import markdown_table
from benchmarks.opened_set import opened_set
from recommender.bench.recommend_bench import RecommendBench
from recommender.engine.pretrained.estimator import PretrainedEstimator
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.known import Estimator, Known
from recommender.knowledge.stages import Stage
from recommender.measure.arrays import Flags, Floats
from recommender.models.served import content_rows
from recommender.publish.text_share import guests_ndcg
from recommender.scorers.popularity import Popularity

SETS: Final = ("slovenia-organisations", "slovenia-calls", "thueringen-companies", "thueringen-measures")
COUNTS: Final = (0, 10, 30, 100, 300, 1_000)
MARKERS: Final = (
    "<!-- few links: what stands between these two lines is written by `python -m benchmarks.few_links` -->",
    "<!-- end of few links -->",
)
_DRAWS: Final = 3
_COLUMNS: Final = ("likeness of texts", "pretrained", "popularity")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all sets and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("dure-data/bench"), help="folder with sets and text vectors")
    parser.add_argument("--sets", nargs="+", default=SETS, metavar="NAME")
    parser.add_argument("--page", type=Path, default=Path("docs/pretraining.md"))
    options = parser.parse_args(arguments)
    rows = []
    for name in options.sets:
        found = list(measure(*opened_set(options.out, name)))
        rows += [(f"`{name}`", *line) for line in found]
        print("\n".join(table_of(rows[-len(found) :])[2:]), flush=True)
    write_between(MARKERS, options.page, "# The pretrained network", [*table_of(rows), ""])


def measure(
    dataset: Dataset, vectors: Mapping[str, Floats], counts: Sequence[int] = COUNTS
) -> Iterator[tuple[str, str, *tuple[str, ...]]]:
    """Yield the links that are known of how many, the questions, and NDCG@10 of each scorer, as they are written."""
    stage = RecommendBench(dataset, dict(vectors)).stage("valid")
    every = len(stage.known.pairs.query)
    for count in (*(each for each in counts if each < every), every):
        draws = _DRAWS if 0 < count < every else 1
        means = np.mean([_qualities(knowing(stage, _drawn(every, count, seed))) for seed in range(draws)], axis=0)
        yield f"{count:,} of {every:,}", f"{len(stage.questions):,}", *(f"{each:.3f}" for each in means)


def knowing(stage: Stage, kept: Flags) -> Stage:
    """Return a window before which only ``kept``, (pairs,), of the pairs are known, and come with its questions."""
    known, questions = stage.known, stage.questions
    pairs = known.pairs.take(kept)
    given, width = questions.given, len(known.candidates)
    cells = questions.query[given.query] * width + given.candidate
    stays = np.isin(cells, pairs.query * width + pairs.candidate)
    return replace(stage, known=replace(known, pairs=pairs), questions=replace(questions, given=given.take(stays)))


def table_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """Tabulate what ``measure`` found, the set first."""
    return markdown_table(("set", "links known", "questions", *_COLUMNS), rows)


def _drawn(every: int, count: int, seed: int) -> Flags:
    kept = np.zeros(every, dtype=bool)
    kept[np.random.default_rng(seed).permutation(every)[:count]] = True
    return kept


def _qualities(stage: Stage) -> list[float]:
    """Mean NDCG@10 of likeness of texts, the pretrained network and popularity."""
    return [_quality(each, stage) for each in _estimators(stage.known)]


def _estimators(known: Known) -> tuple[Estimator, Estimator, Estimator]:
    return content_rows(known)[0], PretrainedEstimator(), Popularity()


def _quality(estimator: Estimator, stage: Stage) -> float:
    scorer = estimator.fit(stage.known, np.random.default_rng(0))
    return float(guests_ndcg(scorer.score(stage.questions), stage, np.arange(len(stage.questions))).mean())


if __name__ == "__main__":
    main()
