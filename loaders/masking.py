"""Takes telephone numbers, e-mail addresses and personal numbers out of free text."""

from __future__ import annotations

import re
from typing import Final

_NOT_IN_NUMBER = r"(?<![\d-])"
_BIRTHDAY = r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_DASH = r"[-.\s–]?"

_PATTERNS: Final = (
    ("[전자우편]", re.compile(r"[A-Za-z0-9_.+%-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    # The first six digits are a birthday, which tells these from patent application numbers of the same length.
    ("[주민등록번호]", re.compile(rf"{_NOT_IN_NUMBER}{_BIRTHDAY}\s?[-–]?\s?[1-8]\d{{6}}(?!\d)")),
    ("[사업자등록번호]", re.compile(rf"{_NOT_IN_NUMBER}\d{{3}}-\d{{2}}-\d{{5}}(?!\d)")),
    (
        "[전화번호]",
        re.compile(
            rf"(?:\+82{_DASH}|{_NOT_IN_NUMBER}0)(?:2|[3-6][1-5]|1[016789]|70|50\d?|80){_DASH}\d{{3,4}}{_DASH}\d{{4}}(?!\d)"
            rf"|{_NOT_IN_NUMBER}1[568]\d\d-\d{{4}}(?!\d)"
        ),
    ),
)


def mask(text: str) -> str:
    """Return ``text`` with personal numbers and addresses replaced by a word that names what stood there."""
    for word, pattern in _PATTERNS:
        text = pattern.sub(word, text)
    return text
