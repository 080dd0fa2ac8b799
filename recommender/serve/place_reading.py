"""Finds the regions of the snapshot that a text says the asker is in, and leaves them out of what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from scipy import sparse

from graph_schema.model import NodeRef
from recommender.language.clauses import Clauses
from recommender.language.places import SUFFIX, own_places
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.snapshot import Snapshot, Vocabulary

_SHORTEST_NAME: Final = 2
"""One letter (중, 동) is no place by itself."""
_HALF_PROVINCE: Final = re.compile(r"(.).([남북])도")
"""충청남도 is called 충남."""
_SIDE: Final = re.compile(r"[동서남북중]구$")
"""일산동구 and 일산서구 are together called 일산, which is in their city."""
_BEING_THERE: Final = re.compile(
    r"\s?(?:에서|에\s?(?:있는|위치한|소재한)|소재(?:의|한)?|의|에|내"
    r"|입니다|이고|이며|인데|이에요|예요)?(?![가-힣])\s?"
)
"""What joins a place to the rest of its clause, or ends it."""


def regions_in(text: str, snapshot: Snapshot) -> list[NodeRef]:
    """Narrowest regions that the asker is in; a name that several regions share needs the name above it."""
    named = _names(snapshot)
    places = list(own_places(Clauses(text), named))
    if any(place.moved for place in places):
        places = [place for place in places if place.moved]
    ids_of = {form: {id_ for id_, name in named[form] if name in text} for place in places for form in place.names}
    ids_of = {form: whole or {id_ for id_, _ in named[form]} for form, whole in ids_of.items()}
    hits = {id_ for ids in ids_of.values() for id_ in ids}
    tree = snapshot.derived("tree of regions", lambda: DatedFacts(snapshot).closure("Region"))
    above = {id_: _above(snapshot.vocabulary("Region"), tree, id_) for id_ in hits}
    meant = [ids for place in places for ids in _together([ids_of[form] for form in place.names], above)]
    # 서구 alone is anywhere; 인천 서구 is below 인천.
    chosen = {id_ for ids in meant for id_ in ({id_ for id_ in ids if len(ids) > 1 and hits & above[id_]} or ids)}
    return [NodeRef("Region", id_) for id_ in sorted(chosen - {up for id_ in chosen for up in above[id_]})]


def without_places(text: str, snapshot: Snapshot) -> str:
    """Leave out where the asker is: the rules judge by it, and titles that name the place are no nearer for it."""
    kept, end = [], 0
    for place in own_places(Clauses(text), _names(snapshot)):
        if joined := _BEING_THERE.match(text, place.end):
            kept.append(text[end : place.start])
            end = joined.end()
    return "".join([*kept, text[end:]])


def _together(named: Sequence[set[str]], above: Mapping[str, set[str]]) -> list[set[str]]:
    """Return the ids of names in a row that fit each other: 광주 before 북구 is the city that has one."""

    def fits(id_: str, ids: set[str]) -> bool:
        return any(other in above[id_] or id_ in above[other] for ids_ in named if ids_ is not ids for other in ids_)

    return [{id_ for id_ in ids if fits(id_, ids)} or ids for ids in named]


def _names(snapshot: Snapshot) -> dict[str, list[tuple[str, str]]]:
    """Ids and full names of the regions by each form that texts call them by."""
    return snapshot.derived("names of regions", partial(_read_names, snapshot))


def _read_names(snapshot: Snapshot) -> dict[str, list[tuple[str, str]]]:
    table = snapshot.nodes("Region")
    rows = list(zip(table.column("id").to_pylist(), map(str, table.column("name").to_pylist()), strict=True))
    ids = {name: id_ for id_, name in rows}
    named: dict[str, list[tuple[str, str]]] = {}
    for id_, name in rows:
        last = name.split()[-1]
        for form in {last, SUFFIX.sub("", last)}:
            if len(form) >= _SHORTEST_NAME:
                named.setdefault(form, []).append((id_, name))
    for id_, name in rows:
        if province := _HALF_PROVINCE.fullmatch(name):
            named.setdefault(f"{province[1]}{province[2]}", []).append((id_, name))
        city, _, district = name.rpartition(" ")
        common = _SIDE.sub("", district)
        if common != district and len(common) >= _SHORTEST_NAME and city in ids:
            named.setdefault(common, [(ids[city], city)])
    return named


def _above(vocabulary: Vocabulary, tree: sparse.csr_array, id_: str) -> set[str]:
    row = vocabulary.find(id_)
    assert row is not None
    return {vocabulary.id(int(c)) for c in tree.indices[tree.indptr[row] : tree.indptr[row + 1]] if c != row}
