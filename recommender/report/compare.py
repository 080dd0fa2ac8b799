"""Runs beside one another: those in a folder, and paired differences of two on the same queries."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from graph_schema.errors import EvaluationError, NotFoundError
from graph_schema.system_errors import reason_of
from graph_schema.wording import Wording
from recommender.bench.figures import SAMPLES, Comparison
from recommender.measure.arrays import Values
from recommender.measure.holm import holm
from recommender.measure.resampling import Resampling
from recommender.report.files import METRICS_FILE, QUERIES_FILE
from recommender.report.plain import FORMAT

_SAMPLES_PER_PAIR: Final = 40
"""The least p-value is 2 / (samples + 1): with 40 a pair it is just below 0.05 once it is corrected."""
_DEPTH: Final = 3
"""Folders of runs lie by set, model and date at the deepest."""


@dataclass(frozen=True)
class RunFolder:
    """A finished run: its folder and what its ``metrics.json`` says."""

    path: Path
    metrics: dict[str, Any]

    @property
    def dataset(self) -> str:
        """Name of the dataset."""
        return str(self.metrics["dataset"])

    @property
    def main(self) -> str:
        """Main metric."""
        return str(self.metrics["main"])

    @property
    def asked(self) -> list[str]:
        """Models that were asked for and could be run, best first."""
        return [name for name, model in self.metrics["models"].items() if model["asked"]]

    @property
    def finished(self) -> str:
        """Moment at which it ended, in UTC; empty where an older version of the program did not say."""
        return str(self.metrics.get("finished", ""))

    @property
    def minutes(self) -> float | None:
        """Minutes that all its fits and rankings took; None where an older version of the program did not say."""
        minutes = self.metrics.get("minutes")
        return None if minutes is None else float(f"{minutes:.1f}" if minutes >= 1 else f"{minutes:.1g}")

    @property
    def failed(self) -> dict[str, Wording]:
        """Why there are no figures of a model that was asked for, by model; older runs say it in English alone."""
        english, korean = self.metrics["failed"], self.metrics.get("failed_ko", {})
        return {name: Wording(korean.get(name, english[name]), english[name]) for name in self.metrics["failed_asked"]}

    def value(self, model: str) -> dict[str, float]:
        """Return mean, low and high of the main metric over all queries."""
        return dict(self.metrics["models"][model]["slices"]["all"][self.main])


def open_run(path: Path) -> RunFolder:
    """Open the folder of a finished run; raises ``NotFoundError`` where it is none."""
    try:
        metrics = json.loads((path / METRICS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = reason_of(error)
        raise NotFoundError(
            Wording(
                f"{path}: 끝난 실험이 없습니다({METRICS_FILE}: {why.ko}). `dure experiment run … --out {path}`로 "
                "실행하십시오",
                f"{path} holds no finished run ({METRICS_FILE}: {why.en}); `dure experiment run … --out {path}` makes "
                "one",
            )
        ) from error
    if not isinstance(metrics, dict) or metrics.get("format") != FORMAT:
        file = path / METRICS_FILE
        raise NotFoundError(
            Wording(
                f"{file}: 이 프로그램의 결과 형식({FORMAT})이 아닙니다. 실험을 다시 실행하십시오",
                f"{file} is not of this program's format {FORMAT}; run the experiment again",
            )
        )
    return RunFolder(path, metrics)


def find_runs(folder: Path) -> list[RunFolder]:
    """Return the finished runs in ``folder`` and up to three levels below, by path."""
    found = []
    for depth in range(_DEPTH + 1):
        for path in folder.glob("*/" * depth + METRICS_FILE):
            try:
                found.append(open_run(path.parent))
            except NotFoundError:
                continue
    return sorted(found, key=lambda run: str(run.path))


@dataclass(frozen=True)
class ModelPair(Comparison):
    """Two models of runs on the same queries, with the mean of each.

    ``p_holm`` is the p-value corrected for the number of pairs that are compared together.
    """

    mean: float
    against_mean: float
    p_holm: float = 1.0


def compare_runs(first: RunFolder, others: Sequence[RunFolder], metric: str | None = None) -> list[ModelPair]:
    """Compare the models that ``first`` was asked for with those of each other run, on the same queries.

    Each pair comes once, in one direction; a model is compared with itself only where there is nothing else.
    ``metric`` is the main one where None. Raises ``EvaluationError`` where a run is of other data, or asked others, and
    where none of the models that it was asked for could be run. Of more than 50 pairs more resamplings are drawn than
    for a report, as none of them could be told apart otherwise.
    """
    for run in (first, *others):
        _refuse_failed(run)
    metric = metric or first.main
    samples = max(SAMPLES, _SAMPLES_PER_PAIR * len(first.asked) * sum(len(other.asked) for other in others))
    found: dict[frozenset[tuple[Path, str]], ModelPair] = {}
    mine = _read_queries(first)
    for other in others:
        _refuse_other_data(first, other)
        theirs = _read_queries(other)
        order = _same_order(mine, theirs, first, other)
        resampling = Resampling(np.asarray(mine.column("group").to_numpy(), dtype=np.int64), samples=samples)
        for model in first.asked:
            for against in other.asked:
                pair = frozenset({(first.path.resolve(), model), (other.path.resolve(), against)})
                if pair in found:
                    continue
                values = _values(mine, first, model, metric), _values(theirs, other, against, metric)[order]
                names = f"{first.path.name}/{model}", f"{other.path.name}/{against}"
                means = (float(each.mean()) for each in values)
                found[pair] = ModelPair(*names, "all", metric, *resampling.compare(*values), *means)
    pairs = [each for pair, each in found.items() if len(pair) > 1] or list(found.values())
    corrected = holm([each.difference.p_value for each in pairs])
    return [replace(each, p_holm=p_value) for each, p_value in zip(pairs, corrected, strict=True)]


def _refuse_failed(run: RunFolder) -> None:
    if not run.asked:
        names, reasons = ", ".join(run.failed), Wording.joined(dict.fromkeys(run.failed.values()))
        raise EvaluationError(
            Wording(
                f"{run.path}: 요청한 모델의 결과가 없습니다(실행하지 못한 모델: {names}, 사유: {reasons.ko}). "
                f"모델을 고치거나 --model로 다른 모델을 지정하고 --out {run.path}로 다시 실행하십시오",
                f"{run.path} has no figures of a model that was asked for ({names} failed: {reasons.en}); fix the "
                f"model or name another one with --model, and rerun it with --out {run.path}",
            )
        )


def _refuse_other_data(first: RunFolder, other: RunFolder) -> None:
    ours, theirs = first.metrics["hashes"]["data"], other.metrics["hashes"]["data"]
    if ours != theirs:
        raise EvaluationError(
            Wording(
                f"두 실험의 자료가 다릅니다({first.path}: {first.dataset}, 자료 {ours[:12]}; {other.path}: "
                f"{other.dataset}, 자료 {theirs[:12]}). 같은 파일로 실행한 실험만 비교할 수 있으니, 한 폴더로 둘 다 "
                "다시 실행하십시오",
                f"{first.path} is a run on {first.dataset} with data {ours[:12]}, {other.path} on {other.dataset} "
                f"with data {theirs[:12]}; only runs on the same files can be compared, run both anew on one folder",
            )
        )


def _read_queries(run: RunFolder) -> pa.Table:
    try:
        return pq.read_table(run.path / QUERIES_FILE)
    except (OSError, pa.ArrowInvalid) as error:
        file, why = run.path / QUERIES_FILE, reason_of(error)
        raise NotFoundError(
            Wording(
                f"{file}: 읽을 수 없습니다({why.ko}). 실험을 다시 실행하십시오",
                f"{file} cannot be read ({why.en}); run the experiment again",
            )
        ) from error


def _same_order(mine: pa.Table, theirs: pa.Table, first: RunFolder, other: RunFolder) -> np.ndarray[Any, Any]:
    """Return the rows of ``theirs`` in the order of ``mine``; raises ``EvaluationError`` where they do not pair."""
    wanted = _unique_queries(mine, first)
    place = {query: row for row, query in enumerate(_unique_queries(theirs, other))}
    if place.keys() != set(wanted):
        raise EvaluationError(
            Wording(
                f"두 실험의 질의가 다릅니다({first.path}: {len(wanted)}개, {other.path}: {len(place)}개). "
                "프로그램의 같은 버전으로 둘 다 다시 실행하십시오",
                f"{first.path} asked {len(wanted)} queries, {other.path} {len(place)}, and not the same ones; run "
                "both anew with one version of the program",
            )
        )
    return np.array([place[query] for query in wanted], dtype=np.int64)


def _unique_queries(table: pa.Table, run: RunFolder) -> list[str]:
    names: list[str] = table.column("query").to_pylist()
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise EvaluationError(
            Wording(
                f"{run.path}: 여러 질의의 이름이 같아 짝지을 수 없습니다(겹치는 이름 {len(twice)}개, 예: "
                f"{twice[0]!r}). 실험을 다시 실행하고, 그래도 겹치면 |나 ?가 든 노드의 이름을 바꾸십시오",
                f"{run.path} has {len(twice)} names that several queries share, such as {twice[0]!r}, and cannot be "
                "paired; run the experiment again, and rename nodes that hold | or ? where that does not help",
            )
        )
    return names


def _values(table: pa.Table, run: RunFolder, model: str, metric: str) -> Values:
    name = f"{model}|{metric}"
    if name not in table.column_names:
        known = ", ".join(sorted({each.partition("|")[2] for each in table.column_names if "|" in each}))
        raise NotFoundError(
            Wording(
                f"{run.path}: 모델 {model}의 {metric} 값이 없습니다. 있는 지표: {known}",
                f"{run.path} has no values of {metric} for {model}; its metrics are {known}",
            )
        )
    return np.asarray(table.column(name).to_numpy(), dtype=np.float64)
