"""Tests of the source ``ventures``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.sources.ventures import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES, ends, write_csv


class TestVentures(LoaderContract):
    """The contract on made-up rows."""

    source = "ventures"
    spoil: ClassVar = {"업체명": "", "벤처유효시작일": "20261399"}

    def valid_file(self) -> Path:
        return FILES / "ventures.csv"


def test_ventures_carry_their_certificate_industry_and_city(store: EmbeddedStore, tmp_path: Path) -> None:
    """A name of an industry that revision 11 does not have is left open."""
    load(SOURCE, [FILES / "ventures.csv"], store, quarantine_dir=tmp_path)

    assert (store.get_node(NodeRef("Company", "name:가나소프트@41280")) or {})["certificates"] == ["벤처기업"]
    assert ends(store, "Company", "IN_INDUSTRY", "Industry") == {("name:가나소프트@41280", "ksic11:58221")}
    places = {("name:가나소프트@41280", "41280"), ("name:다라정밀@11545", "11545")}
    assert ends(store, "Company", "LOCATED_IN", "Region") == places


@pytest.mark.shared
def test_the_real_list_is_read(store: EmbeddedStore, shared_data: Path, tmp_path: Path) -> None:
    report = load(SOURCE, [shared_data / "companies/venture_companies.csv.gz"], store, quarantine_dir=tmp_path)

    assert report.read > 8_000
    assert report.quarantined < report.read / 500


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
