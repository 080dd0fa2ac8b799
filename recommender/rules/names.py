"""Names the nodes that a condition lists, so that its sentence can be read: the asker's own first, the rest counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
from scipy import sparse

from graph_schema.wording import Wording
from recommender.rules.base import CandidatePairs
from recommender.snapshot.dated_facts import DatedFacts

_SHOWN: Final = 4
"""More names would not be read; how many more there are is said."""


def names(
    pairs: CandidatePairs, matrix: sparse.csr_array, row: int, label: str, own: Collection[int] = frozenset()
) -> Wording:
    """Name the nodes of one row of a link matrix, four at most; of those that are among ``own``, these alone.

    Where all children of a node are listed, it is named in their place. Names of industries hold commas, so they are
    quoted. Empty where the row is.
    """
    found = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]].tolist()
    if len(found) > _SHOWN:
        found = _broadest(pairs.candidates.facts, label, found)
    shown = ([node for node in found if node in own] or found)[:_SHOWN]
    captions = pairs.candidates.captions(shown, label)
    listed = ", ".join(f"‘{caption}’" if label == "Industry" else caption for caption in captions)
    more = len(found) - len(shown)
    counter = "곳" if label == "Region" else "개"
    return Wording(f"{listed} 외 {more}{counter}", f"{listed} and {more} more") if more else Wording.alike(listed)


def above(closure: sparse.csr_array, asker: int) -> frozenset[int]:
    """Codes of an asker and all above them, a row of their closure (A, nodes)."""
    return frozenset(closure.indices[closure.indptr[asker] : closure.indptr[asker + 1]].tolist())


def with_wholes(facts: DatedFacts, label: str, nodes: Collection[int]) -> frozenset[int]:
    """Add each node of a code tree whose children are all among ``nodes``: three districts are their city."""
    found = set(nodes)
    for node, below in _children_of(facts, label).items():
        if below <= found:
            found.add(node)
    return frozenset(found)


def _broadest(facts: DatedFacts, label: str, found: Sequence[int]) -> list[int]:
    """Put a node in the place of its children, where all of them are among ``found``."""
    kept = list(found)
    for node, below in _children_of(facts, label).items():
        if below <= set(kept):
            at = min(kept.index(each) for each in below)
            kept = [*(each for each in kept[:at] if each not in below), node, *(e for e in kept[at:] if e not in below)]
    return kept


def _children_of(facts: DatedFacts, label: str) -> Mapping[int, frozenset[int]]:
    return facts.snapshot.derived(f"children in the tree of {label}", lambda: _children(facts.closure(label)))


def _children(tree: sparse.csr_array) -> dict[int, frozenset[int]]:
    """Nodes right below each one that has several, the deepest first; ``tree`` (nodes, nodes): itself and all above."""
    depth = np.diff(tree.indptr)
    below = np.repeat(np.arange(len(depth)), depth)
    direct = depth[below] == depth[tree.indices] + 1
    found: dict[int, set[int]] = {}
    for child, parent in zip(below[direct].tolist(), tree.indices[direct].tolist(), strict=True):
        found.setdefault(parent, set()).add(child)
    deepest_first = sorted(found, key=lambda parent: -depth[parent])
    return {parent: frozenset(found[parent]) for parent in deepest_first if len(found[parent]) > 1}
