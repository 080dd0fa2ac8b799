"""Takes telephone, e-mail, identity, registration, card and account numbers out of free text.

A text is read in a plain view: digits of any script as 0–9, every dash, dot and space as one kind, and signs that
nobody sees left out. What is found there is replaced in the text itself. Every pattern is bounded, so that the time
grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

_GONE: Final = "\0"
"""Stands in the view where something was masked; no pattern goes over it."""
_DASHES: Final = frozenset("−ㅡᅳーｰ─━⁃˗一")
"""Signs written for a dash that Unicode does not call one; Hangul EU (ㅡ) is a key away from it."""
_DOTS: Final = frozenset("·•‧∙・･․。｡ㆍᆞ")
_UNSEEN: Final = frozenset({"Cf", "Mn", "Me"})

_GAP: Final = rf"[^\d\n{_GONE}]"
_SEP: Final = r"[-.\s/_)]{0,3}"
_DASH: Final = r"\s?-\s?"
_BIRTHDAY: Final = r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_AREA: Final = r"(?:2|[3-6][1-5]|1[016789]|[678]0|50\d?|30\d?)"
_MOBILE: Final = r"01[016789][-.\s)]\d{3,4}[-.\s]"
"""The day of a date, 02, is no area of the mobile number behind it."""
_PHONE: Final = (
    rf"(?:(?:\+\s?82|(?<!\d)(?:00)?82(?=[-.\s(]))[-.\s]?\(?0?\)?[-.\s]?{_AREA}|\(\s?0{_AREA}\s?\)|(?<!\d)0{_AREA})"
    rf"{_SEP}(?!{_MOBILE})\d{{3,4}}{_SEP}\d{{4}}(?!\d)"
    rf"|(?<!\d)(?:1[568]\d\d{_DASH}\d{{4}}|10-(?!19|20)\d{{4}}-\d{{4}})(?!\d)"
)
_BANK: Final = r"(?:은행|뱅크|농협|수협|신협|새마을금고|우체국|(?i:bank))"
_BANK_SHORT: Final = r"(?:신한|국민|하나|우리|기업|토스|카뱅)"
"""Common words, and banks only where a number follows at once."""
_ACCOUNT: Final = r"(?:계좌|예금주|입금|(?i:account))"
_DASHED: Final = r"\d{2,6}(?:-\d{1,8}){1,4}(?!\d)"
_LABEL: Final = r"(?:[A-Za-z0-9-]++|(?:[^\W_A-Za-z]|-)++)\."
_TOP: Final = r"(?:한국|닷컴|닷넷|삼성|[A-Za-z][A-Za-z0-9-]*|[^\W\d_A-Za-z가-힣]+)"
_SPOKEN: Final = "[공영일이삼사오육륙칠팔구]"
_ISSUERS: Final = frozenset({2, 3, 4, 5, 6, 9})
"""First digits of payment cards; 9 is of Korea's own."""
_DATE: Final = r"(?<![\d-])(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?![\d-])"
_PATENT: Final = r"(?<![\d-])[1-4]0-?(?:19|20)\d\d-?\d{7}(?![\d-])"
_MONEY: Final = r"\s?(?:[천만억조]?\s?원|(?i:krw|won))"
_ACCOUNT_DIGITS = range(10, 17)
"""Those of accounts, from Korean banks' shortest to their longest."""
_LONG_DIGITS = 9
"""A country's code and seven digits."""


def _is_card(match: re.Match[str]) -> bool:
    """Whether it was announced, or its last digit is the one that the others demand (ISO/IEC 7812-1)."""
    digits = [int(digit) for digit in reversed(_digits(match))]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    checked = (sum(digits[::2]) + sum(doubled)) % 10 == 0
    return match["said"] is not None or (checked and digits[-1] in _ISSUERS)


def _is_business(match: re.Match[str]) -> bool:
    """Whether it was announced, is written with dashes, or its last digit is the one that the others demand."""
    digits = [int(digit) for digit in _digits(match)]
    total = sum(weight * digit for weight, digit in zip((1, 3, 7, 1, 3, 7, 1, 3, 5), digits, strict=False))
    checked = (total + digits[8] * 5 // 10 + digits[9]) % 10 == 0
    return match["said"] is not None or "-" in match["number"] or checked


def _is_account(match: re.Match[str]) -> bool:
    return len(_digits(match)) in _ACCOUNT_DIGITS


def _is_long(match: re.Match[str]) -> bool:
    return len(_digits(match)) >= _LONG_DIGITS


def _always(_: re.Match[str]) -> bool:
    return True


@dataclass(frozen=True)
class _Rule:
    """What to look for, the word that takes its place, and what else must hold. The group ``number`` is masked."""

    word: str
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] = _always

    def spans(self, view: str) -> Iterator[tuple[int, int]]:
        """Yield where it stands, from left to right."""
        at = 0
        while match := self.pattern.search(view, at):
            if self.holds(match):
                yield match.span("number")
                at = match.end("number")
            else:
                at = match.start() + 1


def _rule(word: str, pattern: str, holds: Callable[[re.Match[str]], bool] = _always) -> _Rule:
    return _Rule(f"[{word}]", re.compile(pattern), holds)


_RULES: Final = (
    _rule(
        "전자우편",
        rf"(?P<number>(?:(?<![A-Za-z0-9_.+%-])[A-Za-z0-9_.+%-]++|(?<![^\W\d_A-Za-z])[^\W\d_A-Za-z]++)\s{{0,2}}@\s{{0,2}}"
        rf"(?:(?:{_LABEL})+{_TOP}|(?:[\w-]++\.)+{_TOP}))",
    ),
    _rule("법인등록번호", rf"법인{_GAP}{{0,12}}(?P<number>\d{{6}}{_SEP}\d{{7}})(?!\d)"),
    # The first six digits are a birthday, which tells these from patent application numbers of the same length.
    _rule("주민등록번호", rf"(?<!\d)(?P<number>{_BIRTHDAY}{_SEP}\d[\d*]{{6}})(?!\d)"),
    _rule("법인등록번호", rf"(?<!\d)(?P<number>\d{{6}}{_DASH}\d{{7}})(?!\d)"),
    _rule("운전면허번호", rf"(?<!\d)(?P<number>\d\d{_DASH}\d\d{_DASH}\d{{6}}{_DASH}\d\d)(?!\d)"),
    _rule(
        "여권번호",
        rf"(?:여권|(?i:passport)){_GAP}{{0,12}}?(?P<number>[A-Za-z]{{1,2}}\d{{7,8}}|[A-Za-z]\d{{3}}[A-Za-z]\d{{4}})(?!\d)",
    ),
    _rule(
        "카드번호",
        rf"(?P<said>(?:카드|(?i:card)){_GAP}{{0,12}})?(?<!\d)"
        r"(?P<number>\d{4}(?:[-.\s]?\d{4}){3}|3[47]\d\d[-.\s]?\d{6}[-.\s]?\d{5})(?!\d)",
        _is_card,
    ),
    _rule(
        "계좌번호",
        rf"(?:(?:{_BANK}|{_ACCOUNT}){_GAP}{{0,20}}|{_BANK_SHORT}\s?)(?!(?:{_PHONE})(?!-\d))(?P<number>{_DASHED})",
        _is_account,
    ),
    _rule("계좌번호", rf"{_ACCOUNT}{_GAP}{{0,20}}(?!{_PHONE})(?P<number>\d(?:[-\s]?\d){{9,15}})(?!\d)"),
    _rule(
        "계좌번호",
        rf"(?<!\d)(?!(?:{_PHONE})(?!-\d))(?P<number>{_DASHED})(?={_GAP}{{0,10}}(?:{_BANK}|{_ACCOUNT}))",
        _is_account,
    ),
    _rule("전화번호", rf"(?P<number>{_PHONE})"),
    _rule("전화번호", r"(?P<number>\+\s?\d[\d\-.\s()]{7,16}\d)(?!\d)", _is_long),
    _rule(
        "전화번호", rf"(?:전화|연락처|팩스|휴대폰|핸드폰|(?i:tel|fax)){_GAP}{{0,10}}(?P<number>\d{{3,4}}-\d{{4}})(?!\d)"
    ),
    _rule(
        "전화번호",
        rf"(?P<number>[공영]일[공영][-.\s]{{0,3}}{_SPOKEN}{{3,4}}[-.\s]{{0,3}}{_SPOKEN}{{4}})(?!{_SPOKEN})",
    ),
    _rule(
        "사업자등록번호",
        rf"(?P<said>사업자{_GAP}{{0,16}})?(?<![\d.,])(?P<number>\d{{3}}[-.\s]{{0,3}}\d\d[-.\s]{{0,3}}\d{{5}})(?!\d|{_MONEY})",
        _is_business,
    ),
)
_LEFT_ALONE: Final = re.compile("|".join([*sorted({re.escape(rule.word) for rule in _RULES}), _DATE, _PATENT]))
"""What was masked before, and dates and patent applications, parts of which could be numbers of other kinds."""


def mask(text: str) -> str:
    """Return ``text`` with each of these replaced by a word in brackets that names what stood there.

    E-mail addresses; telephone numbers (of Korea with or without dashes, and those that begin with ``+``); resident,
    foreigner's and corporate registration numbers; business numbers (with dashes, announced by 사업자, or with a right
    check digit); payment cards (announced or with a right check digit); bank accounts beside the name of a bank or
    계좌; driving licences; passports that are announced. Names, postal addresses, numbers in words (other than 공일공…)
    and anything in pictures stay.
    """
    view, places = _plain(text)
    view = _LEFT_ALONE.sub(lambda match: _GONE * len(match[0]), view)
    found: list[tuple[int, int, str]] = []
    for rule in _RULES:
        spans = list(rule.spans(view))
        found += [(start, end, rule.word) for start, end in spans]
        view = _without(view, spans)
    parts: list[str] = []
    at = 0
    for start, end, word in sorted(found):
        parts += [text[at : places[start]], word]
        at = places[end - 1] + 1
    return "".join([*parts, text[at:]])


def _without(view: str, spans: Sequence[tuple[int, int]]) -> str:
    chars = list(view)
    for start, end in spans:
        chars[start:end] = _GONE * (end - start)
    return "".join(chars)


def _plain(text: str) -> tuple[str, list[int]]:
    """Plain view of ``text``, and for each of its characters the place in ``text``."""
    seen = [(plain, place) for place, char in enumerate(text) if (plain := _plain_char(char))]
    return "".join(plain for plain, _ in seen), [place for _, place in seen]


@cache
def _plain_char(char: str) -> str:
    """One character for ``char``, or none where nobody would see it."""
    category = unicodedata.category(char)
    if category in _UNSEEN:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char in _DASHES:
        return "-"
    if char in _DOTS:
        return "."
    if char.isspace():
        return "\n" if char == "\n" else " "
    alike = unicodedata.normalize("NFKC", char)
    return alike if len(alike) == 1 and category != "No" and alike not in "\0\n" else char.replace(_GONE, " ")


def _digits(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", match["number"])
