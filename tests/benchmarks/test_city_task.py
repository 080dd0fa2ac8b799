"""The made-up city and its task: sizes, and that nothing later is seen."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.city_graph import PARTNERS, CityGraph, make_city
from benchmarks.city_task import KNOWN_UNTIL, make_task


@pytest.fixture(scope="module")
def city() -> CityGraph:
    return make_city(600, seed=2)


def test_a_company_has_about_ten_relationships_when_training_begins(city: CityGraph) -> None:
    assert 9 < city.relationships(KNOWN_UNTIL) / city.companies < 11


def test_one_seed_makes_one_city(city: CityGraph) -> None:
    again, other = make_city(600, seed=2), make_city(600, seed=3)
    np.testing.assert_array_equal(city.texts["company"], again.texts["company"])
    np.testing.assert_array_equal(city.links[PARTNERS].target, again.links[PARTNERS].target)
    assert not np.array_equal(city.texts["company"], other.texts["company"])


def test_no_pair_stands_twice_and_none_with_itself(city: CityGraph) -> None:
    links = city.links[PARTNERS]
    pairs = {frozenset(pair) for pair in zip(links.source.tolist(), links.target.tolist(), strict=True)}
    assert len(pairs) == len(links.source)
    assert all(len(pair) == 2 for pair in pairs)


def test_what_is_asked_for_is_not_in_the_graph_that_is_seen(city: CityGraph) -> None:
    task = make_task(city, queries=50)
    assert not task.seen.relations[PARTNERS][task.pairs.query, task.pairs.candidate].any()
    assert task.now.relations[PARTNERS][task.pairs.query, task.pairs.candidate].all()
    for window in (task.valid, task.test):
        assert not task.now.relations[PARTNERS][window.askers].multiply(window.positives).nnz
        assert (np.diff(window.positives.indptr) > 0).all()


def test_what_is_seen_is_also_known_later(city: CityGraph) -> None:
    seen, now = city.graph(0.7), city.graph(0.9)
    for key, matrix in seen.relations.items():
        assert matrix.multiply(now.relations[key]).nnz == matrix.nnz
