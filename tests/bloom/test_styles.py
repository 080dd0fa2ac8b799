"""Everyone tells the labels apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from bloom.styles import COLOURS, RELATIONSHIP_RULES, captions, node_rules
from graph_schema.catalog import NODE_TYPES, OVERLAY_TYPES, RELATION_TYPES, node_type
from tests.bloom.colour_vision import VISIONS, difference, lab
from tests.bloom.days import AS_OF


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


def test_captions_and_rules_name_public_properties_of_the_catalog() -> None:
    for node in NODE_TYPES:
        public = {p.name for p in node.public}
        assert set(captions(node)) <= public
        assert {rule.property_ for rule in node_rules(node, AS_OF)} <= public
    for type_, rules in RELATIONSHIP_RULES.items():
        owned = {p.name for r in (*RELATION_TYPES, *OVERLAY_TYPES) if r.type == type_ for p in r.own}
        assert {rule.property_ for rule in rules} <= owned


def test_a_programme_is_red_from_its_last_fortnight_to_its_last_day() -> None:
    """The first rule that is met counts: what closes later, then what has not closed."""
    later, soon = (rule for rule in node_rules(node_type("Program"), AS_OF) if rule.property_ == "apply_until")
    assert (later.value, later.colour) == ("2026-03-16", COLOURS["Program"])
    assert soon.value == "2026-03-01"
    assert soon.colour not in COLOURS.values()
