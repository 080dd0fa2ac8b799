"""Baskets: members of past queries and of other relations' nodes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.engine import baskets
from recommender.engine.baskets import ages, basket_families
from tests.recommender.engine.small_engine import ROWS, two_baskets
from tests.recommender.scorers.small import edges, partners, taken


def test_target_baskets_hold_what_each_query_took() -> None:
    (family,) = basket_families(two_baskets())
    assert family.name == "target"
    assert family.members.toarray().tolist() == [[1, 1, 0, 0], [0, 1, 1, 1], *[[0] * 4] * 3]
    assert family.sizes.tolist() == [2, 3, 0, 0, 0]
    assert family.profile is not None
    assert family.text is None


def test_weights_are_over_their_mean_and_pairs_seen_twice_count_once() -> None:
    known = taken([(0, 0), (0, 0), (0, 1)])
    weight = np.array([1, 3, 5], np.float32)
    (family,) = basket_families(replace(known, pairs=replace(known.pairs, weight=weight)))
    assert family.members[[0], :2].toarray() == pytest.approx(np.array([[2 / 3, 5 / 3]]))


def test_nodes_of_other_relations_are_baskets_from_either_end() -> None:
    links = [edges(("Item", "IN", "Field"), [(0, 0), (3, 0)]), edges(("Group", "HAS", "Item"), [(0, 2)])]
    found = basket_families(taken(ROWS, links=links))
    assert [each.members.shape[0] for each in found] == [5, 2, 1]
    assert found[1].members.toarray()[0].tolist() == [1, 0, 0, 1]
    assert found[2].members.toarray()[0].tolist() == [0, 0, 1, 0]


def test_more_kinds_of_baskets_than_four_are_joined() -> None:
    links = [edges(("Item", f"R{at}", "Field"), [(0, 0), (at % 4, 1)]) for at in range(6)]
    found = basket_families(taken(ROWS, links=links))
    assert len(found) == 4
    assert found[-1].name == "others"
    assert found[-1].members.shape == (8, 4)
    assert len(found[-1].time) == 8


def test_a_relation_among_candidates_gives_two_kinds_of_distinct_names() -> None:
    links = [edges(("Company", "OWNS", "Company"), [(0, 1), (0, 2)])]
    found = basket_families(partners([(0, 1)], links=links))
    assert len({each.name for each in found}) == len(found)


def test_baskets_of_very_many_are_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(baskets, "_MOST_MEMBERS", 2)
    (family,) = basket_families(two_baskets())
    assert family.sizes.tolist() == [2, 0, 0, 0, 0]


def test_age_counts_windows_since_the_last_addition_and_unknown_is_none() -> None:
    known = taken([(0, 0), (0, 1), (1, 1)], ["2020-01-01", "2020-01-11", "2020-01-21"])
    (family,) = basket_families(known)
    now = np.datetime64("2020-01-31", "s")
    assert ages(family, now, 10 * 86_400.0).tolist() == [2.0, 1.0, 0.0, 0.0, 0.0]
    assert not ages(family, now, 0.0).any()
    assert not ages(family, np.datetime64("NaT", "s"), 1.0).any()


def test_families_are_the_same_at_every_moment_and_empty_where_nothing_is_known() -> None:
    """The larger relation began late: before, its family is empty, and it stands in the same place."""
    links = [
        edges(("Item", "OLD", "Field"), [(0, 0), (1, 0)], ["2020-01-01"] * 2),
        edges(("Item", "LATE", "Field"), [(0, 0), (1, 0), (2, 1)], ["2021-01-01"] * 3),
    ]
    now = taken(ROWS, ["2021-01-01"] * 5, links=links)
    names = ["target", "Item__LATE__Field__out", "Item__OLD__Field__out"]
    for known, sizes in ((now, [5, 3, 2]), (now.before(np.datetime64("2020-06-01")), [0, 0, 2])):
        found = basket_families(known)
        assert [each.name for each in found] == names
        assert [each.members.nnz for each in found] == sizes


def test_partners_are_no_baskets_where_other_relations_join_them() -> None:
    links = [edges(("Company", "IN", "Project"), [(0, 0), (1, 0)])]
    assert [each.name for each in basket_families(partners([(0, 1)], links=links))] == ["Company__IN__Project__out"]
    assert [each.name for each in basket_families(partners([(0, 1)]))] == ["target"]
