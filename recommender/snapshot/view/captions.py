"""Captions that are short enough for a picture and still tell one node from another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from graph_schema.captions import LENGTH, difference, numbered, repeated, shortened
from graph_schema.model import NodeRef
from recommender.snapshot.field_names import spoken_caption
from recommender.snapshot.snapshot import Snapshot

_UNCUT: Final = 10_000
"""Longer than any name."""
_TITLED: Final = frozenset({"Technology", "Program", "Project", "Need"})
"""Labels whose captions are titles: 추적가능한 광케이블 제조장치 is no part of 광케이블 제조장치."""


def distinct_names(snapshot: Snapshot, refs: Sequence[NodeRef]) -> list[tuple[str, str]]:
    """Return each node's whole name and its caption of at most ``LENGTH`` characters, no two of either alike.

    What bears the name of the first node, as its rooms and its people do, is called by the rest of it in the picture;
    of a title the rest says something else.
    """
    names = [" ".join(spoken_caption(snapshot, ref).ko.split()) for ref in refs]
    brief = [_brief_field(ref, name) for ref, name in zip(refs, names, strict=True)]
    titled = refs[0].label in _TITLED
    rests = [brief[0], *(name if titled else _without(name, names[0]) for name in brief[1:])]
    captions = [(rest, "") for rest in rests]
    for number in repeated([shortened(rest) for rest in rests]):
        captions[number] = rests[number], difference(refs[number].label, snapshot.node(refs[number]))
    for number in repeated(names):
        names[number] += _bracketed(difference(refs[number].label, snapshot.node(refs[number])))
    return list(zip(numbered([(name, "") for name in names], _UNCUT), numbered(captions), strict=True))


def _brief_field(ref: NodeRef, name: str) -> str:
    """Leave out of a field's name the code of the title above, and what there is no room for.

    That is the title above or, where the field has a title of its own, its code.
    """
    if ref.label != "TechField":
        return name
    code, _, title = name.removesuffix(")").partition(" (")
    of_above = re.sub(r"^[A-H]\d* ", "", title)
    short = f"{code} ({of_above})" if title else name
    if len(short) <= LENGTH:
        return short
    return title if of_above == title else code


def _bracketed(what: str) -> str:
    return what and f" ({what})"


def _without(name: str, centre: str) -> str:
    """Return what ``name`` says beside the name of the centre, all of it where that is nothing."""
    rest = re.sub(rf"(?<!\w){re.escape(centre)}(?!\w)", " ", name).strip(" ,·")
    return re.sub(r" (?=[;,)])", "", " ".join(rest.split())) if len(rest) > 1 else name
