"""Where nodes stand in the picture: related ones near each other, and no caption on another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree


@dataclass(frozen=True)
class Form:
    """A form of the picture: ``aspect`` is width by height; ``room`` is what a node and its caption take, in pixels.

    A caption has ``lines`` lines at most, of ``ems`` times the size of its letters.
    """

    aspect: float
    room: tuple[float, float]
    ems: float
    lines: int


FORMS: Final[Mapping[str, Form]] = {"wide": Form(1.7, (134, 74), 10.5, 2), "tall": Form(0.6, (98, 90), 7.5, 3)}
"""For a screen that lies, and for one that stands."""
_SLACK: Final = 1.05
"""Room beside what the captions take, so that the picture is not a solid block."""
_PULLS, _WORK = 150, 20_000
"""Steps of the forces at most, and the nodes moved by all of them, so that a large graph takes seconds."""
_PUSHES: Final = 1000
"""Most pictures settle within a hundred; one that does not ends here."""
_STRENGTH, _GROWTH = 0.9, 1.001
"""Each push goes most of the way, and the whole grows a little where there is no room."""
_TOUCHING: Final = 0.999
"""In rooms: nodes that are nearer, wide and high, overlap."""
_SEED: Final = 20260302
"""Any number: the same graph gives the same picture."""

Points = npt.NDArray[np.float64]


def find_places(kinds: Sequence[str], edges: Sequence[tuple[int, int]]) -> dict[str, Points]:
    """Positions in pixels for each form, shape (nodes, 2), the first node near the middle; the same for the same graph.

    ``kinds``: kind of each node, by which they begin on a circle, so that those of one kind stay together.
    ``edges``: positions of both ends. No two nodes stand in each other's room.
    """
    drawn = _attracted(kinds, edges)
    return {name: _apart(_spread(drawn, form), np.array(form.room)) for name, form in FORMS.items()}


def _attracted(kinds: Sequence[str], edges: Sequence[tuple[int, int]]) -> Points:
    """Fruchterman and Reingold's forces, from a circle in the order of kinds with the first node in its middle."""
    count = len(kinds)
    order = sorted(range(1, count), key=lambda node: (kinds[node], node))
    angles = np.empty(count)
    angles[order] = 2 * np.pi * np.arange(count - 1) / max(1, count - 1)
    around = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    around[0] = 0.0
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(edges)
    pulls, begin = min(_PULLS, 1 + _WORK // count), dict(enumerate(around))
    places = nx.spring_layout(graph, pos=begin, iterations=pulls, seed=_SEED, method="force", scale=None)
    return np.array([places[node] for node in range(count)])


def _spread(points: Points, form: Form) -> Points:
    """Fill a rectangle of the area that all nodes need, corners too: forces alone leave a disc."""
    area = len(points) * form.room[0] * form.room[1] * _SLACK
    high = (area / form.aspect) ** 0.5
    extent = np.ptp(points, axis=0)
    within = (points - points.min(axis=0)) / np.where(extent > 0, extent, 1.0) * 2 - 1
    outmost = np.abs(within).max(axis=1, keepdims=True)
    squared = within * np.hypot(within[:, :1], within[:, 1:]) / np.where(outmost > 0, outmost, 1.0)
    return np.asarray(squared * np.array([high * form.aspect, high]) / 2, dtype=np.float64)


def _apart(points: Points, room: Points) -> Points:
    """Push nodes that stand in each other's room away from each other, along the side on which they overlap least."""
    for _ in range(_PUSHES):
        pairs = cKDTree(points / room).query_pairs(_TOUCHING, p=np.inf, output_type="ndarray")
        if not len(pairs):
            break
        one, other = pairs.T
        between = points[one] - points[other]
        lacking = room - np.abs(between)
        row, side = np.arange(len(pairs)), (lacking / room).argmin(axis=1)
        # Of two at the same place the earlier goes one way and the later the other.
        way = np.where(between[row, side] < 0, -1.0, 1.0)
        push = np.zeros_like(points)
        np.add.at(push, (one, side), way * lacking[row, side] / 2)
        np.add.at(push, (other, side), -way * lacking[row, side] / 2)
        # All grows a little, so that there is room in the end.
        points = (points + np.clip(push, -room, room) * _STRENGTH) * _GROWTH
    return np.asarray(points - (points.max(axis=0) + points.min(axis=0)) / 2, dtype=np.float64)
