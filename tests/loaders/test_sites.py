"""The report asks about rows of one name and city at other streets, which are one node for want of a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from loaders.frame import load
from loaders.report import LoadReport
from loaders.sources.companies import SOURCE as COMPANIES
from loaders.sources.factories import SOURCE as FACTORIES
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import everything, write_csv

_ID = "name:대성@41280"
_DAY = datetime(2026, 3, 2, 3, tzinfo=UTC)


def _factory(number: int, address: str, **known: str) -> dict[str, str]:
    row = {"공장관리번호": str(number), "회사명": "(주)대성", "대표자명": "", "업종코드": "25924", "차수": "11"}
    return {**row, "생산품": "금형", "공장주소": f"경기도 고양시 {address}", **known}


def _load(store: EmbeddedStore, folder: Path, rows: Sequence[Mapping[str, str]], day: datetime = _DAY) -> LoadReport:
    """Load all that the register says."""
    path = write_csv(folder / "factories.csv", rows)
    return load(replace(FACTORIES, whole=True), [path], store, quarantine_dir=folder, now=day)


def _questions(report: LoadReport) -> list[tuple[str, list[str]]]:
    """Return the beginning of each question, with the names that it is about."""
    return [(what.en.partition(",")[0], sorted(about)) for what, about in report.remarks.items()]


def _ids(store: EmbeddedStore) -> set[str]:
    return {row["id"] for row in everything(store)["Company"] if row["valid_to"] is None}


_SEVERAL = [
    _factory(1, "덕양구 향동로 1, 101호"),
    _factory(2, "덕양구 향동로 1 가나빌딩 3층"),
    _factory(3, "일산동구 중앙로 9"),
    _factory(4, "덕양구 통일로 140", 회사명="가나정밀"),
]


@pytest.mark.parametrize("rows", [_SEVERAL, _SEVERAL[::-1]], ids=["forwards", "backwards"])
def test_rows_of_one_name_at_other_streets_are_asked_about(
    store: EmbeddedStore, tmp_path: Path, rows: list[dict[str, str]]
) -> None:
    """Nothing tells whether they are one company's factories or two companies; their id is the same in any order."""
    report = _load(store, tmp_path, rows)
    assert _questions(report) == [("3 rows of one name and city at other streets", ["(주)대성"])]
    assert _ids(store) == {_ID, "name:가나정밀@41280"}


def test_floors_of_one_house_and_factories_of_one_head_are_no_question(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [
        *_SEVERAL[:2],
        *(_factory(at, f"덕양구 통일로 {at}", 회사명="다라식품", 대표자명="홍길동") for at in (5, 6)),
    ]
    assert _questions(_load(store, tmp_path, rows)) == []


def test_a_company_that_moves_stays_one_node(store: EmbeddedStore, tmp_path: Path) -> None:
    """The register no longer has it at the old address, under the old number of the factory or a new one."""
    _load(store, tmp_path, [_factory(1, "덕양구 향동로 1")])
    for days, (number, address) in enumerate([(1, "일산동구 중앙로 9"), (2, "일산서구 고양대로 5")], start=1):
        report = _load(store, tmp_path, [_factory(number, address)], _DAY + timedelta(days=days))
        places = everything(store)["Company__LOCATED_IN__Region"]
        assert _questions(report) == []
        assert _ids(store) == {_ID}
        assert sum(row["valid_to"] is None for row in places) == 1


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("경기도 고양시 일산동구 중앙로 1", ["(주)대성"]),
        ("고양시 덕양구 향동로 1 202호", []),
        ("고양시 덕양구 향동동 580", []),
        ("", []),
    ],
)
def test_another_street_than_that_of_another_register_is_asked_about(
    store: EmbeddedStore, tmp_path: Path, address: str, asked: list[str]
) -> None:
    own = write_csv(tmp_path / "own.csv", [{"기업명": "(주)대성", "지역": "고양시", "주소": address}])
    load(COMPANIES, [own], store, quarantine_dir=tmp_path)
    report = _load(store, tmp_path, [_factory(1, "덕양구 향동로 1, 101호")])
    question = "1 rows at other streets than another source has of the same name and city"
    assert _questions(report) == [(question, asked)] * bool(asked)
    assert _ids(store) == {_ID}


def test_the_report_shows_no_persons_name(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [_factory(at, f"덕양구 통일로 {at}", 회사명="김철수") for at in (1, 2)]
    assert _questions(_load(store, tmp_path, rows)) == [
        ("2 rows of one name and city at other streets", ["김○○"]),
    ]


def test_two_rows_of_one_name_that_differ_are_to_bring_their_numbers(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [{"기업명": "(주)대성", "지역": "고양시", "주소": f"고양시 중앙로 {at}"} for at in (1, 2)]
    report = load(COMPANIES, [write_csv(tmp_path / "own.csv", rows)], store, quarantine_dir=tmp_path)
    assert (report.loaded, report.quarantined) == (1, 1)
    assert report.quarantine_file is not None
    assert "two companies of one name, give each its business number" in report.quarantine_file.read_text("utf-8")
