"""Finds words for trades in an English text, and goods with what is done with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.serve.trade_finder import FoundTrade
from recommender.serve.trades import ENGLISH_GOODS, ENGLISH_TRADES


def _any(words: Iterable[str]) -> re.Pattern[str]:
    """Pattern of any of the words, the longer first."""
    listed = sorted({*words}, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![a-z\d])(?:{'|'.join(map(re.escape, listed))})(?=s?(?![a-z\d-]))", re.IGNORECASE)


_WORD: Final = _any([*ENGLISH_TRADES, *ENGLISH_GOODS])
_OF: Final = (
    r"\s+(?:(?:an?|our|my|the|some|own|and|or|high|quality|fresh|small|custom|handmade|organic|[\w-]{2,14},?)\s+){0,3}$"
)
_BEFORE: Final[Mapping[str, re.Pattern[str]]] = {
    kind: re.compile(rf"\b(?:{verbs}){_OF}", re.IGNORECASE)
    for kind, verbs in {
        "wholesale": r"import(?:s|ing)?|distribut(?:e|es|ing)|wholesal(?:e|es|ing)|export(?:s|ing)?",
        "make": (
            r"mak(?:e|es|ing)|manufactur(?:e|es|ing)|produc(?:e|es|ing)|build(?:s|ing)?|craft(?:s|ing)?|brew(?:s|ing)?"
            r"|develop(?:s|ing)?|roast(?:s|ing)?|bak(?:e|es|ing)|sew(?:s|ing)?"
            r"|fabricat(?:e|es|ing)"
            r"|machin(?:e|es|ing)|manufacturer of|maker of|producer of|hand-?(?:made|crafted)|custom(?:-made)?|bespoke"
        ),
        "grow": r"grow(?:s|ing)?|farm(?:s|ing)?|rais(?:e|es|ing)|cultivat(?:e|es|ing)|keep(?:s|ing)?|breed(?:s|ing)?",
        "repair": r"repair(?:s|ing)?|fix(?:es|ing)?|mend(?:s|ing)?",
        "rent": r"rent(?:s|ing)?(?: out)?|leas(?:e|es|ing)|hir(?:e|es|ing) out",
        "install": r"install(?:s|ing)?",
        "process": r"process(?:es|ing)?|dry(?:ing)?|dries|smok(?:e|es|ing)",
        "sell": r"sell(?:s|ing)?|serv(?:e|es|ing)",
    }.items()
}
"""Verbs before goods by what is done with them."""
_AFTER: Final[Mapping[str, re.Pattern[str]]] = {
    kind: re.compile(rf"^s?\s+(?:and\s+\w+\s+)?(?:{nouns})\b", re.IGNORECASE)
    for kind, nouns in {
        "make": r"makers?|manufactur\w+|factory|produc(?:ers?|tion)|making|develop(?:ers?|ment)|mill|start-?up",
        "wholesale": r"wholesalers?|importers?|distributors?|exporters?|trading|import|wholesale|distribution|trade",
        "grow": r"farm\w*|growers?|growing|breeding|breeders?",
        "repair": r"repairs?|repair shop",
        "rent": r"rentals?|hire",
        "install": r"install\w+|contractors?",
        "process": r"process\w+",
        "eat": r"restaurant|eatery|diner|joint|bistro|place|house|bar",
        "shop": r"shop|store|boutique|seller|stall|retail\w*|stand",
    }.items()
}
"""Nouns after goods."""
_FALLBACK: Final[Mapping[str, tuple[str, ...]]] = {
    "make": ("make", "dish"),
    "process": ("process", "make"),
    "grow": ("grow", "sea"),
    "eat": ("eat", "dish"),
    "shop": ("dish", "retail", "wholesale"),
    "sell": ("sell", "dish", "retail", "wholesale"),
}


def find_english_trades(said: Clauses) -> Iterator[FoundTrade]:
    """Find the trades that a text names in English, in the order of the text."""
    for mention in said.find(_WORD):
        word = mention.match[0].lower()
        goods = ENGLISH_GOODS.get(word)
        codes = _done(goods, mention) if goods is not None else ()
        if codes:
            yield FoundTrade(codes, mention, weak=False)
        elif word in ENGLISH_TRADES:
            yield FoundTrade((ENGLISH_TRADES[word].code,), mention, ENGLISH_TRADES[word].weak)


def _done(goods: Mapping[str, str], mention: Mention) -> tuple[str, ...]:
    """Code of what is done with the goods."""
    for kind, pattern in _AFTER.items():
        if pattern.match(mention.after):
            return _code(goods, kind)
    for kind, pattern in _BEFORE.items():
        if pattern.search(mention.before):
            return _code(goods, kind)
    return ()


def _code(goods: Mapping[str, str], kind: str) -> tuple[str, ...]:
    return tuple(goods[each] for each in _FALLBACK.get(kind, (kind,)) if each in goods)[:1]
