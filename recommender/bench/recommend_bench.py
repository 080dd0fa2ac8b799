"""Recommendation on an experiment folder: its windows, and what a scorer did in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Final

import numpy as np

from graph_schema.wording import Wording
from recommender.bench.bench import Slice, WindowQuestions, checked_depths
from recommender.bench.leaks import refuse_informed_negatives, refuse_leaks
from recommender.bench.outcome import BLOCK_CELLS, Collector, SeedOutcome, checked
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.device import resolve_device
from recommender.knowledge.known import Estimator, Known, Questions, Scorer
from recommender.knowledge.stages import SLICES, Stage, StageName, build_stage
from recommender.knowledge.unseen import hide_histories
from recommender.measure.arrays import Floats, Indices
from recommender.measure.metrics import AT_K, FULL_DEPTH

MAX_VALID_QUERIES: Final = 5_000
"""More than this many questions of the valid window are drawn from, since settings are chosen many times."""
FEW_COLD: Final = 20
"""With fewer cold queries than this in the test window, some are made unseen."""
HIDDEN_SHARE: Final = 0.2
"""Askers made unseen: enough for an interval, few enough to leave the graph what it was."""
Wrap = Callable[[Scorer, StageName], Scorer]
"""Puts a trained scorer behind what serves with it in a window, such as rules."""


class RecommendBench:
    """Windows of a dataset, each checked for leaks when it is built."""

    def __init__(self, dataset: Dataset, vectors: Mapping[str, Floats], most: int | None = None) -> None:
        """Build both windows; with ``most`` each asks so many questions at most, drawn by chance."""
        self.dataset = dataset
        self._wrap: Wrap | None = None
        self._depths = checked_depths(dataset)
        self._stages: dict[StageName, Stage] = {}
        self._drawn_from: dict[StageName, int] = {}
        for name in ("valid", "test"):
            stage = build_stage(dataset, name, vectors)
            refuse_leaks(dataset, stage)
            self._drawn_from[name] = len(stage.questions)
            bound = most or (MAX_VALID_QUERIES if name == "valid" else None)
            self._stages[name] = stage if bound is None else _drawn(stage, bound)
        notes = (_all_listed(self.metrics, self._stages["test"]), _nothing_known(self._stages["valid"]))
        self.notes: tuple[Wording, ...] = tuple(note for note in (*notes, _not_positive(dataset)) if note is not None)

    @property
    def device(self) -> str:
        """What ``auto`` means here; a scorer that is to use another device says so in its settings."""
        return str(resolve_device("auto"))

    @property
    def metrics(self) -> tuple[str, ...]:
        """The main metric, then all others at the cut-offs that ``dataset.toml`` names."""
        at = [f"{name}@{k}" for k in self._depths for name in AT_K]
        return tuple(dict.fromkeys((self.dataset.spec.main, *at, "ndcg@10", *FULL_DEPTH)))

    def stage(self, name: StageName) -> Stage:
        """Return a window whole, its answers too."""
        return self._stages[name]

    def known(self, stage: StageName) -> Known:
        """Return what is learned from before a window."""
        return self._stages[stage].known

    def given_questions(self, stage: StageName) -> Questions:
        """Return the questions of a window as scorers are asked them."""
        return self._stages[stage].questions

    def questions(self, stage: StageName) -> WindowQuestions:
        """Return who is asked in a window."""
        window = self._stages[stage]
        known = window.known
        degree = np.bincount(known.pairs.candidate, minlength=len(known.candidates))
        ids = known.queries.ids
        return WindowQuestions(
            names=(names := tuple(ids[place] for place in window.questions.query)),
            list_names=names,
            lists=np.arange(len(names)),
            answer_names=known.candidates.ids,
            groups=window.groups,
            history=np.diff(window.questions.context.indptr).astype(np.int64),
            degree=degree,
            candidates=int(window.is_candidate.sum()),
            positives=int(window.positives.nnz),
            slices=tuple(
                Slice(name, window.members(name), degree == 0 if name == "cold_candidate" else None) for name in SLICES
            ),
            facts=self._facts(stage),
        )

    def fit(self, estimator: Estimator, stage: StageName, seed: int) -> Scorer:
        """Learn from what is known before a window, without sight of its answers.

        Raises ``EvaluationError`` where the scorer shows ``negatives`` that were chosen with knowledge of the window.
        """
        window = self._stages[stage]
        scorer = estimator.fit(window.known.known_only, np.random.default_rng(seed))
        negatives = getattr(scorer, "negatives", None)
        if negatives is not None:
            refuse_informed_negatives(negatives, window)
        return scorer

    def rank(self, scorer: Scorer, stage: StageName, name: str) -> SeedOutcome:
        """Score a window block by block, among its candidates alone."""
        window = self._stages[stage]
        served = scorer if self._wrap is None else self._wrap(scorer, stage)
        columns = np.flatnonzero(window.is_candidate)
        collector = Collector(len(columns), self._depths[0])
        size = max(1, BLOCK_CELLS // len(window.is_candidate))
        for start in range(0, len(window.questions), size):
            rows = np.arange(start, min(start + size, len(window.questions)))
            questions = window.questions.take(rows)
            scores = checked(served.score(questions), (len(rows), len(window.is_candidate)), name)[:, columns]
            calibrate = getattr(scorer, "calibration", None)
            collector.add(
                scores,
                window.positives[rows][:, columns],
                window.masked[rows][:, columns],
                columns,
                None if calibrate is None else np.asarray(calibrate(scores)),
            )
        return replace(collector.outcome(), note=getattr(scorer, "note", None))

    def hide_queries(self) -> RecommendBench | None:
        """Return the bench with a fifth of the test queries wholly unseen; None where enough are cold by nature.

        A hidden node keeps its attributes and text, and its undated relations to labels other than the candidates';
        its target pairs and dated rows are gone, for everybody.
        """
        stage = self._stages["test"]
        warm = np.flatnonzero(~stage.members("cold_query"))
        if len(stage.questions) - len(warm) >= FEW_COLD or len(warm) <= 1:  # one to hide, one to learn from
            return None
        drawn = np.random.default_rng(self.dataset.spec.split.seed).permutation(warm)
        chosen = np.sort(drawn[: max(1, round(HIDDEN_SHARE * len(stage.questions)))])
        return self._with(_stages=self._stages | {"test": hide(stage, chosen)})

    def behind(self, wrap: Wrap | None) -> RecommendBench:
        """Return the bench with every scorer ranked behind ``wrap``, or bare; what is learned is the same."""
        return self._with(_wrap=wrap)

    def _with(self, **changed: object) -> RecommendBench:
        other = copy(self)
        vars(other).update(changed)
        return other

    def _facts(self, name: StageName) -> dict[str, object]:
        stage = self._stages[name]
        start = stage.known.start
        return {
            "queries": len(stage.questions),
            "drawn_from": self._drawn_from[name],
            "positives": int(stage.positives.nnz),
            "candidates": int(stage.is_candidate.sum()),
            "events": len(np.unique(stage.groups)),
            "known_pairs": len(stage.known.pairs),
            "starts": "" if np.isnat(start) else str(start.astype("datetime64[D]")),
            "slices": {each: int(stage.members(each).sum()) for each in SLICES},
        }


def hide(stage: Stage, rows: Indices) -> Stage:
    """Return a window that asks only ``rows``, (H,), of whose nodes nothing but attributes is known."""
    unseen, nothing = hide_histories(stage.known, stage.questions, rows)
    return Stage(stage.name, unseen, nothing, stage.positives[rows], stage.masked[rows], stage.groups[rows])


def _all_listed(metrics: Sequence[str], stage: Stage) -> Wording | None:
    """Name the metrics that any order of the candidates satisfies, since the list holds all of them."""
    ranked = stage.is_candidate
    left = int((ranked.sum() - np.diff(stage.masked[:, ranked].tocsr().indptr)).max())
    depths = [(metric, metric.partition("@")) for metric in metrics]
    same = [metric for metric, (name, _, k) in depths if name in ("recall", "hits", "precision") and int(k) >= left]
    if not same:
        return None
    names = ", ".join(same)
    return Wording(
        f"질의에 남는 후보는 많아야 {left:,}개이므로, 다음 지표는 어느 모델이나 값이 같습니다: {names}. k를 줄이거나 "
        "다른 지표를 고르십시오",
        f"candidates left to a query: {left:,} at most; thus the same for every model: {names}; choose a smaller k or "
        "another metric",
    )


def _nothing_known(valid: Stage) -> Wording | None:
    """Say that settings are chosen where nobody has learned anything."""
    if len(valid.known.pairs):
        return None
    return Wording(
        "valid 구간 전에 알려진 쌍이 없어, 설정이 아무것도 배우지 않은 모델로 골라집니다. train의 행을 더하십시오",
        "no pair is known before the valid window, so that settings are chosen by models that have learned from none; "
        "add rows of train",
    )


def _not_positive(dataset: Dataset) -> Wording | None:
    """Say that a row with a weight of 0 or less is a pair like any other."""
    count = int((dataset.target.weight <= 0).sum())
    if not count:
        return None
    file = f"edges/{'__'.join(dataset.target.key)}.csv"
    return Wording(
        f"{file}: weight가 0 이하인 행 {count:,}개도 다른 행과 똑같이 사건이자 정답으로 셉니다. 선택이 아닌 행이면 "
        "빼십시오",
        f"{file}: rows with a weight of 0 or less ({count:,}) count as pairs and as answers like all others; leave out "
        "those that are no choice",
    )


def _drawn(stage: Stage, most: int) -> Stage:
    if len(stage.questions) <= most:
        return stage
    rows = np.sort(np.random.default_rng(0).permutation(len(stage.questions))[:most])
    return Stage(
        stage.name,
        stage.known,
        stage.questions.take(rows),
        stage.positives[rows],
        stage.masked[rows],
        stage.groups[rows],
    )
