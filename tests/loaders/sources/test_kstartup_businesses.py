"""Tests of the source ``kstartup-businesses``."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar, Final

import pytest

from graph_schema.errors import SourceError
from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.recognition import recognise, source_of
from loaders.registry import SOURCES
from loaders.sources.kstartup_businesses import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES

ANSWER = FILES / "kstartup_businesses.json"


class TestKstartupBusinesses(LoaderContract):
    """The contract on a made-up answer."""

    source = "kstartup-businesses"
    spoil: ClassVar = {"supt_biz_titl_nm": "", "biz_yr": "26"}

    def valid_file(self) -> Path:
        return ANSWER


def test_a_programme_of_a_year_says_whom_it_is_for_and_what_it_gives(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [ANSWER], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Program", "kstartup-businesses:2026:가상창업도약")) or {}

    assert source_of(ANSWER).name == "kstartup-businesses"
    assert (node["kind"], node["max_company_age"], node["max_support_krw"]) == ("startup", 7, 300_000_000)
    assert (node["window_kind"], node["apply_until"]) == ("unknown", date(2026, 12, 31))
    assert node["url"] == "https://www.k-startup.go.kr/x?id=1"
    for line in node["read_from"]:
        place, _, rest = line.partition("@")[2].partition(":")
        start, _, quote = rest.partition(" ")
        assert node[place][int(start) :].startswith(quote)


def test_the_same_programme_of_another_year_is_another(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [ANSWER], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Program", "kstartup-businesses:2024:가상창업도약")) or {}

    assert (node["title"], node["apply_until"]) == ("가상 창업도약", date(2024, 12, 31))


def test_the_live_xml_is_read_too(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = json.loads(ANSWER.read_text(encoding="utf-8"))["data"]
    items = ("".join(f'<col name="{name}">{text}</col>' for name, text in row.items()) for row in rows)
    path = tmp_path / "a.xml"
    path.write_text(f"<results><data>{''.join(f'<item>{item}</item>' for item in items)}</data></results>", "utf-8")

    assert source_of(path).name == "kstartup-businesses"
    assert load(SOURCE, [path], store, quarantine_dir=tmp_path).loaded == 2


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"titl_nm": "가상 글", "clss_cd": "notice_matr", "view_cnt": 3, "detl_pg_url": "x"}, "K-Startup articles"),
        ({"titl_nm": "가상 통계", "ctnt": "추이", "file_nm": "a.pdf", "detl_pg_url": "x"}, "K-Startup statistics"),
    ],
)
def test_articles_and_statistics_are_known_and_told_why_they_are_not_loaded(
    row: dict[str, object], what: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"totalCount": 1, "data": [row]}, ensure_ascii=False), encoding="utf-8")

    with pytest.raises(SourceError, match=f"is of {what}, for which the graph has no place"):
        source_of(path)
    assert "둘 자리가 없습니다" in recognise(tmp_path).others[path].ko


def test_research_equipment_is_told_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        "<RESULT><TOTALHITS>1</TOTALHITS><RESULTSET><HIT><EquipID>1</EquipID></HIT></RESULTSET></RESULT>", "utf-8"
    )

    with pytest.raises(SourceError, match="is of NTIS research equipment"):
        source_of(path)


_ARTICLE: Final = {
    "id": "7",
    "clss_cd": "notice_matr",
    "titl_nm": "가상 글",
    "fstm_reg_dt": "2026-03-02",
    "view_cnt": "3",
    "detl_pg_url": "www.k-startup.go.kr/x",
    "file_nm": "",
}
_STATISTIC: Final = {
    "id": "8",
    "titl_nm": "가상 통계",
    "ctnt": "추이",
    "fstm_reg_dt": "2026-03-02",
    "last_mdfcn_dt": "2026-03-03",
    "detl_pg_url": "www.k-startup.go.kr/y",
    "file_nm": "a.pdf",
}


def _as_json(row: dict[str, str]) -> str:
    answer = {"currentCount": 1, "data": [row], "matchCount": 1, "page": 1, "perPage": 10, "totalCount": 1}
    return json.dumps(answer, ensure_ascii=False)


def _as_columns(row: dict[str, str]) -> str:
    return _results("".join(f'<col name="{name}">{text}</col>' for name, text in row.items()))


def _as_tags(row: dict[str, str]) -> str:
    return _results("".join(f"<{name}>{text}</{name}>" for name, text in row.items()))


def _results(cells: str) -> str:
    data = f"<data><item>{cells}</item></data>"
    return f"<results><currentCount>1</currentCount>{data}<totalCount>1</totalCount></results>"


@pytest.mark.parametrize("write", [_as_json, _as_columns, _as_tags])
@pytest.mark.parametrize(("row", "what"), [(_ARTICLE, "K-Startup articles"), (_STATISTIC, "K-Startup statistics")])
@pytest.mark.parametrize("source", ["kstartup", "kstartup-businesses"])
def test_articles_and_statistics_that_are_loaded_by_name_are_recognised(
    store: EmbeddedStore,
    tmp_path: Path,
    write: Callable[[dict[str, str]], str],
    row: dict[str, str],
    what: str,
    source: str,
) -> None:
    """They come with the same key and address, so the report says what they are and nothing fails."""
    path = tmp_path / f"a.{'json' if write is _as_json else 'xml'}"
    path.write_text(write(row), encoding="utf-8")
    report = load(SOURCES[source], [path], store, quarantine_dir=tmp_path)

    assert (report.read, report.quarantined) == (0, 0)
    ((said, about),) = report.remarks.items()
    assert said.en.startswith(f"recognised, holds nothing that the graph keeps, {what}: ")
    assert list(about) == [path.name]


def test_articles_are_a_fault_where_another_register_is_loaded(store: EmbeddedStore, tmp_path: Path) -> None:
    """The message says what the file is in place of what it lacks."""
    path = tmp_path / "a.json"
    path.write_text(_as_json(_ARTICLE), encoding="utf-8")
    with pytest.raises(SourceError, match="is of K-Startup articles, for which the graph has no place"):
        load(SOURCES["centers"], [path], store, quarantine_dir=tmp_path)
