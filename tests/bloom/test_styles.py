"""Everyone tells the labels apart."""

from __future__ import annotations

from uuid import UUID

from bloom.styles import RELATIONSHIP_RULES, captions, icon, node_rules
from graph_schema.catalog import NODE_TYPES, OVERLAY_TYPES, RELATION_TYPES, node_type
from graph_schema.colours import COLOURS
from graph_schema.model import DEGREE, NODE_CAPTION
from tests.bloom.days import AS_OF


def test_captions_and_rules_name_public_properties_of_the_catalog() -> None:
    for node in NODE_TYPES:
        public = {p.name for p in node.public}
        assert set(captions(node)) <= {*public, NODE_CAPTION.name}
        assert {rule.property_ for rule in node_rules(node, AS_OF, (5, 9))} <= {*public, DEGREE.name}
    for type_, rules in RELATIONSHIP_RULES.items():
        owned = {p.name for r in (*RELATION_TYPES, *OVERLAY_TYPES) if r.type == type_ for p in r.own}
        assert {rule.property_ for rule in rules} <= owned


def test_a_programme_is_red_from_its_last_fortnight_to_its_last_day() -> None:
    """The first rule that is met counts: what closes later, then what has not closed."""
    later, soon = (rule for rule in node_rules(node_type("Program"), AS_OF) if rule.property_ == "apply_until")
    assert (later.value, later.colour) == ("2026-03-16", COLOURS["Program"])
    assert soon.value == "2026-03-01"
    assert soon.colour not in COLOURS.values()


def test_icons_tell_kinds_apart() -> None:
    """Upper-case UUIDs of Bloom's own set; who is a person looks like one, and nothing else shares an icon."""
    icons = {node.label: icon(node) for node in NODE_TYPES if icon(node) != "no-icon"}
    assert {"Company", "Institution", "Center", "Region", "Researcher", "Expert"} == set(icons)
    assert all(str(UUID(each)).upper() == each for each in icons.values())
    shared = {label for label, each in icons.items() if list(icons.values()).count(each) > 1}
    assert shared == {"Researcher", "Expert"}
