"""Equal arrays are held once, and nobody can change what others hold."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy import sparse

from recommender.measure.equal_arrays import share_equal_arrays
from recommender.scorers.content import CentredText

LONG = 5_000


def numbers(seed: int = 0) -> npt.NDArray[np.float64]:
    return np.random.default_rng(seed).random(LONG)


@dataclass(frozen=True)
class Elsewhere:
    """Of another module than those that are looked into."""

    array: npt.NDArray[Any]


def text(seed: int = 0) -> CentredText:
    vectors = np.random.default_rng(seed).random((LONG, 4)).astype(np.float32)
    return CentredText(vectors, vectors[0].copy(), np.ones(LONG, np.float32))


def test_equal_arrays_of_objects_lists_dictionaries_and_tuples_become_one() -> None:
    one, other = text(), text()
    held = {"a": numbers(), "b": [numbers(), numbers()], "c": ({"d": numbers()}, one), "e": other}
    saved = share_equal_arrays(held)
    first = held["a"]
    assert held["b"][0] is first
    assert held["b"][1] is first
    assert held["c"][0]["d"] is first
    assert one.vectors is other.vectors
    assert saved == 3 * first.nbytes + one.vectors.nbytes + one.scale.nbytes
    np.testing.assert_array_equal(first, numbers())


def test_sparse_matrices_share_what_is_equal_in_them() -> None:
    shape = (LONG, 7)
    one = sparse.random_array(shape, density=0.5, rng=np.random.default_rng(0), format="csr")
    other = one.copy()
    other.data = other.data * 2
    share_equal_arrays([one, other])
    assert one.indices is other.indices
    assert one.indptr is other.indptr
    assert one.data is not other.data
    np.testing.assert_array_equal((one + one).toarray(), other.toarray())


def test_what_is_shared_can_not_be_written_to_and_the_rest_can() -> None:
    held = [numbers(), numbers(), numbers(1)]
    share_equal_arrays(held)
    with pytest.raises(ValueError, match="read-only"):
        held[0][0] = 1.0
    held[2][0] = 1.0


def test_only_what_is_the_same_in_kind_shape_and_layout_is_shared() -> None:
    square = np.arange(2500, dtype=np.int64).reshape(50, 50)
    symmetric = square + square.T
    held = [square, square.astype(np.float64), square.reshape(25, 100), symmetric, np.asfortranarray(symmetric)]
    before = list(held)
    assert share_equal_arrays(held) == 0
    assert all(mine is other for mine, other in zip(held, before, strict=True))


def test_small_arrays_parts_of_others_and_what_is_not_looked_into_stay() -> None:
    whole = np.concatenate([numbers(), numbers()])
    parts = [whole[:LONG], whole[LONG:]]
    others = [Elsewhere(numbers()), Elsewhere(numbers())]
    words = [np.array(["가"] * LONG, dtype=object), np.array(["가"] * LONG, dtype=object)]
    cache = OrderedDict(a=numbers(2), b=numbers(2))
    held = [np.zeros(8), np.zeros(8), *parts, *others, *words, cache]
    before = list(held)
    assert share_equal_arrays(held) == 0
    assert all(mine is other for mine, other in zip(held, before, strict=True))
    assert others[0].array is not others[1].array
    assert cache["a"] is not cache["b"], "other threads may evict what it holds"


def test_what_holds_itself_is_walked_once() -> None:
    held: list[object] = [numbers(), numbers()]
    held.append(held)
    assert share_equal_arrays(held) == numbers().nbytes
    assert share_equal_arrays(held) == 0
