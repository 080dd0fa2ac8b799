"""Tests of the source ``kipris``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest

from graph_schema.catalog import relation_type
from graph_schema.errors import SourceError
from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.samples import FOLDER
from loaders.sources.kipris import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES, ends, everything


class TestKipris(LoaderContract):
    """The contract on its sample."""

    source = "kipris"
    spoil: ClassVar = {"applicationNumber": "10-2023", "applicationDate": "2023"}

    def valid_file(self) -> Path:
        return FOLDER / "patents.csv"


class TestKiprisWordSearch(LoaderContract):
    """The contract on an answer of the word search."""

    source = "kipris"
    spoil: ClassVar = {"applicationNumber": ""}

    def valid_file(self) -> Path:
        return FILES / "kipris_word_search.xml"


class TestKiprisAdvancedSearch(LoaderContract):
    """The contract on an answer of the advanced search."""

    source = "kipris"
    spoil: ClassVar = {"inventionTitle": ""}

    def valid_file(self) -> Path:
        return FILES / "kipris_advanced_search.xml"


def test_applicants_become_companies_and_institutions_that_filed_together(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FILES / "kipris_word_search.xml"], store, quarantine_dir=tmp_path)

    assert ends(store, "Company", "FILED", "Technology") == {("name:두루기술", "1020230003245")}
    assert ends(store, "Institution", "FILED", "Technology") == {("고양대학교산학협력단", "1020230003245")}
    (joint,) = [
        row
        for batch in store.read_relationships(relation_type("Company", "CO_FILED_WITH", "Institution"))
        for row in batch.to_pylist()
    ]
    assert (joint["src"], joint["dst"]) == ("name:두루기술", "고양대학교산학협력단")
    assert (joint["key"], joint["on"]) == ("1020230003245", date(2023, 1, 10))


def test_persons_who_file_are_not_kept(store: EmbeddedStore, tmp_path: Path) -> None:
    report = load(SOURCE, [FILES / "kipris_word_search.xml"], store, quarantine_dir=tmp_path)

    assert report.loaded == 2, "a patent of persons alone is a technology without applicants"
    assert "홍길동" not in str(everything(store))
    assert store.get_node(NodeRef("Technology", "1020220062084")) is not None


def test_codes_hang_in_the_tree_of_the_classification(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FILES / "kipris_advanced_search.xml"], store, quarantine_dir=tmp_path)

    assert ends(store, "Technology", "IN_FIELD", "TechField") == {
        ("1020210012345", "ipc:G01D"),
        ("1020210012345", "ipc:H04Q"),
    }
    assert ends(store, "TechField", "PART_OF", "TechField") == {
        ("ipc:G01D", "ipc:G01"),
        ("ipc:G01", "ipc:G"),
        ("ipc:H04Q", "ipc:H04"),
        ("ipc:H04", "ipc:H"),
    }
    technology = store.get_node(NodeRef("Technology", "1020210012345"))
    assert technology is not None
    assert technology["ipc"] == ["G01D 5/12", "H04Q 9/00"]
    assert (technology["status"], technology["registered_on"]) == ("registered", date(2024, 1, 2))


def test_co_applicants_of_one_kind_are_linked_in_one_direction(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FILES / "kipris_advanced_search.xml"], store, quarantine_dir=tmp_path)

    assert ends(store, "Company", "CO_FILED_WITH", "Company") == {("name:가나전자", "name:두루기술")}


def test_an_error_answer_is_told_as_one(store: EmbeddedStore, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="등록되지 않은 서비스키"):
        load(SOURCE, [FILES / "kipris_error.xml"], store, quarantine_dir=tmp_path)


def _search(tmp_path: Path, *items: dict[str, str]) -> Path:
    """Write an answer of getAdvancedSearch."""
    texts = ("".join(f"<{tag}>{text}</{tag}>" for tag, text in item.items()) for item in items)
    body = "".join(f"<item>{text}</item>" for text in texts)
    path = tmp_path / "answer.xml"
    path.write_text(
        f"<response><header><resultCode>00</resultCode></header><body><items>{body}</items></body></response>",
        encoding="utf-8",
    )
    return path


FOUND = {
    "inventionTitle": "가상 장치",
    "ipcNumber": "G06F 3/01(2006.01.01)|G02B 27/01 (2006.01)",
    "applicationNumber": "1020240900011",
    "applicationDate": "2024/01/02 00:00:00",
    "applicantName": "주식회사 가나;(재)다라",
}


def test_dates_with_times_versions_of_the_classification_and_semicolons_are_read(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    path = _search(tmp_path, FOUND, {"applicationNumber": "1020240900012", "inventionTitle": "비공개"})
    report = load(SOURCE, [path], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Technology", "1020240900011")) or {}

    assert (report.loaded, report.quarantined, str(node["applied_on"])) == (1, 1, "2024-01-02")
    assert {end for _, end in ends(store, "Technology", "IN_FIELD", "TechField")} == {"ipc:G06F", "ipc:G02B"}
    assert ends(store, "Company", "CO_FILED_WITH", "Institution") == {("name:가나", "다라")}


def test_the_first_item_does_not_decide_which_fields_an_answer_has(store: EmbeddedStore, tmp_path: Path) -> None:
    path = _search(tmp_path, {"applicationNumber": "1020240900012", "inventionTitle": "비공개"}, FOUND)
    report = load(SOURCE, [path], store, quarantine_dir=tmp_path)

    assert (report.loaded, report.quarantined) == (1, 1)


def test_an_answer_about_trademarks_is_told_as_another_service(store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        "<response><header><resultCode/></header><body><items><TotalSearchCount>1</TotalSearchCount>"
        "<TradeMarkInfo><Title>가상</Title></TradeMarkInfo></items></body></response>",
        encoding="utf-8",
    )
    with pytest.raises(SourceError, match="counts 1 hits and holds no PatentUtilityInfo or item"):
        load(SOURCE, [path], store, quarantine_dir=tmp_path)


def test_a_code_without_a_title_is_called_by_itself_and_reported(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = "applicationNumber,inventionTitle,applicant_orgs,ipc\n"
    rows += "1020230000001,센서,두루기술 주식회사,G01N 21/00|H99X 1/00\n"
    (tmp_path / "patents.csv").write_text(rows, encoding="utf-8")
    report = load(SOURCE, [tmp_path / "patents.csv"], store, quarantine_dir=tmp_path)

    assert report.unnamed_codes == ("H99X",)
    titles = {code: store.get_node(NodeRef("TechField", f"ipc:{code}")) for code in ("G01", "G01N", "H99X")}
    assert [(node or {}).get("name") for node in titles.values()] == ["측정·시험", "재료의 조사·분석", "H99X"]
    assert (titles["G01N"] or {})["name_en"] == "Analysing materials"
