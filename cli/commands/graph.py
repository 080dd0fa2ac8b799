"""``dure graph check | copy | counts | embed | view``: a graph as a whole, and one company's neighbourhood."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.composition import read_settings, store_of
from cli.options import JsonOption, StoreOption
from cli.output import TABLE_HEADER, progress_shown, say, say_json, say_table
from cli.store_check import check_as_json, show_check
from graph_schema.errors import StoredFaultsError
from graph_schema.wording import Wording

if TYPE_CHECKING:
    from stores.base import Counts

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
) -> None:
    """Draw a node's neighbourhood as one HTML file.

    The same facts stand in a table. Only public ones are drawn, unless --internal asks for
    applications, consultations, tenancies and the like too.
    """
    from cli.naming import find_node
    from recommender.language.answers import Audience
    from recommender.snapshot.snapshot import open_snapshot
    from recommender.snapshot.view.write import write_view, write_views

    audience, snapshot = Audience.CITY if internal else Audience.COMPANY, open_snapshot(read_settings().files.snapshots)
    ref = find_node(snapshot, node)
    write = write_views if pages else write_view
    path = write(snapshot, ref, output, hops=hops, limit=limit, audience=audience)
    say(Wording(f"브라우저로 열어 보십시오: {path}", f"open {path} in a browser"))


def _report(counted: Counts, *, json: bool) -> None:
    if json:
        say_json({"nodes": dict(counted.nodes), "relationships": dict(counted.relationships)})
        return
    rows = [*counted.nodes.items(), *counted.relationships.items()]
    say_table(Wording("그래프", "Graph"), TABLE_HEADER, rows, right=(1,))
    nodes, relationships = (f"{sum(each.values()):,}" for each in (counted.nodes, counted.relationships))
    say(Wording(f"노드 {nodes}, 관계 {relationships}", f"{nodes} nodes, {relationships} relationships"))
