"""Finds the regions of the snapshot that a text says the asker is in."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from scipy import sparse

from graph_schema.model import NodeRef
from recommender.language.clauses import Clauses
from recommender.language.places import SUFFIX, own_places
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.snapshot import Snapshot, Vocabulary

_SHORTEST_NAME: Final = 2
_HALF_PROVINCE: Final = re.compile(r"(.).([남북])도")
"""충청남도 is called 충남."""
_SIDE: Final = re.compile(r"[동서남북중]구$")
"""일산동구 and 일산서구 are together called 일산, which is in their city."""


def regions_in(text: str, snapshot: Snapshot) -> list[NodeRef]:
    """Narrowest regions that the asker is in; a name that several regions share needs the name above it."""
    named = snapshot.derived("names of regions", partial(_names, snapshot))
    places = list(own_places(Clauses(text), named))
    if any(place.moved for place in places):
        places = [place for place in places if place.moved]
    meant = []
    for form in {name for place in places for name in place.names}:
        whole = {id_ for id_, name in named[form] if name in text}
        meant.append(whole or {id_ for id_, _ in named[form]})
    hits = {id_ for ids in meant for id_ in ids}
    tree = snapshot.derived("tree of regions", lambda: DatedFacts(snapshot).closure("Region"))
    above = {id_: _above(snapshot.vocabulary("Region"), tree, id_) for id_ in hits}
    # 서구 alone is anywhere; 인천 서구 is below 인천.
    chosen = {id_ for ids in meant for id_ in ({id_ for id_ in ids if len(ids) > 1 and hits & above[id_]} or ids)}
    return [NodeRef("Region", id_) for id_ in sorted(chosen - {up for id_ in chosen for up in above[id_]})]


def _names(snapshot: Snapshot) -> dict[str, list[tuple[str, str]]]:
    """Ids and full names of the regions by each form that texts call them by."""
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
