"""Further names of organisations: what the law or they themselves call them, and Latin letters as Korean reads them.

Loaders know one organisation by them, and who searches finds it by them.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

_TABLE: Final = Path(__file__).with_name("other_names.csv")

LETTERS: Final = {
    "a": "에이",
    "b": "비",
    "c": "씨",
    "d": "디",
    "e": "이",
    "f": "에프",
    "g": "지",
    "h": "에이치",
    "i": "아이",
    "j": "제이",
    "k": "케이",
    "l": "엘",
    "m": "엠",
    "n": "엔",
    "o": "오",
    "p": "피",
    "q": "큐",
    "r": "알",
    "s": "에스",
    "t": "티",
    "u": "유",
    "v": "브이",
    "w": "더블유",
    "x": "엑스",
    "y": "와이",
    "z": "제트",
}
"""Latin letters as their names are written in Korean: KT is 케이티."""


class OtherName(NamedTuple):
    """A former or further name of an organisation, and the one that it bears now."""

    name: str
    current: str
    how: Literal["former", "known"]


@cache
def other_names() -> tuple[OtherName, ...]:
    """Return all further names that are known of organisations, each of which is given once in the country."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            OtherName(row["name"], row["current"], "former" if row["how"] == "former" else "known")
            for row in csv.DictReader(file)
        )
