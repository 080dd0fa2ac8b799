"""``dure serve``: the HTTP API on this machine."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from cli.composition import NEO4J, neo4j_uri, read_settings
from cli.output import progress_shown, say
from graph_schema.errors import ConfigError
from graph_schema.system_errors import system_reason
from graph_schema.wording import Wording


def register(app: typer.Typer) -> None:
    """Add the command of this file to ``app``."""
    app.command()(serve)


def serve(
    host: Annotated[str, typer.Option(help="Loopback by default; elsewhere only behind TLS")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one")] = 8000,
    keys: Annotated[
        Path | None, typer.Option(help="Key file that `dure keys` made; api-keys.json in DURE_HOME by default")
    ] = None,
    *,
    open_: Annotated[bool, typer.Option("--open", help="No keys: for development, on loopback only")] = False,
) -> None:
    """Serve the HTTP API; its documentation is at /docs."""
    try:
        import uvicorn
    except ImportError as error:
        remedy = "pip install 'dure[api]'"
        raise ConfigError(
            Wording(f"설치되지 않았습니다: {error.name}. {remedy}", f"{error.name} is not installed; {remedy}")
        ) from error
    from api.access_log import configure_logging
    from api.app import create_app
    from api.http_server import server_config
    from api.settings import ApiSettings

    settings = read_settings()
    store = settings.store
    if store == NEO4J:
        with progress_shown() as progress:
            store = neo4j_uri(settings, progress)
    base = ApiSettings()
    api_settings = base.model_copy(
        update={"host": host, "port": port, "store": store, "api_keys": keys or base.api_keys}
        | ({"api_open": True} if open_ else {})
    )
    configure_logging()
    # Threads that score hold the interpreter for this long; at the default of 5 ms health would wait for several.
    sys.setswitchinterval(0.0005)
    application = create_app(api_settings)

    class Announced(uvicorn.Server):
        """Says where it listens once it does; port 0 is known only then."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                _say_serving(address, api_settings.home)

    with _bound(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listener.getsockname()[1]}"
        Announced(server_config(application)).run(sockets=[listener])


def _say_serving(address: str, home: Path) -> None:
    ready = f"{address}/health/ready"
    say(
        Wording(
            f"서비스 주소 {address}/v1, 문서 {address}/docs; Ctrl-C로 멈춥니다",
            f"serving on {address}/v1, documentation at {address}/docs; stop with Ctrl-C",
        )
    )
    say(
        Wording(
            f"모델을 여는 중: {home}; 다 열렸는지는 {ready}에서 확인합니다",
            f"the model in {home} is being opened; {ready} says when it is",
        )
    )


def _bound(host: str, port: int) -> socket.socket:
    """Take the port before the model is opened, so that one in use is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With its protocol named, asyncio sends small answers at once; else each waits 40 ms for the peer's receipt.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ConfigError(
            Wording(
                f"{host}:{port}에서 받을 수 없습니다({system_reason(error).ko}). --port로 다른 포트를 고르거나"
                "(0이면 빈 포트), --host로 다른 주소를 고르십시오",
                f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port (0 takes a free one), "
                "or another --host",
            )
        ) from error
    return listener
