"""``dure serve``: the HTTP API on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.composition import NEO4J, neo4j_uri, read_settings
from cli.output import progress_shown, say
from graph_schema.errors import ConfigError


def register(app: typer.Typer) -> None:
    """Add the command of this file to ``app``."""
    app.command()(serve)


def serve(
    host: Annotated[str, typer.Option(help="Loopback by default; elsewhere only behind TLS")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one")] = 8000,
    keys: Annotated[Path | None, typer.Option(help="Key file; see `dure keys`")] = None,
    *,
    open_: Annotated[bool, typer.Option("--open", help="No keys: for development, on loopback only")] = False,
) -> None:
    """Serve recommendations over HTTP; the documentation of the API is at /docs."""
    try:
        import uvicorn
    except ImportError as error:
        raise ConfigError(f"{error.name} is not installed; pip install 'dure[api]'") from error
    from api.access_log import configure_logging
    from api.app import create_app
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
    application = create_app(api_settings)
    say(f"serving on http://{host}:{port}/v1, documentation at http://{host}:{port}/docs; stop with Ctrl-C")
    uvicorn.run(application, host=host, port=port, access_log=False, log_level="warning")
