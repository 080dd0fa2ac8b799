"""``dure keys create | list | revoke``: API keys, of which only hashes are kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.options import JsonOption, parse_day
from cli.output import say, say_json, say_table
from graph_schema.errors import ConfigError, DureError

app = typer.Typer(help="Make, list and revoke the keys of the API.", no_args_is_help=True)


@app.command()
def create(
    label: Annotated[str, typer.Argument(help="Whose key it is, for the list")],
    scope: Annotated[
        list[str], typer.Option("--scope", help="read:own, read:all, read:pii, write:needs or admin; may be repeated")
    ],
    company: Annotated[
        str | None, typer.Option(help="Id of the company that read:own is bound to, such as name:윈텍오토메이션")
    ] = None,
    expires: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Last day on which it works")] = None,
    *,
    json: JsonOption = False,
) -> None:
    """Make a key and print it: it is shown once and not kept."""
    from api.keys import Scope, create_key
    from api.settings import ApiSettings
    from loaders.fields import KOREA

    try:
        scopes = tuple(map(Scope, scope))
    except ValueError as error:
        raise ConfigError(f"{error}; choose from {', '.join(Scope)}") from None
    settings = ApiSettings()
    path, last_day = settings.key_file, parse_day(expires)
    if last_day is not None and last_day < datetime.now(KOREA).date():
        raise ConfigError(f"{last_day} is past, so the key would never work; give a later day, or leave --expires out")
    key, token = create_key(path, label, scopes, company=company, expires_on=last_day)
    if json:
        say_json({"id": key.id, "token": token, "scopes": key.scopes, "company": key.company, "file": str(path)})
    else:
        say(token)
        say(f"key {key.id} ({', '.join(key.scopes)}) is in {path}; the line above is shown only now", error=True)
    if company is not None and not _served(settings.home, company):
        say(
            f"warning: Company:{company} is in no snapshot, so what it asks for is not found until it is loaded and "
            "`dure snapshot` and `dure train` have run; see whether the id is right",
            error=True,
        )


def _served(home: Path, company: str) -> bool:
    """Whether the current snapshot has a company."""
    from recommender.snapshot.snapshot import open_snapshot

    try:
        return open_snapshot(home / "snapshots").vocabulary("Company").find(company) is not None
    except DureError:
        return False


@app.command("list")
def list_(*, json: JsonOption = False) -> None:
    """List the keys; what they are made of is not kept."""
    from api.keys import read_keys
    from api.settings import ApiSettings

    header = ("id", "label", "scopes", "company", "expires_on")
    rows = [(k.id, k.label, " ".join(k.scopes), k.company, k.expires_on) for k in read_keys(ApiSettings().key_file)]
    if json:
        say_json([dict(zip(header, row, strict=True)) for row in rows])
    else:
        say_table("Keys", header, [["" if cell is None else cell for cell in row] for row in rows])


@app.command()
def revoke(key_id: Annotated[str, typer.Argument(help="See `dure keys list`")]) -> None:
    """Take a key away; a running server refuses it from then on."""
    from api.keys import revoke_key
    from api.settings import ApiSettings

    say(f"{revoke_key(ApiSettings().key_file, key_id).label} ({key_id}) is revoked")
