"""``dure neo4j start | stop | status | dump | backup | restore``: a real Neo4j Community server from pip packages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.composition import NEO4J, read_settings, store_of
from cli.options import JsonOption, Neo4jStoreOption
from cli.output import progress_shown, say, say_json
from graph_schema.errors import ConfigError

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
        raise ConfigError("the server runs, and settings are read as it starts; run `dure neo4j stop` first")
    with progress_shown(quiet=json) as progress:
        status = server.start(progress)
    _report(server, status, json=json)


@app.command()
def stop(*, json: JsonOption = False) -> None:
    """Stop the server cleanly."""
    server = _server()
    stopped = server.stop()
    if stopped and not json:
        say(f"stopped; data stays in {server.home}")
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
        say(f"wrote {out} ({out.stat().st_size / 1e6:,.1f} MB); load it in Neo4j Desktop, see docs/coordinators.md")


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
        _report_backup("backed up to", out, write_backup(opened, out, progress), json=json)


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
        _report_backup("restored and verified from", folder, restore_backup(folder, opened, progress), json=json)


def _report_backup(done: str, folder: Path, manifest: BackupManifest, *, json: bool) -> None:
    rows = sum(manifest.rows.values())
    if json:
        told = {"snapshot_id": manifest.snapshot_id, "rows": rows, "decisions": manifest.decisions}
        say_json({"folder": str(folder), **told})
    else:
        say(f"{rows:,} rows and {manifest.decisions:,} decisions {done} {folder}; id {manifest.snapshot_id[:12]}")


def _server() -> Neo4jServer:
    from stores.server import Neo4jServer

    return Neo4jServer(read_settings().files.neo4j)


def _report(server: Neo4jServer, status: ServerStatus, *, json: bool) -> None:
    if json:
        told = {"running": status.running, "uri": status.uri, "user": status.user, "pid": status.pid}
        say_json({**told, "heap_mb": status.heap_mb, "browser": status.browser})
    elif status.running:
        say(f"running at {status.uri} (process {status.pid}); user {status.user}, password in {status.password_file}")
        say("use it with --store neo4j or DURE_STORE=neo4j")
        if status.browser:
            say(f"look at it with Neo4j Browser at {status.browser}, connecting to {status.uri}")
    else:
        say(f"not running; data in {server.home}")
