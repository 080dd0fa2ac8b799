"""What a target says of whom it prefers and whom it bars, set apart before it is read for what it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from loaders.eligibility.passages import Passage

_PREFERRED: Final = (
    r"(?<!조달)(?<!조달 )(?:우대|가\s?산\s?점|가점|가산(?![가-힣])"
    r"|우선\s?(?:선정|선발|지원|배정|추천|고려|참여|순위|대상)(?!\s?대상)(?:자)?)"
)
"""우선지원대상기업 is a class of size by law (고용보험법 시행령 제12조) and no preference."""
_LEFT_OUT: Final = (
    r"(?:(?:신청|지원|참여|참가|접수|선정)(?:이|은)?\s?)?(?:제외|불가능|불가|불인정|할\s수\s?없(?:음|다|습니다))"
)
_TAIL: Final = (
    r"(?:(?:[을를은는이가]\s)?\s?(?:부여|적용|예정|우대|대상|처리|조치|가능|등|자"
    r"|됨|함|임|한다|합니다|됩니다|하며|하고|되며|[될할]\s?수\s?있음))*"
)
_STOP: Final = r"\s*(?=[,.;:)\]※☞\n*]|$|\s[-①-⑩]\s?)"
_ENDED = re.compile(rf"(?:(?P<preferred>{_PREFERRED})|(?P<barred>{_LEFT_OUT})){_TAIL}{_STOP}")
"""The words that end a clause, a list or a remark of somebody who is preferred or barred."""
_HEADED = re.compile(
    rf"(?:^|[\n※☞*(,]|\s-)\s*[<\[]?(?:(?P<preferred>{_PREFERRED})|(?P<barred>{_LEFT_OUT}))"
    r"\s?(?:사항|조건|대상|기준|기업|요건|업종|분야|자)*\s?[>\]]?\s?[:：](?:(?!\s-\s[^:\n]{2,12}:)[^\n※☞])*"
)
"""A head of such a list with what stands behind it, to the end of the line or the remark, or to another head."""
_BRACKET = re.compile(r"\((?P<inner>[^()]*)\)")
_PART = re.compile(r"[※☞\n;]|\.\s|\s[-*]\s?|[①-⑩]")
"""What begins a part of a target; a remark behind ※ or * asks nothing by itself."""
_REMARKS: Final = ("※", "*")
_COUNTED = re.compile(r"\s?(?:대표|사업주|본인|임원|일용|가족|특수\s?관계|외국인|근로자|지점|종사업장|해외|부가세)")
"""Whom a count or a place leaves out, in brackets behind it; that bars nobody."""
_ITEM = re.compile(r"[,，;\n☞※(]|\.\s|\s-\s|\s중\s|[이으]?로서\s|이[며고]\s")
"""What stands before an item of a list or of the running text."""
_ADMITTED = re.compile(r"(?:포함|가능|허용|한함|한정|필수)[가-힣]{0,3}\s?[,;]\s?")
"""What ends a clause of those who are admitted: 예비창업자 포함, 대기업 제외."""
_PROVISO = re.compile(r"\s*(?:단|다만)\s?,?\s")
_EXCEPTED = re.compile(r"(?<![가-힣])[가-힣A-Za-z][가-힣A-Za-zㆍ·,/\s]{1,24}?[을를]\s?제외(?:한|하고|하는|된)")
"""Somebody who is left out of others: 예비창업자를 제외한 소상공인."""
_LACKED = re.compile(
    r"(?<![가-힣])(?!사업자|등록|업력|하지|되지|받지|갖지|지나지|경과하지|[가-힣]{0,6}국적)"
    r"[가-힣A-Za-zㆍ·]{2,16}(?:\s?(?:인증|확인서?|등록|지정|선정))?\s?[을를이가은는도]?\s?"
    r"(?:(?:보유|소지|취득|획득|등록|지정|선정|인증|해당)?(?:하지|되지|받지|갖지)\s?)?"
    r"(?:없는|없고|없으며|없어야|않는|않은|않고|않으며|아닌|아니한|아니어야|못한)"
)
"""A paper or a kind that somebody has not: 벤처기업 인증이 없는 중소기업."""


_LACKING = re.compile(r"[없않못]|아닌|아니")
"""What no such words go without."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A target in its parts; each keeps the places of the whole, what is set apart of it being blank.

    ``conditions`` is the target without whom it prefers, ``applicants`` without whom it bars and what they lack too;
    ``barred`` holds the words of those who are barred, ``unsure`` what a list may prefer or ask for; empty without any.
    """

    conditions: Passage
    applicants: Passage
    barred: Passage
    unsure: Passage


@dataclass(frozen=True, slots=True)
class _Aside:
    start: int
    end: int
    barred: bool
    unsure: tuple[int, int] = (0, 0)


def set_apart(target: Passage) -> Asked:
    """Set apart whom a target prefers or bars: clauses, brackets, lists and remarks that begin or end with such words.

    In a list of the running text (A, B, C 우대) the first says who may apply, the last is preferred, and those between
    are unsure.
    """
    text = target.text
    asides = list(_asides(text)) if _ENDED.search(text) or _HEADED.search(text) else []
    preferred = [(each.start, each.end) for each in asides if not each.barred]
    barred = [(each.start, each.end) for each in asides if each.barred]
    barred += [match.span() for match in _EXCEPTED.finditer(text)] if "제외" in text else []
    lacked = [match.span() for match in _LACKED.finditer(text)] if _LACKING.search(text) else []
    return Asked(
        _without(target, preferred),
        _without(target, [*preferred, *barred, *lacked]),
        _only(target, barred),
        _only(target, [each.unsure for each in asides]),
    )


def _without(target: Passage, spans: list[tuple[int, int]]) -> Passage:
    text = target.text
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return replace(target, text=text) if spans else target


def _only(target: Passage, spans: list[tuple[int, int]]) -> Passage:
    text = " " * len(target.text) if any(start < end for start, end in spans) else ""
    for start, end in spans if text else ():
        text = text[:start] + target.text[start:end] + text[end:]
    return replace(target, text=text)


def _asides(text: str) -> Iterator[_Aside]:
    """Yield them: lists behind a head, then what ends with such a word, in brackets and out of them."""
    for head in _HEADED.finditer(text):
        start, end = head.span()
        if text[start] == "(":
            end = text.find(")", start, end) + 1 or end
        yield _Aside(start, end, head["barred"] is not None)
        text = text[:start] + " " * (end - start) + text[end:]
    for bracket in _BRACKET.finditer(text):
        for start, end, barred in _clauses(text, *bracket.span("inner")):
            if barred and _COUNTED.match(text, start):
                continue
            bare = _ENDED.fullmatch(text[start:end].strip()) is not None
            yield _Aside(*((_item_before(text, bracket.start()), bracket.end()) if bare else (start, end)), barred)
    text = _BRACKET.sub(lambda match: f"({'_' * len(match['inner'])})", text)
    for begin, end in _parts(text):
        for start, stop, barred in _clauses(text, begin, end):
            remark = text[begin : begin + 1] in _REMARKS or _PROVISO.match(text, start)
            yield _Aside(start, stop, barred) if remark else _listed(text, start, stop, barred=barred)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    starts = [0, *(match.start() if match[0] in _REMARKS else match.end() for match in _PART.finditer(text))]
    yield from zip(starts, [*starts[1:], len(text)], strict=True)


def _clauses(text: str, begin: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield what each word that ends a clause ends, from ``begin`` or the last word that ends one on."""
    start = begin
    for match in _ENDED.finditer(text, begin, end):
        start = max((each.end() for each in _ADMITTED.finditer(text, start, match.start())), default=start)
        yield start, match.end(), match["barred"] is not None
        start = match.end()


def _item_before(text: str, end: int) -> int:
    return max((match.end() for match in _ITEM.finditer(text, 0, end)), default=0)


def _listed(text: str, start: int, end: int, *, barred: bool) -> _Aside:
    """Return what is set apart of a list; the first of the whole target stays, of another part it is unsure."""
    items = [start, *(match.end() for match in _ITEM.finditer(text, start, end) if text[start : match.start()].strip())]
    begin = items[1] if len(items) > 1 and not text[:start].strip() else start
    return _Aside(begin, end, barred, (begin, items[-1]))
