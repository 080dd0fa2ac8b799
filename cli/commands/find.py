"""``dure find``: nodes by what they are called or say of themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.composition import read_settings, store_of
from cli.naming import has_in_name, label_called, spelt_nearly
from cli.options import JsonOption, StoreOption
from cli.output import say, say_json, say_table
from graph_schema.catalog import NODE_TYPES, node_type
from graph_schema.errors import ConfigError, NotFoundError
from graph_schema.model import NodeRef
from graph_schema.wording import NOTHING, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cli.settings import Settings
    from stores.base import GraphStore, Hit

_NUMBER: Final = re.compile(r"[\w:-]*\d[\w:-]*", re.ASCII)


def register(app: typer.Typer) -> None:
    """Add the command of this file to ``app``."""
    app.command()(find)


def find(
    words: Annotated[list[str], typer.Argument(help="Part of a name, of products, of a summary; or a whole number")],
    label: Annotated[
        list[str] | None, typer.Option("--label", help="Only such nodes, as Company or 기업; repeatable")
    ] = None,
    n: Annotated[int, typer.Option("-n", min=1, max=1000, help="How many at most")] = 10,
    store: StoreOption = None,
    *,
    json: JsonOption = False,
) -> None:
    """Find nodes of the graph by words.

    Those whose name holds all that was typed come first, the shortest name first. An organisation is found by its
    former and short names too (KETI, KT). What stands in the first column is accepted by other commands.
    Such as: dure find 센서 모듈 --label 기업
    """
    from loaders.resolve.finding import search_called

    labels, text = [label_called(each) for each in label or ()], " ".join(words).strip()
    if not text:
        raise ConfigError(
            Wording(
                "찾을 말이 비어 있습니다. 이름의 일부나 번호를 적으십시오",
                "nothing to find is given; write part of a name or a number",
            )
        )
    settings = read_settings()
    with store_of(settings, store, read_only=True) as opened:
        numbered = _numbered(opened, text, labels)
        hits = numbered or search_called(opened, text, labels=labels, limit=n)
    if json:
        say_json([{"ref": str(hit.ref), "caption": hit.caption, "score": hit.score} for hit in hits])
    elif hits:
        rows = [(str(hit.ref), hit.caption, node_type(hit.ref.label).ko) for hit in hits]
        header = (Wording("노드", "node"), Wording("이름", "called"), Wording("종류", "kind"))
        say_table(Wording("찾은 것", "Found"), header, rows)
        if not numbered and not any(has_in_name(hit.caption, text) for hit in hits):
            say(
                Wording(
                    f"이름에 맞는 것은 없습니다: {text!r}. 낱말이나 그 일부가 이름이나 내용에 있는 것을 보였습니다",
                    f"no name holds {text!r}; these hold its words, or parts of them, in their names or elsewhere",
                )
            )
    else:
        near = _near(settings, text, labels)
        say(Wording(f"{text!r}에 맞는 것이 없습니다{near.ko}", f"nothing holds {text!r}{near.en}"))


def _near(settings: Settings, text: str, labels: Sequence[str]) -> Wording:
    """List what the last snapshot has under names spelt nearly so; empty where there is none."""
    from recommender.snapshot.snapshot import open_snapshot

    try:
        return spelt_nearly(open_snapshot(settings.files.snapshots), text, labels)
    except NotFoundError:
        return NOTHING


def _numbered(store: GraphStore, text: str, labels: Sequence[str]) -> list[Hit]:
    """Return the nodes of which ``text`` is the number: of a notice, of a patent or a company, hyphens or not."""
    from stores.base import Hit

    if not _NUMBER.fullmatch(text):
        return []
    digits = text.replace("-", "")
    ids = dict.fromkeys((text, digits, f"brn:{digits}"))
    refs = [NodeRef(label, id_) for label in labels or [node.label for node in NODE_TYPES] for id_ in ids]
    found = [(ref, node) for ref in refs if (node := store.get_node(ref)) is not None]
    return [Hit(ref, str(node[node_type(ref.label).caption]), 1.0) for ref, node in found]
