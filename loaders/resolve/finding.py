"""Finds nodes of a store by what people call them, an organisation also by the names that resolving knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph_schema.catalog import is_reference, parse_ref
from graph_schema.errors import NotFoundError
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from loaders.names import normalise, plain_name
from loaders.resolve.spellings import also_called
from stores.base import GraphStore, Hit

ORGANISATIONS: Final = ("Company", "Institution")
_RANKED: Final = 1000
"""Hits among which names are looked for: above the rooms of the largest centre, which all bear its name."""
_LISTED: Final = 10
"""Nodes of one name that fit on a screen."""


def search_called(store: GraphStore, text: str, *, labels: Sequence[str] = (), limit: int = 20) -> list[Hit]:
    """Search ``text``, and organisations by their further names too, each node once.

    Organisations that are called so come first, then what holds the words in its name, then organisations that hold a
    further name in theirs, the shortest names first; what holds the words elsewhere comes last.
    """
    hits = {hit.ref: hit for hit in store.search(text, labels=labels, limit=max(limit, _RANKED))}
    among = [label for label in ORGANISATIONS if label in labels or not labels]
    others = also_called(text) if among else []
    for other in others:
        for hit in store.search(other, labels=among, limit=_RANKED):
            if other in normalise(hit.caption):
                hits.setdefault(hit.ref, hit)
    typed = plain_name(text)

    def place(hit: Hit) -> tuple[int, int]:
        name = normalise(hit.caption)
        if hit.ref.label in among and (name in others or name == normalise(text)):
            return 0, 0
        if typed in plain_name(hit.caption):
            return 0, len(name)
        called = hit.ref.label in among and any(other in name for other in others)
        return (1, len(name)) if called else (2, 0)

    return sorted(hits.values(), key=place)[:limit]


def nodes_called(store: GraphStore, text: str) -> list[Hit]:
    """Return what is called ``text``, organisations by their further names too; else what holds it in its name."""
    hits = search_called(store, text, limit=_RANKED)
    typed = plain_name(text)
    exactly = [hit for hit in hits if typed == plain_name(hit.caption)] or _called(hits, text)
    return exactly or [hit for hit in hits if typed and typed in plain_name(hit.caption)]


def _called(hits: Sequence[Hit], text: str) -> list[Hit]:
    """Return the hits of that name, else the organisations that have it as a further name."""
    named = [hit for hit in hits if normalise(hit.caption) == normalise(text)]
    others = frozenset(also_called(text))
    return named or [hit for hit in hits if hit.ref.label in ORGANISATIONS and normalise(hit.caption) in others]


def node_called(store: GraphStore, text: str) -> NodeRef:
    """Return the organisation that ``text`` means: ``Label:id``, its name, or a further name of it.

    Raises ``NotFoundError`` where none or several are called so.
    """
    if is_reference(text):
        return parse_ref(text)
    hits = search_called(store, text, labels=ORGANISATIONS, limit=_RANKED)
    found = _called(hits, text)
    if len(found) == 1:
        return found[0].ref
    listed = "".join(f"\n  {hit.ref}  {hit.caption}" for hit in (found or hits)[:_LISTED])
    counted = Wording(
        f"이름이 같은 기관이나 기업이 {len(found):,}곳 있습니다" if found else "그런 이름의 기관이나 기업이 없습니다",
        f"{len(found):,} organisations are" if found else "no organisation is",
    )
    raise NotFoundError(
        Wording(
            f"{store.uri}: {counted.ko}: {text!r}. `dure find {text!r}` 명령으로 찾아 Label:id로 적으십시오{listed}",
            f"{counted.en} called {text!r} in {store.uri}; name one as Label:id, see `dure find {text!r}`{listed}",
        )
    )
