"""Cuts a text into clauses, and keeps track of where each of its characters stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from recommender.language.spelling import SpelledOut, written_out

PAST: Final = "".join(map(chr, range(ord("갔"), ord("힣"), 28)))
"""Syllables that end in ㅆ, of which there is one in each 28: 있, 했, 됐, 샀."""
CLAUSE_END: Final = re.compile(
    r"(?<!\d)[.,]|[.,](?!\d)|[;!?\n/]"
    rf"|(?:(?<=라서)|(?<=[명인]이라)|(?<=[하이싶없되{PAST}][고구])|(?<=[하이으]며)|(?<=[는인한은]데)|(?<=데요)"
    r"|(?<=지만)|(?<=[없있]음)|(?<=는중)|(?<=는 중)|(?<=[합입습]니다)|(?<=[아이]니고)"
    r"|(?<=[예이에해어아고네까]요))\s+(?!싶|있|계)"
)
"""Punctuation outside numbers, and the space after a verb that goes on or ends (하고, 이며, 는데, 해요, …)."""
_REACH: Final = 80
"""Characters before and after a fact in which something that bears on it is looked for, so that reading stays linear
in the length."""
_SENTENCE: Final = re.compile(r"(?:[^.!?\n]|(?<=\d)\.(?=\d))*[.!?\n]?")
_SENTENCE_START: Final = re.compile(r"[!?\n]|\.(?!\d)")
_ANYTHING: Final = re.compile(r".+", re.DOTALL)
_BLANKS: Final = re.compile(r"[^\S\n]+")


def one_blank(text: str) -> str:
    """Return ``text`` with one blank for each run of them; a pattern would try all ways to cut a longer run."""
    return _BLANKS.sub(" ", text)


def clauses(text: str) -> tuple[str, ...]:
    """Cut a text where a clause ends; each part once, in the order of the text."""
    parts = (part.strip() for part in CLAUSE_END.split(one_blank(text)))
    return tuple(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text, ``text[start:end]``, with what stands before and after them within their clause."""

    match: re.Match[str]
    before: str
    after: str
    later: str
    """What stands after them within their sentence, its mark included."""
    earlier: str
    """What stands before them within their sentence."""
    asked: bool
    """Whether the clause ends with a question mark."""

    @property
    def start(self) -> int:
        """Where the words begin in the text that was searched."""
        return self.match.start()

    @property
    def end(self) -> int:
        """Where they end."""
        return self.match.end()


@dataclass(frozen=True)
class Clauses:
    """A text in usual spelling, cut into clauses; ``original`` is the text as it was typed."""

    original: str

    @cached_property
    def text(self) -> str:
        """The text as it is searched."""
        return self._written.text

    def find(self, pattern: re.Pattern[str]) -> Iterator[Mention]:
        """Find a pattern anywhere; it may reach over the end of a clause, as a date with dots does."""
        return map(self.mention, pattern.finditer(self.text))

    def at(self, start: int, end: int) -> Mention:
        """Return what stands around ``text[start:end]``, which is not empty."""
        found = _ANYTHING.match(self.text, start, end)
        assert found is not None
        return self.mention(found)

    def mention(self, match: re.Match[str]) -> Mention:
        """Return a match in ``text`` with what stands around it."""
        starts, ends = self._bounds
        first = bisect_right(ends, match.start())
        start = ends[first - 1] if first else 0
        last = bisect_right(starts, match.end() - 1)
        end = starts[last] if last < len(starts) else len(self.text)
        before = self.text[max(start, match.start() - _REACH) : match.start()]
        after = self.text[match.end() : min(end, match.end() + _REACH)]
        later = _SENTENCE.match(self.text, match.end(), match.end() + _REACH)
        asked = self.text[end : end + 1] == "?"
        earlier = _SENTENCE_START.split(self.text[max(0, match.start() - _REACH) : match.start()])[-1]
        return Mention(match, before, after, later[0] if later else "", earlier, asked)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stands in the original."""
        places = self._written.places
        return places[start], places[end - 1] + 1

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        """Where the ends of clauses start and end."""
        found = [match.span() for match in CLAUSE_END.finditer(self.text)]
        return [start for start, _ in found], [end for _, end in found]

    @cached_property
    def _written(self) -> SpelledOut:
        return written_out(self.original)
