"""Ids in run files: one word each, and no two alike."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.measure.run_ids import run_id


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("a b", "a%20b"),
        ("a%20b", "a%2520b"),
        ("가\u3000온", "가%E3%80%80온"),
        ("a\tb\nc", "a%09b%0Ac"),
        ("?|IN|land 0", "?|IN|land%200"),
        ("Company:12/34+x", "Company:12/34+x"),
    ],
)
def test_white_space_and_percent_are_escaped_and_nothing_else(name: str, word: str) -> None:
    assert run_id(name) == word


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_an_id_is_one_word_that_a_decoder_of_addresses_reads_back(name: str) -> None:
    assert run_id(name).split() == [run_id(name)]
    assert unquote(run_id(name)) == name
