"""A snapshot is written from a store that was checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.catalog import node_type
from graph_schema.columns import table_from_columns
from graph_schema.errors import StoredFaultsError
from recommender.snapshot.snapshot import write_snapshot
from stores.base import CheckReport
from stores.embedded import EmbeddedStore

COMPANY = node_type("Company")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Make a store with one company."""
    path = tmp_path / "graph.duckdb"
    with EmbeddedStore(path) as store:
        store.migrate()
        store.upsert_nodes(COMPANY, table_from_columns(COMPANY, {"id": ["a"], "name": ["두레정밀"]}, source="test"))
    return path


def test_who_writes_hears_of_the_check(file: Path, tmp_path: Path) -> None:
    """A file may be read-only: only loaders write it, so there is nothing to adopt."""
    reports: list[CheckReport] = []
    with EmbeddedStore(file, read_only=True) as store:
        snapshot = write_snapshot(store, tmp_path / "snapshots", checked=reports.append)
    assert snapshot.vocabulary("Company").ids() == ["a"]
    assert "search_text" not in snapshot.nodes("Company").column_names
    assert [(list(report.refused), list(report.adoptable)) for report in reports] == [([], [])]


def test_a_store_that_breaks_the_catalog_gives_no_snapshot(file: Path, tmp_path: Path) -> None:
    """The snapshot that is there stays the current one."""
    folder = tmp_path / "snapshots"
    with EmbeddedStore(file) as store:
        kept = write_snapshot(store, folder).id
        columns = {"id": ["b"], "name": ["한빛"], "legal_form": ["주식회사"]}
        store.upsert_nodes(COMPANY, table_from_columns(COMPANY, columns, source="test"))
        with pytest.raises(StoredFaultsError, match="Company:b legal_form='주식회사': is not among the choices"):
            write_snapshot(store, folder)
    assert (folder / "current").read_text().strip() == kept
    assert [path.name for path in folder.iterdir() if path.is_dir()] == [kept]
