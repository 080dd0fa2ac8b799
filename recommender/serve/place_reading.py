"""Finds the regions of the snapshot that a text says the asker is in, and leaves them out of what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from scipy import sparse

from graph_schema.model import NodeRef
from recommender.language.clauses import Clauses
from recommender.language.places import own_places
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.region_names import NEIGHBOURHOODS, region_names
from recommender.snapshot.snapshot import Snapshot, Vocabulary

_BEING_THERE: Final = re.compile(
    r"\s?(?:에서|에\s?(?:있는|위치한|소재한)|소재(?:의|한)?|의|에|내"
    r"|입니다|이고|이며|인데|이에요|예요)?(?![가-힣])\s?"
)
"""What joins a place to the rest of its clause, or ends it."""


def regions_in(text: str, snapshot: Snapshot) -> list[NodeRef]:
    """Narrowest regions that the asker is in; a name that several regions share needs the name above it."""
    named = region_names(snapshot)
    places = list(own_places(Clauses(text), named))
    if any(place.surely for place in places):
        places = [place for place in places if place.surely]
    if not all(place.home for place in places):
        places = [place for place in places if not place.home]
    ids_of = {form: {id_ for id_, name in named[form] if name in text} for place in places for form in place.names}
    ids_of = {form: whole or {id_ for id_, _ in named[form]} for form, whole in ids_of.items()}
    tree = snapshot.derived("tree of regions", lambda: DatedFacts(snapshot).closure("Region"))
    ids_of = {form: _widest(ids, snapshot.vocabulary("Region"), tree) for form, ids in ids_of.items()}
    hits = {id_ for ids in ids_of.values() for id_ in ids}
    above = {id_: _above(snapshot.vocabulary("Region"), tree, id_) for id_ in hits}
    meant = [ids for place in places for ids in _together({form: ids_of[form] for form in place.names}, above)]
    # 서구 alone is anywhere; 인천 서구 is below 인천.
    chosen = {id_ for ids in meant for id_ in ({id_ for id_ in ids if len(ids) > 1 and hits & above[id_]} or ids)}
    return [NodeRef("Region", id_) for id_ in sorted(chosen - {up for id_ in chosen for up in above[id_]})]


def without_places(text: str, snapshot: Snapshot) -> str:
    """Leave out where the asker is: the rules judge by it, and titles that name the place are no nearer for it."""
    kept, end = [], 0
    for place in own_places(Clauses(text), region_names(snapshot)):
        if joined := _BEING_THERE.match(text, place.end):
            kept.append(text[end : place.start])
            end = joined.end()
    return "".join([*kept, text[end:]])


def _together(named: Mapping[str, set[str]], above: Mapping[str, set[str]]) -> list[set[str]]:
    """Return the ids of names in a row that fit each other: 광주 before 북구 is the city that has one.

    A neighbourhood only tells which of the towns of one name is meant: 강서구 before 마곡 is Seoul's.
    """

    def fits(id_: str, ids: set[str]) -> bool:
        others = (other for ids_ in named.values() if ids_ is not ids for other in ids_)
        return any(other == id_ or other in above[id_] or id_ in above[other] for other in others)

    whole = {name: {id_ for id_ in ids if fits(id_, ids)} for name, ids in named.items()}
    towns = named.keys() - NEIGHBOURHOODS.keys() or named.keys()
    return [whole[name] or ids for name, ids in named.items() if name in towns]


def _widest(ids: set[str], vocabulary: Vocabulary, tree: sparse.csr_array) -> set[str]:
    """Leave out regions within another of the same name: 제주 is the island, of which 제주시 is a part."""
    return {id_ for id_ in ids if not ids & _above(vocabulary, tree, id_)}


def _above(vocabulary: Vocabulary, tree: sparse.csr_array, id_: str) -> set[str]:
    row = vocabulary.find(id_)
    assert row is not None
    return {vocabulary.id(int(c)) for c in tree.indices[tree.indptr[row] : tree.indptr[row + 1]] if c != row}
