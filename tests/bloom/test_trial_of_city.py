"""What is tried in a city too large to read from end to end; the same city for all tests, none of which changes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bloom.parameters import COMPANY, THE_COMPANY, TODAY, and_its
from bloom.phrases import PHRASES
from bloom.saved_cypher import Parameter, Phrase, SceneAction
from bloom.trial import require_sound, try_all
from graph_schema.errors import StoreUnavailableError, ValidationError
from graph_schema.wording import Wording
from stores.bolt import Neo4jStore
from tests.bloom.city import fill
from tests.bloom.days import AS_OF
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


_ONE = "MATCH (n:Company {name: '두레정밀'}) "
_NUMBERS = Parameter("number", "Integer", cypher="UNWIND range(1, 10) AS number RETURN number")


def test_what_finds_nothing_is_told_as_not_tried(city: Neo4jStore) -> None:
    """It is not at fault, as a city may hold no such thing; what it is asked about is nothing that it found."""
    alone = THE_COMPANY + and_its("c", "MATCH filed = (c)-[:FILED]->() RETURN filed LIMIT 10", "filed")
    found = THE_COMPANY + and_its("c", "MATCH located = (c)-[:LOCATED_IN]->() RETURN located LIMIT 10", "located")
    phrases = [
        Phrase("없음", "", f"{_ONE}WHERE n.employees > 3 RETURN n LIMIT 10"),
        Phrase("그 기업뿐: $company", "", alone, (COMPANY,)),
        Phrase("기업과 지역: $company", "", found, (COMPANY,)),
    ]
    outcomes = [o for o in try_all(city, phrases, []) if o.kind == "phrase"]
    assert [(o.rows, o.untried, o.fault) for o in outcomes] == [(0, True, None), (0, True, None), (1, False, None)]
    require_sound(outcomes)


@pytest.mark.parametrize(
    ("sample", "number", "rows"),
    [(None, 4, 1), (None, 10, 1), (None, 11, 0), ("UNWIND [11] AS number RETURN number", 11, 1)],
)
def test_values_that_find_something_are_sought(city: Neo4jStore, sample: str | None, number: int, rows: int) -> None:
    """Of all that is suggested, and of what the phrase names as such."""
    phrase = Phrase("수: $number", "", f"{_ONE}WHERE $number = {number} RETURN n LIMIT 1", (_NUMBERS,), sample)
    *_, outcome = try_all(city, [phrase], [])
    assert (outcome.rows, outcome.fault) == (rows, None)


def test_phrases_are_asked_as_on_the_day(city: Neo4jStore) -> None:
    """So are their suggestions."""
    days = Parameter("day", "Date", cypher=f"UNWIND [0] AS n RETURN {TODAY} - duration({{days: n}})")
    phrase = Phrase("그날: $day", "", f"{_ONE}WHERE {TODAY} = $day AND $day.year = 2026 RETURN n LIMIT 1", (days,))
    assert try_all(city, [phrase], [], day=AS_OF)[-1].rows == 1
    assert try_all(city, [phrase], [], day=AS_OF.replace(year=2025))[-1].untried


def test_what_does_not_end_is_at_fault_of_time(city: Neo4jStore) -> None:
    """No load and no migration would help there."""
    endless = Phrase("끝없음", "", f"{_ONE}UNWIND range(1, 1000000000) AS x WITH n, sum(x % 7) AS s RETURN n LIMIT 1")
    (outcome,) = try_all(city, [endless], [], most_seconds=0.05)
    assert outcome.slow
    assert not outcome.untried
    with pytest.raises(ValidationError, match=r"had not ended after 0.5 s: the server is busy.*higher --most-seconds"):
        require_sound([outcome])


def test_a_server_that_goes_away_is_no_fault_of_a_phrase(city: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise StoreUnavailableError(Wording.alike("gone"))

    monkeypatch.setattr("bloom.trial.try_query", gone)
    with pytest.raises(StoreUnavailableError, match="gone"):
        try_all(city, [Phrase("기업", "", f"{_ONE}RETURN n")], [])


def test_what_an_action_writes_is_undone(city: Neo4jStore, neo4j_server: Neo4jAccess) -> None:
    sample = "MATCH (n:Company {id: 'c00000'}) RETURN elementId(n)"
    cypher = "MATCH (n) WHERE elementId(n) IN $nodes SET n.seen = true RETURN n"
    (outcome,) = try_all(city, [], [SceneAction("표시", cypher, "nodes", sample, writes=True)])
    assert (outcome.rows, outcome.fault) == (1, None)
    assert neo4j_server.run("MATCH (n) WHERE n.seen RETURN count(n)")[0][0] == 0
