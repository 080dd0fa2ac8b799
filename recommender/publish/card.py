"""The model card: what a person must know of a bundle before trusting it."""

# ruff: noqa: E501 - the card's paragraphs are long lines of Markdown
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from graph_schema.wording import Wording
from recommender.knowledge.tasks import get_task
from recommender.measure.calibration import BINS, SHOWN
from recommender.models.admitted import IN_DISPUTE
from recommender.publish.bundle import BundleSpec, TaskModel, TriedSettings
from recommender.publish.probability import MIN_EVENTS as MIN_CALIBRATED
from recommender.publish.probability import MOST_ERROR
from recommender.publish.promotion import MIN_EVENTS, gap_words, what_failed, why
from recommender.publish.text_share import TEXT_SHARES

_ABSENT: Final = object()
"""In place of a setting that a variant has not."""


def model_card(spec: BundleSpec) -> str:
    """Return the card of a bundle in Markdown, Korean first, then English."""
    rows = "\n".join(_row(name, model) for name, model in spec.tasks.items())
    figures = "\n".join(_figures(name, model) for name, model in spec.tasks.items() if model.ndcg)
    promotions = "\n".join(_promotion(name, model) for name, model in spec.tasks.items())
    reasons = "\n".join(line for name, model in spec.tasks.items() for line in _reasons(name, model))
    stays = "".join(_stays(name, why) for name, why in spec.unjudged.items())
    probabilities = "\n".join(_probability(name, model) for name, model in spec.tasks.items())
    bins = "\n\n".join(_bins(name, model) for name, model in spec.tasks.items() if _has_bins(model))
    rules = "\n".join(_rules(name, model) for name, model in spec.tasks.items())
    carried = "".join(_carried(name, model.carried_from) for name, model in spec.tasks.items() if model.carried_from)
    tried = "\n".join(line for name, model in spec.tasks.items() for line in _tried(name, model))
    shares = "\n".join(_text_share(name, model) for name, model in spec.tasks.items())
    until = spec.until or "–"
    machine = ", ".join(f"{name} {value}" for name, value in spec.machine.items())
    libraries = ", ".join(f"{name} {value}" for name, value in spec.libraries.items())
    return f"""# Dure {spec.version}

## 요약

지역 기업에게 협력 파트너, 기술, 연구자, 전문가, 지원사업, 공간을 추천하는 모델입니다. 추천은 참고 자료이며 **결정은 사람이 합니다**:
「인공지능 발전과 신뢰 기반 조성 등에 관한 기본법」의 취지에 따라 담당자가 근거를 확인하고, 이용자에게 인공지능이 만든 추천임을 알려야 합니다.
자격 요건은 모델이 아니라 규칙이 판정합니다. 아래 "가상 비율"은 학습에 쓰인 관계 가운데 가상 자료의 비율이며, 이 비율이 높은 과제의 수치는
실제 성능을 보여 주지 않습니다. 기업의 속성(종업원 수, 매출)은 현재 값이며 과거 값이 아닙니다.

## Summary

Recommends R&D partners, technologies, researchers, experts, programmes and spaces to the companies of a region. A recommendation is
advice: **a person decides**. In the spirit of the Korean AI Basic Act an official checks the reasons, and users are told that the
ranking was made by artificial intelligence. Eligibility is decided by rules, not by the model. "Synthetic" is the share of training
pairs that are synthetic: figures of tasks where it is high say nothing about real use. Attributes of companies are
today's values, not those of the time, but for employees and sales of companies whose figures by year are known.

| | |
|---|---|
| snapshot | `{spec.snapshot_id}` |
| facts until | {until} |
| text model | {spec.encoder} |
| configuration | `{spec.config_hash}`, seed {spec.seed} |
| made | {spec.created_at} |
| machine | {machine or "–"} |
| libraries | {libraries or "–"} |

데이터, 시드, 기계, 라이브러리가 같으면 결과도 같습니다. 다른 명령어 집합, 장치, 라이브러리에서는 마지막 자릿수가 달라지며, 아래 "근소"에 해당하는 과제는
결정이 바뀔 수 있습니다. · The same data, seed, machine and libraries make the same model. Other instructions, another device or other libraries round otherwise,
and the verdicts that are marked "close" below may then be others. Cores make no difference: each task is trained on one thread.

## 과제 · Tasks

| 과제 · task | 추천 방식 · served by | 관계 수 · pairs | 가상 비율 · synthetic | 반영한 거절 · rejections |
|---|---|---|---|---|
{rows}
{carried}{stays}
## 승격 · Promotion

The engine (trees and a graph network) serves only where it beats the best simple scorer on the last window, trained on what was known before it: the
95 % interval of the paired difference in NDCG@10 lies above zero, askers of one event resampled together, and there are at least {MIN_EVENTS} events.
The simple scorer is the one that did best on that window, the hardest to beat. What served before goes on where it is better than what would
replace it, by an interval above zero, or where it could not be trained again to be compared. With `--force` the learned model serves whatever the first comparison
says, and the second is not made. "Close" is a verdict whose interval, or that of what served before, ends within one standard error of zero. The weights that were tested serve, with all that is known as their input; what is marked "fitted again" was fitted to all of it after the test.

| 과제 · task | 결정 · verdict | 학습 · learned | 단순 · simple | Δ NDCG@10 [95 %] | p | 질의 기업 · askers | 사건 · events | 기간 · windows | 근소 · close |
|---|---|---|---|---|---|---|---|---|---|
{promotions}

{reasons}

## 규칙 · Rules

Engine and simple scorers were measured as they serve, behind the rules: what these kept from an asker all through a window, by what was known before it, stands below
all else. Left out are rules of a single day (capacity, vacancy), a state without a day (legal status), and rules in dispute: those that surely forbid more
than {IN_DISPUTE:.0%} of what happened where settings were chosen. An answer that the rules forbid is a fault of a rule or of the data.

| 과제 · task | 적용한 규칙 · behind | 막은 쌍 · pairs kept apart | 실제로 일어났으나 막힌 것 · answers forbidden | 자료와 어긋나 뺀 규칙 · in dispute |
|---|---|---|---|---|
{rules}

## 확률 · Probabilities

A probability is the chance that the link appears within the months named, among those with this score: an average over askers and candidates, the
rules left aside. Learned by isotonic regression on one later window, judged on the next by the first {SHOWN} of each list in {BINS} bins of
equal count. Given only with at least {MIN_CALIBRATED} independent events in each window and an expected calibration error (ECE) of at most {MOST_ERROR} and
at most half of the share that came true: links are rare, so a small error alone says little.

| 과제 · task | 제공 · given | 개월 · months | ECE | 평균 예측 확률 · mean predicted | 실제 비율 · observed | 사건 · events (learned, judged) |
|---|---|---|---|---|---|---|
{probabilities}

{bins}

## 검증 · Validation

NDCG@10 on the last window, ranked among all candidates, known pairs left out, ties at their expected value, behind the rules above; settings were chosen on the window before.
Where choices are made up by a known rule, the oracle ranks by that rule, on the same window: what can be known of them before they happen.

{figures or "–"}

<details><summary>비교한 설정 · Settings that were tried</summary>

Of each scorer with how many settings the window chose among, their NDCG@10 there, and what was chosen, as far as the settings differ. All of them stand in `bundle.json`.

| 과제 · task | 추천 방식 · scorer | 설정 수 · tried | 선택 · chosen | 범위 · from … to | 선택한 설정 · its settings |
|---|---|---|---|---|---|
{tried or _line(["–"] * 6)}

</details>

## 소개 글의 비중 · What a company's own words count

Of a company without a history the words of its request count beside the model: in full where they ask for something, and where they only tell of the company by the share
that answered the askers of the window best on which settings were chosen, each hidden from everything and asking by its text alone. Of made-up companies nothing is learned, nor of those known by name alone, and the share is 1.

| 과제 · task | 비중 · share | NDCG@10: {", ".join(f"{each:g}" for each in TEXT_SHARES)} | 질의 기업 · askers |
|---|---|---|---|
{shares}

## 한계 · Limits

- 기록이 없는 신규 기업은 업종, 지역, 설명문만으로 순위를 정합니다. · A company without a history is ranked by industry, region and text alone.
- 과거에 지원을 받은 기업의 모습이 추천에 되풀이될 수 있습니다. · The ranking repeats whom support has reached so far.
- 점수는 확률이 아닙니다. 확률은 위에 제공된다고 적힌 과제에만 있습니다. · Scores are not probabilities; those are given only for the tasks named above.
"""


def _row(name: str, model: TaskModel) -> str:
    task = get_task(name)
    cells = (
        f"{task.ko} · {name}",
        f"{model.scorer} (다시 학습 · fitted again)" if model.fitted_again else model.scorer,
        f"{model.positives:,}",
        f"{model.synthetic_share:.0%}",
        f"{model.rejections:,}",
    )
    return _line(cells)


def _text_share(name: str, model: TaskModel) -> str:
    of = model.text_share
    if of is None:
        return _line((name, "1", "–", "–"))
    return _line((name, f"{of.chosen:g}", ", ".join(f"{each:.3f}" for each in of.ndcg), f"{of.askers:,}"))


def _carried(name: str, version: str) -> str:
    return (
        f"\n- {name}: 모델 `{version}`에서 그대로 가져왔으며, 위의 학습 설정과 기계는 해당하지 않습니다. · Carried over unchanged from model "
        f"`{version}`, so the configuration and machine above are not its own.\n"
    )


def _stays(name: str, why_: Wording) -> str:
    return f"\n- {name}: {why_.both}\n"


def _promotion(name: str, model: TaskModel) -> str:
    of = model.promotion
    if of is None or of.difference is None:
        return _line(
            (name, "–" if of is None else of.verdict, *["–"] * 7, "예 · yes" if of is not None and of.is_close else "–")
        )
    return _line(
        (
            name,
            of.verdict,
            f"{of.challenger} {of.challenger_ndcg:.4f}",
            f"{of.baseline} {of.baseline_ndcg:.4f}",
            f"{of.difference:+.4f} [{of.low:+.4f}, {of.high:+.4f}]",
            f"{of.p_value:.3f}",
            f"{of.askers:,}",
            f"{of.events:,}",
            " … ".join(of.windows),
            "예 · yes" if of.is_close else "–",
        )
    )


def _reasons(name: str, model: TaskModel) -> Iterator[str]:
    yield f"- {name}: {why(model.promotion).both}"
    for each in what_failed(model.promotion):
        yield f"  - {each.both}"
    ahead = None if model.promotion is None else model.promotion.before_ahead
    if model.promotion is not None and ahead is not None:
        figures = f"NDCG@10 {ahead.mean:+.4f} [{ahead.low:+.4f}, {ahead.high:+.4f}]"
        before = model.promotion.before
        said = Wording(
            f"지금까지 쓰던 방식({before})이 낫다고 확인되지 않았습니다: {figures}.",
            f"What served before ({before}) is not shown to be better: {figures}.",
        )
        yield f"  - {said.both}"


def _tried(name: str, model: TaskModel) -> Iterator[str]:
    """Rows of the table of what was tried, one for each scorer."""
    for row in dict.fromkeys(each.row for each in model.tried):
        among = [each for each in model.tried if each.row == row]
        chosen = next(each for each in among if each.chosen)
        known = [each.ndcg for each in among if each.ndcg is not None]
        figure = "–" if chosen.ndcg is None else f"{chosen.ndcg:.4f}"
        spread = f"{min(known):.4f} … {max(known):.4f}" if known else "–"
        yield _line((name, row, str(len(among)), figure, spread, _differing(chosen, among)))


def _differing(chosen: TriedSettings, among: Sequence[TriedSettings]) -> str:
    """Return what of the chosen settings others of its type have otherwise, behind the type where there are several."""
    ours = dict(_flat(chosen.config))
    others = [dict(_flat(each.config)) for each in among]
    alike = [each for each in others if each.get("type") == ours.get("type")]
    paths = [path for path in ours if any(each.get(path, _ABSENT) != ours[path] for each in alike)]
    said = [f"{path} {ours[path]}" for path in paths]
    return ", ".join([*([] if len(alike) == len(others) else [str(ours.get("type"))]), *said]) or "–"


def _flat(config: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield each plain value of some settings with its dotted path."""
    if isinstance(config, Mapping):
        for key, each in config.items():
            yield from _flat(each, f"{path}.{key}" if path else str(key))
    elif isinstance(config, list | tuple):
        for place, each in enumerate(config):
            yield from _flat(each, f"{path}.{place}")
    else:
        yield path, config


def _rules(name: str, model: TaskModel) -> str:
    of = model.rules
    if of is None:
        return _line((name, *["–"] * 4))
    forbidden, disputed = (_shares(each) for each in (of.forbidden, of.disputed))
    total = f"{of.forbidden_share:.1%}" + (f" ({forbidden})" if forbidden else "")
    return _line((name, ", ".join(of.asked) or "–", f"{of.out:.1%}", total, disputed or "–"))


def _shares(of: Mapping[str, float]) -> str:
    return ", ".join(f"{rule} {share:.1%}" for rule, share in of.items())


def _probability(name: str, model: TaskModel) -> str:
    of = model.calibration
    if of is None:
        return _line((name, "–", *["–"] * 5))
    counts = f"{of.events_learnt:,}, {of.events_judged:,}"
    if of.error is None:
        return _line((name, "아니요 · no", str(of.months), "–", "–", "–", counts))
    given = "예 · yes" if of.given else "아니요 · no"
    return _line((name, given, str(of.months), f"{of.error:.4f}", f"{of.said:.4f}", f"{of.share:.4f}", counts))


def _has_bins(model: TaskModel) -> bool:
    return model.calibration is not None and bool(model.calibration.bins)


def _bins(name: str, model: TaskModel) -> str:
    """Table of the reliability of one task."""
    of = model.calibration
    if of is None:
        return ""
    rows = [_line((f"{said:.4f}", f"{came:.4f}", f"{size:,.0f}")) for said, came, size in of.bins]
    head = [
        f"{name}, {of.judged_from} … {of.judged_until}:",
        "",
        "| 예측 확률 · predicted | 실제 비율 · observed | 건수 · cases |",
    ]
    return "\n".join([*head, "|---|---|---|", *rows])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _figures(name: str, model: TaskModel) -> str:
    figures = ", ".join(f"{scorer} {value:.4f}" for scorer, value in model.ndcg.items())
    known = "" if model.gap_closed is None else f"; {gap_words(model.gap_closed).both}"
    return f"- {name} ({model.askers:,} askers; settings chosen from {model.valid_from} on): {figures}{known}"
