"""Guesses the industry of a company from what a text says it does; nothing rather than a weak guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from graph_schema.model import NodeRef
from recommender.language.clauses import Clauses, Mention, one_blank
from recommender.language.stance import is_anothers
from recommender.serve.trades import ENGLISH_TRADES, TRADES
from recommender.snapshot.snapshot import Snapshot

_REVISION: Final = 11
"""The graph's industries are of the revision in force."""
_DIGITS: Final = 5
"""Length of a KSIC code that names one kind of business."""
_MOST: Final = 2
"""More trades than these in one text say nothing of the company."""
_AMBIGUOUS_LENGTH: Final = 2
"""A word this short with another ending may itself end another word: 대학원."""
_WORD: Final = re.compile(
    "|".join(
        (r"\s*" if len(word) > _AMBIGUOUS_LENGTH else "").join(map(re.escape, word))
        for word in sorted(TRADES, key=lambda word: (-len(word), word))
    ),
    re.IGNORECASE,
)
"""Longer words are written with blanks within them or without; 한우 is not in 한 우물."""
_ENGLISH: Final = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, ENGLISH_TRADES), key=lambda word: (-len(word), word))) + r")\b",
    re.IGNORECASE,
)
_SURE_ENDINGS: Final = tuple("집점소실페")
_MADE: Final = re.compile(r"(?:[을를]\s*|\s+)(?:직접\s*)?만[드든들듭]")
_DONE: Final = re.compile(r"[을를]\s*(?:직접\s*)?(?=제조|생산|개발|가공|제작|설계|재배|사육|시공|대행|수리)")
_GROWN: Final = re.compile(r"[을를]?\s*(?:키우|키웁|키워|기르|기릅|길러|농사)")
_SHORTEST_OWN_NAME: Final = 4
"""Letters of an industry's name that a text may name; shorter ones are everyday words."""
_SOUGHT: Final = re.compile(
    r"^\s*(?:업체|회사|기업|전문가|사무소|사무실)?[을를이가]?\s*(?:찾|알아보|소개|필요|구하|구함)"
)
_CUSTOMER: Final = re.compile(r"^\s*(?:에|들에|에게|을 상대로|용|전용|향)\s*(?:납품|공급|판매|제공|납입|쓰이)")
"""What follows the trade of a company's customers: 식당에 납품."""
_PLANNED: Final = re.compile(
    r"^\s?(?:업|업체|사업|회사|가게)?(?:[을를]|으로|로|\s?창업|\s?오픈|\s?개업)\S*\s?(?:\S+\s){0,2}?\S*"
    r"(?:싶|희망|원하|예정|계획|준비|하려|려고|고민|전환|진출)|^제조(?:고\s?싶|려)"
)
_FORM: Final = re.compile(
    r"업체|업(?![가-힣])|회사|기업|공장|가게|사업자?|스타트업|운영|영업|개인|법인|사장|대표|창업자?|기사|농가|동네"
    r"|작은|소규모|하나"
    r"|[가-힣]*(?:합니다|입니다|하는|하고|해요|예요|이에요|있습니다|있는|한다)|\b(?:we|i|are|am|run|is|a|an|the|in|my"
    r"|our|small)\b"
    r"|\S+(?:[시군구동읍면]|에서|에)(?=\s|$)|고양|일산",
    re.IGNORECASE,
)
"""What is said with a trade and tells nothing of what it does."""
_TELLING: Final = re.compile(r"[가-힣]{2}|[a-z]{3}|\d", re.IGNORECASE)
_ANOTHERS_IN_ENGLISH: Final = re.compile(
    r"\b(?:for|to|from|with|of|find|seek\w*|look\w* for|need|hire|not|no|open|start|become|other|local)\s+"
    r"(?:an?\s+|the\s+|my\s+|our\s+|some\s+|any\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
"""What stands before the trade of a customer, of who is sought, and of what is planned."""
_NOT_THIS: Final = re.compile(
    r"^(?:은|는|이|가|을|를|도)?\s?(?:아니|아닙|아님|접[었고은]|그만\s?[두둔뒀]|정리하고|정리했|닫았|폐업)"
    r"|^에\s?(?:입주|들어가|세\s?들)"
)


def guess_industries(text: str, snapshot: Snapshot, *, plans: bool = False) -> tuple[NodeRef, ...]:
    """Return at most two five-digit KSIC 11 codes that ``text`` suggests, in the order of the text.

    Everyday words for trades count, and names that KSIC itself lists. What is wished for, sold to or another's does
    not, unless ``plans`` says that the company is yet to be founded. None where nothing fits or more than two do.
    """
    codes = snapshot.derived("named codes", partial(_codes, snapshot))
    written = snapshot.derived("names of codes", lambda: _as_written(codes))
    found = list(dict.fromkeys(codes[name] for name in _named(text, written, plans=plans) if name in codes))
    return tuple(NodeRef("Industry", id_) for id_ in found) if len(found) <= _MOST else ()


def _codes(snapshot: Snapshot) -> dict[str, str]:
    """Ids of the five-digit codes of the newest revision by name."""
    table = snapshot.nodes("Industry").select(["id", "name", "code", "revision"])
    rows = zip(*(table.column(name).to_pylist() for name in ("id", "name", "code", "revision")), strict=True)
    return {name: id_ for id_, name, code, revision in rows if revision == _REVISION and len(str(code)) == _DIGITS}


def _as_written(codes: Iterable[str]) -> dict[str, str]:
    """Names that are long enough to be looked for in a text, with how they are written without blanks."""
    plain = {name: re.sub(r"\s", "", name) for name in codes}
    return {name: each for name, each in plain.items() if len(each) >= _SHORTEST_OWN_NAME}


def _named(text: str, written: Mapping[str, str], *, plans: bool) -> Iterator[str]:
    """Names of industries that the text says the company works in."""
    said = Clauses(_GROWN.sub("재배", _DONE.sub("", _MADE.sub("제조", one_blank(text)))))
    for mention in said.find(_WORD):
        word = re.sub(r"\s", "", mention.match[0]).lower()
        before = mention.before[-1:]
        whole = len(word) > _AMBIGUOUS_LENGTH or word.endswith(_SURE_ENDINGS) or not "가" <= before <= "힣"
        planned = word.isascii() and _ANOTHERS_IN_ENGLISH.search(mention.before)
        if whole and (plans or not (planned or _is_elsewhere(mention))):
            yield TRADES[word]
    for mention in Clauses(text).find(_ENGLISH):
        if plans or not _ANOTHERS_IN_ENGLISH.search(mention.before):
            yield ENGLISH_TRADES[mention.match[0].lower()]
    squeezed = re.sub(r"\s", "", said.text)
    for name, plain in written.items():
        if plain in squeezed:
            yield name


def is_bare_trade(text: str) -> bool:
    """Whether a text names a trade and says nothing else of it, places and forms of business left out."""
    said = _GROWN.sub("재배", _DONE.sub("", _MADE.sub("제조", one_blank(text))))
    rest = _WORD.sub(" ", _ENGLISH.sub(" ", said))
    return rest != said and not _TELLING.search(_FORM.sub(" ", rest))


def _is_elsewhere(mention: Mention) -> bool:
    """Whether the trade is planned, sought, sold to, another's or none."""
    patterns = (_PLANNED, _SOUGHT, _CUSTOMER, _NOT_THIS)
    return is_anothers(mention) or any(pattern.match(mention.after) for pattern in patterns)
