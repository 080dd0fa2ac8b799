"""Reading takes time as the length of a text, whatever it repeats."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from re import _constants as constants
from re import _parser as parser
from typing import Any

import pytest

from recommender.language.clauses import Clauses
from recommender.language.spelling import LONGEST_WORD
from recommender.language.text_facts import read_text

_DAY = date(2026, 3, 2)
_REPEATED = (
    "7", "1,", "2020년", "2020. ", "직원,", "직원 ", "5명, ", "강사 2명 ", "혼자 ", "여성기업,", "벤처 ",
    "법인?", "법인 ", "10억 ", "억", "가", "가나다라마바사 ", ",", "\n", "\n ", "a", "1a", "five ", "employees ",
    "저희 회사는 직원이 있고 ", "거래처는 ",
)  # fmt: skip
_LENGTH = 600
"""Characters of the shorter of two texts; some seven of the windows in which one looks around a fact."""


_REPEATS = {constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT}
_LISTED = {
    constants.CATEGORY_DIGIT: r"\d",
    constants.CATEGORY_SPACE: r"\s",
    constants.CATEGORY_NOT_SPACE: r"\S",
    constants.CATEGORY_WORD: r"\w",
}


@pytest.fixture(scope="module")
def patterns() -> list[re.Pattern[str]]:
    """All patterns that go over a whole text."""
    found: dict[re.Pattern[str], None] = {}
    find = Clauses.find

    def noted(said: Clauses, pattern: re.Pattern[str]) -> Any:
        found[pattern] = None
        return find(said, pattern)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Clauses, "find", noted)
        read_text(
            "2015년에 시작했습니다. 직원 5명, 매출 3억. 법인 여성기업. 연체. 창업 준비. 5 employees since 2019", _DAY
        )
    return list(found)


def _parts(parsed: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every operation of a parsed pattern and what it is given, also those within others."""
    for operation, given in parsed:
        yield operation, given
        nested: Sequence[Any] = ()
        if operation in _REPEATS or operation is constants.SUBPATTERN:
            nested = [given[-1]]
        elif operation is constants.BRANCH:
            nested = given[1]
        elif operation in {constants.ASSERT, constants.ASSERT_NOT}:
            nested = [given[1]]
        elif operation is constants.ATOMIC_GROUP:
            nested = [given]
        for each in nested:
            yield from _parts(each)


def _one_character(operation: Any, given: Any) -> re.Pattern[str] | None:
    """Return a pattern for what an operation takes where that is one character."""
    if operation is constants.IN:
        negated = given[0][0] is constants.NEGATE
        letters = "".join(_LISTED.get(value) or _letters(kind, value) for kind, value in given[negated:])
        return re.compile(f"[{'^' * negated}{letters}]")
    return re.compile(".", re.DOTALL) if operation is constants.ANY else None


def _letters(kind: Any, value: Any) -> str:
    return "-".join(re.escape(chr(each)) for each in (value if kind is constants.RANGE else (value,)))


def test_a_pattern_goes_on_without_bound_only_within_a_word_or_a_blank(patterns: list[re.Pattern[str]]) -> None:
    """Words and blanks are bounded; over several words a pattern would go to the end of the text from each of them."""
    assert len(patterns) > 100
    for pattern in patterns:
        for operation, given in _parts(parser.parse(pattern.pattern, pattern.flags)):
            if operation in _REPEATS and given[1] is constants.MAXREPEAT:
                takes = [*_parts(given[-1])]
                sets = [one for each in takes if (one := _one_character(*each))]
                literal = "".join(chr(value) for kind, value in takes if kind is constants.LITERAL)
                blank = any(one.match(" ") for one in sets) or " " in literal
                other = any(one.match(letter) for one in sets for letter in "가a1,") or bool(literal.strip())
                assert not (blank and other), pattern.pattern


@pytest.mark.parametrize("repeated", _REPEATED)
def test_words_and_blanks_have_a_bound(repeated: str) -> None:
    said = Clauses(repeated * _LENGTH)
    assert max(map(len, re.findall(r"\S+", said.text)), default=0) <= LONGEST_WORD
    assert max(map(len, re.findall(r"\s+", said.text)), default=0) <= 3
    assert len(said.text) <= len(said.original) * 1.02 + 1


def _calls(text: str) -> int:
    """Return how many functions are called to read a text, those of C among them."""
    counted = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before: Callable[..., Any] | None = sys.getprofile()
    sys.setprofile(count)
    try:
        read_text(text, _DAY)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("repeated", _REPEATED)
def test_twice_the_text_takes_twice_the_calls(repeated: str) -> None:
    once, twice = ((repeated * length)[:length] for length in (_LENGTH, 2 * _LENGTH))
    read_text(once, _DAY)  # weights are read once
    assert _calls(twice) <= 2.2 * _calls(once)


def test_a_word_that_is_too_long_is_cut_where_a_clause_ends_and_its_places_are_kept() -> None:
    text = "저희는빵집을하고요" * 18 + "직원은3명입니다." + "고맙습니다." * 20
    found = {(r.value, text[r.start : r.end]) for r in read_text(text, _DAY).readings if r.field == "employees"}
    assert found == {(3, "직원은3명")}
    said = Clauses(text)
    assert said.text.replace(" ", "") == text
    assert all(word[-1] in "요." for word in said.text.split())


def test_numbers_are_not_cut_where_a_word_may_be() -> None:
    """Half a number would be another number."""
    text = "가" * 80 + ",".join(["직원12명이고매출3억5천만원"] * 16)
    words = Clauses(text).text.split()
    assert len(words) > 1
    assert all(word.endswith(("원", "이고매출3억5천만원", ",")) for word in words)


@pytest.mark.parametrize("number", ["9" * 5_000, "1," * 2_500 + "1"])
def test_a_number_too_long_to_be_meant_is_one_number_and_no_smaller_one(number: str) -> None:
    assert (read_text(f"직원 {number}명", _DAY).employees or 0) > 1e15
