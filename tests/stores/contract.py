"""What every graph store must do, whatever it is built on.

A subclass gives two fixtures: ``store``, an empty migrated store, and ``reopen``, which closes ``store`` and opens the
same graph again; and ``plant_version``, which writes a schema version into the store behind its back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from graph_schema.catalog import EMBEDDING_DIMENSION, NODE_TYPES, RELATION_TYPES, node_type, relation_type
from graph_schema.columns import arrow_schema, table_from_columns
from graph_schema.errors import StoreError, StoreVersionError
from graph_schema.migrations import CURRENT_VERSION
from graph_schema.model import ElementType, NodeRef, NodeType, RelationType
from stores.base import BATCH_ROWS, GraphPath, GraphStore, Outcome

LOADED = datetime(2026, 3, 2, 1, 2, 3, 456789, tzinfo=UTC)
COMPANY = node_type("Company")
TECHNOLOGY = node_type("Technology")
REGION = node_type("Region")
FILED = relation_type("Company", "FILED", "Technology")
LOCATED = relation_type("Company", "LOCATED_IN", "Region")
CO_FILED = relation_type("Company", "CO_FILED_WITH", "Company")

Reopen = Callable[[], GraphStore]


def rows_of(element: ElementType, *, loaded_at: datetime = LOADED, **columns: Any) -> pa.Table:
    """Build the table of ``element`` from some of its columns."""
    first_seen = (loaded_at + timedelta(hours=9)).date()
    return table_from_columns(element, columns, source="test", loaded_at=loaded_at, first_seen=first_seen)


def companies(*ids: str, **columns: Any) -> pa.Table:
    return rows_of(COMPANY, id=list(ids), **{"name": [f"주식회사 {id_}" for id_ in ids], **columns})


def relationships(relation: RelationType, *pairs: tuple[str, str], **columns: Any) -> pa.Table:
    return rows_of(relation, src=[src for src, _ in pairs], dst=[dst for _, dst in pairs], **columns)


def nodes_of(store: GraphStore, node: NodeType) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pa.Table.from_batches(store.read_nodes(node), arrow_schema(node.stored)).to_pylist()
    return rows


def relationships_of(store: GraphStore, relation: RelationType) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pa.Table.from_batches(
        store.read_relationships(relation), arrow_schema(relation.stored)
    ).to_pylist()
    return rows


def walks(paths: Sequence[GraphPath]) -> list[str]:
    """Write paths as ``a > b > c``."""
    return [" > ".join(ref.id for ref in path.nodes) for path in paths]


class GraphStoreContract:
    """The behaviour that loaders, snapshots and serving rely on."""

    def plant_version(self, store: GraphStore, number: int) -> None:
        """Write ``number`` as an applied migration, as newer code would."""
        raise NotImplementedError

    @pytest.fixture
    def chain(self, store: GraphStore) -> GraphStore:
        """a–b–c–d in a line, a–d through the region r as well, and e alone."""
        store.upsert_nodes(COMPANY, companies("a", "b", "c", "d", "e"))
        store.upsert_nodes(REGION, rows_of(REGION, id=["r"], name=["고양시"]))
        store.upsert_relationships(CO_FILED, relationships(CO_FILED, ("a", "b"), ("c", "b"), ("c", "d")))
        store.upsert_relationships(LOCATED, relationships(LOCATED, ("a", "r"), ("d", "r")))
        return store

    # --- schema ---

    def test_migrating_again_applies_nothing(self, store: GraphStore) -> None:
        assert store.schema_version() == CURRENT_VERSION
        assert list(store.migrate()) == []
        assert store.schema_version() == CURRENT_VERSION

    def test_a_store_of_newer_code_is_refused(self, store: GraphStore, reopen: Reopen) -> None:
        """Neither migrating nor reading touches a store whose schema this code does not know; the message says so."""
        self.plant_version(store, CURRENT_VERSION + 1)
        with reopen() as newer:
            assert newer.schema_version() == CURRENT_VERSION + 1
            with pytest.raises(StoreVersionError, match=f"version {CURRENT_VERSION + 1}"):
                newer.migrate()
            with pytest.raises(StoreVersionError):
                newer.counts()

    def test_an_empty_store_is_empty_everywhere(self, store: GraphStore) -> None:
        ref = NodeRef("Company", "a")
        assert (store.counts().nodes, store.counts().relationships) == ({}, {})
        assert all(not nodes_of(store, node) for node in NODE_TYPES)
        assert all(not relationships_of(store, relation) for relation in RELATION_TYPES)
        assert store.get_node(ref) is None
        assert store.neighbors(ref) == []
        assert store.paths(ref, NodeRef("Company", "b")) == []
        assert store.search("두레") == []
        assert store.delete_node(ref) == 0

    # --- nodes ---

    def test_a_node_comes_back_as_it_was_written(self, store: GraphStore) -> None:
        """Every type of value survives, Korean text and numbers to the last bit among them."""
        written = companies(
            "brn:1234567890",
            name=["㈜두레정밀 “금속” \U0001f529 o'Neil"],
            founded_on=[date(1999, 12, 31)],
            employees=[2**53 + 1],
            revenue_krw=[0.1 + 0.2],
            single_establishment=[False],
            certificates=[["벤처", "이노비즈", ""]],
        )
        assert list(store.upsert_nodes(COMPANY, written)) == [Outcome.WRITTEN]
        assert nodes_of(store, COMPANY) == written.to_pylist()
        node = store.get_node(NodeRef("Company", "brn:1234567890"))
        assert node == {name: value for name, value in written.to_pylist()[0].items() if value is not None}

    def test_null_and_empty_differ(self, store: GraphStore) -> None:
        """An unknown list is not an empty one, nor an unknown text; a change from one to the other is written."""
        store.upsert_nodes(COMPANY, companies("a", "b", certificates=[None, []], products=[None, ""]))
        rows = nodes_of(store, COMPANY)
        assert [row["certificates"] for row in rows] == [None, []]
        assert [row["products"] for row in rows] == [None, ""]
        swapped = companies("a", "b", certificates=[[], None], products=[None, ""])
        assert list(store.upsert_nodes(COMPANY, swapped)) == [Outcome.WRITTEN, Outcome.WRITTEN]
        assert [row["certificates"] for row in nodes_of(store, COMPANY)] == [[], None]

    def test_times_are_kept_in_utc_to_the_microsecond(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a"))
        (batch,) = store.read_nodes(COMPANY)
        assert batch.schema.field("loaded_at").type == pa.timestamp("us", tz="UTC")
        assert batch.column("loaded_at").to_pylist() == [LOADED]

    def test_equal_rows_are_left_alone(self, store: GraphStore) -> None:
        """A second load changes nothing, not even ``loaded_at``."""
        store.upsert_nodes(COMPANY, companies("a", "b"))
        later = companies("a", "b", loaded_at=LOADED + timedelta(days=1))
        assert list(store.upsert_nodes(COMPANY, later)) == [Outcome.UNCHANGED, Outcome.UNCHANGED]
        assert [row["loaded_at"] for row in nodes_of(store, COMPANY)] == [LOADED, LOADED]

    def test_a_changed_row_replaces_all_properties(self, store: GraphStore) -> None:
        """What the new row does not know is gone; outcomes stand in the order of the rows."""
        store.upsert_nodes(COMPANY, companies("a", "b", "c", products=["금속", "목재", "종이"]))
        later = LOADED + timedelta(days=1)
        outcomes = store.upsert_nodes(
            COMPANY, companies("c", "new", "b", products=["종이", "빵", None], loaded_at=later)
        )
        assert outcomes.dtype == np.int8
        assert list(outcomes) == [Outcome.UNCHANGED, Outcome.WRITTEN, Outcome.WRITTEN]
        found = {row["id"]: (row["products"], row["loaded_at"]) for row in nodes_of(store, COMPANY)}
        assert found == {"a": ("금속", LOADED), "b": (None, later), "c": ("종이", LOADED), "new": ("빵", later)}
        assert "products" not in (store.get_node(NodeRef("Company", "b")) or {})

    def test_first_and_last_change_are_kept(self, store: GraphStore) -> None:
        """Equal rows of another day change neither; a changed one its time alone; the day is that in Korea."""
        days = [LOADED + timedelta(hours=15), LOADED + timedelta(days=1), LOADED + timedelta(days=2)]
        store.upsert_nodes(REGION, rows_of(REGION, id=["r"], name=["r"]))
        for at, employees in zip(days, (1, 1, 2), strict=True):
            columns = {"id": ["c"], "name": ["c"], "employees": [employees]}
            store.upsert_nodes(COMPANY, table_from_columns(COMPANY, columns, source="test", loaded_at=at))
            columns = {"src": ["c"], "dst": ["r"], "source_id": [str(employees)]}
            store.upsert_relationships(LOCATED, table_from_columns(LOCATED, columns, source="test", loaded_at=at))
            for (found,) in (nodes_of(store, COMPANY), relationships_of(store, LOCATED)):
                assert found["first_seen"] == date(2026, 3, 3)
                assert found["loaded_at"] == (days[0] if employees == 1 else at)

    def test_a_copy_keeps_the_earlier_first_day(self, store: GraphStore) -> None:
        for name, at in (("later", LOADED + timedelta(days=3)), ("earlier", LOADED)):
            store.upsert_nodes(COMPANY, rows_of(COMPANY, id=["c"], name=[name], loaded_at=at))
        (found,) = nodes_of(store, COMPANY)
        assert (found["name"], found["first_seen"]) == ("earlier", date(2026, 3, 2))

    def test_the_first_of_rows_with_one_id_is_written(self, store: GraphStore) -> None:
        rows = companies("a", "b", "a", "a", name=["첫째", "나", "둘째", "첫째"])
        assert list(store.upsert_nodes(COMPANY, rows)) == [1, 1, 0, 0]
        assert list(store.upsert_nodes(COMPANY, rows)) == [0, 0, 0, 0]
        assert [row["name"] for row in nodes_of(store, COMPANY)] == ["첫째", "나"]

    def test_a_mention_never_overwrites_a_register_entry(self, store: GraphStore) -> None:
        """A stub is written where no such node is; the register's own row replaces it later."""
        stub = companies("a", "b", name=["언급", "언급"])
        store.upsert_nodes(COMPANY, companies("a", name=["등록"]))
        assert list(store.upsert_nodes(COMPANY, stub, stub=True)) == [Outcome.UNCHANGED, Outcome.WRITTEN]
        assert list(store.upsert_nodes(COMPANY, stub, stub=True)) == [Outcome.UNCHANGED, Outcome.UNCHANGED]
        assert [row["name"] for row in nodes_of(store, COMPANY)] == ["등록", "언급"]
        assert list(store.upsert_nodes(COMPANY, companies("b", name=["등록"]))) == [Outcome.WRITTEN]
        assert [row["name"] for row in nodes_of(store, COMPANY)] == ["등록", "등록"]

    def test_the_first_stub_of_one_id_is_written(self, store: GraphStore) -> None:
        rows = companies("a", "a", name=["첫째", "둘째"])
        assert list(store.upsert_nodes(COMPANY, rows, stub=True)) == [Outcome.WRITTEN, Outcome.UNCHANGED]
        assert [row["name"] for row in nodes_of(store, COMPANY)] == ["첫째"]

    def test_ids_are_unique_within_their_label_only(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("same"))
        store.upsert_nodes(REGION, rows_of(REGION, id=["same"], name=["고양시"]))
        assert store.counts().nodes == {"Company": 1, "Region": 1}

    def test_no_rows_are_no_work(self, store: GraphStore) -> None:
        assert list(store.upsert_nodes(COMPANY, companies())) == []
        assert list(store.upsert_relationships(FILED, relationships(FILED))) == []

    @pytest.mark.parametrize("fault", ["missing column", "null in a required column", "wrong type"])
    def test_a_batch_that_breaks_the_catalog_is_refused_whole(self, store: GraphStore, fault: str) -> None:
        rows = companies("a", "b")
        place = rows.schema.get_field_index("name")
        broken = {
            "missing column": rows.drop_columns(["name"]),
            "null in a required column": rows.set_column(place, "name", pa.array(["가", None])),
            "wrong type": rows.set_column(place, "name", pa.array([["가"], ["나"]])),
        }[fault]
        with pytest.raises(StoreError, match="Company"):
            store.upsert_nodes(COMPANY, broken)
        assert store.counts().nodes == {}

    def test_big_batches_are_read_back_sorted_in_batches(self, store: GraphStore) -> None:
        """More than two batches of 10,000 rows, handed over shuffled, come back by id in batches of that size."""
        count = 2 * BATCH_ROWS + 5
        order = np.random.default_rng(7).permutation(count)
        ids = [f"brn:{number:010d}" for number in order]
        for start in range(0, count, BATCH_ROWS):
            part = ids[start : start + BATCH_ROWS]
            assert store.upsert_nodes(COMPANY, companies(*part)).tolist() == [Outcome.WRITTEN] * len(part)
        batches = list(store.read_nodes(COMPANY))
        assert all(batch.num_rows <= BATCH_ROWS for batch in batches)
        read = [id_ for batch in batches for id_ in batch.column("id").to_pylist()]
        assert read == sorted(ids)
        assert not store.upsert_nodes(COMPANY, companies(*ids[:BATCH_ROWS])).any()

    # --- relationships ---

    def test_relationships_come_back_by_source_target_and_key(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a", "b"))
        store.upsert_nodes(TECHNOLOGY, rows_of(TECHNOLOGY, id=["t", "u"], title=["절삭 장치", "연마 장치"]))
        written = relationships(
            FILED, ("b", "t"), ("a", "u"), ("a", "t"), on=[date(2020, 1, 1), None, date(2021, 2, 3)]
        )
        assert list(store.upsert_relationships(FILED, written)) == [Outcome.WRITTEN] * 3
        expected = sorted(written.to_pylist(), key=lambda row: (row["src"], row["dst"]))
        assert relationships_of(store, FILED) == expected
        later = relationships(
            FILED,
            ("b", "t"),
            ("a", "u"),
            ("a", "t"),
            on=[date(2020, 1, 1), date(2022, 2, 2), date(2021, 2, 3)],
            loaded_at=LOADED + timedelta(days=1),
        )
        assert list(store.upsert_relationships(FILED, later)) == [0, 1, 0]
        assert [row["on"] for row in relationships_of(store, FILED)] == [
            date(2021, 2, 3),
            date(2022, 2, 2),
            date(2020, 1, 1),
        ]
        assert [row["loaded_at"] == LOADED for row in relationships_of(store, FILED)] == [True, False, True]

    def test_parallel_relationships_are_told_apart_by_key(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a", "b"))
        rows = relationships(CO_FILED, ("a", "b"), ("a", "b"), ("a", "b"), key=["2", "1", "2"])
        assert list(store.upsert_relationships(CO_FILED, rows)) == [1, 1, 0]
        assert [row["key"] for row in relationships_of(store, CO_FILED)] == ["1", "2"]
        assert store.counts().relationships == {CO_FILED.name: 2}

    def test_relationships_with_a_missing_end_are_not_written(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a", "b"))
        rows = relationships(CO_FILED, ("a", "b"), ("a", "?"), ("?", "b"), ("a", "?"))
        assert list(store.upsert_relationships(CO_FILED, rows)) == [1, -1, -1, -1]
        assert store.counts().relationships == {CO_FILED.name: 1}
        store.upsert_nodes(COMPANY, companies("?"))
        assert list(store.upsert_relationships(CO_FILED, rows)) == [0, 1, 1, 0]

    def test_relations_of_one_type_are_kept_apart(self, store: GraphStore) -> None:
        """(Company)-[LOCATED_IN]->(Region) and (Company)-[LOCATED_IN]->(Center) are two tables."""
        located_in_center = relation_type("Company", "LOCATED_IN", "Center")
        center = node_type("Center")
        store.upsert_nodes(COMPANY, companies("a"))
        store.upsert_nodes(REGION, rows_of(REGION, id=["same"], name=["고양시"]))
        store.upsert_nodes(center, rows_of(center, id=["same"], name=["두레지식산업센터"]))
        store.upsert_relationships(LOCATED, relationships(LOCATED, ("a", "same")))
        store.upsert_relationships(located_in_center, relationships(located_in_center, ("a", "same")))
        assert len(relationships_of(store, LOCATED)) == 1
        assert store.counts().relationships == {LOCATED.name: 1, located_in_center.name: 1}

    def test_big_batches_of_relationships_are_written_once(self, store: GraphStore) -> None:
        ids = [f"c{number:05d}" for number in range(1_000)]
        store.upsert_nodes(COMPANY, companies(*ids))
        pairs = [(ids[i % 1_000], ids[(i * 7 + i // 1_000) % 1_000]) for i in range(BATCH_ROWS)]
        rows = relationships(CO_FILED, *pairs, key=[str(i) for i in range(BATCH_ROWS)])
        assert (store.upsert_relationships(CO_FILED, rows) == Outcome.WRITTEN).all()
        assert (store.upsert_relationships(CO_FILED, rows) == Outcome.UNCHANGED).all()
        assert store.counts().relationships == {CO_FILED.name: BATCH_ROWS}

    # --- reading around a node ---

    def test_neighbors_go_both_ways(self, chain: GraphStore) -> None:
        found = chain.neighbors(NodeRef("Company", "c"))
        assert {(r.source.id, r.relation.type, r.target.id) for r in found} == {
            ("c", "CO_FILED_WITH", "b"),
            ("c", "CO_FILED_WITH", "d"),
        }
        assert {(r.source.id, r.target.id) for r in chain.neighbors(NodeRef("Company", "b"))} == {
            ("a", "b"),
            ("c", "b"),
        }
        assert {r.source for r in chain.neighbors(NodeRef("Region", "r"))} == {
            NodeRef("Company", "a"),
            NodeRef("Company", "d"),
        }

    def test_neighbors_by_type_and_up_to_a_limit(self, chain: GraphStore) -> None:
        ref = NodeRef("Company", "a")
        assert [r.target.id for r in chain.neighbors(ref, types=["LOCATED_IN"])] == ["r"]
        assert chain.neighbors(ref, types=["FILED"]) == []
        assert len(chain.neighbors(ref)) == 2
        assert len(chain.neighbors(ref, limit=1)) == 1

    def test_a_relationship_carries_its_properties(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a", "b"))
        store.upsert_relationships(
            CO_FILED, relationships(CO_FILED, ("a", "b"), key=["10-2020-1"], on=[date(2020, 1, 2)])
        )
        (found,) = store.neighbors(NodeRef("Company", "b"))
        assert found.properties == {
            "key": "10-2020-1",
            "on": date(2020, 1, 2),
            "source": "test",
            "loaded_at": LOADED,
            "first_seen": LOADED.date(),
            "synthetic": False,
        }

    def test_shortest_paths_come_first(self, chain: GraphStore) -> None:
        a, d = NodeRef("Company", "a"), NodeRef("Company", "d")
        paths = chain.paths(a, d, max_hops=3)
        assert walks(paths) == ["a > r > d", "a > b > c > d"]
        assert [r.relation.type for r in paths[0].relationships] == ["LOCATED_IN", "LOCATED_IN"]
        assert [(r.source.id, r.target.id) for r in paths[1].relationships] == [("a", "b"), ("c", "b"), ("c", "d")]

    def test_paths_end_at_the_asked_length_and_number(self, chain: GraphStore) -> None:
        a, d = NodeRef("Company", "a"), NodeRef("Company", "d")
        assert walks(chain.paths(a, d, max_hops=2)) == ["a > r > d"]
        assert walks(chain.paths(a, d, max_hops=4)) == ["a > r > d", "a > b > c > d"]
        assert walks(chain.paths(a, d, max_hops=3, limit=1)) == ["a > r > d"]
        assert chain.paths(a, d, max_hops=1) == []
        assert chain.paths(a, NodeRef("Company", "e"), max_hops=4) == []

    def test_paths_lead_round_what_is_avoided(self, chain: GraphStore) -> None:
        """An end may be avoided elsewhere; another label's node with that id is not meant."""
        a, d, region = NodeRef("Company", "a"), NodeRef("Company", "d"), NodeRef("Region", "r")
        avoided = {region, NodeRef("Region", "b"), a, d}
        assert walks(chain.paths(a, d, max_hops=4, avoided=avoided)) == ["a > b > c > d"]
        assert walks(chain.paths(a, d, max_hops=4, avoided={NodeRef("Company", "c")})) == ["a > r > d"]
        assert walks(chain.paths(a, region, max_hops=1, avoided=avoided)) == ["a > r"]

    @pytest.mark.parametrize("hops", [1, 2, 3, 4, 5])
    def test_paths_of_every_length_are_found(self, store: GraphStore, hops: int) -> None:
        ids = [f"n{i}" for i in range(hops + 1)]
        store.upsert_nodes(COMPANY, companies(*ids))
        pairs = [(ids[i], ids[i + 1]) if i % 2 else (ids[i + 1], ids[i]) for i in range(hops)]
        store.upsert_relationships(CO_FILED, relationships(CO_FILED, *pairs))
        ends = NodeRef("Company", ids[0]), NodeRef("Company", ids[-1])
        assert walks(store.paths(*ends, max_hops=hops)) == [" > ".join(ids)]
        assert store.paths(*ends, max_hops=hops - 1) == []

    def test_paths_never_visit_a_node_twice(self, store: GraphStore) -> None:
        """In a triangle with a tail only the two simple paths are found."""
        store.upsert_nodes(COMPANY, companies("a", "b", "c", "d"))
        pairs = ("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")
        store.upsert_relationships(CO_FILED, relationships(CO_FILED, *pairs))
        paths = store.paths(NodeRef("Company", "a"), NodeRef("Company", "d"), max_hops=5)
        assert walks(paths) == ["a > c > d", "a > b > c > d"]

    def test_paths_through_a_hub_stay_bounded(self, store: GraphStore) -> None:
        """Two companies in a region with thousands of others: the one short path, and no more than asked for."""
        ids = [f"c{number:04d}" for number in range(3_000)]
        store.upsert_nodes(COMPANY, companies(*ids))
        store.upsert_nodes(REGION, rows_of(REGION, id=["r", "q"], name=["고양시", "경기도"]))
        for region in "rq":
            store.upsert_relationships(LOCATED, relationships(LOCATED, *((id_, region) for id_ in ids)))
        paths = store.paths(NodeRef("Company", ids[0]), NodeRef("Company", ids[1]), max_hops=4, limit=5)
        assert {" > ".join(ref.id for ref in path.nodes) for path in paths[:2]} == {
            "c0000 > q > c0001",
            "c0000 > r > c0001",
        }
        assert [len(path.relationships) for path in paths] == [2, 2, 4, 4, 4]

    # --- what rows stated ---

    def test_what_rows_of_a_source_stated_is_found_by_their_ids(self, chain: GraphStore) -> None:
        """Every column as it was written, closed facts too; not what other rows, sources or relations hold."""
        chain.upsert_nodes(REGION, rows_of(REGION, id=["q"], name=["경기도"]))
        over = date(2026, 3, 1)
        own = relationships(LOCATED, ("c", "q"), ("b", "q"), source_id=["1", "2"], valid_to=[over, None])
        others = relationships(LOCATED, ("c", "r"), ("b", "r"), source_id=["3", None])
        chain.upsert_relationships(LOCATED, own)
        chain.upsert_relationships(LOCATED, others)
        chain.upsert_relationships(CO_FILED, relationships(CO_FILED, ("a", "e"), source_id=["1"]))
        found = chain.stated(LOCATED, "test", ["2", "1", "?"])
        assert found.schema == arrow_schema(LOCATED.stored)
        assert found.to_pylist() == [own.to_pylist()[1], own.to_pylist()[0]]
        assert chain.stated(LOCATED, "other", ["1"]).num_rows == 0
        assert chain.stated(LOCATED, "test", []).num_rows == 0

    def test_what_several_sources_state_is_found_for_each_of_them(self, chain: GraphStore) -> None:
        chain.upsert_nodes(REGION, rows_of(REGION, id=["q"], name=["경기도"]))
        claims = [['["other", {"source_id": "9"}]', '["test", {"source_id": "1"}]'], None]
        both = relationships(LOCATED, ("c", "q"), ("b", "q"), source_id=["1", "2"], claims=claims)
        chain.upsert_relationships(LOCATED, both)
        assert chain.stated(LOCATED, "other", ["9"]).to_pylist() == both.to_pylist()[:1]
        assert chain.stated(LOCATED, "test", ["1"]).to_pylist() == both.to_pylist()[:1]
        assert chain.stated(LOCATED, "oth", ["9"]).num_rows == 0

    def test_what_is_no_matter_of_one_source_alone_is_found(self, chain: GraphStore) -> None:
        """Others speak of it, or it is made up and the row is not."""
        texts = ['["other", {}]', '["test", {}]']
        chain.upsert_nodes(COMPANY, companies("가", "나", "다", claims=[None, texts, None]))
        chain.upsert_nodes(COMPANY, companies("라", synthetic=[True]))
        asked = companies("가", "나", "라", "마")
        made_up = companies("가", "라", synthetic=[True, True])
        ids = {
            source: sorted(chain.contested(COMPANY, source, asked)["id"].to_pylist()) for source in ("test", "other")
        }
        assert ids == {"test": ["나", "라"], "other": ["가", "나", "라"]}
        assert chain.contested(COMPANY, "test", made_up).num_rows == 0
        assert chain.contested(COMPANY, "test", asked).schema == arrow_schema(COMPANY.stored)

        chain.upsert_nodes(REGION, rows_of(REGION, id=["q"], name=["경기도"]))
        place = relationships(LOCATED, ("가", "q"))
        chain.upsert_relationships(LOCATED, place)
        assert chain.contested(LOCATED, "test", place).num_rows == 0
        assert chain.contested(LOCATED, "other", place).to_pylist() == place.to_pylist()

    def test_nodes_are_found_by_their_ids(self, store: GraphStore) -> None:
        """Every stored column as it was written, in the order of ids."""
        rows = companies(
            "나", "가", "다", founded_on=[date(2021, 3, 2), None, None], certificates=[["벤처기업"], [], None]
        )
        store.upsert_nodes(COMPANY, rows)
        found = store.find_nodes(COMPANY, ["다", "나", "라", "나"])
        assert found.schema == arrow_schema(COMPANY.stored)
        assert found.to_pylist() == [rows.to_pylist()[0], rows.to_pylist()[2]]
        assert store.find_nodes(COMPANY, []).num_rows == 0

    # --- embeddings ---

    def test_embeddings_are_written_for_nodes_that_are_there(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a", "b"))
        vectors = np.random.default_rng(7).normal(size=(3, EMBEDDING_DIMENSION)).astype(np.float32)
        assert store.set_embeddings(COMPANY, ["a", "?", "b"], vectors) == 2
        assert store.set_embeddings(COMPANY, [], np.empty((0, EMBEDDING_DIMENSION), np.float32)) == 0

    def test_an_embedding_is_no_content(self, store: GraphStore) -> None:
        """Writing one changes neither what is read nor whether a row counts as changed."""
        store.upsert_nodes(COMPANY, companies("a"))
        store.set_embeddings(COMPANY, ["a"], np.ones((1, EMBEDDING_DIMENSION), np.float32))
        assert nodes_of(store, COMPANY) == companies("a").to_pylist()
        assert "embedding" not in (store.get_node(NodeRef("Company", "a")) or {})
        assert list(store.upsert_nodes(COMPANY, companies("a"))) == [Outcome.UNCHANGED]

    def test_embeddings_must_fit_their_ids(self, store: GraphStore) -> None:
        with pytest.raises(StoreError, match="shape"):
            store.set_embeddings(COMPANY, ["a", "b"], np.ones((1, EMBEDDING_DIMENSION), np.float32))
        with pytest.raises(StoreError, match="Region"):
            store.set_embeddings(REGION, ["r"], np.ones((1, EMBEDDING_DIMENSION), np.float32))

    # --- erasing ---

    def test_erasing_a_node_takes_its_relationships_along(self, chain: GraphStore) -> None:
        b = NodeRef("Company", "b")
        assert chain.delete_node(b) == 1
        assert chain.delete_node(b) == 0
        assert chain.get_node(b) is None
        assert chain.neighbors(NodeRef("Company", "a"), types=["CO_FILED_WITH"]) == []
        assert {hit.ref.id for hit in chain.search("주식회사")} == {"a", "c", "d", "e"}
        assert chain.counts().nodes == {"Company": 4, "Region": 1}
        assert chain.counts().relationships == {CO_FILED.name: 1, LOCATED.name: 2}

    def test_an_erased_node_may_come_back(self, chain: GraphStore) -> None:
        """It counts as new, without the relationships it had."""
        chain.delete_node(NodeRef("Company", "b"))
        assert list(chain.upsert_nodes(COMPANY, companies("b"))) == [Outcome.WRITTEN]
        assert chain.neighbors(NodeRef("Company", "b")) == []

    # --- life of a store ---

    def test_what_is_written_outlives_the_store_object(self, chain: GraphStore, reopen: Reopen) -> None:
        before = nodes_of(chain, COMPANY), relationships_of(chain, CO_FILED), chain.counts()
        with reopen() as again:
            assert again.schema_version() == CURRENT_VERSION
            assert (nodes_of(again, COMPANY), relationships_of(again, CO_FILED), again.counts()) == before

    def test_closing_twice_is_fine_and_using_it_then_is_not(self, store: GraphStore) -> None:
        store.close()
        store.close()
        with pytest.raises(StoreError):
            store.counts()

    def test_the_uri_holds_no_credentials(self, store: GraphStore) -> None:
        assert "://" in store.uri
        assert "@" not in store.uri

    def test_writers_in_threads_all_succeed(self, store: GraphStore) -> None:
        """Eight writers with overlapping nodes: each node is there once, and counted as written once."""

        def write(worker: int) -> int:
            ids = [f"c{number:04d}" for number in range(worker * 100, worker * 100 + 200)]
            return int((store.upsert_nodes(COMPANY, companies(*ids)) == Outcome.WRITTEN).sum())

        with ThreadPoolExecutor(8) as pool:
            written = list(pool.map(write, range(8)))
        assert sum(written) == 900
        assert len({row["id"] for row in nodes_of(store, COMPANY)}) == store.counts().nodes["Company"] == 900

    def test_writers_of_the_same_relationships_all_succeed(self, store: GraphStore) -> None:
        ids = [f"c{number:03d}" for number in range(100)]
        store.upsert_nodes(COMPANY, companies(*ids))
        rows = relationships(CO_FILED, *pairwise(ids))
        with ThreadPoolExecutor(4) as pool:
            outcomes = list(pool.map(lambda _: store.upsert_relationships(CO_FILED, rows), range(4)))
        assert np.sum([outcome == Outcome.WRITTEN for outcome in outcomes]) == 99
        assert store.counts().relationships == {CO_FILED.name: 99}

    def test_reading_goes_on_while_another_thread_writes(self, store: GraphStore) -> None:
        """A reader sees whole batches only."""
        with ThreadPoolExecutor(2) as pool:
            writing = pool.submit(
                lambda: [
                    store.upsert_nodes(COMPANY, companies(*(f"c{b}-{i}" for i in range(500)))).sum() for b in range(6)
                ]
            )
            seen = [store.counts().nodes.get("Company", 0) for _ in range(20)]
            assert sum(writing.result()) == 3_000
        assert {count % 500 for count in seen} == {0}
        assert seen == sorted(seen)
