"""Tests of the source ``ntis-results``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.recognition import source_of
from loaders.sources import kipris, ntis_projects
from loaders.sources.ntis_results import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES, ends, everything, write_csv

RESULTS = FILES / "ntis_results.xml"
PAPER = "ntis-results:JNL-2025-001"


class TestNtisResults(LoaderContract):
    """The contract on a made-up answer."""

    source = "ntis-results"
    spoil: ClassVar = {"ResultID": "", "ResultTitle": ""}
    optional_pii: ClassVar = {"Author": "홍길동"}

    def valid_file(self) -> Path:
        return RESULTS


def test_the_answer_is_known_beside_that_of_projects() -> None:
    assert source_of(RESULTS).name == "ntis-results"
    assert source_of(FILES / "ntis_projects.xml").name == "ntis-projects"


def test_results_are_joined_to_projects_organisations_and_fields(store: EmbeddedStore, tmp_path: Path) -> None:
    load(ntis_projects.SOURCE, [FILES / "ntis_projects.xml"], store, quarantine_dir=tmp_path)
    load(SOURCE, [RESULTS], store, quarantine_dir=tmp_path)

    assert ends(store, "Project", "PRODUCED", "Technology") == {
        ("1799000042", PAPER),
        ("1799000043", PAPER),
        ("1799000042", "1020250001234"),
        ("1799000043", "ntis-results:PAT-2025-003"),
        ("1799000099", "ntis-results:TRKO-2025-004"),
    }
    assert ends(store, "Company", "DEVELOPED", "Technology") == {
        ("name:다라정밀", PAPER),
        ("name:다라정밀", "ntis-results:PAT-2025-003"),
    }
    assert ("가나대학교", PAPER) in ends(store, "Institution", "DEVELOPED", "Technology")
    assert ends(store, "Technology", "IN_FIELD", "TechField") == {(PAPER, "nst:EE0602")}
    assert (store.get_node(NodeRef("Technology", PAPER)) or {})["title"] == "가상 센서의 보정"


def test_no_right_stands_behind_papers_and_reports(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [RESULTS], store, quarantine_dir=tmp_path)

    assert {row["id"]: row["status"] for row in everything(store)["Technology"]} == {
        PAPER: "unprotected",
        "ntis-results:TRKO-2025-004": "unprotected",
        "ntis-results:PAT-2025-003": "registered",
        "1020250001234": "unknown",
    }


def test_authors_and_filers_who_may_be_persons_are_left_out(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [RESULTS], store, quarantine_dir=tmp_path)

    assert ends(store, "Institution", "FILED", "Technology") == {("가나대학교산학협력단", "1020250001234")}
    assert not [name for name in ("홍길동", "김가나", "이다라") if name in str(everything(store))]


def test_a_result_of_an_unknown_project_is_kept_counted_and_joined_later(store: EmbeddedStore, tmp_path: Path) -> None:
    first = load(SOURCE, [RESULTS], store, quarantine_dir=tmp_path)
    waiting = store.get_node(NodeRef("Project", "1799000042")) or {}
    load(ntis_projects.SOURCE, [FILES / "ntis_projects.xml"], store, quarantine_dir=tmp_path)
    again = load(SOURCE, [RESULTS], store, quarantine_dir=tmp_path)
    joined = store.get_node(NodeRef("Project", "1799000042")) or {}

    assert (first.loaded, first.awaited) == (5, {"Project": 3})
    assert (waiting["title"], waiting.get("funds_krw")) == ("가상 센서 개발 1", None)
    assert (again.unchanged, again.awaited) == (5, {"Project": 1})
    assert joined["funds_krw"] == 475_000_000
    assert ("1799000042", PAPER) in ends(store, "Project", "PRODUCED", "Technology")


def test_a_korean_application_is_the_patent_that_kipris_has(store: EmbeddedStore, tmp_path: Path) -> None:
    patents = tmp_path / "patents.csv"
    patents.write_text(
        "applicationNumber,inventionTitle,applicant_orgs,registerStatus\n1020250001234,센서 장치,가나대학교,공개\n",
        encoding="utf-8",
    )
    load(kipris.SOURCE, [patents], store, quarantine_dir=tmp_path)
    load(SOURCE, [RESULTS], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Technology", "1020250001234")) or {}

    assert (node["title"], node["status"], node["source"]) == ("센서 장치", "published", "kipris")
    assert ("1799000042", "1020250001234") in ends(store, "Project", "PRODUCED", "Technology")


def test_rows_of_one_result_that_differ_do_not_take_turns(store: EmbeddedStore, tmp_path: Path) -> None:
    """With and without a project, and as an application beside a registered right: each load would undo the other."""
    row = {
        "ResultID": "PAT-1",
        "ResultTitle": "가상 회로",
        "ProjectID": "1799000042",
        "RegistType": "출원",
        "RegistCountry": "대한민국",
        "IprType": "특허",
        "RegistNumber": "10-2025-0001234",
        "PerformAgency/Name": "가나대학교",
    }
    registered = row | {"RegistType": "등록", "RegistNumber": "10-1234567"}
    rows = [row, registered, registered | {"ProjectID": "", "ResultTitle": "가상 회로 장치"}]
    path = write_csv(tmp_path / "r.csv", rows)
    reports = [load(SOURCE, [path], store, quarantine_dir=tmp_path) for _ in range(3)]

    assert [(each.loaded, each.closed) for each in reports] == [(3, 0), (0, 0), (0, 0)]
    assert {end for _, end in ends(store, "Project", "PRODUCED", "Technology")} == {
        "1020250001234",
        "ntis-results:PAT-1",
    }
    assert (store.get_node(NodeRef("Technology", "ntis-results:PAT-1")) or {})["title"] == "가상 회로"
