"""Tests of fetching all pages of a service, each API with its own paging and quirks."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from graph_schema.progress import silent
from loaders.live.answer import read_rows
from loaders.live.client import Client
from loaders.live.endpoints import Endpoint, Numbered
from loaders.live.harvest import Harvest, HarvestRequest, harvest
from loaders.live.pages import PageFolder
from loaders.registry import SOURCES
from tests.loaders.live import rows
from tests.loaders.live.server import (
    PublicApis,
    Reply,
    bizinfo,
    gateway,
    gateway_error,
    in_turn,
    kipris,
    ntis,
    odcloud,
    tax_office,
)

NOW = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)
Fetch = Callable[..., Harvest]


@pytest.fixture
def fetch(client: Client, tmp_path: Path) -> Fetch:
    """Fetch a service into the test's folder."""

    def run(endpoint: Endpoint, **wanted: object) -> Harvest:
        source = SOURCES.get(endpoint.source)
        return harvest(
            endpoint,
            client,
            PageFolder(tmp_path / endpoint.name),
            source.read if source else read_rows,
            HarvestRequest(**{"now": NOW, **wanted}),  # type: ignore[arg-type]
            progress=silent,
        )

    return run


def paged(endpoint: Endpoint, count: int) -> Endpoint:
    """Return the service with so many rows on a page."""
    assert isinstance(endpoint.paging, Numbered)
    return replace(endpoint, paging=replace(endpoint.paging, rows=count))


def test_bizinfo_pages_are_counted_in_their_items(apis: PublicApis, fetch: Fetch) -> None:
    made = fetch(paged(apis.serve("bizinfo", bizinfo(rows.notices(5))), 2))

    assert (made.rows, len(made.pages), made.failure) == (5, 3, None)
    assert apis.pages("pageIndex") == ["1", "2", "3"]


def test_bizinfo_of_the_portal_is_paged_by_its_total(apis: PublicApis, fetch: Fetch) -> None:
    made = fetch(paged(apis.serve("bizinfo-portal", gateway(rows.notices(4))), 2))

    assert (made.rows, apis.pages("pageNo"), apis.pages("dataType")) == (4, ["1", "2"], ["json", "json"])


@pytest.mark.parametrize(
    ("items", "expected"),
    [({}, 0), ("", 0), ({"item": {}}, 0), ({"item": rows.notices(1)[0]}, 1), ({"item": rows.notices(2)}, 2)],
)
def test_items_are_nothing_one_object_or_a_list(items: object, expected: int, apis: PublicApis, fetch: Fetch) -> None:
    """No data comes as HTTP 200 with code 03 and an empty ``items``, one item without a list."""
    header = {"resultCode": "00" if expected else "03", "resultMsg": "NORMAL SERVICE."}
    answer = {"response": {"header": header, "body": {"items": items, "totalCount": expected}}}
    made = fetch(apis.serve("bizinfo-portal", in_turn(Reply(json.dumps(answer)))))

    assert (made.rows, made.failure) == (expected, None)


def test_kstartup_counts_what_the_filter_leaves(apis: PublicApis, fetch: Fetch) -> None:
    """``totalCount`` counts the whole register, ``matchCount`` what was asked for."""
    made = fetch(paged(apis.serve("kstartup", odcloud(rows.announcements(3))), 2))

    assert (made.rows, apis.pages("page")) == (3, ["1", "2"])


@pytest.mark.parametrize("name", ["kstartup-contents", "kstartup-statistics"])
def test_the_other_services_of_kstartup_are_kept_as_they_are(name: str, apis: PublicApis, fetch: Fetch) -> None:
    made = fetch(apis.serve(name, odcloud([{"titl_nm": "가상 글", "detl_pg_url": "www.k-startup.go.kr/x"}])))

    assert (made.rows, made.failure) == (1, None)


def test_a_day_is_asked_for_where_the_api_takes_one(apis: PublicApis, fetch: Fetch) -> None:
    made = fetch(apis.serve("kstartup", odcloud(rows.announcements(3))), since=date(2026, 10, 30))

    assert apis.pages("cond[pbanc_rcpt_bgng_dt::GTE]") == ["20261030"]
    assert not made.notes


def test_a_filter_that_the_server_ignores_is_noticed_and_told(apis: PublicApis, fetch: Fetch) -> None:
    """Older rows come although a day was asked for: it is told once, and a page of them alone is the last one."""
    made = fetch(paged(apis.serve("kstartup", odcloud(rows.announcements(5))), 2), since=date(2026, 10, 31))

    assert (made.rows, len(made.pages)) == (4, 2)
    (note,) = made.notes
    assert "조건을 무시" in note.ko
    assert "ignores what was asked for (since 2026-10-31)" in note.en


def test_a_list_that_has_the_newest_first_ends_at_the_day(apis: PublicApis, fetch: Fetch) -> None:
    """Bizinfo takes no day: pages end with the first one that is older as a whole."""
    made = fetch(paged(apis.serve("bizinfo", bizinfo(rows.notices(10))), 2), since=date(2026, 10, 29))

    assert (made.rows, len(made.pages)) == (6, 3)


def test_a_list_that_has_the_newest_first_ends_at_what_is_known(apis: PublicApis, fetch: Fetch, tmp_path: Path) -> None:
    """Only behind a run that was loaded to its end: else what it did not reach would be missed for ever."""
    known = {f"PBLN_{number:015}" for number in range(1, 8)}
    endpoint = paged(apis.serve("bizinfo", bizinfo(rows.notices(10))), 2)
    first = fetch(endpoint, is_new=lambda row: row.values["pblancId"] not in known)
    PageFolder(tmp_path / "bizinfo").finish()
    second = fetch(endpoint, is_new=lambda row: row.values["pblancId"] not in known)

    assert len(first.pages) == 5
    assert len(second.pages) == 3  # 10 9 | 8 7 | 6 5


def test_an_api_that_cannot_be_asked_by_day_says_so(apis: PublicApis, fetch: Fetch) -> None:
    made = fetch(apis.serve("centers", odcloud(rows.centers(2))), since=date(2026, 10, 1))

    assert "everything is fetched" in next(iter(made.notes)).en


def test_a_server_that_gives_fewer_rows_than_asked_for_loses_none(apis: PublicApis, fetch: Fetch) -> None:
    made = fetch(apis.serve("centers", odcloud(rows.centers(7), most=3)))

    assert (made.rows, apis.pages("page")) == (7, ["1", "2", "3"])


def test_a_server_that_ignores_the_page_number_is_noticed(apis: PublicApis, fetch: Fetch) -> None:
    same = Reply(json.dumps({"matchCount": 100, "data": rows.centers(2)}))
    made = fetch(paged(apis.serve("centers", in_turn(same)), 2))

    assert (made.rows, len(made.pages), len(apis.asked)) == (2, 1, 2)
    assert "the same page came again" in next(iter(made.notes)).en


def test_smes24_is_asked_for_the_last_ninety_days(apis: PublicApis, fetch: Fetch) -> None:
    """It has no pages, and answers for all its notices at once come too late."""
    answer = Reply(json.dumps({"resultCd": "0", "resultMsg": "정상", "data": []}))
    fetch(apis.serve("smes24", in_turn(answer)))

    assert [(asked.query["strDt"], asked.query["endDt"]) for asked in apis.asked] == [("20260805", "20261102")]


def test_smes24_is_asked_stretch_by_stretch_since_a_day(apis: PublicApis, fetch: Fetch) -> None:
    answer = Reply(json.dumps({"resultCd": "0", "resultMsg": "정상", "data": []}))
    fetch(apis.serve("smes24", in_turn(answer)), since=date(2026, 6, 1))

    assert [(asked.query["strDt"], asked.query["endDt"]) for asked in apis.asked] == [
        ("20260601", "20260829"),
        ("20260830", "20261102"),
    ]


def test_ntis_projects_begin_at_the_row_behind_the_last_one(apis: PublicApis, fetch: Fetch) -> None:
    made = fetch(paged(apis.serve("ntis-projects", ntis(rows.projects(5))), 2))

    assert (made.rows, apis.pages("startPosition")) == (5, ["1", "3", "5"])
    assert set(apis.pages("SRWR")) == {"고양"}


def test_ntis_calls_need_no_key_and_come_a_hundred_at_a_time(apis: PublicApis, fetch: Fetch) -> None:
    made = fetch(apis.serve("ntis-calls", in_turn(Reply(rows.feed(*range(1, 101))))))

    assert made.rows == 100
    assert apis.asked[0].query == {"prt": "100"}
    assert "there may be more" in next(iter(made.notes)).en


def test_ntis_calls_since_a_day_are_asked_day_by_day(apis: PublicApis, fetch: Fetch) -> None:
    fetch(apis.serve("ntis-calls", in_turn(Reply(rows.feed(1)))), since=date(2026, 10, 31))

    assert apis.pages("dt") == ["20261031", "20261101", "20261102"]


def test_kipris_is_paged_for_each_applicant(apis: PublicApis, fetch: Fetch) -> None:
    endpoint = paged(apis.serve("kipris", kipris(rows.patents(3))), 2)
    made = fetch(endpoint, queries=("가나대학교", "다라대학교"))

    assert [(asked.query["applicant"], asked.query["pageNo"]) for asked in apis.asked] == [
        ("가나대학교", "1"),
        ("가나대학교", "2"),
        ("다라대학교", "1"),
        ("다라대학교", "2"),
    ]
    assert made.rows == 6


def test_shops_are_asked_for_district_by_district(apis: PublicApis, fetch: Fetch) -> None:
    made = fetch(paged(apis.serve("stores", gateway(rows.shops(3))), 2))

    assert apis.pages("key") == ["41281", "41281", "41285", "41285", "41287", "41287"]
    assert made.rows == 9


def test_the_tax_office_is_asked_a_hundred_numbers_at_a_time(apis: PublicApis, fetch: Fetch) -> None:
    numbers = [f"{number:010}" for number in range(250)]
    made = fetch(apis.serve("nts-status", tax_office(dict.fromkeys(numbers, ("01", "")))), numbers=numbers)

    assert [len(asked.body["b_no"]) for asked in apis.asked] == [100, 100, 50]
    assert made.rows == 250
    assert not [path for path in made.pages if "0000000" in path.name]


def test_a_run_that_was_stopped_goes_on_with_the_page_that_is_missing(apis: PublicApis, fetch: Fetch) -> None:
    endpoint = apis.serve("centers", odcloud(rows.centers(6)))
    good = apis.handlers[next(iter(apis.handlers))]
    apis.handlers[next(iter(apis.handlers))] = in_turn(good, good, Reply("", 500))
    first = fetch(paged(endpoint, 2))
    apis.handlers[next(iter(apis.handlers))] = good
    apis.asked.clear()
    second = fetch(paged(endpoint, 2))

    assert (first.rows, "HTTP 500" in str(first.failure)) == (4, True)
    assert (second.rows, second.reused, second.failure) == (6, 2, None)
    assert apis.pages("page") == ["3"]


def test_a_complete_run_is_not_gone_on_with(apis: PublicApis, fetch: Fetch, tmp_path: Path) -> None:
    endpoint = apis.serve("centers", odcloud(rows.centers(2)))
    fetch(endpoint)
    PageFolder(tmp_path / "centers").finish()
    again = fetch(endpoint)

    assert (again.reused, len(apis.asked)) == (0, 2)


def test_a_run_that_asks_for_something_else_or_comes_too_late_begins_anew(apis: PublicApis, fetch: Fetch) -> None:
    endpoint = paged(apis.serve("kstartup", odcloud(rows.announcements(4))), 2)
    good = apis.handlers[next(iter(apis.handlers))]

    def fail_on_the_second_page() -> None:
        apis.handlers[next(iter(apis.handlers))] = in_turn(good, gateway_error("22", "LIMITED"), good)

    fail_on_the_second_page()
    fetch(endpoint)
    assert fetch(endpoint, since=date(2026, 1, 1)).reused == 0
    fail_on_the_second_page()
    fetch(endpoint)
    assert fetch(endpoint, now=NOW + timedelta(days=4)).reused == 0


def test_the_quota_ends_a_run_and_keeps_what_it_has(apis: PublicApis, fetch: Fetch) -> None:
    """It is not tried again: only tomorrow helps."""
    over = gateway_error("22", "LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR")
    endpoint = paged(apis.serve("bizinfo-portal", in_turn(gateway(rows.notices(4)), over)), 2)
    made = fetch(endpoint)

    assert (made.rows, len(apis.asked)) == (2, 2)
    assert made.failure is not None
    assert "하루 요청 한도" in made.failure.wording.ko
    assert "tomorrow" in made.failure.wording.en


def test_an_answer_cut_off_in_its_text_is_asked_for_again(apis: PublicApis, fetch: Fetch) -> None:
    whole = json.dumps({"matchCount": 2, "data": rows.centers(2)})
    made = fetch(apis.serve("centers", in_turn(Reply(whole[:-20]), Reply(whole))))

    assert (made.rows, made.failure, len(apis.asked)) == (2, None, 2)


def test_a_page_that_holds_an_error_is_not_kept(apis: PublicApis, fetch: Fetch, tmp_path: Path) -> None:
    fetch(apis.serve("centers", in_turn(Reply(json.dumps({"code": -10, "msg": "트래픽을 초과하였습니다."})))))

    assert [path.name for path in (tmp_path / "centers").iterdir()] == ["run.json"]
