"""Vectors are found again by model, role and text, in memory and on disk alike."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from recommender.text.vector_cache import VectorCache

MANY = [f"글 {number}" for number in range(1_203)]
"""More than one query may ask for."""


def vectors(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((count, 4)).astype(np.float32)


@pytest.fixture(params=["disk", "memory"])
def cache(request: pytest.FixtureRequest, tmp_path: Path) -> VectorCache:
    return VectorCache(tmp_path / "deep" / "v.sqlite" if request.param == "disk" else None)


def test_what_was_put_is_got_to_the_bit_and_what_was_not_is_left_out(cache: VectorCache) -> None:
    made = vectors(len(MANY))
    cache.put("m", "passage", MANY, made)
    found = cache.get("m", "passage", [*reversed(MANY), "no such text"])
    assert found.keys() == set(MANY)
    np.testing.assert_array_equal(np.stack([found[text] for text in MANY]), made)
    assert next(iter(found.values())).dtype == np.float32


def test_a_cache_that_holds_nothing_gives_nothing(cache: VectorCache) -> None:
    assert cache.get("m", "query", ["글"]) == {}
    cache.put("m", "query", [], vectors(0))
    assert cache.get("m", "query", []) == {}


def test_model_and_role_are_part_of_the_key_and_cannot_be_mixed_up(cache: VectorCache) -> None:
    cache.put("m", "query", ["글"], vectors(1))
    assert cache.get("m", "passage", ["글"]) == {}
    assert cache.get("other", "query", ["글"]) == {}
    assert cache.get("m\x00query", "", ["글"]) == {}


def test_on_disk_the_first_to_write_a_vector_wins(tmp_path: Path) -> None:
    one, other = VectorCache(tmp_path / "v.sqlite"), VectorCache(tmp_path / "v.sqlite")
    one.put("m", "query", ["글"], vectors(1, seed=1))
    other.put("m", "query", ["글", "새 글"], vectors(2, seed=2))
    found = one.get("m", "query", ["글", "새 글"])
    np.testing.assert_array_equal(found["글"], vectors(1, seed=1)[0])
    np.testing.assert_array_equal(found["새 글"], vectors(2, seed=2)[1])


def test_a_kept_vector_does_not_change_with_the_array_that_it_came_from() -> None:
    cache, made = VectorCache(), vectors(1)
    cache.put("m", "query", ["글"], made)
    made[:] = 0.0
    assert cache.get("m", "query", ["글"])["글"].any()


def test_the_file_holds_numbers_in_one_order_of_bytes_on_any_machine(tmp_path: Path) -> None:
    VectorCache(tmp_path / "v.sqlite").put("m", "query", ["글"], np.array([[1.0, -2.0]], dtype=">f4"))
    with sqlite3.connect(tmp_path / "v.sqlite") as connection:
        ((blob,),) = connection.execute("SELECT vector FROM vectors").fetchall()
    connection.close()
    assert blob == np.array([1.0, -2.0], dtype="<f4").tobytes()
