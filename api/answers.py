"""Recommendations as JSON: ranked results with checks, reasons and lineage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.served_model import Note
from recommender.language.answers import Answer, Grade, PathStep, Reason, Recommendation

_EXAMPLE: dict[str, Any] = {
    "request_id": "6f1c2a9e0b7d4f53a1c8e2d4b6f80913",
    "snapshot_id": "a9a80cea536deaed6b1ccbdd3b7e05d1337faa135d5a15b0da697bbc6a5ac36d",
    "model_version": "20261127T221348657004Z-7a562d3d",
    "config_hash": "7a562d3dd1ddfd97",
    "task": "programs",
    "as_of": "2026-03-02",
    "scorer": "engine",
    "served_by": {
        "scorer": "engine",
        "verdict": "learned",
        "ko": "학습한 모델(engine)이 이후 기간에서 가장 나은 단순 방식(attribute-factors)보다 나았습니다: …",
        "en": "On later data the learned model (engine) beat the best simple scorer (attribute-factors): …",
    },
    "probability": {
        "months": 6,
        "ko": "확률은 이 점수를 받은 후보 가운데 6개월 안에 실제로 관계가 생기는 비율이며, …",
        "en": "A probability is the chance that the link appears within 6 months, among those with this score, …",
    },
    "notes": [],
    "results": [
        {
            "rank": 1,
            "ref": "Program:PBLN_000000000120541",
            "label": "Program",
            "id": "PBLN_000000000120541",
            "caption": "2026년 1차 온라인판로 종합지원사업 참여기업 모집 공고",
            "score": 2.83147,
            "probability": 0.042,
            "grade": "high",
            "tied": 1,
            "alike": [],
            "synthetic": False,
            "url": "https://www.bizinfo.go.kr/sii/siia/selectSIIA200Detail.do?pblancId=PBLN_000000000120541",
            "checks": [
                {
                    "rule": "target",
                    "verdict": "to_be_checked",
                    "ko": "지원 대상 소상공인, 해당 여부 확인 필요 (매출액 미확인)",
                    "en": "for micro enterprises; whether the company is one is not known (its sales are not known)",
                }
            ],
            "reasons": [
                {
                    "ko": "윈텍오토메이션과 소재지(고양시)가 같은 기업 12곳이 ‘2026년 1차 온라인판로 종합지원사업 "
                    "참여기업 모집 공고’에 신청했습니다.",
                    "en": "12 companies that, like 윈텍오토메이션, are located in 고양시 applied to ‘2026년 1차 "
                    "온라인판로 종합지원사업 참여기업 모집 공고’.",
                    "steps": [
                        {
                            "source": "Company:name:윈텍오토메이션",
                            "type": "LOCATED_IN",
                            "target": "Region:41280",
                            "origin": "companies",
                            "loaded_at": "2026-03-01T00:00:00+00:00",
                            "on": None,
                            "synthetic": False,
                            "in_snapshot": True,
                        }
                    ],
                    "attributes": [],
                    "companies": 12,
                }
            ],
        }
    ],
    "excluded": {"window": 412, "region": 87},
    "profile_notes": [],
}


class CheckOut(BaseModel):
    """적용된 규칙 · one rule applied to the result."""

    rule: str = Field(description="규칙 id · id of the rule, as in `excluded`")
    verdict: Literal["in", "to_be_checked"] = Field(
        description="충족, 또는 확인할 것 · met, or to be checked where a fact is not known"
    )
    ko: str = Field(description="근거가 되는 사실 · the facts it rests on, in Korean")
    en: str = Field(description="같은 내용의 영어 · the same in English")


class StepOut(BaseModel):
    """이유 경로의 관계 하나 · one relationship of an explaining path."""

    source: str = Field(description="Label:id")
    type: str
    target: str = Field(description="Label:id")
    origin: str = Field(description="출처 대장 · register it comes from")
    loaded_at: str | None
    on: str | None
    synthetic: bool = Field(description="가상 자료 여부 · made up")
    in_snapshot: bool = Field(description="false: 요청 프로필이 말한 사실 · a fact that the profile states")


class ReasonOut(BaseModel):
    """추천 이유 · why a result is listed, as sentences and as data."""

    ko: str = Field(description="이유 한 문장 · the reason, in Korean")
    en: str = Field(description="같은 내용의 영어 · the same in English")
    steps: list[StepOut] = Field(description="이유가 되는 관계 · relationships that it tells, in their order")
    attributes: list[str] = Field(description="공통점 · what both have in common, as `name=value`")
    companies: int | None = Field(
        description="이유가 되는 다른 기업의 수(5곳 이상, 이름은 밝히지 않음), 아니면 null · how many other companies "
        "the reason counts, at least 5 and never named; null for other reasons"
    )


class ResultOut(BaseModel):
    """추천 결과 하나 · one ranked result."""

    rank: int = Field(description="순위, 1부터 · place in the list, from 1")
    ref: str = Field(description="Label:id")
    label: str = Field(description="노드 종류 · kind of node")
    id: str = Field(description="노드 id · its id")
    caption: str = Field(description="이름 · what people know it by")
    score: float = Field(
        description="묻는 쪽의 목록 안에서의 점수. 후보가 기업을 찾는 질문은 순서에 이용 이력도 반영함 · the score in "
        "the asker's own list; where a candidate asks for companies the order counts past use too"
    )
    probability: float | None = Field(
        description="응답의 probability가 말하는 기간 안에 관계가 생길 확률, 없으면 null · chance that the link "
        "appears in the time that the answer's probability names; null where that says why"
    )
    grade: Grade | None = Field(
        description="이 과제의 평균적인 결과에 견준 확률, 없으면 null · the probability beside that of an average "
        "result of the task: high, medium or low; null where there is none"
    )
    tied: int = Field(
        description="점수가 같은 결과의 수(자신 포함) · how many admitted results share this score, itself among them"
    )
    alike: list[str] = Field(
        description="이 결과가 대신 보여 주는, 구별되지 않는 결과 · further results (Label:id) that cannot be told "
        "from this one, which stands for them"
    )
    synthetic: bool = Field(description="가상 자료 여부 · made up")
    url: str | None = Field(
        description="공고와 신청 방법이 있는 주소, 모르면 null · where the notice says how to apply; null where unknown"
    )
    checks: list[CheckOut] = Field(
        description="조건: 충족한 것과 신청 전에 확인할 것 · conditions met, and to be checked before applying"
    )
    reasons: list[ReasonOut] = Field(description="추천 이유 · why it is listed")


class NoteOut(BaseModel):
    """두 언어로 된 알림 · a note in both languages."""

    ko: str
    en: str


class ServedByOut(BaseModel):
    """추천한 방식과 그 사유 · what ranked the answer, and why it does and not another."""

    scorer: str
    verdict: str = Field(
        description="learned: 학습한 모델이 단순 방식보다 나음 · beat the best simple scorer on later data; baseline, "
        "simple, untested, content: 단순 방식 · a simple scorer serves; failed: 학습에 실패해 단순 방식 · one serves, "
        "as learning failed; kept: 이전 방식이 더 나음 · what served before is better; elsewhere: 관계가 적어 다른 "
        "곳의 기록으로 학습한 가중치 · links are few, so weights learned elsewhere serve; forced: 담당자의 결정 · an "
        "operator's decision; alone, by_hand: 비교하지 않음 · not compared"
    )
    ko: str
    en: str


class ProbabilityOut(BaseModel):
    """확률의 의미 · what probability means in this answer, or why it is null."""

    months: int | None = Field(description="기간(개월), 확률이 없으면 null · its time; null where there is none")
    ko: str
    en: str


class RecommendationsOut(BaseModel):
    """추천 응답 · answer to a recommendation request; it may be shorter than n, since nothing fills it up."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    request_id: str = Field(description="피드백에 함께 보내는 식별자 · send it with feedback")
    snapshot_id: str = Field(description="자료의 판 · the data answered from")
    model_version: str = Field(description="모델의 판 · the model that answered")
    config_hash: str = Field(description="모델 설정의 해시 · hash of the model's configuration")
    task: str = Field(description="추천 과제 · task")
    as_of: str = Field(description="기준일 · day for which rules were applied")
    scorer: str = Field(description="순위를 매긴 방식 · what ranked the list")
    served_by: ServedByOut
    probability: ProbabilityOut
    notes: list[NoteOut] = Field(
        description="목록을 읽을 때 알아야 할 것: 같은 점수의 순서, 이름만 알려진 기업 등 · what a reader must know: "
        "how ties were ordered, that little is known of the asker"
    )
    results: list[ResultOut] = Field(description="추천 결과, 좋은 것부터 · results, best first")
    excluded: dict[str, int] = Field(description="규칙별 제외된 수 · candidates that each rule kept out")
    profile_notes: list[NoteOut] = Field(description="프로필에서 읽은 사실 · what was read out of the profile")


def recommendations_out(answer: Answer, request_id: str, notes: Sequence[Note]) -> RecommendationsOut:
    """Turn an answer into JSON's shape."""
    return RecommendationsOut(
        request_id=request_id,
        snapshot_id=answer.lineage.snapshot_id,
        model_version=answer.lineage.model_version,
        config_hash=answer.lineage.config_hash,
        task=answer.task,
        as_of=answer.as_of,
        scorer=answer.scorer,
        served_by=ServedByOut(**asdict(answer.served_by)),
        probability=ProbabilityOut(**asdict(answer.probability)),
        notes=[NoteOut(ko=note.ko, en=note.en) for note in answer.notes],
        results=[_result(recommendation) for recommendation in answer.recommendations],
        excluded=answer.excluded,
        profile_notes=[NoteOut(ko=note.ko, en=note.en) for note in notes],
    )


_SCORE_DIGITS: Final = 6
"""A number of 32 bits has seven significant digits, the last of them noise."""
_CHANCE_DIGITS: Final = 3
"""Significant digits: more would tell nothing, and those of a 32-bit number are noise."""


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")


def _result(found: Recommendation) -> ResultOut:
    return ResultOut(
        rank=found.rank,
        ref=str(found.ref),
        label=found.ref.label,
        id=found.ref.id,
        caption=found.caption,
        score=_rounded(found.score, _SCORE_DIGITS),
        probability=None if found.probability is None else _rounded(found.probability, _CHANCE_DIGITS),
        grade=found.grade,
        tied=found.tied,
        alike=[str(ref) for ref in found.alike],
        synthetic=found.synthetic,
        url=found.url,
        checks=[CheckOut.model_validate(check, from_attributes=True) for check in found.checks],
        reasons=[_reason(reason) for reason in found.reasons],
    )


def _reason(reason: Reason) -> ReasonOut:
    return ReasonOut(
        ko=reason.ko,
        en=reason.en,
        steps=[_step(step) for step in reason.steps],
        attributes=list(reason.attributes),
        companies=reason.companies,
    )


def _step(step: PathStep) -> StepOut:
    return StepOut(
        source=str(step.source),
        type=step.type,
        target=str(step.target),
        origin=step.origin,
        loaded_at=step.loaded_at,
        on=step.on,
        synthetic=step.synthetic,
        in_snapshot=step.in_snapshot,
    )
