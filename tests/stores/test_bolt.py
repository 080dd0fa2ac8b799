"""The Neo4j store keeps the contract on a real server, and what is special to a server."""

from __future__ import annotations

import re
import socket
from datetime import date

import neo4j
import numpy as np
import numpy.typing as npt
import psutil
import pyarrow as pa
import pytest

from graph_schema.catalog import ELEMENT_TYPES, EMBEDDING_DIMENSION, NODE_TYPES, OVERLAY_TYPES
from graph_schema.cypher import vector_index
from graph_schema.errors import ConfigError, StoreAuthError, StoreError, StoreUnavailableError
from graph_schema.migrations import MIGRATIONS, Migration, pending
from graph_schema.model import NodeRef, NodeType, RelationType
from stores import bolt_queries, bolt_reading
from stores.base import BATCH_ROWS, GraphStore, Outcome
from stores.bolt import Neo4jStore
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.check_contract import CheckContract
from tests.stores.contract import (
    CO_FILED,
    COMPANY,
    LOCATED,
    REGION,
    GraphStoreContract,
    Reopen,
    companies,
    nodes_of,
    relationships,
    relationships_of,
    rows_of,
)
from tests.stores.one_node_contract import OneNodeContract
from tests.stores.search_contract import SearchContract

pytestmark = pytest.mark.neo4j


class TestNeo4jStore(GraphStoreContract, SearchContract, CheckContract, OneNodeContract):
    """The contract on a real Neo4j server."""

    @pytest.fixture
    def store(self, neo4j_store: Neo4jStore) -> Neo4jStore:
        return neo4j_store

    @pytest.fixture
    def reopen(self, store: Neo4jStore, neo4j_graph: Neo4jAccess) -> Reopen:
        def again() -> Neo4jStore:
            store.close()
            return neo4j_graph.open()

        return again

    @pytest.fixture(autouse=True)
    def _server(self, neo4j_graph: Neo4jAccess) -> None:
        self.server = neo4j_graph

    def plant_version(self, store: GraphStore, number: int) -> None:
        assert isinstance(store, Neo4jStore)
        self.server.run("CREATE (:_DureMeta {version: $number})", number=number)


class TestAccess:
    """What a person sees whose server is not there or does not let them in."""

    def test_the_remedy_for_an_older_graph_names_the_store_as_the_person_did(self, neo4j_server: Neo4jAccess) -> None:
        later = (*MIGRATIONS, Migration(len(MIGRATIONS) + 1, "9999 later", ()))
        with Neo4jStore(
            neo4j_server.uri, user=neo4j_server.user, password=neo4j_server.password, migrations=later
        ) as store:
            with pytest.raises(StoreError, match=f"run `dure migrate --store {neo4j_server.uri}`"):
                store.counts()
            store.name = "neo4j"
            with pytest.raises(StoreError, match="run `dure migrate --store neo4j`"):
                store.counts()

    def test_a_wrong_password_is_told_as_such(self, neo4j_server: Neo4jAccess) -> None:
        with (
            Neo4jStore(neo4j_server.uri, user=neo4j_server.user, password="wrong-secret") as store,
            pytest.raises(StoreAuthError, match="DURE_NEO4J_PASSWORD") as caught,
        ):
            store.counts()
        assert "wrong-secret" not in str(caught.value)
        assert neo4j_server.user in str(caught.value)

    def test_an_unreachable_server_is_told_at_once_with_the_remedy(self) -> None:
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            uri = f"bolt://127.0.0.1:{unused.getsockname()[1]}"
            with (
                Neo4jStore(uri, user="neo4j", password="secret") as store,
                pytest.raises(StoreUnavailableError, match="dure neo4j start"),
            ):
                store.counts()

    @pytest.mark.parametrize(
        "uri",
        [
            "127.0.0.1:7687",
            "http://127.0.0.1:7687",
            "bolt://127.0.0.1:port",
            "bolt://",
            "bolt://neo4j:secret@127.0.0.1:7687",
        ],
    )
    def test_an_address_that_is_none_is_refused(self, uri: str) -> None:
        with pytest.raises(ConfigError, match="write it like bolt://127") as caught:
            Neo4jStore(uri, user="neo4j", password="secret")
        assert "secret" not in str(caught.value)

    def test_an_unknown_database_is_a_store_error(self, neo4j_server: Neo4jAccess) -> None:
        with (
            Neo4jStore(
                neo4j_server.uri, user=neo4j_server.user, password=neo4j_server.password, database="nowhere"
            ) as store,
            pytest.raises(StoreError, match="nowhere"),
        ):
            store.counts()

    def test_a_killed_server_is_unavailable_and_back_after_a_restart(self, neo4j_graph: Neo4jAccess) -> None:
        """What was committed before the kill is still there, and the same store object goes on."""
        server = neo4j_graph.server
        if server is None:
            pytest.skip("DURE_NEO4J_URI names a server that is not ours to kill")
        with neo4j_graph.open() as store:
            store.upsert_nodes(COMPANY, companies("a", "b"))
            process = psutil.Process(server.status().pid)
            process.kill()
            process.wait()
            for _ in range(2):
                with pytest.raises(StoreUnavailableError, match="dure neo4j start"):
                    store.counts()
            assert not server.status().running
            server.start()
            assert store.counts().nodes == {"Company": 2}
            assert list(store.upsert_nodes(COMPANY, companies("b", "c"))) == [Outcome.UNCHANGED, Outcome.WRITTEN]


class TestIndexes:
    """The indexes that the catalog asks for are there and answer."""

    def test_all_indexes_are_online(self, neo4j_graph: Neo4jAccess) -> None:
        states = neo4j_graph.run("SHOW INDEXES YIELD name, state RETURN name, state")
        assert {state for _, state in states} == {"ONLINE"}
        assert {"dure_search", "Company_id", vector_index(COMPANY)} <= {name for name, _ in states}

    def test_what_the_catalog_calls_indexed_has_its_index(self, neo4j_graph: Neo4jAccess) -> None:
        """Of relationships too, and of names, from which searches suggest values."""
        shown = neo4j_graph.run("SHOW INDEXES YIELD type, labelsOrTypes, properties WHERE type = 'RANGE' RETURN *")
        spans = {(name, p) for record in shown for name in record["labelsOrTypes"] for p in record["properties"]}
        wanted = {
            (element.label if isinstance(element, NodeType) else element.type, p.name)
            for element in (*ELEMENT_TYPES, *OVERLAY_TYPES)
            for p in element.properties
            if p.indexed
        }
        assert {("Company", "name"), ("AWARDED", "on"), ("OFFERED_BY", "role"), ("RECOMMENDED", "run")} <= wanted
        assert wanted <= spans

    def test_no_index_holds_personal_data(self, neo4j_graph: Neo4jAccess) -> None:
        """Of all (label, property) that an index spans, none is personal."""
        spans = neo4j_graph.run("SHOW INDEXES YIELD labelsOrTypes, properties RETURN labelsOrTypes, properties")
        indexed = {(label, name) for labels, names in spans for label in labels or () for name in names or ()}
        assert ("Expert", "search_text") in indexed
        assert not indexed & {(node.label, p.name) for node in NODE_TYPES for p in node.properties if p.pii}

    def test_an_older_graph_is_brought_to_the_search_text(
        self, neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess
    ) -> None:
        """Its index is made anew, and the nodes that a killed migration left are filled in batches."""
        ids = [f"c{i:05d}" for i in range(BATCH_ROWS + 5)]
        rows = companies(*ids, name=["KDB산업은행"] * len(ids), address=["비밀골로 77"] * len(ids))
        neo4j_store.upsert_nodes(COMPANY, rows)
        neo4j_graph.run("MATCH (c:Company) WHERE c.id <> 'c00000' REMOVE c.search_text")
        neo4j_graph.run("CREATE (:Company {name: 'KDB캐피탈'}), (:Company {id: 'odd', name: 12})")
        neo4j_graph.run("DROP INDEX dure_search")
        neo4j_graph.run("CREATE FULLTEXT INDEX dure_search FOR (n:Company|Expert) ON EACH [n.name, n.address]")
        neo4j_graph.run("MATCH (meta:_DureMeta) SET meta.version = 1")
        told: list[tuple[str, int, int | None]] = []
        with neo4j_graph.open() as store:
            with pytest.raises(StoreError, match="0002 search text"):
                store.search("KDB")
            applied = store.migrate(lambda *step: told.append(step))
            assert applied == [each.name for each in pending(1)]
            searched, whole = "search text of Company", BATCH_ROWS + 6
            assert told[:2] == [(searched, BATCH_ROWS, whole), (searched, whole, whole)]
            steps = r"fill \d+ indexes, percent|captions of relationships|vectors apart from nodes"
            assert all(re.fullmatch(steps, what) for what, _, _ in told[2:])
            assert len(store.search("KDB", limit=2 * BATCH_ROWS)) == BATCH_ROWS + 6
            assert store.search("비밀골로") == []
            assert not store.upsert_nodes(COMPANY, rows.slice(0, 10)).any()

    def test_nothing_is_filled_in_an_empty_graph(self, neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        """Its indexes are made; no node or relationship is there that could lack anything."""
        assert neo4j_store.counts().nodes == {}
        neo4j_graph.run("MATCH (meta:_DureMeta) SET meta.version = 1")
        neo4j_graph.run("DROP INDEX Need_raised_on")
        steps: list[str] = []
        with neo4j_graph.open() as store:
            assert store.migrate(lambda what, *_: steps.append(what)) == [each.name for each in pending(1)]
        assert [step for step in steps if not step.startswith("fill ")] == []
        assert neo4j_graph.run("SHOW INDEXES YIELD name WHERE name = 'Need_raised_on' RETURN name")

    def test_an_older_graph_is_brought_to_first_days(self, neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
        """No day before the last change is known; what has no time of loading gets no day."""
        neo4j_store.upsert_nodes(COMPANY, companies("a", "b"))
        neo4j_store.upsert_relationships(CO_FILED, relationships(CO_FILED, ("a", "b")))
        neo4j_graph.run("MATCH (c:Company) SET c.loaded_at = datetime('2026-03-02T16:00:00Z'), c.first_seen = null")
        neo4j_graph.run("MATCH ()-[r:CO_FILED_WITH]->() REMOVE r.first_seen")
        neo4j_graph.run("CREATE (:Company {id: 'drawn', name: '손'})")
        neo4j_graph.run("MATCH (meta:_DureMeta) SET meta.version = 9")
        with neo4j_graph.open() as store:
            assert "0011 days of loads" in store.migrate()
            assert {row["first_seen"] for row in relationships_of(store, CO_FILED)} == {date(2026, 3, 2)}
        days = neo4j_graph.run("MATCH (c:Company) RETURN c.id, toString(c.first_seen)")
        assert dict(days) == {"a": "2026-03-03", "b": "2026-03-03", "drawn": None}

    def test_an_older_graph_is_freed_of_the_vectors_on_its_nodes(
        self, neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess
    ) -> None:
        """A killed migration has moved some of them; search finds all, and none is left on a node."""
        neo4j_store.upsert_nodes(COMPANY, companies("a", "b", "c"))
        vectors = np.random.default_rng(7).normal(size=(3, EMBEDDING_DIMENSION)).astype(np.float32)
        neo4j_store.set_embeddings(COMPANY, ["a"], vectors[:1])
        for id_, vector in zip("bc", vectors[1:].tolist(), strict=True):
            neo4j_graph.run("MATCH (c:Company {id: $id}) SET c.embedding = $vector", id=id_, vector=vector)
        neo4j_graph.run(
            "CREATE VECTOR INDEX Company_embedding FOR (n:Company) ON (n.embedding) "
            "OPTIONS {indexConfig: {`vector.dimensions`: 384, `vector.similarity_function`: 'cosine'}}"
        )
        neo4j_graph.run("MATCH (meta:_DureMeta) SET meta.version = 13")
        with neo4j_graph.open() as store:
            assert store.migrate() == [
                "0014 vectors apart",
                "0015 periods of certificates",
                "0016 uses of spaces, centres in complexes",
            ]
            assert store.counts().nodes == {"Company": 3}
        assert neo4j_graph.run("MATCH (c:Company) WHERE c.embedding IS NOT NULL RETURN c.id") == []
        spans = neo4j_graph.run("SHOW INDEXES YIELD type, labelsOrTypes WHERE type = 'VECTOR' RETURN labelsOrTypes")
        assert not {label for (labels,) in spans for label in labels} & {node.label for node in NODE_TYPES}
        nearest = [self.nearest(neo4j_graph, vector)[0][0] for vector in vectors]
        assert nearest == ["a", "b", "c"]

    def test_a_full_node_holds_no_vector_and_joins_none(
        self, neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess
    ) -> None:
        """What Browser and Bloom fetch of a node, and draw where it is expanded."""
        neo4j_store.upsert_nodes(COMPANY, companies("a"))
        (before,) = neo4j_graph.run("MATCH (c:Company) RETURN properties(c)")
        neo4j_store.set_embeddings(COMPANY, ["a"], np.ones((1, EMBEDDING_DIMENSION), np.float32))
        (after,) = neo4j_graph.run("MATCH (c:Company) RETURN properties(c)")
        assert before == after
        assert neo4j_graph.run("MATCH (:Company)--(n) RETURN n") == []

    @pytest.mark.parametrize("by_hand", [False, True])
    def test_a_vector_goes_with_its_node(
        self, neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess, *, by_hand: bool
    ) -> None:
        """At once where the store erases the node, with the next embedding where a person does."""
        neo4j_store.upsert_nodes(COMPANY, companies("a", "b"))
        vectors = np.ones((2, EMBEDDING_DIMENSION), np.float32)
        neo4j_store.set_embeddings(COMPANY, ["a", "b"], vectors)
        if by_hand:
            neo4j_graph.run("MATCH (c:Company {id: 'a'}) DELETE c")
            assert neo4j_store.set_embeddings(COMPANY, ["a", "b"], vectors) == 1
        else:
            assert neo4j_store.delete_node(NodeRef("Company", "a")) == 1
        held = neo4j_graph.run("MATCH (n) WHERE n.embedding IS NOT NULL RETURN n.id")
        assert [tuple(record) for record in held] == [("b",)]

    def test_the_vector_index_finds_the_nearest_company(
        self, neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess
    ) -> None:
        ids = [f"c{i}" for i in range(20)]
        neo4j_store.upsert_nodes(COMPANY, companies(*ids))
        vectors = np.random.default_rng(7).normal(size=(20, EMBEDDING_DIMENSION)).astype(np.float32)
        assert neo4j_store.set_embeddings(COMPANY, ids, vectors) == 20
        neo4j_graph.run("CALL db.awaitIndexes(60)")
        found = self.nearest(neo4j_graph, vectors[13])
        assert found[0][0] == "c13"
        assert found[0][1] == pytest.approx(1.0, abs=1e-3)

    def nearest(self, graph: Neo4jAccess, vector: npt.NDArray[np.float32]) -> list[neo4j.Record]:
        """Ask as docs/coordinators.md says."""
        return graph.run(
            "CALL db.index.vector.queryNodes($index, 5, $vector) YIELD node, score "
            "MATCH (c:Company {id: node.id}) RETURN c.id, score ORDER BY score DESC",
            index=vector_index(COMPANY),
            vector=vector.tolist(),
        )

    @pytest.mark.parametrize("relation", [CO_FILED, LOCATED])
    def test_relationships_are_read_in_the_order_of_the_index(
        self, neo4j_store: Neo4jStore, relation: RelationType
    ) -> None:
        """The server sorts the relationships of one start node at a time, never all of them."""
        page = bolt_queries.page_of_relationships(relation)
        plan = str(neo4j_store.explain(page, {"after": ["", "", ""], "rows": BATCH_ROWS}))
        assert "PartialTop" in plan
        assert "NodeUniqueIndexSeekByRange" in plan or "NodeIndexSeekByRange" in plan
        assert "+Sort " not in plan
        assert "+Top " not in plan

    def test_a_page_ends_anywhere_and_the_next_goes_on_there(
        self, neo4j_store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Between two start nodes, two ends or two keys; each row comes once, in order."""
        monkeypatch.setattr(bolt_reading, "BATCH_ROWS", 2)
        neo4j_store.upsert_nodes(COMPANY, companies("a", "b", "c", "d", "e"))
        joined = [("a", "b"), ("a", "c"), ("a", "c"), ("a", "c"), ("b", "d"), ("c", "d")]
        keys = ["", "1", "2", "3", "", ""]
        neo4j_store.upsert_relationships(CO_FILED, relationships(CO_FILED, *joined, key=keys))
        nodes = [batch["id"].to_pylist() for batch in neo4j_store.read_nodes(COMPANY)]
        assert nodes == [["a", "b"], ["c", "d"], ["e"]]
        read = pa.Table.from_batches(neo4j_store.read_relationships(CO_FILED)).select(["src", "dst", "key"])
        assert [tuple(row.values()) for row in read.to_pylist()] == [
            (src, dst, key) for (src, dst), key in zip(joined, keys, strict=True)
        ]


class TestCaptions:
    """Each relationship bears the Korean caption of its relation, which Bloom writes on it."""

    SHOWN = "MATCH ()-[r]->() RETURN DISTINCT type(r), r.caption"

    def test_one_that_is_written_has_its_caption_which_stays_inside(
        self, neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess
    ) -> None:
        neo4j_store.upsert_nodes(COMPANY, companies("a", "b"))
        neo4j_store.upsert_relationships(CO_FILED, relationships(CO_FILED, ("a", "b")))
        assert [tuple(record) for record in neo4j_graph.run(self.SHOWN)] == [("CO_FILED_WITH", "공동 출원")]
        (found,) = neo4j_store.neighbors(NodeRef("Company", "a"))
        assert "caption" not in found.properties

    def test_an_older_graph_is_given_them_and_so_are_its_recommendations(
        self, neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess
    ) -> None:
        """Those that a killed migration left; what the catalog does not know has none."""
        neo4j_store.upsert_nodes(COMPANY, companies("a", "b"))
        neo4j_store.upsert_relationships(CO_FILED, relationships(CO_FILED, ("a", "b")))
        neo4j_graph.run(
            "MATCH (a:Company {id: 'a'})-[r]->(b) REMOVE r.caption CREATE (a)-[:RECOMMENDED]->(b), (a)-[:KNOWS]->(b)"
        )
        neo4j_graph.run("MATCH (meta:_DureMeta) SET meta.version = 8")
        with neo4j_graph.open() as store:
            assert store.migrate() == [each.name for each in pending(8)]
        shown = {tuple(record) for record in neo4j_graph.run(self.SHOWN)}
        assert shown == {("CO_FILED_WITH", "공동 출원"), ("RECOMMENDED", "추천"), ("KNOWS", None)}

    def test_one_that_was_drawn_by_hand_is_given_it_when_it_is_adopted(
        self, neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess
    ) -> None:
        neo4j_store.upsert_nodes(COMPANY, companies("a", "b"))
        neo4j_graph.run("MATCH (a:Company {id: 'a'}), (b:Company {id: 'b'}) CREATE (a)-[:CO_FILED_WITH]->(b)")
        assert neo4j_store.check(adopt=True).adopted
        assert [tuple(record) for record in neo4j_graph.run(self.SHOWN)] == [("CO_FILED_WITH", "공동 출원")]


class TestGraph:
    """What only a graph that others use too can show."""

    def test_the_content_hash_and_the_schema_version_stay_inside(self, neo4j_store: Neo4jStore) -> None:
        neo4j_store.upsert_nodes(COMPANY, companies("a", "b"))
        neo4j_store.upsert_relationships(CO_FILED, relationships(CO_FILED, ("a", "b")))
        assert "content_hash" not in (neo4j_store.get_node(NodeRef("Company", "a")) or {})
        (found,) = neo4j_store.neighbors(NodeRef("Company", "a"))
        assert "content_hash" not in found.properties
        assert neo4j_store.counts().nodes == {"Company": 2}

    def test_what_others_put_into_the_graph_is_left_alone(
        self, neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess
    ) -> None:
        """Labels, types and properties that the catalog does not know are neither returned nor erased."""
        neo4j_store.upsert_nodes(COMPANY, companies("a", "b"))
        neo4j_graph.run(
            "MATCH (a:Company {id: 'a'}), (b:Company {id: 'b'}) SET a:Watched, a.colour = 'red' "
            "CREATE (a)-[:KNOWS]->(b), (a)-[:FILED {key: ''}]->(b), (:_Bloom_Scene_ {name: '주식회사'})"
        )
        a, b = NodeRef("Company", "a"), NodeRef("Company", "b")
        assert "colour" not in (neo4j_store.get_node(a) or {})
        assert neo4j_store.neighbors(a) == []
        assert neo4j_store.paths(a, b) == []
        assert {hit.ref for hit in neo4j_store.search("주식회사")} == {a, b}
        neo4j_store.upsert_nodes(COMPANY, companies("a", name=["새 이름"]))
        assert neo4j_graph.run("MATCH (n:Watched) RETURN n.colour, n.name")[0].values() == ["red", "새 이름"]

    def test_a_column_that_differs_in_few_rows_is_written_to_those_alone(self, neo4j_store: Neo4jStore) -> None:
        """Values shared by all rows travel once, others by row, nulls erase what was there."""
        ids = [f"c{i:05d}" for i in range(BATCH_ROWS + 10)]
        employees = [None if i % 2 else i for i in range(len(ids))]
        rows = companies(*ids, employees=employees, founded_on=[date(1999, 12, 31)] * len(ids))
        assert (neo4j_store.upsert_nodes(COMPANY, rows) == Outcome.WRITTEN).all()
        assert nodes_of(neo4j_store, COMPANY) == rows.to_pylist()
        bare = companies(*ids[:2])
        assert list(neo4j_store.upsert_nodes(COMPANY, bare)) == [Outcome.WRITTEN] * 2
        assert nodes_of(neo4j_store, COMPANY)[:3] == [*bare.to_pylist(), rows.to_pylist()[2]]

    def test_only_the_asked_relation_is_read_where_a_type_has_several(self, neo4j_store: Neo4jStore) -> None:
        neo4j_store.upsert_nodes(COMPANY, companies("a"))
        neo4j_store.upsert_nodes(REGION, rows_of(REGION, id=["a"], name=["고양시"]))
        neo4j_store.upsert_relationships(LOCATED, relationships(LOCATED, ("a", "a")))
        assert [(row["src"], row["dst"]) for row in relationships_of(neo4j_store, LOCATED)] == [("a", "a")]
        assert neo4j_store.counts().relationships == {LOCATED.name: 1}

    def test_too_long_paths_are_refused(self, neo4j_store: Neo4jStore) -> None:
        with pytest.raises(StoreError, match="the most are 8"):
            neo4j_store.paths(NodeRef("Company", "a"), NodeRef("Company", "b"), max_hops=9)
