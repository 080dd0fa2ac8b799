"""Everyone tells the labels apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import pytest

from bloom.styles import RELATIONSHIP_COLOUR, RELATIONSHIP_RULES, StyleRule, captions, icon, node_rules
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


def _look(rules: Sequence[StyleRule], properties: Mapping[str, object]) -> tuple[str | None, float | None]:
    """Return colour and size of what has such properties, None where the usual ones stay; each by its own rules."""
    met = [rule for rule in rules if _is_met(rule, properties.get(rule.property_))]
    return (
        next((rule.colour for rule in met if rule.colour is not None), None),
        next((rule.size for rule in met if rule.size is not None), None),
    )


def _is_met(rule: StyleRule, value: object) -> bool:
    if value is None:
        return False
    if rule.condition == "equals":
        return value == rule.value
    if isinstance(value, date):
        return value.isoformat() > str(rule.value)
    return float(str(value)) > float(str(rule.value))


RED, ORANGE, PALE = "#d7301f", "#b35900", "#9ecae1"
MADE_UP = {"synthetic": True}


@pytest.mark.parametrize(
    ("label", "properties", "colour", "size"),
    [
        ("Company", {}, None, None),
        ("Company", {"employees": 9}, None, None),
        ("Company", {"employees": 10}, None, 1.5),
        ("Company", {"employees": 300}, None, 2),
        ("Company", {"employees": 10, "degree": 99}, None, 1.5),
        ("Company", {"employees": 9, "degree": 99}, None, 2),
        ("Company", {"degree": 6}, None, 1.5),
        ("Company", MADE_UP, None, 0.75),
        ("Company", {"employees": 300, "degree": 99, **MADE_UP}, None, 0.75),
        ("Program", {"apply_until": date(2026, 3, 16)}, RED, None),
        ("Program", {"apply_until": date(2026, 3, 17)}, COLOURS["Program"], None),
        ("Program", {"apply_until": date(2026, 3, 1)}, None, None),
        ("Program", {"apply_until": date(2026, 3, 2), "budget_krw": 2e10}, RED, 2),
        ("Program", {"apply_until": date(2026, 3, 2), "degree": 6}, RED, 1.5),
        ("Program", {"apply_until": date(2026, 3, 2), "budget_krw": 2e10, **MADE_UP}, RED, 0.75),
        ("Program", {"apply_until": date(2026, 4, 2), **MADE_UP}, COLOURS["Program"], 0.75),
        ("Region", {"degree": 99}, None, None),
    ],
)
def test_a_node_shows_all_that_is_to_be_seen_of_it(
    label: str, properties: Mapping[str, object], colour: str | None, size: float | None
) -> None:
    """A deadline whatever the budget, and that it is made up whatever its employees."""
    assert _look(node_rules(node_type(label), AS_OF, (5, 9)), properties) == (colour, size)


@pytest.mark.parametrize(
    ("type_", "properties", "colour", "size"),
    [
        ("RECOMMENDED", {"checks": 0, "grade": "high"}, None, 2),
        ("RECOMMENDED", {"checks": 0, "grade": "medium"}, None, None),
        ("RECOMMENDED", {"checks": 0, "grade": "low"}, PALE, 0.5),
        ("RECOMMENDED", {"checks": 1, "grade": "high"}, ORANGE, 2),
        ("RECOMMENDED", {"checks": 1, "grade": "medium"}, ORANGE, None),
        ("RECOMMENDED", {"checks": 1, "grade": "low"}, ORANGE, 0.5),
        ("RECOMMENDED", {"checks": 2}, ORANGE, None),
        ("FOLLOWED_UP", {"decision": "refused"}, RED, None),
        ("FOLLOWED_UP", {"decision": "accepted"}, None, None),
        ("AWARDED", {"amount_krw": 2e8}, None, 2),
        ("AWARDED", {"amount_krw": 2e7}, None, 1.5),
        ("CONSULTED", {"satisfaction": 1}, RED, None),
        ("CONSULTED", {"satisfaction": 2}, RED, None),
        ("CONSULTED", {"satisfaction": 3}, RELATIONSHIP_COLOUR, None),
        ("CONSULTED", {}, None, None),
    ],
)
def test_a_relationship_shows_all_that_is_to_be_seen_of_it(
    type_: str, properties: Mapping[str, object], colour: str | None, size: float | None
) -> None:
    """How likely a recommendation is by its width, whether something is to be checked by its colour."""
    assert _look(RELATIONSHIP_RULES[type_], properties) == (colour, size)


def test_a_rule_tells_one_thing_so_that_it_hides_no_other() -> None:
    rules = [rule for node in NODE_TYPES for rule in node_rules(node, AS_OF, (5, 9))]
    for rule in (*rules, *(rule for found in RELATIONSHIP_RULES.values() for rule in found)):
        assert (rule.colour is None) != (rule.size is None), rule


def test_every_rule_changes_how_something_looks() -> None:
    """One colour that is the usual one has another behind it, which it keeps from some."""
    for type_, rules in RELATIONSHIP_RULES.items():
        assert {rule.colour for rule in rules if rule.colour} != {RELATIONSHIP_COLOUR}, type_


def test_icons_tell_kinds_apart() -> None:
    """Upper-case UUIDs of Bloom's own set; who is a person looks like one, and nothing else shares an icon."""
    icons = {node.label: icon(node) for node in NODE_TYPES if icon(node) != "no-icon"}
    assert {"Company", "Institution", "Center", "Region", "Researcher", "Expert"} == set(icons)
    assert all(str(UUID(each)).upper() == each for each in icons.values())
    shared = {label for label, each in icons.items() if list(icons.values()).count(each) > 1}
    assert shared == {"Researcher", "Expert"}
