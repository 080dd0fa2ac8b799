"""``dure keys create | list | revoke``: API keys, of which only hashes are kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from cli.options import JsonOption, parse_day
from cli.output import say, say_json, say_table
from graph_schema.errors import ConfigError, DureError
from graph_schema.wording import Wording

_COLUMNS: Final = {"id": "id", "label": "이름", "scopes": "권한", "company": "기업", "expires_on": "마지막 날"}
"""Columns of the list, and what they are called in Korean."""

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
        choices = ", ".join(Scope)
        raise ConfigError(
            Wording(
                f"없는 권한이 있습니다: {', '.join(scope)}. 다음에서 고르십시오: {choices}",
                f"{error}; choose from {choices}",
            )
        ) from None
    settings = ApiSettings()
    path, last_day = settings.key_file, parse_day(expires)
    if last_day is not None and last_day < datetime.now(KOREA).date():
        raise ConfigError(
            Wording(
                f"{last_day}은 지난 날이라 키를 쓸 수 없습니다. 더 뒤의 날을 적거나 --expires를 빼십시오",
                f"{last_day} is past, so the key would never work; give a later day, or leave --expires out",
            )
        )
    key, token = create_key(path, label, scopes, company=company, expires_on=last_day)
    if json:
        say_json({"id": key.id, "token": token, "scopes": key.scopes, "company": key.company, "file": str(path)})
    else:
        say(token)
        named = f"{key.id} ({', '.join(key.scopes)})"
        say(
            Wording(
                f"키 {named}: {path}에 저장했습니다. 윗줄은 지금만 보입니다",
                f"key {named} is in {path}; the line above is shown only now",
            ),
            error=True,
        )
    if company is not None and not _served(settings.home, company):
        say(
            Wording(
                f"주의: 스냅숏에 없는 기업입니다: Company:{company}. 적재한 뒤 `dure snapshot`과 `dure train`을 실행할 "
                "때까지 이 키의 요청은 찾을 수 없다는 답을 받습니다. id가 맞는지 확인하십시오",
                f"warning: Company:{company} is in no snapshot, so what it asks for is not found until it is loaded "
                "and `dure snapshot` and `dure train` have run; see whether the id is right",
            ),
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

    rows = [(k.id, k.label, " ".join(k.scopes), k.company, k.expires_on) for k in read_keys(ApiSettings().key_file)]
    if json:
        say_json([dict(zip(_COLUMNS, row, strict=True)) for row in rows])
    else:
        titles = [Wording(ko, name) for name, ko in _COLUMNS.items()]
        say_table(Wording("키", "Keys"), titles, [["" if cell is None else cell for cell in row] for row in rows])


@app.command()
def revoke(key_id: Annotated[str, typer.Argument(help="See `dure keys list`")]) -> None:
    """Take a key away; a running server refuses it from then on."""
    from api.keys import revoke_key
    from api.settings import ApiSettings

    named = f"{revoke_key(ApiSettings().key_file, key_id).label} ({key_id})"
    say(Wording(f"거둔 키: {named}", f"{named} is revoked"))
