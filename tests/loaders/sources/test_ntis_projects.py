"""Tests of the source ``ntis-projects``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.sources.ntis_projects import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES, ends, everything


class TestNtisProjects(LoaderContract):
    """The contract on a made-up answer."""

    source = "ntis-projects"
    spoil: ClassVar = {"ProjectNumber": "", "ProjectPeriod/TotalStart": "2023-13-01"}
    optional_pii: ClassVar = {"Manager/Name": "홍길동"}

    def valid_file(self) -> Path:
        return FILES / "ntis_projects.xml"


def test_projects_their_organisations_and_fields_are_read_and_no_persons(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FILES / "ntis_projects.xml"], store, quarantine_dir=tmp_path)
    project = store.get_node(NodeRef("Project", "1799000042")) or {}
    period = str(project["starts_on"]), str(project["ends_on"])

    assert (project["title"], *period) == ("가상 센서 개발 1", "2023-07-01", "2026-06-30")
    assert project["funds_krw"] == 475_000_000
    assert ends(store, "Institution", "PARTICIPATED_IN", "Project") == {
        ("가나대학교", "1799000042"),
        ("가나재단", "1799000042"),
        ("가나재단", "1799000043"),
    }
    assert ends(store, "Company", "PARTICIPATED_IN", "Project") == {("name:다라정밀", "1799000043")}
    assert ends(store, "Institution", "LOCATED_IN", "Region") == {("가나대학교", "41")}
    assert ends(store, "Company", "LOCATED_IN", "Region") == {("name:다라정밀", "30")}
    assert ends(store, "Project", "IN_FIELD", "TechField") == {
        ("1799000042", "nst:EE0602"),
        ("1799000043", "nst:EE0602"),
    }
    assert ends(store, "TechField", "PART_OF", "TechField") == {("nst:EE0602", "nst:EE06"), ("nst:EE06", "nst:EE")}
    assert "홍길동" not in str(everything(store))
