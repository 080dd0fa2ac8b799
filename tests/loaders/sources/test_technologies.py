"""Tests of the source ``technologies``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.samples import FOLDER
from loaders.sources.technologies import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import ends, write_csv


class TestTechnologies(LoaderContract):
    """The contract on its sample."""

    source = "technologies"
    spoil: ClassVar = {"title": "", "ipc": "센서", "status": "반려", "for_licence": "아마도"}

    def valid_file(self) -> Path:
        return FOLDER / "templates/technologies.csv"


def test_holders_fields_and_whether_it_is_offered(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FOLDER / "templates/technologies.csv"], store, quarantine_dir=tmp_path)
    nodes = [store.get_node(NodeRef("Technology", f"technologies:T00{n}")) or {} for n in (1, 2, 3)]

    assert [node.get("for_licence") for node in nodes] == [True, True, None]
    assert [node["status"] for node in nodes] == ["registered", "published", "registered"]
    assert ends(store, "Technology", "IN_FIELD", "TechField") >= {
        ("technologies:T001", "ipc:G01N"),
        ("technologies:T002", "ipc:G06V"),
    }
    (company,) = ends(store, "Company", "FILED", "Technology")
    assert company[1] == "technologies:T002"


def test_an_application_number_is_the_patents_own_node(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [
        {"번호": "10-2023-0003245", "기술명": "연삭량 측정", "보유기관": "고양산업진흥원", "이전 희망": "아니오"},
        {"번호": "2023-1", "기술명": "방열판", "보유기관": "고양산업진흥원", "이전 희망": ""},
    ]
    load(SOURCE, [write_csv(tmp_path / "t.csv", rows)], store, quarantine_dir=tmp_path)

    assert (store.get_node(NodeRef("Technology", "1020230003245")) or {})["for_licence"] is False
    assert "for_licence" not in (store.get_node(NodeRef("Technology", "technologies:2023-1")) or {})
    assert ends(store, "Institution", "LOCATED_IN", "Region") == {("고양산업진흥원", "41280")}
