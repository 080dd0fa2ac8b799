"""What people draw and edit by hand in Neo4j is adopted where that is safe, and refused by name where it is not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from graph_schema.catalog import node_type, relation_type
from graph_schema.errors import StoredFault, StoredFaultsError, StoreError
from graph_schema.model import NodeRef
from recommender.snapshot.snapshot import write_snapshot
from stores.base import GraphStore
from stores.bolt import Neo4jStore
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.contract import COMPANY, companies, nodes_of, relationships, relationships_of, rows_of

pytestmark = pytest.mark.neo4j

INDUSTRY = node_type("Industry")
IN_INDUSTRY = relation_type("Company", "IN_INDUSTRY", "Industry")
EDGE = "(Company:a)-[IN_INDUSTRY]->(Industry:i)"
_DRAW = "MATCH (c:Company {id: 'a'}), (i:Industry {id: 'i'}) CREATE "


@pytest.fixture
def graph(neo4j_store: Neo4jStore) -> Neo4jStore:
    """Write a company and an industry, as loaders do."""
    neo4j_store.upsert_nodes(COMPANY, companies("a", name=["두레정밀"]))
    neo4j_store.upsert_nodes(INDUSTRY, rows_of(INDUSTRY, id=["i"], name=["제조업"]))
    return neo4j_store


def only_fault(store: GraphStore) -> StoredFault:
    report = store.check(adopt=True)
    assert not report.adopted
    (fault,) = report.refused
    return fault


class TestAdopting:
    """What lacks its provenance alone is taken up as drawn by hand."""

    def test_a_drawn_relationship_is_in_the_snapshot(
        self, graph: Neo4jStore, neo4j_graph: Neo4jAccess, tmp_path: Path
    ) -> None:
        neo4j_graph.run(_DRAW + "(c)-[:IN_INDUSTRY]->(i)")
        before = datetime.now(UTC)
        snapshot = write_snapshot(graph, tmp_path)
        (row,) = snapshot.table(IN_INDUSTRY).to_pylist()
        assert (row["src"], row["dst"], row["key"], row["source"], row["synthetic"]) == ("a", "i", "", "hand", False)
        assert before <= row["loaded_at"] <= datetime.now(UTC)
        assert relationships_of(graph, IN_INDUSTRY) == [row | {"claims": None}]  # which no snapshot holds

    def test_a_drawn_node_is_in_the_snapshot_and_found(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        neo4j_graph.run("CREATE (:Company {id: 'hand:1', name: 'KDB캐피탈'})")
        report = graph.check(adopt=True)
        (told,) = report.adoptable
        assert str(told) == (
            "Company:hand:1 source, synthetic: are missing, as where it was drawn by hand; "
            "taken as source 'hand', synthetic false"
        )
        assert (report.adopted, report.stale) == (True, 1)
        node = graph.get_node(NodeRef("Company", "hand:1"))
        assert node is not None
        assert (node["source"], node["synthetic"], type(node["loaded_at"])) == ("hand", False, datetime)
        assert [hit.ref.id for hit in graph.search("KDB")] == ["hand:1"]
        again = graph.check(adopt=True)
        assert not any((again.refused, again.adoptable, again.stale))

    def test_what_is_given_stays(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        neo4j_graph.run(_DRAW + "(c)-[:IN_INDUSTRY {key: 'second', source: 'phone call'}]->(i)")
        assert graph.check(adopt=True).adopted
        (row,) = relationships_of(graph, IN_INDUSTRY)
        assert (row["key"], row["source"], row["synthetic"]) == ("second", "phone call", False)

    def test_a_renamed_node_is_found_by_its_new_name(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        neo4j_graph.run("MATCH (c:Company {id: 'a'}) SET c.name = 'DMC시티워크'")
        assert graph.check().stale == 1
        assert graph.search("DMC") == []
        assert graph.check(adopt=True).stale == 1
        assert [hit.ref.id for hit in graph.search("DMC")] == ["a"]
        assert graph.search("두레정밀") == []

    @pytest.mark.usefixtures("graph")
    @pytest.mark.parametrize("way", ["check only", "read-only"])
    def test_nothing_is_written_where_only_told(self, neo4j_graph: Neo4jAccess, tmp_path: Path, way: str) -> None:
        """Neither by a check alone nor by a store that was opened read-only, from which no snapshot can be made."""
        neo4j_graph.run(_DRAW + "(c)-[:IN_INDUSTRY]->(i)")
        access = neo4j_graph
        with Neo4jStore(access.uri, user=access.user, password=access.password, read_only=way == "read-only") as store:
            report = store.check(adopt=way == "read-only")
            assert ([fault.place for fault in report.adoptable], report.adopted) == ([EDGE], False)
            if way == "read-only":
                with pytest.raises(StoredFaultsError, match="IN_INDUSTRY"):
                    write_snapshot(store, tmp_path / "snapshots")
                with pytest.raises(StoreError, match="read-only"):
                    store.upsert_nodes(COMPANY, companies("b"))
        assert neo4j_graph.run("MATCH ()-[r:IN_INDUSTRY]->() RETURN r.source")[0][0] is None
        assert not (tmp_path / "snapshots").exists()

    def test_nothing_is_adopted_while_anything_is_refused(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        neo4j_graph.run(_DRAW + "(c)-[:IN_INDUSTRY]->(i) SET c.employees = '12'")
        report = graph.check(adopt=True)
        assert (len(report.refused), len(report.adoptable), report.adopted) == (1, 1, False)
        assert neo4j_graph.run("MATCH ()-[r:IN_INDUSTRY]->() RETURN r.source")[0][0] is None


class TestRefusing:
    """What a person must fix is told with place, property, value, reason and remedy, and nothing is written."""

    @pytest.mark.parametrize(
        ("edit", "told", "fixed"),
        [
            ("founded_on = '2019-03-04'", "founded_on='2019-03-04': is of type STRING, no date", date(2019, 3, 4)),
            ("employees = '12'", "employees='12': is of type STRING, no integer", 12),
            ("employees = 12.0", "employees='12.0': is of type FLOAT, no integer", 12),
            ("employees = 12.5", "employees='12.5': is of type FLOAT, no integer", None),
            ("certificates = '벤처기업'", "certificates='벤처기업': is of type STRING, no strings", ["벤처기업"]),
            ("certificates = [1]", "certificates='[1]': is of type LIST<INTEGER NOT NULL>, no strings", None),
            ("revenue_krw = '1.5'", "revenue_krw='1.5': is of type STRING, no float", 1.5),
            ("revenue_krw = 1.0 / 0.0", "revenue_krw='inf': is no float; write a finite number", None),
            ("single_establishment = 'true'", "single_establishment='true': is of type STRING, no boolean", True),
            ("products = 7", "products='7': is of type INTEGER, no string", "7"),
            ("legal_form = '주식회사'", "legal_form='주식회사': is not among the choices; choose sole", None),
            ("founded_on = date('0219-03-04')", "founded_on='0219-03-04': lies outside the years 1800 to 2200", None),
            ("loaded_at = 'today'", "loaded_at='today': is of type STRING, no datetime", None),
            ("valid_from = date('2021-01-01')", "valid_from='2021-01-01': is after valid_to; swap the dates", None),
        ],
    )
    def test_an_edited_value(
        self, graph: Neo4jStore, neo4j_graph: Neo4jAccess, edit: str, told: str, fixed: object
    ) -> None:
        """The Cypher that is offered, where there is one, fixes the value without changing what it says."""
        neo4j_graph.run(f"MATCH (c:Company {{id: 'a'}}) SET c.valid_to = date('2020-01-01'), c.{edit}")
        fault = only_fault(graph)
        assert str(fault).startswith(f"Company:a {told}")
        assert bool(fault.cypher) == (fixed is not None)
        if fault.cypher:
            neo4j_graph.run(fault.cypher)
            assert graph.check().refused == []
            assert nodes_of(graph, COMPANY)[0][fault.field] == fixed

    def test_a_personal_value_is_not_shown(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        neo4j_graph.run("MATCH (c:Company {id: 'a'}) SET c.phone = 3155501199")
        fault = only_fault(graph)
        assert (fault.field, fault.value) == ("phone", "(personal)")
        assert "555" not in str(fault)

    def test_a_caption_that_was_removed(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        neo4j_graph.run("MATCH (c:Company {id: 'a'}) REMOVE c.name")
        assert (only_fault(graph).field, str(only_fault(graph).reason)) == ("name", "is missing")

    def test_a_node_without_id_is_named_by_its_caption(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        neo4j_graph.run("CREATE (:Company {name: '이름만'})")
        fault = only_fault(graph)
        element_id = neo4j_graph.run("MATCH (c:Company {name: '이름만'}) RETURN elementId(c)")[0][0]
        assert (fault.place, fault.field) == (f"Company 이름만 ({element_id})", "id")
        neo4j_graph.run(fault.cypher.replace("…", "hand:2"))
        assert graph.check(adopt=True).adopted

    def test_a_node_with_two_labels(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        neo4j_graph.run("MATCH (c:Company {id: 'a'}) SET c:Institution")
        fault = only_fault(graph)
        assert (fault.place, fault.field, fault.value) == ("Company:a", "labels", "Company, Institution")
        neo4j_graph.run(fault.cypher)
        assert graph.check().refused == []

    def test_a_relationship_against_its_direction_can_be_turned(
        self, graph: Neo4jStore, neo4j_graph: Neo4jAccess
    ) -> None:
        neo4j_graph.run(_DRAW + "(i)-[:IN_INDUSTRY {key: 'k'}]->(c)")
        fault = only_fault(graph)
        assert fault.place == "(Industry:i)-[IN_INDUSTRY]->(Company:a)"
        assert (str(fault.reason), str(fault.remedy)) == ("is not a relation of the catalog", "turn it round")
        neo4j_graph.run(fault.cypher)
        assert graph.check(adopt=True).adopted
        assert [(row["src"], row["key"]) for row in relationships_of(graph, IN_INDUSTRY)] == [("a", "k")]

    def test_a_relationship_between_labels_that_it_does_not_join(
        self, graph: Neo4jStore, neo4j_graph: Neo4jAccess
    ) -> None:
        neo4j_graph.run(_DRAW + "(c)-[:LOCATED_IN]->(i)")
        fault = only_fault(graph)
        assert fault.place == "(Company:a)-[LOCATED_IN]->(Industry:i)"
        assert "(Company)-[LOCATED_IN]->(Region)" in fault.remedy.en
        neo4j_graph.run(_DRAW + "(c)-[:LOCATED_IN]->(i)")
        assert [again.place for again in graph.check().refused] == [fault.place] * 2

    def test_what_has_no_id_is_named_without_one(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        neo4j_graph.run("MATCH (c:Company {id: 'a'}) CREATE (c)-[:LOCATED_IN]->(:Industry:Topic {name: '이름만'})")
        places = [fault.place for fault in graph.check().refused if fault.field != "id"]
        assert places == ["Industry:?", "(Company:a)-[LOCATED_IN]->(Industry:?)"]

    def test_a_parallel_relationship_with_the_key_of_another(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        """Beside one that was loaded with the empty key, one that was drawn cannot be adopted."""
        graph.upsert_relationships(IN_INDUSTRY, relationships(IN_INDUSTRY, ("a", "i")))
        neo4j_graph.run(_DRAW + "(c)-[:IN_INDUSTRY]->(i)")
        fault = only_fault(graph)
        assert (fault.place, fault.field, str(fault.reason)) == (EDGE, "key", "is there 2 times")
        assert graph.check().adoptable == []
        neo4j_graph.run(fault.cypher)
        assert graph.check().refused == []
        assert [row["source"] for row in relationships_of(graph, IN_INDUSTRY)] == ["test"]

    def test_a_relationship_with_a_wrong_value(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        graph.upsert_relationships(IN_INDUSTRY, relationships(IN_INDUSTRY, ("a", "i"), key=["k"]))
        neo4j_graph.run("MATCH ()-[r:IN_INDUSTRY]->() SET r.valid_from = '2020-01-01', r.memo = 5")
        fault = only_fault(graph)
        assert (fault.place, fault.field) == ("(Company:a)-[IN_INDUSTRY {key: 'k'}]->(Industry:i)", "valid_from")
        neo4j_graph.run(fault.cypher)
        assert relationships_of(graph, IN_INDUSTRY)[0]["valid_from"] == date(2020, 1, 1)

    def test_all_is_told_and_no_snapshot_written(
        self, graph: Neo4jStore, neo4j_graph: Neo4jAccess, tmp_path: Path
    ) -> None:
        """The message has the first 50 and counts the rest; the error carries all."""
        neo4j_graph.run("UNWIND range(1, 60) AS i CREATE (:Company {id: 'c' + i, name: 'n', employees: 'many'})")
        with pytest.raises(StoredFaultsError) as caught:
            write_snapshot(graph, tmp_path / "snapshots")
        assert len(caught.value.faults) == 60
        assert str(caught.value).count("employees='many'") == 50
        assert "and 10 more" in str(caught.value)
        assert not (tmp_path / "snapshots").exists()

    def test_what_others_put_into_the_graph_is_no_fault(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        """Other labels and types, more properties, a relationship to a node of another label."""
        neo4j_graph.run(
            _DRAW + "(:_Bloom_Scene_ {name: 3})-[:SHOWS]->(c), (:Person {id: 1})-[:LOCATED_IN]->(i), (c)-[:KNOWS]->(i) "
            "SET c:Watched, c.memo = 12.5"
        )
        report = graph.check()
        assert not any((report.refused, report.adoptable, report.stale))


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ("c.certificates = '벤처기업'", "Company a: certificates holds str, no strings"),
        ("c.employees = 12.5", "Company a: employees holds float, no integer"),
        ("c.founded_on = '2019-03-04'", "Company a: founded_on holds STRING NOT NULL, no date"),
        ("c.founded_on = 5", "Company a: founded_on holds INTEGER NOT NULL, no date"),
        ("c.loaded_at = 'x'", "Company a: loaded_at holds STRING NOT NULL, no datetime"),
        ("c.source = null", "Company a: source holds nothing, no string"),
    ],
)
def test_reading_coerces_nothing(graph: Neo4jStore, neo4j_graph: Neo4jAccess, edit: str, told: str) -> None:
    """Who reads without checking gets an error that names the node, the property and the remedy."""
    neo4j_graph.run(f"MATCH (c:Company {{id: 'a'}}) SET {edit}")
    with pytest.raises(StoreError, match=told) as caught:
        list(graph.read_nodes(COMPANY))
    assert "run `dure graph check`" in str(caught.value)
