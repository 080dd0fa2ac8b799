"""Nodes stand apart, the same way each time."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.snapshot.view.places import FORMS, find_places


def graph(count: int, edges: int) -> tuple[list[str], list[tuple[int, int]]]:
    """Join all to the first node, and some at random among each other."""
    chance = np.random.default_rng(1)
    spokes = [(0, node) for node in range(1, count)]
    others = chance.integers(0, count, (max(0, edges - len(spokes)), 2)).tolist()
    return ["Company", "Program", "Need"] * (count // 3) + ["Region"] * (count % 3), [*spokes, *map(tuple, others)]


@pytest.mark.parametrize(("count", "edges"), [(1, 0), (2, 1), (14, 13), (80, 160), (300, 900), (500, 2000)])
def test_no_node_stands_in_the_room_of_another(count: int, edges: int) -> None:
    for name, points in find_places(*graph(count, edges)).items():
        assert points.shape == (count, 2)
        apart = np.abs(points[:, None] - points[None]) / np.array(FORMS[name].room)
        nearest = apart.max(axis=2) + np.eye(count) * 9
        assert nearest.min() >= 0.99


def test_the_form_is_kept_and_the_room_is_not_wasted() -> None:
    for name, points in find_places(*graph(80, 160)).items():
        wide, high = np.ptp(points, axis=0) + FORMS[name].room
        assert wide / high == pytest.approx(FORMS[name].aspect, rel=0.35)
        assert wide * high < 2.5 * len(points) * np.prod(FORMS[name].room)


def test_the_same_graph_is_drawn_the_same_way() -> None:
    one, other = find_places(*graph(40, 90)), find_places(*graph(40, 90))
    assert all(np.array_equal(one[name], other[name]) for name in FORMS)
