"""Captions that are short enough for a picture and still tell one node from another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from graph_schema.model import NodeRef
from recommender.snapshot.field_names import spoken_caption
from recommender.snapshot.snapshot import Snapshot

LENGTH: Final = 20
"""Characters of a caption at most."""
_TAIL: Final = 7
"""Of these from the end of a longer name, where names that begin alike differ."""
_UNCUT: Final = 10_000
"""Longer than any name."""
_TITLED: Final = frozenset({"Technology", "Program", "Project", "Need"})
"""Labels whose captions are titles: 추적가능한 광케이블 제조장치 is no part of 광케이블 제조장치."""
_DISTINCTIVE: Final = {
    "Technology": ("applied_on",),
    "Program": ("apply_until",),
    "Space": ("floor", "area_m2"),
    "Need": ("raised_on",),
    "Industry": ("code",),
}
"""Properties that tell nodes of one name from each other."""


def distinct_names(snapshot: Snapshot, refs: Sequence[NodeRef]) -> list[tuple[str, str]]:
    """Return each node's whole name and its caption of at most ``LENGTH`` characters, no two of either alike.

    What bears the name of the first node, as its rooms and its people do, is called by the rest of it in the picture;
    of a title the rest says something else.
    """
    names = [" ".join(spoken_caption(snapshot, ref).ko.split()) for ref in refs]
    brief = [_brief_field(ref, name) for ref, name in zip(refs, names, strict=True)]
    titled = refs[0].label in _TITLED
    rests = [brief[0], *(name if titled else _without(name, names[0]) for name in brief[1:])]
    captions = [_shortened(rest, LENGTH) for rest in rests]
    for number in _repeated(captions):
        captions[number] = _with(rests[number], _difference(snapshot, refs[number]))
    for number in _repeated(names):
        names[number] += _bracketed(_difference(snapshot, refs[number]))
    return list(zip(_numbered(names, _UNCUT), _numbered(captions, LENGTH), strict=True))


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


def _bracketed(difference: str) -> str:
    return difference and f" ({difference})"


def _without(name: str, centre: str) -> str:
    """Return what ``name`` says beside the name of the centre, all of it where that is nothing."""
    rest = re.sub(rf"(?<!\w){re.escape(centre)}(?!\w)", " ", name).strip(" ,·")
    return re.sub(r" (?=[;,)])", "", " ".join(rest.split())) if len(rest) > 1 else name


def _numbered(texts: Sequence[str], longest: int) -> list[str]:
    """Give a number to each of what is still alike, within so many characters."""
    numbered, seen = list(texts), Counter[str]()
    for number in _repeated(texts):
        seen[texts[number]] += 1
        mark = f" #{seen[texts[number]]}"
        numbered[number] = _shortened(texts[number], longest - len(mark)) + mark
    return numbered


def _repeated(captions: Sequence[str]) -> list[int]:
    times = Counter(captions)
    return [number for number, caption in enumerate(captions) if times[caption] > 1]


def _shortened(name: str, length: int) -> str:
    name = " ".join(name.split())
    if len(name) <= length:
        return name
    tail = min(_TAIL, length // 3)
    return f"{name[: length - tail - 1].rstrip()}…{name[-tail:].lstrip()}"


def _with(name: str, difference: str) -> str:
    return " ".join(filter(None, (_shortened(name, LENGTH - len(difference) - 1), difference)))


def _difference(snapshot: Snapshot, ref: NodeRef) -> str:
    """Return what tells a node from others of its name, in a few characters; empty where nothing does."""
    node = snapshot.node(ref)
    return " ".join(_brief(name, node[name]) for name in _DISTINCTIVE.get(ref.label, ()) if name in node)


def _brief(name: str, value: object) -> str:
    if isinstance(value, date):
        return f"{value:%y.%m}"
    unit = {"floor": "층", "area_m2": "㎡"}.get(name, "")
    return f"{value:g}{unit}" if isinstance(value, float) else f"{value}{unit}"
