"""Cypher is made from the catalog, quoted, and may be run twice."""

from __future__ import annotations

from graph_schema.catalog import NODE_TYPES, node_type, relation_type
from graph_schema.cypher import (
    constraint_statements,
    index_statements,
    merge_nodes,
    merge_relationships,
    migration_statements,
    quoted,
)
from graph_schema.migrations import MIGRATIONS, Migration


def test_every_label_has_a_unique_id() -> None:
    statements = constraint_statements()
    assert len(statements) == len(NODE_TYPES) + sum(node.embedded for node in NODE_TYPES)
    assert "CREATE CONSTRAINT `Company_id` IF NOT EXISTS FOR (n:`Company`) REQUIRE n.`id` IS UNIQUE" in statements


def test_indexed_properties_have_a_range_index() -> None:
    wanted = "CREATE INDEX `Company_founded_on` IF NOT EXISTS FOR (x:`Company`) ON (x.`founded_on`)"
    assert wanted in index_statements()


def test_every_caption_has_a_range_index() -> None:
    """A name that is typed in part is found by it, and suggested."""
    statements = "".join(index_statements())
    assert all(f"FOR (x:`{node.label}`) ON (x.`{node.caption}`)" in statements for node in NODE_TYPES)


def test_indexed_properties_of_relationships_have_an_index_a_type() -> None:
    statements = index_statements()
    assert statements.count("CREATE INDEX `FILED_on` IF NOT EXISTS FOR ()-[x:`FILED`]-() ON (x.`on`)") == 1
    assert "CREATE INDEX `OFFERED_BY_role` IF NOT EXISTS FOR ()-[x:`OFFERED_BY`]-() ON (x.`role`)" in statements
    assert "CREATE INDEX `RECOMMENDED_run` IF NOT EXISTS FOR ()-[x:`RECOMMENDED`]-() ON (x.`run`)" in statements


def test_one_full_text_index_covers_the_search_text_of_all_labels_alone() -> None:
    """An index over properties would span every label, and so what is personal in another."""
    (statement,) = [s for s in index_statements() if "FULLTEXT" in s]
    assert all(f"`{node.label}`" in statement for node in NODE_TYPES)
    assert "`fulltext.analyzer`: 'cjk'" in statement
    assert "ON EACH [n.`search_text`]" in statement


def test_labels_with_an_embedding_have_a_vector_index() -> None:
    vectors = [statement for statement in index_statements() if "VECTOR" in statement]
    embedded = [node for node in NODE_TYPES if node.embedded]
    assert len(vectors) == len(embedded) > 0
    assert all("`vector.dimensions`: 384" in s and "'cosine'" in s for s in vectors)


def test_no_label_of_the_graph_has_a_vector_index() -> None:
    """Vectors lie apart, each found by the id of its node."""
    statements = "".join(index_statements())
    embedded = [node for node in NODE_TYPES if node.embedded]
    assert all(f"FOR (n:`_Dure{node.label}Embedding`) ON (n.`embedding`)" in statements for node in embedded)
    unique = "".join(constraint_statements())
    assert all(f"FOR (n:`_Dure{node.label}Embedding`) REQUIRE n.`id` IS UNIQUE" in unique for node in embedded)


def test_every_statement_may_be_run_twice() -> None:
    statements = migration_statements(MIGRATIONS[0])
    assert all("IF NOT EXISTS" in s or "IF EXISTS" in s for s in statements)


def test_a_migration_touches_its_own_tables_and_makes_the_full_text_index_anew() -> None:
    statements = migration_statements(Migration(2, "region codes", ("Region",)))
    drop = statements.index("DROP INDEX `dure_search` IF EXISTS")
    assert any("FULLTEXT" in s for s in statements[drop:])
    assert all("Region" in s for i, s in enumerate(statements) if i != drop)
    assert not any("FOR (x:`Company`)" in s for s in statements)


def test_values_travel_as_parameters() -> None:
    assert merge_nodes(node_type("Company")).startswith("UNWIND $rows AS row MERGE (n:`Company` {`id`: row[")
    assert "ON CREATE SET" in merge_nodes(node_type("Company"), stub=True)
    assert "MERGE (a)-[r:`FILED` {`key`: row[" in merge_relationships(relation_type("Company", "FILED", "Technology"))


def test_names_are_quoted() -> None:
    assert quoted("odd`name") == "`odd``name`"
