"""Reads Korean addresses down to the door: the road and its number, or the neighbourhood and its lot.

Provinces and cities before it and buildings, floors and rooms behind it do not count: they are written or left out as
it pleases, and of one house many names are in use.
"""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from loaders.names import unfold

_ASIDE: Final = re.compile(r"\([^()]*\)|(?:\s(?:동|층|호))+$")
"""Brackets, and the boxes that a form left empty at the end."""
_APART: Final = re.compile(r"(?<=[로길])\s+(?=\d+(?:번|번가)?길)")
"""A blank within the name of a road: 중앙로 1261번길."""
_ROAD: Final = re.compile(
    r"(?<![가-힣A-Za-z0-9])([가-힣A-Za-z0-9·.]*[가-힣]\d*(?:로|길))\s*(지하)?\s*([1-9]\d*(?:-\d+)?)"
    r"(?![\d-]*\s*(?:번?길|번가|가(?![가-힣])|층|호|동(?![가-힣])))"
)
_LOT: Final = re.compile(
    r"(?<![가-힣A-Za-z0-9])([가-힣]+(?:\d+(?:·\d+)*)?(?:동|리|가))\s*(산)?\s*([1-9]\d*(?:-\d+)?)(?:번지)?"
    r"(?![\d-]*\s*(?:층|호|동(?![가-힣])|단지|차))"
)
_PART: Final = re.compile(r"(?<=[가-힣])(?:제?\d+(?:·\d+)*)(?=동$)")
"""The number of an administrative part of a neighbourhood: 장항1동 lies in 장항동."""


class Street(NamedTuple):
    """Where an address is, by its road or by its lot: two of one kind can be compared."""

    kind: Literal["road", "lot"]
    place: str


def street_of(address: str | None) -> Street | None:
    """Return the road and number of an address, else its neighbourhood and lot; None where it goes no further down."""
    if not address:
        return None
    text = _APART.sub("", _ASIDE.sub(" ", unfold(address)))
    if found := _ROAD.search(text):
        return Street("road", f"{found[1]} {found[2] or ''}{found[3]}")
    if found := _LOT.search(text):
        return Street("lot", f"{_PART.sub('', found[1])} {found[2] or ''}{found[3]}")
    return None


def are_elsewhere(one: Street | None, other: Street | None) -> bool:
    """Whether two streets are two places; of a road and a lot, and where one is not known, nobody can tell."""
    return one is not None and other is not None and one.kind == other.kind and one.place != other.place
