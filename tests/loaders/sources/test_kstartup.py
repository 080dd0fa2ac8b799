"""Tests of the source ``kstartup``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import ClassVar

import pytest

from graph_schema.errors import SourceError
from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.recognition import recognise
from loaders.report import UnreadFilesError
from loaders.samples import FOLDER
from loaders.sources.kstartup import SOURCE, link
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import ends, read_csv


class TestKstartup(LoaderContract):
    """The contract on its sample."""

    source = "kstartup"
    spoil: ClassVar = {"pbanc_sn": "", "pbanc_rcpt_end_dt": "20261399"}

    def valid_file(self) -> Path:
        return FOLDER / "kstartup_api.json"


FIELDS = {
    "pbanc_sn": "900001",
    "biz_pbanc_nm": "가상 창업지원",
    "pbanc_rcpt_end_dt": "20260731",
    "supt_regin": "경기",
    "biz_enyy": "7년미만",
}


def test_the_live_answer_names_its_fields_in_attributes(store: EmbeddedStore, tmp_path: Path) -> None:
    columns = "".join(f'<col name="{name}">{text}</col>' for name, text in FIELDS.items())
    path = tmp_path / "a.xml"
    path.write_text(f"<results><totalCount>1</totalCount><data><item>{columns}</item></data></results>", "utf-8")
    saved = tmp_path / "list.json"
    saved.write_text(json.dumps([FIELDS], ensure_ascii=False), "utf-8")
    first = load(SOURCE, [path], store, quarantine_dir=tmp_path)
    second = load(SOURCE, [saved], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Program", "kstartup:900001")) or {}

    assert (first.loaded, second.unchanged) == (1, 1)
    assert (str(node["apply_until"]), node["max_company_age"]) == ("2026-07-31", 7)
    assert ends(store, "Program", "TARGETS", "Region") == {("kstartup:900001", "41")}


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("www.k-startup.go.kr/a?id=1", "https://www.k-startup.go.kr/a?id=1"),
        ("http://a.kr/b", "http://a.kr/b"),
        ("[www.k-startup.go.kr](https://www.k-startup.go.kr/a?id=1)", "https://www.k-startup.go.kr/a?id=1"),
        ("[여기](www.k-startup.go.kr/a)", "https://www.k-startup.go.kr/a"),
        (None, None),
    ],
)
def test_a_link_is_one_that_a_browser_opens(written: str | None, url: str | None) -> None:
    assert link(written) == url


def _xml(path: Path, *inner: str) -> Path:
    path.write_text(f"<results><data>{''.join(inner)}</data></results>", "utf-8")
    return path


def _item(number: int, title: str) -> str:
    fields = FIELDS | {"pbanc_sn": str(number), "biz_pbanc_nm": title}
    columns = "".join(f'<col name="{name}">{text}</col>' for name, text in fields.items())
    return f"<item>{columns}</item>"


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (
            "<header><resultCode>22</resultCode><resultMsg>LIMITED_NUMBER</resultMsg></header>",
            r"an error of the register: LIMITED_NUMBER \(code 22\)",
        ),
        ('<item><col name="pbanc_sn">900003</col><col na', "is not complete XML"),
    ],
    ids=("error", "cut off"),
)
def test_announcements_before_an_error_are_loaded(end: str, told: str, store: EmbeddedStore, tmp_path: Path) -> None:
    path = _xml(tmp_path / "a.xml", _item(900001, "가"), _item(900002, "나"), end)
    assert recognise(tmp_path).files == {"kstartup": [path]}
    with pytest.raises(UnreadFilesError, match=told) as error:
        load(SOURCE, [path], store, quarantine_dir=tmp_path)
    assert error.value.report.loaded == 2


def test_announcements_before_the_end_of_an_answer_that_is_cut_off_are_loaded_from_json_as_from_xml(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    """How many there should have been is told where the answer counts them before."""
    items = [json.dumps(FIELDS | {"pbanc_sn": str(number)}, ensure_ascii=False) for number in (900001, 900002)]
    path = tmp_path / "a.json"
    path.write_text(f'{{"totalCount": 9, "data": [{", ".join(items)}, {{"pbanc_sn": "9000', encoding="utf-8")
    assert recognise(tmp_path).files == {"kstartup": [path]}
    with pytest.raises(UnreadFilesError, match=r"is not complete JSON.*; the 2 items of 9 before it are read") as error:
        load(SOURCE, [path], store, quarantine_dir=tmp_path)
    assert error.value.report.loaded == 2
    cut = _xml(tmp_path / "a.xml", _item(900001, "가"), _item(900002, "나"), "<item><col")
    with pytest.raises(UnreadFilesError, match=r"is not complete XML.*; the 2 items( of \d+)? before it are read"):
        load(SOURCE, [cut], store, quarantine_dir=tmp_path)


def test_an_error_without_a_header_is_told_in_its_own_words(store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<response><code>-401</code><msg>유효하지 않은 인증키 입니다.</msg></response>", "utf-8")
    with pytest.raises(SourceError, match=r"유효하지 않은 인증키 입니다\. \(code -401\)"):
        load(SOURCE, [path], store, quarantine_dir=tmp_path)


def test_an_error_among_announcements_is_told_as_one_and_not_as_an_empty_number(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    error = '<item><col name="code">-4</col><col name="msg">등록되지 않은 인증키 입니다.</col></item>'
    path = _xml(tmp_path / "a.xml", _item(900001, "가"), error, _item(900002, "나"))
    report = load(SOURCE, [path], store, quarantine_dir=tmp_path)

    assert (report.loaded, report.quarantined) == (2, 1)
    assert report.quarantine_file is not None
    (fault,) = read_csv(report.quarantine_file)
    assert fault["reason"] == "an error of the register: 등록되지 않은 인증키 입니다. (code -4)"
    assert fault["remedy"] == "check the service key and the parameters, and fetch it again"


def test_a_control_character_spoils_its_own_announcement_alone(store: EmbeddedStore, tmp_path: Path) -> None:
    """As old documents leave them: no XML may hold them, nor JSON within its texts."""
    path = _xml(tmp_path / "a.xml", _item(900001, "가"), _item(900002, "나\x0b다"), _item(900003, "라"))
    saved = tmp_path / "a.json"
    saved.write_text(
        json.dumps([FIELDS | {"pbanc_ctnt": "첫째\n둘째"}], ensure_ascii=False).replace("\\n", "\n"), "utf-8"
    )
    report = load(SOURCE, [path], store, quarantine_dir=tmp_path)
    load(SOURCE, [saved], store, quarantine_dir=tmp_path)

    assert (report.loaded, report.quarantined) == (2, 1)
    assert report.quarantine_file is not None
    assert [fault["reason"] for fault in read_csv(report.quarantine_file)] == ["a character of it cannot be read"]
    assert (store.get_node(NodeRef("Program", "kstartup:900001")) or {})["summary"] == "첫째\n둘째"


def test_prose_beside_the_lists_is_read_too(store: EmbeddedStore, tmp_path: Path) -> None:
    fields = FIELDS | {
        "aply_trgt": "일반기업",
        "biz_enyy": "1년미만,10년미만",
        "aply_trgt_ctnt": "여성 예비창업자 및 창업 7년 이내 창업기업",
        "aply_excl_trgt_ctnt": "휴ㆍ폐업 기업은 제외",
    }
    path = tmp_path / "list.json"
    path.write_text(json.dumps([fields], ensure_ascii=False), "utf-8")
    load(SOURCE, [path], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Program", "kstartup:900001")) or {}

    assert node["representatives"] == ["women"]
    assert node["exclusions"] == ["closed"]
    assert (node["max_company_age"], node["admits_pre_founders"]) == (7, True)
    assert [line.partition("@")[0] for line in node["unread"]] == ["age"]
    for line in [*node["read_from"], *node["unread"]]:
        place, _, rest = line.partition("@")[2].partition(":")
        start, _, quote = rest.partition(" ")
        assert node[place][int(start) :].startswith(quote)


def test_who_is_left_out_is_told_by_a_field_of_its_own(store: EmbeddedStore, tmp_path: Path) -> None:
    fields = FIELDS | {
        "aply_trgt": "일반기업",
        "biz_enyy": "예비창업자,1년미만,10년미만",
        "aply_trgt_ctnt": "수출을 준비하는 법인사업자",
        "aply_excl_trgt_ctnt": "국세 체납자 및 신용불량 거래자, 예비창업자와 대학, 음식점 업종",
    }
    path = tmp_path / "list.json"
    path.write_text(json.dumps([fields], ensure_ascii=False), "utf-8")
    load(SOURCE, [path], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Program", "kstartup:900001")) or {}

    assert node["exclusions"] == ["arrears", "bad_credit"]
    assert node["targets"] == ["corporation", "mid_size", "sme"]
    assert {line.partition("@")[0] for line in node["unread"]} == {"age", "exclusion", "industry"}
    assert node["target_text"] == (
        "일반기업 / 업력: 예비창업자, 1년미만, 10년미만 / 수출을 준비하는 법인사업자\n"
        "제외 대상: 국세 체납자 및 신용불량 거래자, 예비창업자와 대학, 음식점 업종"
    )
