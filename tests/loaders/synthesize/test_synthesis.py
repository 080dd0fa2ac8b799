"""The whole run: everything marked, nothing dangling, the same twice, clear words where the store is empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from graph_schema.catalog import NODE_TYPES, RELATION_TYPES, element_type, node_type
from graph_schema.columns import arrow_schema, table_from_columns
from graph_schema.errors import ConfigError, NotFoundError
from graph_schema.model import NodeType, RelationType
from graph_schema.validation import validate
from loaders.frame import load
from loaders.registry import find_source
from loaders.samples import sample_loads
from loaders.synthesize.background import Background
from loaders.synthesize.city import build_city
from loaders.synthesize.synthesis import synthesize
from loaders.synthesize.tables import city_tables
from stores.embedded import EmbeddedStore
from tests.loaders.synthesize.surroundings import LOADED, fill

UNTIL = date(2026, 3, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(tmp_path / "graph.duckdb") as store:
        fill(store)
        yield store


def read(store: EmbeddedStore, element: NodeType | RelationType) -> pa.Table:
    batches = store.read_nodes(element) if isinstance(element, NodeType) else store.read_relationships(element)
    return pa.Table.from_batches(batches, schema=arrow_schema(element.stored))


def test_a_run_is_stored_completely_and_a_second_changes_nothing(store: EmbeddedStore) -> None:
    before = store.counts()
    steps: list[tuple[str, int, int | None]] = []
    first = synthesize(store, companies=400, progress=lambda *step: steps.append(step))
    after = store.counts()
    assert first.written == sum(first.counts.values())
    grown = {name: rows - before.nodes.get(name, 0) for name, rows in after.nodes.items()}
    grown |= {name: rows - before.relationships.get(name, 0) for name, rows in after.relationships.items()}
    assert {name: rows for name, rows in grown.items() if rows} == dict(first.counts)
    assert ("writing", first.written, first.written) in steps
    second = synthesize(store, companies=400)
    assert second.written == 0
    assert second.counts == first.counts
    assert store.counts() == after


def test_everything_new_is_marked_synthetic_and_the_old_is_untouched(store: EmbeddedStore) -> None:
    real = {element.name: read(store, element) for element in (*NODE_TYPES, *RELATION_TYPES)}
    synthesize(store, companies=200)
    for element in (*NODE_TYPES, *RELATION_TYPES):
        table = read(store, element)
        made_up = table["synthetic"]
        assert table.filter(pc.invert(made_up)).equals(real[element.name]), element
        new = table.filter(made_up)
        assert set(new["source"].to_pylist()) <= {"synthetic"}
        if isinstance(element, NodeType):
            assert all("syn-" in id_ for id_ in new["id"].to_pylist()), element


def test_full_city_has_the_promised_size(tables: dict[str, pa.Table]) -> None:
    interactions = ("NEEDS", "APPLIED_TO", "AWARDED", "CONSULTED", "LICENSED", "COLLABORATED_WITH", "OCCUPIES")
    rows = {
        name: table.num_rows
        for name, table in tables.items()
        if name.split("__")[1:2] and name.split("__")[1] in interactions
    }
    assert {name.split("__")[1] for name in rows} == set(interactions)
    assert min(rows.values()) > 300
    assert 60_000 <= sum(rows.values()) <= 120_000


def test_keys_are_unique_and_required_columns_filled(tables: dict[str, pa.Table]) -> None:
    for name, table in tables.items():
        element = element_type(name)
        key = ["id"] if isinstance(element, NodeType) else ["src", "dst", "key"]
        assert table.group_by(key).aggregate([]).num_rows == table.num_rows, name
        for prop in element.properties:
            if prop.required:
                assert table[prop.name].null_count == 0, (name, prop.name)
            if prop.choices:
                assert set(table[prop.name].drop_null().to_pylist()) <= set(prop.choices), (name, prop.name)


def test_rows_pass_the_validation_of_the_catalog(tables: dict[str, pa.Table]) -> None:
    validated = 0
    for name, table in tables.items():
        stamped = table.set_column(
            table.schema.get_field_index("loaded_at"), "loaded_at", pa.repeat(pa.scalar(LOADED), table.num_rows)
        )
        for row in stamped.slice(0, 50).to_pylist():
            validate(element_type(name), {key: value for key, value in row.items() if value is not None})
            validated += 1
    assert validated > 20 * len(tables)


def test_a_city_around_the_shipped_sample(tmp_path: Path) -> None:
    """The sample has all that a city needs: nothing is skipped, and each kind of interaction comes about."""
    with EmbeddedStore(tmp_path / "graph.duckdb") as store:
        store.migrate()
        for name, path in sample_loads():
            load(find_source(name), [path], store, quarantine_dir=tmp_path)
        report = synthesize(store, companies=1_000)
    assert report.skipped == ()
    for type_, target in (("APPLIED_TO", "Program"), ("LICENSED", "Technology"), ("OCCUPIES", "Space")):
        assert report.counts[f"Company__{type_}__{target}"] > 30


def test_no_relationship_dangles(background: Background, tables: dict[str, pa.Table]) -> None:
    real = {
        "Industry": set().union(*background.industries.ancestors),
        "Region": {"41", "41281", "41285", "41287"},
        "Center": set(background.centers["id"].to_pylist()),
        "Program": set(background.programs["id"].to_pylist()),
        "Technology": set(background.technologies["id"].to_pylist()),
        "TechField": set(background.fields["id"].to_pylist()),
        "Institution": set(background.institutions["id"].to_pylist()),
        "Topic": set(background.topics),
    }
    known = {
        n.label: real.get(n.label, set()) | set(tables[n.label]["id"].to_pylist() if n.label in tables else ())
        for n in NODE_TYPES
    }
    for name, table in tables.items():
        element = element_type(name)
        if isinstance(element, RelationType):
            assert set(table["src"].to_pylist()) <= known[element.source], name
            assert set(table["dst"].to_pylist()) <= known[element.target], name


def test_same_seed_same_city_other_seed_another(background: Background) -> None:
    def tables(seed: int) -> dict[str, pa.Table]:
        return city_tables(build_city(background, companies=300, seed=seed, until=UNTIL))

    first, again, other = tables(1), tables(1), tables(2)
    assert all(first[name].equals(again[name]) for name in first)
    assert not first["Company"].equals(other["Company"])
    assert not first["Company__APPLIED_TO__Program"].equals(other["Company__APPLIED_TO__Program"])


def test_an_empty_store_tells_what_to_load(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "empty.duckdb") as store:
        store.migrate()
        with pytest.raises(NotFoundError, match=r"no Program, no Technology.*dure demo.*dure load") as caught:
            synthesize(store, companies=100)
    assert "Center" in str(caught.value)
    assert "Region 41281" in str(caught.value)


def test_too_few_companies_are_refused(store: EmbeddedStore) -> None:
    with pytest.raises(ConfigError, match="companies=3 is too few"):
        synthesize(store, companies=3)


def test_without_fields_researchers_are_left_out_and_reported(store: EmbeddedStore) -> None:
    """Fields that only a made-up row brought do not count as surroundings."""
    field = node_type("TechField")
    ids = read(store, field)["id"].to_pylist()
    columns = {"id": ids, "name": ids}
    store.upsert_nodes(field, table_from_columns(field, columns, source="test", synthetic=True, loaded_at=LOADED))
    report = synthesize(store, companies=200)
    assert "no TechField" in report.skipped[0].en
    assert "Researcher" not in report.counts
    assert report.counts["Company__LICENSED__Technology"] > 0
    assert report.counts["Company__APPLIED_TO__Program"] > 0
