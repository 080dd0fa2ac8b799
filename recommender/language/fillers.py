"""Words that every request may hold and that tell nothing of what is meant, and strings of letters that are none."""

from __future__ import annotations

import re
from typing import Final


def _any(words: str) -> str:
    """Pattern of any of some words."""
    return "|".join(words.split())


_NOUNS: Final = _any(
    "지원 사업 기업 공고 모집 참여 대상 신청 안내 관련 회사 업체 업소 저희 우리 본인 그리고 하지만 그런데 그래서 "
    "또는 매우 정말 진짜 너무 조금 많이 모두 전부 필요 위해 대한 대해 따른 경우 정도 이상 이하 대표 대표자 사업자 "
    "사장 사장님 프로그램 부탁 저는 저도 저의 나는 나도 내가 제가 문의 질문 정보 내용 방법 추천 소개 제발 혹시 "
    "여기 거기 저기 이것 그것 저것 이거 그거 저거 이런 그런 저런 무엇 무슨 무엇이든 뭐 뭐든 뭔가 아무 아무거나 "
    "아무거나요 어디 언제 누구 어떤 어느 어떻게 얼마 아니요 그냥 테스트 입력 확인 오늘 내일 지금 요즘 현재 올해 "
    "작년 내년 도움 안녕 감사 담당자 선생님 여러분 만원 천원 백만 천만 백만원 천만원 억원 퍼센트 년도 개월"
)
"""Nouns and adverbs, of two syllables and more but for one that asks, units of what is counted among them."""
_VERBS: Final = _any(
    "계시 이에 예요 인데 아닙 아니 못하 못합 못해 주세 주십 주시 주실 드립 드려 드리 받고 받을 받아 받습 받기 받나 "
    "보고(?!서) 알고 알려 알아 모르 모릅 몰라 찾고 찾습 찾아 찾는 원합 원해 원하 바랍 바라 부탁 필요 궁금 도와 "
    "도움 어렵 어려 힘들 힘듭 힘든 막막 막연 감사 고맙 고마 안녕 반갑 반가 죄송 수고 좋겠 좋습 좋아 급합 급해 급하 "
    "하면 되면 하며 해도 돼도 해서 돼서 하지 되지"
)
"""Beginnings of verbs of two syllables that say that something is, is wished for or asked, and of greetings."""
_SHORT_VERBS: Final = "[싶있없됩되될돼됐합하해했할한입않봅봐볼압줘줄돕]"
"""The same of one syllable, with which nouns begin too: 한과, 줄기, 입시."""
_GOES_ON: Final = (
    "[싶있없습니다까요고구는은을던데지네나죠면서며시십오세어아여해하할한합주줄려겠았었였될되됩됐좋음기가도만와과든]*"
)
"""Syllables that verbs are conjugated with."""
_ENDS: Final = "(?:니다|니까|[가-힣]요|시오|까|는데|은데|[는은을던고다음]|지만|려고|으면)"
"""How a verb of one syllable ends where it stands for itself."""
_PARTICLES: Final = (
    "(?:에서는|으로는|에게|에서|으로|하고|까지|부터|이나|이라|이란|라는|은|는|이|가|을|를|의|에|와|과|로|도|만)?"
)
_FILLER: Final = re.compile(
    rf"(?:(?:{_NOUNS}){_PARTICLES})*(?:(?:{_VERBS}){_GOES_ON})?"
    rf"|(?:(?:{_NOUNS}){_PARTICLES})+{_SHORT_VERBS}{_GOES_ON}|{_SHORT_VERBS}{_GOES_ON}{_ENDS}"
)
_LAUGHTER: Final = re.compile(r"[하호히헤흐후크키]{2,}|(.)\1{2,}")
_ENGLISH: Final = frozenset(
    re.findall(
        r"\w+",
        "a about an and any anything apply are as at be but by can could company business did do does firm for from "
        "get give had has have hello help here hey hi how i if in information into is it just know like look looking "
        "me more my need needed needs new no not of ok on or our please program programme programmes programs really "
        "run seek so some something such support test testing thank thanks that the their them then there these they "
        "this to us very want wanted wants was we what when where which who why will wish with would www yes you your",
    )
)
_SPEAKABLE: Final = re.compile(r"(?=.*[aeiouy])(?!.*(?:[^aeiouy]{3}|[aeiouy]{3}|q[^u]))[a-z]+")
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST_RUN: Final = 3
"""Keys side by side that make a run; two (as, we, op) begin many words."""
_LONGEST_REPEATED: Final = 4
"""Letters of what is typed again and again: asdfasdf, hahaha."""


def is_filler(word: str) -> bool:
    """Whether a word in Hangul or in English says nothing of what a request is about: 지원을, 싶습니다, please."""
    if word.isascii():
        return word.lower() in _ENGLISH and word != "IT"
    return bool(_FILLER.fullmatch(word) or _LAUGHTER.fullmatch(word))


def is_mashed(word: str) -> bool:
    """Whether Latin letters are no word by their look: keys side by side (asdf, qweasd), or one thing three times."""
    lower = word.lower()
    repeated = any(
        len(lower) >= _SHORTEST_RUN * size and lower == lower[:size] * (len(lower) // size)
        for size in range(1, _LONGEST_REPEATED + 1)
    )
    short_name = word.isupper() and len(word) == _SHORTEST_RUN  # an acronym may happen to be a run: POI
    return repeated or (not short_name and _is_of_runs(lower))


def is_speakable(word: str) -> bool:
    """Whether small Latin letters could be said aloud: vowels, and never three of them or of the others in a row."""
    return _SPEAKABLE.fullmatch(word) is not None


def _is_of_runs(letters: str) -> bool:
    """Whether letters can be cut into runs of keys side by side, none shorter than ``_SHORTEST_RUN``."""
    return not letters or any(
        _is_run(letters[:end]) and _is_of_runs(letters[end:]) for end in range(_SHORTEST_RUN, len(letters) + 1)
    )


def _is_run(letters: str) -> bool:
    return any(letters in row or letters[::-1] in row for row in _ROWS)
