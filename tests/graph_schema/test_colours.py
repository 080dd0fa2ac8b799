"""Everyone tells the colours of the labels apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from graph_schema.catalog import NODE_TYPES
from graph_schema.colours import COLOURS
from tests.graph_schema.colour_vision import VISIONS, difference, lab


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_measure_gives_the_published_differences(
    one: tuple[float, ...], other: tuple[float, ...], expected: float
) -> None:
    """Of the test data that came with the formula."""
    assert difference(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("vision", VISIONS)
def test_labels_differ_by_15_for_every_kind_of_colour_vision(vision: str) -> None:
    seen = {label: lab(colour, vision) for label, colour in COLOURS.items()}
    close = {(a, b): d for a, b in combinations(seen, 2) if (d := difference(seen[a], seen[b])) < 15}
    assert close == {}


def test_every_label_has_a_colour() -> None:
    assert list(COLOURS) == [node.label for node in NODE_TYPES]
