"""Guesses the industry of a company from what a text says it does; nothing rather than a weak guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from graph_schema.model import NodeRef
from recommender.language.clauses import Clauses, Mention, one_blank
from recommender.language.stance import is_anothers
from recommender.serve.english_trades import find_english_trades
from recommender.serve.trade_finder import FoundTrade, find_trades
from recommender.serve.trades import NAMES
from recommender.snapshot.snapshot import Snapshot

_REVISION: Final = 11
"""The graph's industries are of the revision in force."""
_DIGITS: Final = 5
"""Length of a KSIC code that names one kind of business."""
_GROUPS: Final = (4, 3)
"""Lengths of codes of groups of them, the narrower one first; a division of two digits says too little."""
_ONLINE: Final = "47912"
"""Code of retail sale over the net, whatever is sold."""
_RETAIL: Final = ":47"
"""Part of the ids of industries that sell to consumers."""
_MOST: Final = 2
"""More trades than these in one text say nothing of the company."""
_SHORTEST_OWN_NAME: Final = 4
"""Letters of an industry's name that a text may name; shorter ones are everyday words."""
_SOUGHT: Final = re.compile(
    r"^\s*(?:업체|회사|기업|전문가|사무소|사무실|스튜디오|작업실|작업장|공간|장소|장비|설비|서비스|대행|인력)?[을를이가]?\s*"
    r"(?:찾|알아보|소개|필요|구하|구함)"
)
_CUSTOMER: Final = re.compile(
    r"^\s*(?:\S{1,3}(?:랑|하고|[와과])\s\S{1,8})?(?:에|들에|에게|을 상대로|용|전용|향)\s*(?:\S{1,6}(?:을|를|도)?\s)?"
    r"(?:납품|공급|판매|제공|납입|쓰이|대는|댑니|대요|들어가)"
)
"""What follows the trade of a company's customers: 식당에 납품, 한의원에 약재 대는."""
_PLANNED: Final = re.compile(
    r"^\s?(?:업|업체|사업|회사|가게)?(?:[을를]|으로|로|\s?창업|\s?오픈|\s?개업)\S*\s?(?:\S+\s){0,2}?\S*"
    r"(?:싶|희망|원하|예정|계획|준비|하려|려고|고민|전환|진출)|^제조(?:고\s?싶|려)"
    r"|^\S{0,4}\s?(?:싶|려고|려는|려\s?합|볼까|까\s?(?:고민|생각))|^(?:[을를]|도|까지)?\s?(?:배우고|배워|시작하고|해\s?보고)\s?싶"
)
_NEEDED: Final = re.compile(r"^\S{0,3}\s?(?:\S{1,3}\s)?(?:지원|비용|비(?![가-힣])|교육|자금|견적|필요|바우처)")
"""What a company asks for is what it buys: 홍보 영상 제작 지원, 인테리어 비용."""
_GOES_ON: Final = re.compile(r"^(?:하?[여며]|해서|해|하고|아서|어서|서)[,\s]+(?!싶|보고|주는|준|볼)")
"""A verb that goes on: what follows is done after it and tells nothing of whose trade it is: 수입해서 병원에 납품."""
_SUPPLIER: Final = re.compile(r"^\S{0,3}\s(?:\S+\s)?(?:협력|하청|하도급\s?)(?:업체|사)(?:입|예|이[에고며]|인데|로)")
"""A company that says it is another's supplier speaks of itself."""
_LABEL: Final = re.compile(r"(?:업종|업태|종목)(?:[은는]|\s?[:：])?\s?$")
"""What heads a company's own trade in forms; elsewhere 업종 may tell of others of its trade."""
_PLACE: Final = re.compile(
    r"^(?:료|비|값|세)(?=[가이를은는도에와]|\s|$)|^\s?(?:거리|골목|단지|특구|축제|박람회|협회|상인회|조합원|옆|앞|위층|아래층|건너|맞은편|근처|자리|건물|상권|손님|출신|알바|아르바이트"
    r"|사장님들|사장님이신|에서\s|에\s?(?:다니|다녔)|[이가]\s(?:있는|많|생[기겼]|들어)"
    r"|(?:사무실|사무소|업체|회사)?(?:에게?|한테)\s(?:\S+\s)?(?:맡|의뢰|문의|부탁)|[을를]?\s?배우|[을를]?\s?배웠"
    r"|(?:강사|직원|기사|조교|매니저|점장|실장)으?로\s(?:일|근무)"
    r"|(?:청소|인테리어|간판|예약|설비|장비|기구|자재|의자|가구|솔루션|프로그램|시스템|앱|용품|기계)(?![가-힣]*집))"
)
"""What follows a trade that tells where something is, of a former job, or what it costs: 카페 거리, 임대료."""
_ANOTHERS_IN_ENGLISH: Final = re.compile(
    r"\b(?:for|to|from|with|(?<!\bowner )(?<!\brun )(?<!\bmanager )(?<!\bowners )of|find|seek\w*|look\w* for|need|hire"
    r"|not|no|open|start|become|other|local|near|beside|behind|shut down|closed|used to (?:run|own|have))\s+"
    r"(?:an?\s+|the\s+|my\s+|our\s+|some\s+|any\s+)?(?:\w+\s+)?$"
    r"|\b(?:customers?|clients?|friends?|suppliers?|neighbou?rs?|husband|wife|brother|sister)\s(?:\w+\s){1,3}$",
    re.IGNORECASE,
)
"""What stands before the trade of a customer, of who is sought, of what is planned and of what is over."""
_NOT_THIS: Final = re.compile(
    r"^업?(?:은|는|이|가|을|를|도)?\s?(?:아니|아닙|아님|접[었고은]|그만\s?[두둔뒀]|정리하고|정리했|닫았|폐업)"
    r"|^에\s?(?:입주|들어가|세\s?들)|^\S{0,3}\s?\S{0,6}다가?\s(?:\S{1,6}\s)?(?:접[었고은]|그만)"
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
_WORD: Final = re.compile(r"[가-힣]{2}|[a-z]{3}|\d", re.IGNORECASE)


def guess_industries(text: str, snapshot: Snapshot, *, plans: bool = False) -> tuple[NodeRef, ...]:
    """Return at most two five-digit KSIC 11 codes that ``text`` suggests, in the order of the text.

    Everyday words for trades count, goods with what is done with them, and names that KSIC itself lists. What is
    wished for, sold to or another's does not, unless ``plans`` says that the company is yet to be founded. None where
    nothing fits or more than two do.
    """
    codes = snapshot.derived("named codes", partial(_codes, snapshot))
    ids = snapshot.derived("ids of codes", partial(_ids, snapshot))
    said = Clauses(one_blank(text))
    own = [trade for trade in _trades(said) if plans or not _is_elsewhere(trade.mention)]
    named = _named(said, codes, plans=plans)
    sure = [*(ids[code] for trade in own if not trade.weak for code in trade.codes if code in ids), *named]
    weak = [ids[code] for trade in own if trade.weak for code in trade.codes if code in ids]
    if len({*sure, *weak}) > _MOST:
        return ()
    if not (sure or weak):
        return _named_group(said, snapshot, plans=plans)
    if ids.get(_ONLINE) in weak and all(_RETAIL in id_ for id_ in sure):
        sure = []
    return tuple(NodeRef("Industry", id_) for id_ in dict.fromkeys(sure or weak))


def _named(said: Clauses, ids: Mapping[str, str], *, plans: bool) -> list[str]:
    """Ids of the industries whose names are written, with blanks or without, and are the asker's own."""
    places = [at for at, letter in enumerate(said.text) if not letter.isspace()]
    squeezed = "".join(said.text[at] for at in places)
    found = []
    for name, id_ in ids.items():
        plain = name.replace(" ", "")
        at = squeezed.find(plain) if len(plain) >= _SHORTEST_OWN_NAME else -1
        if at >= 0:
            mention = said.at(places[at], places[at + len(plain) - 1] + 1)
            if plans or not _is_elsewhere(mention):
                found.append(id_)
    return found


def _named_group(said: Clauses, snapshot: Snapshot, *, plans: bool) -> tuple[NodeRef, ...]:
    """Return the group of kinds of business whose name is written where no kind's is: 부동산 임대업."""
    for digits in _GROUPS:
        names = snapshot.derived(f"named codes of {digits} digits", partial(_codes, snapshot, digits))
        if found := _named(said, names, plans=plans):
            return tuple(NodeRef("Industry", id_) for id_ in found) if len(found) <= _MOST else ()
    return ()


def _table(snapshot: Snapshot, digits: int) -> Iterator[tuple[str, str, str]]:
    """Id, name and code of the kinds of business of the newest revision, whose codes have so many digits."""
    table = snapshot.nodes("Industry").select(["id", "name", "code", "revision"])
    rows = zip(*(table.column(name).to_pylist() for name in ("id", "name", "code", "revision")), strict=True)
    return ((id_, name, code) for id_, name, code, revision in rows if revision == _REVISION and len(code) == digits)


def _codes(snapshot: Snapshot, digits: int = _DIGITS) -> dict[str, str]:
    """Ids by name."""
    return {name: id_ for id_, name, _ in _table(snapshot, digits)}


def _ids(snapshot: Snapshot) -> dict[str, str]:
    """Ids by code; where the snapshot has a kind of business by the name that KSIC gives it, by that name."""
    named = _codes(snapshot)
    by_name = {code: named[name] for code, name in NAMES.items() if name in named}
    return {code: id_ for id_, _, code in _table(snapshot, _DIGITS)} | by_name


def _trades(said: Clauses) -> Iterator[FoundTrade]:
    yield from find_trades(said)
    if any(letter.isascii() and letter.isalpha() for letter in said.text):
        yield from find_english_trades(said)


def names_trade(text: str) -> bool:
    """Whether a text speaks of a trade, whosever it is."""
    return any(True for _ in _trades(Clauses(one_blank(text))))


def is_bare_trade(text: str) -> bool:
    """Whether a text names a trade and says nothing else of it, places and forms of business left out."""
    said = Clauses(one_blank(text))
    letters = list(said.text)
    found = False
    for trade in _trades(said):
        found = True
        letters[trade.mention.start : trade.mention.end] = " " * (trade.mention.end - trade.mention.start)
    return found and not _WORD.search(_FORM.sub(" ", "".join(letters)))


def _is_elsewhere(mention: Mention) -> bool:
    """Whether the trade is planned, sought, needed, sold to, another's, a place or none."""
    if mention.match[0].isascii() and _ANOTHERS_IN_ENGLISH.search(mention.before):
        return True
    if _LABEL.search(mention.before):
        mention = replace(mention, before="", earlier="")
    if _GOES_ON.match(mention.after) or _SUPPLIER.match(mention.after):
        mention = replace(mention, after="")
    patterns = (_PLANNED, _SOUGHT, _CUSTOMER, _NOT_THIS, _NEEDED, _PLACE)
    return is_anothers(mention) or any(pattern.match(mention.after) for pattern in patterns)
