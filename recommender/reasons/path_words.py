"""Words paths in Korean and English, two relationships of one kind that meet in a node as one clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

import numpy as np

from graph_schema.catalog import RELATION_TYPES
from graph_schema.model import RelationType
from graph_schema.wording import NOTHING, Wording
from recommender.language import particles as sentences
from recommender.measure.arrays import Indices
from recommender.reasons.chains import CODES, LONGEST, NOBODY, Chains
from recommender.snapshot.field_names import spoken_caption
from recommender.snapshot.network import Network

_NAMES_KEPT: Final = 50_000
"""Names of a city's frequent nodes, some five MB."""
_SENTENCES_KEPT: Final = 10_000
"""Kinds of paths, each with the last syllables of its names, some MB."""
_PRIVATE_USE: Final = 0xE000
"""Letters from here on are nobody's, so no relation's words hold them."""
_THIS: Final = Wording("이 기업", "this company")
_GUESSED: Final = Wording("(이 기업에 관한 내용은 요청 글에서 추정)", " (guessed for this company from the request)")


class PathWords:
    """Words paths of a network: one sentence is kept for all paths that differ in names alone."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._name = lru_cache(_NAMES_KEPT)(self._named)

    def name(self, number: int) -> Wording:
        """How a node is called, in Korean and in English; -1 is the profile that asks."""
        return _THIS if number < 0 else self._name(number)[0]

    def said(self, nodes: Sequence[int], hops: Sequence[int], *, is_guessed: bool = False) -> Wording:
        """Word one path over ``nodes``, all of them from end to end, -1 for a profile, by the codes of its hops.

        ``is_guessed``: whether what joins the profile is only likely.
        """
        none = [NOBODY] * (LONGEST - len(hops))
        names = [self.name(number) for number in nodes]
        four = [*names[:-1], *(NOTHING for _ in none), names[-1]]
        sentence = _sentence((*hops, *none), tuple(sentences.ending(name.ko) for name in four))
        remark = _GUESSED if is_guessed else NOTHING
        english = sentence.en.format(*(name.en for name in four))
        korean = sentence.ko.format(*(name.ko for name in four))
        return Wording(f"{korean}{remark.ko}.", f"{english[0].upper()}{english[1:]}{remark.en}.")

    def of_chains(self, chains: Chains, starts: Indices, ends: Indices) -> list[Wording]:
        """Word each path of ``chains``; ``starts`` and ``ends`` (N,) are the numbers of its ends."""
        known, places = np.unique(np.column_stack([starts, chains.nodes, ends]), return_inverse=True)
        places = places.reshape(len(chains), LONGEST + 1)
        named = [(NOTHING, 0) if number == NOBODY else self._name(number) for number in known.tolist()]
        names, endings = [name for name, _ in named], np.array([ending for _, ending in named], dtype=np.int64)
        columns = np.column_stack([chains.hops + 1, endings[places]])
        code = np.ravel_multi_index(tuple(columns.T), (CODES,) * LONGEST + (len(sentences.ENDINGS),) * (LONGEST + 1))
        _, first, kind = np.unique(code, return_index=True, return_inverse=True)
        sentences_of = [_sentence(tuple(chains.hops[at].tolist()), tuple(endings[places[at]].tolist())) for at in first]
        found = []
        for of_kind, row in zip(kind.tolist(), places.tolist(), strict=True):
            sentence, four = sentences_of[of_kind], [names[place] for place in row]
            english = sentence.en.format(*(name.en for name in four))
            korean = sentence.ko.format(*(name.ko for name in four))
            found.append(Wording(f"{korean}.", f"{english[0].upper()}{english[1:]}."))
        return found

    def _named(self, number: int) -> tuple[Wording, int]:
        """Name of a node and the place in ``particles.ENDINGS`` of the Korean one."""
        ref = self._network.ref(number)
        caption = spoken_caption(self._network.snapshot, ref)
        name = sentences.quoted(ref.label, caption.ko)
        if name == caption.ko and "," in name:  # a name that holds commas would run into the sentence
            name = f"‘{name}’"
        return Wording(name, name if caption.ko == caption.en else caption.en), sentences.ending(name)


@lru_cache(_SENTENCES_KEPT)
def _sentence(hops: tuple[int, ...], endings: tuple[int, ...]) -> Wording:
    """Say all paths over these hops in one, to be filled in with four names that end so, the last node's the last."""
    codes = [code for code in hops if code >= 0]
    columns = [*range(len(codes)), LONGEST]
    names = [f"{chr(_PRIVATE_USE + column)}{sentences.ENDINGS[endings[column]]}" for column in columns]
    ko: list[str] = []
    en: list[str] = []
    while codes:
        taken, places, clause = _clause_of(codes)
        of_clause = [names[place] for place in places]
        korean = clause.korean(*of_clause)
        ko.append(sentences.korean_and(korean) if codes[taken:] else korean)
        en.append(clause.english(*of_clause))
        codes, names = codes[taken:], names[taken:]
    return Wording(_with_places(", ".join(ko)), _with_places(", and ".join(en)))


def _with_places(sentence: str) -> str:
    """Turn the names that stand for others into places of ``str.format``."""
    plain = sentence.replace("{", "{{").replace("}", "}}")
    return re.sub(
        f"([{chr(_PRIVATE_USE)}-{chr(_PRIVATE_USE + LONGEST)}])[{''.join(sentences.ENDINGS)}]",
        lambda found: f"{{{ord(found[1]) - _PRIVATE_USE}}}",
        plain,
    )


@dataclass(frozen=True)
class _Clause:
    """How one clause is worded in both languages."""

    korean: Callable[..., str]
    english: Callable[..., str]


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


def _clause_of(hops: Sequence[int]) -> tuple[int, tuple[int, ...], _Clause]:
    """Return how many relationships the next clause tells, of which nodes, and how; two where they meet in one."""
    (first, outgoing), *others = ((RELATION_TYPES[code >> 1], bool(code & 1)) for code in hops)
    if others and (first.type, first.ko) == (others[0][0].type, others[0][0].ko):
        ko = _KOREAN if others[1:] else _KOREAN_LAST
        if first.symmetric or (outgoing and not others[0][1]):
            return 2, (0, 2, 1), _Clause(partial(ko.shared, first), partial(_ENGLISH.shared, first))
        if not outgoing and others[0][1]:
            return 2, (1, 0, 2), _Clause(partial(ko.shared_source, first), partial(_ENGLISH.shared_source, first))
    ko = _KOREAN if others else _KOREAN_LAST
    ends = (0, 1) if outgoing or first.symmetric else (1, 0)
    return 1, ends, _Clause(partial(ko.fact, first), partial(_ENGLISH.fact, first))
