"""Which of the places that a text names are the asker's own: not its customers', and not where it wishes to go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.english import english_places
from recommender.language.stance import is_anothers

SUFFIX: Final = re.compile(r"(?:특별자치시|특별자치도|특별시|광역시|도|시|군|구)$")
_BEFORE: Final = r"(?:(?<![가-힣])|(?<=[가-힣]{2}[시군도]))"
_AFTER_NAME: Final = r"(?=에서|서\s|에|의|내|은|는|이|가|로|와|과|및|도|인|입|예요|[,./()]|\s|$|소재)"
_AFTER_SHORT_NAME: Final = (
    r"(?=에서|서\s|에\s|에는\s|이라(?=예|요)|의\s|로\s|으로\s|이[고며]|인데(?=요?[\s,.])"
    r"|이라서|입니다|(?<!고양)이에요|[,./()]|\s|$|소재)"
)
"""A name without 시 or 구 may be the beginning of another word: 고양이."""

_EVERYDAY: Final = frozenset(
    re.findall(
        r"\S+",
        "경기 예산 음성 구리 양산 상주 장수 영양 진도 보은 영광 화성 공주 강진 이천 사천 "
        "성주 장성 기장 고령 의성 고성 부여 동해 남해 하동 동작 연수 수영 사상 달성 유성 "
        "대덕 관악 강서 강동 강북 경주 여주 오산 인제 무안 구미 진주 중랑 성동 남동 서산 "
        "광진 양구 완도 청도 정선 계양 안성 문경 나주 제천 고창 하남 광명 , ",
    )
)
"""Short names that are words of their own, which need the name above them: 충남 예산, but 예산 부족."""
_TOWNS_FIRST: Final = frozenset(
    re.findall(r"\S+", "화성 이천 여주 구미 경주 진주 오산 안성 하남 광명 공주 나주 제천 문경 서산")
)
"""Those that before a word of place are hardly ever meant as words: 화성에서."""
_STANDS: Final = re.compile(r"에서|에\s(?:있|위치|소재)|\s?소재")
_MOVED_HERE: Final = re.compile(
    r"^(?:\s[가-힣]{1,5})?(?:으로|로)\s?(?:\S+\s){0,2}?(?:이전|이사|옮)(?:을|를)?\s?(?:했|하였|한(?=\s)|해서|해\s|하여|완료|왔|온|겼|겨"
    r"|긴(?=\s))"
    r"|^(?:으로|로)\s?(?:\S+\s){0,2}?(?:(?:내려|올라|건너)(?:왔|온(?=\s)|와서)|자리\s?(?:를\s)?(?:잡았|옮겼))"
    r"|^(?:으로|로)\s(?:넘어\s?)?왔"
)
_NOW_HERE: Final = re.compile(r"(?:지금은?|현재는?|이제는?|이젠)\s(?:제\s|저희\s)?$")
_ELSEWHERE: Final = re.compile(
    r"^(?:에|으로|로|에도|까지)?\s?(?:\S+\s){0,2}?(?:이전|이사|옮기|옮길|옮겨)"
    r"|^(?:에|에는|엔|으로|로|에도|까지|의|쪽에?|지역에?)?\s?(?:\S+\s){0,1}?(?:납품|판매|수출|공급|배송|진출|지점"
    r"|영업소|출장소|창고|물류센터|전시장"
    r"|지사|분점|[23]호점|출장|출강|유통)"
    r"|^(?:의|\s?지역|\s?소재)?\s?(?:거래처|고객|바이어|백화점|시장에|대기업|납품처|협력업체|협력사|본청)"
    r"|^(?:의|\s?지역|\s?소재)?\s?(?:업체|회사|기업|공장|농장|도매상|시장)(?:에서|에게서"
    r"|로부터)\s(?:\S+\s){0,2}?(?:받|사|들여|매입|구매|가져|떼)"
    r"|^(?:의|\s?지역|\s?소재)?\s?(?:업체|회사|기업|공장)(?:에|들에|에게|[와과])\s(?:\S+\s){0,2}?(?:납품"
    r"|공급|판매|거래|투자)"
    r"|^\s(?:특산|명물|여행|관광|투어|지하철|공항|우유|감귤|한라봉|흑돼지|어묵|밀면|비빔밥|콩나물국밥"
    r"|닭갈비|막국수|찜닭|부대찌개|한우"
    r"|사과|쌀|참외|인삼|굴비|대게|오징어|짬뽕|고추장|막걸리|호두과자|곶감|녹차|김치|젓갈|순대|국밥|갈비"
    r"|만두|떡갈비|왕갈비)"
    r"|^(?:에서|의)?\s(?:\S+\s)?(?:전시회|박람회|엑스포|페어)|^\s(?:킨텍스|코엑스|벡스코|엑스코)(?=에서|에|\s)"
    r"|^에서\s\S{2,8}(?:으로|로)\s|^에서\s?(?:왔|지원)"
    r"|^(?:의|에\s?있던|\s?소재)?\s?(?:공장|사무실|가게|매장|사업장|작업실|본사|점포|식당|창고"
    r"|생활)?[을를]\s(?:\S+\s)?(?:정리|접[고은었]"
    r"|닫|팔[고았]|판\s|떠나|떠났|철수|매각|처분|뺐|빼고|내놓)"
    r"|^의?\s?(?:지원\s?사업|지원금|지원\s?정책|정책\s?자금|보조금|공고|융자)"
    r"|^\s\S+에\s(?:입주|들어가)\S*\s?(?:싶|려|희망|예정|계획)|^\s?(?:출신|태생|고향)|^에\s?있(?:다가|었|던)"
    r"|^에?\s?(?:사는(?:데)?(?=\s|$)|살[고며](?=\s|$)|살(?:면서|지만)(?=\s|$))"
    r"|^\s?(?:분|사람|손님|고객|주민|관광객)(?:[이들도은]|\s)"
    r"|^(?:의|\s?소재|\s?지역)?\s?(?:기업|업체|회사|소상공인|사업자)(?:이?면|이?라면|이?어야|만|여야)\s"
    r"|^(?:으로|로|까지)?\s?(?:출퇴근|통근|출근)"
    r"|^에서\s(?:\S+\s){0,3}?\S*하다가?\s"
    r"|^에서\s?(?:올라와|내려와|넘어와|받아|들여|떼어|가져|사\s?(?:와|옵)|사서|태어|나고\s?자|자라"
    r"|살다|살았|일하다|일했|근무했|다니다|이사|이전|옮겨|오신|온\s|오는|원료|원단|수입|배워)"
    r"|^에\s?(?:\S+\s){0,2}?(?:짓|입주|내려|차리|세우)\S*\s?(?:싶|려|예정|계획|희망|하려)"
)
_ONLY_ASKED: Final = re.compile(
    r"^(?:에 있는|의|\s?소재|\s?지역)?\s?(?:기업|업체|회사|소상공인|사업자)?(?:[은만도]|이 아니)"
)
_DEALT_WITH: Final = re.compile(
    r"(?<![가-힣])(?:거래|거래처|납품|납품처|고객|손님|물건|제품|상품|수출|판매|배송|영업|주문|판로|시장|원료|재료"
    r"|원단|물류)[은는이가도]"
    r"\s(?:\S+(?<![는은한인])\s){0,2}?$"
)
_MADE_THERE: Final = re.compile(r"^에서\s?(?:\S+\s)?(?:만[들드듭든]|생산|제조|가공|키우|키웁|재배|제작)")
"""What is dealt with, where it is sold or comes from is no place of one's own, unless it is made there."""
_FROM: Final = re.compile(
    r"(?:고향|(?<![가-힣])집|집\s?주소|주민\s?등록(?:지|상\s주소)?|자택|사는 곳|(?:프랜차이즈"
    r"|가맹)[^.,]{0,8}\s본사)[은는이]\s?$|출신지?[은는]\s?$"
)


_HOME: Final = re.compile(r"^에서?\s?(?:살아|거주|산다|삽니다)")
"""What follows where somebody lives, who may work elsewhere."""


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """Names of one place that the asker is in, as the text has them.

    ``surely`` where it says that it moved there or is there now, ``home`` where somebody lives there.
    """

    names: tuple[str, ...]
    start: int
    end: int
    surely: bool = False
    home: bool = False


def own_places(said: Clauses, names: Collection[str]) -> Iterator[OwnPlace]:
    """Yield the places, of those called by one of ``names``, that the asker is in; names in a row are one place."""
    for group in _groups(said, names):
        first, last = group[0], group[-1]
        moved = bool(_MOVED_HERE.match(last.after))
        if len(group) == 1 and not moved and _may_be_a_word(last, names):
            continue
        surely = moved or bool(_NOW_HERE.search(first.before))
        elsewhere = not surely and _ELSEWHERE.match(last.after)
        sold = _DEALT_WITH.search(first.before) and not _MADE_THERE.match(last.after)
        asked = last.asked and _ONLY_ASKED.match(last.after)
        if not (elsewhere or asked or is_anothers(first) or _FROM.search(first.before) or sold):
            home = bool(_HOME.match(last.after))
            names_of = tuple(mention.match[0] for mention in group)
            yield OwnPlace(names_of, *said.span(first.start, last.end), surely=surely, home=home)
    for mention in english_places(said, names):
        yield OwnPlace((mention.match["name"],), *said.span(mention.start, mention.end))


def _may_be_a_word(mention: Mention, names: Collection[str]) -> bool:
    """Whether a short name alone is no sure place: a word of its own, or a district's without a verb of place."""
    name = mention.match[0]
    if SUFFIX.search(name):
        return False
    district = any(f"{name}{suffix}" in names for suffix in "군구") and f"{name}시" not in names
    if name in _TOWNS_FIRST and _STANDS.match(mention.after):
        return False
    return name in _EVERYDAY or (district and not _STANDS.match(mention.after))


def _groups(said: Clauses, names: Collection[str]) -> Iterator[Sequence[Mention]]:
    group: list[Mention] = []
    for mention in said.find(_pattern(frozenset(names))) if names else ():
        if group and mention.start - group[-1].end > 1:
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


@lru_cache(maxsize=2)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    """Compile one pattern for all names, the longest first; kept for the next text, which asks for the same."""
    ordered = sorted((name for name in names if not name.isascii()), key=lambda name: (-len(name), name))
    full = "|".join(re.escape(name) for name in ordered if SUFFIX.search(name))
    short = "|".join(re.escape(name) for name in ordered if not SUFFIX.search(name))
    kinds = [f"(?:{some}){after}" for some, after in ((full, _AFTER_NAME), (short, _AFTER_SHORT_NAME)) if some]
    run_on = [f"(?<=위치는 |지역은 |주소는 )(?:{short})(?=[가-힣]{{2}})"] if short else []
    return re.compile(f"{_BEFORE}(?:{'|'.join([*kinds, *run_on])})")
