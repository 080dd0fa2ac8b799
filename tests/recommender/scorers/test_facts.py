"""Facts of nodes."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from recommender.scorers.facts import attribute_facts, linked_facts, rarities, vectors_of
from tests.recommender.scorers.small import edges, nodes, taken


def test_numbers_become_ranges_and_empty_ones_none() -> None:
    fields = attribute_facts(nodes("User", 20, {"size": [str(each) for each in range(19)] + [""]}))
    assert fields["size"].shape == (20, 8)
    assert fields["size"].sum(axis=1).tolist() == [1] * 19 + [0]
    few = attribute_facts(nodes("User", 3, {"size": ["5", "7", "5"]}))
    assert few["size"].toarray().tolist() == [[1, 0], [0, 1], [1, 0]]


def test_links_of_linked_nodes_are_facts_but_not_the_way_back() -> None:
    links = [edges(("User", "IN", "Field"), [(0, 0), (1, 0)]), edges(("Field", "OF", "Group"), [(0, 0)])]
    known = taken([], links=links)
    assert set(linked_facts(known, "User")) == {"@Field"}
    two = linked_facts(known, "User", hops=2)
    assert set(two) == {"@Field", "@Field@Group"}
    assert two["@Field@Group"].toarray().reshape(-1).tolist() == [1, 1, 0, 0, 0]


def test_every_field_has_the_same_say() -> None:
    fields = attribute_facts(nodes("User", 3, {"one": ["a", "a", "b"], "two": ["x", "", "z"]}))
    rows = vectors_of(fields, 3, rarities(fields)).toarray()
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1])
    assert rows[0] @ rows[1] == pytest.approx(0.5**0.5)
    assert vectors_of({}, 3, {}).shape == (3, 0)


@pytest.mark.parametrize("at_once", [1, 7, 200])
def test_rows_joined_some_at_a_time_are_the_same_to_the_bit(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    rng = np.random.default_rng(3)
    drawn = {
        name: sparse.csr_array((rng.random((90, width)) < 0.1).astype(np.float32))
        for name, width in (("a", 40), ("b", 3))
    }
    weights = rarities(drawn)
    whole = vectors_of(dict(drawn), 90, weights)
    monkeypatch.setattr("recommender.scorers.facts._CELLS_JOINED_AT_ONCE", at_once)
    some = vectors_of(dict(drawn), 90, weights)
    assert some.indices.dtype == whole.indices.dtype
    for one, other in ((some.data, whole.data), (some.indices, whole.indices), (some.indptr, whole.indptr)):
        assert one.tobytes() == other.tobytes()
