"""What stands around words that may state a fact, in pieces of letters and words that are weighed.

A linear model of such pieces reads wordings that no rule foresaw (Joachims, Text categorization with support vector
machines, 1998, for the kind of model).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recommender.language.clauses import Clauses
from recommender.language.possible_facts import PossibleFact

_AROUND: Final = 40
"""Letters of a clause on either side that are looked at; most clauses are shorter."""
_BESIDE: Final = 8
"""Letters right beside the words, which count apart from those farther off: mostly a noun, or a verb's ending."""
_ADJACENT: Final = 5
"""Letters of the longest piece that touches the words."""
_FEW: Final = 3
"""Numbers up to it count one by one."""
_PIECES: Final = (2, 3, 4)
"""Lengths of pieces; Korean particles and endings have one to three letters."""


def pieces(said: Clauses, fact: PossibleFact) -> set[str]:
    """Return the pieces of a possible fact and of its surroundings, at most some 500, each with where it stands."""
    mention = said.at(fact.start, fact.end)
    left = said.text[max(0, fact.start - _AROUND) : fact.start]
    right = said.text[fact.end : fact.end + _AROUND]
    before, after = mention.before[-_AROUND:], mention.after[:_AROUND]
    earlier = mention.earlier[: max(0, len(mention.earlier) - len(mention.before))][-_AROUND:]
    found = {f"kind {fact.kind}", f"size {_size(fact)}", f"asked {mention.asked}"}
    for length in range(1, _ADJACENT + 1):
        found |= {f"touches before {left[-length:]}", f"touches behind {right[:length]}"}
    for where, text in (
        ("beside before", left[-_BESIDE:]),
        ("beside behind", right[:_BESIDE]),
        ("before", f" {before}"),
        ("behind", f"{after} "),
        ("earlier", earlier),
        ("later", mention.later[len(mention.after) :][:_AROUND]),
    ):
        found |= {f"{where} {piece}" for piece in _cut(text)}
    return found


def _cut(text: str) -> Iterator[str]:
    for length in _PIECES:
        for start in range(len(text) - length + 1):
            yield text[start : start + length]


def _size(fact: PossibleFact) -> str:
    """Return how large a number is, roughly; few have hundreds of staff, and small sums are no year's sales."""
    if isinstance(fact.value, int | float) and not isinstance(fact.value, bool):
        return str(len(str(int(fact.value)))) if fact.value > _FEW else str(int(fact.value))
    return ""
