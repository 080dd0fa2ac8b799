"""What a run says in sentences: the outcome first, the conditions under which it holds last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recommender.bench.figures import SAMPLES, Comparison
from recommender.bench.findings import Findings
from recommender.knowledge.spec import Spec
from recommender.measure.ranks import TIE_RULE

_FEW_EVENTS: Final = 30
_SHOWN_RELATIONS: Final = 12
_GAINS: Final[Mapping[str, tuple[str, str]]] = {
    "gnn": ("그래프 신경망", "the graph neural network"),
    "graph": ("그래프", "the graph"),
    "wiring": ("연결의 의미", "that relations join the right nodes"),
}


def verdicts(findings: Findings) -> list[str]:
    """Say what the figures allow to conclude, one sentence an entry."""
    best = findings.best_simple
    lines = []
    for model in findings.test.models:
        if not model.row.contender.asked or model.name == best:
            continue
        value = model.slices["all"][findings.main]
        compared = None if best is None else findings.test.compare(model.name, best, "all", findings.main)
        shown = f"{model.name}: {findings.main} {value.mean:.4f} [{value.low:.4f}, {value.high:.4f}]"
        lines.append(shown if compared is None else f"{shown}. {_against(compared)}")
    if best is not None:
        reached = next(each.slices["all"][findings.main].mean for each in findings.test.models if each.name == best)
        lines.append(f"최선의 단순 기준선 / best simple baseline: {best}, {findings.main} {reached:.4f}")
    for name, each in findings.gains().items():
        part, _, metric = name.partition(":")
        ko, en = _GAINS[part]
        worth = _worth(each)
        lines.append(f"{ko} / {en}: {each.difference.mean:+.4f} {metric} {_bounds(each)}: {worth}")
    lines += [f"{row.name}: 돌리지 못함 / could not be run: {row.failure}" for row in findings.test.failed]
    events = findings.test.questions.facts.get("events", 0)
    if isinstance(events, int) and events < _FEW_EVENTS:
        lines.append(
            f"주의: 독립된 사건이 {events}뿐이라 구간 자체가 불확실하다 / caution: only {events} independent events, "
            "so the intervals are themselves unsure; no small difference is proved here"
        )
    return lines


def conditions(findings: Findings) -> list[str]:
    """Say under which conditions the figures hold, one sentence an entry."""
    dataset, test = findings.dataset, findings.test
    spec, facts, valid = dataset.spec, test.questions.facts, findings.valid_facts
    limited = [
        f"{row.name}: the first {row.contender.most_seeds}"
        for row in (model.row for model in test.models)
        if row.contender.most_seeds is not None and row.contender.most_seeds < len(findings.seeds)
    ]
    lines = [
        _data(findings),
        f"과제 / task: {_task(findings)}",
        f"분할 / split: {spec.split.kind}, {_refit(spec)}; valid {_facts(valid)}; test {_facts(facts)}",
        f"후보 / candidates: {test.questions.candidates:,}, full ranking, none sampled",
        _mask(findings),
        f"동점 / ties: {_ties(findings)}",
        (
            f"구간 / intervals: 95 % percentile bootstrap, {SAMPLES:,} resamples of "
            f"{facts.get('events', len(test.questions))} groups (queries that answer for one event are resampled "
            "together); every query weighs the same; recall@k divides by min(positives, k)"
        ),
        (
            f"고르기 / choice: settings by {findings.main} on valid alone, then {_learned(spec)} and scored once "
            f"with each of the seeds {', '.join(map(str, findings.seeds))}"
            f"{' (' + '; '.join(limited) + ')' if limited else ''}; a model whose second seed ranks exactly alike is "
            "not repeated"
        ),
        "누출 검사 / leaks: the suite looked at both windows before anything was learned, and found none",
        (
            f"글 / text: {findings.settings.get('encoder')}; device {findings.settings.get('device')}; "
            f"budget {findings.settings.get('budget')} minutes an engine row"
        ),
        f"판 / versions: code {findings.hashes['code_version']}, config {findings.hashes['config']}",
    ]
    if findings.hidden_note:
        lines.append(f"가린 질의 / unseen queries: {findings.hidden_note}")
    return [*lines, *(f"주의 / note: {note}" for note in findings.notes)]


def _data(findings: Findings) -> str:
    dataset, shown = findings.dataset, findings.dataset.relations[:_SHOWN_RELATIONS]
    nodes = ", ".join(f"{label} {len(nodes):,}" for label, nodes in dataset.nodes.items())
    relations = ", ".join(f"{'__'.join(edges.key)} {len(edges):,}" for edges in shown)
    more = len(dataset.relations) - len(shown)
    rest = f" and {more} more relations" if more else ""
    return f"데이터 / data: {dataset.name}, hash {findings.hashes['data'][:16]}; {nodes}; {relations}{rest}"


def _task(findings: Findings) -> str:
    task = findings.dataset.spec.task
    if task.kind == "triples":
        return "head|relation|? and ?|relation|tail over all relations, filtered"
    where = "".join(
        f", {name} where {dict(value)}"
        for name, value in (("queries", task.query_where), ("candidates", task.candidate_where))
        if value
    )
    seen = ", candidates seen before only" if task.candidate_seen else ""
    return f"which {task.candidate} for a {task.query}, by {'__'.join(task.target or ())}{where}{seen}"


def _refit(spec: Spec) -> str:
    if spec.task.kind == "triples":
        return "train으로 배우고 valid로 조정 / learned from train; valid tunes"
    return f"refit on {spec.refit}"


def _learned(spec: Spec) -> str:
    return "learned from train, valid tuning," if spec.task.kind == "triples" else "learned anew for test"


def _ties(findings: Findings) -> str:
    if findings.dataset.spec.task.kind != "triples":
        return TIE_RULE
    return f"{TIE_RULE}; mrr is the mean of 1 / rank over them, mrr_realistic = 1 / mean rank"


def _mask(findings: Findings) -> str:
    if findings.dataset.spec.task.kind == "triples":
        return "제외 / filter: other known answers of train, valid and test are no candidates"
    mask = findings.dataset.spec.mask
    parts = [name for name, on in (("pairs known before", mask.known), ("the query itself", mask.self_)) if on]
    return f"제외 / filter: {' and '.join(parts) or 'nothing'} {'are' if len(parts) > 1 else 'is'} no candidate"


def _facts(facts: Mapping[str, object]) -> str:
    starts = f" from {facts['starts']}" if facts.get("starts") else ""
    drawn = f" (drawn from {facts['drawn_from']})" if facts.get("drawn_from", 0) != facts["queries"] else ""
    return f"{facts['queries']} queries{drawn} with {facts['positives']} answers{starts}"


def _against(compared: Comparison) -> str:
    ratio = compared.ratio
    times = "" if ratio is None else f"{ratio.mean:.3f} × [{ratio.low:.3f}, {ratio.high:.3f}], "
    return f"{compared.against} 대비 / against {compared.against}: {times}Δ {_bounds(compared)}: {_worth(compared)}"


def _bounds(compared: Comparison) -> str:
    d = compared.difference
    return f"[{d.low:+.4f}, {d.high:+.4f}], p = {d.p_value:.4f}"


def _worth(compared: Comparison) -> str:
    if compared.difference.low > 0:
        return "나음 / better, the interval lies above zero"
    if compared.difference.high < 0:
        return "못함 / worse, the interval lies below zero"
    return "차이를 보이지 못함 / no difference shown, the interval holds zero"
