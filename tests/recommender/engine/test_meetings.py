"""Nodes that who asks and a candidate both lead to, along relations, parts of a node and trees of codes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.engine.meetings import meetings
from recommender.engine.seeds import Seeding
from recommender.knowledge.known import Known
from recommender.knowledge.unseen import as_guests
from recommender.measure.arrays import Floats
from tests.recommender.scorers.small import ask, edges, partners, taken

TREE = edges(("Field", "PART_OF", "Field"), [(1, 0)])
IN_FIELD = edges(("User", "IN", "Field"), [(0, 1), (1, 0)])
FOR_FIELD = edges(("Item", "FOR", "Field"), [(0, 0), (1, 1)])


def scores(known: Known) -> dict[str, Floats]:
    asked = ask(known, range(5))
    seeds = Seeding(known, 0.0)(asked)
    return {name: values for each in meetings(known) for name, values in each.scores(seeds, asked)}


def test_who_stands_below_what_a_candidate_names_meets_it() -> None:
    """User 0 is in a field within that of item 0, user 1 in the wider one; items 2 and 3 name none."""
    found = scores(taken([(0, 0)], links=[IN_FIELD, FOR_FIELD, TREE]))["meets:Field"]
    assert found[0].tolist() == [1, 1, 0.5, 0.5]
    assert found[1].tolist() == [1, 0, 0.5, 0.5]
    assert found[4].tolist() == [0, 0, 0.5, 0.5]


def test_the_cosine_is_greatest_where_all_is_shared() -> None:
    found = scores(taken([(0, 0)], links=[IN_FIELD, FOR_FIELD, TREE]))["meets:Field:cosine"]
    assert found[0, 1] == pytest.approx(1, abs=1e-6)
    assert 0 < found[0, 0] < 1
    assert found[1, 0] == pytest.approx(1, abs=1e-6)


def test_what_a_part_of_a_node_says_counts() -> None:
    """A group that belongs to one user alone leads to its field; one that several have says nothing of them."""
    onward = edges(("Group", "ABOUT", "Field"), [(0, 1)])
    own = edges(("User", "HAS", "Group"), [(3, 0)])
    found = scores(taken([(0, 0)], links=[own, onward, FOR_FIELD]))["meets:Field"]
    assert found[3].tolist() == [0, 1, 0.5, 0.5]
    known = taken([(0, 0)], links=[own, onward, FOR_FIELD])
    assert [each.name for each in meetings(known)] == ["meets:Field"]


def test_a_relation_not_known_yet_keeps_its_place() -> None:
    """Which scores there are is the same at every moment, or what was learned of them would not fit."""
    dated = edges(("User", "IN", "Field"), [(0, 1)], ["2022-01-01"])
    known = taken([(0, 0)], ["2021-01-01"], links=[dated, FOR_FIELD])
    earlier = known.before(np.datetime64("2021-06-01", "s"))
    assert scores(earlier).keys() == scores(known).keys()
    assert scores(earlier)["meets:Field"][0].tolist() == [0, 0, 0.5, 0.5]


def test_a_guest_meets_what_a_node_like_it_meets() -> None:
    known = taken([(0, 0)], links=[IN_FIELD, FOR_FIELD, TREE])
    guest = replace(ask(known, [0, 1]), guests=as_guests(known, np.array([0, 1])))
    (meeting,) = meetings(known)
    seeds = Seeding(known, 0.0)(guest)
    found = dict(meeting.scores(seeds, guest))
    assert all((values == scores(known)[name][:2]).all() for name, values in found.items())


def test_nodes_of_one_kind_are_not_asked_what_they_meet() -> None:
    assert meetings(partners([(0, 1)], links=[edges(("Company", "IN", "Project"), [(0, 0)])])) == []
