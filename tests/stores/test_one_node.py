"""Which of several joined nodes stays."""

from __future__ import annotations

from stores.one_node import groups_of, preference


def test_a_number_stays_before_a_name_with_its_place_and_that_before_a_name() -> None:
    ids = ["name:가나", "name:가나정밀@41280", "brn:1234567891", "name:가나@41280"]
    assert sorted(ids, key=preference) == ["brn:1234567891", "name:가나@41280", "name:가나정밀@41280", "name:가나"]


def test_groups_are_what_pairs_hold_together() -> None:
    assert groups_of([(0, 1), (4, 1), (2, 3)], 6) == [[0, 1, 4], [2, 3]]
    assert groups_of([], 3) == []
