"""Words paths in Korean and English, two relationships of one kind that meet in a node as one clause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from graph_schema.catalog import RELATION_TYPES
from graph_schema.model import RelationType
from recommender.language import particles as sentences
from recommender.language.said import Said
from recommender.snapshot.network import Network

_WORDINGS_KEPT: Final = 50_000
"""Names and clauses kept: those of a city's frequent nodes, some ten MB."""
_TEMPLATES_KEPT: Final = 10_000
"""More than there are ways to put up to three of the catalog's relations in a row that a city's data show."""
_THIS: Final = Said("이 기업", "this company")
_GUESSED: Final = Said("(이 기업에 관한 내용은 요청 글에서 추정)", " (guessed for this company from the request)")


class PathWords:
    """Words paths of a network; what was said of one relationship is kept for the next path over it."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.name = lru_cache(_WORDINGS_KEPT)(self._named)
        self._clause = lru_cache(_WORDINGS_KEPT)(self._worded)

    def said(self, nodes: Sequence[int], hops: tuple[int, ...], *, is_guessed: bool = False) -> Said:
        """Word a path over ``nodes``, all of them from end to end, -1 for a profile, by the codes of its hops.

        ``is_guessed``: whether what joins the profile is only likely.
        """
        ko: list[str] = []
        en: list[str] = []
        for word, places, is_last in _template(hops):
            korean, english = self._clause(word, tuple(nodes[place] for place in places))
            ko.append(korean if is_last else sentences.korean_and(korean))
            en.append(english)
        text = ", and ".join(en)
        remark = _GUESSED if is_guessed else Said("", "")
        return Said(f"{', '.join(ko)}{remark.ko}.", f"{text[0].upper()}{text[1:]}{remark.en}.")

    def _named(self, number: int) -> Said:
        """How a node is called in Korean and in English, which is the same."""
        if number < 0:
            return _THIS
        ref = self._network.ref(number)
        name = sentences.quoted(ref.label, self._network.snapshot.caption(ref))
        return Said(name, name)

    def _worded(self, word: _Word, nodes: tuple[int, ...]) -> Said:
        names = [self.name(number) for number in nodes]
        return Said(word.korean(*(name.ko for name in names)), word.english(*(name.en for name in names)))


@dataclass(frozen=True, eq=False)
class _Word:
    """How one clause is worded in both languages."""

    korean: Callable[..., str]
    english: Callable[..., str]


@lru_cache(maxsize=_TEMPLATES_KEPT)
def _template(hops: tuple[int, ...]) -> tuple[tuple[_Word, tuple[int, ...], bool], ...]:
    """Clauses of paths with these hops: how each is worded, of which nodes, and whether it is the last."""
    clauses = []
    at = 0
    while at < len(hops):
        taken, places, word = _clause_of(hops[at:])
        clauses.append((word, tuple(at + place for place in places), at + taken == len(hops)))
        at += taken
    return tuple(clauses)


@dataclass(frozen=True)
class _Wording:
    """How relationships are worded in one language."""

    fact: Callable[[RelationType, str, str], str]
    shared: Callable[[RelationType, str, str, str], str]
    shared_source: Callable[[RelationType, str, str, str], str]


_KOREAN: Final = _Wording(sentences.korean_fact, sentences.korean_shared, sentences.korean_shared_source)
_KOREAN_LAST: Final = _Wording(
    partial(sentences.korean_fact, polite=True),
    partial(sentences.korean_shared, polite=True),
    partial(sentences.korean_shared_source, polite=True),
)
"""The clause that ends a Korean sentence is in 합쇼체."""
_ENGLISH: Final = _Wording(sentences.english_fact, sentences.english_shared, sentences.english_shared_source)


def _clause_of(hops: Sequence[int]) -> tuple[int, tuple[int, ...], _Word]:
    """Return how many relationships the next clause tells, of which nodes, and how; two where they meet in one."""
    (first, outgoing), *others = ((RELATION_TYPES[code >> 1], bool(code & 1)) for code in hops)
    if others and (first.type, first.ko) == (others[0][0].type, others[0][0].ko):
        ko = _KOREAN if others[1:] else _KOREAN_LAST
        if first.symmetric or (outgoing and not others[0][1]):
            return 2, (0, 2, 1), _Word(partial(ko.shared, first), partial(_ENGLISH.shared, first))
        if not outgoing and others[0][1]:
            return 2, (1, 0, 2), _Word(partial(ko.shared_source, first), partial(_ENGLISH.shared_source, first))
    ko = _KOREAN if others else _KOREAN_LAST
    ends = (0, 1) if outgoing or first.symmetric else (1, 0)
    return 1, ends, _Word(partial(ko.fact, first), partial(_ENGLISH.fact, first))
