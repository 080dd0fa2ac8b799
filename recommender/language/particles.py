"""Korean particles and the wording of relationships in Korean and English sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from graph_schema.model import RelationType

_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS = 0xAC00, 0xD7A3, 28
"""Unicode lays Hangul syllables out by initial, vowel and final, 28 finals each (none among them)."""
_FINAL_N, _FINAL_L, _FINAL_B = 4, 8, 17
"""Places of ㄴ, ㄹ and ㅂ among the finals."""
_DIGIT_FINALS: Final = {"0": 21, "1": _FINAL_L, "3": 16, "6": 1, "7": _FINAL_L, "8": _FINAL_L}
_LETTER_FINALS: Final = {"L": _FINAL_L, "M": 16, "N": _FINAL_N, "R": _FINAL_L}
_WORD_FINALS: Final = {"b": 17, "c": 1, "k": 1, "l": _FINAL_L, "m": 16, "n": _FINAL_N, "p": 17, "t": 19}
_WORDS_KEPT: Final = 20_000
"""Names of a city's candidates and of what they are joined to; each is asked for several times a sentence."""
_LONGEST_ACRONYM = 5
"""Letters up to which capitals are read one by one (LED, KOSME); longer ones are read as a word."""
_BARE: Final = re.compile(r"\([^()]*\)\s*$|[^0-9A-Za-z가-힣()]+$|[()]$")
_PAIRS: Final = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "와": ("과", "와"),
    "로": ("으로", "로"),
    "이다": ("이다", "다"),
    "라는": ("이라는", "라는"),
}
_WRITTEN: Final = {"을(를)": "을", "와(과)": "와", "이(가)": "이"}
_TITLES: Final = frozenset({"Program", "Technology", "Project", "Need", "Space", "Expert", "Researcher", "Topic"})


@lru_cache(maxsize=_WORDS_KEPT)
def final_consonant(word: str) -> int:
    """Return the number of the final consonant (받침) with which ``word`` is spoken, 0 for none.

    A closing remark in brackets and punctuation are not spoken. Latin words are judged by their last letter, short
    words in capitals letter by letter.
    """
    spoken = word
    while (shorter := _BARE.sub("", spoken)) != spoken:
        spoken = shorter
    if not spoken:
        return 0
    last = spoken[-1]
    if _FIRST_SYLLABLE <= ord(last) <= _LAST_SYLLABLE:
        return (ord(last) - _FIRST_SYLLABLE) % _FINALS
    if last.isdigit():
        return _DIGIT_FINALS.get(last, 0)
    latin = re.search(r"[A-Za-z]+$", spoken)
    if latin and latin.group().isupper() and len(latin.group()) <= _LONGEST_ACRONYM:
        return _LETTER_FINALS.get(last, 0)
    return _WORD_FINALS.get(last.lower(), 0)


def particle(word: str, kind: str) -> str:
    """Choose the form of the particle ``kind`` (은, 이, 을, 와, 로, 이다, 라는) that follows ``word``."""
    after_consonant, after_vowel = _PAIRS[kind]
    final = final_consonant(word)
    if kind == "로" and final == _FINAL_L:
        return after_vowel
    return after_consonant if final else after_vowel


ENDINGS: Final = ("가", "갈", "각")
"""How words may end for all that particles look at: in a vowel, in ㄹ, in another consonant."""


def ending(word: str) -> int:
    """Return the place in ``ENDINGS`` of the syllable after which stand the particles that stand after ``word``."""
    return {0: 0, _FINAL_L: 1}.get(final_consonant(word), 2)


def with_particle(word: str, kind: str) -> str:
    """``word`` with the form of the particle ``kind`` that fits it."""
    return word + particle(word, kind)


def quoted(label: str, caption: str) -> str:
    """Caption as it stands in a sentence: titles in quotation marks, names as they are."""
    return f"‘{caption}’" if label in _TITLES else caption


def english_plural(verb: str) -> str:
    """Turn a verb phrase of one subject into that of two: ``works in`` into ``work in``."""
    first, _, rest = verb.partition(" ")
    special = {"is": "are", "was": "were", "has": "have"}
    if first in special:
        plural = special[first]
    elif first.endswith("ies"):
        plural = first[:-3] + "y"
    else:
        plural = first.removesuffix("s")
    return f"{plural} {rest}".strip()


def _noun(relation: RelationType) -> str | None:
    """Noun of a relation named after an attribute (``업종은``), None of one named by a verb."""
    return None if relation.noun else relation.caption


def _predicate(relation: RelationType, target: str, *, polite: bool = False) -> str:
    """``target`` with the particle and verb of the relation: ``‘A’을(를) 출원했다`` with 을 or 를 chosen."""
    verb = _polite(relation.ko) if polite else relation.ko
    for written, kind in _WRITTEN.items():
        if relation.ko.startswith(written):
            return with_particle(target, kind) + verb.removeprefix(written)
    if relation.ko.startswith("로 "):
        return with_particle(target, "로") + verb[1:]
    return target + verb


def _is(target: str, *, polite: bool) -> str:
    return f"{target}입니다" if polite else with_particle(target, "이다")


def _polite(verb: str) -> str:
    """Turn a verb ending in 다 into its 합쇼체: 출원했다 → 출원했습니다, 속한다 → 속합니다, 필요하다 → 필요합니다."""
    stem = verb.removesuffix("다")
    final = (ord(stem[-1]) - _FIRST_SYLLABLE) % _FINALS
    if final in {0, _FINAL_N}:
        return stem[:-1] + chr(ord(stem[-1]) - final + _FINAL_B) + "니다"
    return stem + "습니다"


_ADNOMINAL: Final = (("되었다", "된"), ("했다", "한"), ("하다", "한"), ("받았다", "받은"))
"""The same before a noun: 신청했다, 신청한 기업."""


def _with_ending(sentence: str, endings: Sequence[tuple[str, str]]) -> str:
    return next(sentence.removesuffix(old) + new for old, new in endings if sentence.endswith(old))


def korean_count(like: RelationType, asker: str, shared: str, dealing: RelationType, *, count: int, target: str) -> str:
    """Tell how many companies that are like the asker did something, without its full stop."""
    noun = _noun(like)
    if noun is not None:
        alike = f"{with_particle(asker, '와')} {noun}({shared}){particle(noun, '이')} 같은"
    else:
        alike = f"{asker}처럼 {_with_ending(_predicate(like, shared), _ADNOMINAL)}"
    return f"{alike} 기업 {count:,}곳이 {_predicate(dealing, target, polite=True)}"


def english_count(
    like: RelationType, asker: str, shared: str, dealing: RelationType, *, count: int, target: str
) -> str:
    """Tell how many companies that are like the asker did something, without its full stop."""
    return (
        f"{count:,} companies that, like {asker}, {english_plural(like.en)} {shared} "
        f"{english_plural(dealing.en)} {target}"
    )


def korean_fact(relation: RelationType, source: str, target: str, *, polite: bool = False) -> str:
    """One relationship as a Korean sentence without its full stop, in the plain form or in 합쇼체."""
    noun = _noun(relation)
    if noun is not None:
        of = with_particle(source, "이") if noun.startswith("입주한") else f"{source}의"
        return f"{of} {with_particle(noun, '은')} {_is(target, polite=polite)}"
    return f"{with_particle(source, '은')} {_predicate(relation, target, polite=polite)}"


def korean_shared(relation: RelationType, first: str, second: str, target: str, *, polite: bool = False) -> str:
    """Two relationships of one kind with one target, as a Korean sentence without its full stop."""
    both = f"{with_particle(first, '와')} {with_particle(second, '은')} 모두"
    noun = _noun(relation)
    if noun is not None:
        return f"{both} {with_particle(noun, '이')} {_is(target, polite=polite)}"
    return f"{both} {_predicate(relation, target, polite=polite)}"


def korean_shared_source(relation: RelationType, source: str, first: str, second: str, *, polite: bool = False) -> str:
    """Two relationships of one kind from one source, as a Korean sentence without its full stop."""
    noun = _noun(relation)
    pair = f"{with_particle(first, '와')} {second}"
    if noun is not None:
        return f"{source}의 {with_particle(noun, '은')} {_is(pair, polite=polite)}"
    return f"{with_particle(source, '은')} {_predicate(relation, pair, polite=polite)}"


def korean_and(sentence: str) -> str:
    """Turn a sentence ending in 다 into a clause that goes on: 출원했다 → 출원했고, 속한다 → 속하고."""
    stem = sentence.removesuffix("다")
    if stem == sentence:
        return sentence
    verb = re.search(r"(속한|어진)$", stem)
    if verb:
        stem = stem[:-1] + chr(ord(stem[-1]) - _FINAL_N)
    return stem + "고"


def english_fact(relation: RelationType, source: str, target: str) -> str:
    """One relationship as an English sentence without its full stop."""
    return f"{source} {relation.en} {target}"


def english_shared(relation: RelationType, first: str, second: str, target: str) -> str:
    """Two relationships of one kind with one target, as an English sentence without its full stop."""
    verb, _, rest = english_plural(relation.en).partition(" ")
    both = f"{verb} both {rest}" if verb in {"are", "were"} else f"both {verb} {rest}"
    return f"{first} and {second} {both.strip()} {target}"


def english_shared_source(relation: RelationType, source: str, first: str, second: str) -> str:
    """Two relationships of one kind from one source, as an English sentence without its full stop."""
    return f"{source} {relation.en} {first} and {second}"
