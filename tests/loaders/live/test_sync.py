"""Tests of a daily run: what is asked, in which order it is loaded, and what a second run does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from graph_schema.errors import ConfigError
from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.live.client import Client
from loaders.live.endpoints import ENDPOINTS
from loaders.live.keys import KEY_NAMES, Keyring
from loaders.live.sync import Planned, Sync, Synced, business_numbers
from loaders.registry import SOURCES
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import everything, write_csv
from tests.loaders.live import rows
from tests.loaders.live.server import (
    KEY,
    PublicApis,
    Reply,
    bizinfo,
    gateway,
    gateway_xml,
    in_turn,
    kipris,
    ntis,
    odcloud,
    tax_office,
)
from tests.loaders.sources.test_nts_status import ACTIVE, CLOSED, states

NOW = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.fixture
def work(tmp_path: Path) -> Sync:
    keys = Keyring(dict.fromkeys(KEY_NAMES, KEY))
    return Sync(keys, tmp_path / "downloads", tmp_path / "quarantine", {"kipris": ("가나대학교",)})


def run(work: Sync, store: EmbeddedStore, client: Client, planned: Sequence[Planned], **how: object) -> list[Synced]:
    """Run without pauses, two rows on a page."""
    quick = [
        replace(
            each,
            endpoint=replace(
                each.endpoint,
                pause=0,
                paging=replace(each.endpoint.paging, rows=2)
                if hasattr(each.endpoint.paging, "rows")
                else each.endpoint.paging,
            ),
        )
        for each in planned
    ]
    return list(work.run(quick, store, client, now=NOW, **how))  # type: ignore[arg-type]


def test_each_service_that_has_its_key_is_asked_and_the_others_say_where_to_get_one(work: Sync) -> None:
    some = replace(work, keys=Keyring({"data_go_kr": KEY}))
    planned = {each.endpoint.name: each.skipped for each in some.plan()}

    assert [name for name, skipped in planned.items() if not skipped] == [
        "centers", "bizinfo-portal", "kstartup", "kstartup-businesses", "ntis-calls", "stores", "nts-status",
    ]  # fmt: skip
    for text in planned["kipris"] or ():
        assert "https://plus.kipris.or.kr" in text
        assert "DURE_KEY_KIPRIS" in text
    assert "kstartup-contents" not in planned


def test_of_two_services_of_a_source_one_is_asked(work: Sync) -> None:
    assert [each.endpoint.name for each in work.plan(["bizinfo"])] == ["bizinfo"]
    assert [each.endpoint.name for each in work.plan(["bizinfo-portal"])] == ["bizinfo-portal"]


def test_services_of_one_source_that_have_rows_of_their_own_are_all_asked(work: Sync) -> None:
    assert [each.endpoint.name for each in work.plan(["ntis-results"])] == [
        "ntis-papers", "ntis-patents", "ntis-reports",
    ]  # fmt: skip


def test_projects_results_and_factories_are_fetched_and_loaded(
    work: Sync, apis: PublicApis, store: EmbeddedStore, client: Client
) -> None:
    """Papers and patents are parts of one service; factories are asked for by the name of a company."""
    papers, patents = rows.results(3, "JNL"), rows.results(1, "PAT")
    apis.serve("ntis-projects", ntis(rows.projects(1)))
    apis.serve("ntis-papers", lambda asked: ntis(papers if asked.query["addQuery"] == "DBT=PAP" else patents)(asked))
    apis.serve("factories", gateway_xml(rows.factories(3)))
    wanted = replace(work, relay=apis.address, queries={"factories": ("가나",)})
    done = run(wanted, store, client, wanted.plan(["ntis-projects", "ntis-papers", "ntis-patents", "factories"]))

    assert [(each.report.loaded if each.report else None, each.failures) for each in done] == [
        (1, ()), (3, ()), (1, ()), (3, ()),
    ]  # fmt: skip
    assert {asked.query["cmpnyNm"] for asked in apis.asked if "cmpnyNm" in asked.query} == {"가나"}


def test_a_service_without_anything_to_ask_for_says_how_to_name_it(work: Sync) -> None:
    (kipris_plan,) = replace(work, queries={}).plan(["kipris"])

    for text in kipris_plan.skipped or ("nothing is lacking",):
        assert "DURE_SYNC_QUERIES" in text
        assert "applicant" in text


def test_an_unknown_source_is_answered_with_those_that_can_be_fetched(work: Sync) -> None:
    with pytest.raises(ConfigError, match="unknown source shops; those that can be fetched are centers, bizinfo"):
        work.plan(["shops"])


def test_what_is_fetched_is_loaded_and_a_second_run_changes_nothing(
    work: Sync, apis: PublicApis, store: EmbeddedStore, client: Client
) -> None:
    apis.serve("centers", odcloud(rows.centers(3)))
    apis.serve("bizinfo", bizinfo(rows.notices(5)))
    apis.serve("kstartup", odcloud(rows.announcements(3)))
    apis.serve("ntis-calls", in_turn(Reply(rows.feed(7, 8))))
    apis.serve("kipris", kipris(rows.patents(3)))
    apis.serve("stores", gateway(rows.shops(2)))
    planned = replace(work, relay=apis.address).plan(
        ["centers", "bizinfo", "kstartup", "ntis-calls", "kipris", "stores"]
    )
    first = run(work, store, client, planned)
    before = everything(store)
    second = run(work, store, client, planned)

    assert [each.failures for each in (*first, *second)] == [()] * 12
    assert [each.report.source for each in first if each.report] == [
        "centers", "bizinfo", "kstartup", "ntis-calls", "kipris", "stores",
    ]  # fmt: skip
    assert [each.report.quarantined for each in first if each.report] == [0] * 6
    assert sum(each.report.loaded for each in second if each.report) == 0
    assert everything(store) == before
    assert {name: len(before[name]) for name in ("Center", "Program", "Technology", "Company")} == {
        "Center": 3,
        "Program": 10,
        "Technology": 3,
        "Company": 2,
    }


def test_a_second_run_ends_where_a_list_holds_nothing_new(
    work: Sync, apis: PublicApis, store: EmbeddedStore, client: Client
) -> None:
    """Of ten notices two are new and one of the next page was changed: the third page is the last one asked for."""
    notices = rows.notices(10)
    apis.serve("bizinfo", bizinfo(notices[2:]))
    planned = replace(work, relay=apis.address).plan(["bizinfo"])
    run(work, store, client, planned)
    apis.asked.clear()
    notices[3] = {**notices[3], "pblancNm": "새 제목"}
    apis.serve("bizinfo", bizinfo(notices))
    (again,) = run(work, store, client, planned)

    assert apis.pages("pageIndex") == ["1", "2", "3"]
    assert again.report is not None
    assert (again.report.read, again.report.loaded) == (6, 3)


def test_calls_of_the_feed_carry_their_window_money_and_agencies(
    work: Sync, apis: PublicApis, store: EmbeddedStore, client: Client
) -> None:
    apis.serve("ntis-calls", in_turn(Reply(rows.feed(1206594))))
    run(work, store, client, replace(work, relay=apis.address).plan(["ntis-calls"]))
    call = store.get_node(NodeRef("Program", "ntis:1206594")) or {}

    assert (call["announced_on"], call["apply_from"], call["apply_until"], call["budget_krw"]) == (
        date(2026, 8, 21),
        date(2026, 8, 24),
        date(2026, 9, 18),
        500_000_000.0,
    )
    offered = {(row["dst"], row["role"]) for row in everything(store)["Program__OFFERED_BY__Institution"]}
    assert offered == {("가상부", "authority"), ("가상진흥원", "operator")}


def test_one_service_that_fails_keeps_none_of_the_others_out(
    work: Sync, apis: PublicApis, store: EmbeddedStore, client: Client
) -> None:
    apis.serve("centers", in_turn(Reply("", 503)))
    apis.serve("kstartup", odcloud(rows.announcements(2)))
    failed, loaded = run(work, store, client, replace(work, relay=apis.address).plan(["centers", "kstartup"]))

    assert (failed.report, "HTTP 503" in failed.failures[0].en) == (None, True)
    assert loaded.report is not None
    assert loaded.report.loaded == 2


def test_pages_that_came_before_a_failure_are_loaded(
    work: Sync, apis: PublicApis, store: EmbeddedStore, client: Client
) -> None:
    apis.serve("centers", in_turn(odcloud(rows.centers(4)), Reply("", 503)))
    (cut,) = run(work, store, client, replace(work, relay=apis.address).plan(["centers"]))

    assert cut.report is not None
    assert (cut.report.loaded, len(cut.failures)) == (2, 1)


def test_pages_that_were_fetched_and_not_loaded_are_loaded_by_the_next_run(
    work: Sync, apis: PublicApis, store: EmbeddedStore, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is stopped while it loads is not done: else its older pages would be missed for ever."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    apis.serve("bizinfo", bizinfo(rows.notices(6)))
    planned = replace(work, relay=apis.address).plan(["bizinfo"])
    with monkeypatch.context() as patched:
        patched.setattr("loaders.live.sync.load", stop)
        with pytest.raises(KeyboardInterrupt):
            run(work, store, client, planned)
    apis.asked.clear()
    (again,) = run(work, store, client, planned)

    assert not apis.asked
    assert again.report is not None
    assert (again.harvest.reused, again.report.loaded) == (3, 6)


def test_the_tax_office_is_asked_about_real_companies_that_have_a_number(
    work: Sync, apis: PublicApis, store: EmbeddedStore, client: Client, tmp_path: Path
) -> None:
    companies = [
        {"기업명": "가", "사업자등록번호": CLOSED, "가상 여부": ""},
        {"기업명": "나", "사업자등록번호": ACTIVE, "가상 여부": ""},
        {"기업명": "다", "사업자등록번호": "1234500018", "가상 여부": "예"},
        {"기업명": "라", "사업자등록번호": "", "가상 여부": ""},
    ]
    load(SOURCES["companies"], [write_csv(tmp_path / "c.csv", companies)], store, quarantine_dir=tmp_path)
    apis.serve("nts-status", tax_office({CLOSED: ("03", "20260715"), ACTIVE: ("01", "")}))
    run(work, store, client, replace(work, relay=apis.address).plan(["nts-status"]))

    assert business_numbers(store) == [ACTIVE, CLOSED]
    assert states(store)[f"brn:{CLOSED}"] == ("closed", date(2026, 7, 15), date(2026, 7, 15))
    assert states(store)[f"brn:{ACTIVE}"] == ("active", None, None)


def test_services_that_are_kept_alone_are_not_loaded(
    work: Sync, apis: PublicApis, store: EmbeddedStore, client: Client
) -> None:
    assert not ENDPOINTS["kstartup-contents"].source
    apis.serve("kstartup-contents", odcloud([{"titl_nm": "글"}]))
    (kept,) = run(work, store, client, replace(work, relay=apis.address).plan(["kstartup-contents"]))

    assert (kept.report, kept.harvest.rows, len(kept.harvest.pages)) == (None, 1, 1)
