"""Tests of the CSV templates and of their description."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.model import NodeRef
from loaders.fields import Fields
from loaders.frame import load
from loaders.sources import annual_figures, companies, courses, experts, institutions, needs, spaces, technologies
from loaders.templates import Template
from stores.embedded import EmbeddedStore
from tests.loaders.examples import template_examples
from tests.loaders.graphs import ends, read_csv, write_csv

TEMPLATES = [
    module.TEMPLATE
    for module in (companies, annual_figures, institutions, experts, spaces, courses, technologies, needs)
]
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "csv-templates.md"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_the_guide_describes_every_column(template: Template) -> None:
    assert template.markdown() in GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_the_example_uses_columns_of_its_template(template: Template) -> None:
    (path,) = [path for name, path in template_examples() if name == template.name]

    assert set(read_csv(path)[0]) <= {column.ko for column in template.columns}


def test_english_and_korean_headers_say_the_same(store: EmbeddedStore, tmp_path: Path) -> None:
    korean = write_csv(tmp_path / "ko.csv", [{"기업명": "두루기술", "종업원 수": "12", "지역": "고양시"}])
    english = write_csv(tmp_path / "en.csv", [{"name": "두루기술", "employees": "12", "region": "41280"}])
    load(companies.SOURCE, [korean], store, quarantine_dir=tmp_path)
    report = load(companies.SOURCE, [english], store, quarantine_dir=tmp_path)

    assert report.unchanged == 1


def test_a_row_is_real_unless_it_says_otherwise(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [{"name": "진짜기업", "synthetic": ""}, {"name": "가상기업", "synthetic": "예"}]
    load(companies.SOURCE, [write_csv(tmp_path / "c.csv", rows)], store, quarantine_dir=tmp_path)
    marks = {
        name: (store.get_node(NodeRef("Company", f"name:{name}")) or {})["synthetic"]
        for name in ("진짜기업", "가상기업")
    }

    assert marks == {"진짜기업": False, "가상기업": True}


def test_a_company_is_known_by_its_business_number(store: EmbeddedStore, tmp_path: Path) -> None:
    row = {
        "name": "두루기술",
        "business_number": "123-45-67891",
        "industries": "C26299;62010",
        "region": "고양시 덕양구",
    }
    load(companies.SOURCE, [write_csv(tmp_path / "c.csv", [row])], store, quarantine_dir=tmp_path)

    assert ends(store, "Company", "IN_INDUSTRY", "Industry") == {
        ("brn:1234567891", "ksic11:26299"),
        ("brn:1234567891", "ksic11:62010"),
    }
    assert ends(store, "Company", "LOCATED_IN", "Region") == {("brn:1234567891", "41281")}


def test_a_number_of_zeros_is_refused_and_makes_no_two_companies_one(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [{"name": name, "business_number": "000-00-00000"} for name in ("가온", "나래")]
    report = load(companies.SOURCE, [write_csv(tmp_path / "c.csv", rows)], store, quarantine_dir=tmp_path)

    assert (report.loaded, report.quarantined) == (0, 2)
    assert report.quarantine_file is not None
    assert "leave the cell empty" in report.quarantine_file.read_text(encoding="utf-8")


def test_a_company_has_its_corporate_number_checked(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [
        {"name": "두루기술", "business_number": "123-45-67891", "corporate_number": "110111-1234567"},
        {"name": "가온기술", "business_number": "", "corporate_number": "1.10111E+12"},
    ]
    report = load(companies.SOURCE, [write_csv(tmp_path / "c.csv", rows)], store, quarantine_dir=tmp_path)

    assert (report.loaded, report.cells) == (2, 1)
    assert (store.get_node(NodeRef("Company", "brn:1234567891")) or {})["corporate_number"] == "1101111234567"
    assert (store.get_node(NodeRef("Company", "name:가온기술")) or {}).get("corporate_number") is None


def test_a_centre_needs_its_district(store: EmbeddedStore, tmp_path: Path) -> None:
    row = {"name": "두루기술", "region": "경기도", "center": "일산테크노타운"}
    report = load(companies.SOURCE, [write_csv(tmp_path / "c.csv", [row])], store, quarantine_dir=tmp_path)

    assert (report.loaded, report.cells) == (1, 1)
    assert not ends(store, "Company", "LOCATED_IN", "Center")


def test_a_space_belongs_to_the_centre_of_the_register(store: EmbeddedStore, tmp_path: Path) -> None:
    row = {"id": "1", "title": "84㎡", "center": "일산 테크노타운", "region": "고양시 일산동구", "industries": "26"}
    load(spaces.SOURCE, [write_csv(tmp_path / "s.csv", [row])], store, quarantine_dir=tmp_path)

    assert ends(store, "Space", "PART_OF", "Center") == {("space:1", "일산테크노타운@41285")}
    assert ends(store, "Space", "ADMITS", "Industry") == {("space:1", "ksic11:26")}


def test_all_industries_beside_a_list_is_a_contradiction(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [{"id": "1", "title": "과정", "all_industries": "예", "industries": "26"}]
    report = load(courses.SOURCE, [write_csv(tmp_path / "c.csv", rows)], store, quarantine_dir=tmp_path)

    assert (report.loaded, report.cells) == (1, 2)
    assert not ends(store, "Program", "TARGETS", "Industry")
    assert (store.get_node(NodeRef("Program", "course:1")) or {}).get("all_industries") is None


@pytest.mark.parametrize("consent", ["", "-", "없음", "미상"])
def test_an_expert_without_consent_is_not_kept(store: EmbeddedStore, tmp_path: Path, consent: str) -> None:
    row = {"id": "1", "headline": "세무사", "profession": "세무사", "consented_on": consent, "name": "홍길동"}
    report = load(experts.SOURCE, [write_csv(tmp_path / "e.csv", [row])], store, quarantine_dir=tmp_path)

    assert report.quarantined == 1
    assert "leave the row out" in (report.quarantine_file or tmp_path).read_text(encoding="utf-8-sig")
    assert store.get_node(NodeRef("Expert", "expert:1")) is None


def test_personal_details_in_a_need_are_masked(store: EmbeddedStore, tmp_path: Path) -> None:
    row = {"id": "1", "title": "010-1234-5678로 전화", "kind": "애로", "text": "메일 a@b.kr", "company": "두루기술"}
    load(needs.SOURCE, [write_csv(tmp_path / "n.csv", [row])], store, quarantine_dir=tmp_path)
    need = store.get_node(NodeRef("Need", "need:1"))

    assert need is not None
    assert (need["title"], need["text"]) == ("[전화번호]로 전화", "메일 [전자우편]")
    assert need["state"] == "open"
    assert ends(store, "Company", "NEEDS", "Need") == {("name:두루기술", "need:1")}


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    ("template", "column"),
    [
        (template, column)
        for template in TEMPLATES
        for column in (each.name for each in template.columns)
        if column.endswith(("_on", "_from", "_until"))
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_a_day_that_no_register_means_is_a_fault_in_every_column(template: Template, column: str, day: str) -> None:
    (path,) = [path for name, path in template_examples() if name == template.name]
    headers = {each.ko: each.name for each in template.columns}
    fields = Fields({headers[ko]: cell for ko, cell in read_csv(path)[0].items()} | {column: day})
    template.transform(fields)
    assert column in [fault.field for fault in fields.faults]


def test_a_space_has_the_use_that_its_listing_names(store: EmbeddedStore, tmp_path: Path) -> None:
    row = {"번호": "1", "제목": "301호", "지식산업센터": "가나", "지역": "고양시 일산동구"}
    rows = [row | {"용도": "지원시설"}, row | {"번호": "2", "용도": "공장"}, row | {"번호": "3", "용도": "창고"}]
    report = load(spaces.SOURCE, [write_csv(tmp_path / "s.csv", rows)], store, quarantine_dir=tmp_path)
    found = [(store.get_node(NodeRef("Space", f"space:{number}")) or {}).get("unit_use") for number in (1, 2, 3)]
    assert found == ["support", "industry", None]
    assert (report.loaded, report.cells) == (3, 1)
