"""The model card: what a person must know of a bundle before trusting it."""

# ruff: noqa: E501 - the card's paragraphs are long lines of Markdown
from __future__ import annotations

from recommender.bundle import BundleSpec, TaskModel
from recommender.tasks import get_task


def model_card(spec: BundleSpec) -> str:
    """Return the card of a bundle in Markdown, Korean first, then English."""
    rows = "\n".join(_row(name, model) for name, model in spec.tasks.items())
    figures = "\n".join(_figures(name, model) for name, model in spec.tasks.items() if model.ndcg)
    until = spec.until or "–"
    return f"""# Dure {spec.version}

## 요약

지역 기업에게 협력 파트너, 기술, 연구자, 전문가, 지원사업, 공간을 추천하는 모델이다. 추천은 참고 자료이며 **결정은 사람이 한다**:
「인공지능 발전과 신뢰 기반 조성 등에 관한 기본법」의 취지에 따라 담당자가 근거를 확인하고, 이용자에게 인공지능이 만든 추천임을 알려야 한다.
자격 요건은 모델이 아니라 규칙이 판정한다. 아래 "가상 비율"은 학습에 쓰인 관계 가운데 지어낸 자료의 비율이며, 이 비율이 높은 과제의 수치는
실제 성능을 말해 주지 않는다. 기업의 속성(종업원 수, 매출)은 현재 값이며 과거 값이 아니다.

## Summary

Recommends R&D partners, technologies, researchers, experts, programmes and spaces to the companies of a region. A recommendation is
advice: **a person decides**. In the spirit of the Korean AI Basic Act an official checks the reasons, and users are told that the
ranking was made by artificial intelligence. Eligibility is decided by rules, not by the model. "Synthetic" is the share of training
pairs that are made up: figures of tasks where it is high say nothing about real use. Attributes of companies (employees, revenue)
are today's values, not those of the time.

| | |
|---|---|
| snapshot | `{spec.snapshot_id}` |
| facts until | {until} |
| text model | {spec.encoder} |
| configuration | `{spec.config_hash}`, seed {spec.seed} |
| made | {spec.created_at} |

## 과제 · Tasks

| 과제 · task | 추천 방식 · served by | 관계 수 · pairs | 가상 비율 · synthetic | 비고 · note |
|---|---|---|---|---|
{rows}

## 검증 · Validation

NDCG@10 on the pairs of the validation window, ranked among all candidates, known pairs left out, ties at their expected value. The window chose
the weights, so the blend's figure is optimistic; unbiased figures come from `dure evaluate` on later data.

{figures or "–"}

## 한계 · Limits

- 기록이 없는 신규 기업은 업종, 지역, 설명문만으로 순위를 매긴다. · A company without a history is ranked by industry, region and text alone.
- 과거에 지원을 받은 기업의 모습이 추천에 되풀이될 수 있다. · The ranking repeats whom support has reached so far.
- 점수는 확률이 아니다. · Scores are not probabilities.
"""


def _row(name: str, model: TaskModel) -> str:
    task = get_task(name)
    served = " + ".join(f"{weight:g} {scorer}" for scorer, weight in model.weights.items())
    return f"| {task.ko} · {name} | {served} | {model.positives:,} | {model.synthetic_share:.0%} | {model.note} |"


def _figures(name: str, model: TaskModel) -> str:
    figures = ", ".join(f"{scorer} {value:.4f}" for scorer, value in model.ndcg.items())
    return f"- {name} (from {model.valid_from}, {model.valid_askers:,} askers): {figures}"
