"""The one declaration of the graph: labels, relationships, properties, names in Korean and English.

Constraints, indexes, MERGE statements, validation, snapshot columns and ``docs/graph.md`` are all made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import TypedDict, Unpack

from graph_schema.errors import SchemaError
from graph_schema.model import ElementType, NodeRef, NodeType, Property, RelationType, ValueType

EMBEDDING_DIMENSION = 384
"""Length of text embeddings (multilingual-e5-small)."""


class _Flags(TypedDict, total=False):
    required: bool
    pii: bool
    indexed: bool
    searchable: bool
    encoded: bool


def _property(type_: ValueType, name: str, ko: str, en: str, **flags: Unpack[_Flags]) -> Property:
    return Property(name, type_, ko, en, **flags)


_string = partial(_property, ValueType.STRING)
_strings = partial(_property, ValueType.STRINGS)


_date = partial(_property, ValueType.DATE, indexed=True)
_integer = partial(_property, ValueType.INTEGER)
_float = partial(_property, ValueType.FLOAT)
_boolean = partial(_property, ValueType.BOOLEAN)


def _choice(name: str, ko: str, en: str, *choices: str) -> Property:
    return Property(name, ValueType.STRING, ko, en, indexed=True, choices=choices)


_caption = partial(_string, required=True, indexed=True, searchable=True)
"""What a node is called: searched, and indexed so that a name typed in part finds it."""

_NAME = _caption("name", "이름", "name", encoded=True)
_CODE_NAME = _caption("name", "이름", "name")
_TITLE = _caption("title", "제목", "title", encoded=True)
_URL = _string("url", "원문 주소", "link to the original")
_EMBEDDING = Property("embedding", ValueType.VECTOR, "임베딩", "text embedding", derived=True)
_LEVEL = _integer("level", "단계", "level in the tree, 1 at the top")
_ON = _date("on", "일자", "date")
_CONSENT = _date("consented_on", "동의일", "date of consent")

PROGRAM_KINDS = (
    "grant",
    "loan",
    "education",
    "consulting",
    "export",
    "marketing",
    "startup",
    "workforce",
    "rnd",
    "space",
    "other",
)
WINDOW_KINDS = ("fixed", "until_budget", "always", "first_come", "until_filled", "unknown")
TARGET_KINDS = (
    "sme",
    "mid_size",
    "large",
    "small",
    "micro",
    "startup",
    "pre_founder",
    "venture",
    "social",
    "women",
    "disabled",
    "sole",
    "corporation",
    "exporter",
    "university",
    "institute",
    "individual",
    "other",
)
REPRESENTATIVE_KINDS = ("youth", "women", "disabled", "senior", "veteran", "defector", "foreign")
EXCLUSION_KINDS = (
    "arrears",
    "closed",
    "insolvent",
    "bad_credit",
    "sanctioned",
    "duplicate",
    "entertainment",
    "speculation",
    "real_estate",
)
NEED_KINDS = ("technology", "grievance", "finance", "workforce", "export", "space", "education", "consulting")
NEED_STATES = ("open", "assigned", "resolved", "declined")
BUSINESS_STATES = ("active", "suspended", "closed")

NODE_TYPES: tuple[NodeType, ...] = (
    NodeType(
        "Company",
        "기업",
        "company",
        "brn:사업자등록번호, else name:<normalised name>[@<city code>] or <source>:<id in the source>",
        "name",
        (
            _NAME,
            _string("business_number", "사업자등록번호", "business registration number", indexed=True),
            _string("corporate_number", "법인등록번호", "corporate registration number", indexed=True),
            _string("representative", "대표자", "representative", pii=True),
            _string("phone", "전화", "telephone", pii=True),
            _string("email", "전자우편", "e-mail", pii=True),
            _string("address", "주소", "address", pii=True),
            _string("products", "생산품·서비스", "products and services", searchable=True, encoded=True),
            _date("founded_on", "설립일", "founded on"),
            _integer("employees", "종업원 수", "employees"),
            _float("revenue_krw", "매출액(원)", "revenue in KRW a year"),
            _choice("legal_form", "법적 형태", "legal form", "sole", "corporation", "other"),
            _boolean("single_establishment", "단독 사업체", "single establishment"),
            _strings("certificates", "인증", "certificates"),
            _EMBEDDING,
        ),
    ),
    NodeType(
        "AnnualFigures",
        "연도별 실적",
        "figures of a year",
        "<id of the company>@<year>",
        "name",
        (
            _CODE_NAME,
            _integer("year", "연도", "year", required=True),
            _integer("min_employees", "종업원 수(최소)", "least possible employees"),
            _integer("max_employees", "종업원 수(최대)", "most possible employees"),
            _float("min_revenue_krw", "매출액(최소, 원)", "least possible revenue in KRW"),
            _float("max_revenue_krw", "매출액(최대, 원)", "most possible revenue in KRW"),
        ),
    ),
    NodeType(
        "Institution",
        "대학·연구소·기관",
        "institution",
        "normalised name",
        "name",
        (
            _NAME,
            _choice("kind", "종류", "kind", "university", "institute", "government", "agency", "association", "other"),
            _EMBEDDING,
        ),
    ),
    NodeType(
        "Technology",
        "기술",
        "technology",
        "patent application number, else <source>:<id in the source>",
        "title",
        (
            _TITLE,
            _string("abstract", "요약", "abstract", searchable=True),
            _date("applied_on", "출원일", "applied on"),
            _date("registered_on", "등록일", "registered on"),
            _choice(
                "status",
                "법적 상태",
                "legal status",
                "registered",
                "published",
                "refused",
                "expired",
                "withdrawn",
                "abandoned",
                "unknown",
            ),
            _strings("ipc", "국제특허분류", "IPC codes"),
            _boolean("for_licence", "이전 희망", "offered for licence", indexed=True),
            _URL,
            _EMBEDDING,
        ),
    ),
    NodeType(
        "Researcher",
        "연구자",
        "researcher",
        "<source>:<id in the source>",
        "headline",
        (
            _caption("headline", "소개", "field and affiliation", encoded=True),
            _string("name", "이름", "name", pii=True),
            _string("email", "전자우편", "e-mail", pii=True),
            _CONSENT,
            _EMBEDDING,
        ),
    ),
    NodeType(
        "Expert",
        "전문가",
        "expert",
        "expert:<own id>",
        "headline",
        (
            _caption("headline", "소개", "profession and fields", encoded=True),
            _string("name", "이름", "name", pii=True),
            _string("phone", "전화", "telephone", pii=True),
            _string("email", "전자우편", "e-mail", pii=True),
            _choice(
                "profession",
                "직종",
                "profession",
                "tax",
                "labour",
                "patent",
                "management",
                "legal",
                "accounting",
                "customs",
                "technology",
                "marketing",
                "finance",
                "other",
            ),
            _integer("capacity", "월 상담 가능 건수", "consultations a month"),
            _integer("experience_years", "경력(년)", "years of experience"),
            _CONSENT,
            _EMBEDDING,
        ),
    ),
    NodeType(
        "Program",
        "지원사업",
        "support programme",
        "pblancId, or kstartup: | smes24: | ntis: | course:<id in the source>",
        "title",
        (
            _TITLE,
            _choice("kind", "종류", "kind", *PROGRAM_KINDS),
            _string("summary", "개요", "summary", searchable=True),
            _date("announced_on", "공고일", "announced on"),
            _choice("window_kind", "접수 방식", "kind of application window", *WINDOW_KINDS),
            _date("apply_from", "접수 시작일", "applications from"),
            _date("apply_until", "접수 마감일", "applications until, that day included"),
            _string("window_text", "접수 기간 원문", "application window as written"),
            _boolean("nationwide", "전국 대상", "open to all regions; unknown when absent"),
            _boolean("all_industries", "전 업종 대상", "open to all industries; unknown when absent"),
            _string("region_text", "지역 원문", "regions as written"),
            _string("industry_text", "업종 원문", "industries as written"),
            _strings("targets", "지원 대상", "kinds of applicant; unknown when absent"),
            _string("target_text", "지원 대상 원문", "kinds of applicant as written"),
            _float("min_company_age", "최소 업력(년)", "youngest company admitted, in years since founding"),
            _float("max_company_age", "최대 업력(년)", "oldest company admitted, in years since founding"),
            _boolean("admits_pre_founders", "예비창업자 가능", "open before founding"),
            _integer("min_employees", "최소 종업원 수", "fewest employees admitted"),
            _integer("max_employees", "최대 종업원 수", "most employees admitted"),
            _float("budget_krw", "예산(원)", "budget in KRW"),
            _float("max_support_krw", "최대 지원액(원)", "most that one company gets, in KRW"),
            _float("own_share_percent", "자부담률(%)", "least share of the cost that the company bears, in per cent"),
            _float("min_revenue_krw", "최소 매출액(원)", "least revenue admitted, in KRW a year"),
            _float("max_revenue_krw", "최대 매출액(원)", "most revenue admitted, in KRW a year"),
            _strings("certificates", "필요 인증", "certificates of which one is needed"),
            _strings("representatives", "대표자 요건", "kinds of representative of which one is needed"),
            _strings("exclusions", "제외 대상", "who is left out"),
            _strings("read_from", "판독 근거", "rule@place:start and the words a fact was read from"),
            _strings(
                "unread",
                "미판독 요건",
                "rule@place:start and words not understood; empty: none; absent: no text was read",
            ),
            _URL,
            _EMBEDDING,
        ),
    ),
    NodeType(
        "Center",
        "지식산업센터",
        "knowledge industry centre",
        "<normalised name>@<district code>",
        "name",
        (
            _NAME,
            _string("address", "주소", "road address", searchable=True),
            _string("lot_address", "지번 주소", "lot address"),
            _string("developer", "시행자", "builder or trust"),
            _choice("stage", "단계", "stage of the permit", "approved", "building", "completed", "unknown"),
            _string("stage_text", "단계 원문", "stage as written"),
            _string("sale_kind", "분양 형태", "sale or lease"),
            _float("land_area_m2", "용지 면적(㎡)", "land in square metres"),
            _float("floor_area_m2", "연면적(㎡)", "gross floor area in square metres"),
            _float("factory_area_m2", "제조 면적(㎡)", "factory area in square metres"),
            _float("support_area_m2", "부대 면적(㎡)", "ancillary area in square metres"),
            _EMBEDDING,
        ),
    ),
    NodeType(
        "Space",
        "호실",
        "space",
        "space:<own id>",
        "title",
        (
            _TITLE,
            _float("area_m2", "전용 면적(㎡)", "area in square metres"),
            _integer("floor", "층", "floor"),
            _float("deposit_krw", "보증금(원)", "deposit in KRW"),
            _float("rent_krw", "월세(원)", "rent in KRW a month"),
            _float("price_krw", "매매가(원)", "price in KRW"),
            _date("available_from", "입주 가능일", "available from"),
            _boolean("all_industries", "전 업종 입주 가능", "open to all industries; unknown when absent"),
            _EMBEDDING,
        ),
    ),
    NodeType(
        "Project",
        "R&D 과제",
        "R&D project",
        "NTIS project number",
        "title",
        (
            _TITLE,
            _date("starts_on", "시작일", "starts on"),
            _date("ends_on", "종료일", "ends on"),
            _float("funds_krw", "연구비(원)", "funds in KRW"),
            _EMBEDDING,
        ),
    ),
    NodeType(
        "Need",
        "기술수요·애로·민원",
        "need",
        "need:<own id>",
        "title",
        (
            _TITLE,
            _string("text", "내용", "text with personal details masked", searchable=True, encoded=True),
            _choice("kind", "종류", "kind", *NEED_KINDS),
            _choice("state", "처리 상태", "state", *NEED_STATES),
            _date("raised_on", "접수일", "raised on"),
            _EMBEDDING,
        ),
    ),
    NodeType(
        "Industry",
        "업종",
        "industry",
        "ksic<revision>:<code>",
        "name",
        (
            _NAME,
            _string("code", "코드", "code", indexed=True),
            _integer("revision", "차수", "revision of KSIC"),
            _LEVEL,
        ),
    ),
    NodeType(
        "TaxCode",
        "국세청 업종코드",
        "tax-office industry code",
        "nts:<code>",
        "name",
        (_CODE_NAME, _string("code", "코드", "code", indexed=True)),
    ),
    NodeType(
        "TechField",
        "기술 분류",
        "technology field",
        "ipc:<code> or nst:<code>",
        "name",
        (
            _CODE_NAME,
            _string("code", "코드", "code", indexed=True),
            _choice("scheme", "체계", "scheme", "ipc", "nst"),
            _LEVEL,
        ),
    ),
    NodeType(
        "Region",
        "지역",
        "region",
        "administrative code: 2 digits a province, 5 a city or district",
        "name",
        (_CODE_NAME, _string("code", "코드", "code", indexed=True), _LEVEL),
    ),
    NodeType("Topic", "주제", "topic", "normalised tag", "name", (_NAME,)),
)

_SAMENESS = (
    _choice("decided_by", "판단 주체", "who decided", "rule", "person"),
    _float("score", "일치 점수", "weight of the evidence in bits"),
    _strings("evidence", "근거", "evidence, each with its weight in bits"),
)
"""What is kept with a decision that two nodes are one organisation; a closed one says that they are not."""
_ROLE = _choice("role", "역할", "role", "authority", "operator", "manager", "member", "host")

RELATION_TYPES: tuple[RelationType, ...] = (
    RelationType("Industry", "PART_OF", "Industry", "에 속한다", "is part of", noun="상위"),
    RelationType(
        "Industry",
        "MAPS_TO",
        "Industry",
        "로 이어진다",
        "is continued in revision",
        (_string("note", "비고", "note"),),
        noun="연계",
    ),
    RelationType(
        "TaxCode",
        "MAPS_TO",
        "Industry",
        "로 이어진다",
        "is linked to the industry",
        (_string("note", "비고", "note"),),
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
    RelationType("Company", "FILED", "Technology", "을(를) 출원했다", "filed", (_ON,), noun="출원"),
    RelationType("Institution", "FILED", "Technology", "을(를) 출원했다", "filed", (_ON,), noun="출원"),
    RelationType(
        "Company",
        "CO_FILED_WITH",
        "Company",
        "와(과) 공동 출원했다",
        "filed together with",
        (_ON,),
        symmetric=True,
        noun="공동 출원",
    ),
    RelationType(
        "Company",
        "CO_FILED_WITH",
        "Institution",
        "와(과) 공동 출원했다",
        "filed together with",
        (_ON,),
        symmetric=True,
        noun="공동 출원",
    ),
    RelationType(
        "Institution",
        "CO_FILED_WITH",
        "Institution",
        "와(과) 공동 출원했다",
        "filed together with",
        (_ON,),
        symmetric=True,
        noun="공동 출원",
    ),
    RelationType("Technology", "IN_FIELD", "TechField", "의 분야는", "is in the field"),
    RelationType("Project", "IN_FIELD", "TechField", "의 분야는", "is in the field"),
    RelationType("Need", "IN_FIELD", "TechField", "의 분야는", "is in the field", private=True),
    RelationType("Company", "PARTICIPATED_IN", "Project", "에 참여했다", "took part in", (_ROLE, _ON), noun="참여"),
    RelationType("Institution", "PARTICIPATED_IN", "Project", "에 참여했다", "took part in", (_ROLE, _ON), noun="참여"),
    RelationType("Researcher", "PARTICIPATED_IN", "Project", "에 참여했다", "took part in", (_ROLE, _ON), noun="참여"),
    RelationType("Researcher", "DEVELOPED", "Technology", "을(를) 개발했다", "developed", (_ON,), noun="개발"),
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
        (_ON,),
        private=True,
        noun="협력",
    ),
    RelationType(
        "Company", "LICENSED", "Technology", "을(를) 이전받았다", "licensed", (_ON,), private=True, noun="기술 이전"
    ),
    RelationType("Company", "NEEDS", "Need", "이(가) 필요하다", "asked for", (_ON,), private=True, noun="수요"),
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
        (_ON, _integer("satisfaction", "만족도(1–5)", "satisfaction, 1 to 5")),
        private=True,
        noun="자문",
    ),
    RelationType("Company", "APPLIED_TO", "Program", "에 신청했다", "applied to", (_ON,), private=True, noun="신청"),
    RelationType(
        "Company",
        "AWARDED",
        "Program",
        "에 선정되었다",
        "was awarded",
        (_ON, _float("amount_krw", "금액(원)", "amount in KRW")),
        private=True,
        noun="선정",
    ),
    RelationType("Company", "OCCUPIES", "Space", "에 입주했다", "occupies", (_ON,), private=True, noun="입주"),
    RelationType(
        "Company",
        "REGISTERED_WITH",
        "Institution",
        "의 사업자등록 관서는",
        "is registered with",
        (
            _choice("state", "사업자 상태", "state of the business", *BUSINESS_STATES),
            _date("ended_on", "휴업·폐업일", "suspended or closed on"),
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
        "education": "교육",
        "spaces": "입주 공간",
    }
)
"""Kinds of recommendation and their Korean names."""
DECISIONS = ("contacted", "accepted", "refused")

_TASK = _choice("task", "추천 종류", "what is recommended", *TASK_NAMES)
_RECOMMENDED = (
    _TASK,
    _integer("rank", "순위", "place in the list, from 1"),
    _choice("grade", "가능성", "how likely it is, beside an average result", "high", "medium", "low"),
    _float("score", "점수", "score, comparable within one list"),
    _string("reason_ko", "추천 이유", "why, in Korean"),
    _string("reason_en", "추천 이유(영문)", "why, in English"),
    _strings("to_be_checked", "확인할 것", "conditions to be checked"),
    _integer("checks", "확인할 것의 수", "how many conditions are to be checked"),
    Property("as_of", ValueType.DATE, "기준일", "day the list is for"),
    _string("model_version", "모형", "version of the model"),
    _string("snapshot_id", "스냅숏", "snapshot that the model read"),
    _string("run", "실행", "run that wrote the list", indexed=True),
    Property("created_at", ValueType.DATETIME, "작성 시각", "time of the run"),
)
_FOLLOWED_UP = (
    _TASK,
    _choice("decision", "처리 결과", "what became of it", *DECISIONS),
    _string("reason", "사유", "why it was refused"),
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

_NODES = {node.label: node for node in NODE_TYPES}
_RELATIONS = {(relation.source, relation.type, relation.target): relation for relation in RELATION_TYPES}
ELEMENT_TYPES: tuple[ElementType, ...] = (*NODE_TYPES, *RELATION_TYPES)
_BY_NAME = {element.name: element for element in (*ELEMENT_TYPES, *OVERLAY_TYPES)}


def node_type(label: str) -> NodeType:
    """Return the node type of ``label``; raises ``SchemaError`` for an unknown one."""
    try:
        return _NODES[label]
    except KeyError:
        raise SchemaError(f"unknown label {label!r}; known are {', '.join(_NODES)}") from None


def relation_type(source: str, type_: str, target: str) -> RelationType:
    """Return the relation ``(source)-[type]->(target)``; raises ``SchemaError`` for an unknown one."""
    try:
        return _RELATIONS[source, type_, target]
    except KeyError:
        known = ", ".join(str(r) for r in RELATION_TYPES if r.type == type_) or "no relation of that type"
        raise SchemaError(f"unknown relation ({source})-[{type_}]->({target}); known: {known}") from None


def element_type(name: str) -> ElementType:
    """Return the node or relation type of a table name (``Label`` or ``SRC__REL__DST``)."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise SchemaError(f"unknown table {name!r}; see docs/graph.md for the labels and relations") from None


def parse_ref(text: str) -> NodeRef:
    """Read ``Label:id``; the id may hold further colons. Raises ``SchemaError`` for an unknown label."""
    label, separator, id_ = text.partition(":")
    if not separator or not id_:
        raise SchemaError(f"{text!r} is not a node reference; write Label:id, such as Company:brn:1234567890")
    return NodeRef(node_type(label).label, id_)
