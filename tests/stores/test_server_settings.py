"""What others wrote into a server's settings is kept; what of it is not heeded is told, with what sets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stores.server_settings import Unheeded, write_settings

OURS = {"server.http.enabled": "false", "server.memory.pagecache.size": "512m", "dbms.usage_report.enabled": "false"}


@pytest.fixture
def conf(tmp_path: Path) -> Path:
    path = tmp_path / "neo4j.conf"
    assert write_settings(path, OURS) == ()
    return path


def test_what_was_decided_before_is_nobodys(conf: Path) -> None:
    """With another heap, or the Browser, what we wrote at the last start differs from what we write now."""
    assert write_settings(conf, OURS) == ()
    browser = {"server.http.enabled": "true", "server.http.listen_address": "127.0.0.1:20001"}
    assert write_settings(conf, OURS | browser | {"server.memory.pagecache.size": "1024m"}) == ()
    assert write_settings(conf, OURS) == ()
    assert "listen_address" not in conf.read_text()


@pytest.mark.parametrize("added", [True, False])
def test_a_value_of_ours_that_somebody_changed_is_told_once(conf: Path, *, added: bool) -> None:
    """Added behind ours, or written in its place."""
    text = conf.read_text()
    line = "server.memory.pagecache.size = 2g"
    conf.write_text(f"{text}{line}\n" if added else text.replace("server.memory.pagecache.size=512m", line))
    conf.write_text(f"{conf.read_text()}db.transaction.timeout=77s\n")
    [told] = write_settings(conf, OURS)
    assert told == Unheeded("server.memory.pagecache.size", "2g", "512m")
    assert conf.read_text().count("pagecache") == 1
    assert "db.transaction.timeout=77s" in conf.read_text()
    assert write_settings(conf, OURS) == ()


def test_the_same_value_or_another_key_is_not_told(conf: Path) -> None:
    conf.write_text(
        f"{conf.read_text()}server.http.enabled=false\n# server.http.enabled=true\ndb.logs.query.enabled=OFF\n"
    )
    assert write_settings(conf, OURS) == ()


def test_a_file_from_before_that_was_noted_is_read_by_its_parts(conf: Path) -> None:
    conf.with_name("decided.json").unlink()
    conf.write_text(f"{conf.read_text()}dbms.usage_report.enabled=true\n".replace("512m", "256m"))
    assert [each.key for each in write_settings(conf, OURS)] == ["dbms.usage_report.enabled"]


def test_what_only_neo4js_own_script_reads_is_told_at_each_start(conf: Path) -> None:
    conf.write_text(f"{conf.read_text()}server.memory.heap.max_size=4g\n")
    for _ in range(2):
        [told] = write_settings(conf, OURS)
        assert told.wording.en.endswith("what holds is —; set it by: dure neo4j start --heap-mb N")


def test_what_is_told_names_both_values_and_what_sets_it() -> None:
    told = Unheeded("server.http.enabled", "true", "false").wording
    assert told.en == (
        "server.http.enabled=true in neo4j.conf is not used; what holds is false; "
        "set it by: dure neo4j start --browser, --no-browser"
    )
    assert told.ko == (
        "neo4j.conf의 server.http.enabled=true는 쓰지 않습니다. 적용한 값: false. "
        "바꾸려면: dure neo4j start --browser, --no-browser"
    )
    other = Unheeded("dbms.usage_report.enabled", "true", "false").wording
    assert "DURE_NEO4J_URI" in other.en
    assert "DURE_NEO4J_URI" in other.ko
