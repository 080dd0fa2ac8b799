"""Learn the pretrained weights from public sets, and judge each set with weights that never saw it.

``python -m benchmarks.pretraining --shared ../shared --out DIR`` imports the sets, learns on windows before each set's
test cut, leaves each source out in turn, prints the tables and, with ``--ship``, writes the weights of the package.
``--choose`` prints the valid windows alone, for choosing settings; ``--engine`` adds the engine trained on each set.
Of large sets a sample of the questions is asked (``--questions``).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np

import recommender.engine.pretrained as package
from recommender.engine.episodes import Style
from recommender.engine.pool import blocked_cells
from recommender.engine.pretrained.canonical import CanonicalFeaturizer, CanonicalPools
from recommender.engine.pretrained.estimator import FineTuning, Shares, blended, carried_on
from recommender.engine.pretrained.lessons import (
    Lesson,
    LessonConfig,
    asks_for_unseen,
    make_lessons,
    unseen_lessons,
)
from recommender.engine.pretrained.network_training import HeadConfig, train_head
from recommender.engine.pretrained.trees import RankerConfig, train_ranker
from recommender.engine.pretrained.weights import Weights, write_weights
from recommender.importers.registry import import_set
from recommender.knowledge.folder.read import read_dataset
from recommender.knowledge.known import Estimator, Scorer
from recommender.knowledge.stages import Stage, build_stage
from recommender.measure.arrays import Floats, Values
from recommender.measure.bootstrap import errors_behind, paired_difference
from recommender.measure.metrics import ndcg
from recommender.measure.ranks import rank_positives
from recommender.models.engine import ENGINE, engine_contenders
from recommender.scorers.content import has_text
from recommender.scorers.registry import simple_contenders
from recommender.text.encoder import NODE_ROLE, load_encoder

_DEPTH: Final = 10
_BUDGET: Final = 3.0
"""Minutes, as of the engine's own figures on these sets: a thousand questions an episode."""
_POPULARITIES: Final = ("popularity", "recent-popularity")
_QUICK_ROWS: Final = (*_POPULARITIES, "conditional-popularity", "content-knn", "item-knn", "basket-knn", "graph-walk")
"""Simple scorers held against on large sets; the others take hours there on one core."""
_TRIED: Final = {
    "mean": Shares(1, 0, 0),
    "network": Shares(0, 1, 0),
    "trees": Shares(0, 0, 1),
    "mean+network": Shares(1, 1, 0),
    "mean+trees": Shares(1, 0, 1),
    "network+trees": Shares(0, 1, 1),
    "all": Shares(1, 1, 1),
}
"""Blends that valid chooses from, one for all sets."""


@dataclass(frozen=True)
class PublicSet:
    """A folder that ``importer`` makes of files below ``shared``; sets of one ``source`` are left out together."""

    folder: str
    importer: str
    files: str
    source: str
    large: bool = False
    award: bool = True

    @property
    def lessons(self) -> LessonConfig:
        """How much is learned from."""
        return LessonConfig(3, 60, pool=300) if self.large else LessonConfig(6, 300)

    @property
    def pool(self) -> int:
        """Candidates of a pool."""
        return 300 if self.large else 1_000


SETS: Final = (
    PublicSet("thueringen-measures", "thueringen", "bench/thueringen-erdf", "Thüringen", award=False),
    PublicSet("thueringen-companies", "thueringen", "bench/thueringen-erdf", "Thüringen"),
    PublicSet("miyagi-programmes", "miyagi", "bench/miyagi-subsidies", "Miyagi"),
    PublicSet("miyagi-programmes-no-farm", "miyagi", "bench/miyagi-subsidies", "Miyagi"),
    PublicSet("sbir-agency", "sbir", "bench/sbir", "SBIR"),
    PublicSet("sbir-topics", "sbir", "bench/sbir", "SBIR", large=True),
    PublicSet("slovenia-calls", "slovenia", "bench/slovenia-sf", "Slovenia"),
    PublicSet("slovenia-organisations", "slovenia", "bench/slovenia-sf", "Slovenia"),
    PublicSet("h2020-P-2019", "h2020", "bench/h2020", "Horizon 2020", large=True, award=False),
    PublicSet("h2020-C-2019", "h2020", "bench/h2020", "Horizon 2020", large=True, award=False),
    PublicSet("patents-applicant", "patents", "data/patents", "Patents", award=False),
    PublicSet("patents-co-applicant", "patents", "data/patents", "Patents", award=False),
)


class OpenSet:
    """A set in memory: its windows, their pools and lessons, each made when first asked for."""

    def __init__(self, each: PublicSet, options: argparse.Namespace) -> None:
        self.each = each
        folder = options.out / "data" / each.folder
        if not folder.exists():
            import_set(each.importer, options.shared / each.files, folder.parent)
        dataset = read_dataset(folder)
        encoder = load_encoder(cache=options.vectors or options.out / "vectors.sqlite")
        ends = {dataset.spec.task.query, dataset.spec.task.candidate}
        texts = {label: dataset.nodes[label].texts for label in sorted(ends)}
        vectors = {label: encoder.encode(text, NODE_ROLE) for label, text in texts.items() if text is not None}
        stages = {name: build_stage(dataset, name, vectors) for name in ("valid", "test")}
        self.style = Style.of(stages["valid"])
        self.stages = {name: _sampled(stage, options.questions) for name, stage in stages.items()}

    @cached_property
    def pools(self) -> Mapping[str, CanonicalPools]:
        """Pools of the questions of both windows."""
        return {
            name: CanonicalFeaturizer(stage.known).pools(stage.asked, self.each.pool)
            for name, stage in self.stages.items()
        }

    @cached_property
    def lessons(self) -> Mapping[str, list[Lesson]]:
        """Lessons from before each window."""
        return {
            name: make_lessons(stage.known, self.style, self.each.lessons, np.random.default_rng(0))
            for name, stage in self.stages.items()
        }

    @cached_property
    def taught(self) -> list[Lesson]:
        """Lessons for other sets: those from before the test, and windows that ask for candidates never seen."""
        known = self.stages["test"].known
        lessons = list(self.lessons["test"])
        if has_text(known, known.task.candidate) and not (known.same_label or asks_for_unseen(known)):
            config = replace(self.each.lessons, windows=4)
            lessons += unseen_lessons(known, self.style, config, np.random.default_rng(0))
        return lessons

    def values(self, name: str, rows: Floats) -> Values:
        """NDCG@10 of scores of the pool's rows; what is outside a pool stands below."""
        stage, pools = self.stages[name], self.pools[name]
        scores = np.full((len(stage.asked), stage.asked.n_candidates), -1e3, np.float32)
        scores[pools.question, pools.candidate] = rows
        return self._ndcg(name, scores)

    def values_of(self, name: str, scorer: Scorer) -> Values:
        """NDCG@10 of a scorer."""
        stage = self.stages[name]
        step = max(1, 20_000_000 // stage.asked.n_candidates)
        parts = [
            scorer.score(stage.asked.take(np.arange(at, min(at + step, len(stage.asked)))))
            for at in range(0, len(stage.asked), step)
        ]
        return self._ndcg(name, np.concatenate(parts))

    def _ndcg(self, name: str, scores: Floats) -> Values:
        stage = self.stages[name]
        scores[blocked_cells(stage.asked, stage.known)] = scores.min() - 1.0
        scores[stage.masked.toarray() > 0] = scores.min()
        return ndcg(rank_positives(scores, stage.positives), _DEPTH)

    def chosen(self, variants: Sequence[Estimator], seed: int = 0, *, first: bool = False) -> tuple[Values, Values]:
        """Return NDCG@10 on valid and on test of the variant that valid chooses.

        ``first``: variants further back must be better by more than one standard error.
        """
        valid = np.stack([self._tried(each, "valid", seed) for each in variants])
        best = int(np.argmax(valid.mean(axis=1)))
        if first:
            best = int(np.argmax(errors_behind(valid, self.stages["valid"].groups) <= 1.0))
        return valid[best], self._tried(variants[best], "test", seed)

    def _tried(self, estimator: Estimator, name: str, seed: int) -> Values:
        scorer = estimator.fit(self.stages[name].known.sealed, np.random.default_rng(seed))
        return self.values_of(name, scorer)


def _sampled(stage: Stage, most: int) -> Stage:
    """Ask some of the questions, with what is known sealed."""
    rows = np.arange(len(stage.asked))
    if len(rows) > most:
        rows = np.sort(np.random.default_rng(1).choice(rows, most, replace=False))
    return replace(
        stage,
        known=stage.known.sealed,
        asked=stage.asked.take(rows),
        positives=stage.positives[rows],
        masked=stage.masked[rows],
        groups=stage.groups[rows],
    )


def learn(groups: Sequence[Sequence[Lesson]], seed: int) -> Weights:
    """Learn both parts from the lessons of several sets."""
    filled = [lessons for lessons in groups if lessons]
    return Weights(train_ranker(filled, RankerConfig(), seed), train_head(filled, HeadConfig(), seed))


def left_out(opened: Mapping[str, OpenSet], source: str, seed: int) -> Weights:
    """Learn from all sets but those of a source."""
    return learn([each.taught for each in opened.values() if each.each.source != source], seed)


def judge(opened: OpenSet, weights: Weights, seed: int, stages: Sequence[str]) -> dict[str, dict[str, Values]]:
    """Return NDCG@10 of every blend, as it is and fine-tuned, by window and name."""
    found: dict[str, dict[str, Values]] = {}
    for name in stages:
        lessons = opened.lessons[name]
        tuned = carried_on(weights, lessons, FineTuning(opened.style, opened.each.lessons), seed)
        found[name] = {}
        for kind, each in (("pretrained", weights), ("fine-tuned", tuned)):
            for blend, shares in _TRIED.items():
                rows = blended(each, shares, opened.pools[name])
                found[name][f"{kind} {blend}"] = opened.values(name, rows)
    return found


def baselines(opened: OpenSet, *, engine: bool) -> dict[str, tuple[Values, Values]]:
    """Return the best popularity, the best simple scorer and, where asked for, the engine: valid and test."""
    known = opened.stages["valid"].known
    rows = simple_contenders(known, _QUICK_ROWS if opened.each.large else None, "cpu")
    tried = {name: opened.chosen(variants) for name, variants in rows.items()}
    popular = max((name for name in tried if name in _POPULARITIES), key=lambda name: tried[name][0].mean())
    best = max(tried, key=lambda name: tried[name][0].mean())
    found = {f"popularity {popular}": tried[popular], f"simple {best}": tried[best]}
    if engine and not opened.each.large:
        found["engine"] = opened.chosen(engine_contenders(known, _BUDGET, "cpu")[ENGINE], first=True)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Run what was asked for; what is measured is written as JSON as it comes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, help="text vectors of an earlier run")
    parser.add_argument("--sets", nargs="*", default=[each.folder for each in SETS])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--questions", type=int, default=700)
    parser.add_argument("--choose", action="store_true", help="valid windows alone")
    parser.add_argument("--engine", action="store_true", help="train the engine on each set that is not large")
    parser.add_argument("--ship", action="store_true", help="learn from all sets and write the weights of the package")
    options = parser.parse_args(arguments)
    opened = {each.folder: OpenSet(each, options) for each in SETS if each.folder in options.sets}
    if options.ship:
        write_weights(learn([each.taught for each in opened.values()], 0), Path(package.__file__).parent / "weights")
        return
    stages = ("valid",) if options.choose else ("valid", "test")
    for source in dict.fromkeys(each.each.source for each in opened.values()):
        _of_source(opened, source, options, stages)
    print(table(options.out))


def _of_source(opened: Mapping[str, OpenSet], source: str, options: argparse.Namespace, stages: Sequence[str]) -> None:
    mine = {name: each for name, each in opened.items() if each.each.source == source}
    found: dict[str, dict[str, Any]] = {name: {} for name in mine}
    for seed in range(options.seeds):
        start = time.monotonic()
        weights = left_out(opened, source, seed)
        for name, each in mine.items():
            for stage, rows in judge(each, weights, seed, stages).items():
                found[name].setdefault(stage, []).append({row: values.tolist() for row, values in rows.items()})
        print(f"{source}, seed {seed}: {time.monotonic() - start:.0f} s", flush=True)
    for name, each in mine.items():
        if not options.choose:
            rows = baselines(each, engine=options.engine)
            found[name]["baselines"] = {row: [part.tolist() for part in values] for row, values in rows.items()}
            found[name]["groups"] = each.stages["test"].groups.tolist()
        kind = "choice" if options.choose else "figures"
        path = options.out / kind / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(found[name]), encoding="utf-8")


def table(out: Path) -> str:
    """Return what was measured: the mean of every blend on valid, then a line for each set."""
    lines = []
    for kind in ("choice", "figures"):
        found = {path.stem: json.loads(path.read_text()) for path in sorted((out / kind).glob("*.json"))}
        for row in (f"{kind_of} {blend}" for kind_of in ("pretrained", "fine-tuned") for blend in _TRIED):
            each = {name: float(np.mean([seed[row] for seed in one["valid"]])) for name, one in found.items()}
            if each:
                words = ", ".join(f"{name} {value:.3f}" for name, value in each.items())
                lines.append(f"valid, {row}: {np.mean(list(each.values())):.4f} ({words})")
        lines += [_line(name, one) for name, one in found.items() if "baselines" in one]
    return "\n".join(lines)


def _line(name: str, found: Mapping[str, Any]) -> str:
    """Return a set's row: means, spread over seeds, and paired differences of the mean over seeds."""
    rows = {row: np.array(values[1]) for row, values in found["baselines"].items()}
    popular = next(values for row, values in rows.items() if row.startswith("popularity"))
    best = next(values for row, values in rows.items() if row.startswith("simple"))
    for kind in ("pretrained", "fine-tuned"):
        blend = CHOSEN[kind]
        seeds = np.array([seed[f"{kind} {blend}"] for seed in found["test"]])
        rows[kind] = seeds.mean(axis=0)
    groups = np.array(found["groups"])
    parts = [f"{row} {values.mean():.3f}" for row, values in rows.items()]
    for kind in ("engine", "pretrained", "fine-tuned"):
        for against, values in (("popularity", popular), ("simple", best)):
            if kind in rows:
                d = paired_difference(rows[kind], values, groups=groups)
                parts.append(f"{kind} - {against} {d.mean:+.3f} [{d.low:+.3f}, {d.high:+.3f}]")
    return f"| {name} | {len(popular)} | " + " | ".join(parts) + " |"


CHOSEN: Final = {"pretrained": "mean+network", "fine-tuned": "all"}
"""Blends that valid chose, by their mean over all sets."""


if __name__ == "__main__":
    main()
