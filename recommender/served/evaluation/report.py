"""The evaluation for people: ``metrics.json``, ``report.md``, ``report.html`` and TREC run files."""

from __future__ import annotations

import dataclasses
import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from recommender.knowledge.splits import SLICES
from recommender.measure.bootstrap import Interval
from recommender.measure.calibration import BINS, SHOWN
from recommender.measure.ranks import TIE_RULE
from recommender.measure.run_ids import run_id
from recommender.served.evaluation.figures import (
    CANDIDATE_RULE,
    FILTER_RULE,
    EvaluationReport,
    Reliability,
    RunList,
    ScorerFigures,
)
from recommender.served.evaluation.picture import metric_picture, reliability_picture

_TITLE: Final = "추천 평가 보고서 / Recommendation evaluation"
_DATA: Final[Mapping[str, str]] = {
    "real": "실제 데이터 / real data",
    "synthetic": "가상 데이터 포함, 실제 성능이 아님 / contains made-up data: says nothing about the real city",
}
_SLICE: Final[Mapping[str, str]] = {
    "all": "전체 / all",
    "warm": "기존 (5+) / warm",
    "few_shot": "소수 (1–4) / few-shot",
    "cold": "신규 (0) / cold",
}
_FEW_EVENTS: Final = 30

Table = tuple[Sequence[str], Sequence[Sequence[str]]]
"""Header and rows."""


def write_report(reports: Sequence[EvaluationReport], folder: Path) -> tuple[Path, ...]:
    """Write the files of ``reports`` into ``folder`` and return their paths, ``report.md`` first.

    Each report has its own tables, real data first, so that real and made-up figures never share one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ordered = sorted(reports, key=lambda report: report.data != "real")
    paths = [folder / "report.md", folder / "report.html", folder / "metrics.json"]
    paths[0].write_text(markdown(ordered), encoding="utf-8")
    paths[1].write_text(webpage(ordered), encoding="utf-8")
    metrics = [as_json(report) for report in ordered]
    paths[2].write_text(json.dumps(metrics, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for report in ordered:
        for scorer in report.scorers:
            if scorer.run:
                paths.append(folder / f"run-{report.task}-{report.data}-{scorer.name}.trec")
                paths[-1].write_text("".join(_trec_lines(scorer.run, scorer.name)), encoding="utf-8")
    return tuple(paths)


def as_json(report: EvaluationReport) -> dict[str, object]:
    """Return all figures as plain values; those of single queries and run lists are left out."""
    plain = dataclasses.asdict(report)
    for scorer in plain["scorers"]:
        del scorer["values"], scorer["run"]
    rules = {"data": report.data, "ties": TIE_RULE, "candidate_set": CANDIDATE_RULE, "filter": FILTER_RULE}
    return dict(json.loads(json.dumps(rules | plain, default=str)))


def markdown(reports: Sequence[EvaluationReport]) -> str:
    """Render the reports as one Markdown page."""
    lines = [f"# {_TITLE}", ""]
    for report in reports:
        lines += [f"## {_heading(report)}", ""]
        lines += [f"- {line}" for line in conditions(report)]
        for title, table in _tables(report):
            lines += ["", f"### {title}", "", *_markdown_table(table)]
        for scorer in report.scorers:
            if scorer.reliability is not None:
                title, table = _reliability_table(scorer, scorer.reliability)
                lines += ["", f"### {title}", "", *_markdown_table(table)]
        lines.append("")
    return "\n".join(lines)


def webpage(reports: Sequence[EvaluationReport]) -> str:
    """Render the reports as one page of HTML that needs no other file; each picture has its table beside it."""
    parts = []
    for report in reports:
        parts.append(f"<section class='{report.data}'><h2>{html.escape(_heading(report))}</h2><ul>")
        parts += [f"<li>{html.escape(line)}</li>" for line in conditions(report)]
        parts.append("</ul>")
        for place, (title, table) in enumerate(_tables(report)):
            picture = metric_picture(report) if place == 0 else ""
            parts.append(f"<h3>{html.escape(title)}</h3><div class='pair'>{_html_table(table)}{picture}</div>")
        for scorer in report.scorers:
            if scorer.reliability is not None:
                title, table = _reliability_table(scorer, scorer.reliability)
                picture = reliability_picture(scorer.reliability)
                parts.append(f"<h3>{html.escape(title)}</h3><div class='pair'>{_html_table(table)}{picture}</div>")
        parts.append("</section>")
    return _PAGE.format(title=html.escape(_TITLE), body="\n".join(parts))


def conditions(report: EvaluationReport) -> list[str]:
    """Say under which conditions the figures hold, one sentence an entry."""
    test, valid = report.test, report.valid
    lines = [
        f"데이터 / data: {_DATA[report.data]}; snapshot {report.snapshot_id[:12]}",
        f"질의 / queries: {test.queries['all']} askers with {test.positives} new links in [{test.start}, {test.end}); "
        + ", ".join(f"{test.queries[name]} {_SLICE[name]}" for name in SLICES),
        (
            f"분할 / split: global time; fit before {valid.start}, settings chosen on [{valid.start}, {valid.end}) "
            f"with {valid.queries['all']} askers, then fit anew before {test.start}"
        ),
        f"후보 / candidates: {report.candidates}, {CANDIDATE_RULE}",
        f"제외 / filter: {FILTER_RULE}",
        f"동점 / ties: {TIE_RULE}",
        (
            f"구간 / intervals: 95 % percentile bootstrap, {report.settings.samples} resamples of {test.events} "
            "events; askers first linked by one event, such as the applicants of one patent, are resampled together; "
            "recall@k divides by min(positives, k); every asker weighs the same"
        ),
    ]
    lines.append(
        "표 읽기 / reading: ★ the simple scorer that did best on test, which the others are compared with on the same "
        "askers (Δ, two-sided p); ± standard deviation over seeds, where a scorer depends on its seed"
    )
    if test.drawn_from > test.queries["all"]:
        lines.append(f"표본 / drawn: {test.queries['all']} of {test.drawn_from} askers, at random with a fixed seed")
    if test.events < _FEW_EVENTS:
        lines.append(
            f"주의 / caution: only {test.events} independent events, so the intervals are wide and themselves unsure; "
            "this compares scorers roughly and proves no small difference"
        )
    return lines


def text_table(report: EvaluationReport) -> Table:
    """Return the main table: the main metric of each scorer, best first, and its distance to the best simple one."""
    main = report.settings.main
    return ["scorer", main, "Δ to ★", "p"], [_main_row(each, report) for each in report.scorers]


def _heading(report: EvaluationReport) -> str:
    flag = "" if report.data == "real" else " [가상 / synthetic]"
    return f"{report.task_ko} / {report.task_en}{flag}"


def _tables(report: EvaluationReport) -> list[tuple[str, Table]]:
    main = report.settings.main
    return [
        ("결과 / results on the test window", text_table(report)),
        ("다른 지표 / further metrics", _metric_table(report)),
        (f"집단별 {main} / {main} by known links of the asker", _slice_table(report)),
        ("비용과 설정 / cost, exposure and settings", _cost_table(report)),
    ]


def _main_row(scorer: ScorerFigures, report: EvaluationReport) -> list[str]:
    if scorer.against is None:
        compared = ["the one to beat" if scorer.name == report.best_simple else "–", ""]
    else:
        d = scorer.against
        compared = [f"{d.mean:+.3f} [{d.low:+.3f}, {d.high:+.3f}]", f"{d.p_value:.3f}"]
    return [_name(scorer, report), _with_spread(scorer, report.settings.main), *compared]


def _metric_table(report: EvaluationReport) -> Table:
    metrics = [metric for metric in report.settings.metrics if metric != report.settings.main]
    rows = [[_name(each, report), *(_with_spread(each, metric) for metric in metrics)] for each in report.scorers]
    return ["scorer", *metrics], rows


def _with_spread(scorer: ScorerFigures, metric: str) -> str:
    spread = f" ±{scorer.spread[metric]:.3f}" if scorer.seeds > 1 else ""
    return _interval(scorer.slices["all"][metric]) + spread


def _slice_table(report: EvaluationReport) -> Table:
    present = [name for name in _SLICE if report.test.queries[name]]
    main = report.settings.main
    rows = [[_name(each, report), *(_interval(each.slices[name][main]) for name in present)] for each in report.scorers]
    return ["scorer", *(f"{_SLICE[name]} ({report.test.queries[name]})" for name in present)], rows


def _reliability_table(scorer: ScorerFigures, held: Reliability) -> tuple[str, Table]:
    title = (
        f"{scorer.name}: 확률 / probability of a link within {held.months} months, ECE {held.error:.4f} over {BINS} "
        f"bins of equal count, the first {SHOWN} of each list, askers drawn from all, {held.events} events in "
        f"[{held.start}, {held.end})"
    )
    header = ["말한 확률 / said", "실제 / came true", "경우 / cases"]
    return title, (header, [[f"{said:.4f}", f"{came:.4f}", f"{size:,.0f}"] for said, came, size in held.bins])


def _cost_table(report: EvaluationReport) -> Table:
    at = report.settings.exposure_at
    header = ["scorer", f"coverage@{at}", f"exposure Gini@{at}", "fit s", "score s", "peak MiB", "seeds"]
    header += ["variants tried", f"valid {report.settings.main}", "settings"]
    rows = [
        [
            _name(each, report),
            f"{each.coverage:.3f}",
            f"{each.gini:.3f}",
            f"{each.fit_seconds:.2f}",
            f"{each.score_seconds:.2f}",
            f"{each.peak_mib:.0f}",
            str(each.seeds) if each.seeds > 1 else "1 (no randomness)",
            str(each.tried),
            f"{each.valid_main:.4f}",
            _settings(each.config),
        ]
        for each in report.scorers
    ]
    return header, rows


def _name(scorer: ScorerFigures, report: EvaluationReport) -> str:
    return f"{scorer.name} ★" if scorer.name == report.best_simple else scorer.name


def _settings(config: Mapping[str, object]) -> str:
    """Return the plain values of a configuration; ``metrics.json`` has all of it."""
    hidden = {"estimator", "name"}
    plain = {key: value for key, value in config.items() if key not in hidden and not isinstance(value, list | dict)}
    return ", ".join(f"{key}={value}" for key, value in plain.items())


def _interval(value: Interval) -> str:
    return f"{value.mean:.3f} [{value.low:.3f}, {value.high:.3f}]"


def _markdown_table(table: Table) -> list[str]:
    header, rows = table
    cells = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in cells]


def _html_table(table: Table) -> str:
    header, rows = table
    head = "".join(f"<th scope='col'>{html.escape(cell)}</th>" for cell in header)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<div class='scroll'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def _trec_lines(run: Sequence[RunList], tag: str) -> list[str]:
    return [
        f"{run_id(ranked.query)} Q0 {run_id(candidate)} {rank} {score:.9g} {tag}\n"
        for ranked in run
        for rank, (candidate, score) in enumerate(zip(ranked.candidates, ranked.scores, strict=True), start=1)
    ]


_PAGE: Final = """<!doctype html>
<html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
body {{ font: 15px/1.5 system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", sans-serif; margin: 2rem auto;
  max-width: 78rem; padding: 0 1rem; color: #1c2430; background: #fff; }}
section {{ border-top: 3px solid #2a6f97; margin-top: 2rem; }}
section.synthetic {{ border-top: 3px dashed #b5541c; background: #fff8f1; padding: 0 1rem 1rem; }}
.pair {{ display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: flex-start; }}
.scroll {{ overflow-x: auto; max-width: 100%; }}
.pair svg {{ max-width: 100%; height: auto; }}
table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; }}
th, td {{ padding: .3rem .6rem; border-bottom: 1px solid #d8dee6; text-align: left; white-space: nowrap; }}
th {{ background: #eef3f7; }}
</style></head><body><h1>{title}</h1>
{body}
</body></html>
"""
