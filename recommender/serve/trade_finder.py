"""Finds words for trades in a text, and goods with what is done with them; who speaks of them is not asked here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.serve.trade_activities import ALONE, codes_done
from recommender.serve.trades import GOODS, NO_TRADES, TRADES

_SHORT: Final = 2
"""Letters of a word that is not sought with blanks within, nor within another word: 한우 in 한 우물, 학원 in 대학원."""
_SURE_ENDINGS: Final = tuple("집점소실페샵숍")
"""Short words that end so name a place of business within another word too: 동네빵집."""
_OF_GOODS: Final = re.compile(
    r"(?:수제|친환경|유기농|전통|산업용?|가정용?|국산|수입|중고|천연|맞춤|특수|소형|대형|여성|남성|여자|남자|어린이|유아|고급|명품"
    r"|프리미엄|스마트|전자|자동|철제|원목|가죽|금속|플라스틱|업소용?|반려견|반려동물|애견|냉동|건강|무농약|토종|미니|핸드메이드|기능성"
    r"|건축용?|의료용?|농업용?|사무용?|주방|생활|아동|동네|무인|개인|셀프|우리|작은|시장|농|국내산|캠핑|등산|골프|인테리어|에서|에선)$"
)
"""What is said of goods in one word with them: 수제가방."""


def _lengths() -> Mapping[str, tuple[int, ...]]:
    """Lengths of the words by their first letter, the longest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for word in (*TRADES, *GOODS, *NO_TRADES):
        found[word[0]].add(len(word))
    return MappingProxyType({first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()})


_LENGTHS: Final = _lengths()


@dataclass(frozen=True, slots=True)
class FoundTrade:
    """A trade that a text speaks of: codes of KSIC 11, and where its words stand in ``Clauses.text``."""

    codes: tuple[str, ...]
    mention: Mention
    """The words, those for what is done with goods included."""
    weak: bool
    """Whether any other trade in the text is the likelier one."""


def find_trades(said: Clauses) -> Iterator[FoundTrade]:
    """Find the trades, in the order of the text; of words that overlap the first and longest counts.

    Looks at each letter of the text once, and there at no more words than there are lengths of words.
    """
    letters, places = _squeezed(said.text.lower())
    at = 0
    while at < len(letters):
        word = _word_at(letters, places, at, said.text)
        if word is None:
            at += 1
            continue
        found = _found(word, said, places[at], places[at + len(word) - 1] + 1)
        if found is not None:
            yield found
        # goods with which nothing is done may hold the beginning of a trade: 지역 신문사
        at += 1 if found is None and word in GOODS else len(word)
        while found is not None and at < len(letters) and places[at] < found.mention.end:
            at += 1


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Return the text without blanks, and where each of its letters stood."""
    places = [at for at, letter in enumerate(text) if letter != " "]
    return "".join(text[at] for at in places), places


def _word_at(letters: str, places: list[int], at: int, text: str) -> str | None:
    """Return the longest known word that begins at a letter and may be read as one."""
    for length in _LENGTHS.get(letters[at], ()):
        word = letters[at : at + length]
        if (word in TRADES or word in GOODS or word in NO_TRADES) and len(word) == length:
            end = places[at + length - 1] + 1
            if _is_whole(word, text, places[at], end):
                return word
    return None


def _is_whole(word: str, text: str, start: int, end: int) -> bool:
    """Whether the letters are a word here, and no part of others."""
    before = text[start - 1 : start]
    first = text[start:end].partition(" ")[0]
    split = len(first) < end - start
    if word[0].isascii():
        return not (before.isascii() and before.isalnum())
    within = "가" <= before <= "힣"
    if word in NO_TRADES:
        return not (within or split)
    if len(word) > _SHORT:
        return not (split and within and len(first) == 1)
    if split:
        return False
    return not within or (len(word) == _SHORT and (word.endswith(_SURE_ENDINGS) or _is_of_goods(text, start)))


def _is_of_goods(text: str, start: int) -> bool:
    return _OF_GOODS.search(text, max(0, start - 5), start) is not None


def _found(word: str, said: Clauses, start: int, end: int) -> FoundTrade | None:
    mention = said.at(start, end)
    if word in GOODS:
        codes, reach = codes_done(GOODS[word], mention)
        if codes:
            return FoundTrade(codes, said.at(start, end + reach), weak=False)
    trade = TRADES.get(word)
    if trade is None or (trade.alone and not ALONE.match(mention.after)):
        return None
    return FoundTrade((trade.code,), mention, trade.weak)
