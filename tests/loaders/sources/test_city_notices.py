"""Tests of the source ``city-notices``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest

from loaders.fields import Fields
from loaders.frame import load
from loaders.recognition import source_of
from loaders.sources.city_notices import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES, ends, everything

NOTICES = FILES / "city_notices.csv"
CALL = "가상 지식산업센터 입주기업 모집 공고"


class TestCityNotices(LoaderContract):
    """The contract on made-up notices with the columns of a board."""

    source = "city-notices"
    spoil: ClassVar = {"고시공고번호": "12", "제목": "가상 도로 점용 허가 공고"}

    def valid_file(self) -> Path:
        return NOTICES


def _programme(**values: str) -> dict[str, Any]:
    fields = Fields({"고시공고번호": "고양시 공고 제2026-9010호", "제목": CALL} | values)
    records = SOURCE.transform(fields)
    assert not fields.faults
    return dict(records.records[0].values)


def _faults(**values: str) -> list[tuple[str, str]]:
    fields = Fields({"고시공고번호": "고양시 공고 제2026-9010호", "제목": CALL} | values)
    SOURCE.transform(fields)
    return [(fault.field, fault.reason.en) for fault in fields.faults]


def test_a_call_for_occupants_is_a_programme_that_offers_rooms(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [NOTICES], store, quarantine_dir=tmp_path)
    programmes = {row["id"]: row for row in everything(store)["Program"]}
    first = programmes["city-notices:고양시공고2026-9003"]

    assert len(programmes) == 3
    assert {row["kind"] for row in programmes.values()} == {"space"}
    assert (first["announced_on"], first["apply_from"], first["apply_until"]) == (
        date(2026, 3, 2),
        date(2026, 3, 5),
        date(2026, 3, 20),
    )
    assert (first["max_company_age"], first["max_employees"]) == (7, 9)
    assert ends(store, "Program", "OFFERED_BY", "Institution") == {(id_, "고양시") for id_ in programmes}


def test_the_text_tells_when_one_applies_where_no_column_does() -> None:
    found = _programme(내용="신청기간: 2026. 2. 12.(목) ~ 2026. 2. 27.(금)\n신청자격: 벤처기업")

    assert (found["window_kind"], found["apply_from"], found["apply_until"]) == (
        "fixed",
        date(2026, 2, 12),
        date(2026, 2, 27),
    )
    assert found["targets"] == ("venture",)


def test_how_long_a_notice_is_posted_is_no_window() -> None:
    assert _programme(게재기간="2026-02-10 ~ 2026-02-28")["window_kind"] == "unknown"


def test_a_list_without_texts_leaves_every_limit_to_be_checked() -> None:
    found = _programme()

    assert (found["unread"], found["targets"], found["max_company_age"]) == (None, None, None)


@pytest.mark.parametrize(
    ("written", "city", "id_"),
    [
        ("고양시 공고 제2026-12호", "", "고양시공고2026-12"),
        ("고양시 고시 제2026 - 12 호", "", "고양시고시2026-12"),
        ("고양시공고 제2026-12호", "", "고양시공고2026-12"),
        ("고양시고시 제2026-12호", "", "고양시고시2026-12"),
        ("대구광역시 달서구 고시 제2026-12호", "", "대구광역시 달서구고시2026-12"),
        ("제2026-12호", "고양시", "고양시공고2026-12"),
        ("2026-12", "파주시", "파주시공고2026-12"),
        ("고양시 덕양구 공고 제2026-12호", "", "고양시 덕양구공고2026-12"),
    ],
)
def test_a_number_is_one_of_a_city(written: str, city: str, id_: str) -> None:
    """Two cities have a notice 2026-12 each."""
    assert _programme(고시공고번호=written, 기관명=city)["id"] == f"city-notices:{id_}"


@pytest.mark.parametrize("written", ["제2026-12호", "고시 제2026-12호"])
def test_a_number_that_is_of_no_city_waits(written: str) -> None:
    assert _faults(고시공고번호=written) == [("고시공고번호", "it is not told whose notice it is")]


@pytest.mark.parametrize(
    "title",
    [
        "지식산업센터 입주대상 업종 추가 고시",
        "고양시 산업단지 밖 지식산업센터 입주 가능 업종 인정 고시",
        "지식산업센터 입주 업종 변경 공고",
    ],
)
def test_a_notice_that_recognises_industries_belongs_into_the_law(title: str) -> None:
    assert _faults(제목=title) == [("제목", "it recognises industries, and calls nobody")]


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("가상 도로 점용 허가 공고", "not a notice on a knowledge industry centre"),
        ("가상 지식산업센터 설립 변경 승인", "calls for no occupants or buyers"),
    ],
)
def test_other_notices_of_the_board_wait(title: str, reason: str) -> None:
    assert _faults(제목=title) == [("제목", reason)]


@pytest.mark.parametrize(
    "title",
    [
        CALL,
        "2026년 가상 지식산업센터 입주업체 추가 모집",
        "가상 아파트형공장 잔여 호실 분양 공고",
        "가상지식산업센터 공공임대 호실 임차인 모집",
    ],
)
def test_calls_for_occupants_in_their_usual_words(title: str) -> None:
    assert _faults(제목=title) == []


def test_lists_are_recognised_by_their_columns(tmp_path: Path) -> None:
    portal = tmp_path / "download.json"
    rows = [
        {"고시공고 번호": "고양시 공고 제2026-1호", "제목": CALL, "등록부서": "기업지원과", "등록일자": "2026-01-02"}
    ]
    portal.write_text(json.dumps({"data": rows, "totalCount": 1}, ensure_ascii=False), encoding="utf-8")

    assert {source_of(path).name for path in (NOTICES, portal)} == {"city-notices"}
