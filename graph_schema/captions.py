"""Captions that are short enough for a picture and still tell nodes of one name apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import pyarrow as pa

from graph_schema.model import NodeType

LENGTH: Final = 20
"""Characters of a caption at most."""
_TAIL: Final = 7
"""Of these from the end of a longer name, where names that begin alike differ."""
DISTINCTIVE: Final[Mapping[str, Sequence[str]]] = {
    "Technology": ("applied_on",),
    "Program": ("apply_until", "announced_on"),
    "Space": ("floor", "area_m2"),
    "Need": ("raised_on",),
    "Industry": ("code",),
}
"""By label the properties that tell nodes of one name from each other; of several days the first that is known."""


def shortened(name: str, length: int = LENGTH) -> str:
    """Return a name within so many characters, its beginning and its end."""
    name = " ".join(name.split())
    if len(name) <= length:
        return name
    tail = min(_TAIL, length // 3)
    return f"{name[: length - tail - 1].rstrip()}…{name[len(name) - tail :].lstrip()}"


def difference(label: str, node: Mapping[str, object]) -> str:
    """Return what tells a node from others of its name, in a few characters; empty where nothing does."""
    parts, dated = [], False
    for name in DISTINCTIVE.get(label, ()):
        value = node.get(name)
        if value is not None and not (dated and isinstance(value, date)):
            parts.append(_brief(name, value))
            dated = dated or isinstance(value, date)
    return " ".join(parts)


def distinguished(name: str, what: str, longest: int = LENGTH) -> str:
    """Return a name within so many characters, and behind it ``what`` tells it from others."""
    return " ".join(filter(None, (shortened(name, longest - len(what) - 1 if what else longest), what)))


def named_apart(node: NodeType, rows: pa.Table) -> list[tuple[str, str]]:
    """Return the name of each node and what tells it from others of that name, in the order of ``rows``."""
    found = rows.select([node.caption, *DISTINCTIVE.get(node.label, ())]).to_pylist()
    return [(row[node.caption], difference(node.label, row)) for row in found]


def numbered(named: Sequence[tuple[str, str]], longest: int = LENGTH) -> list[str]:
    """Return the captions of such names within so many characters; those that are still alike have a number each.

    It takes its room from the name: of 1층 115㎡ nothing can be left out.
    """
    made = [distinguished(*each, longest) for each in named]
    alike = repeated(made)
    taken, seen = {*made}, Counter[str]()
    for at in alike:
        (name, what), caption = named[at], made[at]
        while made[at] in taken:  # names that were told apart where there was room for more may be alike now
            seen[caption] += 1
            made[at] = distinguished(name, f"{what} #{seen[caption]}".strip(), longest)
        taken.add(made[at])
    return made


def repeated(texts: Sequence[str]) -> list[int]:
    """Return the places of the texts that are there more than once."""
    times = Counter(texts)
    return [number for number, text in enumerate(texts) if times[text] > 1]


def _brief(name: str, value: object) -> str:
    if isinstance(value, date):
        return f"{value:%y.%m}"
    unit = {"floor": "층", "area_m2": "㎡"}.get(name, "")
    return f"{value:g}{unit}" if isinstance(value, float) else f"{value}{unit}"
