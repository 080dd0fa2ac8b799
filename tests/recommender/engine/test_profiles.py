"""Attributes as sparse blocks and their cosines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from recommender.engine.profiles import Block, attribute_blocks, joined_cosines, text_vectors_of
from recommender.scorers.facts import unit_rows
from tests.recommender.engine.small_engine import ROWS, two_baskets
from tests.recommender.scorers.small import edges, taken


def test_rare_values_weigh_more_and_rows_have_length_one() -> None:
    """Value 0 has three nodes of four, value 1 one: idf log(1 + 4/3) and log(1 + 4/1)."""
    members = sparse.csr_array(np.array([[1, 1], [1, 0], [1, 0], [0, 0]], np.float32))
    cosines = Block("kind", members).cosines.toarray()
    common, rare = np.log1p(4 / 3), np.log1p(4)
    assert cosines[0] == pytest.approx(np.array([common, rare]) / np.hypot(common, rare))
    assert cosines[1].tolist() == [1.0, 0.0]
    assert cosines[3].tolist() == [0.0, 0.0]


def test_undated_relations_to_third_labels_are_attributes() -> None:
    links = [edges(("User", "IN", "Field"), [(0, 0), (1, 1)]), edges(("User", "LIKES", "Item"), [(0, 0)])]
    known = taken(ROWS, links=links, columns={"User": {"kind": list("abaab")}})
    assert [block.name for block in attribute_blocks(known, "User")] == ["kind", "User__IN__Field__out"]
    assert attribute_blocks(known, "Item") == ()


def test_what_a_dated_relation_leads_to_lends_its_attributes_as_shares() -> None:
    links = [edges(("User", "SAW", "Field"), [(0, 0), (0, 1), (1, 1)], ["2020-01-01"] * 3)]
    known = taken(ROWS, links=links, columns={"Field": {"kind": ["x", "y"]}})
    (block,) = attribute_blocks(known, "User")
    assert block.name == "SAW>kind"
    assert block.members.toarray()[:3].tolist() == [[0.5, 0.5], [0, 1], [0, 0]]


def test_blocks_are_the_same_at_every_moment() -> None:
    links = [edges(("User", "SAW", "Field"), [(user, 0) for user in range(5)], ["2020-01-01"] * 5)]
    columns = {"Field": {"kind": ["x", "y"]}, "User": {"kind": ["a", "b", "a", "", ""]}}
    now = taken(ROWS, links=links, columns=columns)
    for known in (now, now.before(np.datetime64("2019-01-01"))):
        assert [block.name for block in attribute_blocks(known, "User")] == ["SAW>kind", "kind"]


def test_many_blocks_are_joined_to_six_and_empty_ones_left_out() -> None:
    columns = {f"c{at}": ["x", "y", "x", "y", ""] for at in range(9)}
    known = taken(ROWS, columns={"User": columns}, links=[edges(("User", "IN", "Field"), [])])
    blocks = attribute_blocks(known, "User")
    assert [block.name for block in blocks] == ["c0", "c1", "c2", "c3", "c4", "others"]
    assert blocks[-1].members.shape == (5, 8)


def test_a_product_of_joined_cosines_is_the_mean_cosine_of_the_blocks() -> None:
    one = Block("one", sparse.csr_array(np.array([[1, 0], [1, 0]], np.float32)))
    two = Block("two", sparse.csr_array(np.array([[1, 0], [0, 1]], np.float32)))
    profile = joined_cosines((one, two), 2)
    assert (profile @ profile.T).toarray() == pytest.approx(np.array([[1.0, 0.5], [0.5, 1.0]]), abs=1e-6)
    assert joined_cosines((), 3).shape == (3, 1)


def test_empty_rows_stay_empty() -> None:
    assert unit_rows(sparse.csr_array((2, 3), dtype=np.float32)).toarray().tolist() == [[0.0] * 3] * 2


def test_text_that_says_nothing_is_none() -> None:
    vectors = {"User": np.zeros((5, 2), np.float32), "Item": np.ones((4, 2), np.float32)}
    known = replace(two_baskets(), vectors=vectors)
    assert text_vectors_of(known, "User") is None
    assert text_vectors_of(known, "Item") is vectors["Item"]
    assert text_vectors_of(known, "Field") is None
