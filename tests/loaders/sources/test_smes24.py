"""Tests of the source ``smes24``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import ClassVar

import pytest

from graph_schema.errors import SourceError
from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.sources.smes24 import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES, ends


class TestSmes24(LoaderContract):
    """The contract on a made-up answer."""

    source = "smes24"
    spoil: ClassVar = {"pblancSeq": "", "pblancEndDt": "2026-13-01"}

    def valid_file(self) -> Path:
        return FILES / "smes24.json"


def test_eligibility_is_read_from_its_fields(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FILES / "smes24.json"], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Program", "smes24:90000041")) or {}
    names = "nationwide", "min_company_age", "max_company_age", "min_employees", "max_employees", "max_support_krw"

    assert [node[name] for name in names] == [True, 3, 7, 5, 49, 100_000_000]
    assert (node["certificates"], node["targets"]) == (["메인비즈", "벤처기업"], ["mid_size", "sme"])
    assert (str(node["apply_from"]), str(node["apply_until"]), node["window_kind"]) == (
        "2026-06-01",
        "2026-12-31",
        "fixed",
    )


def test_what_is_not_entered_or_not_documented_stays_open(store: EmbeddedStore, tmp_path: Path) -> None:
    """No limit is made up from a 0; a code that is not known is kept, and its kind of applicant is ``other``."""
    load(SOURCE, [FILES / "smes24.json"], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Program", "smes24:90000042")) or {}

    assert not {"min_company_age", "max_company_age", "min_employees", "max_support_krw"} & node.keys()
    assert (node["title"], node["window_kind"]) == ("가상 (경기) 시제품 지원", "unknown")
    assert (node["certificates"], node["targets"]) == (["EC99"], ["other"])
    assert ends(store, "Program", "TARGETS", "Region") == {("smes24:90000042", "41"), ("smes24:90000042", "28")}


def test_trades_in_words_and_sales_without_a_unit_are_left_to_people(store: EmbeddedStore, tmp_path: Path) -> None:
    answer = json.loads((FILES / "smes24.json").read_text("utf-8"))
    answer["data"][0] |= {"induty": "로봇", "minSalsAmt": "0", "maxSalsAmt": "5000"}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(answer, ensure_ascii=False), "utf-8")
    load(SOURCE, [path], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Program", "smes24:90000041")) or {}

    assert node["unread"] == ["industry@industry_text:0 로봇", "revenue@minSalsAmt:0 0~5000"]


def test_an_error_of_the_portal_is_told(store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"resultCd": "14", "resultMsg": "등록되지 않은 인증키", "data": None}), "utf-8")

    with pytest.raises(SourceError, match=r"등록되지 않은 인증키 \(code 14\)"):
        load(SOURCE, [path], store, quarantine_dir=tmp_path)
