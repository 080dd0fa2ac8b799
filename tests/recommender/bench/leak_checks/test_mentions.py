"""Names that stand in a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recommender.bench.leak_checks.mentions import Mentions

LETTERS = "ab1_é가나 -.&\n"


def by_expression(names: dict[str, int], text: str) -> set[int]:
    """State the rule: a name counts where neither a letter nor a digit nor an underscore adjoins it."""
    return {node for name, node in names.items() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)}


@given(
    names=st.lists(st.text(LETTERS, min_size=1, max_size=5), max_size=12, unique=True),
    parts=st.lists(st.tuples(st.integers(0, 11), st.text(LETTERS, max_size=4)), max_size=12),
)
@example(names=["a", "a-", "a-b"], parts=[(2, ".")])
def test_names_are_found_where_the_expression_finds_them(names: list[str], parts: list[tuple[int, str]]) -> None:
    """In texts that are made of names and of what may adjoin them."""
    text = "".join((names[at] if at < len(names) else "") + between for at, between in parts)
    numbered = {name: node for node, name in enumerate(names)}
    assert Mentions(numbered).within(text) == by_expression(numbered, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see W0031_2, then 10-2020-0012345.", {0, 3}),
        ("W0031_23 and 10-2020-00123456 are others", set()),
        ("W0031 alone", {1}),
        ("bought by AT&T, not by AT&TX", {2}),
        ("서울 삼성전자, 가나 상사(주)", {4, 5}),
        ("삼성전자는 한 낱말이다", set()),
    ],
)
def test_ids_signs_and_korean_names(text: str, found: set[int]) -> None:
    names = ["W0031_2", "W0031", "AT&T", "10-2020-0012345", "삼성전자", "가나 상사(주)"]
    assert Mentions({name: node for node, name in enumerate(names)}).within(text) == found


def test_a_name_that_goes_on_for_longer_than_one_look_is_found() -> None:
    """And so is the shorter one that it begins with."""
    name = "a title of many words, " * 20 + "end"
    names = {name: 0, f"{name} of all": 1, name[: name.rindex(",")]: 2, f"{name}ing": 3}
    assert Mentions(names).within(f"({name})") == {0, 2}


def test_many_names_with_the_same_first_words_are_looked_up_in_long_texts() -> None:
    """Names compared one by one with each mention would be 1,500 million comparisons."""
    names = {f"10-2020-{at:07}": at for at in range(50_000)}
    text = " ".join(f"10-2020-{at:07}" for at in range(40_000, 70_000))
    assert Mentions(names).within(text) == set(range(40_000, 50_000))
