"""``dure resolve show | apply | decide | join | split | undo``: one node for one organisation."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.composition import read_settings, store_of
from cli.options import JsonOption, StoreOption
from cli.output import progress_shown, say, say_json, say_table
from graph_schema.wording import Wording

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
    _table(Wording(f"같은 조직: {len(same):,}쌍", f"One organisation: {len(same):,} pairs"), same[:n])
    _table(Wording(f"사람이 정할 것: {len(asked):,}쌍", f"For a person to decide: {len(asked):,} pairs"), asked[:n])
    if review:
        say(
            Wording(
                f"{review}의 decision 열에 same이나 different를 적은 뒤: dure resolve decide {review}",
                f"fill in the column `decision` of {review} with same or different, then: dure resolve decide {review}",
            )
        )
    elif asked:
        say(
            Wording(
                "사람이 정할 것을 파일로 받기: dure resolve show --review FILE",
                "dure resolve show --review FILE writes these for a person to decide",
            )
        )
    if same:
        say(
            Wording(
                "같은 조직 합치기: dure resolve apply, 되돌리기: dure resolve undo",
                "dure resolve apply joins the first; dure resolve undo takes it back",
            )
        )


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
    joined, withdrawn = f"{applied.joined:,}", f"{applied.withdrawn:,}"
    say(
        Wording(
            f"실행 {applied.run}  합침 {joined}  거둠 {withdrawn}",
            f"run {applied.run}  joined {joined}  withdrawn {withdrawn}",
        )
    )
    say(
        Wording(
            "`dure snapshot`이 조직마다 노드 하나인 그래프를 씁니다",
            "`dure snapshot` writes the graph with one node for each organisation",
        )
    )


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
        decided = f"{len(answers):,}"
        say(
            Wording(
                f"결정 {decided}  바뀜 {changed:,}; 나머지는 `dure resolve apply`로 맞춥니다",
                f"decided {decided}  changed {changed:,}; `dure resolve apply` brings the rest into line",
            )
        )


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
    if changed:
        say(
            Wording(
                f"같은 조직으로 정함: {pair.first}, {pair.second}",
                f"{pair.first} and {pair.second} are one organisation",
            )
        )
    else:
        say(Wording("이미 그렇게 정해져 있습니다", "that was decided already"))


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
    rest = ", ".join(map(str, others))
    say(Wording(f"{ref}: 이제 다음과 같은 조직이 아님: {rest}", f"{ref} is no longer one with {rest}"))


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
        say(Wording(f"거둠 {withdrawn:,}", f"withdrawn {withdrawn:,}"))


def _table(title: Wording, proposals: list[Proposal]) -> None:
    rows = [
        (f"{each.member.name} [{each.member.ref}]", f"{each.stays.name} [{each.stays.ref}]", "; ".join(each.evidence))
        for each in proposals
    ]
    header = (Wording("이 노드는", "this"), Wording("이것과 같음", "is"), Wording("근거(비트)", "because (bits)"))
    say_table(title, header, rows)


def _as_json(proposal: Proposal) -> dict[str, object]:
    return {
        "member": str(proposal.member.ref),
        "stays": str(proposal.stays.ref),
        "names": [proposal.member.name, proposal.stays.name],
        "score": round(proposal.score, 2),
        "evidence": list(proposal.evidence),
    }
