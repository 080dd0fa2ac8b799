"""Words that two texts share and that tell something; endings, places and words of every notice do not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Final

from recommender.snapshot.snapshot import Snapshot

_WORDS: Final = re.compile(r"[가-힣]{2,}|[A-Za-z][A-Za-z0-9+#]+")
_ENDINGS: Final = re.compile(
    r"(에서는|으로는|에게|에서|으로|하는|하고|하여|한다|했다|하기|까지|부터|이나|은|는|이|가|을|를|의|에|와|과|로|도|만|할|한)$"
)
_COMMON: Final = frozenset(
    re.findall(
        r"\S+",
        "지원 사업 기업 공고 모집 참여 대상 신청 안내 관련 위한 통한 회사 업체 개발 제조 제조업 기술 "
        "저희 우리 그리고 하지만 또는 매우 정말 조금 많이 있는 없는 싶은 필요한 필요 위해 대한 따른 경우 정도 "
        "이상 이하 직원 종업원 근로자 임직원 사원 매출 매출액 개인 개인사업자 법인 신용 중소기업 소기업 대표 사장 "
        "스마트 프로그램 서비스 설치",
    )
)
_VERB: Final = re.compile(
    r"(니다|니까|세요|어요|아요|해요|예요|이에요|싶다|있다|없다|하다|한다|된다|않다|싶어|싶고|있어|있고|없어|없고|인데|는데|지만)$"
)
"""Ends of words that say how a sentence goes on and not what it is about."""
_PLACE_SUFFIX: Final = re.compile(r"(특별자치도|특별자치시|특별시|광역시|시|도|군|구|읍|면|동)$")
_SHORTEST: Final = 2
"""One letter is a particle or an ending."""
_SHORTEST_PART: Final = 3
"""Syllables from which the beginning of a compound is a word of its own: 온라인판매, but not 자동차 and 자동."""
_WORDS_KEPT: Final = 50_000
"""More than the words of a city's notices."""
_LAST: Final = "\U0010ffff"
_MOST_SHARE: Final = 0.1
"""What stands in more than a tenth of the captions tells none of them from another."""


@dataclass(frozen=True, slots=True)
class Stems:
    """Stems of the words of a text, and the beginnings of its compounds that are words of their own."""

    whole: frozenset[str]
    parts: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Stems:
        """Read a text."""
        whole = frozenset(_stems(text))
        begun = (word[:end] for word in whole for end in range(_SHORTEST_PART, len(word)))
        return cls(whole, frozenset(part for part in begun if _stands_in_compounds(part)) - _COMMON)


class DistinctiveWords:
    """Which words tell one candidate from the others; ``captions`` are those of all candidates."""

    def __init__(self, captions: Iterable[str] = (), places: Collection[str] = ()) -> None:
        self._captions = tuple(captions)
        self._places = frozenset(places)

    def shared(self, one: Stems, other: Stems) -> list[str]:
        """Distinctive words of both texts, longest first; Korean ones without particles or as part of a compound.

        Words that any notice uses (지원, 사업, …) do not count, nor do verbs.
        """
        found = (one.whole & other.whole) | (one.whole & other.parts) | (one.parts & other.whole)
        distinctive = (word for word in found if word not in self._places and not self._usual(word))
        return sorted(distinctive, key=lambda word: (-len(word), word))

    @cached_property
    def _usual(self) -> Callable[[str], bool]:
        return lru_cache(_WORDS_KEPT)(self._is_usual)

    @cached_property
    def _sorted(self) -> tuple[list[str], list[int]]:
        """Stems of the captions in order, and how often those before each place are used."""
        counts = Counter(stem for caption in self._captions for stem in _stems(caption))
        stems = sorted(counts)
        return stems, [0, *accumulate(counts[stem] for stem in stems)]

    def _is_usual(self, word: str) -> bool:
        stems, before = self._sorted
        beyond = word + (_LAST if _stands_in_compounds(word) else "\0")
        count = before[bisect_left(stems, beyond)] - before[bisect_left(stems, word)]
        return count > max(1.0, _MOST_SHARE * len(self._captions))


def place_words(snapshot: Snapshot) -> frozenset[str]:
    """Names of the regions of a snapshot as texts use them: 고양시 일산동구, 고양시, 고양, 일산동구, 일산."""
    found: set[str] = set()
    for name in snapshot.nodes("Region").column("name").to_pylist():
        for word in _WORDS.findall(str(name).lower()):
            shorter = word
            while len(shorter) >= _SHORTEST:
                found.add(shorter)
                stripped = _PLACE_SUFFIX.sub("", shorter)
                shorter = stripped if stripped != shorter else ""
    return frozenset(found)


def _stands_in_compounds(word: str) -> bool:
    return len(word) >= _SHORTEST_PART and not word.isascii()


def _stems(text: str) -> set[str]:
    stems = set()
    for word in _WORDS.findall(text.lower()):
        if not _VERB.search(word):
            stem = _ENDINGS.sub("", word)
            stems.add(stem if len(stem) >= _SHORTEST else word)
    return stems - _COMMON
