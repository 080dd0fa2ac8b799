"""Tests of the source ``factories``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from graph_schema.catalog import node_type
from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.recognition import source_of
from loaders.sources.companies import SOURCE as COMPANIES
from loaders.sources.factories import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES, ends, everything, write_csv


class TestFactories(LoaderContract):
    """The contract on made-up rows of the detailed table."""

    source = "factories"
    spoil: ClassVar = {"회사명": "", "차수": "8"}

    def valid_file(self) -> Path:
        return FILES / "factories.csv"


def test_factories_say_where_companies_are_and_what_they_make(store: EmbeddedStore, tmp_path: Path) -> None:
    """A company of two factories in one city is in both districts; codes are read in the revision of their row."""
    load(SOURCE, [FILES / "factories.csv"], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Company", "name:가나정밀@41280")) or {}

    assert (node["employees"], node["products"]) == (15, "측정기")
    assert ends(store, "Company", "LOCATED_IN", "Region") == {
        ("name:가나정밀@41280", "41285"),
        ("name:가나정밀@41280", "41281"),
        ("name:다라식품@41280", "41281"),
    }
    assert ends(store, "Company", "LOCATED_IN", "Center") == {("name:가나정밀@41280", "가나지식산업센터@41285")}
    assert ends(store, "Company", "IN_INDUSTRY", "Industry") == {
        ("name:가나정밀@41280", "ksic11:27213"),
        ("name:가나정밀@41280", "ksic11:26299"),
        ("name:다라식품@41280", "ksic10:10712"),
        ("name:다라식품@41280", "ksic11:10602"),
    }


def test_the_public_file_of_five_columns_is_read(store: EmbeddedStore, tmp_path: Path) -> None:
    """It has no number; the address, which may be a person's, shows nowhere in the graph."""
    row = {
        "순번": "1",
        "회사명": "(주)가나정밀",
        "단지명": "",
        "생산품": "측정기",
        "공장주소": "경기도 고양시 일산동구 장항로 1",
    }
    rows = [
        row,
        row | {"순번": "2", "공장주소": "경기도 고양시 일산동구 장항로 9"},
        row | {"순번": "3", "공장주소": "달나라"},
    ]
    path = write_csv(tmp_path / "f.csv", rows, "cp949")
    report = load(SOURCE, [path], store, quarantine_dir=tmp_path)
    again = load(SOURCE, [path], store, quarantine_dir=tmp_path)

    assert (report.loaded, report.quarantined, again.loaded) == (2, 1, 0)
    assert len(everything(store)["Company__LOCATED_IN__Region"]) == 2
    assert "장항로" not in str(everything(store))


def test_two_companies_of_one_name_in_two_cities_are_two(store: EmbeddedStore, tmp_path: Path) -> None:
    """What one makes and how many people work there is not said of the other."""
    row = {"회사명": "(주)대성", "단지명": "", "생산품": "금형", "공장주소": "경기도 고양시 덕양구 향동로 1"}
    rows = [row, row | {"생산품": "빵", "공장주소": "경기도 부천시 원미구 길주로 2"}]
    report = load(SOURCE, [write_csv(tmp_path / "f.csv", rows)], store, quarantine_dir=tmp_path)
    made = {row["id"]: row["products"] for row in everything(store)["Company"]}

    assert (report.loaded, report.quarantined) == (2, 0)
    assert made == {"name:대성@41280": "금형", "name:대성@41190": "빵"}
    assert ends(store, "Company", "LOCATED_IN", "Region") == {
        ("name:대성@41280", "41281"),
        ("name:대성@41190", "41192"),
    }


def test_a_persons_name_makes_nobody_of_two_registers_one(store: EmbeddedStore, tmp_path: Path) -> None:
    """김철수 cooks in one register and makes moulds in another; a company's name still joins them within a city."""
    table = {"지역": "고양시 덕양구", "업종코드": "56111", "생산품·서비스": "국밥"}
    companies = [{"기업명": name, **table} for name in ("김철수", "가나정밀", "김철수산업")]
    factories = [
        {"순번": str(at), "회사명": name, "생산품": "금형", "공장주소": f"경기도 고양시 {where} 장항로 {at}"}
        for at, (name, where) in enumerate(
            [("김철수", "일산서구"), ("김철수", "일산서구"), ("가나정밀", "일산서구"), ("김철수산업", "덕양구")]
        )
    ]
    for source, rows in ((COMPANIES, companies), (SOURCE, factories)):
        report = load(source, [write_csv(tmp_path / f"{source.name}.csv", rows)], store, quarantine_dir=tmp_path)
        assert report.loaded == len(rows)
    found = dict(_products(store))
    assert found["name:김철수@41280"] == "국밥"
    assert found["name:김철수@41287/factories"] == "금형"
    assert set(found) == {
        "name:김철수@41280", "name:김철수@41287/factories", "name:가나정밀@41280", "name:김철수산업@41280"
    }  # fmt: skip


def _products(store: EmbeddedStore) -> Iterator[tuple[str, str]]:
    for batch in store.read_nodes(node_type("Company")):
        yield from zip(batch["id"].to_pylist(), batch["products"].to_pylist(), strict=True)


def test_a_company_of_factories_has_the_point_of_the_first_one(store: EmbeddedStore, tmp_path: Path) -> None:
    row = {"회사명": "(주)가나정밀", "생산품": "측정기", "공장주소": "경기도 고양시 일산동구 장항동 1"}
    rows = [row, row | {"공장주소": "경기도 고양시 덕양구 향동로 2"}]
    load(SOURCE, [write_csv(tmp_path / "f.csv", rows)], store, quarantine_dir=tmp_path)
    (company,) = everything(store)["Company"]

    assert (company["lat"], company["lon"], company["point_of"]) == (37.6479, 126.7567, "neighbourhood")


API = {
    "fctryManageNo": "412859000000046",
    "cmpnyNm": "(주)가나정밀",
    "rprsntvNm": "홍길동",
    "cmpnyTelno": "031-000-0000",
    "rnAdres": "경기도 고양시 일산동구 장항로 1",
    "allEmplyCo": "15",
    "rprsntvIndutyCode": "10712",
    "indutyNm": "빵류 제조업",
    "indutyCodes": "10712,10711",
    "mainProductCn": "식빵, , , ,",
}


def answer(path: Path, **changed: str) -> Path:
    """Write an answer of the API with one factory."""
    item = "".join(f"<{name}>{text}</{name}>" for name, text in (API | changed).items())
    header = "<header><resultCode>00</resultCode><resultMsg>NORMAL SERVICE.</resultMsg></header>"
    body = f"<body><items><item>{item}</item></items><totalCount>1</totalCount></body>"
    path.write_text(f"<response>{header}{body}</response>", encoding="utf-8")
    return path


def test_the_answer_of_the_api_is_read_in_the_revision_that_its_industry_is_named_in(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    """빵류 제조업 is 10712 in revision 10 alone, so the other code of the row is of revision 10 too."""
    path = answer(tmp_path / "a.xml")
    report = load(SOURCE, [path], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Company", "name:가나정밀@41280")) or {}

    assert source_of(path).name == "factories"
    assert (report.loaded, node["employees"], node["products"]) == (1, 15, "식빵")
    assert ("name:가나정밀@41280", "ksic10:10712") in ends(store, "Company", "IN_INDUSTRY", "Industry")
    assert not [text for text in ("홍길동", "031-000-0000") if text in str(everything(store))]


def test_a_code_of_two_meanings_waits_where_its_industry_is_not_named(store: EmbeddedStore, tmp_path: Path) -> None:
    """56191 was a bakery and is a snack bar."""
    path = answer(tmp_path / "a.xml", rprsntvIndutyCode="56191", indutyNm="", indutyCodes="56191")
    report = load(SOURCE, [path], store, quarantine_dir=tmp_path)

    assert (report.loaded, report.quarantined, report.cells) == (1, 0, 2)
    assert not ends(store, "Company", "IN_INDUSTRY", "Industry")
