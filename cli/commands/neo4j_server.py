"""``dure neo4j start | stop | status | dump | backup | restore``: a real Neo4j Community server from pip packages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.composition import NEO4J, read_settings, show_unheeded, store_of
from cli.options import JsonOption, Neo4jStoreOption
from cli.output import progress_shown, say, say_json
from graph_schema.errors import ConfigError
from graph_schema.wording import Wording

if TYPE_CHECKING:
    from stores.backup import BackupManifest
    from stores.server import Neo4jServer, ServerStatus

app = typer.Typer(help="Run a real Neo4j from pip packages, on loopback.", no_args_is_help=True)


@app.command()
def start(
    port: Annotated[int | None, typer.Option(help="Bolt port; by default a free one, kept from then on")] = None,
    heap_mb: Annotated[
        int | None, typer.Option(min=256, help="Java heap in MB, kept from then on; 1024 at first")
    ] = None,
    browser: Annotated[
        bool | None, typer.Option("--browser/--no-browser", help="With Neo4j Browser on loopback, kept from then on")
    ] = None,
    *,
    json: JsonOption = False,
) -> None:
    """Start the server.

    The first time its jars are fetched (about 130 MB).
    """
    from stores.server import Neo4jServer

    server = Neo4jServer(read_settings().files.neo4j, port=port, heap_mb=heap_mb, browser=browser)
    if server.status().running and (port, heap_mb, browser) != (None, None, None):
        raise ConfigError(
            Wording(
                "서버가 실행 중입니다. 설정은 시작할 때 읽으니 `dure neo4j stop`을 먼저 실행하십시오",
                "the server runs, and settings are read as it starts; run `dure neo4j stop` first",
            )
        )
    with progress_shown(quiet=json) as progress:
        status = server.start(progress)
    show_unheeded(status)
    _report(server, status, json=json)


@app.command()
def stop(*, json: JsonOption = False) -> None:
    """Stop the server cleanly."""
    server = _server()
    stopped = server.stop()
    if stopped and not json:
        say(Wording(f"멈췄습니다. 데이터는 남아 있습니다: {server.home}", f"stopped; data stays in {server.home}"))
    else:
        _report(server, server.status(), json=json)


@app.command()
def status(*, json: JsonOption = False) -> None:
    """Tell whether the server runs, and where."""
    server = _server()
    _report(server, server.status(), json=json)


@app.command()
def dump(
    out: Annotated[Path, typer.Option("--out", "-o", help="The .dump file to write")],
    *,
    json: JsonOption = False,
) -> None:
    """Write the database as a file that Neo4j Desktop loads.

    The server is stopped meanwhile.
    """
    with progress_shown(quiet=json) as progress:
        _server().dump(out, progress)
    if json:
        say_json({"file": str(out), "bytes": out.stat().st_size})
    else:
        written = f"{out} ({out.stat().st_size / 1e6:,.1f} MB)"
        say(
            Wording(
                f"저장: {written}. Neo4j Desktop에서 불러오는 법은 docs/coordinators.md에 있습니다",
                f"wrote {written}; load it in Neo4j Desktop, see docs/coordinators.md",
            )
        )


@app.command()
def backup(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write; it holds personal data")],
    store: Neo4jStoreOption = NEO4J,
    *,
    json: JsonOption = False,
) -> None:
    """Write all of a store as Parquet files while it is in use.

    Any Neo4j server will do, and the embedded store.
    """
    from stores.backup import write_backup

    with (
        progress_shown(quiet=json) as progress,
        store_of(read_settings(), store, read_only=True, progress=progress) as opened,
    ):
        _report_backup(Wording("백업", "backed up to"), out, write_backup(opened, out, progress), json=json)


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `dure neo4j backup` wrote")],
    store: Neo4jStoreOption = NEO4J,
    *,
    json: JsonOption = False,
) -> None:
    """Fill an empty store from a backup, and compare both."""
    from stores.backup import read_backup, restore_backup

    read_backup(folder)  # before a server is started for it
    with progress_shown(quiet=json) as progress, store_of(read_settings(), store, progress=progress) as opened:
        done = Wording("복원하고 검증함", "restored and verified from")
        _report_backup(done, folder, restore_backup(folder, opened, progress), json=json)


def _report_backup(done: Wording, folder: Path, manifest: BackupManifest, *, json: bool) -> None:
    rows = sum(manifest.rows.values())
    if json:
        shown = {"snapshot_id": manifest.snapshot_id, "rows": rows, "decisions": manifest.decisions}
        say_json({"folder": str(folder), **shown})
    else:
        id_, decisions = manifest.snapshot_id[:12], f"{manifest.decisions:,}"
        say(
            Wording(
                f"{done.ko}: {rows:,}행, 결정 {decisions}건, 폴더 {folder}; id {id_}",
                f"{rows:,} rows and {decisions} decisions {done.en} {folder}; id {id_}",
            )
        )


def _server() -> Neo4jServer:
    from stores.server import Neo4jServer

    return Neo4jServer(read_settings().files.neo4j)


def _report(server: Neo4jServer, status: ServerStatus, *, json: bool) -> None:
    answers = server.answers()
    if json:
        shown = {"running": status.running, "uri": status.uri, "user": status.user, "pid": status.pid}
        say_json({**shown, "heap_mb": status.heap_mb, "browser": status.browser, "answers": answers})
    elif answers:
        _say_running(status)
    elif status.running:
        say(
            Wording(
                f"프로세스 {status.pid}: 실행 중이나 {status.uri}에서 답이 없습니다. 시작하는 중이면 기다리고, 아니면 "
                f"`dure neo4j stop`, `dure neo4j start`를 차례로 실행하십시오. 로그: {status.log}",
                f"process {status.pid} runs and does not answer at {status.uri}; wait if it is coming up, else "
                f"`dure neo4j stop`, then `dure neo4j start`; its log is {status.log}",
            )
        )
    else:
        say(Wording(f"실행 중이 아닙니다. 데이터: {server.home}", f"not running; data in {server.home}"))


def _say_running(status: ServerStatus) -> None:
    uri, user, password = status.uri, status.user, status.password_file
    say(
        Wording(
            f"실행 중: {uri} (프로세스 {status.pid}); 사용자 {user}, 비밀번호 파일 {password}",
            f"running at {uri} (process {status.pid}); user {user}, password in {password}",
        )
    )
    if named := read_settings().neo4j_uri:
        say(
            Wording(
                f"그러나 DURE_NEO4J_URI가 있어 --store neo4j는 {named}로 갑니다. 이 서버를 쓰려면 그 변수를 지우십시오",
                f"but --store neo4j goes to {named}, which DURE_NEO4J_URI names; unset it to use this server",
            )
        )
    else:
        say(
            Wording(
                "--store neo4j 또는 DURE_STORE=neo4j로 씁니다",
                "use it with --store neo4j or DURE_STORE=neo4j",
            )
        )
    if status.browser:
        say(
            Wording(
                f"Neo4j Browser로 보기: {status.browser}, 연결할 주소는 {uri}",
                f"look at it with Neo4j Browser at {status.browser}, connecting to {uri}",
            )
        )
