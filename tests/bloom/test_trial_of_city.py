"""What is tried in a city too large to read from end to end; the same city for all tests, none of which changes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bloom.phrases import PHRASES
from bloom.saved_cypher import Parameter, Phrase, SceneAction
from bloom.trial import require_sound, try_all
from graph_schema.errors import ValidationError
from stores.bolt import Neo4jStore
from tests.bloom.city import fill
from tests.neo4j_fixtures import Neo4jAccess

pytestmark = pytest.mark.neo4j

_FAULTS = {
    "읽는 것이 너무 많음": ("MATCH (n:Company) WHERE n.employees > 3 RETURN n LIMIT 10", "reads all of n:Company"),
    "모든 노드": ("MATCH (n) WHERE n.name = 'x' RETURN n LIMIT 10", "reads all of"),
    "값": ("MATCH (n:Company {name: '두레정밀'}) RETURN n.name LIMIT 1", "nothing can be drawn"),
    "너무 많음": ("MATCH (n:Company) WHERE n.name >= '' RETURN n", "it returns 10,005 records"),
    "색인 없음": ("MATCH (n:Region) RETURN n LIMIT 1", "no index"),
    "틀린 Cypher": ("MATCH (n:Company RETURN n", "refused a query"),
}


@pytest.fixture(scope="module")
def city(neo4j_server: Neo4jAccess) -> Iterator[Neo4jStore]:
    """Open a graph with a city that no test changes."""
    neo4j_server.wipe()
    with neo4j_server.open() as store:
        fill(store)
        yield store
    neo4j_server.wipe()


def test_all_phrases_suggestions_and_actions_do(city: Neo4jStore) -> None:
    outcomes = try_all(city)
    assert {o.name: o.fault for o in outcomes if o.fault} == {}
    require_sound(outcomes)
    tried = {o.name: o for o in outcomes if o.kind == "phrase"}
    assert set(tried) == {phrase.text for phrase in PHRASES}
    untouched = tried["한 번도 닿지 않은 기업: 지역 $district"]
    assert untouched.rows == 50
    assert any("Region(name)" in index for index in untouched.indexes)
    assert tried["기술 찾기: $words"].indexes == ["db.index.fulltext.queryNodes"]


@pytest.mark.parametrize("name", _FAULTS)
def test_a_phrase_that_will_not_do_is_named_with_the_reason(city: Neo4jStore, name: str) -> None:
    cypher, reason = _FAULTS[name]
    (outcome,) = try_all(city, [Phrase(name, "", cypher)], [])
    assert reason in str(outcome.fault)
    with pytest.raises(ValidationError, match=f"phrase='{name}'"):
        require_sound([outcome])


def test_values_that_are_suggested_are_tried(city: Neo4jStore) -> None:
    """Of two gaps each gets another value."""
    two = tuple(Parameter(name, label="Company", property_="name") for name in ("one", "other"))
    cypher = "MATCH (a:Company {name: $one}), (b:Company {name: $other}) WHERE a <> b RETURN a, b LIMIT 5"
    *lists, outcome = try_all(city, [Phrase("둘: $one, $other", "", cypher, two)], [])
    assert [o.rows for o in lists] == [20, 20]
    assert (outcome.rows, outcome.fault) == (1, None)


def test_what_an_action_writes_is_undone(city: Neo4jStore, neo4j_server: Neo4jAccess) -> None:
    sample = "MATCH (n:Company {id: 'c00000'}) RETURN elementId(n)"
    cypher = "MATCH (n) WHERE elementId(n) IN $nodes SET n.seen = true RETURN n"
    (outcome,) = try_all(city, [], [SceneAction("표시", cypher, "nodes", sample, writes=True)])
    assert (outcome.rows, outcome.fault) == (1, None)
    assert neo4j_server.run("MATCH (n) WHERE n.seen RETURN count(n)")[0][0] == 0
