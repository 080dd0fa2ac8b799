"""Recommendations for a company, an institution or a profile, and the companies that a candidate suits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Final, Literal, Self

from fastapi import APIRouter, Body, Path, Query
from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.answers import RecommendationsOut, recommendations_out
from api.deps import Call, CallDep, Coordinator, KeyedRoute, ListOptions, RankingDep, Reader, check_company, worked_by
from api.fields import IsoDay
from api.keys import Principal, Scope
from api.needs_desk import get_need
from api.served_model import Note, RecommenderPort
from graph_schema.errors import Fault, NotFoundError, ValidationError
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.knowledge.profile import MOST_EMPLOYEES, MOST_REVENUE_KRW, Profile
from recommender.knowledge.tasks import TASKS, Task, get_task
from recommender.language.answers import Answer, Audience
from recommender.language.requests import case_words

router = APIRouter(prefix="/v1", tags=["recommendations"], route_class=KeyedRoute)

TaskName = Annotated[
    str, Path(description="추천 과제 · task", json_schema_extra={"enum": list(TASKS)}, examples=["programs"])
]


class ProfileIn(BaseModel):
    """기업 설명 · a company as it describes itself. 저장하지 않습니다 · nothing of it is stored or logged."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "고양시에서 센서 모듈을 만드는 창업 3년차 제조업체입니다.", "employees": 7}]
        },
    )

    text: str = Field(default="", max_length=4000, description="자유로운 설명 · free text")
    industries: list[str] = Field(
        default_factory=list, max_length=20, description="업종 코드 · KSIC codes or Industry ids", examples=[["26429"]]
    )
    regions: list[str] = Field(
        default_factory=list, max_length=20, description="지역 코드나 이름 · Region ids or names", examples=[["41281"]]
    )
    founded_on: IsoDay | None = Field(default=None, description="설립일 · founded on")
    employees: int | None = Field(
        default=None, ge=0, le=MOST_EMPLOYEES, strict=True, description="종업원 수 · employees"
    )
    revenue_krw: float | None = Field(
        default=None,
        ge=0,
        le=MOST_REVENUE_KRW,
        strict=True,
        allow_inf_nan=False,
        description="매출액(원) · revenue in KRW a year",
    )
    legal_form: Literal["sole", "corporation", "other"] | None = Field(
        default=None, description="법적 형태 · legal form"
    )
    certificates: list[str] = Field(default_factory=list, max_length=50, description="인증 · certificates")
    label: Literal["Company", "Institution"] = Field(default="Company", description="묻는 주체 · who is asking")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.text.strip() and not self.industries:
            raise ValueError(
                "`text`나 `industries`를 적으십시오 · describe the company in `text`, or name its `industries`"
            )
        return self


@router.get("/companies/{company_id:path}/recommendations/{task}", summary="기업에 추천 · Recommend to a company")
@worked_by("recommending")
def recommend_to_company(
    company_id: Annotated[str, Path(description="기업 id · company id", examples=["name:윈텍오토메이션"])],
    task: TaskName,
    caller: Reader,
    ranking: RankingDep,
    call: CallDep,
) -> RecommendationsOut:
    """자격과 기한에 맞는 것만 추천합니다. · Only what the company may have on that day is listed."""
    check_company(caller, company_id)
    chosen = _task_for(task, "Company")
    answer = call.services.model.get().recommend(
        chosen.name, NodeRef("Company", company_id), n=ranking.n, as_of=ranking.as_of, audience=_audience(caller)
    )
    return _answered(call, answer)


@router.get(
    "/institutions/{institution_id:path}/recommendations/{task}", summary="기관에 추천 · Recommend to an institution"
)
@worked_by("recommending")
def recommend_to_institution(
    institution_id: Annotated[str, Path(description="기관 id · institution id", examples=["한국항공대학교"])],
    task: TaskName,
    caller: Coordinator,
    ranking: RankingDep,
    call: CallDep,
) -> RecommendationsOut:
    """대학·연구소에 협력 파트너를 추천합니다. · Partners for a university or institute."""
    chosen = _task_for(task, "Institution")
    asker = NodeRef("Institution", institution_id)
    answer = call.services.model.get().recommend(
        chosen.name, asker, n=ranking.n, as_of=ranking.as_of, audience=_audience(caller)
    )
    return _answered(call, answer)


@router.post("/recommendations/{task}", summary="프로필에 추천 · Recommend to a profile")
@worked_by("recommending")
def recommend_to_profile(
    task: TaskName,
    profile: Annotated[ProfileIn, Body()],
    caller: Reader,
    ranking: RankingDep,
    call: CallDep,
) -> RecommendationsOut:
    """그래프에 없는 기업도 바로 추천받습니다. · A company that is not in the graph is served too; nothing is stored."""
    chosen = _task_for(task, profile.label)
    recommender = call.services.model.get()
    read, notes = _read(recommender, profile, ranking.as_of)
    answer = recommender.recommend(chosen.name, read, n=ranking.n, as_of=ranking.as_of, audience=_audience(caller))
    return _answered(call, answer, notes)


@router.get(
    "/needs/{need_id:path}/recommendations/{task}", summary="요청에 추천 · Recommend for a need", tags=["needs"]
)
@worked_by("recommending")
def recommend_for_need(
    need_id: Annotated[str, Path(description="요청 id · need id", examples=["need:3f0c9b1e5d7a4c2f8e6b0a1d2c3e4f50"])],
    task: TaskName,
    caller: Reader,
    ranking: RankingDep,
    call: CallDep,
) -> RecommendationsOut:
    """요청의 글과 그 기업을 함께 보고 추천합니다. · By the words of the need and what is known of its company."""
    chosen = _task_for(task, "Company")
    with call.services.store.reading() as store:
        need = get_need(store, need_id)
    check_company(caller, need.company or "")  # a need of nobody is for coordinators
    answer = call.services.model.get().recommend_for_case(
        chosen.name,
        case_words(need.title, need.text),
        need.company,
        n=ranking.n,
        as_of=ranking.as_of,
        audience=_audience(caller),
    )
    return _answered(call, answer)


ProgramId = Annotated[str, Path(description="사업 id · programme id", examples=["PBLN_000000000120541"])]
ExpertId = Annotated[str, Path(description="전문가 id · expert id", examples=["expert:syn-0160"])]
TechnologyId = Annotated[str, Path(description="출원번호 · application number", examples=["1020180097014"])]
ResearcherId = Annotated[str, Path(description="연구자 id · researcher id", examples=["syn-r-00168"])]
SpaceId = Annotated[str, Path(description="공간 id · space id", examples=["space:syn-00342"])]
_REVERSE_SUMMARY = "알릴 기업 · Companies that should hear of it"


@router.get("/programs/{candidate_id:path}/companies", summary=_REVERSE_SUMMARY)
@worked_by("recommending")
def companies_for_program(
    candidate_id: ProgramId,
    _: Coordinator,
    ranking: RankingDep,
    call: CallDep,
    task: Annotated[
        Literal["programs", "finance", "education"], Query(description="조회 기준 과제 · as which task it is seen")
    ] = "programs",
) -> RecommendationsOut:
    """이 사업에 맞는 기업입니다. · Companies that this programme suits, best first."""
    return _reverse(call, task, candidate_id, ranking)


@router.get("/experts/{candidate_id:path}/companies", summary=_REVERSE_SUMMARY)
@worked_by("recommending")
def companies_for_expert(
    candidate_id: ExpertId, _: Coordinator, ranking: RankingDep, call: CallDep
) -> RecommendationsOut:
    """이 전문가에 맞는 기업입니다. · Companies that this expert suits, best first."""
    return _reverse(call, "experts", candidate_id, ranking)


@router.get("/technologies/{candidate_id:path}/companies", summary=_REVERSE_SUMMARY)
@worked_by("recommending")
def companies_for_technology(
    candidate_id: TechnologyId, _: Coordinator, ranking: RankingDep, call: CallDep
) -> RecommendationsOut:
    """이 기술에 맞는 기업입니다. · Companies that this technology suits, best first."""
    return _reverse(call, "technologies", candidate_id, ranking)


@router.get("/researchers/{candidate_id:path}/companies", summary=_REVERSE_SUMMARY)
@worked_by("recommending")
def companies_for_researcher(
    candidate_id: ResearcherId, _: Coordinator, ranking: RankingDep, call: CallDep
) -> RecommendationsOut:
    """이 연구자에 맞는 기업입니다. · Companies that this researcher suits, best first."""
    return _reverse(call, "researchers", candidate_id, ranking)


@router.get("/spaces/{candidate_id:path}/companies", summary=_REVERSE_SUMMARY)
@worked_by("recommending")
def companies_for_space(
    candidate_id: SpaceId, _: Coordinator, ranking: RankingDep, call: CallDep
) -> RecommendationsOut:
    """이 공간에 맞는 기업입니다. · Companies that this space suits, best first."""
    return _reverse(call, "spaces", candidate_id, ranking)


def _reverse(call: Call, task: str, candidate_id: str, ranking: ListOptions) -> RecommendationsOut:
    candidate = NodeRef(get_task(task).candidate[0], candidate_id)
    answer = call.services.model.get().reverse(task, candidate, n=ranking.n, as_of=ranking.as_of)
    return _answered(call, answer)


def _audience(caller: Principal) -> Audience:
    """Who reads the reasons: the city sees all relationships, a company those that are public or its own."""
    return Audience.CITY if caller.has(Scope.READ_ALL) else Audience.COMPANY


def _task_for(name: str, label: str) -> Task:
    task = get_task(name)
    if label not in task.query:
        others = ", ".join(other for other in TASKS if label in TASKS[other].query)
        raise NotFoundError(
            Wording(
                f"{label}에는 {name!r} 과제를 추천하지 않습니다. 쓸 수 있는 과제: {others}",
                f"{name!r} is not recommended to {label}, only to {', '.join(task.query)}; for {label} there are "
                f"{others}",
            )
        )
    return task


_LISTS: Final = {"industries": ("industry", "IN_INDUSTRY"), "regions": ("region", "LOCATED_IN")}
"""Lists of the body → the field of a profile that holds one of them, and the relationship that it becomes."""


def _read(recommender: RecommenderPort, given: ProfileIn, as_of: date | None) -> tuple[Profile, list[Note]]:
    """Read the profile; what is given as fields goes before what the text says. Raises ``ValidationError``."""
    fields = given.model_dump(exclude_defaults=True, exclude=set(_LISTS))
    parts = [
        (name, place, field, value)
        for name, (field, _) in _LISTS.items()
        for place, value in enumerate(getattr(given, name))
    ]
    first = {field: value for _, place, field, value in parts if place == 0}
    faults: list[Fault] = []
    links: dict[str, tuple[NodeRef, ...]] = {}
    further: list[Note] = []
    for name, place, field, value in parts:
        try:
            one, notes = recommender.read_profile({field: value, "label": given.label})
        except ValidationError as error:
            faults += [replace(fault, field=f"body.{name}.{place}") for fault in error.faults]
            continue
        relation = _LISTS[name][1]
        if relation in one.links:
            links[relation] = links.get(relation, ()) + one.links[relation]
        further += notes if place else ()
    if faults:
        raise ValidationError("profile", faults)
    read, notes = recommender.read_profile(fields | first, as_of)
    return replace(read, links={**read.links, **links}), list(dict.fromkeys([*notes, *further]))


def _answered(call: Call, answer: Answer, notes: Sequence[Note] = ()) -> RecommendationsOut:
    """Note the lineage for the access log, so that feedback can be joined with what made the answer."""
    call.log(task=answer.task, snapshot_id=answer.lineage.snapshot_id, model_version=answer.lineage.model_version)
    return recommendations_out(answer, call.request_id, notes)
