"""What a run says in sentences: the outcome first, the conditions under which it holds last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_schema.wording import Wording
from recommender.bench.contender import Role
from recommender.bench.figures import SAMPLES, Comparison
from recommender.bench.findings import Findings
from recommender.knowledge.spec import Spec
from recommender.measure.holm import holm
from recommender.measure.ranks import TIE_RULE

_FEW_EVENTS: Final = 30
"""Independent events below which a bootstrap interval is too narrow, and a note says so."""
_SURE: Final = 0.05
"""P-value up to which a difference counts as shown, that of the 95 % intervals."""
_SHOWN_RELATIONS: Final = 12
"""Relations named in the sentence; wide folders have dozens."""
_GAINS: Final[Mapping[str, Wording]] = {
    "gnn": Wording("그래프 신경망", "the graph neural network"),
    "graph": Wording("그래프", "the graph"),
    "wiring": Wording("연결의 의미", "that relations join the right nodes"),
}


def verdicts(findings: Findings) -> list[Wording]:
    """Say what the figures allow to conclude, one sentence an entry."""
    best = findings.best_simple
    lines = [] if not findings.only else [_only(findings)]
    lines += _asked(findings)
    if best is not None:
        reached = next(each.slices["all"][findings.main].mean for each in findings.test.models if each.name == best)
        which, value_of_best = best_simple_words(findings), f"{best}, {findings.main} {reached:.4f}"
        lines.append(Wording(f"{which.ko}: {value_of_best}", f"{which.en}: {value_of_best}"))
    lines += _said_of_themselves(findings)
    for name, each in findings.gains().items():
        part, _, metric = name.partition(":")
        shown = f"{each.difference.mean:+.4f} {metric} {_bounds(each)}"
        gain, worth = _GAINS[part], _worth(each)
        lines.append(Wording(f"{gain.ko}: {shown}: {worth.ko}", f"{gain.en}: {shown}: {worth.en}"))
    if (of := findings.gap_closed()) is not None:
        rule = f"oracle, {findings.main} {of.oracle:.4f}"
        closed = Wording(f"간격 가운데 {of.model}의 몫 {of.shown}", f"{of.model} closes {of.shown} of the gap")
        if not of.shown:
            closed = Wording("기준선보다 앞선다고 보이지 못했습니다", "not shown to be ahead of the baseline")
        lines.append(Wording(f"참 규칙({rule}): {closed.ko}", f"the true rule ({rule}): {closed.en}"))
    for name, minutes in findings.over_budget().items():
        budget = findings.settings.get("budget")
        lines.append(
            Wording(
                f"주의: {name}의 학습은 {minutes:.1f}분 걸려 --budget {budget}분을 넘었습니다",
                f"caution: {name} took {minutes:.1f} minutes to learn, more than the --budget of {budget}",
            )
        )
    lines += [
        Wording(f"{name}: 돌리지 못했습니다: {why.ko}", f"{name}: could not be run: {why.en}")
        for name, why in findings.test.failures.items()
    ]
    events = findings.test.questions.facts.get("events", 0)
    if isinstance(events, int) and events < _FEW_EVENTS:
        one = "event" if events == 1 else "events"
        lines.append(
            Wording(
                f"주의: 독립된 사건이 {events}뿐이라 구간 자체가 불확실합니다. 작은 차이는 여기서 증명되지 않습니다",
                f"caution: only {events} independent {one}, so the intervals are themselves unsure; no small "
                "difference is proved here",
            )
        )
    return lines


def _asked(findings: Findings) -> list[Wording]:
    """Say what each model that was asked for reached; those against the best simple one are judged together."""
    models = [each for each in findings.test.models if each.row.contender.asked and each.name != findings.best_simple]
    compared = {each.model: each for each in findings.against_best()}
    together = [compared[each.name] for each in models if each.name in compared]
    corrected = dict(
        zip((each.model for each in together), holm([each.difference.p_value for each in together]), strict=True)
    )
    lines = []
    for model in models:
        value = model.slices["all"][findings.main]
        shown = f"{model.name}: {findings.main} {value.mean:.4f} [{value.low:.4f}, {value.high:.4f}]"
        if model.name in compared:
            lines.append(_against(shown, compared[model.name], corrected[model.name], len(together)))
        else:
            lines.append(Wording.alike(shown))
    return lines


def _said_of_themselves(findings: Findings) -> list[Wording]:
    """Say what scorers note of themselves, once for all models that note the same."""
    lines = []
    for note in dict.fromkeys(findings.model_notes.values()):
        names = ", ".join(name for name, each in findings.model_notes.items() if each == note)
        lines.append(Wording(f"주의: {names}: {note.ko}", f"caution: {names}: {note.en}"))
    return lines


def best_simple_words(findings: Findings) -> Wording:
    """Say among which simple models the best one is: all that the data allow, or those that were named."""
    if not findings.only:
        return Wording("최선의 단순 기준선", "best simple baseline")
    named = sum(each.row.contender.role is Role.SIMPLE for each in findings.test.models)
    return Wording(
        f"지정한 단순 모델 {named}개 중 최선", f"best of {named} named simple model{'s' if named > 1 else ''}"
    )


def _only(findings: Findings) -> Wording:
    models = [each.row for each in findings.test.models if each.row.contender.role is not Role.ORACLE]
    named = len(models) + len(findings.test.failed)
    which = f"{named} named models" if named > 1 else "named model"
    return Wording(
        f"--only: 지정한 모델 {named}개만 돌렸습니다. 다른 기준선과 대조군은 돌리지 않았습니다",
        f"--only: the {which} alone {'were' if named > 1 else 'was'} run, no other baselines and no controls",
    )


def conditions(findings: Findings) -> list[Wording]:
    """Say under which conditions the figures hold, one sentence an entry."""
    dataset, test = findings.dataset, findings.test
    spec, facts, valid = dataset.spec, test.questions.facts, findings.valid_facts
    count, groups, ties = test.questions.candidates, facts.get("events", len(test.questions)), _ties(findings)
    settings, hashes = findings.settings, findings.hashes
    used = settings.get("encoder"), settings.get("device"), settings.get("budget")
    lines = [
        _data(findings),
        _task(findings),
        _split(spec, valid, facts),
        Wording(
            f"후보: {count:,}, 모두 순위를 매기고 뽑지 않습니다", f"candidates: {count:,}, full ranking, none sampled"
        ),
        _mask(findings),
        Wording(f"동점: {ties.ko}", f"ties: {ties.en}"),
        Wording(
            f"구간: 95 % 백분위 붓스트랩, {groups}개 묶음을 {SAMPLES:,}번 다시 뽑습니다 (한 사건에 답하는 질의는 함께 "
            "뽑습니다). 질의의 무게는 모두 같습니다. recall@k는 min(정답 수, k)로 나눕니다",
            f"intervals: 95 % percentile bootstrap, {SAMPLES:,} resamples of {groups} groups (queries that answer for "
            "one event are resampled together); every query weighs the same; recall@k divides by min(positives, k)",
        ),
        _choice(findings),
        Wording(
            "누출 검사: 배우기 전에 두 구간을 모두 살폈고 누출이 없었습니다",
            "leaks: the suite looked at both windows before anything was learned, and found none",
        ),
        Wording(
            "글: {}; 장치 {}; 엔진 한 행에 {}분".format(*used),
            "text: {}; device {}; budget {} minutes an engine row".format(*used),
        ),
        Wording(
            f"판: 코드 {hashes['code_version']}, 설정 {hashes['config']}",
            f"versions: code {hashes['code_version']}, config {hashes['config']}",
        ),
    ]
    if (why := findings.hidden_note) is not None:
        lines.append(Wording(f"가린 질의: {why.ko}", f"unseen queries: {why.en}"))
    return [*lines, *(Wording(f"주의: {note.ko}", f"note: {note.en}") for note in findings.notes)]


def _data(findings: Findings) -> Wording:
    dataset, shown = findings.dataset, findings.dataset.relations[:_SHOWN_RELATIONS]
    nodes = ", ".join(f"{label} {len(nodes):,}" for label, nodes in dataset.nodes.items())
    relations = ", ".join(f"{'__'.join(edges.key)} {len(edges):,}" for edges in shown)
    more = len(dataset.relations) - len(shown)
    rest = (f", 그 밖에 관계 {more}개", f" and {more} more relations") if more else ("", "")
    what = f"{dataset.name}, hash {findings.hashes['data'][:16]}; {nodes}; {relations}"
    return Wording(f"데이터: {what}{rest[0]}", f"data: {what}{rest[1]}")


def _task(findings: Findings) -> Wording:
    task = findings.dataset.spec.task
    if task.kind == "triples":
        asked = "head|relation|?, ?|relation|tail"
        return Wording(f"과제: 모든 관계의 {asked}, 거른 순위", f"task: {asked} over all relations, filtered")
    target = "__".join(task.target or ())
    where = [
        (name, dict(value))
        for name, value in (
            (Wording("질의", "queries"), task.query_where),
            (Wording("후보", "candidates"), task.candidate_where),
        )
        if value
    ]
    ko = "".join(f", {name.ko} 조건 {value}" for name, value in where)
    en = "".join(f", {name.en} where {value}" for name, value in where)
    for said, on in (
        (Wording("전에 나온 후보만", "candidates seen before only"), task.candidate_seen),
        (Wording("이력이 있는 질의만", "queries with a history only"), task.query_seen),
        (Wording("양방향", "in both directions"), task.symmetric),
    ):
        ko, en = (f"{ko}, {said.ko}", f"{en}, {said.en}") if on else (ko, en)
    return Wording(
        f"과제: {task.query}에게 어느 {task.candidate}, {target}에 따라{ko}",
        f"task: which {task.candidate} for each {task.query}, by {target}{en}",
    )


def _split(spec: Spec, valid: Mapping[str, object], test: Mapping[str, object]) -> Wording:
    if spec.task.kind == "triples":
        refit = Wording("train으로 배우고 valid로 조정합니다", "learned from train; valid tunes")
    else:
        refit = Wording(f"{spec.refit}로 다시 배웁니다", f"refit on {spec.refit}")
    windows = _facts(valid), _facts(test)
    return Wording(
        f"분할: {spec.split.kind}, {refit.ko}; valid {windows[0].ko}; test {windows[1].ko}",
        f"split: {spec.split.kind}, {refit.en}; valid {windows[0].en}; test {windows[1].en}",
    )


def _choice(findings: Findings) -> Wording:
    limited = [
        (row.name, row.contender.most_seeds)
        for row in (model.row for model in findings.test.models)
        if row.contender.most_seeds is not None and row.contender.most_seeds < len(findings.seeds)
    ]
    ko = f" ({'; '.join(f'{name}: 처음 {most}개' for name, most in limited)})" if limited else ""
    en = f" ({'; '.join(f'{name}: the first {most}' for name, most in limited)})" if limited else ""
    seeds = ", ".join(map(str, findings.seeds))
    triples = findings.dataset.spec.task.kind == "triples"
    learned = (
        Wording("train으로 배워 (valid로 조정)", "learned from train, valid tuning,")
        if triples
        else Wording("시험 구간에 맞추어 다시 배워", "learned anew for test")
    )
    return Wording(
        f"설정 선택: 설정은 valid의 {findings.main}만으로 고르고, {learned.ko} 시드 {seeds}{ko}마다 한 번 매깁니다. "
        "둘째 시드의 순위가 똑같은 모델은 되풀이하지 않습니다",
        f"choice: settings by {findings.main} on valid alone, then {learned.en} and scored once with each of the seeds "
        f"{seeds}{en}; a model whose second seed ranks exactly alike is not repeated",
    )


def _ties(findings: Findings) -> Wording:
    korean = "기댓값: 동점 안의 모든 차례에 걸친 평균, 정확히"
    if findings.dataset.spec.task.kind != "triples":
        return Wording(korean, TIE_RULE)
    return Wording(
        f"{korean}; mrr는 그 차례들의 1 / 순위의 평균, mrr_realistic = 1 / 평균 순위",
        f"{TIE_RULE}; mrr is the mean of 1 / rank over them, mrr_realistic = 1 / mean rank",
    )


def _mask(findings: Findings) -> Wording:
    if findings.dataset.spec.task.kind == "triples":
        return Wording(
            "제외: train, valid, test의 알려진 다른 정답은 후보가 아닙니다",
            "filter: other known answers of train, valid and test are not candidates",
        )
    mask = findings.dataset.spec.mask
    parts = [
        words
        for words, on in (
            (Wording("전에 알려진 쌍", "pairs known before"), mask.known),
            (Wording("질의 자신", "the query itself"), mask.self_),
        )
        if on
    ]
    if not parts:
        return Wording("제외: 없음", "filter: nothing is left out of the candidates")
    return Wording(
        f"제외: {', '.join(each.ko for each in parts)}은 후보가 아닙니다",
        f"filter: {' and '.join(each.en for each in parts)} {'are' if mask.known else 'is'} no candidate",
    )


def _facts(facts: Mapping[str, object]) -> Wording:
    start, drawn = facts.get("starts"), facts.get("drawn_from", 0)
    since = (f" ({start}부터)", f" from {start}") if start else ("", "")
    of = (f" ({drawn}에서 뽑음)", f" (drawn from {drawn})") if drawn != facts["queries"] else ("", "")
    return Wording(
        f"질의 {facts['queries']}{of[0]}, 정답 {facts['positives']}{since[0]}",
        f"{facts['queries']} queries{of[1]} with {facts['positives']} answers{since[1]}",
    )


def _against(shown: str, compared: Comparison, corrected: float, count: int) -> Wording:
    ratio = compared.ratio
    times = "" if ratio is None else f"{ratio.mean:.3f} × [{ratio.low:.3f}, {ratio.high:.3f}], "
    found, worth = f"{times}Δ {_bounds(compared)}", _worth(compared)
    if count > 1 and compared.difference.low * compared.difference.high > 0 and corrected > _SURE:
        worth = Wording(
            f"구간에 0이 없으나 비교 {count}개를 함께 보면 차이가 증명되지 않습니다 (Holm p = {corrected:.4f})",
            f"the interval leaves out zero, but of {count} comparisons together it proves no difference "
            f"(Holm p = {corrected:.4f})",
        )
    return Wording(
        f"{shown}. {compared.against} 대비: {found}: {worth.ko}",
        f"{shown}. against {compared.against}: {found}: {worth.en}",
    )


def _bounds(compared: Comparison) -> str:
    d = compared.difference
    return f"[{d.low:+.4f}, {d.high:+.4f}], p = {d.p_value:.4f}"


def _worth(compared: Comparison) -> Wording:
    if compared.difference.low > 0:
        return Wording("낫습니다. 구간이 0보다 위에 있습니다", "better, the interval lies above zero")
    if compared.difference.high < 0:
        return Wording("못합니다. 구간이 0보다 아래에 있습니다", "worse, the interval lies below zero")
    return Wording("차이를 보이지 못했습니다. 구간에 0이 들어 있습니다", "no difference shown, the interval holds zero")
