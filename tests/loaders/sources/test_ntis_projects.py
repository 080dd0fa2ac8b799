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


def test_projects_their_organisations_and_fields_are_read(store: EmbeddedStore, tmp_path: Path) -> None:
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


def test_researchers_are_persons_of_one_project_each(store: EmbeddedStore, tmp_path: Path) -> None:
    """Both projects are led by a person of the same name: who knows whether it is one? Ids and captions name nobody."""
    load(SOURCE, [FILES / "ntis_projects.xml"], store, quarantine_dir=tmp_path)
    found = {row["id"]: row for row in everything(store)["Researcher"]}
    first = found["ntis-projects:1799000042:manager"]

    assert sorted(found) == [
        f"ntis-projects:{project}:{place}"
        for project in ("1799000042", "1799000043")
        for place in ("manager", "member-1", "member-2")
    ]
    assert (first["name"], first["headline"]) == ("홍길동", "연구책임자 · 가나대학교 · S/W솔루션")
    assert {row["consented_on"] for row in found.values()} == {None}
    names = ("홍길동", "김가나", "이다라")
    assert not [row for row in found.values() if any(name in row["headline"] + row["id"] for name in names)]
    assert ends(store, "Researcher", "AFFILIATED_WITH", "Institution") == {(first["id"], "가나대학교")}
    assert ends(store, "Researcher", "PARTICIPATED_IN", "Project") == {(id_, id_.split(":")[1]) for id_ in found}


def test_namesakes_of_one_project_are_two_and_its_leader_is_one(store: EmbeddedStore, tmp_path: Path) -> None:
    text = (FILES / "ntis_projects.xml").read_text(encoding="utf-8")
    path = tmp_path / "a.xml"
    path.write_text(text.replace("김가나;이다라", "홍길동;김가나;김가나"), encoding="utf-8")
    load(SOURCE, [path], store, quarantine_dir=tmp_path)
    names = [row["name"] for row in everything(store)["Researcher"] if "1799000042" in row["id"]]

    assert sorted(names) == ["김가나", "김가나", "홍길동"]


def test_a_marked_word_within_a_title_is_part_of_it(store: EmbeddedStore, tmp_path: Path) -> None:
    """The live answer marks it by an element of its own, saved ones by its escaped text."""
    text = (FILES / "ntis_projects.xml").read_text(encoding="utf-8").replace("&lt;", "<").replace("&gt;", ">")
    path = tmp_path / "a.xml"
    path.write_text(text, encoding="utf-8")
    report = load(SOURCE, [path], store, quarantine_dir=tmp_path)

    assert report.loaded == 2
    assert (store.get_node(NodeRef("Project", "1799000042")) or {})["title"] == "가상 센서 개발 1"
