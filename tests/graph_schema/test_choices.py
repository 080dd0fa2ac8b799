"""Every choice of the catalog has words that a person reads."""

from __future__ import annotations

from graph_schema.catalog import ELEMENT_TYPES, OVERLAY_TYPES, TARGET_KINDS
from graph_schema.choices import KIND_NAMES, choice_words


def test_every_choice_has_a_korean_and_an_english_word() -> None:
    elements = (*ELEMENT_TYPES, *OVERLAY_TYPES)
    choices = [(p.name, code) for element in elements for p in element.public for code in p.choices]
    assert [each for each in choices if choice_words(*each).ko == each[1]] == []
    assert set(KIND_NAMES) == set(TARGET_KINDS)


def test_who_a_programme_is_for_is_said_in_the_plural_of_applicants() -> None:
    assert choice_words("targets", "startup").ko == "창업기업"
    assert choice_words("kind", "startup").ko == "창업"


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert choice_words("kind", "brand-new").ko == "brand-new"
