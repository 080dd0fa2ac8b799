"""Which of the places that English words name are the asker's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.english import NOT_NOW, OTHERS

_NAME: Final = r"[A-Z][a-z]+(?:-(?:si|gun|gu|do|dong|eup|myeon|ri))?"
_PLACE: Final = re.compile(
    r"(?<![A-Za-z])(?P<how>[Ii]n|[Aa]t|[Nn]ear|from|to|HQ:|Location:|Address:)\s(?:the\s)?"
    rf"(?P<name>{_NAME})(?P<more>(?:,\s{_NAME}){{0,3}}|\s\({_NAME}\))"
    r"(?:[- ](?:si|gu|gun|do|(?P<city>City|city)))?(?![A-Za-z])"
)
_OTHERS: Final = re.compile(rf"(?i)\b(?:{OTHERS})\b")
_PLACE_NOT: Final = re.compile(
    r"(?i)\b(?:born|clos(?:ed|ing)|live|lives|living|mov(?:e|ing)|relocat\w+|customers?|clients?|suppliers?|branch|exhibition|fair"
    r"|export\w*|sell|selling|deliver\w*|expand\w*|from)\b"
)
_WE: Final = re.compile(r"(?i)\b(?:my|our)\s\w+\sand\s(?:I|myself|me)\b")
"""The asker and somebody else together."""
_CLAUSE: Final = re.compile(r"[.!?;\n]\s|[가-힣]|\s(?:and|but)\s(?=(?:I|we)\s|runs?\s)")
"""What parts a place from words on another place: I'm from Nigeria and I run a shop in Paju."""
_MOVED: Final = re.compile(r"(?i)\b(?:moved|relocated)\b(?!.*\b(?:plan|hope|want|will|going|never|not)\b)")
_WORKS: Final = re.compile(r"(?i)\b(?:runs?|running|works?|working|operat(?:e|es|ing)|based)\b")
_SPAN: Final = 90
"""Characters of a sentence before a place in which it is said whose place it is."""


def english_places(
    said: Clauses, names: Collection[str], neighbourhoods: Collection[str] = ()
) -> Iterator[tuple[Mention, tuple[str, ...]]]:
    """Yield the places, of those called by ``names`` or ``neighbourhoods``, that English words say the asker is in.

    Each with its names in Latin letters, narrowest first: Buk-gu, Gwangju.
    """
    for mention in said.find(_PLACE):
        words = (mention.match["name"], *mention.match["more"].split(", ")[1:])
        known = [[form for form in _forms(word) if form in names or form in neighbourhoods][:1] for word in words]
        while len(known) > 1 and not known[0]:
            # A quarter that no table has, before its district: Janganpyeong, Seongdong-gu.
            del known[0]
        city = f"{words[-1]}-si"
        if mention.match["city"] and city in names:
            known[-1] = [city]
        before = _WE.sub("we", said.text[max(0, mention.start - _SPAN) : mention.start])
        before = _CLAUSE.split(before)[-1]
        own = _is_there(mention.match["how"].lower(), before) and not (_OTHERS.search(before) or mention.asked)
        if own and known[0]:
            yield mention, tuple(name for forms in known for name in forms)


def _forms(word: str) -> tuple[str, ...]:
    """Names that a place may be meant by, as it is written, without its kind, or with that of a district."""
    return word, word.rpartition("-")[0], f"{word}-gu"


def _is_there(how: str, before: str) -> bool:
    """Whether the words before a place say that one is there, by how it is joined: in, at, near, from, to."""
    if how == "to":
        return bool(_MOVED.search(before)) and not NOT_NOW.search(before)
    if how == "from":
        return bool(_WORKS.search(before)) and not _MOVED.search(before)
    return not _PLACE_NOT.search(before)
