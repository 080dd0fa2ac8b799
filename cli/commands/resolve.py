"""``dure resolve show | apply | decide | join | split | undo``: one node for one organisation."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.composition import read_settings, store_of
from cli.options import JsonOption, StoreOption
from cli.output import progress_shown, say, say_json, say_table

if TYPE_CHECKING:
    from loaders.resolve.decisions import Proposal

_SHOWN: Final = 20
"""Pairs of each kind: a screen of them."""

app = typer.Typer(
    help="Find and join the nodes of one organisation.\n\nEach register's own node stays in the graph; snapshots hold "
    "one for all. What was joined can be taken back.",
    no_args_is_help=True,
)


@app.command()
def show(
    review: Annotated[
        Path | None, typer.Option("--review", metavar="FILE", help="Write the pairs to be decided by a person as CSV")
    ] = None,
    n: Annotated[int, typer.Option("-n", "--n", min=0, help="How many pairs of each kind to print")] = _SHOWN,
    *,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Tell which nodes would be joined and why; change nothing.

    Pairs that a person should look at are told apart.
    """
    from loaders.resolve.decisions import propose
    from loaders.resolve.review import write_review

    with (
        progress_shown(quiet=json) as progress,
        store_of(read_settings(), store, read_only=True, progress=progress) as opened,
    ):
        proposals = propose(opened, progress)
    same = [each for each in proposals if each.same]
    asked = [each for each in proposals if not each.same]
    if review:
        write_review(review, proposals)
    if json:
        say_json({"same": list(map(_as_json, same)), "review": list(map(_as_json, asked))})
        return
    _table(f"One organisation: {len(same):,} pairs", same[:n])
    _table(f"For a person to decide: {len(asked):,} pairs", asked[:n])
    if review:
        say(f"fill in the column `decision` of {review} with same or different, then: dure resolve decide {review}")
    elif asked:
        say("dure resolve show --review FILE writes these for a person to decide")
    if same:
        say("dure resolve apply joins the first; dure resolve undo takes it back")


@app.command()
def apply(*, store: StoreOption = None, json: JsonOption = False) -> None:
    """Join what `show` shows; withdraw what no longer holds.

    What people decided stays.
    """
    from loaders.resolve.decisions import apply as join_nodes
    from loaders.resolve.decisions import propose

    with progress_shown(quiet=json) as progress, store_of(read_settings(), store, progress=progress) as opened:
        applied = join_nodes(opened, propose(opened, progress), datetime.now(UTC))
    if json:
        say_json({"run": applied.run, "joined": applied.joined, "withdrawn": applied.withdrawn})
        return
    say(f"run {applied.run}  joined {applied.joined:,}  withdrawn {applied.withdrawn:,}")
    say("`dure snapshot` writes the graph with one node for each organisation")


@app.command()
def decide(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The list of `show --review`, filled in")],
    *,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Take in what a person decided, for good.

    It outlives every load and every `apply`.
    """
    from loaders.resolve.decisions import decide as keep
    from loaders.resolve.review import read_review

    answers = read_review(path)
    with store_of(read_settings(), store) as opened:
        changed = keep(opened, answers, datetime.now(UTC))
    if json:
        say_json({"decided": len(answers), "changed": changed})
    else:
        say(f"decided {len(answers):,}  changed {changed:,}; `dure resolve apply` brings the rest into line")


@app.command()
def join(
    one: Annotated[str, typer.Argument(metavar="NAME|LABEL:ID", help="One node")],
    other: Annotated[str, typer.Argument(metavar="NAME|LABEL:ID", help="The other")],
    *,
    store: StoreOption = None,
) -> None:
    """Say that two nodes are one organisation."""
    from loaders.resolve.decisions import decide as keep
    from loaders.resolve.decisions import pair_of
    from loaders.resolve.finding import node_called

    with store_of(read_settings(), store) as opened:
        pair = pair_of(node_called(opened, one), node_called(opened, other))
        changed = keep(opened, {pair: True}, datetime.now(UTC))
    say(f"{pair.first} and {pair.second} are one organisation" if changed else "that was decided already")


@app.command()
def split(
    node: Annotated[str, typer.Argument(metavar="NAME|LABEL:ID", help="The node to take out of its organisation")],
    *,
    store: StoreOption = None,
) -> None:
    """Take a node out of its organisation, for good."""
    from loaders.resolve.decisions import split as take_out
    from loaders.resolve.finding import node_called

    with store_of(read_settings(), store) as opened:
        ref = node_called(opened, node)
        others = take_out(opened, ref, datetime.now(UTC))
    say(f"{ref} is no longer one with {', '.join(map(str, others))}")


@app.command()
def undo(
    run: Annotated[
        str | None, typer.Option(help="The run to take back, as `apply` named it; all runs by default")
    ] = None,
    *,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Take back what `apply` joined; what people decided stays."""
    from loaders.resolve.decisions import undo as withdraw

    with store_of(read_settings(), store) as opened:
        withdrawn = withdraw(opened, datetime.now(UTC), run)
    if json:
        say_json({"withdrawn": withdrawn})
    else:
        say(f"withdrawn {withdrawn:,}")


def _table(title: str, proposals: list[Proposal]) -> None:
    rows = [
        (f"{each.member.name} [{each.member.ref}]", f"{each.stays.name} [{each.stays.ref}]", "; ".join(each.evidence))
        for each in proposals
    ]
    say_table(title, ("this", "is", "because (bits)"), rows)


def _as_json(proposal: Proposal) -> dict[str, object]:
    return {
        "member": str(proposal.member.ref),
        "stays": str(proposal.stays.ref),
        "names": [proposal.member.name, proposal.stays.name],
        "score": round(proposal.score, 2),
        "evidence": list(proposal.evidence),
    }
