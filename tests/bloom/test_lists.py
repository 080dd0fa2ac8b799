"""What coordinators see of lists of recommendations: that of the run which holds, and nothing of one that died."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import pytest
from neo4j.graph import Entity, Path, Relationship

from bloom.actions import ACTIONS
from bloom.parameters import as_of
from bloom.phrases import PHRASES
from graph_schema.catalog import node_type, relation_type
from graph_schema.model import NodeRef
from stores import recommendations
from stores.bolt import Neo4jStore
from stores.recommendations import Recommended, Run, replace_all
from tests.bloom.city import settle
from tests.bloom.days import AS_OF
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.contract import COMPANY, companies, relationships, rows_of

pytestmark = pytest.mark.neo4j

_TYPED: Final[Mapping[str, Any]] = {
    "company": "이름 Company0",
    "institution": "이름 Institution0",
    "program": "이름 Program0",
    "technology": "이름 Technology0",
    "center": "이름 Center0",
    "need": "이름 Need0",
    "district": "이름 Region1",
    "region": "이름 Region1",
    "industry": "이름 Industry1",
    "topic": "이름 Topic1",
    "field": "이름 TechField1",
    "expert": "이름 Expert1",
    "one": "이름 Company0",
    "other": "이름 Company1",
    "task": "지원사업",
    "decision": "연락",
    "certificate": "벤처기업",
    "words": "이름",
    "number": "1248100998",
    "since": date(2020, 1, 1),
    "day": AS_OF,
    "days": 30,
    "employees": 1,
    "amount": 1,
    "score": 5,
}
_DRAWING: Final = {
    "기업 한눈에 보기: $company",
    "추천 결과: $company 종류 $task",
    "아직 연락하지 않은 유력한 추천: 종류 $task",
    "이 사업을 권할 기업: $program",
    "이 기술을 권할 기업: $technology",
    "왜 추천되었나",
    "이 기업에 맞는 것",
}
"""What draws recommendations."""


def _list(label: str, *pairs: tuple[int, int]) -> list[Recommended]:
    return [
        Recommended(NodeRef("Company", f"Company{asker}"), NodeRef(label, f"{label}{result}"), {"rank": rank} | _LIKELY)
        for rank, (asker, result) in enumerate(pairs, 1)
    ]


_LIKELY: Final[dict[str, object]] = {"grade": "high", "score": 0.5, "checks": 0}


def _elements(records: Iterable[Iterable[Any]]) -> Iterator[Entity]:
    for value in (value for record in records for value in record):
        if isinstance(value, Path):
            yield from (*value.nodes, *value.relationships)
        elif value is not None:
            yield value


def _drawn(store: Neo4jStore, selected: Mapping[str, list[str]]) -> dict[str, set[str]]:
    """Ask every phrase and take every action of what is selected; return the runs of the recommendations they draw."""
    asked = [
        *((p.text, as_of(p.cypher, AS_OF), {gap.name: _TYPED[gap.name] for gap in p.parameters}) for p in PHRASES),
        *((a.name, a.cypher, {a.on: selected[a.on]}) for a in ACTIONS),
    ]
    runs = {
        name: {r["run"] for r in _recommended(_elements(store.attempt(cypher, typed, timeout=60, write=True)))}
        for name, cypher, typed in asked
    }
    return {name: found for name, found in runs.items() if found}


def _recommended(drawn: Iterable[Entity]) -> list[Relationship]:
    return [e for e in drawn if isinstance(e, Relationship) and e.type == "RECOMMENDED"]


def test_no_phrase_or_action_draws_a_dead_run(
    neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lies on the server until the next run clears it away."""
    settle(neo4j_store)
    monkeypatch.setattr(recommendations, "_BATCH_ROWS", 1)
    holds = {
        label: replace_all(neo4j_store, Run(task, _list(label, (0, 0), (0, 1), (0, 2)))).run
        for task, label in (("programs", "Program"), ("technologies", "Technology"))
    }
    selected = {
        "nodes": [r[0] for r in neo4j_graph.run("MATCH (n:Company) RETURN elementId(n)")],
        "relationships": [r[0] for r in neo4j_graph.run("MATCH ()-[r:RECOMMENDED]->() RETURN elementId(r)")],
    }
    for task, label in (("programs", "Program"), ("technologies", "Technology")):

        def dying(label: str = label) -> Iterator[Recommended]:
            yield from _list(label, (1, 0), (0, 0), (0, 1), (0, 2), (1, 1))
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            replace_all(neo4j_store, Run(task, dying()))
    dead = neo4j_graph.run("MATCH ()-[r:RECOMMENDED]->() WHERE NOT r.run IN $runs RETURN r", runs=[*holds.values()])
    assert len(dead) >= 8
    drawn = _drawn(neo4j_store, selected)
    assert set(drawn) == _DRAWING
    assert {name: runs for name, runs in drawn.items() if not runs <= {*holds.values()}} == {}


def test_phrases_show_one_list_while_a_run_writes(
    neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old one between any two batches, the new one from then on; whoever reads without the run sees both."""
    settle(neo4j_store)
    monkeypatch.setattr(recommendations, "_BATCH_ROWS", 1)
    replace_all(neo4j_store, Run("programs", _list("Program", (0, 0), (1, 0))))
    phrases = [phrase for phrase in PHRASES if phrase.text in _DRAWING]

    def shown() -> list[set[tuple[str, str]]]:
        found = []
        for phrase in phrases:
            typed = {gap.name: _TYPED[gap.name] for gap in phrase.parameters}
            drawn = _recommended(_elements(neo4j_store.records(phrase.cypher, typed)))
            found.append({(r.start_node["id"], r.end_node["id"]) for r in drawn if r.start_node and r.end_node})
        return found

    def stored() -> int:
        return int(neo4j_graph.run("MATCH ()-[r:RECOMMENDED]->() RETURN count(r)")[0][0])

    old, seen, lying = shown(), [], []

    def watched() -> Iterator[Recommended]:
        for each in (*_list("Program", (0, 1), (1, 1), (0, 2)), None):
            seen.append(shown())
            lying.append(stored())
            if each:
                yield each

    replace_all(neo4j_store, Run("programs", watched()))
    [one, two] = ("Company0", "Program0"), ("Company1", "Program0")
    assert old == [{one}, {one}, {one, two}, {one, two}, set()]
    assert seen == [old] * 4
    assert max(lying) > min(lying) == 2
    new = {("Company0", "Program1"), ("Company0", "Program2")}
    assert shown() == [new, new, new | {("Company1", "Program1")}, set(), set()]


def test_all_kinds_of_fact_stand_before_lists_in_a_company_at_a_glance(neo4j_store: Neo4jStore) -> None:
    """Of two hundred relationships neither long lists nor many patents push out a trade or a need."""
    patents = [f"t{i:03d}" for i in range(250)]
    neo4j_store.upsert_nodes(COMPANY, companies("c", name=["두레정밀"]))
    for label, ids in (("Technology", patents), ("Region", ["r"]), ("Industry", ["i"]), ("Need", ["n"])):
        node = node_type(label)
        neo4j_store.upsert_nodes(node, rows_of(node, id=ids, **{node.caption: ids}))
    for type_, label, ids in (
        ("FILED", "Technology", patents[:40]),
        ("LOCATED_IN", "Region", ["r"]),
        ("IN_INDUSTRY", "Industry", ["i"]),
        ("NEEDS", "Need", ["n"]),
    ):
        relation = relation_type("Company", type_, label)
        neo4j_store.upsert_relationships(relation, relationships(relation, *(("c", id_) for id_ in ids)))
    cypher = next(phrase.cypher for phrase in PHRASES if phrase.text.startswith("기업 한눈에"))

    def kinds() -> dict[str, int]:
        counted: dict[str, int] = {}
        for record in neo4j_store.records(cypher, {"company": "두레정밀"}):
            counted[record[1].relationships[0].type] = counted.get(record[1].relationships[0].type, 0) + 1
        return counted

    facts = {"FILED": 40, "LOCATED_IN": 1, "IN_INDUSTRY": 1, "NEEDS": 1}
    ask = NodeRef("Company", "c")
    results = (Recommended(ask, NodeRef("Technology", id_), {"rank": rank}) for rank, id_ in enumerate(patents, 1))
    replace_all(neo4j_store, Run("technologies", results))
    assert kinds() == facts | {"RECOMMENDED": 200 - 43}
    relation = relation_type("Company", "FILED", "Technology")
    neo4j_store.upsert_relationships(relation, relationships(relation, *(("c", id_) for id_ in patents)))
    assert kinds() == {"FILED": 197, "LOCATED_IN": 1, "IN_INDUSTRY": 1, "NEEDS": 1}
