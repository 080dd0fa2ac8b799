"""``dure recommend``: explained recommendations for a known node or a typed profile."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli.answers import Language, show_answer
from cli.composition import read_settings
from cli.options import AsOfOption, JsonOption, parse_day
from cli.output import say, say_json
from graph_schema.catalog import parse_ref
from graph_schema.errors import ConfigError

if TYPE_CHECKING:
    from recommender.language.answers import Check

_LOCALE: Language = "ko" if os.environ.get("LANG", "").startswith("ko") else "en"


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
    reverse: Annotated[bool, typer.Option("--reverse", help="Ask which companies should hear of LABEL:ID")] = False,
    audience: Annotated[
        Literal["city", "company"], typer.Option(help="Who will read it; a company is not told others' dealings")
    ] = "city",
    language: Annotated[Language, typer.Option(help="Language of reasons; by the locale by default")] = _LOCALE,
    json: JsonOption = False,
) -> None:
    """Print ranked results, with reasons and what to check."""
    from recommender.language.answers import Audience
    from recommender.serve.profile_reading import read_profile
    from recommender.serve.recommender import open_recommender

    settings, day = read_settings(), parse_day(as_of)
    notes: list[Check]
    if node is not None and profile is None:
        ref = parse_ref(node)
        recommender = open_recommender(settings.home)
        notes = []
        if reverse:
            answer = recommender.reverse(task, ref, n=n, as_of=day)
        else:
            answer = recommender.recommend(task, ref, n=n, as_of=day, audience=Audience(audience))
    elif profile is not None and node is None and not reverse:
        recommender = open_recommender(settings.home)
        asker, notes = read_profile(profile, recommender.snapshot)
        answer = recommender.recommend(task, asker, n=n, as_of=day, audience=Audience(audience))
    else:
        raise ConfigError("give either LABEL:ID or --profile '…'; --reverse goes with LABEL:ID")
    if json:
        say_json(asdict(answer) | {"profile_notes": [asdict(note) for note in notes]})
        return
    for note in notes:
        say(f"  {getattr(note, language)}")
    show_answer(answer, language=language)
