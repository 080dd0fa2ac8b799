"""Recommendations as JSON: ranked results with checks, reasons and lineage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from api.served_model import Note
from recommender.language.answers import Answer, Grade, PathStep, Reason, Recommendation

_EXAMPLE: dict[str, Any] = {
    "request_id": "6f1c2a9e0b7d4f53a1c8e2d4b6f80913",
    "snapshot_id": "5a0c3b…",
    "model_version": "20261122-1",
    "config_hash": "b91e77…",
    "task": "programs",
    "as_of": "2026-03-02",
    "scorer": "blend",
    "served_by": {
        "scorer": "blend",
        "verdict": "learned",
        "ko": "학습한 모델(1 gnn + 0.5 item-knn)이 이후 기간에서 가장 나은 단순 방식(item-knn)보다 나았습니다: …",
        "en": "On later data the learned model (1 gnn + 0.5 item-knn) beat the best simple scorer (item-knn): …",
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
            "ref": "Program:PBLN_000000000117423",
            "label": "Program",
            "id": "PBLN_000000000117423",
            "caption": "2026년 고양시 중소기업 해외전시회 참가 지원사업",
            "score": 0.83,
            "probability": 0.042,
            "grade": "high",
            "tied": 1,
            "alike": [],
            "synthetic": False,
            "url": "https://www.bizinfo.go.kr/",
            "checks": [
                {"rule": "size", "verdict": "to_be_checked", "ko": "종업원 수 확인 필요", "en": "Employees unknown"}
            ],
            "reasons": [
                {
                    "ko": "소재지가 고양시이고 이 사업의 대상 지역이 고양시입니다.",
                    "en": "It is located in Goyang, and the programme is open to Goyang.",
                    "steps": [
                        {
                            "source": "Company:name:두레정밀",
                            "type": "LOCATED_IN",
                            "target": "Region:41281",
                            "origin": "factory-register",
                            "loaded_at": "2026-03-01T00:00:00Z",
                            "on": None,
                            "synthetic": False,
                            "in_snapshot": True,
                        }
                    ],
                    "attributes": [],
                    "companies": None,
                }
            ],
        }
    ],
    "excluded": {"window": 412, "region": 87},
    "profile_notes": [],
}


class CheckOut(BaseModel):
    """적용된 규칙 · one rule applied to the result."""

    rule: str
    verdict: str = Field(description="in, or to_be_checked where a fact is unknown")
    ko: str
    en: str


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

    ko: str
    en: str
    steps: list[StepOut]
    attributes: list[str]
    companies: int | None = Field(
        description="이유가 되는 다른 기업의 수(5곳 이상, 이름은 밝히지 않음), 아니면 null · how many other companies "
        "the reason counts, at least 5 and never named; null for other reasons"
    )


class ResultOut(BaseModel):
    """추천 결과 하나 · one ranked result."""

    rank: int
    ref: str = Field(description="Label:id")
    label: str
    id: str
    caption: str
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
    synthetic: bool
    url: str | None
    checks: list[CheckOut]
    reasons: list[ReasonOut]


class NoteOut(BaseModel):
    """두 언어로 된 알림 · a note in both languages."""

    ko: str
    en: str


class ServedByOut(BaseModel):
    """추천한 방식과 그 사유 · what ranked the answer, and why it does and not another."""

    scorer: str
    verdict: str = Field(
        description="learned: 학습한 모델이 단순 방식보다 나음 · beat the best simple scorer on later data; baseline, "
        "simple, untested, content: 단순 방식 · a simple scorer serves; forced: 담당자의 결정 · an operator's "
        "decision; alone, by_hand: 비교하지 않음 · not compared"
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
    snapshot_id: str
    model_version: str
    config_hash: str
    task: str
    as_of: str
    scorer: str
    served_by: ServedByOut
    probability: ProbabilityOut
    notes: list[NoteOut] = Field(
        description="목록을 읽을 때 알아야 할 것: 같은 점수의 순서, 이름만 알려진 기업 등 · what a reader must know: "
        "how ties were ordered, that little is known of the asker"
    )
    results: list[ResultOut]
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
        checks=[CheckOut(rule=c.rule, verdict=c.verdict, ko=c.ko, en=c.en) for c in found.checks],
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
