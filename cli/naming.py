"""Finds the node that a person means, by ``Label:id`` or by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from graph_schema.catalog import NODE_TYPES, node_type, parse_ref
from graph_schema.errors import NotFoundError
from graph_schema.model import NodeRef

if TYPE_CHECKING:
    from recommender.snapshot.snapshot import Snapshot

_REFERENCE: Final = re.compile(r"[A-Za-z]+:.")
_LISTED: Final = 10
"""Nodes of one name that are listed; whoever gets more needs another word."""


def is_reference(text: str) -> bool:
    """Tell whether ``text`` is written as ``Label:id``."""
    return _REFERENCE.match(text) is not None


def find_node(snapshot: Snapshot, text: str, labels: Sequence[str] = ()) -> NodeRef:
    """Return the node of ``labels`` (all where empty) that ``text`` means: ``Label:id``, an id, or a name.

    A name may be written in part, without blanks, and with 대 for 대학교, as long as one node has it. Raises
    ``NotFoundError`` that lists what else it may mean.
    """
    if is_reference(text):
        return parse_ref(text)
    wanted = _plain(text)
    known = [(ref, _plain(caption)) for ref, caption in _captions(snapshot, labels) if wanted]
    exactly = [ref for ref, caption in known if wanted in (caption, _plain(ref.id))]
    found = list(dict.fromkeys(exactly or [ref for ref, caption in known if wanted in caption]))
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFoundError(_choice(snapshot, text, found))
    raise NotFoundError(
        f"nothing in snapshot {snapshot.id[:12]} is called {text!r}; look for it with `dure find {text!r}`, or name it "
        "as Label:id, such as Company:brn:1234567890"
    )


def _captions(snapshot: Snapshot, labels: Sequence[str]) -> Iterator[tuple[NodeRef, str]]:
    for label in labels or [node.label for node in NODE_TYPES]:
        table = snapshot.nodes(label)
        names = table.column(node_type(label).caption).to_pylist()
        for id_, caption in zip(table.column("id").to_pylist(), names, strict=True):
            yield NodeRef(label, id_), caption
        for alias, kept in snapshot.aliases(label).items():
            yield NodeRef(label, kept), alias.removeprefix("name:").partition("@")[0]


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold().replace("대학교", "대")


def _choice(snapshot: Snapshot, text: str, found: Sequence[NodeRef]) -> str:
    listed = "\n".join(f"  {ref}  {snapshot.caption(ref)}" for ref in found[:_LISTED])
    more = f"\n  and {len(found) - _LISTED:,} more" if len(found) > _LISTED else ""
    return f"{text!r} may mean {len(found):,} nodes; name one as Label:id:\n{listed}{more}"
