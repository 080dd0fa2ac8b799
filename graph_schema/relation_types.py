"""The relationships of the graph with their properties, those of registers and those that recommending adds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from graph_schema.model import Property, RelationType, ValueType
from graph_schema.node_types import BUSINESS_STATES
from graph_schema.properties import ON, choice, day, decimal, integer, string, strings

_SAMENESS = (
    choice("decided_by", "판단 주체", "who decided", "rule", "person"),
    decimal("score", "일치 점수", "weight of the evidence in bits"),
    strings("evidence", "근거", "evidence, each with its weight in bits"),
)
"""What is kept with a decision that two nodes are one organisation; a closed one says that they are not."""
_ROLE = choice("role", "역할", "role", "authority", "operator", "manager", "member", "host")

RELATION_TYPES: tuple[RelationType, ...] = (
    RelationType("Industry", "PART_OF", "Industry", "에 속한다", "is part of", noun="상위"),
    RelationType(
        "Industry",
        "MAPS_TO",
        "Industry",
        "로 이어진다",
        "is continued in revision",
        (string("note", "비고", "note"),),
        noun="연계",
    ),
    RelationType(
        "TaxCode",
        "MAPS_TO",
        "Industry",
        "로 이어진다",
        "is linked to the industry",
        (string("note", "비고", "note"),),
        noun="연계",
    ),
    RelationType("Region", "PART_OF", "Region", "에 속한다", "is part of", noun="상위"),
    RelationType("TechField", "PART_OF", "TechField", "에 속한다", "is part of", noun="상위"),
    RelationType("Space", "PART_OF", "Center", "에 있다", "is in", noun="소재 센터"),
    RelationType("Company", "REPORTED", "AnnualFigures", "의 연도별 실적은", "reported for a year", private=True),
    RelationType("Company", "IN_INDUSTRY", "Industry", "업종은", "works in"),
    RelationType("Company", "LOCATED_IN", "Region", "소재지는", "is located in"),
    RelationType("Company", "LOCATED_IN", "Center", "입주한 센터는", "is located in", private=True),
    RelationType("Institution", "LOCATED_IN", "Region", "소재지는", "is located in"),
    RelationType("Center", "LOCATED_IN", "Region", "소재지는", "is located in"),
    RelationType("Expert", "LOCATED_IN", "Region", "활동 지역은", "serves"),
    RelationType("Company", "FILED", "Technology", "을(를) 출원했다", "filed", (ON,), noun="출원"),
    RelationType("Institution", "FILED", "Technology", "을(를) 출원했다", "filed", (ON,), noun="출원"),
    RelationType(
        "Company",
        "CO_FILED_WITH",
        "Company",
        "와(과) 공동 출원했다",
        "filed together with",
        (ON,),
        symmetric=True,
        noun="공동 출원",
    ),
    RelationType(
        "Company",
        "CO_FILED_WITH",
        "Institution",
        "와(과) 공동 출원했다",
        "filed together with",
        (ON,),
        symmetric=True,
        noun="공동 출원",
    ),
    RelationType(
        "Institution",
        "CO_FILED_WITH",
        "Institution",
        "와(과) 공동 출원했다",
        "filed together with",
        (ON,),
        symmetric=True,
        noun="공동 출원",
    ),
    RelationType("Technology", "IN_FIELD", "TechField", "의 분야는", "is in the field"),
    RelationType("Project", "IN_FIELD", "TechField", "의 분야는", "is in the field"),
    RelationType("Need", "IN_FIELD", "TechField", "의 분야는", "is in the field", private=True),
    RelationType("Company", "PARTICIPATED_IN", "Project", "에 참여했다", "took part in", (_ROLE, ON), noun="참여"),
    RelationType("Institution", "PARTICIPATED_IN", "Project", "에 참여했다", "took part in", (_ROLE, ON), noun="참여"),
    RelationType("Researcher", "PARTICIPATED_IN", "Project", "에 참여했다", "took part in", (_ROLE, ON), noun="참여"),
    RelationType("Project", "PRODUCED", "Technology", "을(를) 성과로 냈다", "produced", noun="성과"),
    RelationType("Company", "DEVELOPED", "Technology", "을(를) 개발했다", "developed", (ON,), noun="개발"),
    RelationType("Institution", "DEVELOPED", "Technology", "을(를) 개발했다", "developed", (ON,), noun="개발"),
    RelationType("Researcher", "DEVELOPED", "Technology", "을(를) 개발했다", "developed", (ON,), noun="개발"),
    RelationType("Researcher", "AFFILIATED_WITH", "Institution", "소속은", "belongs to"),
    RelationType("Researcher", "SPECIALIZES_IN", "TechField", "전문 분야는", "specialises in"),
    RelationType("Expert", "SPECIALIZES_IN", "Topic", "전문 주제는", "specialises in"),
    RelationType("Expert", "SPECIALIZES_IN", "Industry", "전문 업종은", "knows the industry"),
    RelationType(
        "Company",
        "COLLABORATED_WITH",
        "Researcher",
        "와(과) 협력했다",
        "worked with",
        (ON,),
        private=True,
        noun="협력",
    ),
    RelationType(
        "Company", "LICENSED", "Technology", "을(를) 이전받았다", "licensed", (ON,), private=True, noun="기술 이전"
    ),
    RelationType("Company", "NEEDS", "Need", "이(가) 필요하다", "asked for", (ON,), private=True, noun="수요"),
    RelationType("Need", "ABOUT", "Topic", "의 주제는", "is about", private=True),
    RelationType("Program", "ABOUT", "Topic", "의 주제는", "is about"),
    RelationType("Program", "TARGETS", "Industry", "의 대상 업종은", "is open to the industry"),
    RelationType("Program", "TARGETS", "Region", "의 대상 지역은", "is open to the region"),
    RelationType("Program", "OFFERED_BY", "Institution", "의 운영 기관은", "is offered by", (_ROLE,)),
    RelationType("Space", "ADMITS", "Industry", "의 입주 가능 업종은", "admits the industry"),
    RelationType(
        "Company",
        "CONSULTED",
        "Expert",
        "의 자문을 받았다",
        "consulted",
        (ON, integer("satisfaction", "만족도(1–5)", "satisfaction, 1 to 5")),
        private=True,
        noun="자문",
    ),
    RelationType("Company", "APPLIED_TO", "Program", "에 신청했다", "applied to", (ON,), private=True, noun="신청"),
    RelationType(
        "Company",
        "AWARDED",
        "Program",
        "에 선정되었다",
        "was awarded",
        (ON, decimal("amount_krw", "금액(원)", "amount in KRW")),
        private=True,
        noun="선정",
    ),
    RelationType("Company", "OCCUPIES", "Space", "에 입주했다", "occupies", (ON,), private=True, noun="입주"),
    RelationType(
        "Company",
        "REGISTERED_WITH",
        "Institution",
        "의 사업자등록 관서는",
        "is registered with",
        (
            choice("state", "사업자 상태", "state of the business", *BUSINESS_STATES),
            day("ended_on", "휴업·폐업일", "suspended or closed on"),
        ),
    ),
    RelationType(
        "Company",
        "SAME_AS",
        "Company",
        "와(과) 같은 기업이다",
        "is the same as",
        _SAMENESS,
        identity=True,
        noun="같은 기업",
    ),
    RelationType(
        "Institution",
        "SAME_AS",
        "Institution",
        "와(과) 같은 기관이다",
        "is the same as",
        _SAMENESS,
        identity=True,
        noun="같은 기관",
    ),
)
IDENTITY_TYPES: tuple[RelationType, ...] = tuple(relation for relation in RELATION_TYPES if relation.identity)
"""Relations that join the nodes of one organisation."""

TASK_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "partners": "R&D 협력 파트너",
        "technologies": "이전 기술",
        "researchers": "연구자",
        "experts": "전문가",
        "programs": "지원사업",
        "finance": "정책금융",
        "education": "교육·인력",
        "spaces": "입주 공간",
    }
)
"""Kinds of recommendation and their Korean names."""
DECISIONS = ("contacted", "accepted", "refused")

_TASK = choice("task", "추천 종류", "what is recommended", *TASK_NAMES)
_RECOMMENDED = (
    _TASK,
    integer("rank", "순위", "place in the list, from 1"),
    choice("grade", "가능성", "how likely it is, beside an average result", "high", "medium", "low"),
    decimal("score", "점수", "score, comparable within one list"),
    string("reason_ko", "추천 이유", "why, in Korean"),
    string("reason_en", "추천 이유(영문)", "why, in English"),
    strings("to_be_checked", "확인할 것", "conditions to be checked"),
    integer("checks", "확인할 것의 수", "how many conditions are to be checked"),
    Property("as_of", ValueType.DATE, "기준일", "day the list is for"),
    string("model_version", "모형", "version of the model"),
    string("snapshot_id", "스냅숏", "snapshot that the model read"),
    string("run", "실행", "run that wrote the list", indexed=True),
    Property("created_at", ValueType.DATETIME, "작성 시각", "time of the run"),
)
_FOLLOWED_UP = (
    _TASK,
    choice("decision", "처리 결과", "what became of it", *DECISIONS),
    string("reason", "사유", "why it was refused"),
    Property("decided_at", ValueType.DATETIME, "처리 시각", "time of the decision"),
)
_RECOMMENDABLE = (
    *(("Company", to) for to in ("Company", "Institution", "Technology", "Researcher", "Expert", "Program", "Space")),
    ("Institution", "Company"),
    ("Institution", "Institution"),
)

OVERLAY_TYPES: tuple[RelationType, ...] = tuple(
    RelationType(source, type_, target, ko, en, own, private=True, overlay=True, noun=noun)
    for type_, ko, en, noun, own in (
        ("RECOMMENDED", "에 추천되었다", "was recommended", "추천", _RECOMMENDED),
        ("FOLLOWED_UP", "의 추천을 처리했다", "was followed up on", "추천 처리", _FOLLOWED_UP),
    )
    for source, target in _RECOMMENDABLE
)
"""What a Neo4j server carries over the graph: recommendations, derived from it, and what people did with them.

No register says them, so they have no provenance, and loaders, copies, counts, checks and snapshots leave them alone.
"""
