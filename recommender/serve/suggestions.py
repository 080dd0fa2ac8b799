"""What a field of a profile may have meant: the nearest regions and industries of the snapshot, for a remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import takewhile
from typing import Final

from recommender.serve.industry_guess import guess_industries
from recommender.serve.place_reading import whole_name
from recommender.snapshot.snapshot import Snapshot

_MOST: Final = 3
"""Enough to see how a code is written."""
_WHOLE_CODE: Final = 5
"""Digits of a class, the finest level of KSIC."""


def regions_for(value: str, found: Iterable[str], snapshot: Snapshot) -> str:
    """List ``found``, ids of the regions that a name may mean, by their whole names; else those spelt nearly so."""
    table = snapshot.nodes("Region")
    names = dict(zip(table.column("id").to_pylist(), table.column("name").to_pylist(), strict=True))
    chosen = sorted(found)
    if not chosen:
        near = get_close_matches(value, sorted(set(names.values())), n=_MOST)
        chosen = ([id_ for name in near for id_, each in names.items() if each == name] or sorted(names))[:_MOST]
    return _listed((id_, whole_name(id_, snapshot)) for id_ in chosen)


def industries_for(value: str, code: str, scheme: str, snapshot: Snapshot) -> str:
    """List industries of a scheme (``ksic11``) whose codes begin like ``code``; without one those that a name means.

    A trade's everyday word (빵집) comes first, then names that hold the value, then names spelt nearly so; empty where
    there is none.
    """
    table = snapshot.nodes("Industry").select(["id", "name"])
    named = [
        (id_.partition(":")[2], name)
        for id_, name in zip(*(table.column(column).to_pylist() for column in ("id", "name")), strict=True)
        if id_.startswith(f"{scheme}:")
    ]
    if code:
        ordered = sorted(named, key=lambda entry: (len(entry[0]) != _WHOLE_CODE, -_shared(entry[0], code), entry[0]))
        return _listed(ordered[:_MOST])
    squeezed = re.sub(r"\s", "", value)
    guessed = {ref.id.partition(":")[2] for ref in guess_industries(value, snapshot)}
    near = set(get_close_matches(value, [name for _, name in named], n=_MOST))
    kinds = [
        (entry[0] not in guessed, squeezed not in re.sub(r"\s", "", entry[1]), len(entry[0]) != _WHOLE_CODE, entry)
        for entry in named
        if entry[0] in guessed or entry[1] in near or (squeezed and squeezed in re.sub(r"\s", "", entry[1]))
    ]
    ordered = [entry for *_, entry in sorted(kinds, key=lambda kind: (*kind[:3], len(kind[3][1]), kind[3]))]
    return _listed(ordered[:_MOST])


def _listed(entries: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{code} ({name})" for code, name in entries)


def _shared(first: str, second: str) -> int:
    """Count the characters with which both begin."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))))
