"""The passages of a notice, told apart by what they speak of, and spans of them that a fact was read from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

TITLE: Final = "title"
SUMMARY: Final = "summary"
_POINTER: Final = "☞"


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands: ``start`` counts characters of the programme's ``title`` or ``summary``."""

    place: str
    start: int
    quote: str

    def __str__(self) -> str:
        return f"{self.place}:{self.start} {' '.join(self.quote.split())}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a notice's text; ``start`` is its place in the whole."""

    place: str
    start: int
    text: str

    def span(self, match: re.Match[str], group: str | int = 0) -> Span:
        """Return what a match in this passage covers."""
        return self.between(match.start(group), match.end(group))

    def between(self, start: int, end: int) -> Span:
        """Return the span of two positions in this passage, without blanks at its ends."""
        quote = self.text[start:end]
        lead = len(quote) - len(quote.lstrip())
        return Span(self.place, self.start + start + lead, quote.strip())


@dataclass(frozen=True, slots=True)
class Passages:
    """What a notice says: its title, what it is for, whom it is for, what it gives, and who is left out.

    By Bizinfo's habit the target stands behind the first ☞ and the benefit behind the others; what stands before is the
    purpose. Where there is no ☞, all is purpose. Only a register with a field of its own tells who is left out.
    """

    title: Passage
    purpose: Passage
    target: Passage
    benefit: Passage
    left_out: Passage = Passage(SUMMARY, 0, "")

    @property
    def empty(self) -> bool:
        """Whether there is no text about who may apply."""
        return not self.target.text.strip()


def cut(title: str, summary: str) -> Passages:
    """Cut the plain texts of a notice into its passages."""
    first = summary.find(_POINTER)
    first = len(summary) if first < 0 else first
    second = summary.find(_POINTER, first + 1)
    second = len(summary) if second < 0 else second
    return Passages(
        Passage(TITLE, 0, title),
        _passage(summary, 0, first),
        _passage(summary, first + 1, second),
        _passage(summary, second + 1, len(summary)),
    )


def _passage(summary: str, start: int, end: int) -> Passage:
    return Passage(SUMMARY, start, summary[start:end])
