"""The twenty-five questions of coordinators, each asked of a real server whose answer is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from benchmarks.bloom_questions import QUESTIONS, Question, answers, ask, table
from bloom.phrases import PHRASES
from graph_schema.catalog import node_type, relation_type
from stores.bolt import Neo4jStore
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.contract import relationships, rows_of

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 3, 2)

_NODES: Final[dict[str, dict[str, dict[str, Any]]]] = {
    "Region": {"41": {"name": "경기도"}, "41280": {"name": "고양시"}}
    | {code: {"name": f"고양시 {gu}"} for code, gu in (("41281", "덕양구"), ("41285", "일산동구"))},
    "Industry": {"C": {"name": "제조업"}, "C26": {"name": "전자부품 제조업"}, "582": {"name": "소프트웨어 개발업"}},
    "TechField": {"A61B": {"name": "진단"}},
    "Topic": {"조세": {"name": "조세"}, "컨설팅": {"name": "컨설팅"}},
    "Company": {
        "gym": {"name": "튼실샘체육관(가상)", "founded_on": date(2020, 1, 1)},
        "software": {"name": "주식회사 윤슬잎시스템(가상)", "business_number": "0008100014"},
        "big": {"name": "덕양전자(가상)", "employees": 10},
        "small": {"name": "작은전자(가상)", "employees": 9},
        "airbox": {"name": "(주)에어박스"},
        "hyundai": {"name": "현대자동차주식회사"},
        "untouched": {"name": "조용한상회(가상)"},
        "samsung": {"name": "삼성전자주식회사"},
    },
    "Institution": {
        "snu": {"name": "서울대학교산학협력단"},
        "dongeui": {"name": "동의대학교 산학협력단"},
        "uos": {"name": "서울시립대학교 산학협력단"},
        "kau": {"name": "한국항공대학교 산학협력단"},
        "gg": {"name": "경기도"},
    },
    "Researcher": {"r": {"headline": "항공 연구자"}},
    "Technology": {
        "own": {"title": "기체 여과 장치"},
        "theirs": {"title": "의료 기기 시험 장치", "for_licence": True},
        "district": {"title": "케이블"},
    },
    "Project": {"project": {"title": "센서 과제", "starts_on": date(2024, 1, 1)}},
    "Expert": {
        "free": {"headline": "세무사", "capacity": 2},
        "full": {"headline": "회계사", "capacity": 1},
    },
    "Need": {
        "tests": {"title": "의료·정밀 기기 시험 성적서 발급", "state": "resolved"},
        "tax": {"title": "음식점 세금 신고", "state": "open", "raised_on": date(2026, 1, 30)},
        "late": {"title": "인력 부족", "state": "open", "raised_on": date(2026, 1, 31)},
    },
    "Center": {"dmc": {"name": "DMC 마스터원"}},
    "Space": {"empty": {"title": "501호"}, "let": {"title": "502호"}},
    "Program": {
        "soon": {"title": "곧 마감", "apply_until": date(2026, 3, 16), "nationwide": True, "all_industries": True},
        "later": {"title": "나중 마감", "apply_until": date(2026, 3, 17), "nationwide": True, "all_industries": True},
        "elsewhere": {"title": "다른 지역", "apply_until": date(2026, 3, 17), "nationwide": False},
    },
}

_RELATIONSHIPS: Final[dict[tuple[str, str, str], Sequence[tuple[str, ...]]]] = {
    ("Region", "PART_OF", "Region"): [("41281", "41280"), ("41285", "41280"), ("41280", "41")],
    ("Industry", "PART_OF", "Industry"): [("C26", "C")],
    ("Company", "LOCATED_IN", "Region"): [
        *(("gym", "41285"), ("software", "41285"), ("big", "41281"), ("small", "41281")),
        ("untouched", "41285"),
    ],
    ("Company", "IN_INDUSTRY", "Industry"): [("software", "582"), ("big", "C26"), ("small", "C26"), ("gym", "C")],
    ("Institution", "LOCATED_IN", "Region"): [("gg", "41")],
    ("Company", "FILED", "Technology"): [("airbox", "own"), ("big", "district")],
    ("Institution", "FILED", "Technology"): [("snu", "theirs")],
    ("Technology", "IN_FIELD", "TechField"): [("own", "A61B"), ("theirs", "A61B")],
    ("Company", "CO_FILED_WITH", "Institution"): [
        *(("hyundai", "snu"), ("samsung", "snu"), ("samsung", "snu"), ("samsung", "snu")),
    ],
    ("Institution", "CO_FILED_WITH", "Institution"): [("dongeui", "snu"), ("uos", "snu")],
    ("Researcher", "AFFILIATED_WITH", "Institution"): [("r", "kau")],
    ("Company", "COLLABORATED_WITH", "Researcher"): [("software", "r")],
    ("Company", "PARTICIPATED_IN", "Project"): [("airbox", "project")],
    ("Company", "NEEDS", "Need"): [("gym", "tax"), ("software", "late"), ("airbox", "tests")],
    ("Need", "ABOUT", "Topic"): [("tax", "조세"), ("late", "컨설팅")],
    ("Expert", "SPECIALIZES_IN", "Topic"): [("free", "조세"), ("full", "조세")],
    ("Company", "CONSULTED", "Expert"): [("big", "full")],
    ("Space", "PART_OF", "Center"): [("empty", "dmc"), ("let", "dmc")],
    ("Space", "ADMITS", "Industry"): [("empty", "582"), ("let", "582")],
    ("Company", "OCCUPIES", "Space"): [("big", "let")],
    ("Program", "TARGETS", "Region"): [("elsewhere", "41281")],
    ("Program", "OFFERED_BY", "Institution"): [("soon", "gg")],
    ("Company", "AWARDED", "Program"): [("big", "soon"), ("small", "later")],
    ("Company", "APPLIED_TO", "Program"): [("gym", "soon"), ("gym", "later"), ("gym", "elsewhere"), ("gym", "soon")],
}
_APPLIED: Final = ("Company", "APPLIED_TO", "Program")
_COLUMNS: Final[dict[tuple[str, str, str], dict[str, list[Any]]]] = {
    ("Company", "CONSULTED", "Expert"): {"on": [TODAY]},
    ("Company", "AWARDED", "Program"): {"on": [TODAY, TODAY], "amount_krw": [30_000_000.0, 29_999_999.0]},
    ("Company", "CO_FILED_WITH", "Institution"): {"key": ["", "1", "2", "3"]},
    _APPLIED: {"key": ["", "", "", "again"]},
}

ANSWERS: Final = {
    "일산동구의 소프트웨어 기업": {"software"},
    "덕양구 제조업, 직원 10명 이상": {"big"},
    "이 기업이 지금 신청할 수 있는 사업": {"soon", "later"},
    "이 기업의 R&D 협력 후보와 이유": {"snu"},
    "이 수요와 가까운 기술": {"theirs"},
    "이 애로를 맡을, 이번 달 자리가 남은 전문가": {"free"},
    "이 업종이 들어갈 수 있는 빈 호실": {"empty"},
    "서울대 산학협력단의 공동 출원 네트워크": {"hyundai", "samsung"},
    "한 번도 닿지 않은 기업": {"untouched"},
    "지난주 뒤 바뀐 것": {"untouched"},
    "선정 금액이 간 곳": {"big"},
    "두 기관 사이의 길": {"snu"},
    "두 기업 사이의 길": {"snu"},
    "2주 안에 마감하는 사업": {"soon"},
    "세 번 넘게 신청하고 한 번도 안 된 기업": {"gym"},
    "일산동구에서 같은 애로를 가진 기업": {"gym"},
    "한국항공대 연구자와 협력한 기업": {"software"},
    "고양시 기업의 특허": {"district"},
    "이전 희망 기술": {"theirs"},
    "경기도의 대학·연구소": {"gg"},
    "정부 R&D 과제에 참여한 기업": {"airbox"},
    "시·도가 운영하는 사업": {"soon"},
    "사업자번호로 찾기": {"software"},
    "센터별 빈 호실": {"empty"},
    "30일 넘게 열린 애로와 그 기업": {"gym"},
}


@pytest.fixture
def town(neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess) -> Neo4jStore:
    """Give a graph in which each question has an answer and something that must not answer it."""
    for label, nodes in _NODES.items():
        names = sorted({name for node in nodes.values() for name in node})
        columns = {name: [node.get(name) for node in nodes.values()] for name in names}
        neo4j_store.upsert_nodes(node_type(label), rows_of(node_type(label), id=list(nodes), **columns))
    for ends, pairs in _RELATIONSHIPS.items():
        relation = relation_type(*ends)
        neo4j_store.upsert_relationships(relation, relationships(relation, *pairs, **_COLUMNS.get(ends, {})))
    neo4j_graph.run("MATCH (c:Company {id: 'untouched'}) SET c.first_seen = date('2026-02-22')")
    return neo4j_store


def _ids(store: Neo4jStore, question: Question) -> list[str]:
    return [node["id"] for node in answers(question, store.records(question.cypher(TODAY), dict(question.typed)))]


@pytest.mark.neo4j
def test_each_question_finds_what_answers_it(town: Neo4jStore) -> None:
    assert {question.asked: set(_ids(town, question)) for question in QUESTIONS} == ANSWERS
    [paths] = [question for question in QUESTIONS if question.asked == "두 기업 사이의 길"]
    assert ask(town, paths, TODAY) == (1, "대학·연구소·기관 1: 서울대학교산학협력단")


@pytest.mark.neo4j
@pytest.mark.parametrize(
    ("begin", "typed"),
    [
        ("기업 찾기", {"industry": "제조업"}),
        ("기업 찾기: 지역 $district 업종 $industry 직원", {"industry": "제조업", "employees": 1}),
        ("같은 애로를", {"topic": "조세"}),
        ("새로 생긴 기업", {"since": date(2020, 1, 1)}),
    ],
)
def test_a_province_costs_what_its_one_inhabited_district_does(
    neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess, begin: str, typed: dict[str, Any]
) -> None:
    """Else all companies of a trade would be walked through once for each district of the province."""
    districts, ids = [f"g{i:02d}" for i in range(40)], [f"c{i:03d}" for i in range(200)]
    upsert = {
        "Region": {"id": ["p", *districts], "name": ["경기도", *(f"{district}구" for district in districts)]},
        "Industry": {"id": ["C"], "name": ["제조업"]},
        "Topic": {"id": ["t"], "name": ["조세"]},
        "Company": {"id": ids, "name": ids, "employees": [1] * 200, "founded_on": [TODAY] * 200},
        "Need": {"id": ids, "title": ids},
    }
    for label, columns in upsert.items():
        neo4j_store.upsert_nodes(node_type(label), rows_of(node_type(label), **columns))
    for ends, pairs in (
        (("Region", "PART_OF", "Region"), [(district, "p") for district in districts]),
        (("Company", "LOCATED_IN", "Region"), [(id_, "g00") for id_ in ids]),
        (("Company", "IN_INDUSTRY", "Industry"), [(id_, "C") for id_ in ids]),
        (("Company", "NEEDS", "Need"), [(id_, id_) for id_ in ids]),
        (("Need", "ABOUT", "Topic"), [(id_, "t") for id_ in ids]),
    ):
        neo4j_store.upsert_relationships(relation_type(*ends), relationships(relation_type(*ends), *pairs))
    cypher = next(phrase.cypher for phrase in PHRASES if phrase.text.startswith(begin))
    read = {name: neo4j_graph.db_hits(cypher, district=name, **typed) for name in ("g00구", "경기도")}
    assert read["경기도"] < 2 * read["g00구"]


def test_all_twenty_five_are_asked_and_answered_in_the_guide_as_they_are_typed() -> None:
    assert len(QUESTIONS) == len(ANSWERS) == 25
    page = (ROOT / "docs" / "coordinators.md").read_text(encoding="utf-8")
    head = table([])
    assert head in page
    rows = page.partition(head)[2].split("\n\n")[0].strip().splitlines()
    assert [tuple(row.split(" | ")[:2]) for row in rows] == [(f"| {q.asked}", f"`{q.text}`") for q in QUESTIONS]
    unanswered = [row for row in rows if row.removesuffix(" |").split(" | ")[2] == "0" or row.endswith("|  |")]
    assert unanswered == []
