"""Everyday words for trades and for goods, and the kinds of business in KSIC 11 that they mean.

The words stand in tables beside this module (``trade_tables``), a line for each kind of business or of goods:
``names_*.tsv`` has words that name a trade by themselves (빵집), ``goods_*.tsv`` goods and dishes, and for each thing
that is done with them (``activity:code``) the KSIC 11 code; ``none_words.tsv`` has words that only look like one. In
the tables of names, a word after ``~`` names a trade only where it stands alone or before 업체, 합니다 and the like, a
word after ``?`` only where nothing else names one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

_FOLDER: Final = Path(__file__).parent / "trade_tables"
_MARKS: Final = "~?"


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of business (KSIC 11 code) that a word names."""

    code: str
    alone: bool = False
    """Whether the word names it only where no other noun follows: 택배, but not 택배 상자."""
    weak: bool = False
    """Whether any other trade in the text is the likelier one: 식당, 온라인쇼핑몰."""


@cache
def _rows(kind: str) -> Sequence[Mapping[str, str]]:
    """Lines of the tables of a kind, by the names of their columns."""
    rows: list[Mapping[str, str]] = []
    for path in sorted(_FOLDER.glob(f"{kind}_*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file, delimiter="\t", restval="")
    return rows


def _words(row: Mapping[str, str], language: str) -> list[str]:
    """Words of a line in small letters: Korean without blanks, English with."""
    return row[language].lower().split(None if language == "korean" else ", ") if row[language] else []


def _trades(language: str) -> dict[str, Trade]:
    found = {}
    for row in _rows("names"):
        for word in _words(row, language):
            marks, plain = word[: len(word) - len(word.lstrip(_MARKS))], word.lstrip(_MARKS)
            found[plain] = Trade(row["code"], "~" in marks, "?" in marks)
    return found


def _goods(language: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in _rows("goods"):
        codes = dict(each.split(":") for each in row["activities"].split())
        for word in _words(row, language):
            for form in dict.fromkeys((word, _one_of(word) if language == "english" else word)):
                found[form] = {**codes, **found.get(form, {})}
    return found


def _one_of(word: str) -> str:
    """Return the singular of an English word."""
    return re.sub(r"(?<=..)(?<!s)s$", "", re.sub(r"ies$", "y", word))


TRADES: Final[Mapping[str, Trade]] = MappingProxyType(_trades("korean"))
"""Everyday words for trades, in small letters and spaces left out."""
ENGLISH_TRADES: Final[Mapping[str, Trade]] = MappingProxyType(_trades("english"))
"""The same in English."""
GOODS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(_goods("korean"))
"""Codes of KSIC 11 by activity (``make``, ``wholesale``, …) for goods and dishes."""
ENGLISH_GOODS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(_goods("english"))
"""The same in English."""
NO_TRADES: Final[frozenset[str]] = frozenset(row["korean"] for row in _rows("none"))
"""Words that begin like one for a trade or for goods and mean something else: 카페거리."""
NAMES: Final[Mapping[str, str]] = MappingProxyType({row["code"]: row["name"] for row in _rows("names")})
"""What KSIC 11 calls the kinds of business that words name by themselves, by code."""
