"""What a limit cuts off is what matters least: a phrase that may find more than it draws says which it draws first."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final

import pytest

from benchmarks.bloom_questions import Question, ask
from bloom.parameters import ASKED
from bloom.phrases import PHRASES
from bloom.saved_cypher import Phrase
from graph_schema.catalog import node_type, relation_type
from graph_schema.model import NodeRef
from stores.bolt import Neo4jStore
from stores.recommendations import Recommended, Run, replace_all
from tests.bloom.days import AS_OF
from tests.stores.contract import relationships, rows_of

_UNORDERED: Final = {
    "사업자번호로 기업 찾기: $number": "one company and where it is",
    "새로 생긴 기업: 지역 $district 설립일 $since 이후": "ordered where the index gives the days",
    "기술 찾기: $words": "ordered where the score is made",
    "두 기관 사이의 길: $one 에서 $other 까지": "all are as short",
    "두 기업 사이의 길, 허브 빼고: $one 에서 $other 까지": "all are as short",
    "지금 신청할 수 있는 사업: $company": "ordered before those who run them are joined",
    "그날 신청할 수 있던 사업: $company 기준일 $day": "ordered before those who run them are joined",
    "지역 기업을 위한 사업: $region": "ordered before what they are meant for is joined",
}
"""Phrases whose last limit cuts nothing that an order would save."""
_MANY: Final = 520
"""More than any phrase draws."""


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.text)
def test_what_may_be_cut_off_is_ordered(phrase: Phrase) -> None:
    found = phrase.cypher.rpartition("} RETURN ")[0] if f" AS {ASKED}," in phrase.cypher else phrase.cypher
    last = re.split(r"\bRETURN\b", found)[-1]
    assert ("ORDER BY" in last) != (phrase.text in _UNORDERED), last


@pytest.fixture
def crowd(neo4j_store: Neo4jStore) -> Neo4jStore:
    """Give more of everything than is drawn: the higher its number, the larger, the newer, the longer open, the surer.

    Nodes are written and stored in an order that says nothing.
    """
    numbers = [(7 * n) % _MANY for n in range(_MANY)]
    ids, days = [f"{n:03}" for n in numbers], [AS_OF - timedelta(days=1000 - n) for n in numbers]
    columns: dict[str, dict[str, Any]] = {
        "Region": {"id": ["r"], "name": ["덕양구"]},
        "Industry": {"id": ["i"], "name": ["제조업"]},
        "Topic": {"id": ["t"], "name": ["융자"]},
        "Institution": {"id": ["o"], "name": ["경기도"]},
        "Company": {"id": ids, "name": ids, "employees": [n or None for n in numbers]},
        "Need": {
            "id": ids,
            "title": ids,
            "state": ["open"] * _MANY,
            "raised_on": [AS_OF - timedelta(31 + n) for n in numbers],
        },
        "Program": {"id": ids, "title": ids, "announced_on": [day if day > min(days) else None for day in days]},
        "Expert": {"id": ["e"], "headline": ["세무사"]},
    }
    for label, given in columns.items():
        neo4j_store.upsert_nodes(node_type(label), rows_of(node_type(label), **given))
    joined: dict[tuple[str, str, str], tuple[list[tuple[str, str]], dict[str, Any]]] = {
        ("Company", "LOCATED_IN", "Region"): ([(id_, "r") for id_ in ids], {}),
        ("Company", "IN_INDUSTRY", "Industry"): ([(id_, "i") for id_ in ids], {}),
        ("Company", "NEEDS", "Need"): ([(id_, id_) for id_ in ids], {}),
        ("Program", "ABOUT", "Topic"): ([(id_, "t") for id_ in ids], {}),
        ("Program", "OFFERED_BY", "Institution"): ([(id_, "o") for id_ in ids], {}),
    }
    for ends, (pairs, properties) in joined.items():
        neo4j_store.upsert_relationships(
            relation_type(*ends), relationships(relation_type(*ends), *pairs, **properties)
        )
    return neo4j_store


@pytest.mark.neo4j
@pytest.mark.parametrize(
    ("begin", "typed", "label"),
    [
        ("기업 찾기: 지역 $district 업종 $industry", {"district": "덕양구", "industry": "제조업"}, "Company"),
        (
            "기업 찾기: 지역 $district 업종 $industry 직원",
            {"district": "덕", "industry": "제조", "employees": 1},
            "Company",
        ),
        ("오래 열린 애로", {"days": 30}, "Need"),
        ("주제로 사업 찾기", {"topic": "융자"}, "Program"),
        ("기관이 운영하는 사업", {"institution": "경기도"}, "Program"),
    ],
)
def test_the_largest_the_newest_and_the_longest_open_are_drawn(
    crowd: Neo4jStore, begin: str, typed: dict[str, Any], label: str
) -> None:
    phrase = next(phrase for phrase in PHRASES if phrase.text.startswith(begin))
    records = crowd.records(phrase.cypher.replace("date({timezone: 'Asia/Seoul'})", f"date('{AS_OF}')"), typed)
    drawn = {
        node["id"]: None
        for record in records
        for value in filter(None, record)
        for node in getattr(value, "nodes", None) or (value,)
        if label in node.labels
    }
    assert list(drawn) == [f"{n:03}" for n in range(_MANY - 1, _MANY - 1 - len(records), -1)]
    assert 300 <= len(drawn) < _MANY


@pytest.mark.neo4j
def test_the_surest_recommendations_and_the_latest_decisions_are_drawn(crowd: Neo4jStore) -> None:
    """And of as sure ones that of the higher score."""
    lists = [
        Recommended(
            NodeRef("Company", f"{n:03}"),
            NodeRef("Program", "000"),
            {"rank": 1 if n >= 200 else 2, "grade": "high", "score": n / 1000},
        )
        for n in ((7 * n) % _MANY for n in range(_MANY))
    ]
    replace_all(crowd, Run("programs", lists))
    phrases = {phrase.text: phrase.cypher for phrase in PHRASES}
    untouched = crowd.records(phrases["아직 연락하지 않은 유력한 추천: 종류 $task"], {"task": "지원사업"})
    assert [record[0]["id"] for record in untouched] == [f"{n:03}" for n in range(_MANY - 1, _MANY - 301, -1)]
    decide = (
        "MATCH (c:Company)-[r:RECOMMENDED]->(p) CREATE (c)-[:FOLLOWED_UP {task: r.task, decision: 'contacted', "
        "decided_at: datetime({year: 2026}) + duration({hours: toInteger(c.id)})}]->(p)"
    )
    crowd.transact((decide, {}))
    handled = crowd.records(phrases["처리한 추천: 결과 $decision"], {"decision": "연락"})
    assert [record[0]["id"] for record in handled] == [f"{n:03}" for n in range(_MANY - 1, _MANY - 501, -1)]


@pytest.mark.neo4j
def test_the_guide_says_where_there_may_be_more(crowd: Neo4jStore) -> None:
    question = Question("고양시의 제조업", "기업 찾기", {"district": "덕양구", "industry": "제조업"}, "Company")
    assert ask(crowd, question, AS_OF) == (500, "기업 500 이상: 519, 518, 517, …")
    few = Question("융자", "곧 마감하는 사업", {"days": 30, "topic": "융자"}, "Program")
    assert ask(crowd, few, AS_OF) == (0, "")
