"""Finds the node that a person means, by ``Label:id`` or by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from graph_schema.catalog import NODE_TYPES, is_reference, node_type, parse_ref
from graph_schema.errors import NotFoundError
from graph_schema.model import NodeRef
from graph_schema.wording import NOTHING, Wording
from loaders.names import plain_name, unfold

if TYPE_CHECKING:
    from recommender.snapshot.snapshot import Snapshot

_LISTED: Final = 10
"""Matches of a name that fit on a screen."""
_NEAR: Final = 5
"""Near spellings: enough to hold the one that was meant."""
_FORMS: Final = re.compile(r"주식회사|유한(?:책임)?회사|[재사]단법인|\([주유재사]\)|\(가상\)")
"""What an organisation's name has beside what people call it."""


def label_called(text: str) -> str:
    """Return the label that ``text`` names: ``Company``, ``company`` or 기업; of 대학·연구소·기관 each word does.

    Raises ``UnknownLabelError`` for what names none.
    """
    for node in NODE_TYPES:
        if text.casefold() in {node.label.casefold(), node.ko, *node.ko.split("·")}:
            return node.label
    return node_type(text).label


def find_node(snapshot: Snapshot, text: str, labels: Sequence[str] = ()) -> NodeRef:
    """Return the node of ``labels`` (all where empty) that ``text`` means: ``Label:id``, an id, or a name.

    A name may be written in part, without blanks, and with 대 for 대학교, as long as one node has it; an organisation
    may be called by any name that resolving knows (KETI, KT, a former name), and without its legal form. Raises
    ``NotFoundError`` that lists what else it may mean, the shortest names first, or what is spelt nearly so.
    """
    if is_reference(text):
        return parse_ref(text)
    wanted = plain_name(text)
    if not wanted:
        raise NotFoundError(
            Wording(
                "이름이 비어 있습니다. 이름이나 Label:id를 적으십시오", "the name is empty; write a name or Label:id"
            )
        )
    known = [(ref, plain_name(caption)) for ref, caption in _captions(snapshot, labels)]
    found = _meant(text, known)
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFoundError(_choice(snapshot, text, found))
    near = _near(snapshot, wanted, known)
    others = _meant(text, [(ref, plain_name(caption)) for ref, caption in _captions(snapshot, ())]) if labels else []
    if others:
        raise NotFoundError(_of_another_kind(snapshot, text, labels, others[0], near))
    raise NotFoundError(
        Wording(
            f"스냅숏 {snapshot.id[:12]}에 없는 이름입니다: {text!r}. `dure find {text!r}`로 찾거나 "
            f"Company:brn:1234567890처럼 Label:id로 적으십시오{near.ko}",
            f"nothing in snapshot {snapshot.id[:12]} is called {text!r}; look for it with `dure find {text!r}`, or "
            f"name it as Label:id, such as Company:brn:1234567890{near.en}",
        )
    )


def _meant(text: str, known: Sequence[tuple[NodeRef, str]]) -> list[NodeRef]:
    """Return what has ``text`` as its name or id, else what is called so otherwise, else what holds it in its name."""
    wanted = plain_name(text)
    bare = _FORMS.sub("", wanted) or wanted
    exactly = [ref for ref, caption in known if wanted in (caption, plain_name(ref.id))]
    exactly = exactly or _also_called(text, bare, known)
    return list(dict.fromkeys(exactly or [ref for ref, caption in known if bare in caption]))


def _of_another_kind(snapshot: Snapshot, text: str, labels: Sequence[str], found: NodeRef, near: Wording) -> Wording:
    wanted = ", ".join(node_type(label).ko for label in labels)
    return Wording(
        f"{text!r}에 맞는 노드의 종류가 다릅니다. 여기에 적을 수 있는 종류: {wanted}. 찾은 것은 다음과 같습니다:\n"
        f"{_line(snapshot, found)}{near.ko}",
        f"{text!r} is of another kind, and what is wanted here is {', '.join(labels)}; found is:\n"
        f"{_line(snapshot, found)}{near.en}",
    )


def has_in_name(caption: str, text: str) -> bool:
    """Tell whether ``caption`` holds each word of ``text``, or a further name of the organisation called so."""
    from loaders.resolve.spellings import also_called

    name = plain_name(caption)
    words = _FORMS.sub("", unfold(text)).split()
    return all(plain_name(word) in name for word in words) or any(other in name for other in also_called(text))


def _also_called(text: str, wanted: str, known: Sequence[tuple[NodeRef, str]]) -> list[NodeRef]:
    """Return the organisations whose names, without their legal forms, are ``text`` or a further name of it."""
    from loaders.resolve.finding import ORGANISATIONS
    from loaders.resolve.spellings import also_called

    names = {wanted, *map(plain_name, also_called(text))}
    return [ref for ref, caption in known if ref.label in ORGANISATIONS and _FORMS.sub("", caption) in names]


def spelt_nearly(snapshot: Snapshot, text: str, labels: Sequence[str] = ()) -> Wording:
    """List the nodes of ``labels`` (all where empty) whose names are spelt nearly as ``text``; empty where none is."""
    wanted = plain_name(text)
    return _near(snapshot, wanted, [(ref, plain_name(caption)) for ref, caption in _captions(snapshot, labels)])


def _near(snapshot: Snapshot, wanted: str, known: Sequence[tuple[NodeRef, str]]) -> Wording:
    """List the nodes whose names are spelt nearly as what is wanted, on lines of their own; empty where none is."""
    named: dict[str, NodeRef] = {}
    for ref, caption in known:
        named.setdefault(_FORMS.sub("", caption), ref)
    near = get_close_matches(_FORMS.sub("", wanted), named, n=_NEAR)
    lines = "\n".join(_line(snapshot, named[name]) for name in near)
    return Wording(f"\n혹시 다음 가운데 하나입니까?\n{lines}", f"\nit may be:\n{lines}") if near else NOTHING


def _captions(snapshot: Snapshot, labels: Sequence[str]) -> Iterator[tuple[NodeRef, str]]:
    for label in labels or [node.label for node in NODE_TYPES]:
        table = snapshot.nodes(label)
        names = table.column(node_type(label).caption).to_pylist()
        for id_, caption in zip(table.column("id").to_pylist(), names, strict=True):
            yield NodeRef(label, id_), caption
        for alias, kept in snapshot.aliases(label).items():
            yield NodeRef(label, kept), alias.removeprefix("name:").partition("@")[0]


def _choice(snapshot: Snapshot, text: str, found: Sequence[NodeRef]) -> Wording:
    shortest = sorted(found, key=lambda ref: len(snapshot.caption(ref)))
    listed = "\n".join(_line(snapshot, ref) for ref in shortest[:_LISTED])
    left = len(found) - _LISTED
    more = Wording(f"\n  그 밖에 {left:,}개", f"\n  and {left:,} more") if left > 0 else NOTHING
    return Wording(
        f"{text!r}: 맞는 노드가 {len(found):,}개입니다. 하나를 Label:id로 적으십시오:\n{listed}{more.ko}",
        f"{text!r} may mean {len(found):,} nodes; name one as Label:id:\n{listed}{more.en}",
    )


def _line(snapshot: Snapshot, ref: NodeRef) -> str:
    return f"  {ref}  {snapshot.caption(ref)}"
