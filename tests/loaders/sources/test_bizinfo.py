"""Tests of the source ``bizinfo``: five shapes of file, and the quirks of each."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest

from graph_schema.errors import SourceError
from graph_schema.model import NodeRef
from loaders import regions
from loaders.frame import load
from loaders.samples import FOLDER
from loaders.sources.bizinfo import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES, ends, write_csv
from tests.loaders.workbooks import write_workbook


class TestBizinfo2021(LoaderContract):
    """The contract on a table of 2021."""

    source = "bizinfo"
    spoil: ClassVar = {"pblancId": "PBLN_12", "pblancNm": ""}

    def valid_file(self) -> Path:
        return FOLDER / "bizinfo_2021.csv"


class TestBizinfo2026(LoaderContract):
    """The contract on a table of 2026."""

    source = "bizinfo"
    spoil: ClassVar = {"pblancId": ""}

    def valid_file(self) -> Path:
        return FOLDER / "bizinfo_2026.csv"


class TestBizinfoApi(LoaderContract):
    """The contract on an answer of data.go.kr."""

    source = "bizinfo"
    spoil: ClassVar = {"pblancNm": ""}

    def valid_file(self) -> Path:
        return FOLDER / "bizinfo_api.json"


class TestBizinfoList(LoaderContract):
    """The contract on an answer of bizinfo.go.kr."""

    source = "bizinfo"
    spoil: ClassVar = {"pblancNm": ""}

    def valid_file(self) -> Path:
        return FILES / "bizinfo_list.json"


class TestBizinfoFeed(LoaderContract):
    """The contract on a feed."""

    source = "bizinfo"
    spoil: ClassVar = {"pblancNm": ""}

    def valid_file(self) -> Path:
        return FILES / "bizinfo_rss.xml"


def test_a_notice_becomes_typed_facts_and_edges(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FILES / "bizinfo_list.json"], store, quarantine_dir=tmp_path)
    id_ = "PBLN_000000000900001"
    notice = store.get_node(NodeRef("Program", id_))

    assert notice is not None
    assert notice["title"] == "[경기] 고양시 2026년 (예비)창업자 사무공간 지원 공고"
    assert notice["summary"] == "시험 공고 <요약>\n☞ 고양시 예비창업자\n☞ 사무공간"
    assert notice["kind"] == "startup"
    assert notice["announced_on"] == date(2026, 2, 1)
    assert (notice["window_kind"], notice["apply_from"], notice["apply_until"]) == (
        "fixed",
        date(2026, 2, 2),
        date(2026, 3, 2),
    )
    assert notice["targets"] == ["pre_founder"]
    assert notice["admits_pre_founders"] is True
    assert notice["read_from"] == ["region@title:5 고양시", "region@summary:13 고양시", "target@summary:17 예비창업"]
    assert notice["unread"] == []
    assert notice["target_text"] == "창업벤처 / 고양시 예비창업자"
    assert notice["url"] == "https://www.bizinfo.go.kr/sii/siia/selectSIIA200Detail.do?pblancId=PBLN_000000000900001"
    assert notice["nationwide"] is False
    assert "all_industries" not in notice
    assert (id_, "41280") in ends(store, "Program", "TARGETS", "Region")
    assert {topic for program, topic in ends(store, "Program", "ABOUT", "Topic") if program == id_} == {
        "사무공간",
        "입주기업",
    }


def test_stand_ins_for_agencies_are_no_institutions(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FILES / "bizinfo_list.json"], store, quarantine_dir=tmp_path)

    assert {end for _, end in ends(store, "Program", "OFFERED_BY", "Institution")} == {"경기도", "산업통상부"}


def test_all_regions_among_the_tags_mean_nationwide(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FILES / "bizinfo_list.json"], store, quarantine_dir=tmp_path)
    notice = store.get_node(NodeRef("Program", "PBLN_000000000900002"))

    assert notice is not None
    assert notice["nationwide"] is True
    assert notice["window_kind"] == "first_come"
    assert not {end for program, end in ends(store, "Program", "TARGETS", "Region") if program == notice["id"]}


def test_a_single_item_in_place_of_a_list_is_read(store: EmbeddedStore, tmp_path: Path) -> None:
    report = load(SOURCE, [FILES / "bizinfo_single_item.json"], store, quarantine_dir=tmp_path)

    assert (report.read, report.loaded) == (1, 1)


def test_no_data_is_an_answer_without_rows(store: EmbeddedStore, tmp_path: Path) -> None:
    report = load(SOURCE, [FILES / "bizinfo_no_data.json"], store, quarantine_dir=tmp_path)

    assert (report.read, report.loaded, report.quarantined) == (0, 0, 0)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("bizinfo_limit.json", "LIMITED_NUMBER.*code 22"),
        ("bizinfo_bad_key.json", "인증키가 유효하지 않습니다"),
        ("gateway_error.xml", "SERVICE_KEY_IS_NOT_REGISTERED_ERROR.*code 30"),
    ],
)
def test_an_error_answer_is_told_as_one(name: str, told: str, store: EmbeddedStore, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=rf"{name}.*{told}.*service key"):
        load(SOURCE, [FILES / name], store, quarantine_dir=tmp_path)


def test_industries_come_as_divisions_and_all_of_them_as_one_fact(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [
        {"pblancId": f"PBLN_{at:015}", "pblancNm": "시험", "trgetNm": target, "industNm": listed}
        for at, (target, listed) in enumerate(
            [
                ("중소기업", "건설업(41~42)@전기, 가스, 증기 및 공기 조절 공급업(35)"),
                ("제조업", ""),
                ("중소기업", "건설업(41~42)@알 수 없는 업"),
            ]
        )
    ]
    load(SOURCE, [write_csv(tmp_path / "rows.csv", rows)], store, quarantine_dir=tmp_path)
    targets = ends(store, "Program", "TARGETS", "Industry")

    assert {end for start, end in targets if start == "PBLN_000000000000000"} == {f"ksic11:{d}" for d in (35, 41, 42)}
    assert {end for start, end in targets if start == "PBLN_000000000000001"} == {f"ksic11:{d}" for d in range(10, 35)}
    unread = store.get_node(NodeRef("Program", "PBLN_000000000000002"))
    assert unread is not None
    assert unread["industry_text"] == "건설업(41~42)@알 수 없는 업"
    assert "all_industries" not in unread
    assert not {end for start, end in targets if start == unread["id"]}


def test_an_unreadable_window_keeps_its_text(store: EmbeddedStore, tmp_path: Path) -> None:
    row = {"pblancId": "PBLN_000000000000001", "pblancNm": "시험", "reqstBeginEndDe": "세부사업별 상이"}
    load(SOURCE, [write_csv(tmp_path / "rows.csv", [row])], store, quarantine_dir=tmp_path)
    notice = store.get_node(NodeRef("Program", "PBLN_000000000000001"))

    assert notice is not None
    assert (notice["window_kind"], notice["window_text"]) == ("unknown", "세부사업별 상이")
    assert "apply_until" not in notice


def _answer(tmp_path: Path, document: object) -> Path:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


ITEM = {
    "pblancId": "PBLN_000000000900001",
    "pblancNm": "2026년 가상 지원사업 공고",
    "trgetNm": ["중소기업", "소상공인"],
    "hashtags": ["경기", "금융"],
    "reqstBeginEndDe": "2026-07-01 ~ 2026-07-31",
}


@pytest.mark.parametrize(
    "document",
    [
        [ITEM],
        {"jsonArray": [ITEM]},
        {"jsonArray": {"item": ITEM}},
        {"response": {"header": {"resultCode": "00"}, "body": {"items": [ITEM]}}},
        {"response": {"header": {"resultCode": "00"}, "body": {"items": {"item": ITEM}}}},
        {"response": {"header": {"resultCode": "00"}, "body": {"items": ITEM}}},
    ],
)
def test_items_are_found_in_every_envelope_and_lists_within_them(
    document: object, store: EmbeddedStore, tmp_path: Path
) -> None:
    report = load(SOURCE, [_answer(tmp_path, document)], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Program", str(ITEM["pblancId"]))) or {}

    assert (report.loaded, node["targets"], node["target_text"]) == (1, ["micro", "sme"], "중소기업, 소상공인")
    assert ends(store, "Program", "TARGETS", "Region") == {("PBLN_000000000900001", "41")}


@pytest.mark.parametrize("items", ["", None, [], {}])
def test_an_answer_without_items_is_one_without_rows(items: object, store: EmbeddedStore, tmp_path: Path) -> None:
    document = {"response": {"header": {"resultCode": "03"}, "body": {"items": items, "totalCount": 0}}}

    assert load(SOURCE, [_answer(tmp_path, document)], store, quarantine_dir=tmp_path).read == 0


def test_one_object_where_a_text_belongs_spoils_its_row_alone(store: EmbeddedStore, tmp_path: Path) -> None:
    second = ITEM | {"pblancId": "PBLN_000000000900002", "pblancNm": {"ko": "가"}}
    report = load(SOURCE, [_answer(tmp_path, [ITEM, second])], store, quarantine_dir=tmp_path)

    assert (report.loaded, report.quarantined) == (1, 1)


def test_the_gateways_error_is_told_in_its_own_words(store: EmbeddedStore, tmp_path: Path) -> None:
    told = {"returnAuthMsg": "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR", "returnReasonCode": "22"}
    path = _answer(tmp_path, {"OpenAPI_ServiceResponse": {"cmmMsgHeader": told}})

    with pytest.raises(SourceError, match=r"LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR \(code 22\)"):
        load(SOURCE, [path], store, quarantine_dir=tmp_path)


def test_the_list_of_the_portal_is_read_by_its_links(store: EmbeddedStore, tmp_path: Path) -> None:
    link = "https://www.bizinfo.go.kr/sii/siia/selectSIIA200Detail.do?pblancId=PBLN_000000000900010"
    row = {
        "번호": "1",
        "소관부처": "가상부",
        "사업수행기관": "가나진흥원",
        "지원분야": "기술",
        "공고명": "가상 공고",
        "신청시작일자": "2026-08-01",
        "신청종료일자": "2026-08-31",
        "등록일자": "2026-08-02",
        "공고상세URL": link,
    }
    bad = row | {"공고상세URL": "https://www.bizinfo.go.kr/"}
    csv = write_csv(tmp_path / "list.csv", [row, bad])
    book = write_workbook(tmp_path / "list.xlsx", [["지원사업 목록"], list(row), list(row.values())])
    first = load(SOURCE, [csv], store, quarantine_dir=tmp_path)
    second = load(SOURCE, [book], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Program", "PBLN_000000000900010")) or {}

    assert (first.loaded, first.quarantined, second.unchanged) == (1, 1, 1)
    assert (str(node["apply_from"]), str(node["apply_until"]), node["window_kind"]) == (
        "2026-08-01",
        "2026-08-31",
        "fixed",
    )
    assert {end for _, end in ends(store, "Program", "OFFERED_BY", "Institution")} == {"가상부", "가나진흥원"}


BODIES = (
    (
        "391",
        "[경기] 2026년 가상 특례보증 지원 공고",
        "경기",
        "업력 3년 이상 7년 이내인 경기도 소재 기업",
        "업체당 최대 1억원 이내",
    ),
    ("392", "2026년 가상 컨설팅 참여기업 모집", "", "상시근로자 5인 이상 중소ㆍ중견기업", "진단 지원"),
    ("393", "2026년 가상 선도모델 주관기관 모집", "", "대기업(계열사 포함) 및 중견기업", "구축 지원"),
    ("401", "[울산] 2026년 가상 채용지원 모집", "전국", "울산광역시 소재 중소기업", "인건비"),
    ("402", "[경북] 김천시 2026년 가상 수수료 지원", "", "사업장 소재지가 김천시인 소상공인", "수수료"),
)


@pytest.fixture
def read_bodies(store: EmbeddedStore, tmp_path: Path) -> dict[str, dict[str, object]]:
    """Load notices that ask for what they ask for in their text alone."""
    every = "@".join(region.short for region in regions.table().values() if not region.parent)
    rows = [
        {
            "pblancId": f"PBLN_000000000900{number}",
            "pblancNm": title,
            "trgetNm": "중소기업",
            "areaNm": every if area == "전국" else area,
            "bsnsSumryCn": f"가상 사업입니다. ☞ {target} ☞ {benefit}",
        }
        for number, title, area, target, benefit in BODIES
    ]
    report = load(SOURCE, [write_csv(tmp_path / "a.csv", rows)], store, quarantine_dir=tmp_path)
    assert (report.loaded, report.quarantined) == (len(BODIES), 0)
    found = {number: store.get_node(NodeRef("Program", f"PBLN_000000000900{number}")) for number, *_ in BODIES}
    return {number: node for number, node in found.items() if node}


def test_years_and_amount_stand_in_the_text(read_bodies: dict[str, dict[str, object]]) -> None:
    node = read_bodies["391"]

    assert (node["min_company_age"], node["max_company_age"], node["max_support_krw"]) == (3, 7, 100_000_000)
    assert "age@summary:12 업력 3년 이상 7년 이내" in node["read_from"]  # type: ignore[operator]
    assert node["unread"] == []


def test_staff_and_sizes_stand_in_the_text(read_bodies: dict[str, dict[str, object]]) -> None:
    assert (read_bodies["392"]["min_employees"], read_bodies["392"]["targets"]) == (5, ["mid_size", "sme"])
    assert read_bodies["393"]["targets"] == ["large", "mid_size"]
    assert read_bodies["393"]["unread"] == ["target@summary:12 대기업", "target@summary:26 중견기업"]


def test_a_list_of_everywhere_gives_way_to_the_place_of_title_and_text(
    read_bodies: dict[str, dict[str, object]], store: EmbeddedStore
) -> None:
    targets = ends(store, "Program", "TARGETS", "Region")

    assert {code for id_, code in targets if id_.endswith("401")} == {"31"}
    assert read_bodies["401"]["nationwide"] is False
    assert [str(line).partition("@")[0] for line in read_bodies["401"]["unread"]] == ["region"]  # type: ignore[attr-defined]
    assert {code for id_, code in targets if id_.endswith("402")} == {"47150"}
