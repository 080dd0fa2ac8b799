"""Loading, counting and snapshots from the command line."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from cli.composition import read_settings, store_of
from graph_schema.catalog import node_type, relation_type
from graph_schema.columns import table_from_columns
from graph_schema.errors import ConfigError, SourceError, StoredFaultsError
from graph_schema.model import NodeRef
from loaders.samples import sample_loads
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.snapshot import open_snapshot
from stores.bolt import Neo4jStore
from stores.embedded import EmbeddedStore
from tests.command_line import Run
from tests.loaders.workbooks import write_workbook
from tests.neo4j_fixtures import Neo4jAccess

_KEYS = {
    "source",
    "read",
    "loaded",
    "unchanged",
    "quarantined",
    "cells",
    "closed",
    "whole",
    "seconds",
    "quarantine_file",
    "replaced",
    "lacking_columns",
    "skipped_sheets",
    "unknown_columns",
    "unnamed_codes",
    "awaited",
    "disagreements",
    "remarks",
    "hand_edits",
}
_FILES = dict(sample_loads())


def test_load_reports_exactly_the_promised_keys(run: Run) -> None:
    """One JSON object with these keys; read is the sum of the three outcomes."""
    report = json.loads(run("load", "centers", _FILES["centers"], "--json").stdout)
    assert set(report) == _KEYS
    assert (report["source"], report["read"], report["loaded"]) == ("centers", 29, 29)


def test_second_load_changes_nothing(run: Run) -> None:
    run("load", "centers", _FILES["centers"])
    report = json.loads(run("load", "centers", _FILES["centers"], "--json").stdout)
    assert (report["loaded"], report["unchanged"], report["quarantined"]) == (0, 29, 0)


def test_store_option_names_another_file(run: Run, tmp_path: Path, home: Path) -> None:
    uri = f"duckdb://{tmp_path / 'elsewhere.duckdb'}"
    run("load", "centers", _FILES["centers"], "--store", uri)
    counts = json.loads(run("graph", "counts", "--store", uri, "--json").stdout)
    assert counts["nodes"]["Center"] == 29
    assert not (home / "graph.duckdb").exists()


def test_list_names_every_source_with_both_titles(run: Run) -> None:
    listed = json.loads(run("load", "--list", "--json").stdout)
    assert {"ksic11", "centers", "bizinfo", "kstartup", "ntis-calls", "kipris", "companies", "needs"} <= {
        entry["name"] for entry in listed
    }
    assert all(entry["title_ko"] and entry["title_en"] for entry in listed)


def test_unknown_source_and_missing_file_say_what_to_do(run: Run, tmp_path: Path) -> None:
    unknown = run("load", "nonsense", tmp_path / "x.csv").exception
    assert isinstance(unknown, SourceError)
    assert "known are" in str(unknown)
    missing = run("load", "centers", tmp_path / "없는 파일.csv").exception
    assert isinstance(missing, SourceError)
    assert "없는 파일.csv" in str(missing)


def test_load_without_a_file_shows_its_usage(run: Run) -> None:
    assert isinstance(run("load", "centers").exception, ConfigError)


def test_bad_rows_wait_in_quarantine_while_the_rest_loads(run: Run, tmp_path: Path, home: Path) -> None:
    lines = _FILES["centers"].read_text(encoding="utf-8").splitlines()
    broken = tmp_path / "centers.csv"
    header = lines[0].split(",")
    empty_name = ["경기도", *[""] * (len(header) - 1)]
    broken.write_text("\n".join([*lines, ",".join(empty_name)]) + "\n", encoding="utf-8")
    result = run("load", "centers", broken)
    assert "quarantined 1" in result.stdout
    assert str(home / "quarantine") in result.stdout
    assert list((home / "quarantine").glob("centers-*.csv"))


@pytest.mark.parametrize("named", ["regions", "--all"])
def test_who_reads_korean_is_told_in_korean_why_rows_wait(
    named: str, run: Run, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "files" / "regions.csv"
    path.parent.mkdir()
    path.write_text("code,name,parent\n41,경기도,\n9x,없는 곳,\n", encoding="utf-8")
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert run("load", named, path.parent if named == "--all" else path).exit_code == 0

    (faults,) = (home / "quarantine").glob("regions-*Z.csv")
    told = faults.read_text(encoding="utf-8-sig")
    assert "행정구역 코드가 아닙니다,시도는 2자리, 시군구는 5자리로 적으십시오" in told.replace('"', "")


def test_who_reads_korean_is_told_in_korean_what_came_of_a_load(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "regions.csv"
    path.write_text("code,name,parent\n41,경기도,\n9x,없는 곳,\n", encoding="utf-8")
    empty = tmp_path / "empty.csv"
    empty.touch()
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    lines = run("load", "regions", path).stdout.splitlines()
    assert lines[0].startswith("출처 regions  읽음 2  적재 1  그대로 0  격리 1  종료 0  ")
    assert [line.partition(":")[0] for line in lines[1:]] == ["일부 적재", "행과 칸마다 사유와 고치는 법"]
    for unread, told in ((tmp_path / "none.csv", "읽을 수 없습니다(파일이 없음)"), (empty, "비어 있는 파일입니다")):
        error = run("load", "regions", unread).exception
        assert isinstance(error, SourceError)
        assert f"{unread}: {told}" in error.in_language("ko")
        assert told not in str(error)


def test_snapshot_is_named_by_its_content(run: Run, tmp_path: Path) -> None:
    """The same load into two stores gives one snapshot id."""
    ids = []
    for name in ("a", "b"):
        uri = f"duckdb://{tmp_path / f'{name}.duckdb'}"
        run("load", "centers", _FILES["centers"], "--store", uri)
        ids.append(json.loads(run("snapshot", "--store", uri, "--json").stdout)["snapshot_id"])
    assert ids[0] == ids[1]


def test_copy_moves_a_graph_between_stores(run: Run, tmp_path: Path, home: Path) -> None:
    """A file is named by its path or its URI."""
    run("load", "centers", _FILES["centers"])
    source, target = home / "graph.duckdb", tmp_path / "copy.duckdb"
    copied = json.loads(run("graph", "copy", "--from", f"duckdb://{source}", "--to", target, "--json").stdout)
    assert copied == json.loads(run("graph", "counts", "--store", target, "--json").stdout)


@pytest.fixture
def hand_made(run: Run, home: Path) -> Path:
    """Make a store whose only company has an unknown legal form."""
    run("migrate")
    company = node_type("Company")
    columns = {"id": ["a"], "name": ["두레정밀"], "legal_form": ["주식회사"]}
    with EmbeddedStore(home / "graph.duckdb") as store:
        store.upsert_nodes(company, table_from_columns(company, columns, source="test"))
    return home


@pytest.mark.parametrize("command", [("graph", "check"), ("snapshot",)])
def test_what_breaks_the_catalog_is_told_to_people_and_programs(
    run: Run, hand_made: Path, command: tuple[str, ...]
) -> None:
    """One JSON object with everything, and an error that ends the command; no snapshot is written."""
    result = run(*command, "--json")
    assert isinstance(result.exception, StoredFaultsError)
    told = json.loads(result.stdout)
    assert [(fault["place"], fault["field"], fault["value"]) for fault in told["refused"]] == [
        ("Company:a", "legal_form", "주식회사")
    ]
    assert (told["adoptable"], told["stale"], told["adopted"]) == ([], 0, False)
    assert "choose sole, corporation, other" in str(run(*command).exception)
    assert not (hand_made / "snapshots").exists()


def test_a_sound_graph_is_told_as_such(run: Run) -> None:
    run("load", "centers", _FILES["centers"])
    assert "nothing is against the catalog" in run("graph", "check").stdout
    assert json.loads(run("graph", "check", "--json").stdout) == {
        "refused": [],
        "adoptable": [],
        "stale": 0,
        "adopted": False,
    }
    made = json.loads(run("snapshot", "--json").stdout)
    assert (made["adopted"], made["stale"]) == ([], 0)


@pytest.mark.neo4j
def test_what_was_drawn_in_neo4j_is_taken_up_by_the_snapshot(
    run: Run, neo4j_graph: Neo4jAccess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check only tells of it; the store named ``neo4j`` is opened for writing by the snapshot alone."""
    monkeypatch.setenv("DURE_NEO4J_URI", neo4j_graph.uri)
    monkeypatch.setenv("DURE_NEO4J_USER", neo4j_graph.user)
    monkeypatch.setenv("DURE_NEO4J_PASSWORD", neo4j_graph.password)
    neo4j_graph.run("CREATE (:Company {id: 'hand:1', name: '두레정밀'})")
    told = run("graph", "check", "--store", "neo4j").stdout
    assert "drawn by hand, to be adopted by `dure snapshot`: 1" in told
    assert neo4j_graph.run("MATCH (c:Company) RETURN c.source")[0][0] is None
    made = json.loads(run("snapshot", "--store", "neo4j", "--json").stdout)
    assert [fault["place"] for fault in made["adopted"]] == ["Company:hand:1"]
    assert (made["rows"], made["stale"]) == (1, 1)
    assert neo4j_graph.run("MATCH (c:Company) RETURN c.source, c.synthetic")[0].values() == ["hand", False]
    assert "nothing is against the catalog" in run("graph", "check", "--store", "neo4j").stdout


def test_the_store_of_our_own_server_is_named_as_the_person_did(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So a remedy reads `dure migrate --store neo4j`, which works, where the address alone would lack a password."""
    assert not home.exists()
    monkeypatch.setenv("DURE_NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("DURE_NEO4J_PASSWORD", "secret")
    with store_of(read_settings(), "neo4j") as own, store_of(read_settings(), "bolt://127.0.0.1:1") as other:
        assert isinstance(own, Neo4jStore)
        assert isinstance(other, Neo4jStore)
        assert (own.name, other.name) == ("neo4j", None)


def test_migrate_twice_applies_nothing_the_second_time(run: Run) -> None:
    run("migrate")
    second = json.loads(run("migrate", "--json").stdout)
    assert second["applied"] == []
    assert second["version"] >= 1


def test_a_snapshot_sees_what_held_on_the_day_that_is_asked_about(run: Run, tmp_path: Path, home: Path) -> None:
    """A company that moved is in its old place until the day before the load, in the new one from that day on."""
    located = relation_type("Company", "LOCATED_IN", "Region")
    for place in ("고양시 덕양구", "부천시"):
        path = tmp_path / "companies.csv"
        path.write_text(f"기업명,사업자등록번호,지역\n가나정밀,1234567891,{place}\n", encoding="utf-8")
        report = json.loads(run("load", "companies", path, "--json").stdout)
    assert (report["closed"], report["whole"]) == (1, False)
    run("snapshot")
    snapshot = open_snapshot(home / "snapshots")
    facts, regions = DatedFacts(snapshot), snapshot.vocabulary("Region")
    day = report_day(home)
    places = [
        [regions.id(int(at)) for at in facts.links(located, each).indices] for each in (day - timedelta(days=1), day)
    ]
    assert places == [["41281"], ["41190"]]


def report_day(home: Path) -> date:
    """Return the day of the load in Korea, as the store has it."""
    with EmbeddedStore(home / "graph.duckdb") as store:
        (batch,) = store.read_relationships(relation_type("Company", "LOCATED_IN", "Region"))
    (day,) = [each for each in batch.column("valid_from").to_pylist() if each]
    assert isinstance(day, date)
    return day


def test_a_load_of_which_every_row_is_refused_has_an_exit_code_of_its_own(run: Run, tmp_path: Path) -> None:
    """The JSON report names where the rows wait; one good row among them makes the load a done one."""
    path = tmp_path / "companies.csv"
    path.write_text("기업명,사업자등록번호,비고\n가나,123,\n", encoding="utf-8")
    refused = run("load", "companies", path, "--json")
    report = json.loads(refused.stdout)
    assert (refused.exit_code, report["quarantined"], report["unknown_columns"]) == (6, 1, ["비고"])
    assert Path(report["quarantine_file"]).is_file()
    assert "columns that this source does not know, not read: 비고" in run("load", "companies", path).stdout
    path.write_text("기업명,사업자등록번호\n가나,123\n다라,1234567891\n", encoding="utf-8")
    assert run("load", "companies", path).exit_code == 0


def test_cells_to_be_checked_are_counted_apart_and_listed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text("기업명,설립일,종업원 수\n가나,엉뚱,많음\n", encoding="utf-8")
    result = run("load", "companies", path)
    assert result.exit_code == 0
    assert "loaded 1  unchanged 0  quarantined 0" in result.stdout
    assert "cells to be checked in rows that were loaded: 2;" in result.stdout
    report = json.loads(run("load", "companies", path, "--json").stdout)
    assert (report["unchanged"], report["cells"]) == (1, 2)
    assert Path(report["quarantine_file"]).is_file()


def test_a_misspelt_column_is_told_with_the_one_that_the_source_knows(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text("기업명,종업원,비고\n가나,3,\n", encoding="utf-8")
    shown = run("load", "companies", path).stdout
    assert "not read: 종업원 (it knows 종업원 수), 비고\n" in shown


def test_a_file_that_cannot_be_read_is_not_called_a_part(run: Run, tmp_path: Path) -> None:
    assert "partial" not in run("load", "companies", tmp_path / "no.csv").stdout


def test_the_counts_of_files_that_were_read_are_told_beside_the_one_that_was_not(run: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "a.csv", tmp_path / "b.csv"
    good.write_text("기업명\n가나\n", encoding="utf-8")
    bad.write_text("무엇\n가나\n", encoding="utf-8")
    result = run("load", "companies", bad, good, "--json")
    assert json.loads(result.stdout)["loaded"] == 1
    assert isinstance(result.exception, SourceError)
    assert "b.csv has another shape" in str(result.exception)


def test_a_folder_is_loaded_file_by_file_as_what_each_is(run: Run, tmp_path: Path) -> None:
    for at, name in enumerate(("centers", "ksic11", "regions")):
        (tmp_path / f"{at}.csv").write_bytes(_FILES[name].read_bytes())
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    shown = run("load", "--all", tmp_path).output
    assert shown.index("regions   2.csv") < shown.index("ksic11    1.csv") < shown.index("centers   0.csv")
    assert "not loaded: " in shown
    assert "other.csv has the columns of no source" in shown
    told = json.loads(run("load", "--all", tmp_path, "--json").stdout)
    assert [report["source"] for report in told["reports"]] == ["regions", "ksic11", "centers"]
    assert all(report["unchanged"] == report["read"] > 0 for report in told["reports"])
    assert list(told["not_loaded"]) == [str(tmp_path / "other.csv")]  # and nothing of the home, which lies beside it
    for wrong in (("centers", "--all", tmp_path), ("--all", tmp_path, "--whole")):
        assert isinstance(run("load", *wrong).exception, ConfigError)


def test_a_folder_of_which_every_row_is_refused_ends_as_one_source_does(run: Run, tmp_path: Path, home: Path) -> None:
    """What is not loaded and loses nothing, as a text beside the data, changes nothing of that."""
    path = tmp_path / "files" / "companies.csv"
    path.parent.mkdir()
    path.write_text("기업명,사업자등록번호\n가나,123\n다라,456\n", encoding="utf-8")
    (path.parent / "읽어주세요.txt").write_text("가상의 자료입니다\n", encoding="utf-8")
    refused = run("load", "--all", path.parent)
    assert refused.exit_code == run("load", "companies", path).exit_code == 6
    assert "quarantined 2" in refused.output
    assert list((home / "quarantine").glob("companies-*Z.csv"))
    path.write_text("기업명,사업자등록번호\n가나,123\n다라,1234567891\n", encoding="utf-8")
    assert run("load", "--all", path.parent).exit_code == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("빈 파일.csv", ""),
        ("오류.xml", "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg></cmmMsgHeader>"),
        ("기업.csv", "기업이름,사업자등록번호,지역,업종코드\n가나,1234567891,고양시,26299\n"),
    ],
)
def test_a_folder_with_a_file_that_cannot_be_read_does_not_end_in_success(
    name: str, content: str, run: Run, tmp_path: Path
) -> None:
    """The others are loaded, and the code is that of the file by itself."""
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / name).write_text(content, encoding="utf-8")
    (folder / "good.csv").write_text("기업명,지역\n가나,고양시\n", encoding="utf-8")
    result = run("load", "--all", folder, "--json")
    told = json.loads(result.stdout)
    assert [report["loaded"] for report in told["reports"]] == [1]
    assert list(told["not_loaded"]) == [str(folder / name)]
    alone = run("load", "companies", folder / name)
    assert isinstance(result.exception, SourceError)
    assert (result.exit_code, type(result.exception)) == (alone.exit_code, SourceError)
    assert name in str(result.exception)


def test_a_load_says_that_it_is_partial_and_a_whole_one_closes_what_vanished(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    path.write_text("기업명\n가나정밀\n다라정공\n", encoding="utf-8")
    assert "partial: what these files do not name stays" in run("load", "companies", path).stdout
    path.write_text("기업명\n가나정밀\n", encoding="utf-8")
    whole = run("load", "companies", path, "--whole").stdout
    assert "closed 1" in whole
    assert "partial" not in whole


def test_what_a_load_could_not_settle_is_told_in_both_languages(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of a header alone, and two files that disagree."""
    alone, new, old = (tmp_path / name for name in ("alone.csv", "2026.csv", "지난해.csv"))
    alone.write_text("기업명,지역\n", encoding="utf-8")
    new.write_text("기업명,종업원 수\n가나정밀,5\n", encoding="utf-8")
    old.write_text("기업명,종업원 수\n가나정밀,9\n", encoding="utf-8")
    assert "no rows: the files hold a header or an empty answer alone" in run("load", "companies", alone).stdout
    told = run("load", "companies", new, old).stdout
    assert f"rows on which two files disagree, the later one taken: 1 of {new}, taken from {old}" in told
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert "행이 없음: 파일에 머리글이나 빈 답만 있음" in run("load", "companies", alone).stdout
    assert f"두 파일이 달라 뒤 파일을 따른 행 1: {new}, 뒤 파일 {old}" in run("load", "companies", new, old).stdout


def test_a_whole_load_says_that_rows_that_wait_may_speak_of_what_it_closed(
    run: Run, tmp_path: Path, home: Path
) -> None:
    """A spreadsheet has spoiled the number that a company is known by; repaired, the company holds again."""
    path = tmp_path / "companies.csv"
    lines = ["기업명,사업자등록번호,지역", "가나정밀,1234567891,고양시", "다라정밀,,고양시"]
    path.write_text("\n".join(lines), encoding="utf-8")
    run("load", "companies", path)
    path.write_text("\n".join(lines).replace("1234567891", "1.23E+09"), encoding="utf-8")
    told = run("load", "companies", path, "--whole").stdout
    assert "what the quarantined rows speak of may be among what was closed: repaired and loaded, it holds" in told
    (waiting,) = (home / "quarantine").glob("*.rows-1.csv")
    waiting.write_text(waiting.read_text(encoding="utf-8-sig").replace("1.23E+09", "1234567891"), encoding="utf-8")
    assert json.loads(run("load", "companies", waiting, "--json").stdout)["loaded"] == 1
    with store_of(read_settings(), read_only=True) as store:
        found = store.get_node(NodeRef("Company", "brn:1234567891"))
    assert found
    assert "valid_to" not in found


def test_sheets_that_give_no_row_are_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hidden sheet, a note and an empty one, whether the list stands alone beside them or not."""
    header, row = ["기업명", "사업자등록번호"], ["가나정밀", "123-45-67891"]
    note, last_year = [["작성 요령"]], [header, ["다라정밀", "234-56-78904"]]
    several = write_workbook(tmp_path / "several.xlsx", note, [header, row], last_year, [], hidden=[3])
    alone = write_workbook(tmp_path / "alone.xlsx", [header, row], last_year, hidden=[2])
    path = tmp_path / "companies.csv"
    path.write_text("기업명,사업자등록번호\n가나정밀,123-45-67891\n", encoding="utf-8")
    told = run("load", "companies", several, alone, path).stdout
    assert "sheets of which no row was read: several.xlsx [s1], several.xlsx [s3] (hidden), several.xlsx [s4], " in told
    assert "several.xlsx [s4], alone.xlsx [s2] (hidden)\n" in told
    sheets = json.loads(run("load", "companies", alone, "--json").stdout)["skipped_sheets"]
    assert sheets == [{"file": str(alone), "sheet": "s2", "hidden": True}]
    assert "no row was read" not in run("load", "companies", path).stdout
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert "읽은 행이 없는 시트: alone.xlsx [s2] (숨김)\n" in run("load", "companies", alone).stdout


def test_what_a_file_has_no_column_for_is_kept_and_reported(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "spaces.csv"
    path.write_text("번호,제목,지식산업센터,지역,층\nS1,호실,일산테크노타운,고양시 일산동구,3\n", encoding="utf-8")
    full = tmp_path / "full.csv"
    full.write_text(path.read_text(encoding="utf-8").replace("층\n", "층,월세(원)\n").replace("3\n", "2,500000\n"))
    run("load", "centers", _FILES["centers"])
    run("load", "spaces", full)
    told = run("load", "spaces", path).stdout
    with store_of(read_settings(), read_only=True) as store:
        space = store.get_node(NodeRef("Space", "space:S1")) or {}
    assert (space["floor"], space["rent_krw"]) == (3, 500_000)
    lacking = (
        "전용 면적(㎡), 보증금(원), 월세(원), 매매가(원), 입주 가능일, 용도, 전 업종 입주 가능, 입주 가능 업종코드"
    )
    assert f"columns that a file lacks, what was known by them is kept: {lacking}\n" in told
    assert "is kept" not in run("load", "spaces", path).stdout  # where nothing was loaded


def test_what_registers_give_differently_is_reported(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = "회사명,생산품,공장주소,공장관리번호,업종코드,차수,종업원합계"
    factory, listed = tmp_path / "factories.csv", tmp_path / "companies.csv"
    factory.write_text(f"{columns}\n가나정밀,측정기,경기도 고양시 일산동구 장항로 1,1,26299,11,15\n", encoding="utf-8")
    listed.write_text("기업명,지역,종업원 수\n가나정밀,고양시 일산동구,12\n", encoding="utf-8")
    assert "sources differ" not in run("load", "factories", factory).stdout
    printed = run("load", "companies", listed).stdout
    assert "one of them shown: employees of 1 Company (companies shown, factories not)\n" in printed

    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    factory.write_text(factory.read_text(encoding="utf-8").replace(",15\n", ",16\n"), encoding="utf-8")
    assert "기업 종업원 수 1건(companies 적용, factories 제외)\n" in run("load", "factories", factory).stdout
    again = factory.read_text(encoding="utf-8").replace(",16\n", ",17\n")
    factory.write_text(again, encoding="utf-8")
    assert json.loads(run("load", "factories", factory, "--json").stdout)["disagreements"] == [
        {"element": "Company", "name": "employees", "by": "companies", "overruled": "factories", "rows": 1}
    ]


def test_codes_that_no_table_names_are_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "patents.csv"
    row = "1020230000001,센서,두루기술 주식회사,G01N 21/00|H99X 1/00"
    path.write_text(f"applicationNumber,inventionTitle,applicant_orgs,ipc\n{row}\n", encoding="utf-8")
    told = run("load", "kipris", path).stdout
    assert "codes without a name in the tables of codes, called by the code: 1 (H99X)\n" in told
