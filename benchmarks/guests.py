"""How well askers are answered of whom a text is all that is known: ``python -m benchmarks.guests``.

On each set a fifth of the test window's askers at a time is hidden from everything, until each was: their pairs, dated
or not, and all their relations are gone, for everybody. Each then asks as a guest does, by its text alone. Held against
each other, by NDCG@10 over all candidates, are content-kNN, its variant chosen by the same questions of the valid
window, and

- what the bench's engine gives a guest: the scorer that it chooses for newcomers on the last window that it knows, or,
  where all askers of a set are new, its own network and trees, blended as valid chooses; those ask all at once;
- what ``dure train`` trains, which answers newcomers itself, by the variant that valid chooses among all askers;
- the same blended with the nearness of the guest's text to each candidate's, as a company that a request describes is
  served. The text is the whole of the request here and asks for nothing, so it counts by the share that valid chooses.

The folders of sets are those of ``python -m benchmarks.all_figures``, which makes them; what is found goes into
``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.figures.page import write_between
from benchmarks.figures.tables import interval, markdown_table, vars_of
from benchmarks.opened_set import opened_set
from recommender.bench.contender import Contender, Role
from recommender.bench.model_names import SERVED
from recommender.bench.parts import PartStore
from recommender.bench.recommend_bench import HIDDEN_SHARE, RecommendBench
from recommender.bench.run import Runner
from recommender.engine.episodes import Style
from recommender.engine.newcomers import chosen_newcomer, newcomer_variants
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.known import Estimator, Known, Questions
from recommender.knowledge.stages import Stage
from recommender.knowledge.unseen import text_guests, text_nearness
from recommender.measure.arrays import Floats, Indices, Values
from recommender.measure.resampling import Resampling
from recommender.models.engine import ENGINE, engine_contenders
from recommender.models.served import EngineSize, learned_rows
from recommender.publish.text_share import blended, chosen_text_share, guests_ndcg
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
"""Times content-kNN, by an interval of the difference above zero."""
_DEPTH: Final = 10
_BUDGET: Final = 3.0
"""Minutes, as these sets have in ``all_figures``."""


@dataclass(frozen=True)
class GuestFigures:
    """NDCG@10 of each guest of a set, (Q,), and what is resampled together.

    ``engine``: the bench's, ``answered_by`` these; ``served``: what is trained to serve, alone and ``with_text``, which
    counts by a ``share`` that valid chose.
    """

    name: str
    answered_by: tuple[str, ...]
    content: Values
    engine: Values
    served: Values
    with_text: Values
    groups: Indices
    share: float = 1.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure all sets and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("dure-data/bench"), help="folder with sets and text vectors")
    parser.add_argument("--sets", nargs="+", default=SETS, metavar="NAME")
    parser.add_argument("--seeds", type=int, default=3, help="trainings of an engine that answers itself")
    parser.add_argument("--page", type=Path, default=Path("docs/benchmarks.md"))
    options = parser.parse_args(arguments)
    found = []
    for name in options.sets:
        found.append(measure(*opened_set(options.out, name), options.seeds))
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
        chosen = _chosen(bench, ENGINE, engine_contenders(valid.known, _BUDGET, "cpu")[ENGINE])
        by.append(ENGINE)
        engine = np.mean([_quality(chosen, test, style, seed) for seed in range(seeds)], axis=0)
    else:
        for rows, known, questions in guests(test, style):
            newcomers = for_newcomers(known, style)
            by.append(newcomers.name)
            engine[rows] = guests_ndcg(_scores(newcomers, known, questions), test, rows)
    serving = _chosen(bench, SERVED, learned_rows(valid, EngineSize()))
    learned = chosen_text_share(valid, serving, bench.fit(serving, "valid", 0), 0)
    share = 1.0 if learned is None else learned.chosen
    served = as_served(serving, test, style, seeds, share)
    answered_by = tuple(dict.fromkeys(by))
    return GuestFigures(dataset.name, answered_by, _quality(content, test, style), engine, *served, test.groups, share)


def as_served(
    estimator: Estimator, stage: Stage, style: Style, seeds: int, share: float = 1.0
) -> tuple[Values, Values]:
    """NDCG@10 of each question of a window, (Q,), asked by guests: by an estimator, and by it with their texts.

    ``share`` of the weight of a request's words is that of their texts.
    """
    alone, with_words = np.zeros((2, seeds, len(stage.questions)))
    for rows, known, questions in guests(stage, style):
        near = text_nearness(known, questions)[:, stage.is_candidate]
        for seed in range(seeds):
            scores = _scores(estimator, known, questions, seed)
            alone[seed, rows] = guests_ndcg(scores, stage, rows)
            with_words[seed, rows] = guests_ndcg(blended(scores, near, share, stage), stage, rows)
    return alone.mean(axis=0), with_words.mean(axis=0)


def for_newcomers(known: Known, style: Style) -> Estimator:
    """Return what the engine answers newcomers by."""
    return newcomer_variants(known)[chosen_newcomer(known, (), style, np.random.default_rng(0))]


def guests(stage: Stage, style: Style) -> Iterator[tuple[Indices, Known, Questions]]:
    """Yield some questions of a window at a time: their places, what is known without their askers, and the guests."""
    return text_guests(stage, 1 if style.cold else round(1 / HIDDEN_SHARE))


def guests_table(found: Sequence[GuestFigures]) -> list[str]:
    """Tabulate the bench's engine and what serves over content-kNN; in bold where the goal is met."""
    header = (
        *("set", "guests", "content-kNN", "bench's engine", "answered by", "/ content-kNN"),
        *("`served`", "/ content-kNN", "share of the text", "`served` with the text", "/ content-kNN"),
    )
    return markdown_table(header, [_line(each) for each in found])


def _line(each: GuestFigures) -> Sequence[str]:
    resampling = Resampling(each.groups)

    def times(values: Values) -> str:
        difference, ratio = resampling.compare(values, each.content)
        if ratio is None:
            return "–"
        shown = f"{interval(vars_of(ratio), '.3f')} ×"
        return f"**{shown}**" if ratio.mean >= _GOAL and difference.low > 0 else shown

    engine = (f"{each.engine.mean():.4f}", ", ".join(each.answered_by), times(each.engine))
    alone, with_text = ((f"{values.mean():.4f}", times(values)) for values in (each.served, each.with_text))
    served = (*alone, f"{each.share:g}", *with_text)
    asked = (f"`{each.name}`", f"{len(each.engine):,}", f"{each.content.mean():.4f}")
    return (*asked, *engine, *served)


def _chosen(bench: RecommendBench, name: str, rows: tuple[Estimator, ...]) -> Estimator:
    """Return the variant that valid chooses, as a run does."""
    with tempfile.TemporaryDirectory(prefix="dure-guests-") as scratch:
        runner = Runner(bench, PartStore(Path(scratch), {}), (0,))
        return rows[runner.choose(Contender(name, rows, Role.ENGINE, prefers_first=True))]


def _quality(estimator: Estimator, stage: Stage, style: Style, seed: int = 0) -> Values:
    """NDCG@10 of each question of a window, (Q,), asked by guests."""
    found: Values = np.zeros(len(stage.questions))
    for rows, known, questions in guests(stage, style):
        found[rows] = guests_ndcg(_scores(estimator, known, questions, seed), stage, rows)
    return found


def _scores(estimator: Estimator, known: Known, questions: Questions, seed: int = 0) -> Floats:
    return estimator.fit(known, np.random.default_rng(seed)).score(questions)


if __name__ == "__main__":
    main()
