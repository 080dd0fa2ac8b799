"""``dure recommend``: explained recommendations for a known node or a typed profile."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from cli.answers import show_answer
from cli.composition import neo4j_store_of, read_settings
from cli.language import locale_language
from cli.options import TASK_CHOICES, AsOfOption, JsonOption, StoreOption, parse_day, serving_jobs
from cli.output import progress_shown, say, say_json
from graph_schema.catalog import parse_ref
from graph_schema.errors import ConfigError, NotFoundError
from graph_schema.wording import Language, Wording

if TYPE_CHECKING:
    from datetime import date

    from cli.settings import Settings
    from graph_schema.model import NodeRef
    from recommender.language.answers import Check
    from recommender.serve.recommender import Recommender

_NOTHING_SAID = Wording(
    "기업을 글로 설명하거나 업종(industry)을 적으십시오", "describe the company in words, or name its industry"
)
_WORDS_OF_A_DESCRIPTION: Final = 3
"""Names of companies have one or two; chosen by hand."""
_LOCALE = locale_language()


@dataclass(frozen=True)
class _Request:
    """What is to be written: the lists of ``node``, or of all who may ask where None."""

    task: str
    node: str | None
    n: int
    day: date | None
    store: str | None
    jobs: int


def register(app: typer.Typer) -> None:
    """Add the command of this file to ``app``."""
    app.command()(recommend)


def recommend(
    node: Annotated[
        str | None, typer.Argument(metavar="[NAME|LABEL:ID]", help="Who asks, by name or as Label:id")
    ] = None,
    *,
    task: Annotated[str, typer.Option(help=TASK_CHOICES)] = "programs",
    profile: Annotated[
        str | None, typer.Option(help="A company in words, in place of a node; nothing is stored")
    ] = None,
    n: Annotated[int, typer.Option("-n", min=1, max=100, help="How many results")] = 5,
    as_of: AsOfOption = None,
    reverse: Annotated[bool, typer.Option("--reverse", help="Ask which companies should hear of LABEL:ID")] = False,
    audience: Annotated[
        Literal["city", "company"], typer.Option(help="Who will read it; a company is not told others' dealings")
    ] = "city",
    write_back: Annotated[bool, typer.Option("--write-back", help="Write the list into the Neo4j store")] = False,
    all_: Annotated[bool, typer.Option("--all", help="With --write-back: for all who may ask")] = False,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="With --all: processes of 700 MB, large graphs more; by default two, given room"),
    ] = None,
    store: StoreOption = None,
    language: Annotated[Language, typer.Option(help="Language of reasons; by the locale by default")] = _LOCALE,
    json: JsonOption = False,
) -> None:
    """Print ranked results, with reasons and what to check.

    With --write-back they become RECOMMENDED relationships of the Neo4j store, in the place of the last ones of the
    task; what people did with those stays.

    Such as: dure recommend --language ko --profile '고양시 빵집, 직원 3명'
    """
    from graph_schema.catalog import is_reference
    from recommender.language.answers import Audience
    from recommender.serve.lean_imports import import_lean
    from recommender.serve.profile_reading import read_profile
    from recommender.serve.recommender import open_recommender

    import_lean()
    settings, day = read_settings(), parse_day(as_of)
    if write_back or all_:
        if not write_back or profile is not None or reverse or (node is None) != all_:
            raise ConfigError(
                Wording(
                    "--write-back에는 노드나 --all 하나를 함께 적으십시오. --profile과 --reverse는 기록하지 않습니다",
                    "write --write-back with either a node or --all; --profile and --reverse are not written",
                )
            )
        with progress_shown(quiet=json) as progress:
            recommender = open_recommender(settings.home, progress=progress)
        asked = _Request(task, node, n, day, store, jobs or serving_jobs(recommender.snapshot))
        _write(settings, recommender, asked, json=json)
        return
    notes: list[Check]
    if node is not None and profile is None:
        if is_reference(node):
            parse_ref(node)  # a slip is told before the model is opened
        recommender = open_recommender(settings.home)
        ref = _find(recommender, task, node, reverse=reverse)
        notes = []
        if reverse:
            answer = recommender.reverse(task, ref, n=n, as_of=day)
        else:
            answer = recommender.recommend(task, ref, n=n, as_of=day, audience=Audience(audience))
    elif profile is not None and node is None and not reverse:
        _check_says_something(profile.strip())
        recommender = open_recommender(settings.home)
        asker, notes = read_profile(profile, recommender.snapshot, today=day)
        _check_says_something(asker.text.strip() or asker.links.get("IN_INDUSTRY"))
        answer = recommender.recommend(task, asker, n=n, as_of=day, audience=Audience(audience))
    else:
        raise ConfigError(
            Wording(
                "노드와 --profile '…' 가운데 하나만 적으십시오. --reverse는 노드와 함께 씁니다",
                "give either a node or --profile '…'; --reverse goes with a node",
            )
        )
    if json:
        say_json(asdict(answer) | {"profile_notes": [asdict(note) for note in notes]})
        return
    for note in notes:
        say(f"  {getattr(note, language)}")
    show_answer(answer, language=language)


def _check_says_something(said: object) -> None:
    """Refuse a profile without a description, which everybody would be given the same list for."""
    if not said:
        raise ConfigError(_NOTHING_SAID)


def _find(recommender: Recommender, task: str, text: str, *, reverse: bool) -> NodeRef:
    from cli.naming import find_node
    from recommender.knowledge.tasks import get_task

    asked = get_task(task)
    try:
        return find_node(recommender.snapshot, text, asked.candidate if reverse else asked.query)
    except NotFoundError as error:
        if reverse or len(text.split()) < _WORDS_OF_A_DESCRIPTION:
            raise
        said, command = error.wording, f"dure recommend --task {task} --profile {text!r}"
        raise NotFoundError(
            Wording(
                f"{said.ko}\n기업을 글로 설명하려면 --profile 뒤에 적으십시오: {command}",
                f"{said.en}\nto describe a company in words, write them after --profile: {command}",
            )
        ) from None


def _write(settings: Settings, recommender: Recommender, asked: _Request, *, json: bool) -> None:
    from cli.write_back import TaskLists
    from stores.recommendations import replace_all, replace_one

    lists = TaskLists(recommender, asked.task, n=asked.n, as_of=asked.day)
    with progress_shown(quiet=json) as progress, neo4j_store_of(settings, asked.store, progress=progress) as store:
        if asked.node is None:
            done = replace_all(store, lists.of_all(settings.home, asked.jobs, progress), progress)
        else:
            asker = _find(recommender, asked.task, asked.node, reverse=False)
            done = replace_one(store, lists.of(asker), asker)
        uri = store.uri
    most = lists.most_listed
    if json:
        held = {"node": str(most[0]), "lists": most[1], "askers": most[2]} if most else None
        say_json(asdict(done) | {"most_listed": held})
        return
    say(
        Wording(
            f"{asked.task} 추천 {done.written:,}건을 {uri}에 기록, 실행 {done.run}",
            f"{done.written:,} recommendations of the task {asked.task} written to {uri}, run {done.run}",
        )
    )
    if most:
        node, held_by, askers = most
        name = recommender.snapshot.caption(node)
        say(
            Wording(
                f"가장 많은 목록에 오른 결과: {name} ({askers:,}곳 가운데 {held_by:,}곳, {held_by / askers:.0%})",
                f"in most lists: {name} ({held_by:,} of {askers:,}, {held_by / askers:.0%})",
            )
        )
    if done.absent:
        say(
            Wording(
                f"{uri}에 노드가 없어 제외: {done.absent:,}건. `dure graph copy`로 가져올 수 있습니다",
                f"left out, since {uri} lacks their nodes: {done.absent:,}; `dure graph copy` brings them",
            )
        )
