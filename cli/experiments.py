"""How an experiment is run and shown on a terminal."""

from __future__ import annotations

import errno
import os
import shlex
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cli.language import setting_meaning
from cli.output import counted, progress_shown, say, say_json, say_table
from graph_schema.errors import ConfigError
from graph_schema.system_errors import system_reason
from graph_schema.wording import NOTHING, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recommender.bench.findings import Findings
    from recommender.lab.experiment import Experiment, Opened, Request
    from recommender.models.settings import Model
    from recommender.report.compare import ModelPair, RunFolder
    from recommender.report.explained import Explained

_OTHERS: Final = {
    Wording("엔진과 그 대조군", "the engine with its controls"): {"engine", "control"},
    Wording("사전학습한 망", "the pretrained network"): {"pretrained"},
    Wording("서비스용으로 학습하는 것", "what is trained to serve"): {"served"},
}
"""What rows that are no simple models are, by their roles: a row's value of ``Role``."""

_RUN_COLUMNS: Final = {
    "run": "폴더",
    "date": "날짜",
    "dataset": "데이터",
    "data": "데이터 해시",
    "model": "모델",
    "metric": "지표",
    "value": "값",
    "best_simple": "가장 나은 단순 모델",
    "seeds": "시드",
    "minutes": "분",
}
"""The columns of a list of runs in Korean."""


def run_and_show(request: Request, *, json: bool, opened: Opened | None = None) -> None:
    """Run an experiment and print what it found, as JSON alone where that is asked for."""
    findings = _run(request, opened, quiet=json)
    if json:
        from recommender.report.plain import as_plain

        say_json(as_plain(findings))
        return
    _show(findings, request.out)


def _run(request: Request, opened: Opened | None, *, quiet: bool) -> Findings:
    from recommender.lab.experiment import Experiment

    with progress_shown(quiet=quiet) as progress:
        experiment = Experiment(request, progress, opened=opened)
    if not quiet:
        _announce(experiment, request.out)
    with progress_shown(quiet=quiet) as progress:
        return experiment.run(progress)


def _announce(experiment: Experiment, out: Path) -> None:
    """Say what will be run, how long it may take, and what of the folder was left out."""
    expected, models = experiment.estimate, len(experiment.contenders)
    say(
        Wording(
            f"{experiment.dataset.name}: 질의 {expected.queries:,}, 후보 {expected.candidates:,}, "
            f"간선 {expected.edges:,}; 모델 {models:,}, 학습 {expected.fits:,}회",
            f"{experiment.dataset.name}: {expected.queries:,} queries, {expected.candidates:,} candidates, "
            f"{expected.edges:,} edges; {counted(models, 'model', 'models')}, {counted(expected.fits, 'fit', 'fits')}",
        )
    )
    whole, apart = _minutes(expected.minutes), minutes_apart(experiment)
    memory = f"{expected.memory_mib / 1024:.1f} GiB"
    say(
        Wording(
            f"예상: {whole.ko}{apart.ko}, 메모리 {memory}; 이미 끝난 것은 남아 있습니다",
            f"estimate: {whole.en}{apart.en}, {memory} of memory; what is finished already is kept",
        )
    )
    left_out, listed = len(experiment.dataset.quarantine), out / "quarantine.csv"
    if left_out:
        say(
            Wording(
                f"제외한 행 {left_out:,}개: {listed}",
                f"{counted(left_out, 'row was', 'rows were')} left out, see {listed}",
            )
        )
    for note in experiment.dataset.notes:
        say(Wording(f"참고: {note.ko}", f"note: {note.en}"))


def minutes_apart(experiment: Experiment) -> Wording:
    """Say what of the time the simple models take and what the others, where both run and it is worth a word."""
    expected = experiment.estimate
    roles = {str(each.role) for each in experiment.contenders}
    others = [words for words, of in _OTHERS.items() if roles & of]
    if expected.minutes < 1 or "simple" not in roles or not others:
        return NOTHING
    simple, learned = _minutes(expected.simple_minutes), _minutes(expected.engine_minutes)
    named = Wording(", ".join(each.ko for each in others), " and ".join(each.en for each in others))
    return Wording(
        f" (단순 모델 {simple.ko}, {named.ko} {learned.ko})",
        f" ({simple.en} for simple models, {learned.en} for {named.en})",
    )


def _minutes(minutes: float) -> Wording:
    if minutes < 1:
        return Wording("1분 미만", "under a minute")
    return Wording(f"약 {minutes:.0f}분", f"about {minutes:.0f} min")


def _show(findings: Findings, out: Path) -> None:
    from recommender.report.tables import main_table
    from recommender.report.words import verdicts

    table = main_table(findings)
    say_table(f"{findings.dataset.name} · {findings.main}", table.header, table.rows)
    for each in verdicts(findings):
        say(Wording(f"  {each.ko}", f"  {each.en}"))
    report, page, figures = out / "report.html", out / "report.md", out / "metrics.json"
    say(Wording(f"보고서: {report}, {page}; 수치: {figures}", f"report: {report} and {page}; figures: {figures}"))


def say_next(folder: Path) -> None:
    """Print the command that runs a folder, as a shell takes it."""
    command = shlex.join(["dure", "experiment", "run", str(folder), "--out", f"runs/{folder.name}"])
    say(Wording(f"다음 명령: {command}", f"next: {command}"))


def refuse_unwritable(files: Mapping[str, Path | None]) -> None:
    """Raise ``ConfigError`` for a file, by the option that names it, where none can be written."""
    for option, path in files.items():
        if path is None:
            continue
        try:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            tempfile.TemporaryFile(dir=path.parent).close()
        except OSError as error:
            why = system_reason(error)
            raise ConfigError(
                Wording(
                    f"{path}에 쓸 수 없습니다({why.ko}). {option}에 다른 파일을 지정하십시오",
                    f"{path} cannot be written ({why.en}); name another file with {option}",
                )
            ) from error


def show_explained(found: Explained, out: Path) -> None:
    """Print how often scores fell more without the paths that explain them."""
    from recommender.report.explained import SPEAKS

    rows = [
        [name, f"{each.cases:,}", f"{each.share:.3f}", f"{each.low:.3f}–{each.high:.3f}"]
        for name, each in [(Wording("전체", "all"), found.all), *found.by_relation.items()]
    ]
    model, data, dataset = found.model, found.data[:12], found.dataset
    say(Wording(f"모델 {model}, 데이터 {dataset} ({data})", f"{model} on {dataset}, data {data}"))
    title = Wording("경로를 지우면 점수가 더 낮아짐", "The path's removal lowers the score more")
    by, cases_, share = Wording("경로의 관계", "path by"), Wording("건수", "cases"), Wording("비율", "share")
    say_table(title, (by, cases_, share, Wording("95 % 구간", "95 % interval")), rows)
    joined = found.share_of_joined
    shown = f"{joined.share:.3f}, {joined.low:.3f}–{joined.high:.3f}"
    say(
        Wording(
            f"  경로로 이어지는 전체 {joined.cases:,}건 가운데: {shown}",
            f"  of all {joined.cases:,} that any path joins: {shown}",
        )
    )
    for name, number in found.without_path.items():
        reason = SPEAKS.get(name, Wording.alike(name))
        say(
            Wording(
                f"  경로로 설명되지 않는 {number:,}건의 근거: {reason.ko}",
                f"  no path explains {number:,} more; what speaks for them: {reason.en}",
            )
        )
    report, figures = out / "report.md", out / "explain.json"
    say(Wording(f"보고서: {report}; 수치: {figures}", f"report: {report}; figures: {figures}"))


def show_compared(found: Sequence[ModelPair]) -> None:
    """Print pairs of models with their means, difference and ratio."""
    rows = []
    for each in found:
        d, ratio = each.difference, each.ratio
        times = "–" if ratio is None else f"{ratio.mean:.3f} [{ratio.low:.3f}, {ratio.high:.3f}]"
        means = [f"{each.mean:.4f}", f"{each.against_mean:.4f}"]
        difference = f"{d.mean:+.4f} [{d.low:+.4f}, {d.high:+.4f}]"
        p_values = [f"{d.p_value:.4f}", f"{each.p_holm:.4f}"]
        rows.append([each.model, means[0], each.against, means[1], difference, *p_values, times])
    mean = Wording("평균", "mean")
    header = (
        Wording("모델", "model"),
        mean,
        Wording("비교 대상", "against"),
        mean,
        Wording("차이", "difference"),
        "p",
        "p (Holm)",
        Wording("비", "ratio"),
    )
    metric = found[0].metric
    say_table(Wording(f"같은 질의에서 잰 {metric}", f"{metric} on the same queries"), header, rows)


def show_models(found: Sequence[Model], *, json: bool) -> None:
    """Print the settings of models, a table for each estimator."""
    if json:
        say_json([each._asdict() | {"settings": [one._asdict() for one in each.settings]} for each in found])
        return
    header = (Wording("설정", "setting"), Wording("기본값", "default"), Wording("뜻", "meaning"))
    kinds = {"recommend": Wording("추천", "recommending"), "triples": Wording("관계 예측", "triples")}
    for each in found:
        kind, rows = kinds[each.kind], ", ".join(each.rows)
        summary = setting_meaning(each.summary)
        title = Wording(f"{rows} ({kind.ko}): {summary.ko}", f"{rows} ({kind.en}): {summary.en}")
        lines = [(one.name, one.default or "–", setting_meaning(one.meaning)) for one in each.settings]
        say_table(title, header, lines)


def show_runs(runs: Sequence[RunFolder], folder: Path, *, json: bool) -> None:
    """Print the runs that were found in a folder, a row for each model that was asked for."""
    found = [row for run in runs for row in _listed(run)]
    if json:
        say_json(found)
    elif not found:
        say(
            Wording(
                f"{folder}에 끝난 실험이 없습니다. `dure experiment run <folder>`로 만듭니다",
                f"no finished run in {folder}; `dure experiment run <folder>` makes one",
            )
        )
    else:
        header = tuple(Wording(_RUN_COLUMNS[name], name) for name in found[0] if name != "only")
        say_table(Wording("실험", "Runs"), header, [_cells(each) for each in found], right=(6, 8, 9))


def _cells(row: dict[str, object]) -> list[object]:
    """Return a listed row as it is shown: values with all their digits, and the best of a few called so."""
    value, best = row["value"], row["best_simple"]
    shown = row | {"value": Wording("실패", "failed") if value is None else f"{value:.4f}"}
    if best is not None and shown.pop("only"):
        shown["best_simple"] = Wording(f"{best} (지정한 것 가운데)", f"{best} (of those named)")
    shown.pop("only", None)
    return ["–" if cell is None else cell for cell in shown.values()]


def _listed(run: RunFolder) -> list[dict[str, object]]:
    """Return a row for each model that was asked for, without a value where it could not be run."""
    known = {
        "run": str(run.path),
        "date": run.finished[:16].replace("T", " "),
        "dataset": run.dataset,
        "data": run.metrics["hashes"]["data"][:12],
    }
    seeds = len(run.metrics["seeds"])
    values: dict[str, float | None] = {model: round(run.value(model)["mean"], 4) for model in run.asked}
    values |= dict.fromkeys(run.failed)
    best = run.metrics["best_simple"]
    return [
        known
        | {"model": model, "metric": run.main, "value": value, "best_simple": best}
        | {"seeds": seeds, "minutes": run.minutes, "only": bool(run.metrics.get("only", False))}
        for model, value in values.items()
    ]


def why_not_run(folder: Path) -> Wording | None:
    """Say why a folder of awards cannot be run: a window asks nobody; None where both ask."""
    from recommender.knowledge.folder.read import read_dataset
    from recommender.knowledge.stages import EmptyWindowError, build_stage

    try:
        dataset = read_dataset(folder)
        for name in ("valid", "test"):
            build_stage(dataset, name, {})
    except EmptyWindowError as error:
        why = error.wording
        return Wording(
            f"아직 실행할 수 없습니다. {why.ko}. --valid-from과 --test-from으로 구간을 옮기거나 더 긴 목록을 쓰십시오",
            f"it cannot be run yet: {why.en}. Move the windows with --valid-from and --test-from, or take a longer "
            "list",
        )
    return None
