"""Numbers as Korean texts write them: 1,200, 열두, 스물한, 1조 2천억, 4억 5천, 850백만."""

from __future__ import annotations

import math
import re
from typing import Final

_DIGITS: Final = r"(?<![\d,.])\d[\d,]*+"
"""A whole run of digits, taken once: a pattern that began anew at each of them would need time by their square."""
_ONES: Final = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "여덜": 8, "아홉": 9,
}  # fmt: skip
_TENS: Final = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_ONE, _TEN = "|".join(_ONES), "|".join(_TENS)
_HUNDREDS: Final = (
    r"(?<![가-힣\d])(?<!\d\s)(?!백인\s)(?=[일이삼사오육칠팔구]?[천백십])"
    r"(?:[일이삼사오육칠팔구]?천)?(?:[일이삼사오육칠팔구]?백)?(?:[일이삼사오육칠팔구]?십)?[일이삼사오육칠팔구]?"
)
COUNT: Final = rf"(?:{_DIGITS}|(?:{_TEN})\s?(?:{_ONE})?|(?:{_ONE})|{_HUNDREDS})"
"""Pattern of a number of people; ``count`` reads it."""
_NATIVE: Final = re.compile(rf"(?P<ten>{_TEN})?\s?(?P<one>{_ONE})?")
_MOST_DIGITS: Final = 20
"""No sum of money has more; a longer row of digits must not become a number that cannot be held."""

_SINO: Final = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_SMALL_UNITS: Final = {"천": 1_000, "백": 100, "십": 10}
_LARGE_UNITS: Final = {"조": 1e12, "억": 1e8, "만": 1e4}
_NEXT_UNITS: Final = {"조": 1e8, "억": 1e4, "만": 1.0}
"""What thousands and hundreds count that are spoken after a large unit without one of their own."""
_PART: Final = rf"(?:{_DIGITS}(?:\.\d++)?\s?[천백십]?|[{''.join(_SINO)}]?[천백십]|[{''.join(_SINO)}](?=[조억만]))"
_PARTS: Final = rf"{_PART}(?:\s?{_PART}){{0,3}}"
AMOUNT: Final = (
    rf"(?:{_PARTS}\s?[조억만](?:\s?{_PARTS}\s?[억만])?(?:\s?{_PARTS}\s?만)?(?:\s?[\d{''.join(_SINO)}][천백](?!\s?(?:[명건대]|개(?!인))))?(?:\s?원)?"
    rf"|{_DIGITS}\s?[천백]?\s?원|₩\s?{_DIGITS})"
)
"""Pattern of a sum of money; ``amount`` reads it."""
_AMOUNT_PART: Final = re.compile(
    r"(?P<number>\d[\d,]*+(?:\.\d++)?|[일이삼사오육칠팔구])|(?P<unit>[천백십])|(?P<large>[조억만])"
)


_SINO_ONE: Final = f"[{''.join(_SINO)}]"
SMALL: Final = (
    rf"(?:(?<!\d)\d{{1,2}}|(?<![가-힣])(?:{_SINO_ONE}?십{_SINO_ONE}?|{_SINO_ONE}(?=\s?(?:년|개월))"
    rf"|(?:{_TEN})\s?(?:{_ONE})?"
    rf"|(?:{_ONE}|석|넉)(?=\s?(?:해|달))))"
)
"""Pattern of a number of years or months; ``small`` reads it: 3, 삼, 십오, 두 (해), 석 (달)."""
_MONTHS: Final = {"석": 3, "넉": 4}


def small(text: str) -> int:
    """Read what ``SMALL`` matched."""
    return _MONTHS.get(text) or (count(text) if text not in _SINO else _SINO[text])


def count(text: str) -> int:
    """Read what ``COUNT`` matched; of more digits than anybody counts with, the first twenty."""
    if text[0].isdigit():
        # Python refuses to read thousands of digits.
        return int((text.replace(",", "").lstrip("0") or "0")[:_MOST_DIGITS])
    native = _NATIVE.fullmatch(text)
    if native is None:
        return int(amount(text))
    return _TENS.get(native["ten"], 0) + _ONES.get(native["one"], 0)


def amount(text: str) -> float:
    """Read what ``AMOUNT`` matched, in won; 4억 5천 is 450 million, as it is spoken, and 3만 2천 is 32,000."""
    total = group = 0.0
    spoken = 1.0
    pending: float | None = None
    for match in _AMOUNT_PART.finditer(text):
        if match["number"]:
            pending = float(_SINO.get(match["number"]) or match["number"].replace(",", ""))
        elif match["unit"]:
            group += (1 if pending is None else pending) * _SMALL_UNITS[match["unit"]]
            pending = None
        else:
            total += (group + (pending or 0)) * _LARGE_UNITS[match["large"]]
            group, pending = 0.0, None
            spoken = _NEXT_UNITS[match["large"]]
    won = total + group * spoken + (pending or 0)
    # 8.3 times 100 million is no whole number in binary; a number of hundreds of digits is none at all.
    return float(round(won)) if math.isfinite(won) else won
