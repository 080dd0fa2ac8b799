"""``dure recommend``: explained recommendations for a known node or a typed profile."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import Annotated

import typer

from cli.answers import show_answer
from cli.options import AsOfOption, JsonOption, parse_day
from cli.output import progress_shown, say, say_json
from cli.settings import Settings
from graph_schema.catalog import parse_ref
from graph_schema.errors import ConfigError

_LANGUAGES = ("ko", "en")


def register(app: typer.Typer) -> None:
    """Add the command of this file to ``app``."""
    app.command()(recommend)


def recommend(
    node: Annotated[str | None, typer.Argument(metavar="[LABEL:ID]", help="A node of the graph that asks")] = None,
    *,
    task: Annotated[str, typer.Option(help="partners, technologies, researchers, experts, programs, …")] = "programs",
    profile: Annotated[
        str | None, typer.Option(help="A company in words, in place of a node; nothing is stored")
    ] = None,
    n: Annotated[int, typer.Option("-n", min=1, max=100, help="How many results")] = 5,
    as_of: AsOfOption = None,
    reverse: Annotated[bool, typer.Option(help="Ask which companies should hear of LABEL:ID")] = False,
    language: Annotated[str | None, typer.Option("--language", help="ko or en; by the locale by default")] = None,
    json: JsonOption = False,
) -> None:
    """Print ranked results, why each is listed, and what is to be checked."""
    from recommender.profile_reading import read_profile
    from recommender.service import open_recommender

    if (node is None) == (profile is None) or (reverse and node is None):
        raise ConfigError("give either LABEL:ID or --profile '…'; --reverse needs LABEL:ID")
    language = language or ("ko" if os.environ.get("LANG", "").startswith("ko") else "en")
    if language not in _LANGUAGES:
        raise ConfigError(f"--language {language!r} is unknown; choose ko or en")
    settings = Settings()
    day = parse_day(as_of)
    with progress_shown(quiet=json) as progress:
        recommender = open_recommender(settings.home, encoder_name=settings.encoder, progress=progress)
        if node is not None:
            ask = recommender.reverse if reverse else recommender.recommend
            answer, notes = ask(task, parse_ref(node), n=n, as_of=day), ()
        else:
            asker, notes = read_profile(profile, recommender.snapshot)
            answer = recommender.recommend(task, asker, n=n, as_of=day)
    if json:
        say_json(asdict(answer) | {"profile_notes": [asdict(note) for note in notes]})
    else:
        for note in notes:
            say(f"  {getattr(note, language)}")
        show_answer(answer, language=language)
