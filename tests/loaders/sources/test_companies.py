"""Tests of the source ``companies``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from graph_schema.catalog import node_type
from graph_schema.model import NodeRef
from loaders.fields import Fields
from loaders.frame import load
from loaders.registry import SOURCES
from loaders.samples import FOLDER
from loaders.sources.companies import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import ends, read_csv, write_csv


class TestCompanies(LoaderContract):
    """The contract on its sample."""

    source = "companies"
    spoil: ClassVar = {"business_number": "123-45-67890", "employees": "열둘"}
    optional_pii: ClassVar = {"business_number": "123-45-67890", "phone": "010-1234-5678"}
    naming: ClassVar = ("business_number", "region")

    def valid_file(self) -> Path:
        return FOLDER / "templates/companies.csv"


def test_companies_without_a_number_are_told_apart_by_their_city(store: EmbeddedStore, tmp_path: Path) -> None:
    """One of two districts of a city is one, one of whose place nothing is told is known by its name."""
    rows = [
        {"기업명": "(주)대성", "사업자등록번호": "", "지역": "고양시 덕양구"},
        {"기업명": "대성", "사업자등록번호": "", "지역": "부천시"},
        {"기업명": "주식회사 대성", "사업자등록번호": "", "지역": ""},
        {"기업명": "대성", "사업자등록번호": "1234567891", "지역": "고양시 덕양구"},
    ]
    load(SOURCE, [write_csv(tmp_path / "c.csv", rows)], store, quarantine_dir=tmp_path)

    found = {
        id_: (store.get_node(NodeRef("Company", id_)) or {}).get("name")
        for id_ in ("name:대성@41280", "name:대성@41190", "name:대성", "brn:1234567891")
    }
    assert found == {
        "name:대성@41280": "(주)대성",
        "name:대성@41190": "대성",
        "name:대성": "주식회사 대성",
        "brn:1234567891": "대성",
    }


def test_a_need_names_its_company_by_name_and_city_too(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [{"기업명": "대성", "지역": "고양시 덕양구"}]
    load(SOURCE, [write_csv(tmp_path / "c.csv", rows)], store, quarantine_dir=tmp_path)
    need = [{"번호": "1", "제목": "판로", "종류": "애로", "기업명": "(주)대성", "지역": "고양시"}]
    load(SOURCES["needs"], [write_csv(tmp_path / "n.csv", need)], store, quarantine_dir=tmp_path)

    assert ends(store, "Company", "NEEDS", "Need") == {("name:대성@41280", "need:1")}


def test_a_person_who_has_yet_to_found_a_company_is_none(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [{"기업명": "예비창업자 홍길동"}, {"기업명": "(주)예비창업자모임"}]
    report = load(SOURCE, [write_csv(tmp_path / "c.csv", rows)], store, quarantine_dir=tmp_path)

    assert (report.loaded, report.quarantined) == (1, 1)
    assert report.quarantine_file is not None
    (fault,) = read_csv(report.quarantine_file)
    assert (fault["field"], fault["value"]) == ("name", "")
    assert "has yet to found a company" in fault["reason"]


@pytest.mark.parametrize("name", ["합계", "소 계", "계", "※ 문의: 기업지원과", "* 2026년 3월 기준"])
def test_what_stands_below_a_table_is_no_company(name: str) -> None:
    for source in ("companies", "annual-figures"):
        fields = Fields({"name": name, "year": "2025", "employees": "3"})
        SOURCES[source].transform(fields)
        assert [(each.field, each.reason.en) for each in fields.faults] == [
            ("name", "a line of sums or a note, not a company")
        ]
    kept = Fields({"name": "합계산업(주)"})
    SOURCES["companies"].transform(kept)
    assert not kept.faults


def test_a_company_has_the_point_of_its_neighbourhood_and_keeps_its_address(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    rows = [
        {"기업명": "가나", "지역": "고양시 덕양구", "주소": "경기도 고양시 덕양구 향기로 180 (향동동) 301호"},
        {"기업명": "다라", "지역": "고양시 덕양구 향동동", "주소": ""},
        {"기업명": "마바", "지역": "고양시 덕양구", "주소": ""},
        {"기업명": "사아", "지역": "", "주소": ""},
    ]
    load(SOURCE, [write_csv(tmp_path / "c.csv", rows)], store, quarantine_dir=tmp_path)
    ids = ("name:가나@41280", "name:다라@41280", "name:마바@41280", "name:사아")
    nodes = [store.get_node(NodeRef("Company", id_)) or {} for id_ in ids]

    assert [node.get("point_of") for node in nodes] == ["neighbourhood", "neighbourhood", "district", None]
    assert [(node.get("lat"), node.get("lon")) for node in nodes[:2]] == [(37.6011, 126.8922)] * 2
    public = {each.name for each in node_type("Company").public}
    assert {"lat", "lon", "point_of"} <= public
    assert "address" not in public


def test_the_day_of_issue_behind_a_certificate_is_kept(store: EmbeddedStore, tmp_path: Path) -> None:
    """Until when it is valid is for the law of the day that is asked about."""
    rows = [{"기업명": "대성", "지역": "고양시", "인증": "벤처기업(2024-03-31); 이노비즈"}]
    load(SOURCE, [write_csv(tmp_path / "c.csv", rows)], store, quarantine_dir=tmp_path)
    company = store.get_node(NodeRef("Company", "name:대성@41280")) or {}
    assert (company["certificates"], company["certificate_periods"]) == (
        ["벤처기업", "이노비즈"],
        ["2024-03-31/ 벤처기업"],
    )
