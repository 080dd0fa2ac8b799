"""Nodes in Neo4j bear short captions that tell them apart, and their codes in Korean."""

from __future__ import annotations

from datetime import date

import pytest

from graph_schema.captions import LENGTH
from graph_schema.catalog import node_type, relation_type
from graph_schema.model import NodeRef
from stores.bolt import Neo4jStore
from stores.captions import write_captions
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.contract import COMPANY, companies, relationships, rows_of

pytestmark = pytest.mark.neo4j

PROGRAM = node_type("Program")
SPACE = node_type("Space")
INSTITUTION = node_type("Institution")
SERIES = "중소기업 해외 판로 개척 지원사업 참여기업 모집 공고"


def test_captions_are_written_by_loads_and_numbered_by_the_export(
    neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess
) -> None:
    neo4j_store.upsert_nodes(
        PROGRAM,
        rows_of(
            PROGRAM,
            id=["a", "b", "c"],
            title=[SERIES] * 3,
            apply_until=[date(2025, 4, 30), date(2026, 4, 30), date(2026, 4, 15)],
            kind=["loan", "grant", None],
            targets=[["micro", "startup"], None, []],
        ),
    )
    neo4j_store.upsert_nodes(
        SPACE, rows_of(SPACE, id=["s", "t"], title=["타워 사무형 소형 호실"] * 2, floor=[3, 3], area_m2=[66.0, 84.0])
    )
    query = "MATCH (n) WHERE n.caption IS NOT NULL RETURN n.id, n.caption"
    loaded = dict(map(tuple, neo4j_graph.run(query)))
    assert (loaded["a"][-5:], loaded["b"][-5:]) == ("25.04", "26.04")
    assert loaded["b"] == loaded["c"]
    in_words = {"a": "종류: 융자 · 지원 대상: 소상공인, 창업기업", "b": "종류: 보조금", "c": None}
    codes = "MATCH (n:Program) RETURN n.id, n.codes"
    assert dict(map(tuple, neo4j_graph.run(codes))) == in_words
    write_captions(neo4j_store)
    written = dict(map(tuple, neo4j_graph.run(query)))
    assert len(set(written.values())) == 5
    assert all(len(caption) <= LENGTH for caption in written.values())
    assert dict(map(tuple, neo4j_graph.run(codes))) == in_words
    assert not {"caption", "codes"} & set(neo4j_store.get_node(NodeRef("Program", "a")) or {})


def test_codes_of_relationships_are_written_in_korean(neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
    """Of what people decided too, and anew where they change; lists have theirs from whoever writes them."""
    offered = relation_type("Program", "OFFERED_BY", "Institution")
    neo4j_store.upsert_nodes(PROGRAM, rows_of(PROGRAM, id=["p"], title=[SERIES]))
    neo4j_store.upsert_nodes(INSTITUTION, rows_of(INSTITUTION, id=["i"], name=["고양산업진흥원"]))
    neo4j_store.upsert_nodes(COMPANY, companies("c"))
    columns = {"key": ["", "1", "2"], "role": ["operator", "host", None]}
    neo4j_store.upsert_relationships(offered, relationships(offered, *[("p", "i")] * 3, **columns))
    by_load = "MATCH ()-[r:OFFERED_BY]->() RETURN r.codes ORDER BY r.key"
    assert [each for (each,) in neo4j_graph.run(by_load)] == ["역할: 수행", "역할: 주관", None]
    neo4j_graph.run(
        "MATCH (c:Company), (p:Program) CREATE (c)-[:FOLLOWED_UP {task: 'programs', decision: 'contacted'}]->(p), "
        "(c)-[:RECOMMENDED {task: 'programs', grade: 'high'}]->(p)"
    )
    query = "MATCH ()-[r]->() RETURN type(r), r.codes ORDER BY type(r), r.key"
    for decision, word in (("contacted", "연락"), ("refused", "거절")):
        neo4j_graph.run("MATCH ()-[f:FOLLOWED_UP]->() SET f.decision = $decision", decision=decision)
        write_captions(neo4j_store)
        assert list(map(tuple, neo4j_graph.run(query))) == [
            ("FOLLOWED_UP", f"추천 종류: 지원사업 · 처리 결과: {word}"),
            *(("OFFERED_BY", codes) for codes in ("역할: 수행", "역할: 주관", None)),
            ("RECOMMENDED", None),
        ]
    assert "codes" not in neo4j_store.neighbors(NodeRef("Program", "p"))[0].properties


def test_codes_are_those_of_the_row_after_each_load(neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
    """Without an export in between; a graph of a time when loads wrote none has them from the first load on."""
    query = "MATCH (c:Company) RETURN c.id, c.codes"
    neo4j_store.upsert_nodes(COMPANY, companies("a", "b", legal_form=["corporation", None]))
    assert dict(map(tuple, neo4j_graph.run(query))) == {"a": "법적 형태: 법인", "b": None}
    neo4j_store.upsert_nodes(COMPANY, companies("a", "b", legal_form=["sole", "sole"]))
    assert dict(map(tuple, neo4j_graph.run(query))) == dict.fromkeys("ab", "법적 형태: 개인사업자")
    neo4j_store.upsert_nodes(COMPANY, companies("a", "b"))
    assert dict(map(tuple, neo4j_graph.run(query))) == dict.fromkeys("ab")


def test_a_number_that_tells_namesakes_apart_stays_while_the_name_does(
    neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess
) -> None:
    def write(names: list[str], employees: int, until: date = date(2026, 4, 30)) -> dict[str, str]:
        neo4j_store.upsert_nodes(COMPANY, companies("a", "b", name=names, employees=[employees] * 2))
        neo4j_store.upsert_nodes(
            PROGRAM,
            rows_of(PROGRAM, id=["p", "q"], title=[SERIES] * 2, apply_until=[until] * 2, summary=[f"{employees}"] * 2),
        )
        return dict(map(tuple, neo4j_graph.run("MATCH (n) WHERE n.caption IS NOT NULL RETURN n.id, n.caption")))

    assert write(["가나"] * 2, 1)["a"] == "가나"
    write_captions(neo4j_store)
    numbered = write(["가나"] * 2, 2)
    assert (numbered["a"], numbered["b"], numbered["q"][-8:]) == ("가나 #1", "가나 #2", "26.04 #2")
    renamed = write(["가나", "다라"], 2, date(2026, 5, 31))
    assert (renamed["a"], renamed["b"], renamed["q"][-5:]) == ("가나 #1", "다라", "26.05")
