"""Tests of the source ``institutions``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from graph_schema.catalog import node_type
from graph_schema.model import NodeRef
from loaders import regions
from loaders.frame import load
from loaders.names import institution_ref
from loaders.registry import SOURCES
from loaders.samples import FOLDER
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import ends, read_csv


class TestInstitutions(LoaderContract):
    """The contract on its sample."""

    source = "institutions"
    spoil: ClassVar = {"region": "어디에도 없는 곳"}

    def valid_file(self) -> Path:
        return FOLDER / "templates/institutions.csv"


def test_a_university_is_where_the_list_says_whatever_its_name(store: EmbeddedStore, tmp_path: Path) -> None:
    """The patents name it first: it stays one node, of the kind that its name tells."""
    load(SOURCES["kipris"], [FOLDER / "patents.csv"], store, quarantine_dir=tmp_path)
    load(SOURCES["institutions"], [FOLDER / "institutions.csv"], store, quarantine_dir=tmp_path)
    located = ends(store, "Institution", "LOCATED_IN", "Region")
    assert ("충남대학교산학협력단", "30200") in located
    assert ("국립암센터", "41285") in located
    assert (store.get_node(NodeRef("Institution", "충남대학교산학협력단")) or {})["kind"] == "university"
    named = [id_ for batch in store.read_nodes(node_type("Institution")) for id_ in batch.column("id").to_pylist()]
    assert [id_ for id_ in named if "충남대" in id_] == ["충남대학교산학협력단"]


def test_the_sample_names_institutions_once_and_real_regions() -> None:
    rows = read_csv(FOLDER / "institutions.csv")
    assert len({institution_ref(row["기관명"]).id for row in rows}) == len(rows) == 61
    assert all(regions.find(row["지역"]) for row in rows)
