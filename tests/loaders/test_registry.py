"""Tests of the list of sources."""

from __future__ import annotations

import pytest

from graph_schema.errors import SourceError
from loaders.registry import SOURCES, find_source


def test_each_source_is_listed_under_its_own_name() -> None:
    assert {name: source.name for name, source in SOURCES.items()} == {name: name for name in SOURCES}


def test_each_source_says_what_it_is_in_both_languages() -> None:
    assert all(source.title_ko and source.title_en and source.publisher for source in SOURCES.values())


def test_an_unknown_source_is_answered_with_the_known_ones() -> None:
    with pytest.raises(SourceError, match=r"unknown source 'bizinf'; known are .*bizinfo.*kipris"):
        find_source("bizinf")


def test_each_source_says_what_it_needs() -> None:
    assert all(source.required for source in SOURCES.values())
