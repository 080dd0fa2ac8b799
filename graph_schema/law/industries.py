"""Which rows decide for an industry: the most specific one, and all that may where only a part of it is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from graph_schema.errors import SchemaError
from graph_schema.law.rows import LawRow
from graph_schema.wording import Wording

_SECTIONS: Final = (
    ("A", 1, 3), ("B", 5, 8), ("C", 10, 34), ("D", 35, 35), ("E", 36, 39), ("F", 41, 42), ("G", 45, 47),
    ("H", 49, 52), ("I", 55, 56), ("J", 58, 63), ("K", 64, 66), ("L", 68, 68), ("M", 70, 73), ("N", 74, 76),
    ("O", 84, 84), ("P", 85, 85), ("Q", 86, 87), ("R", 90, 91), ("S", 94, 96), ("T", 97, 98), ("U", 99, 99),
)  # fmt: skip
"""Sections of KSIC 11 with their first and last division; those of revision 10 are the same."""
_CODE: Final = re.compile(r"(?P<section>[A-U])?(?P<digits>\d{2,5})?")
_DIVISION: Final = 2
"""Digits of a division of KSIC, the widest code with digits."""


@cache
def path(code: str) -> tuple[str, ...]:
    """Return a code and all codes above it up to ``""``, which stands for every industry.

    Reads ``C``, ``10``, ``10711`` and ``C10711``; raises ``SchemaError`` for what is no code of KSIC.
    """
    match = _CODE.fullmatch(code)
    digits = (match and match["digits"]) or ""
    section = next((s for s, first, last in _SECTIONS if digits and first <= int(digits[:_DIVISION]) <= last), None)
    if match is None or not code or (digits and (section is None or match["section"] not in {None, section})):
        raise SchemaError(
            Wording(
                f"{code!r}: 한국표준산업분류의 업종 코드가 아닙니다. C나 10711처럼 대분류 또는 숫자 2~5자리로 "
                "적으십시오",
                f"industry {code!r} is not a KSIC code; write a section, or 2 to 5 digits, such as C or 10711",
            )
        )
    above = [digits[:length] for length in range(len(digits), _DIVISION - 1, -1)]
    return (*above, section or match["section"], "")


def is_code(code: str) -> bool:
    """Whether a text is a code of KSIC as ``path`` reads it."""
    try:
        path(code)
    except SchemaError:
        return False
    return True


def deciding(rows: Sequence[LawRow], code: str | None) -> tuple[LawRow, ...]:
    """Rows of which one decides for an industry; all of them where it is not known."""
    if code is None:
        return tuple(rows)
    return nearest(rows, code) + below(rows, code)


def nearest(rows: Sequence[LawRow], code: str) -> tuple[LawRow, ...]:
    """Rows that speak of the code itself, else of the one next above; of a part alone, both."""
    found: list[LawRow] = []
    for step in path(code):
        here = [row for row in rows if row.industry == step]
        found += here
        if any(not row.part for row in here):
            break
    return tuple(found)


def below(rows: Sequence[LawRow], code: str) -> tuple[LawRow, ...]:
    """Rows that speak of something within the code alone."""
    own = path(code)[0]
    return tuple(row for row in rows if row.industry not in {"", own} and own in path(row.industry))
