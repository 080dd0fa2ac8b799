"""Texts that cannot match are told by words that every match of a pattern holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType

import pytest

from loaders.eligibility import leaders, limits, trades, words
from loaders.eligibility.literals import Sought, needed, sought
from loaders.samples import FOLDER


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"청년", {"청년"}),
        (r"중소\s?기업|소상공인", {"중소", "소상공인"}),
        (r"(?<![가-힣])(?:신규\s?)?(?:여성|장애인)\s?기업", {"기업"}),
        (r"제조업|제조\s?사", {"제조"}),
        (r"(?:휴업|폐업)+", {"휴업", "폐업"}),
        (r"[이가]\s?있는", {"있는"}),
        (r"[이가]", {"이", "가"}),
        (r"(?:청년)?\s?창업", {"창업"}),
        (r"(?:청년)?", set()),
        (r"[가-힣]{2}", set()),
        (r"[^가]", set()),
        (r"청년|\d+", set()),
        (r"(?=청년)..", set()),
        (r"(?i:korean)", set()),
        (r"(?!)", set()),
    ],
)
def test_words_are_those_that_no_match_is_without(pattern: str, found: set[str]) -> None:
    assert needed(pattern) == found


def test_a_pattern_is_asked_where_a_word_of_it_stands() -> None:
    pattern = sought(r"(?:여성|청년)\s?창업")
    text = "청년 창업과 여성창업"
    assert [match[0] for match in pattern.finditer(text)] == ["청년 창업", "여성창업"]
    assert (pattern.search(text) or [None])[0] == "청년 창업"
    assert pattern.sub("-", text) == "-과 -"
    assert (list(pattern.finditer("폐업")), pattern.search("폐업"), pattern.sub("-", "폐업")) == ([], None, "폐업")


def _all(module: ModuleType) -> Iterator[Sought]:
    """Yield the patterns of a module, those in its tables too."""
    waiting = [*vars(module).values()]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Sought):
            yield value
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, tuple):
            waiting += value
        elif hasattr(value, "never_behind"):
            waiting += (getattr(value, name) for name in value.__slots__)


@pytest.mark.parametrize("module", [words, leaders, trades, limits], ids=lambda module: module.__name__)
def test_nothing_that_a_pattern_finds_in_notices_is_passed_over(module: ModuleType) -> None:
    """In the samples, and in texts made of its words, each finds what it finds without looking for them."""
    texts = (FOLDER / "bizinfo_2021.csv").read_text(encoding="utf-8").splitlines()
    patterns = [*_all(module)]
    texts += [f"{word} 대표 창업 기업 보유 제외" for each in patterns for word in each.words]
    assert len(patterns) > 5
    for each in patterns:
        assert [m.span() for t in texts for m in each.finditer(t)] == [
            m.span() for t in texts for m in re.finditer(each.pattern, t)
        ]
