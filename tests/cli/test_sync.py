"""``dure sync`` as a user runs it, against a server on this machine that stands in for the public APIs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from cli.main import EXIT_CODES
from graph_schema.errors import ConfigError, SourceError
from tests.command_line import Run
from tests.loaders.live import rows
from tests.loaders.live.server import KEY, PublicApis, ReceivedRequest, Reply, in_turn, odcloud, public_apis

_KEYS = tuple(f"DURE_KEY_{name}" for name in ("DATA_GO_KR", "BIZINFO", "SMES24", "NTIS", "KIPRIS"))


@pytest.fixture
def apis(monkeypatch: pytest.MonkeyPatch) -> Iterator[PublicApis]:
    for name in (*_KEYS, "DURE_SYNC_QUERIES"):
        monkeypatch.delenv(name, raising=False)
    with public_apis() as running, stamina.set_testing(testing=True, attempts=2):
        monkeypatch.setenv("DURE_SYNC_RELAY", running.address)
        monkeypatch.setenv("DURE_KEY_DATA_GO_KR", KEY)
        yield running
        stamina.instrumentation.set_on_retry_hooks(None)


def test_sync_fetches_loads_and_reports(run: Run, apis: PublicApis, home: Path) -> None:
    apis.serve("centers", odcloud(rows.centers(3)))
    result = run("sync", "--source", "centers")

    assert result.exit_code == 0
    assert "centers: 3 rows on 1 pages" in result.stdout
    assert "source centers  read 3  loaded 3" in result.stdout
    assert [path.name for path in sorted((home / "downloads/centers").iterdir())] == ["0001-00001.json", "run.json"]


def test_sync_tells_programs_in_one_object(run: Run, apis: PublicApis) -> None:
    apis.serve("centers", odcloud(rows.centers(3)))
    told = json.loads(run("sync", "--source", "centers", "--json").stdout)

    assert told["left_out"] == {}
    (centers,) = told["synced"]
    assert (centers["name"], centers["rows"], centers["report"]["loaded"], centers["failures"]) == ("centers", 3, 3, [])


def test_a_dry_run_asks_nothing(run: Run, apis: PublicApis, home: Path) -> None:
    told = json.loads(run("sync", "--dry-run", "--json").stdout)
    planned = {each["name"]: each["left_out"] for each in told}

    assert planned["centers"] is None
    assert all("DURE_KEY_KIPRIS" in text for text in planned["kipris"].values())
    assert not apis.asked
    assert not home.exists()


def test_a_source_without_its_key_is_left_out_and_one_that_was_named_is_an_error(run: Run, apis: PublicApis) -> None:
    listed = ("centers", "kstartup", "kstartup-businesses")
    for name in (*listed, "stores", "nts-status", "bizinfo-portal"):
        apis.serve(name, odcloud([]) if name in listed else in_turn(Reply('{"data": []}')))
    apis.serve("ntis-calls", in_turn(Reply(rows.feed(1))))
    everything = run("sync")
    named = run("sync", "--source", "kipris", "--source", "centers")

    assert everything.exit_code == 0, everything.exception
    assert "left out: KIPRIS Plus patents and utility models: no key" in everything.stdout
    assert isinstance(named.exception, ConfigError)
    assert EXIT_CODES[ConfigError] == 2
    assert "DURE_KEY_KIPRIS" in str(named.exception)


def test_what_cannot_be_fetched_is_an_error_behind_the_report(run: Run, apis: PublicApis) -> None:
    apis.serve("centers", in_turn(odcloud(rows.centers(600)), Reply("", 500)))
    result = run("sync", "--source", "centers", "--json")

    assert isinstance(result.exception, SourceError)
    assert EXIT_CODES[SourceError] == 4
    (centers,) = json.loads(result.stdout)["synced"]
    assert (centers["report"]["loaded"], "HTTP 500" in centers["failures"][0]["ko"]) == (500, True)


def test_rows_that_are_all_refused_have_an_exit_code_of_their_own(run: Run, apis: PublicApis) -> None:
    apis.serve("centers", odcloud([{**row, "시도": "달나라"} for row in rows.centers(2)]))

    assert run("sync", "--source", "centers").exit_code == 6


@pytest.mark.parametrize(("option", "value"), [("--since", "어제"), ("--source", "shops")])
def test_wrong_usage_is_told(option: str, value: str, run: Run, apis: PublicApis) -> None:
    assert apis.address
    assert isinstance(run("sync", option, value).exception, ConfigError)


@pytest.mark.parametrize("queries", ["고양", '{"kipris": "고양"}', '{"kiprs": ["고양"]}'])
def test_wrong_queries_are_told_with_an_example(
    queries: str, run: Run, apis: PublicApis, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert apis.address
    monkeypatch.setenv("DURE_SYNC_QUERIES", queries)
    error = run("sync").exception

    assert isinstance(error, ConfigError)
    assert '{"kipris": ["한국항공대학교"]}' in str(error)


def test_a_relay_without_https_is_refused(run: Run, apis: PublicApis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DURE_SYNC_RELAY", "http://relay.example")

    assert isinstance(run("sync", "--source", "centers").exception, ConfigError)
    assert not apis.asked


def test_the_key_is_nowhere_but_in_the_request(run: Run, apis: PublicApis, home: Path) -> None:
    """Not in what is printed, an error, the name of a file or any file of the home, repeated by the API or not."""

    def repeat(asked: ReceivedRequest) -> Reply:
        row = {**rows.centers(1)[0], "상태": asked.query["serviceKey"]}
        return Reply(json.dumps({"matchCount": 1, "data": [row]}, ensure_ascii=False))

    apis.serve("centers", repeat)
    apis.serve(
        "kstartup", lambda asked: Reply(json.dumps({"code": -401, "msg": f"key {asked.query['serviceKey']}"}), 401)
    )
    result = run("sync", "--source", "centers", "--source", "kstartup")
    spellings = [KEY.encode(), b"abc%2BDEF", b"abc+DEF"]
    files = [path for path in home.rglob("*") if path.is_file()]

    assert {asked.query["serviceKey"] for asked in apis.asked} == {KEY}
    assert "***" in (home / "downloads/centers/0001-00001.json").read_text(encoding="utf-8")
    shown = [(result.output + str(result.exception)).encode(), *(str(path).encode() for path in files)]
    assert not [text for text in (*shown, *(path.read_bytes() for path in files)) for s in spellings if s in text]


def test_a_run_that_was_killed_goes_on_with_the_page_that_is_missing(apis: PublicApis, run: Run, home: Path) -> None:
    """Killed while it waits for the third page, it asks for that one first when it is run again."""
    reached, release = threading.Event(), threading.Event()
    pages = odcloud(rows.centers(1_200))

    def hang(asked: ReceivedRequest) -> Reply:
        reached.set()
        release.wait(30)
        return pages(asked)

    apis.serve("centers", in_turn(pages, pages, hang))
    command = [sys.executable, "-c", "from cli.main import main; main()", "sync", "--source", "centers"]
    with subprocess.Popen(command, env={**os.environ}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as killed:
        assert reached.wait(60)
        killed.send_signal(signal.SIGKILL)
    release.set()
    kept = {path.name for path in (home / "downloads/centers").glob("0*")}
    apis.asked.clear()
    apis.serve("centers", pages)
    result = run("sync", "--source", "centers", "--json")

    assert kept == {"0001-00001.json", "0001-00002.json"}
    assert [asked.query["page"] for asked in apis.asked] == ["3"]
    (centers,) = json.loads(result.stdout)["synced"]
    assert (centers["reused"], centers["rows"], centers["report"]["loaded"]) == (2, 1_200, 1_200)
