"""Migrations are numbered without gaps and tell what a store lacks."""

from __future__ import annotations

import pytest

from graph_schema.catalog import ELEMENT_TYPES, OVERLAY_TYPES
from graph_schema.errors import StoreVersionError
from graph_schema.migrations import CURRENT_VERSION, MIGRATIONS, Migration, joined, pending

TWO = (Migration(1, "first", ("Company",)), Migration(2, "second", ("Region", "Company__LOCATED_IN__Region")))


def test_numbers_follow_each_other_and_names_differ() -> None:
    assert [migration.number for migration in MIGRATIONS] == list(range(1, CURRENT_VERSION + 1))
    assert len({migration.name for migration in MIGRATIONS}) == len(MIGRATIONS)


def test_together_they_make_the_whole_catalog() -> None:
    catalog = {element.name for element in (*ELEMENT_TYPES, *OVERLAY_TYPES)}
    assert {table for migration in MIGRATIONS for table in migration.tables} == catalog


def test_a_store_lacks_what_came_after_its_version() -> None:
    assert pending(0, TWO) == TWO
    assert pending(1, TWO) == TWO[1:]
    assert pending(2, TWO) == ()


def test_a_newer_store_is_refused() -> None:
    with pytest.raises(StoreVersionError, match=r"schema version 3, this code knows versions up to 2; update Dure"):
        pending(3, TWO)


def test_a_migration_names_catalog_elements() -> None:
    assert [str(element) for element in TWO[1].elements] == ["Region", "(Company)-[LOCATED_IN]->(Region)"]


def test_steps_are_joined_into_one_that_touches_each_table_once() -> None:
    """What a store lacks of all of them, in their order; where nothing is lacking there is nothing to do."""
    steps = (Migration(2, "one", ("Region", "Company")), Migration(3, "other", ("Company", "Center")))
    assert joined(steps) == (Migration(3, "other", ("Region", "Company", "Center")),)
    assert joined(()) == ()
