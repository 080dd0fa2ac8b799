"""Tests of the source ``ventures``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import ClassVar

import pytest

from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.samples import FOLDER
from loaders.sources.ventures import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES, ends, everything, read_csv, write_csv


class TestVentures(LoaderContract):
    """The contract on made-up rows."""

    source = "ventures"
    spoil: ClassVar = {"업체명": "", "벤처유효시작일": "20261399"}

    def valid_file(self) -> Path:
        return FILES / "ventures.csv"


def test_ventures_carry_their_certificate_industry_and_city(store: EmbeddedStore, tmp_path: Path) -> None:
    """A name of an industry that revision 11 does not have is left open."""
    load(SOURCE, [FILES / "ventures.csv"], store, quarantine_dir=tmp_path)

    company = store.get_node(NodeRef("Company", "name:가나소프트@41280")) or {}
    assert company["certificates"] == ["벤처기업"]
    assert company["certificate_periods"] == ["2026-03-31/2029-03-30 벤처기업"]
    assert ends(store, "Company", "IN_INDUSTRY", "Industry") == {("name:가나소프트@41280", "ksic11:58221")}
    places = {("name:가나소프트@41280", "41280"), ("name:다라정밀@11545", "11545")}
    assert ends(store, "Company", "LOCATED_IN", "Region") == places


@pytest.mark.shared
def test_the_real_list_is_read(store: EmbeddedStore, shared_data: Path, tmp_path: Path) -> None:
    """Of 8,728 rows 105 name a person who has yet to found a company; none of them gets in."""
    report = load(SOURCE, [shared_data / "companies/venture_companies.csv.gz"], store, quarantine_dir=tmp_path)

    assert report.read == 8_728
    assert report.quarantine_file is not None
    reasons = Counter(fault["reason"] for fault in read_csv(report.quarantine_file))
    assert reasons["a person who has yet to found a company, not a company"] == 105
    assert report.quarantined - 105 < report.read / 500
    assert not [row["id"] for row in everything(store)["Company"] if "예비창업자" in row["name"]]


@pytest.mark.parametrize(
    "name", ["예비창업자 홍길동", "예비창업자 KIM SANG", "예비 창업자 홍길동", "예비창업팀 홍길동"]
)
def test_a_person_who_has_yet_to_found_a_company_is_refused_without_the_name(
    name: str, store: EmbeddedStore, tmp_path: Path
) -> None:
    row = {"업체명": name, "간략주소": "경기 고양시", "벤처유효시작일": "20260101", "벤처유효종료일": "20281231"}
    report = load(SOURCE, [write_csv(tmp_path / "v.csv", [row])], store, quarantine_dir=tmp_path)

    assert (report.loaded, report.quarantined) == (0, 1)
    assert report.quarantine_file is not None
    assert name.rsplit(maxsplit=1)[-1] not in report.quarantine_file.read_text(encoding="utf-8")
    assert "Company" not in everything(store)


def test_two_companies_of_one_name_in_two_cities_are_two(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [
        {"업체명": "주식회사 두리컴퍼니", "간략주소": "대전광역시 유성구", "주생산품": "치과 주조용 합금"},
        {"업체명": "주식회사 두리컴퍼니", "간략주소": "경기 성남시", "주생산품": "가공식품"},
    ]
    dates = {"벤처유효시작일": "20260101", "벤처유효종료일": "20281231"}
    report = load(
        SOURCE, [write_csv(tmp_path / "v.csv", [row | dates for row in rows])], store, quarantine_dir=tmp_path
    )

    assert (report.loaded, report.quarantined) == (2, 0)
    places = {("name:두리컴퍼니@30200", "30200"), ("name:두리컴퍼니@41130", "41130")}
    assert ends(store, "Company", "LOCATED_IN", "Region") == places


def test_the_sample_has_place_trade_products_form_and_point_of_every_company(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    load(SOURCE, [FOLDER / "ventures.csv"], store, quarantine_dir=tmp_path)
    companies = everything(store)["Company"]

    assert len(companies) == 77
    assert {row["legal_form"] for row in companies} == {"corporation"}
    assert all(row["products"] for row in companies)
    for relation, end in (("LOCATED_IN", "Region"), ("IN_INDUSTRY", "Industry")):
        assert {src for src, _ in ends(store, "Company", relation, end)} == {row["id"] for row in companies}
    assert {(row["lat"], row["lon"], row["point_of"]) for row in companies} == {(37.6732, 126.8106, "district")}
