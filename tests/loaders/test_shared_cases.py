"""Files of shapes and faults that nobody of the project made: each is read right, or refused in words of what it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.registry import SOURCES
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import ends

pytestmark = pytest.mark.shared
Read = tuple[str, str, tuple[int, int], str, Mapping[str, object]]
Linked = tuple[str, str, str, set[str]]

READ: list[Read] = [
    # source, file, loaded and quarantined, a node, and what it says
    ("kstartup", "a01_kstartup_col.xml", (1, 0), "Program kstartup:900001", {"max_company_age": 7}),
    ("kstartup", "a02_kstartup_list.json", (1, 0), "Program kstartup:900001", {"window_kind": "fixed"}),
    ("bizinfo", "a03_items_is_list.json", (1, 0), "Program PBLN_000000000900001", {"targets": ["sme"]}),
    ("bizinfo", "a04_euckr.xml", (1, 0), "Program PBLN_000000000900004", {"title": "가상 공고"}),
    ("bizinfo", "a10_portal_export.csv", (1, 0), "Program PBLN_000000000900010", {"apply_until": "2026-08-31"}),
    ("kipris", "a11_slash_time.xml", (1, 0), "Technology 1020240900011", {"registered_on": "2024-01-15"}),
    ("kipris", "a12_state_nested.xml", (1, 0), "Institution 가나대학교", {"kind": "university"}),
    ("kipris", "a37_first_without_applicant.xml", (1, 1), "Technology 1020240900037", {}),
    ("companies", "a21_blank_lines.csv", (1, 1), "Company name:가나정밀@41280", {}),
    ("companies", "a23_near_headers.csv", (1, 0), "Company name:가나정밀@41280", {"employees": 15, "revenue_krw": 1e6}),
    ("companies", "a24_zero_width.csv", (1, 0), "Company name:가나정밀@41280", {}),
    ("companies", "a25_tabs.txt", (1, 0), "Company brn:1234567891", {}),
    ("companies", "a25_excel_unicode.txt", (1, 0), "Company brn:1234567891", {}),
    ("companies", "a26_title_rows.csv", (1, 0), "Company brn:1234567891", {}),
    ("companies", "a27_aniyo.csv", (1, 0), "Company brn:1234567891", {}),
    ("companies", "a30_dates.csv", (2, 0), "Company name:다라@41280", {"founded_on": "2019-01-02"}),
    ("companies", "a31_number_forms.csv", (1, 2), "Company brn:1234567891", {}),
    ("companies", "a32_industries.csv", (3, 0), "Company name:마바@41280", {}),
    ("companies", "a34_stray_quote.csv", (2, 1), "Company name:마바@41280", {}),
    ("centers", "a28_dash.csv", (1, 0), "Center 가나센터@52113", {"land_area_m2": None}),
    ("bizinfo", "a36_lists_in_json.json", (1, 0), "Program PBLN_000000000900036", {"targets": ["micro", "sme"]}),
    ("bizinfo", "a38_windows.csv", (5, 0), "Program PBLN_000000000900385", {"window_kind": "until_filled"}),
    ("bizinfo", "a38_windows.csv", (5, 0), "Program PBLN_000000000900384", {"apply_until": "2026-01-31"}),
    ("bizinfo", "a39_body.csv", (3, 0), "Program PBLN_000000000900391", {"min_company_age": 3, "max_support_krw": 1e8}),
    ("bizinfo", "a39_body.csv", (3, 0), "Program PBLN_000000000900393", {"targets": ["large", "mid_size"]}),
    ("smes24", "a41_smes24.json", (1, 0), "Program smes24:90000041", {"certificates": ["메인비즈", "벤처기업"]}),
    ("smes24", "a41_smes24.json", (1, 0), "Program smes24:90000041", {"min_employees": 5, "max_employees": 49}),
    ("ntis-projects", "a42_ntis_project.xml", (1, 0), "Project 1799000042", {"ends_on": "2026-06-30"}),
    ("factories", "a43_factories.csv", (1, 0), "Company name:가나정밀@41280", {"employees": 15}),
    ("factories", "a43_factories_public5.csv", (1, 0), "Company name:가나정밀@41280", {"products": "측정기"}),
    ("regions", "a46_legal_dong.txt", (2, 0), "Region 11680", {"level": 2}),
]
LINKED: list[Linked] = [
    # source, file, relationship, its ends
    ("kstartup", "a01_kstartup_col.xml", "Program TARGETS Region", {"41"}),
    ("kipris", "a13_ipc_version.xml", "Technology IN_FIELD TechField", {"ipc:G06F", "ipc:G02B"}),
    ("companies", "a16_teukrye.csv", "Company LOCATED_IN Region", {"41285"}),
    ("centers", "a17_new_province.csv", "Center LOCATED_IN Region", {"29200"}),
    ("companies", "a18_legal_dong_code.csv", "Company LOCATED_IN Region", {"41285"}),
    ("bizinfo", "a19_city_tag.json", "Program TARGETS Region", {"41280"}),
    (
        "companies",
        "a33_ksic10.csv",
        "Company IN_INDUSTRY Industry",
        {"ksic10:56191", "ksic11:56150", "ksic10:10712", "ksic11:10602"},
    ),
    ("bizinfo", "a40_region_contradiction.csv", "Program TARGETS Region", {"31", "47150"}),
    ("ntis-projects", "a42_ntis_project.xml", "Project IN_FIELD TechField", {"nst:EE0602"}),
    ("factories", "a43_factories.csv", "Company LOCATED_IN Center", {"가나지식산업센터@41285"}),
    ("stores", "a44_stores.csv", "Company IN_INDUSTRY Industry", {"ksic10:56191", "ksic11:56150"}),
    ("centers", "a45_centers_odcloud.json", "Center LOCATED_IN Region", {"41285"}),
]
REFUSED = [
    ("bizinfo", "a05_deep.json", "is nested deeper than any answer"),
    ("bizinfo", "a07_gateway.json", "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR (code 22)"),
    ("kstartup", "a08_error_page.html", "is a web page, saved instead of an answer"),
    ("bizinfo", "a09_late_doctype.xml", "declares a document type"),
    ("kipris", "a15_trademark.xml", "counts 1 hits"),
    ("companies", "a22_header_twice.csv", "has the column 지역 twice"),
    ("companies", "a35_book.xlsx", "is no Excel workbook that can be opened"),
]


@pytest.fixture
def cases(shared_data: Path) -> Path:
    return shared_data.parent / "cases" / "loaders"


@pytest.mark.parametrize("case", READ, ids=lambda case: case[1])
def test_a_file_is_read_right(case: Read, store: EmbeddedStore, cases: Path, tmp_path: Path) -> None:
    source, file, counts, node, says = case
    report = load(SOURCES[source], [cases / file], store, quarantine_dir=tmp_path)
    found = store.get_node(NodeRef(*node.split(" ", 1)))

    assert (report.loaded, report.quarantined) == counts
    assert found is not None
    values = {name: found.get(name) for name in says}
    assert {name: str(value) if name.endswith(("_on", "_until")) else value for name, value in values.items()} == says


@pytest.mark.parametrize("case", LINKED, ids=lambda case: case[1])
def test_a_file_is_linked_right(case: Linked, store: EmbeddedStore, cases: Path, tmp_path: Path) -> None:
    source, file, relation, targets = case
    load(SOURCES[source], [cases / file], store, quarantine_dir=tmp_path)

    assert {target for _, target in ends(store, *relation.split())} == targets


@pytest.mark.parametrize(("source", "file", "told"), REFUSED)
def test_a_file_is_refused_in_words_of_what_it_is(
    source: str, file: str, told: str, store: EmbeddedStore, cases: Path, tmp_path: Path
) -> None:
    with pytest.raises(SourceError) as error:
        load(SOURCES[source], [cases / file], store, quarantine_dir=tmp_path)
    assert told in str(error.value)


def test_all_applicants_but_the_person_filed_together(store: EmbeddedStore, cases: Path, tmp_path: Path) -> None:
    load(SOURCES["kipris"], [cases / "a14_dropped_orgs.xml"], store, quarantine_dir=tmp_path)
    labels = ("Company", "Institution")
    filed = [pair for label in labels for pair in ends(store, label, "FILED", "Technology")]
    pairs = [("Company", "Company"), ("Company", "Institution"), ("Institution", "Institution")]
    together = [pair for start, end in pairs for pair in ends(store, start, "CO_FILED_WITH", end)]

    assert (len(filed), len(together)) == (6, 15)
    assert "홍길동" not in str((filed, together))


def test_a_number_with_a_comma_in_the_wrong_place_waits(store: EmbeddedStore, cases: Path, tmp_path: Path) -> None:
    report = load(SOURCES["companies"], [cases / "a29_commas.csv"], store, quarantine_dir=tmp_path)

    assert report.refused


def test_a_company_that_closed_is_so_where_it_is_known(store: EmbeddedStore, cases: Path, tmp_path: Path) -> None:
    load(SOURCES["companies"], [cases / "a25_tabs.txt"], store, quarantine_dir=tmp_path)
    report = load(SOURCES["nts-status"], [cases / "a47_nts_status.json"], store, quarantine_dir=tmp_path)

    assert report.loaded == 1
    assert ends(store, "Company", "REGISTERED_WITH", "Institution") == {("brn:1234567891", "국세청")}
