"""Keeps apart what cannot be one: pairs that look right alone and would join two organisations through a third."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from itertools import combinations
from typing import NamedTuple

Conflict = Callable[[int, int], bool]
"""Whether two organisations, by their positions, cannot be one."""


class Link(NamedTuple):
    """Two organisations, by their positions, that are taken as one; ``firm`` where a number or a person says so."""

    a: int
    b: int
    score: float
    firm: bool


def contradicted(links: Iterable[Link], conflict: Conflict) -> set[tuple[int, int]]:
    """Return (a, b) of the links to be given up so that no group holds two that cannot be one.

    Where one fits several that are in conflict, none of them is chosen. In what is left the strongest evidence counts
    first. Links that are ``firm`` are never given up.
    """
    links = list(links)
    given_up = _ambiguous(links, conflict)
    kept = sorted((link for link in links if link[:2] not in given_up), key=lambda each: (not each.firm, -each.score))
    groups: dict[int, list[int]] = {}
    for link in kept:
        first, second = (groups.setdefault(end, [end]) for end in link[:2])
        if first is second:
            continue
        if not link.firm and any(conflict(i, j) for i in first for j in second):
            given_up.add(link[:2])
            continue
        smaller, larger = sorted((first, second), key=len)
        larger += smaller
        groups |= dict.fromkeys(smaller, larger)
    return given_up


def _ambiguous(links: Collection[Link], conflict: Conflict) -> set[tuple[int, int]]:
    """Return the links of those that have two neighbours in conflict."""
    around: defaultdict[int, list[tuple[int, Link]]] = defaultdict(list)
    for link in links:
        around[link.a].append((link.b, link))
        around[link.b].append((link.a, link))
    given_up: set[tuple[int, int]] = set()
    for neighbours in around.values():
        for (one, first), (other, second) in combinations(neighbours, 2):
            if not (first.firm and second.firm) and conflict(one, other):
                given_up |= {link[:2] for link in (first, second) if not link.firm}
    return given_up
