"""What the catalog promises of its own declarations."""

from __future__ import annotations

from graph_schema.catalog import ELEMENT_TYPES, NODE_TYPES, node_type
from graph_schema.model import SEARCH_TEXT


def test_no_personal_property_is_searched_embedded_or_indexed() -> None:
    personal = [p for element in ELEMENT_TYPES for p in element.properties if p.pii]
    assert personal
    assert not [p.name for p in personal if p.searchable or p.encoded or p.indexed]


def test_what_is_personal_in_one_label_is_not_searched_in_its_name() -> None:
    """An expert's name is personal, a company's is not: each label says what of it is searched."""
    assert [p.name for p in node_type("Expert").searched] == ["headline"]
    assert [p.name for p in node_type("Company").searched] == ["name", "products"]
    assert not [p for node in NODE_TYPES for p in node.searched if p.pii]


def test_every_caption_is_required_and_searched_first() -> None:
    assert all(node.searched[0].name == node.caption and node.searched[0].required for node in NODE_TYPES)


def test_the_search_text_is_derived() -> None:
    """So it stays out of content hashes, snapshots and answers."""
    for node in NODE_TYPES:
        assert SEARCH_TEXT in node.properties
        assert SEARCH_TEXT not in (*node.stored, *node.public)
