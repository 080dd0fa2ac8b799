"""Every kind has a form and a colour of its own, every relationship a name."""

from __future__ import annotations

from graph_schema.catalog import NODE_TYPES, RELATION_TYPES
from loaders.registry import SOURCES
from recommender.snapshot.view.looks import RELATION_NAMES, SHAPES, SOURCE_NAMES, SURPLUS_SHAPE


def test_every_label_has_a_form_that_no_other_has() -> None:
    assert set(SHAPES) == {node.label for node in NODE_TYPES}
    assert len(set(SHAPES.values())) == len(SHAPES)
    assert all(-1 <= at <= 1 for shape in (*SHAPES.values(), SURPLUS_SHAPE) for point in shape for at in point)


def test_every_relationship_has_a_short_name_in_both_languages() -> None:
    facts = {relation.type for relation in RELATION_TYPES if not relation.identity}
    assert set(RELATION_NAMES) == facts | {"RECOMMENDED"}
    assert all(ko and en and ko != en for ko, en in RELATION_NAMES.values())


def test_every_source_that_can_be_loaded_has_a_name_in_both_languages() -> None:
    assert set(SOURCES) | {"synthetic", "hand", "ipc", "institution-names"} == set(SOURCE_NAMES)
    assert all(ko and en for ko, en in SOURCE_NAMES.values())
