"""Reads plain facts out of Korean text about a company; what is only wished for or unclear is not a fact."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Final

_NUMERALS: Final = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10,
}  # fmt: skip
_DIGITS: Final = r"(?<![\d,])\d[\d,]*+"
"""A whole run of digits, taken once: a pattern that began anew at each of them would need time by their square."""
_MOST_DIGITS: Final = 20
_NUMBER: Final = rf"(?P<number>{_DIGITS}|" + "|".join(_NUMERALS) + r")\s*(?:명|인|사람)"
_STAFF_WORD: Final = r"(?:상시\s*근로자|근로자|종업원|임직원|직원|고용\s*인원|사원)"
_STAFF: Final = (
    re.compile(_STAFF_WORD + r"(?:\s*수)?(?:은|는|이|가)?\s*(?:모두|총|약)?\s*" + _NUMBER),
    re.compile(_NUMBER + r"(?:의|이|가)?\s*(?:상시\s*)?" + _STAFF_WORD),
)
_NO_STAFF: Final = re.compile(_STAFF_WORD + r"(?:은|는|이|가)?\s*(?:없이|없고|없는|없다|없습니다|없음)")
_FOUNDING: Final = r"(?:창업|설립|개업|개점|창립|시작한|문을\s*연|오픈)"
_DAY: Final = (
    r"(?P<year>(?:19|20)\d{2})\s*(?:년|[.\-/])\s*(?:(?P<month>\d{1,2})\s*(?:월|[.\-/])?\s*)?(?:(?P<day>\d{1,2})\s*일?)?"
)
_FOUNDED: Final = (
    re.compile(_DAY + r"(?:에|도|경|부터)?\s*" + _FOUNDING),
    re.compile(_FOUNDING + r"(?:일|연도|년도)?(?:은|는|이|:)?\s*" + _DAY),
)
_YEARS_AGO: Final = re.compile(r"(?P<years>\d{1,2})\s*년\s*전(?:에)?\s*" + _FOUNDING)
_YET_TO_FOUND: Final = re.compile(r"예비\s*창업|창업\s*(?:예정|준비)|창업(?:을|하려|하고)\s*(?:준비|예정|싶|하려)")
_REVENUE: Final = re.compile(
    r"매출(?:액)?(?:은|는|이|:)?\s*(?:연|약|연간)?\s*(?P<first>\d[\d,]*+(?:\.\d++)?)\s*(?P<unit>조|억|천만|백만|만)?"
    r"(?:\s*(?P<second>\d[\d,]*+)\s*(?P<second_unit>천만|백만|만))?\s*원?"
)
_UNITS: Final = {None: 1.0, "만": 1e4, "백만": 1e6, "천만": 1e7, "억": 1e8, "조": 1e12}
_CORPORATION: Final = re.compile(r"법인|주식회사|유한회사|\(주\)|㈜")
_SOLE: Final = re.compile(r"개인\s*사업자|개인\s*사업체|자영업")
_CERTIFICATE: Final = re.compile(
    r"벤처기업|이노비즈|메인비즈|사회적\s*기업|여성\s*기업|장애인\s*기업|마을\s*기업|기업\s*부설\s*연구소|뿌리\s*기업"
)
_WISH: Final = re.compile(r"싶|희망|원하|원함|필요|준비|예정|계획|받으려|하려|되려|채용|뽑|구하|모집|없")
_TROUBLE: Final = re.compile(
    r"찾|부족|어렵|어려|힘들|걱정|고민|부담|문제|늘리|줄이|높이|개선|바꾸|넓히|옮기|배우|도움|알아보"
    r"|지원(?:이|을)?\s*$|지원\s*받"
    r"|(?i:\b(?:need|want|look|seek|plan|wish|hope|help|lack|difficult|trouble|problem))"
)
_DENIED: Final = re.compile(
    rf"(?:사업자(?:\s*등록)?(?:증|번호)?|{_STAFF_WORD}|매출(?:액)?|{_CERTIFICATE.pattern}|인증|특허|연구소|수출\s*실적|법인|체납"
    r"|연체|휴업|폐업)(?:은|는|이|가|도)?\s*(?:아직\s*|전혀\s*|따로\s*|현재\s*)?(?:없|아니|아닙|아님)"
)
"""A fact that is said to be absent: no wish, though the word for it stands in many (손님이 없다)."""
_CLAUSE_END: Final = re.compile(
    r"(?<!\d)[.,]|[.,](?!\d)|[;!?\n]"
    r"|(?:(?<=[하이싶있없되]고)|(?<=[하이으]며)|(?<=[은는인한]데)|(?<=지만)|(?<=[합입습]니다))\s+(?!싶|있|계)"
)
"""Punctuation outside numbers, and the space after a verb that goes on (하고, 이며, 는데, …)."""
MOST_CLAUSES: Final = 24
"""Clauses of one request that are ranked by: each is encoded, and nobody asks for more things at once."""
_MOST_TOLD: Final = 200
"""Clauses that are looked at for what they tell beside facts; those that ask are found anywhere."""
_REACH: Final = 80
"""Characters after a fact in which a wish or a denial is looked for, so that reading stays linear in the length."""
_ANY_DAY: Final = date(2000, 1, 1)
"""Whether a fact is stated does not depend on the day."""
_BLANKS: Final = re.compile(r"[^\S\n]+")


@dataclass(frozen=True)
class TextFacts:
    """What the text states; None and empty where it states nothing or contradicts itself."""

    employees: int | None = None
    founded: tuple[date, date] | None = None
    """First and last possible day."""
    yet_to_found: bool = False
    revenue_krw: float | None = None
    legal_form: str | None = None
    certificates: tuple[str, ...] = ()


def read_text(text: str, today: date) -> TextFacts:
    """Read the facts that ``text`` states; ``today`` is what "three years ago" counts from.

    Time and memory grow with the length of the text and no faster.
    """
    text = one_blank(text)
    yet = bool(_YET_TO_FOUND.search(text))
    return TextFacts(
        employees=_employees(text),
        founded=None if yet and not _stated_days(text) else _founded(text, today),
        yet_to_found=yet,
        revenue_krw=_revenue(text),
        legal_form=_legal_form(text),
        certificates=_certificates(text),
    )


def one_blank(text: str) -> str:
    """Return ``text`` with one blank for each run of them; a pattern would try all ways to cut a longer run."""
    return _BLANKS.sub(" ", text)


def clauses(text: str) -> tuple[str, ...]:
    """Cut a text where a clause ends; each part once, in the order of the text."""
    parts = (part.strip() for part in _CLAUSE_END.split(one_blank(text)))
    return tuple(dict.fromkeys(part for part in parts if part))


def asks(clause: str) -> bool:
    """Whether a clause wishes for something or tells of a trouble, beside any fact that it says to be absent."""
    rest = _DENIED.sub(" ", clause)
    return bool(_WISH.search(rest) or _TROUBLE.search(rest))


def only_informs(clause: str) -> bool:
    """Whether a clause states facts, or says that something is absent, and asks for nothing."""
    return not asks(clause) and (states_facts(clause) or bool(_DENIED.search(clause)))


def requests_in(text: str) -> tuple[str, ...]:
    """Clauses that ask for something or say more of the company than plain facts; the whole text where none does.

    At most ``MOST_CLAUSES``, in the order of the text: those that ask go before those that only tell.
    """
    parts = clauses(text)
    asking = [part for part in parts if asks(part)][:MOST_CLAUSES]
    telling = [part for part in islice(parts, _MOST_TOLD) if not (asks(part) or only_informs(part))]
    chosen = {*asking, *telling[: MOST_CLAUSES - len(asking)]}
    return tuple(part for part in parts if part in chosen) or ((text.strip(),) if text.strip() else ())


def case_words(title: str, text: str | None) -> str:
    """Join the title and the text of a case; a title that is the beginning of its text adds nothing."""
    return text if text and text.startswith(title) else ". ".join(filter(None, (title, text)))


def has_too_many_clauses(text: str) -> bool:
    """Whether a text has more clauses than a request is ranked by."""
    return len(clauses(text)) > MOST_CLAUSES


def states_facts(clause: str) -> bool:
    """Whether a clause tells what is judged as a fact and needs no nearness of texts."""
    return replace(read_text(clause, _ANY_DAY), yet_to_found=False) != TextFacts()


def is_wish(text: str, end: int) -> bool:
    """Whether the clause goes on after ``end`` with a wish, a plan or a denial."""
    stop = _CLAUSE_END.search(text, end, end + _REACH)
    return bool(_WISH.search(text[end : stop.start() if stop else end + _REACH]))


def _facts(patterns: tuple[re.Pattern[str], ...], text: str) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            if not is_wish(text, match.end()):
                yield match


def _employees(text: str) -> int | None:
    if _NO_STAFF.search(text):
        return 0
    found = {_number(match["number"]) for match in _facts(_STAFF, text)}
    return found.pop() if len(found) == 1 else None


def _number(text: str) -> int:
    if text in _NUMERALS:
        return _NUMERALS[text]
    digits = text.replace(",", "").lstrip("0") or "0"
    # Python refuses to read thousands of digits; nobody has as many employees as twenty say.
    return int(digits[:_MOST_DIGITS])


def _stated_days(text: str) -> list[re.Match[str]]:
    return [match for pattern in _FOUNDED for match in pattern.finditer(text)]


def _founded(text: str, today: date) -> tuple[date, date] | None:
    found = {period for match in _stated_days(text) if (period := _period(match))}
    for match in _YEARS_AGO.finditer(text):
        year = today.year - int(match["years"])
        found.add((date(year, 1, 1), date(year, 12, 31)))
    return found.pop() if len(found) == 1 else None


def _period(match: re.Match[str]) -> tuple[date, date] | None:
    """Return the days that a year, a month or a day stand for; None where there is no such day."""
    year, month, day = (None if match[name] is None else int(match[name]) for name in ("year", "month", "day"))
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def _revenue(text: str) -> float | None:
    found = set()
    for match in _facts((_REVENUE,), text):
        if match["unit"] is None and "원" not in match[0]:
            continue
        value = float(match["first"].replace(",", "")) * _UNITS[match["unit"]]
        if match["second"]:
            value += float(match["second"].replace(",", "")) * _UNITS[match["second_unit"]]
        found.add(value)
    return found.pop() if len(found) == 1 else None


def _legal_form(text: str) -> str | None:
    corporation, sole = (list(_facts((pattern,), text)) for pattern in (_CORPORATION, _SOLE))
    if bool(corporation) == bool(sole):
        return None
    return "corporation" if corporation else "sole"


def _certificates(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.sub(r"\s", "", match[0]) for match in _facts((_CERTIFICATE,), text)))
