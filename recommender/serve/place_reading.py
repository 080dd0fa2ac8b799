"""Finds the regions of the snapshot that a text says the asker is in, and leaves them out of what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from scipy import sparse

from graph_schema.model import NodeRef
from recommender.language.clauses import Clauses
from recommender.language.places import OwnPlace, own_places
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.region_names import neighbourhood_names, region_names
from recommender.snapshot.snapshot import Snapshot, Vocabulary

_BEING_THERE: Final = re.compile(
    r"\s?(?:에서|에\s?(?:있는|위치한|소재한)|소재(?:의|한)?|의|에|내"
    r"|입니다|이고|이며|인데|이에요|예요)?(?![가-힣])\s?"
)
"""What joins a place to the rest of its clause, or ends it."""


def regions_in(text: str, snapshot: Snapshot) -> list[NodeRef]:
    """Narrowest regions that the asker is in; a name that several regions share needs the name above it."""
    tree = _tree(snapshot)
    places = list(_places(text, snapshot))
    if any(place.surely for place in places):
        sure = {id_ for place in places if place.surely for id_ in _meant(place, text, snapshot, tree)}
        # Who moved to Seoul and opened in Mapo is in Mapo.
        places = [place for place in places if place.surely or sure & _above_all(place, text, snapshot, tree)]
    if not all(place.home for place in places):
        places = [place for place in places if not place.home]
    named = [_ids_of(place.names, text, snapshot, tree) for place in places]
    hits = {id_ for each in named for ids in each.values() for id_ in ids}
    above = {id_: _above(snapshot.vocabulary("Region"), tree, id_) for id_ in hits}
    below = [_below(place.names, each, snapshot) for place, each in zip(places, named, strict=True)]
    above |= {id_: _above(snapshot.vocabulary("Region"), tree, id_) for each in below for ids in each for id_ in ids}
    meant = [ids for each, parts in zip(named, below, strict=True) for ids in _together(each, parts, above)]
    # 서구 alone is anywhere; 인천 서구 is below 인천.
    chosen = {id_ for ids in meant for id_ in ({id_ for id_ in ids if len(ids) > 1 and hits & above[id_]} or ids)}
    return [NodeRef("Region", id_) for id_ in sorted(chosen - {up for id_ in chosen for up in above[id_]})]


def without_places(text: str, snapshot: Snapshot) -> str:
    """Leave out where the asker is: the rules judge by it, and titles that name the place are no nearer for it."""
    kept, end = [], 0
    for place in _places(text, snapshot):
        if joined := _BEING_THERE.match(text, place.end):
            kept.append(text[end : place.start])
            end = joined.end()
    return "".join([*kept, text[end:]])


def whole_name(id_: str, snapshot: Snapshot) -> str:
    """Name of a region behind those above it: 경기도 고양시 덕양구."""
    tree = _tree(snapshot)
    vocabulary = snapshot.vocabulary("Region")
    widest_first = sorted(_around({id_}, vocabulary, tree), key=lambda up: len(_above(vocabulary, tree, up)))
    names = [snapshot.caption(NodeRef("Region", up)) for up in widest_first]
    # A district of a city has the city's name before its own already.
    return " ".join(name for name, below in zip(names, [*names[1:], ""], strict=True) if not below.startswith(name))


def _tree(snapshot: Snapshot) -> sparse.csr_array:
    """Which regions each lies in, itself among them."""
    return snapshot.derived("tree of regions", lambda: DatedFacts(snapshot).closure("Region"))


def _places(text: str, snapshot: Snapshot) -> Iterator[OwnPlace]:
    return own_places(Clauses(text), region_names(snapshot), neighbourhood_names(snapshot).names)


def _ids_of(names: Sequence[str], text: str, snapshot: Snapshot, tree: sparse.csr_array) -> dict[str, set[str]]:
    """Ids of the regions that each of the names may mean; a name that the text has in full means that one.

    A name behind a region that has no such district, but a neighbourhood called so, is that: 제주 성산.
    """
    found: dict[str, set[str]] = {}
    vocabulary = snapshot.vocabulary("Region")
    for form in names:
        if regions := region_names(snapshot).get(form):
            wider = {id_ for each in found.values() for id_ in each}
            # 남구 behind 포항 is that of 포항, whose name in full is not in the text.
            below = {id_ for id_, _ in regions if wider & _above(vocabulary, tree, id_)}
            ids = below or {id_ for id_, name in regions if name in text} or {id_ for id_, _ in regions}
            parts = neighbourhood_names(snapshot).ids.get(form, frozenset())
            if wider & _around(parts, vocabulary, tree) and not wider & _around(ids, vocabulary, tree):
                continue
            found[form] = _widest(ids, vocabulary, tree)
    return found


def _meant(place: OwnPlace, text: str, snapshot: Snapshot, tree: sparse.csr_array) -> set[str]:
    """Ids of the regions that the names of one place may mean."""
    return {id_ for ids in _ids_of(place.names, text, snapshot, tree).values() for id_ in ids}


def _above_all(place: OwnPlace, text: str, snapshot: Snapshot, tree: sparse.csr_array) -> set[str]:
    """Ids of the regions that one place may be within."""
    vocabulary = snapshot.vocabulary("Region")
    return {up for id_ in _meant(place, text, snapshot, tree) for up in _above(vocabulary, tree, id_)}


def _around(ids: Iterable[str], vocabulary: Vocabulary, tree: sparse.csr_array) -> set[str]:
    """Return regions and those that they are within."""
    return {up for id_ in ids for up in (id_, *_above(vocabulary, tree, id_))}


def _below(names: Sequence[str], named: Mapping[str, set[str]], snapshot: Snapshot) -> list[set[str]]:
    """Ids of the regions that the neighbourhoods among the names are in; of one alone the one that it means so."""
    known = neighbourhood_names(snapshot)
    parts = [name for name in names if name in known.ids and name not in named]
    if not named:
        return [{known.alone[name]} for name in parts if name in known.alone]
    return [set(known.ids[name]) for name in parts]


def _together(
    named: Mapping[str, set[str]], below: Sequence[set[str]], above: Mapping[str, set[str]]
) -> list[set[str]]:
    """Return the ids of names in a row that fit each other: 광주 before 북구 is the city that has one.

    A neighbourhood tells which of the towns of one name is meant (강서구 before 마곡 is Seoul's), and behind a province
    alone which district; a city that is named stays the place.
    """
    if not named:
        return list(below)

    def fits(id_: str, ids: set[str]) -> bool:
        others = [other for ids_ in (*named.values(), *below) if ids_ is not ids for other in ids_]
        return any(other == id_ or other in above[id_] or id_ in above[other] for other in others)

    whole = [{id_ for id_ in ids if fits(id_, ids)} or ids for ids in named.values()]
    return [_narrowed(ids, below, above) for ids in whole]


def _narrowed(ids: set[str], below: Sequence[set[str]], above: Mapping[str, set[str]]) -> set[str]:
    """Return the district right below a province that has the neighbourhoods named behind it; else ``ids``."""
    if len(ids) != 1 or above[next(iter(ids))]:
        return ids
    inside = {id_ for parts in below for id_ in parts if ids <= above[id_]}
    districts = {up for id_ in inside for up in (id_, *above[id_]) if above.get(up, ids) == ids} - ids
    return districts if len(districts) == 1 else ids


def _widest(ids: set[str], vocabulary: Vocabulary, tree: sparse.csr_array) -> set[str]:
    """Leave out regions within another of the same name: 제주 is the island, of which 제주시 is a part."""
    return {id_ for id_ in ids if not ids & _above(vocabulary, tree, id_)}


def _above(vocabulary: Vocabulary, tree: sparse.csr_array, id_: str) -> set[str]:
    row = vocabulary.find(id_)
    assert row is not None
    return {vocabulary.id(int(c)) for c in tree.indices[tree.indptr[row] : tree.indptr[row + 1]] if c != row}
