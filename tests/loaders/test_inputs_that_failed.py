"""Files beside the project that were once refused, misread or lost: what each holds is read as it should be.

An expectation is a fact of the graph that a file alone gives (``!`` that it does not), a row that waits with its field,
or words of what refuses it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from loaders.frame import load
from loaders.registry import SOURCES
from loaders.report import UnreadFilesError
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import everything, read_csv

_NOTICE: Final = "Program PBLN_000000000900"
_COMPANY: Final = "Company name:가나정밀@41280"
_BUSINESS: Final = "Company brn:1234567891"
CASES: Final[dict[str, tuple[str, ...]]] = {
    "kstartup a01_kstartup_col.xml": (
        "loaded 1",
        "Program kstartup:900001 apply_until=2026-07-31",
        "Program kstartup:900001 max_company_age=7.0",
        "TARGETS kstartup:900001→41",
    ),
    "kstartup a02_kstartup_list.json": ("loaded 1", "Program kstartup:900001 apply_until=2026-07-31"),
    "bizinfo a03_items_is_list.json": ("loaded 1", f"{_NOTICE}001 apply_from=2026-07-01"),
    "bizinfo a04_euckr.xml": ("loaded 1", f"{_NOTICE}004 title=가상 공고"),
    "bizinfo a05_deep.json": ("refused: nested deeper",),
    "bizinfo a07_gateway.json": ("refused: LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR (code 22)",),
    "kstartup a08_error_page.html": ("refused: web page",),
    "bizinfo a09_late_doctype.xml": ("loaded 0", "refused: declares a document type"),
    "bizinfo a10_portal_export.csv": (
        f"{_NOTICE}010 apply_from=2026-08-01",
        f"{_NOTICE}010 apply_until=2026-08-31",
        "OFFERED_BY PBLN_000000000900010→가상부",
    ),
    "kipris a11_slash_time.xml": (
        "Technology 1020240900011 applied_on=2024-01-02",
        "Technology 1020240900011 registered_on=2024-01-15",
    ),
    "kipris a12_state_nested.xml": ("FILED 가나대학교→1019960900012", "Institution 가나대학교 kind=university"),
    "kipris a13_ipc_version.xml": ("IN_FIELD 1020240900013→ipc:G06F", "IN_FIELD 1020240900013→ipc:G02B"),
    "kipris a14_dropped_orgs.xml": (
        "6 × FILED",
        "15 × CO_FILED_WITH",
        "!FILED name:홍길동→1020240900014",
        "FILED 다라학원→1020240900014",
        "FILED name:카타법무법인→1020240900014",
    ),
    "kipris a15_trademark.xml": ("loaded 0", "refused: counts 1 hits"),
    "companies a16_teukrye.csv": ("LOCATED_IN name:가나정밀@41280→41285",),
    "centers a17_new_province.csv": ("loaded 1", "LOCATED_IN 가나센터@29200→29200"),
    "companies a18_legal_dong_code.csv": ("LOCATED_IN name:가나정밀@41280→41285",),
    "bizinfo a19_city_tag.json": ("1 × TARGETS", "TARGETS PBLN_000000000900019→41280"),
    "companies a20_1_before.csv a20_2_after.csv": (
        "LOCATED_IN brn:1234567891→41190",
        "LOCATED_IN brn:1234567891→41281 ended",
        "IN_INDUSTRY brn:1234567891→ksic11:58221",
        "IN_INDUSTRY brn:1234567891→ksic11:26299 ended",
    ),
    "companies a21_blank_lines.csv": ("loaded 2", "row 6 founded_on", "!Company name:다라@41280 founded_on=2019-01-02"),
    "companies a22_header_twice.csv": ("refused: the column 지역 twice",),
    "companies a23_near_headers.csv": (f"{_COMPANY} employees=15", f"{_COMPANY} revenue_krw=1000000.0"),
    "companies a24_zero_width.csv": (f"{_COMPANY} name=가나정밀", "1 × Company"),
    "companies a25_tabs.txt": ("loaded 1", f"{_BUSINESS} employees=5"),
    "companies a25_excel_unicode.txt": ("loaded 1", f"{_BUSINESS} employees=5"),
    "companies a26_title_rows.csv": ("loaded 1", f"{_BUSINESS} name=가나정밀"),
    "companies a27_aniyo.csv": ("loaded 1", "!row 2 synthetic"),
    "centers a28_dash.csv": ("loaded 1", "!row 2 land_area_m2"),
    "companies a29_commas.csv": (
        "loaded 1",
        "row 2 employees",
        "row 2 revenue_krw",
        f"!{_COMPANY} employees=35",
        f"!{_COMPANY} revenue_krw=123.0",
    ),
    "companies a30_dates.csv": ("loaded 2", "2 × founded_on=2019-01-02"),
    "companies a31_number_forms.csv": (
        "loaded 1",
        "row 2 business_number: a spreadsheet has rounded it",
        "1 × Company",
        f"{_BUSINESS} business_number=1234567891",
    ),
    "companies a32_industries.csv": (
        "loaded 3",
        "IN_INDUSTRY name:가나@41280→ksic11:27213",
        "IN_INDUSTRY name:가나@41280→ksic11:26299",
        "IN_INDUSTRY name:다라@41280→ksic11:26299",
        "IN_INDUSTRY name:마바@41280→ksic11:26299",
    ),
    "companies a33_ksic10.csv": (
        "loaded 2",
        "IN_INDUSTRY name:가나빵집@41280→ksic10:56191",
        "!IN_INDUSTRY name:가나빵집@41280→ksic11:56191",
        "IN_INDUSTRY name:다라식품@41280→ksic10:10712",
    ),
    "companies a34_stray_quote.csv": ("loaded 2", "row 3 : a quote stands where none belongs"),
    "companies a35_book.xlsx": ("refused: is no Excel workbook",),
    "bizinfo a36_lists_in_json.json": (f"{_NOTICE}036 targets=['micro', 'sme']", "TARGETS PBLN_000000000900036→41"),
    "kipris a37_first_without_applicant.xml": (
        "loaded 1",
        "row 1 applicant_orgs",
        "FILED name:가나→1020240900037",
    ),
    "bizinfo a38_windows.csv": (
        "4 × apply_from=2026-01-05",
        "4 × apply_until=2026-01-31",
        f"{_NOTICE}385 window_kind=until_filled",
    ),
    "bizinfo a39_body.csv": (
        f"{_NOTICE}391 min_company_age=3.0",
        f"{_NOTICE}391 max_company_age=7.0",
        f"{_NOTICE}391 max_support_krw=100000000.0",
        f"{_NOTICE}392 min_employees=5",
        f"{_NOTICE}392 targets=['mid_size', 'sme']",
        f"{_NOTICE}393 targets=['large', 'mid_size']",
    ),
    "bizinfo a40_region_contradiction.csv": (
        f"{_NOTICE}401 nationwide=False",
        "TARGETS PBLN_000000000900401→31",
        "TARGETS PBLN_000000000900402→47150",
        "2 × TARGETS",
    ),
    "smes24 a41_smes24.json": (
        "Program smes24:90000041 apply_from=2026-06-01",
        "Program smes24:90000041 apply_until=2026-12-31",
        "Program smes24:90000041 nationwide=True",
        "Program smes24:90000041 min_company_age=3.0",
        "Program smes24:90000041 max_employees=49",
        "Program smes24:90000041 max_support_krw=100000000.0",
        "Program smes24:90000041 certificates=['메인비즈', '벤처기업']",
    ),
    "ntis-projects a42_ntis_project.xml": (
        "Project 1799000042 title=가상 센서 개발",
        "Project 1799000042 starts_on=2023-07-01",
        "Project 1799000042 ends_on=2026-06-30",
        "PARTICIPATED_IN 가나대학교→1799000042",
        "IN_FIELD 1799000042→nst:EE0602",
    ),
    "factories a43_factories.csv": (
        "LOCATED_IN name:가나정밀@41280→41285",
        "LOCATED_IN name:가나정밀@41280→가나지식산업센터@41285",
        f"{_COMPANY} employees=15",
        "2 × IN_INDUSTRY",
    ),
    "factories a43_factories_public5.csv": ("loaded 1", "LOCATED_IN name:가나정밀@41280→41285"),
    "stores a44_stores.csv": (
        "LOCATED_IN stores:MA010120260900000044→41285",
        "IN_INDUSTRY stores:MA010120260900000044→ksic10:56191",
    ),
    "centers a45_centers_odcloud.json": ("loaded 1", "LOCATED_IN 가나지식산업센터@41285→41285"),
    "regions a46_legal_dong.txt": ("loaded 2", "Region 11 level=1", "Region 11680 level=2"),
    "companies a20_1_before.csv nts-status a47_nts_status.json": (
        "loaded 1",
        "REGISTERED_WITH brn:1234567891→국세청: state=closed",
        "REGISTERED_WITH brn:1234567891→국세청: ended_on=2026-07-15",
    ),
}


def facts_of(store: EmbeddedStore) -> list[str]:
    """Write what a graph holds as lines: properties of nodes, and relationships with a mark where they have ended."""
    found = []
    for name, rows in everything(store).items():
        for row in rows:
            if "src" in row:
                ended = " ended" if row.get("valid_to") else ""
                drawn = f"{name.split('__')[1]} {row['src']}→{row['dst']}"
                found += [f"{drawn}{ended}", *(f"{drawn}: {key}={value}" for key, value in row.items())]
            else:
                found += [f"{name} {row['id']} {key}={value}" for key, value in row.items() if value is not None]
    return found


def loaded(store: EmbeddedStore, words: list[str], folder: Path, quarantine: Path) -> list[str]:
    """Load files, each by the source named last before it; returns what the last one left to say, as lines."""
    said: list[str] = []
    source = ""
    for word in words:
        if word in SOURCES:
            source = word
            continue
        try:
            report: Any = load(SOURCES[source], [folder / word], store, quarantine_dir=quarantine)
        except UnreadFilesError as error:
            report, refused = error.report, [f"refused: {error}"]
        else:
            refused = []
        waiting = read_csv(report.quarantine_file) if report.quarantine_file else []
        said = [f"loaded {report.loaded}", *refused]
        said += [f"row {row['row']} {row['field']}: {row['reason']}" for row in waiting]
    return said


def holds(expected: str, said: list[str], facts: list[str]) -> bool:
    """Whether an expectation is met."""
    count, times, what = expected.partition(" × ")
    if times:
        begun = [fact for fact in facts if fact.startswith(f"{what} ")]
        ending = {fact for fact in facts if fact.endswith(f" {what}")}
        drawn = {fact for fact in begun if "→" in fact and ": " not in fact}
        nodes = {fact for fact in begun if " id=" in fact}
        return len(ending | drawn | nodes) == int(count)
    kind, _, text = expected.partition(": ")
    if kind == "refused":
        return any(each.startswith("refused") and text in each for each in said)
    return any(each.startswith(expected) for each in said) or expected in facts


@pytest.mark.shared
@pytest.mark.parametrize("case", CASES)
def test_each_input_gives_what_it_holds(case: str, shared_data: Path, store: EmbeddedStore, tmp_path: Path) -> None:
    said = loaded(store, case.split(), shared_data.parent / "cases/loaders", tmp_path / "quarantine")
    facts = facts_of(store)
    for expected in CASES[case]:
        if expected.startswith("!"):
            assert not holds(expected[1:], said, facts), expected
        else:
            assert holds(expected, said, facts), (expected, said, [each for each in facts if "=" in each][-30:])


@pytest.mark.shared
def test_no_input_is_left_out(shared_data: Path) -> None:
    folder = shared_data.parent / "cases/loaders"
    files = {each.name for each in folder.iterdir() if each.name.startswith("a")}
    assert files == {word for case in CASES for word in case.split() if word not in SOURCES}
