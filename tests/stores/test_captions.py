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
    write_captions(neo4j_store, lambda name, code: {"loan": "융자", "micro": "소상공인"}.get(code, f"{name} {code}"))
    written = dict(map(tuple, neo4j_graph.run(query)))
    assert len(set(written.values())) == 5
    assert all(len(caption) <= LENGTH for caption in written.values())
    codes = dict(map(tuple, neo4j_graph.run("MATCH (n:Program) RETURN n.id, n.codes")))
    assert codes == {"a": "종류: 융자 · 지원 대상: 소상공인, targets startup", "b": "종류: kind grant", "c": None}
    assert not {"caption", "codes"} & set(neo4j_store.get_node(NodeRef("Program", "a")) or {})


def test_codes_of_relationships_are_written_in_korean(neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
    """Of what people decided too, and anew where they change; lists have theirs from whoever writes them."""
    offered = relation_type("Program", "OFFERED_BY", "Institution")
    neo4j_store.upsert_nodes(PROGRAM, rows_of(PROGRAM, id=["p"], title=[SERIES]))
    neo4j_store.upsert_nodes(INSTITUTION, rows_of(INSTITUTION, id=["i"], name=["고양산업진흥원"]))
    neo4j_store.upsert_nodes(COMPANY, companies("c"))
    columns = {"key": ["", "1", "2"], "role": ["operator", "host", None]}
    neo4j_store.upsert_relationships(offered, relationships(offered, *[("p", "i")] * 3, **columns))
    neo4j_graph.run(
        "MATCH (c:Company), (p:Program) CREATE (c)-[:FOLLOWED_UP {task: 'programs', decision: 'contacted'}]->(p), "
        "(c)-[:RECOMMENDED {task: 'programs', grade: 'high'}]->(p)"
    )
    said = {"operator": "수행", "programs": "지원사업", "contacted": "연락", "refused": "거절"}
    query = "MATCH ()-[r]->() RETURN type(r), r.codes ORDER BY type(r), r.key"
    for decision, word in (("contacted", "연락"), ("refused", "거절")):
        neo4j_graph.run("MATCH ()-[f:FOLLOWED_UP]->() SET f.decision = $decision", decision=decision)
        write_captions(neo4j_store, lambda _name, code: said.get(code, code))
        assert list(map(tuple, neo4j_graph.run(query))) == [
            ("FOLLOWED_UP", f"추천 종류: 지원사업 · 처리 결과: {word}"),
            *(("OFFERED_BY", codes) for codes in ("역할: 수행", "역할: host", None)),
            ("RECOMMENDED", None),
        ]
    assert "codes" not in neo4j_store.neighbors(NodeRef("Program", "p"))[0].properties
