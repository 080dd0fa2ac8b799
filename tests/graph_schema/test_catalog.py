"""What the catalog promises of its own declarations."""

from __future__ import annotations

import re

from graph_schema.catalog import ELEMENT_TYPES, NODE_TYPES, OVERLAY_TYPES, RELATION_TYPES, node_type, relation_type
from graph_schema.model import CAPTION, DEGREE, SEARCH_TEXT


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


def test_every_relation_has_a_short_korean_noun_for_its_caption() -> None:
    """The topic of its sentence, or the noun that is given where the sentence has a verb; never a particle or verb."""
    assert relation_type("Program", "TARGETS", "Industry").caption == "대상 업종"
    assert relation_type("Company", "LOCATED_IN", "Center").caption == "입주한 센터"
    assert relation_type("Company", "APPLIED_TO", "Program").caption == "신청"
    assert {r.type: r.caption for r in OVERLAY_TYPES} == {"RECOMMENDED": "추천", "FOLLOWED_UP": "추천 처리"}
    for relation in (*RELATION_TYPES, *OVERLAY_TYPES):
        assert re.fullmatch(r"[가-힣][가-힣 ]{1,9}", relation.caption), relation
        assert not re.search("다$|[은는]$", relation.caption), relation


def test_captions_and_degrees_are_derived() -> None:
    for relation in RELATION_TYPES:
        assert CAPTION in relation.properties
        assert CAPTION not in (*relation.stored, *relation.public)
    for node in NODE_TYPES:
        assert DEGREE in node.properties
        assert DEGREE not in (*node.stored, *node.public)
