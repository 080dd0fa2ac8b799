"""What a register no longer says ends: facts of changed rows, and all of rows that vanished from a whole load."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.registry import SOURCES
from loaders.report import LoadReport, Replaced, UnreadFilesError
from stores.base import GraphStore
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import everything, write_csv

FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAYS = [FIRST + timedelta(days=number) for number in range(5)]
COMPANY = {"기업명": "가나정밀", "사업자등록번호": "123-45-67891", "지역": "고양시 덕양구", "업종코드": "26299"}
NOTICE = {"pblancId": "PBLN_000000000900001", "pblancNm": "가상 공고", "areaNm": "경기@인천", "hashtags": "센서,로봇"}
PATENT = {
    "applicationNumber": "1020210012345",
    "inventionTitle": "센서",
    "applicant_orgs": "(주)가나|(주)다라|(주)마바",
    "ipc": "H01M 10/00",
}


def load_rows(
    store: GraphStore, source: str, rows: list[dict[str, str]], folder: Path, now: datetime, *, whole: bool = False
) -> LoadReport:
    names = dict.fromkeys((name for row in rows for name in row), "")
    path = write_csv(folder / f"{source}.csv", [names | row for row in rows])
    return load(replace(SOURCES[source], whole=whole), [path], store, quarantine_dir=folder / "q", now=now)


def held(store: GraphStore, relation: str) -> dict[tuple[str, str], tuple[date | None, date | None]]:
    """Return first and last day of each relationship by its ends."""
    rows: list[dict[str, Any]] = everything(store).get(relation, [])
    return {(row["src"], row["dst"]): (row["valid_from"], row["valid_to"]) for row in rows}


def test_what_a_changed_row_no_longer_says_ends_on_the_day_before(store: EmbeddedStore, tmp_path: Path) -> None:
    """The company moved and changed its industry; what took the place holds from the day of the load."""
    load_rows(store, "companies", [COMPANY], tmp_path, DAYS[0])
    moved = COMPANY | {"지역": "부천시", "업종코드": "58221"}
    report = load_rows(store, "companies", [moved], tmp_path, DAYS[3])

    assert (report.loaded, report.closed, report.whole) == (1, 2, False)
    id_, before, since = "brn:1234567891", (None, date(2026, 3, 4)), (date(2026, 3, 5), None)
    assert held(store, "Company__LOCATED_IN__Region") == {(id_, "41281"): before, (id_, "41190"): since}
    assert held(store, "Company__IN_INDUSTRY__Industry") == {
        (id_, "ksic11:26299"): before,
        (id_, "ksic11:58221"): since,
    }


def test_a_changed_row_is_quiet_when_it_is_loaded_again(store: EmbeddedStore, tmp_path: Path) -> None:
    load_rows(store, "companies", [COMPANY], tmp_path, DAYS[0])
    moved = COMPANY | {"지역": "부천시"}
    load_rows(store, "companies", [moved], tmp_path, DAYS[1])
    graph = everything(store)
    report = load_rows(store, "companies", [moved], tmp_path, DAYS[2])

    assert (report.loaded, report.unchanged, report.closed) == (0, 1, 0)
    assert everything(store) == graph


def test_what_is_only_added_was_perhaps_always_so(store: EmbeddedStore, tmp_path: Path) -> None:
    """A second industry replaces nothing, so nobody knows since when it holds; dropping it counts as a change."""
    load_rows(store, "companies", [COMPANY], tmp_path, DAYS[0])
    load_rows(store, "companies", [COMPANY | {"업종코드": "26299;58221"}], tmp_path, DAYS[1])
    assert set(held(store, "Company__IN_INDUSTRY__Industry").values()) == {(None, None)}

    report = load_rows(store, "companies", [COMPANY], tmp_path, DAYS[2])
    assert (report.loaded, report.unchanged, report.closed) == (1, 0, 1)


def test_what_is_said_again_holds_again_from_that_day(store: EmbeddedStore, tmp_path: Path) -> None:
    for at, place in enumerate(("고양시 덕양구", "부천시", "고양시 덕양구")):
        load_rows(store, "companies", [COMPANY | {"지역": place}], tmp_path, DAYS[at])

    assert held(store, "Company__LOCATED_IN__Region") == {
        ("brn:1234567891", "41281"): (date(2026, 3, 4), None),
        ("brn:1234567891", "41190"): (date(2026, 3, 3), date(2026, 3, 3)),
    }


def test_what_is_stated_and_taken_back_on_one_day_does_not_hold_on_it(store: EmbeddedStore, tmp_path: Path) -> None:
    for place, now in (("고양시 덕양구", DAYS[0]), ("부천시", DAYS[1]), ("파주시", DAYS[1])):
        load_rows(store, "companies", [COMPANY | {"지역": place}], tmp_path, now)

    day = date(2026, 3, 3)
    places = held(store, "Company__LOCATED_IN__Region")
    assert [place for (_, place), (_, until) in places.items() if until is None or until >= day] == ["41480"]
    assert store.check().refused == []


class Drop(NamedTuple):
    """A row, what changes in it, and the far ends of a relation that are over and left then."""

    source: str
    row: dict[str, str]
    change: dict[str, str]
    relation: str
    over: set[str]
    left: set[str]


SPACE = {"id": "1", "title": "84㎡", "center": "가나센터", "region": "41285", "industries": "26;27"}
EXPERT = {"id": "1", "headline": "세무사", "profession": "세무사", "consented_on": "2026-01-02", "topics": "세무;창업"}
NEED = {"id": "1", "title": "방수 시험", "kind": "기술", "company": "가나", "topics": "시험;방수"}
FILED_ALONE = {"applicant_orgs": "(주)가나"}
OTHER_FIELD = {"ipc": "G06F 3/01"}
DROPS = (
    Drop("bizinfo", NOTICE, {"areaNm": "경기"}, "Program__TARGETS__Region", {"28"}, {"41"}),
    Drop("bizinfo", NOTICE, {"hashtags": "로봇"}, "Program__ABOUT__Topic", {"센서"}, {"로봇"}),
    Drop("kipris", PATENT, FILED_ALONE, "Company__CO_FILED_WITH__Company", {"name:다라", "name:마바"}, set()),
    Drop("kipris", PATENT, OTHER_FIELD, "Technology__IN_FIELD__TechField", {"ipc:H01M"}, {"ipc:G06F"}),
    Drop("spaces", SPACE, {"industries": "26"}, "Space__ADMITS__Industry", {"ksic11:27"}, {"ksic11:26"}),
    Drop("experts", EXPERT, {"topics": "창업"}, "Expert__SPECIALIZES_IN__Topic", {"세무"}, {"창업"}),
    Drop("needs", NEED, {"topics": "방수"}, "Need__ABOUT__Topic", {"시험"}, {"방수"}),
)


@pytest.mark.parametrize("drop", DROPS, ids=lambda drop: f"{drop.source} {drop.relation}")
def test_every_source_closes_what_its_rows_drop(drop: Drop, store: EmbeddedStore, tmp_path: Path) -> None:
    load_rows(store, drop.source, [drop.row], tmp_path, DAYS[0])
    load_rows(store, drop.source, [drop.row | drop.change], tmp_path, DAYS[1])
    found = held(store, drop.relation)

    assert {end for (_, end), (_, until) in found.items() if until == date(2026, 3, 2)} == drop.over
    assert {end for (_, end), (_, until) in found.items() if until is None} == drop.left


def test_the_two_revisions_of_one_table_do_not_close_each_other(store: EmbeddedStore, tmp_path: Path) -> None:
    levels = [("A", "농업"), ("01", "농업"), ("011", "재배업"), ("0111", "곡물"), ("01110", "곡물")]
    row = {f"ksic{at}_cd": code for at, (code, _) in enumerate(levels, start=1)}
    row |= {f"ksic{at}_nm": name for at, (_, name) in enumerate(levels, start=1)}
    for at, revision in enumerate(("C9", "C10")):
        report = load_rows(store, "ksic-9-10", [row | {"ksic_C": revision}], tmp_path, DAYS[at])
        assert report.closed == 0


def test_the_later_of_two_files_ends_what_the_earlier_one_says(store: EmbeddedStore, tmp_path: Path) -> None:
    paths = [
        write_csv(tmp_path / f"{at}.csv", [COMPANY | {"지역": place}]) for at, place in enumerate(("고양시", "부천시"))
    ]
    report = load(SOURCES["companies"], paths, store, quarantine_dir=tmp_path, now=DAYS[0])

    assert report.closed == 1
    assert held(store, "Company__LOCATED_IN__Region")["brn:1234567891", "41280"] == (None, date(2026, 3, 1))


def test_a_partial_load_leaves_what_it_does_not_name(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [COMPANY, {"기업명": "다라", "지역": "부천시"}]
    load_rows(store, "companies", rows, tmp_path, DAYS[0])
    graph = everything(store)

    assert load_rows(store, "companies", rows[:1], tmp_path, DAYS[1]).closed == 0
    assert everything(store) == graph


def test_a_whole_load_closes_what_has_vanished_and_nothing_else(store: EmbeddedStore, tmp_path: Path) -> None:
    """A vanished company ends with its facts; a region, or another source's company, is not this source's to close."""
    load_rows(store, "kipris", [PATENT], tmp_path, DAYS[0])
    rows = [
        COMPANY,
        {"기업명": "다라정공", "지역": "부천시"},
        {"기업명": "마바정공", "지역": "부천시", "설립일": "엉뚱"},
    ]
    repaired = [row | {"설립일": ""} for row in rows]
    load_rows(store, "companies", repaired, tmp_path, DAYS[0])
    report = load_rows(store, "companies", [rows[0], rows[2]], tmp_path, DAYS[1], whole=True)

    assert (report.cells, report.closed, report.whole) == (1, 2, True)
    graph = everything(store)
    over = {row["id"]: row["valid_to"] for rows in graph.values() for row in rows if "id" in row and row["valid_to"]}
    assert over == {"name:다라정공@41190": date(2026, 3, 2)}
    assert held(store, "Company__LOCATED_IN__Region") == {
        ("brn:1234567891", "41281"): (None, None),
        ("name:다라정공@41190", "41190"): (None, date(2026, 3, 2)),
        ("name:마바정공@41190", "41190"): (None, None),
    }
    assert load_rows(store, "companies", [rows[0], rows[2]], tmp_path, DAYS[2], whole=True).closed == 0


def test_what_comes_back_is_open_again(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [COMPANY, {"기업명": "다라정공", "지역": "부천시"}]
    load_rows(store, "companies", rows, tmp_path, DAYS[0])
    load_rows(store, "companies", rows[:1], tmp_path, DAYS[1], whole=True)
    load_rows(store, "companies", rows, tmp_path, DAYS[2], whole=True)

    assert "valid_to" not in (store.get_node(NodeRef("Company", "name:다라정공@41190")) or {})
    assert held(store, "Company__LOCATED_IN__Region")["name:다라정공@41190", "41190"] == (date(2026, 3, 4), None)


def test_a_notice_that_only_mentions_an_agency_does_not_take_it_along(store: EmbeddedStore, tmp_path: Path) -> None:
    rows = [NOTICE | {"jrsdInsttNm": "가상부"}, NOTICE | {"pblancId": "PBLN_000000000900002", "jrsdInsttNm": "가상부"}]
    load_rows(store, "bizinfo", rows, tmp_path, DAYS[0])
    load_rows(store, "bizinfo", rows[1:], tmp_path, DAYS[1], whole=True)

    assert "valid_to" not in (store.get_node(NodeRef("Institution", "가상부")) or {})
    assert (store.get_node(NodeRef("Program", rows[0]["pblancId"])) or {})["valid_to"] == date(2026, 3, 2)


def test_a_vanished_row_ends_though_a_code_that_others_mention_is_written_like_its_number(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    shop = {"상호명": "가나식당", "표준산업분류코드": "I56111", "시군구코드": "41281"}
    rows = [shop | {"상가업소번호": "41281"}, shop | {"상가업소번호": "MA1"}]
    load_rows(store, "stores", rows, tmp_path, DAYS[0], whole=True)
    load_rows(store, "stores", [rows[1] | {"상호명": "다라식당"}], tmp_path, DAYS[1], whole=True)

    ended = {row["id"]: row["valid_to"] for row in everything(store)["Company"]}
    assert ended == {"stores:41281": date(2026, 3, 2), "stores:MA1": None}


def test_a_whole_load_without_a_row_closes_nothing(store: EmbeddedStore, tmp_path: Path) -> None:
    """A header alone, as a broken export leaves it, is not all that a register says."""
    load_rows(store, "companies", [COMPANY], tmp_path, DAYS[0])
    before = everything(store)
    alone = tmp_path / "header.csv"
    alone.write_text(",".join(COMPANY) + "\n", encoding="utf-8")
    with pytest.raises(UnreadFilesError, match="nothing is closed; name a file that holds rows") as refused:
        load(replace(SOURCES["companies"], whole=True), [alone], store, quarantine_dir=tmp_path, now=DAYS[1])
    assert (refused.value.report.read, refused.value.report.closed) == (0, 0)
    assert everything(store) == before


def test_files_of_a_load_that_disagree_are_told_and_the_later_one_counts(store: EmbeddedStore, tmp_path: Path) -> None:
    paths = [tmp_path / "2026.csv", tmp_path / "old" / "2025.csv", tmp_path / "copy.csv"]
    paths[1].parent.mkdir()
    other = COMPANY | {"기업명": "다라정밀", "사업자등록번호": ""}
    write_csv(paths[0], [COMPANY, other])
    write_csv(paths[1], [other, COMPANY | {"지역": "부천시"}])
    write_csv(paths[2], [other])
    report = load(SOURCES["companies"], paths, store, quarantine_dir=tmp_path, now=DAYS[0])

    assert report.replaced == (Replaced(paths[0], paths[1], 1),)
    assert report.as_json()["replaced"] == [{"file": str(paths[0]), "by": str(paths[1]), "rows": 1}]
    assert (report.read, report.loaded, report.unchanged) == (5, 3, 2)
    places = held(store, "Company__LOCATED_IN__Region")
    assert [end for (start, end), (_, last) in places.items() if start.startswith("brn:") and last is None] == ["41190"]
    again = load(SOURCES["companies"], paths[1:2], store, quarantine_dir=tmp_path, now=DAYS[1])
    assert (again.unchanged, again.replaced) == (2, ())
