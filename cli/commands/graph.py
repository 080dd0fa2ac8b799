"""``dure graph check | copy | counts | embed | view``: a graph as a whole, and one company's neighbourhood."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.composition import neo4j_store_of, read_settings, store_of
from cli.options import JsonOption, StoreOption
from cli.output import TABLE_HEADER, progress_shown, say, say_json, say_table
from cli.store_check import check_as_json, show_check
from graph_schema.errors import ConfigError, StoredFaultsError
from graph_schema.wording import Wording

if TYPE_CHECKING:
    from cli.settings import Settings
    from graph_schema.model import NodeRef
    from recommender.snapshot.neighbourhood import ListedResult
    from stores.base import Counts

_FIRST = 3
"""Of each list, so that a picture holds all eight; Bloom shows whole lists."""

app = typer.Typer(help="Check, copy, count, embed and look at the graph.", no_args_is_help=True)


@app.command()
def check(store: StoreOption = None, *, json: JsonOption = False) -> None:
    """Compare all that is stored with the catalog; change nothing.

    Ends with exit code 4 where `dure snapshot` would refuse the graph.
    """
    with (
        progress_shown(quiet=json) as progress,
        store_of(read_settings(), store, read_only=True, progress=progress) as opened,
    ):
        report, uri = opened.check(progress=progress), opened.uri
    if json:
        say_json(check_as_json(report))
    else:
        show_check(report)
    if report.refused:
        raise StoredFaultsError(uri, report.refused)
    if not json:
        say(Wording(f"{uri}: 카탈로그에 어긋나는 것 없음", f"{uri}: nothing is against the catalog"))


@app.command()
def copy(
    source: Annotated[str, typer.Option("--from", metavar="URI", help="Store to read")],
    target: Annotated[str, typer.Option("--to", metavar="URI", help="Store to write; what it has stays")],
    *,
    json: JsonOption = False,
) -> None:
    """Copy a graph from one store to another; safe to repeat."""
    from stores.copying import copy_graph

    settings = read_settings()
    with (
        progress_shown(quiet=json) as progress,
        store_of(settings, source, read_only=True, progress=progress) as read,
        store_of(settings, target, progress=progress) as written,
    ):
        written.migrate()
        _report(copy_graph(read, written, progress), json=json)


@app.command()
def counts(store: StoreOption = None, *, json: JsonOption = False) -> None:
    """Count nodes and relationships by kind."""
    with store_of(read_settings(), store, read_only=True) as opened:
        _report(opened.counts(), json=json)


@app.command()
def embed(store: StoreOption = None, *, json: JsonOption = False) -> None:
    """Write text embeddings to the nodes, for vector search."""
    from recommender.snapshot.snapshot import open_snapshot
    from recommender.text.encoder import load_encoder
    from recommender.text.write_to_store import write_embeddings

    settings = read_settings()
    encoder = load_encoder(settings.encoder, settings.files.text_vectors)
    snapshot = open_snapshot(settings.files.snapshots)
    with progress_shown(quiet=json) as progress, store_of(settings, store, progress=progress) as opened:
        written = write_embeddings(opened, snapshot, encoder, progress=progress)
    if json:
        say_json(written)
    else:
        header = (Wording("종류", "label"), Wording("노드", "nodes"))
        say_table(Wording("임베딩", "Embedded"), header, list(written.items()), right=(1,))


@app.command()
def view(
    node: Annotated[str, typer.Argument(metavar="NAME|LABEL:ID", help="Such as 서울대학교산학협력단")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The HTML file to write")] = Path("view.html"),
    hops: Annotated[int, typer.Option(min=1, max=2, help="How far to go")] = 1,
    limit: Annotated[int, typer.Option(min=2, max=500, help="Neighbours to draw at most")] = 80,
    *,
    internal: Annotated[
        bool, typer.Option("--internal", help="With companies' own dealings; not to be passed on")
    ] = False,
    pages: Annotated[
        bool, typer.Option("--pages", help="A page for each neighbour too, in a folder beside, linked")
    ] = False,
    recommended: Annotated[
        bool, typer.Option("--recommended", help="With the first three of each list that Neo4j holds; --internal")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Draw a node's neighbourhood as one HTML file.

    The same facts stand in a table. Only public ones are drawn, unless --internal asks for
    applications, consultations, tenancies and the like too. What `dure recommend --write-back` wrote
    into Neo4j is drawn with --recommended.
    """
    from cli.naming import find_node
    from recommender.language.answers import Audience
    from recommender.snapshot.snapshot import open_snapshot
    from recommender.snapshot.view.write import write_recommended, write_view, write_views

    if pages and recommended:
        raise ConfigError(
            Wording(
                "--pages와 --recommended는 함께 쓸 수 없습니다. 목록은 한 노드의 것입니다",
                "--pages and --recommended do not go together: lists are those of one node",
            )
        )
    settings = read_settings()
    snapshot = open_snapshot(settings.files.snapshots)
    ref = find_node(snapshot, node)
    if recommended:
        path = write_recommended(snapshot, ref, output, _lists(settings, store, ref), hops=hops, limit=limit)
    else:
        audience, write = Audience.CITY if internal else Audience.COMPANY, write_views if pages else write_view
        path = write(snapshot, ref, output, hops=hops, limit=limit, audience=audience)
    say(Wording(f"브라우저로 열어 보십시오: {path}", f"open {path} in a browser"))


def _lists(settings: Settings, store: str | None, ref: NodeRef) -> list[ListedResult]:
    from recommender.snapshot.neighbourhood import ListedResult
    from stores.recommendations import lists_of

    with progress_shown() as progress, neo4j_store_of(settings, store, progress=progress) as opened:
        return [ListedResult(each.result, each.properties) for each in lists_of(opened, ref, _FIRST)]


def _report(counted: Counts, *, json: bool) -> None:
    if json:
        say_json({"nodes": dict(counted.nodes), "relationships": dict(counted.relationships)})
        return
    rows = [*counted.nodes.items(), *counted.relationships.items()]
    say_table(Wording("그래프", "Graph"), TABLE_HEADER, rows, right=(1,))
    nodes, relationships = (f"{sum(each.values()):,}" for each in (counted.nodes, counted.relationships))
    say(Wording(f"노드 {nodes}, 관계 {relationships}", f"{nodes} nodes, {relationships} relationships"))
