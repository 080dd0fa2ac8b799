"""KSIC revision 11: codes as registers write them, divisions of a range, and the nodes that a mention needs."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import Final

from graph_schema.model import NodeRef
from loaders.records import Record, RowRecords, shared

SOURCE: Final = "ksic11"
_TABLE = Path(__file__).parent / "samples" / "ksic11_tree.csv"
_CODE = re.compile(r"(?P<section>[A-U])?(?P<digits>\d{2,5})?")
_WIDER: Final = frozenset({"제조업", "건설업", "소매업", "숙박업"})
"""Names that are read with the companies called by them, such as 제조기업."""
_SHORT: Final = 3
"""Letters of names that are parts of other words too: 농업, 출판업."""
_PURSUED: Final = r"(?=[종체]?[을를에]?\s?(?:영위|해당|종사|운영)|\([A-U]|[종체](?![가-힣]))"
DIVISION_DIGITS: Final = 2
"""Digits of a division of KSIC, in each revision."""


@cache
def table() -> dict[str, tuple[int, str, str]]:
    """Return (level, name, parent) of all 2,038 codes: sections are letters, the others 2 to 5 digits."""
    with _TABLE.open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: (int(row["level"]), row["name"], row["parent"]) for row in csv.DictReader(file)}


def ref(code: str, revision: int = 11) -> NodeRef:
    """Return the node of a code."""
    return NodeRef("Industry", f"ksic{revision}:{code}")


def normalise_code(text: str) -> str | None:
    """Read a code of revision 11, with or without its section letter (``I56220``); None where there is no such code."""
    match = _CODE.fullmatch(text.strip().upper())
    if match is None:
        return None
    code = match["digits"] or match["section"]
    if code not in table() or (match["digits"] and match["section"] not in (None, section_of(code))):
        return None
    return code


def section_named(name: str) -> str | None:
    """Return the section letter of a section's own name, such as 제조업; None where there is none of that name."""
    return next((code for code in sections() if table()[code][1] == name.strip()), None)


def letters(name: str) -> str:
    """Return a name without blanks, commas, dots and the word for *and*, so that its spellings are alike."""
    return re.sub(r"[\s,ㆍ·]|및", "", name)


@cache
def named_in_text() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of the names of sections and divisions as texts write them, and the code of each by its letters.

    What a name leaves out (소매업; 자동차 제외) is no part of it. A short name (농업), which is a part of other words
    too, counts where it is pursued; those that texts use in a wider sense (제조업) are not among them.
    """
    names: dict[str, str] = {}
    for code, (_, name, _) in table().items():
        own = name.partition(";")[0]
        if len(code) <= DIVISION_DIGITS and own.endswith("업") and own not in _WIDER:
            names.setdefault(own, code)
    spelt = {
        name: r"\s?(?:[,ㆍ·]|및)?\s?".join(re.escape(word) for word in re.split(r"[\s,ㆍ·]+(?:및\s)?", name))
        + (_PURSUED if len(name) <= _SHORT else r"(?!무|계|법|협회)")
        for name in sorted(names, key=len, reverse=True)
    }
    return re.compile(rf"(?<![가-힣])(?:{'|'.join(spelt.values())})"), {letters(name): names[name] for name in names}


def section_of(code: str) -> str:
    """Return the section letter of a code."""
    while table()[code][2]:
        code = table()[code][2]
    return code


@cache
def sections() -> frozenset[str]:
    """Return the 21 section letters."""
    return frozenset(code for code, (level, _, _) in table().items() if level == 1)


@cache
def divisions(section: str | None = None) -> tuple[str, ...]:
    """Return the two-digit codes, of one section or of all, in order."""
    found = (code for code in table() if len(code) == DIVISION_DIGITS)
    return tuple(sorted(code for code in found if section in (None, section_of(code))))


def mention(records: RowRecords, code: str) -> NodeRef:
    """Add an industry of revision 11 to a row's records as a mention; return its node."""
    records.records.extend(_mentioned(code))
    return ref(code)


@cache
def _mentioned(code: str) -> tuple[Record, ...]:
    level, name, _ = table()[code]
    own = RowRecords(SOURCE, code)
    own.mention(ref(code), name=name, code=code, revision=11, level=level)
    return shared(own)
