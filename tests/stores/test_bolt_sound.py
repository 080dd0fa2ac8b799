"""A snapshot of a sound Neo4j graph is written from one reading; what a check may tell of sends it to the check."""

from __future__ import annotations

from pathlib import Path
from typing import Never

import pytest

from graph_schema.catalog import ELEMENT_TYPES, node_type, relation_type
from graph_schema.errors import StoredFaultsError, UnsoundError
from graph_schema.model import NodeType
from recommender.snapshot.snapshot import write_snapshot
from stores import bolt_reading
from stores.base import BATCH_ROWS, CheckReport, GraphReader
from stores.bolt import Neo4jStore
from stores.embedded import EmbeddedStore
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.contract import COMPANY, companies, relationships, rows_of

pytestmark = pytest.mark.neo4j

INDUSTRY = node_type("Industry")
IN_INDUSTRY = relation_type("Company", "IN_INDUSTRY", "Industry")


def fill(store: Neo4jStore | EmbeddedStore) -> None:
    """Write three companies and an industry, as loaders do."""
    store.upsert_nodes(COMPANY, companies("a", "b", "c", products=["3D센서", None, ""], employees=[12, None, 0]))
    store.upsert_nodes(INDUSTRY, rows_of(INDUSTRY, id=["i"], name=["제조업"]))
    joined = relationships(IN_INDUSTRY, ("a", "i"), ("a", "i"), ("b", "i"), key=["", "2", ""])
    store.upsert_relationships(IN_INDUSTRY, joined)


@pytest.fixture
def graph(neo4j_store: Neo4jStore) -> Neo4jStore:
    fill(neo4j_store)
    return neo4j_store


def read_all(reader: GraphReader) -> dict[str, list[dict[str, object]]]:
    found = {}
    for element in ELEMENT_TYPES:
        read = reader.read_nodes(element) if isinstance(element, NodeType) else reader.read_relationships(element)
        found[element.name] = [row for batch in read for row in batch.to_pylist()]
    return found


def unchecked(*_: object, **__: object) -> Never:
    pytest.fail("the graph was read once more")


class TestSound:
    """What keeps to the catalog is read once."""

    def test_the_snapshot_is_that_of_the_embedded_store_without_another_look(
        self, graph: Neo4jStore, embedded: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fill(embedded)
        expected = write_snapshot(embedded, tmp_path / "embedded").id
        monkeypatch.setattr(Neo4jStore, "check", unchecked)
        reports: list[CheckReport] = []
        assert write_snapshot(graph, tmp_path / "neo4j", checked=reports.append).id == expected
        assert [(list(each.refused), list(each.adoptable), each.stale) for each in reports] == [([], [], 0)]

    def test_it_reads_what_any_reader_reads(self, graph: Neo4jStore, monkeypatch: pytest.MonkeyPatch) -> None:
        """Page by page, and without the search texts that it compares."""
        expected = read_all(graph)
        monkeypatch.setattr(bolt_reading, "BATCH_ROWS", 2)
        with graph.sound() as reader:
            assert read_all(reader) == expected

    def test_what_others_put_into_the_graph_needs_no_check(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        """Other labels and types, and more properties."""
        neo4j_graph.run(
            "MATCH (c:Company {id: 'a'}), (i:Industry) SET c:Watched, c.memo = 12.5 "
            "CREATE (:_Bloom_Scene_ {name: 3})-[:SHOWS]->(c), (c)-[:KNOWS]->(i), (c)-[:RECOMMENDED]->(i)"
        )
        with graph.sound() as reader:
            read_all(reader)

    def test_a_relationship_of_a_known_type_to_a_node_of_others_is_left_out(
        self, graph: Neo4jStore, neo4j_graph: Neo4jAccess, tmp_path: Path
    ) -> None:
        """It is no fault; the check is asked, finds nothing, and the snapshot is written."""
        before = write_snapshot(graph, tmp_path).id
        neo4j_graph.run("MATCH (c:Company {id: 'a'}) CREATE (:Person {id: 1})-[:LOCATED_IN]->(c)")
        with pytest.raises(UnsoundError), graph.sound() as reader:
            read_all(reader)
        assert write_snapshot(graph, tmp_path).id == before


class TestUnsound:
    """Whatever a check has anything to tell of is met while reading."""

    @pytest.mark.parametrize(
        "edit",
        [
            "c.founded_on = '2019-03-04'",
            "c.founded_on = date('2201-01-01')",
            "c.loaded_at = datetime('2200-12-31T12:00:00Z')",
            "c.valid_from = date('2021-01-01'), c.valid_to = date('2020-01-01')",
            "c.employees = 12.0",
            "c.revenue_krw = 1.0 / 0.0",
            "c.legal_form = '주식회사'",
            "c.source = null",
            "c.id = null",
            "c.id = ''",
            "c.id = ' \\t'",
            "c.id = 5",
            "c.id = reduce(text = '', _ IN range(1, 2001) | text + 'x')",
            "c:Institution",
            "c.name = 'DMC시티워크'",
            "c.search_text = null",
            "r.key = null",
            "r.valid_to = date('1700-01-01')",
            "i.id = null",
        ],
    )
    def test_an_edit(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess, edit: str) -> None:
        neo4j_graph.run(f"MATCH (c:Company {{id: 'b'}})-[r]->(i) SET {edit}")
        report = graph.check()
        assert report.refused or report.adoptable or report.stale
        with pytest.raises(UnsoundError), graph.sound() as reader:
            read_all(reader)

    @pytest.mark.parametrize(
        ("drawn", "rows"),
        [
            ("(c)-[:IN_INDUSTRY]->(i)", BATCH_ROWS),
            ("(c)-[:IN_INDUSTRY {key: '', source: 'x', synthetic: false}]->(i)", BATCH_ROWS),
            ("(c)-[:IN_INDUSTRY {key: '', source: 'x', synthetic: false}]->(i)", 1),
            ("(i)-[:IN_INDUSTRY {key: 'k', source: 'x', synthetic: false}]->(c)", BATCH_ROWS),
            ("(c)-[:LOCATED_IN {key: 'k', source: 'x', synthetic: false}]->(i)", BATCH_ROWS),
            ("(:Company {name: '이름만'})", BATCH_ROWS),
        ],
    )
    def test_something_drawn(
        self, graph: Neo4jStore, neo4j_graph: Neo4jAccess, monkeypatch: pytest.MonkeyPatch, drawn: str, rows: int
    ) -> None:
        """Two relationships with one key are met on one page and on two."""
        neo4j_graph.run(f"MATCH (c:Company {{id: 'a'}}), (i:Industry {{id: 'i'}}) CREATE {drawn}")
        report = graph.check()
        assert report.refused or report.adoptable
        monkeypatch.setattr(bolt_reading, "BATCH_ROWS", rows)
        with pytest.raises(UnsoundError), graph.sound() as reader:
            read_all(reader)

    def test_what_is_written_meanwhile(self, graph: Neo4jStore, neo4j_graph: Neo4jAccess, tmp_path: Path) -> None:
        """A node that comes while pages are read is not in the counts; the snapshot is that of the check."""

        def write(what: str, done: int, _: int | None) -> None:
            if what == "snapshot" and not done:
                neo4j_graph.run("MERGE (c:Company {id: 'd', name: '라', source: 'x', synthetic: false})")

        reports: list[CheckReport] = []
        snapshot = write_snapshot(graph, tmp_path, progress=write, checked=reports.append)
        assert [report.stale for report in reports] == [1]
        assert snapshot.vocabulary("Company").ids() == ["a", "b", "c", "d"]

    def test_what_was_not_read(self, graph: Neo4jStore) -> None:
        with pytest.raises(UnsoundError, match="could not be read"), graph.sound() as reader:
            list(reader.read_nodes(COMPANY))


class TestSnapshot:
    """Where the check has to be asked, the snapshot is the one that it always gave."""

    def test_what_was_renamed_by_hand_is_found_by_its_new_name(
        self, graph: Neo4jStore, neo4j_graph: Neo4jAccess, tmp_path: Path
    ) -> None:
        neo4j_graph.run("MATCH (c:Company {id: 'a'}) SET c.name = 'DMC시티워크'")
        reports: list[CheckReport] = []
        snapshot = write_snapshot(graph, tmp_path, checked=reports.append)
        assert [report.stale for report in reports] == [1]
        assert snapshot.nodes("Company")["name"].to_pylist()[0] == "DMC시티워크"
        assert [hit.ref.id for hit in graph.search("DMC")] == ["a"]

    def test_nothing_of_a_reading_that_met_a_fault_is_left(
        self, graph: Neo4jStore, neo4j_graph: Neo4jAccess, tmp_path: Path
    ) -> None:
        """The nodes were written by then; of what was drawn and taken away again there is no trace."""
        before = write_snapshot(graph, tmp_path / "before").id
        neo4j_graph.run("MATCH (c:Company {id: 'a'}), (i:Industry) CREATE (i)-[:IN_INDUSTRY {key: 'x'}]->(c)")
        with pytest.raises(StoredFaultsError, match="is not a relation of the catalog"):
            write_snapshot(graph, tmp_path / "after")
        assert not (tmp_path / "after").exists()
        neo4j_graph.run("MATCH (:Industry)-[r]->(:Company) DELETE r")
        assert write_snapshot(graph, tmp_path / "after").id == before
        assert {path.name for path in (tmp_path / "after").iterdir()} == {before, "current"}
