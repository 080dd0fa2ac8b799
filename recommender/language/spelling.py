"""Writes out how people spell in chats, so that one pattern reads 오픈했어요, 오픈햇어여 and 오픈했어라."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final

_STOP: Final = r"(?=$|[\s.,!?~ㄱ-ㅣ])"
"""Where a word ends."""
_AFTER_ITS_NOUN: Final = r"(?:(?<=[은는이가도])|(?<=[은는이가도]\s)|(?<=직원)|(?<=매출)|(?<=체납)|(?<=연체))"
_SPELLINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        r"(?:[^\S\n]*\n){3,}": "\n\n",
        r"[^\S\n]+": " ",
        r"(?<=[가-힣\s])有(?=\s*(?:$|[\n,./)]))": "있음",
        r"(?<=[가-힣])햇(?=[어다는던고구지습슴음네엇])": "했",
        r"(?<=[가-힣])혔(?=[어다는던고구지습음네])": "했",
        r"(?<![가-힣])헌(?=\s(?:것|건|지|게)(?:은|이|는)?\s)": "한",
        rf"(?<=년)부텀이여{_STOP}": "부터예요",
        rf"째\s?마씸{_STOP}": "째예요",
        r"(?i:incorporation)\s?(?=[을를]?\s?[했하한])": "법인 설립",
        r"(?i:corporation)(?=[으]?로)": "법인",
        r"됬|됫(?=[어다는고습])": "됐",
        r"(?<!무)(?<=[가-힣])엇(?=[어다는던고구지습슴음네])": "었",
        r"(?<!빼)(?<=[가-힣])앗(?=[어다는던고구습슴음네])": "았",
        r"(?:(?<![가-힣])|(?<=[고이가]))잇(?=[어음네]|습니|구요)": "있",
        rf"읎|{_AFTER_ITS_NOUN}업(?=[구고어네음]|습니|으[니며])": "없",
        rf"(?<=니)[더당]{_STOP}": "다",
        rf"임[더다]{_STOP}": "입니다",
        rf"함[더다]{_STOP}": "합니다",
        rf"(?:심더|슴다){_STOP}": "습니다",
        r"(?<=[있없했았었됐햇앗엇잇갓낫])[읍슴](?=니)": "습",
        rf"(?<=[어에예해구고나까데네세죠])여{_STOP}|(?<=고)예{_STOP}": "요",
        rf"(?<=[았었했])어라{_STOP}": "어요",
        rf"(?<=[았었했됐있없])슈{_STOP}": "어요",
        rf"(?<=[어에예해봐돼와려])유{_STOP}": "요",
        rf"(?<=[요다당])[용욥당]{_STOP}|(?<=[어에예해봐돼와려])용{_STOP}": "요",
        rf"(?<=입니)당{_STOP}": "다",
        r"(?<![가-힣])걍\s?": "그냥 ",
        r"(?<=나)(?=혼자(?:함|해|서|$))": " ",
        r"(?<=년)\s?시월": " 10월",
        r"(?<=년)\s?유월": " 6월",
        rf"(?<=째)여라{_STOP}": "예요",
        r"(?<![가-힣])허(?=는|고\s|구요|지만|요)": "하",
        r"(?<=[가-힣][는인])디(?=요|\s)": "데",
        r"업꾸": "없구",
        r"(?<![가-힣])제작년": "재작년",
        r"매츨": "매출",
        r"(?<![가-힣])맹그(?=[는니])|(?<![가-힣])맨드(?=[는니])": "만드",
        r"(?<![가-힣])(?:맹글|맨들)(?=[어고며지])": "만들",
        r"(?<![가-힣])맨들앙(?=\s)": "만들어",
        r"(?<=직)윈|(?<=(?<![가-힣])직)언(?=[은이]?\s?\d)": "원",
        r"(?<=사업)쟈": "자",
        rf"이우다{_STOP}": "입니다",
        r"(?<![가-힣])서이(?=입니|이?[예에]요)": "셋",
        r"(?<![가-힣])너이(?=입니|이?[예에]요)": "넷",
        r"(?<=[가-힣]\s)거는(?=\s)": "것은",
        r"(?<=직원)덜|(?<=기사)덜": "들",
        r"(?<=\d억[1-9])(?=$|[\s!?/)]|정도|쯤|이에|입니|임)": "천",
        r"(?<![가-힣])너이(?=서|\s|[고라,.]|$)": "넷이",
        r"(?<![가-힣])서이(?=서|\s(?:쓰|두|데|있|일)|고\s|라|[,.]|$)": "셋이",
        r"쪼매|쪼까|쪼금|쬐끔|쪼끔": "조금",
        r"(?<=[요다죠네까당용])~+(?=\s|$)|[ㅠㅜㅋㅎ]+": "",
    }
)
"""How words are spelled in chats and by ear, and how they are written; a run of blanks is one, and
one of empty lines is one empty line."""
_YEARS_BY_EAR: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"{ten}십{one}": f"20{10 * tens + ones}"
        for tens, ten in enumerate(("", "이"), start=1)
        for ones, one in enumerate(("", *"일이삼사오육칠팔구"))
    }
    | {one: f"200{ones}" for ones, one in enumerate("일이삼사오육칠팔구", start=1)}
)
"""What is said behind two thousand for the years up to 2029, as figures."""
_BY_EAR: Final = rf"이천\s?(?P<by_ear>{'|'.join(sorted(_YEARS_BY_EAR, key=len, reverse=True))})(?=\s?년)"
_COUNTED: Final = r"(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무)[가-힣]{0,2}[명분]"
"""Numbers of people that are written with no blank before them: 직원네명."""
_RUN_ON: Final = (
    rf"(?:(?:직원|종업원)[은이]?(?={_COUNTED})|(?:[요다고]|이며)(?=(?:직원|종업원|매출)(?:[은이]|수|{_COUNTED})"
    rf"|작년매출)|(?:직원|종업원|매출|위치|지역"
    rf"|주소|소재지|사업장|사업자)[은는](?!요)"
    r"|(?:작년|올해|지난해|\d[년월일])(?:에|부터)(?![는도만서야이입요였])"
    r"|(?<![가-힣])저(?=혼자)|(?<![가-힣])혼자(?![서만라이예입인뿐는도가니였지임]))(?=[가-힣]{2})"
)
"""Words after which a blank is left out in haste: 직원은없고, 작년에열었어요, 저혼자."""
_CHANGED: Final = re.compile(
    "|".join(
        [
            f"(?P<year>{_BY_EAR})",
            *(f"(?P<s{place}>{pattern})" for place, pattern in enumerate(_SPELLINGS)),
            f"(?P<run_on>{_RUN_ON})",
        ]
    )
)
_WRITTEN: Final = {f"s{place}": written for place, written in enumerate(_SPELLINGS.values())}


_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width figures and marks, as the half-width ones that stand this far below them in Unicode."""
_JAMO: Final = re.compile("[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?")
"""A syllable written by its letters, as file systems decompose it (NFD)."""
LONGEST_WORD: Final = 200
"""Letters without a blank that are read as one word: more than are looked at around a fact, and four times as many as
the longest of the labelled messages has."""
_FIGURES_TOO_MANY: Final = re.compile(r"(?<=[\d,]{40})[\d,]+")
"""What is left out of a number of more figures than any sum has; it stays too large to be meant, and one number."""
_TOO_LONG: Final = re.compile(
    rf"(?=\S{{{LONGEST_WORD + 1}}})"
    rf"(?:\S{{{LONGEST_WORD // 2},{LONGEST_WORD}}}(?<=[다요.,;/)!?])(?!\d)|\S{{{LONGEST_WORD}}})"
)
"""The beginning of a longer one, up to a mark or the end of a verb where there is one in its second half."""


@dataclass(frozen=True, slots=True)
class SpelledOut:
    """A text as it is read, and for each of its characters the place that it has in the text as it was typed."""

    text: str
    places: tuple[int, ...]


def written_out(typed: str) -> SpelledOut:
    """Write a text out as the patterns have it, in one pass, with no word or blank without bound.

    A pattern may hence go on to the end of a word from each of its letters, and reading stays linear in the length.
    """
    parts: list[str] = []
    places: list[int] = []
    end = 0
    typed, typed_at = _composed(typed)
    for match in _CHANGED.finditer(typed):
        year = match["by_ear"]
        instead = _YEARS_BY_EAR[year] if year else _WRITTEN.get(match.lastgroup or "", f"{match[0]} ")
        parts += typed[end : match.start()], instead
        places += range(end, match.start())
        places += (min(match.start() + at, match.end() - 1) for at in range(len(instead)))
        end = match.end()
    places += range(end, len(typed))
    text, places = _cut(*_without_figures("".join([*parts, typed[end:]]), places))
    return SpelledOut(text, tuple(typed_at[place] for place in places) if typed_at else tuple(places))


def _without_figures(text: str, places: list[int]) -> tuple[str, list[int]]:
    """Leave out what is too much of a number."""
    edges = [0, *(edge for match in _FIGURES_TOO_MANY.finditer(text) for edge in match.span()), len(text)]
    kept = [*zip(edges[::2], edges[1::2], strict=True)]
    return "".join(text[start:end] for start, end in kept), [at for start, end in kept for at in places[start:end]]


def _cut(text: str, places: list[int]) -> tuple[str, list[int]]:
    """Put a blank into what is too long for a word, which stands where the letter before it does."""
    ends = [match.end() for match in _TOO_LONG.finditer(text)]
    if not ends:
        return text, places
    bounds = [*pairwise([0, *ends, len(text)])]
    kept = [place for start, end in bounds for place in (*places[start:end], places[end - 1])]
    return " ".join(text[start:end] for start, end in bounds), kept[:-1]


def _composed(typed: str) -> tuple[str, tuple[int, ...]]:
    """Write syllables and marks as one character each, with the places that they had where these change."""
    typed = typed.translate(_WIDE)
    if not _JAMO.search(typed):
        return typed, ()
    parts: list[str] = []
    places: list[int] = []
    end = 0
    for match in _JAMO.finditer(typed):
        parts += typed[end : match.start()], unicodedata.normalize("NFC", match[0])
        places += *range(end, match.start()), match.start()
        end = match.end()
    return "".join([*parts, typed[end:]]), (*places, *range(end, len(typed)))
