"""Which of the places that a text names are the asker's own: not its customers', and not where it wishes to go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.stance import is_anothers

SUFFIX: Final = re.compile(r"(?:특별자치시|특별자치도|특별시|광역시|도|시|군|구)$")
_BEFORE: Final = r"(?:(?<![가-힣])|(?<=[가-힣]{2}[시군도]))"
_AFTER_NAME: Final = r"(?=에서|에|의|내|은|는|이|가|로|와|과|및|도|인|입|[,./()]|\s|$|소재)"
_AFTER_SHORT_NAME: Final = r"(?=에서|에\s|의\s|로\s|으로\s|이[고며]|입니다|[,./()]|\s|$|소재)"
"""A name without 시 or 구 may be the beginning of another word: 고양이."""

_MOVED_HERE: Final = re.compile(
    r"^(?:으로|로)\s?(?:\S+\s){0,2}?(?:이전|이사|옮)(?:을|를)?\s?(?:했|하였|한(?=\s)|해서|해\s|하여|완료|왔|온|겼|겨)"
    r"|^(?:으로|로)\s(?:넘어\s?)?왔"
)
_ELSEWHERE: Final = re.compile(
    r"^(?:에|으로|로|에도|까지)?\s?(?:\S+\s){0,2}?(?:이전|이사|옮기|옮길|옮겨)"
    r"|^(?:에|으로|로|에도|까지|의|쪽에?|지역에?)?\s?(?:\S+\s){0,1}?(?:납품|판매|수출|공급|배송|진출|지점"
    r"|지사|분점|[23]호점|출장|출강|유통)"
    r"|^(?:의|\s?지역|\s?소재)?\s?(?:거래처|고객|바이어|백화점|시장에|대기업|납품처|협력업체|협력사|본청)"
    r"|^(?:의|\s?지역|\s?소재)?\s?(?:업체|회사|기업|공장|농장|도매상|시장)(?:에서|에게서"
    r"|로부터)\s(?:\S+\s){0,2}?(?:받|사|들여|매입|구매|가져|떼)"
    r"|^(?:의|\s?지역|\s?소재)?\s?(?:업체|회사|기업|공장)(?:에|들에|에게|[와과])\s(?:\S+\s){0,2}?(?:납품"
    r"|공급|판매|거래|투자)"
    r"|^에서\s\S{2,8}(?:으로|로)\s|^에서\s?왔다|^\s?(?:출신|태생|고향)|^에\s?있(?:다가|었)|^에서\s?(?:태어"
    r"|살다|살았|일하다|일했|근무했|다니다|이사|이전|옮겨|오신|온\s|오는|원료|원단|수입|배워)"
    r"|^에\s?(?:\S+\s){0,2}?(?:짓|입주|내려|차리|세우)\S*\s?(?:싶|려|예정|계획|희망|하려)"
)
_ONLY_ASKED: Final = re.compile(
    r"^(?:에 있는|의|\s?소재|\s?지역)?\s?(?:기업|업체|회사|소상공인|사업자)?(?:[은만도]|이 아니)"
)
_FROM: Final = re.compile(r"고향[은이]\s?$|출신지?[은는]\s?$")


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """Names of one place that the asker is in, as the text has them; ``moved`` where it says that it moved there."""

    names: tuple[str, ...]
    start: int
    end: int
    moved: bool = False


def own_places(said: Clauses, names: Collection[str]) -> Iterator[OwnPlace]:
    """Yield the places, of those called by one of ``names``, that the asker is in; names in a row are one place."""
    for group in _groups(said, names):
        first, last = group[0], group[-1]
        moved = bool(_MOVED_HERE.match(last.after))
        elsewhere = not moved and _ELSEWHERE.match(last.after)
        asked = last.asked and _ONLY_ASKED.match(last.after)
        if not (elsewhere or asked or is_anothers(first) or _FROM.search(first.before)):
            yield OwnPlace(tuple(mention.match[0] for mention in group), *said.span(first.start, last.end), moved)


def _groups(said: Clauses, names: Collection[str]) -> Iterator[Sequence[Mention]]:
    group: list[Mention] = []
    for mention in said.find(_pattern(names)) if names else ():
        if group and mention.start - group[-1].end > 1:
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _pattern(names: Collection[str]) -> re.Pattern[str]:
    """Compile one pattern for all names, the longest first; ``re`` keeps it for the next text."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    full = "|".join(re.escape(name) for name in ordered if SUFFIX.search(name))
    short = "|".join(re.escape(name) for name in ordered if not SUFFIX.search(name))
    kinds = [f"(?:{some}){after}" for some, after in ((full, _AFTER_NAME), (short, _AFTER_SHORT_NAME)) if some]
    return re.compile(f"{_BEFORE}(?:{'|'.join(kinds)})")
