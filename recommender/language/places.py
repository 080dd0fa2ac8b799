"""Which of the places that a text names are the asker's own: not its customers', and not where it wishes to go."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.english_places import english_places
from recommender.language.predicates import is_condition, is_hearsay
from recommender.language.stance import is_anothers, is_denied, is_over

SUFFIX: Final = re.compile(r"(?:특별자치시|특별자치도|특별시|광역시|도|시|군|구)$")
_BEFORE: Final = re.compile(
    r"(?:(?<![가-힣])|(?<=[가-힣]{2}[시군도])|(?<=(?<![가-힣])(?:위치|지역|주소)))(?=[가-힣]{2})"
)
_CAPTION: Final = re.compile(r"(?:위치는|지역은|주소는)\s$")
_RUN_ON: Final = re.compile("[가-힣]{2}")
_ESTATE: Final = re.compile(
    r"[가-힣]{0,2}(?:공단|산단|산업단지|농공단지|혁신도시|기업도시|신도시)(?=에서|에\s|입|이|[\s,./)]|$)"
    r"|[가-힣]{1,4}시장(?=에서\s|\s?안|\s?[가-힣]{0,6}(?:집|가게)(?=입|이|예|\s|$|[,./]))"
)
"""What is built at a city and written as one word with it."""
_LONGEST: Final = 12
"""Letters of the longest name of a region or an industrial complex."""
_ANY: Final = [re.compile(rf"[^\n]{{{length}}}") for length in range(2 * _LONGEST + 1)]
"""Patterns of so many letters, to mark a name that was found."""
_AFTER_NAME: Final = re.compile(
    r"(?=에서|서\s|에|의|내|은|는|이|가|로|와|과|및|도|인|입|예요|요(?![가-힣])|야(?![가-힣])|임(?![가-힣])|면\s|고(?=\s|요)|구요|[,./()!]|\s|$|소재)"
)
_AFTER_SHORT_NAME: Final = re.compile(
    r"(?=\d가(?![가-힣])|에서|서\s|에\s|에는\s|이라(?=예|요)|의\s|로\s|으로\s|이[고며]|인데(?=요?[\s,.])"
    r"|이라서|입니다|(?<!고양)이에요|예요|이?요(?![가-힣])|이?구요|(?<=동)[A-Za-z]"
    r"|[,./()!]|\s|$|소재)"
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
    re.findall(
        r"\S+",
        "화성 이천 여주 구미 경주 진주 오산 안성 하남 광명 공주 나주 제천 문경 서산 남해 동해 고창 고성 의성 장성 "
        "부여 양구 인제 무안 정선 양산 강진 상주 하동 완도 청도 성주 기장 구리 유성 대덕 관악 강서 강동 강북 성동 "
        "중랑 광진 계양 영광 장수 고령 보은 제천",
    )
)
"""Those that before a word of place are hardly ever meant as words: 화성에서."""
_QUARTER_WORDS: Final = frozenset(
    re.findall(
        r"\S+",
        "명동 목동 창동 서면 중문 관저 다사 하양 강경 풍기 시화 전곡 진영 주안 망원 신촌 대천 상암 문정 천호 노은 "
        "봉선 성환 두정 연남 서현 영통 돌산 온양 고한 서촌 북촌 정왕 독산 덕천 화명 구포 조천 청평 범서 범계 목감 금왕 "
        "청라 경포 신림 합정 양재 청담 잠실 송도 마산 철산 죽전 운정 동대구 서대구 온천장",
    )
)
"""Names of quarters that are words, or parts of other names, too: 중문, 서면 계약."""
_MARK: Final = (
    r"\s[가-힣]{1,8}(?:시장|거리|골목|상가|산단|공단|단지|터미널|항|포|역|타운|지구|광장)"
    r"(?=에서(?!\s(?:\S+\s){0,2}?(?:사|떼|받|납품|구입|구매|들여|장을|팔던|일하던))|서\s|에\s?(?:있|위치)|\s?안에|\s*[,/])"
)
"""What a town has and one may be at: 제천 약초시장, 진주 중앙시장서."""
_STANDS: Final = re.compile(
    rf"{_MARK}|\d가(?=\s|에서|역|$)|"
    r"에서(?!\s(?:잡|나는|나온|자란))|서\s|에\s?(?:있|위치|소재|(?:사무실|매장|공장|가게|본사|작업실)(?:[이은을]|\s(?:냈|열었|차렸|있)))|\s?소재"
    r"|\s[가-힣]{0,7}(?:단|단지|도시|항|장|면|읍|동|리|거리|길|타운|지구|DMC)에(?:서|\s?(?:있|위치|사무실|매장|공장|가게))"
    r"|\s[가-힣]{1,6}(?:도시|공단|산단|단지)\s소재|\s제?\d?(?:국가|일반|농공)?(?:산업)?(?:공단|산단|단지)에서|\s[가-힣]{2,6}마을\s?(?:쪽|근처|인근)?에서|\s[가-힣]{1,6}(?:공단|산단|단지)(?=이[에고며라]|입|예요|\s*(?:$|[,.])|의\s)"
    r"|\s[가-힣]{1,6}(?:밸리|파크)에(?:서|\s?(?:있|위치|입주해|사무실|매장|공장|가게|본사))|\s[가-힣]{1,3}도(?=\s?[,/])"
    r"|의\s(?:(?:작은|조그만|오래된)\s)?(?:협동조합|사회적협동조합|영농조합법인|농업회사법인)(?=이[에고며]|입|예요|\s*(?:$|[,.]))"
    r"|\s[가-힣]{1,6}역\s?(?:앞|근처|인근|부근|옆)|\s[가-힣]{1,8}\s?(?:근처|인근|부근|앞|옆|뒤)(?:에서|서\s)"
)
_ITS_TRADE: Final = re.compile(
    r"\s(?:[가-힣]{1,6}\s){0,2}?[가-힣]{0,6}(?:공장|집|가공|식당|농가|업체|회사|농장|공방|카페|유통|제조|전문점|부품|가게|[빵즙샵숍]|(?!지점|분점)[가-힣]{1,4}점|시장|골목|거리|산단|공단|상가|직판장|판매장|와이너리|양조장|펜션|학원|식품|기자재)"
    r"(?=입니다|이에요|예요|이고|인데|임|\s*(?:$|[.,/])|\s[-–]\s|\s(?:\d{4}|겸\s|작년|재작년|직원|종업원|법인|개인))"
)
"""A trade behind the name of its town, which ends the clause: 진천 식품공장."""
_DELIVERED_TO: Final = re.compile(
    r"^[^.!?]{0,40}(?:시장|골목|거리|상가)(?:에|[와과])\s(?:\S+\s)?(?:납품|거래|공급|판매)"
)
"""What follows a list of markets that are customers."""
_NOUNS: Final = re.compile(
    r"(?:\s(?!사람|출신|여행|출장|주민)[가-힣A-Za-z]{1,8}(?<![은는이가을를에의도로다요음함고서면죠])){1,3}(?=\s*(?:$|[.,/]))"
)
"""Nouns up to the end of the clause, which name what is done in a town: 봉화 송이 유통."""
_IS_THE_PLACE: Final = re.compile(r"(?:이고|이며|이에요|예요|입니다|인데요?)(?=\s|$|[.,])")
_SAID_OF_IT: Final = re.compile(r"(?:싶은|있는|하는|파는|만드는|운영하는)\s$")
_CONDITION: Final = re.compile(r"면$|^.동$")
"""Endings of names of townships that verbs have too (강하면), and names that are as short as words (이동)."""
_IS: Final = re.compile(r"에서|에\s?(?:있|위치|소재)|이?[고며](?:\s|요)|입니다|이?예요|이에요|인데|\s*[,/)]")
_FIELD: Final = re.compile(
    r"(?:지역|위치|소재지?|주소|사업장|본점|본사|공장|가게|매장|회사|작업실|농장)(?:\s?소재지)?(?:[은는이]|\s?[:：])?\s?$"
)
"""The caption of a place: 지역: 예산."""
_MOVED_HERE: Final = re.compile(
    r"^(?:\s[가-힣]{1,5})?(?:으로|로)\s?(?:\S+\s){0,2}?(?:이전|이사|옮)(?:을|를)?\s?(?:했|하였|한(?=\s)|해서|해\s|하여|완료|왔|온|겼|겨"
    r"|긴(?=\s))"
    r"|^(?:으로|로)\s?(?:\S+\s){0,2}?(?:(?:내려|올라|건너)(?:왔|온(?=\s)|와서)|자리\s?(?:를\s)?(?:잡았|옮겼))"
    r"|^(?:으로|로)\s(?:넘어\s?)?왔|^에\s(?:\S+\s)?(?:얻|구하|구해|차리|차려)\S{0,2}\s(?:이전|이사|옮)\S{0,2}[했겼]"
)
_NOW_HERE: Final = re.compile(
    r"(?:지금은?|현재는?|이제는?|이젠)\s(?:아직(?:은|도)?\s|제\s|저희\s)?$|(?:본점(?:\s?소재지)?|사업자\s?(?:등록증?\s?)?(?:상\s)?(?:주소지?|소재지|등록지))[은는이]\s?$"
)
_ELSEWHERE: Final = re.compile(
    r"^(?:에|으로|로|에도|까지)?\s?(?:\S+\s){0,2}?(?:이전|이사|옮[기길겨깁긴])"
    r"|^(?:에|에는|엔|으로|로|에도|까지|의|쪽에?|지역에?)?\s?(?:\S+\s){0,1}?(?:납품|판매|수출|공급|배송|진출|지점"
    r"|영업소|출장소|창고|물류센터|전시장"
    r"|지사|분점|[23]호점|출장|출강|유통(?!업|회사|센터|\s*(?:$|[.,])))"
    r"|^에서\s(?:\S+\s){0,3}?\S{0,4}(?:하는|하시는|일하는|다니는|사는)\s(?:\S{1,3}\s)?(?:언니|누나|형|오빠|동생|친구|지인|선배|후배"
    r"|삼촌|이모|고모|사촌|아들|딸|부모님|분[이들은께])(?!예요|이에요|입니다|이고|이라|임)"
    r"|^에\s?(?:있는\s)?(?:\S+\s){0,2}?\S*에\s맡[기겨긴김]|^에\s?있는\s(?:OEM|ODM|외주|위탁|하청)\s?(?:공장|업체|회사)"
    r"|^(?:의|\s?지역|\s?소재|에\s?있는|에\s?위치한)?\s?(?:저희\s|우리\s)?(?:거래처|고객|바이어|(?:\S+\s)?백화점|시장에|대기업|납품처|협력업체|협력사|본청)"
    r"|^(?:에|으로|로)\s(?:놀러\s|한번\s)?(?:가고|가서|가려|갑니다|가요|갔)|^에\s(?:\S+\s){0,2}?(?:더|추가로|또)\s"
    r"|^[은는]\s(?:\S+\s)?(?:지원|혜택|보조|정책|임대료|월세|땅값)"
    r"|^(?:의|\s?지역|\s?소재)?\s?(?:업체|회사|기업|공장|농장|도매상|시장|본사)(?:에서|에게서"
    r"|로부터)\s(?:\S+\s){0,2}?(?:받|사|들여|매입|구매|가져|떼)"
    r"|^(?:의|\s?지역|\s?소재)?\s?(?:업체|회사|기업|공장)(?:에|들에|에게|[와과])\s(?:\S+\s){0,2}?(?:납품"
    r"|공급|판매|거래|투자)"
    r"|^\s(?:특산|명물|여행(?!사|업)|관광(?!버스|농원|회사|업)|투어(?!\s?(?:회사|업체|사))|지하철|공항|우유|감귤|한라봉|흑돼지|어묵|밀면|비빔밥|콩나물국밥"
    r"|닭갈비|막국수|찜닭|부대찌개|한우"
    r"|사과|쌀|참외|인삼|굴비|대게|오징어|짬뽕|고추장|막걸리|호두과자|곶감|녹차|김치|젓갈|순대|국밥|갈비"
    r"|만두|떡갈비|왕갈비)(?![가-힣]{0,4}\s?(?:[가-힣]{1,4}\s)?(?:하우스|밭|재배|키우|양식|집|식당|직판장|식육|전문점|농가|가게|공장|농장|농사|가공|매장|과수원|유통|비육|축사|약초|시장|거리|골목))"
    r"|^(?:으로|로)\s(?:\S+\s)?(?:보내(?!온)|보냅|보냄|부치|부칩|올려\s?보|출하)"
    r"|^(?:으로|로|에도|까지|에)\s(?:\S+\s){0,2}?(?:넓히|넓혀|늘리|확장|확대|뻗|입점)"
    r"|^(?:에서|의)?\s(?:\S+\s)?(?:전시회|박람회|엑스포|페어)|^\s(?:킨텍스|코엑스|벡스코|엑스코)(?=에서|에|\s)"
    r"|^에서\s\S{2,8}(?:으로|로)\s(?:\S+\s){0,2}?(?:이전|이사|옮|왔|온|와서|내려|올라|넘어|건너|[출통]퇴?근|귀농|귀촌|가[는려서])|^에서\s?(?:왔|지원)"
    r"|^(?:의|에\s?있던|\s?소재)?\s?(?:공장|사무실|가게|매장|사업장|작업실|본사|점포|식당|창고"
    r"|생활)?[을를]\s(?:\S+\s)?(?:정리|접[고은었]"
    r"|닫|팔[고았]|판\s|떠나|떠났|철수|매각|처분|뺐|빼고|내놓)"
    r"|^의?\s?(?:지원\s?사업|지원금|지원\s?정책|정책\s?자금|보조금|공고|융자)"
    r"|^\s\S+에\s(?:입주|들어가)\S*\s?(?:싶|려|희망|예정|계획)|^\s?(?:출신|태생|고향)|^에\s?있(?:다가|었|던)"
    r"|^에?\s?(?:사는(?:데)?(?=\s|$)|살[고며](?=\s|$)|살(?:면서|지만)(?=\s|$))"
    r"|^\s?(?:분|사람|손님|고객|주민|관광객|학생|직장인|상인)(?:[이들도은인입]|\s)"
    r"|^(?:\s[가-힣]{2,6})?까지\s(?:\S+\s)?(?:돌|다니|다닙|다녀|갑|가[요고서]|갔|뜁|뛰)"
    r"|^(?:\s[가-힣]{1,8})?에서\s\S{1,6}[을를]\s(?:\S+\s)?(?:사서|사와|사옵|사\s옵|떼|사입)"
    r"|^(?:\s[가-힣]{1,8})?에서\s(?:\S{1,6}\s)?(?:물건|부품|원단|재료|자재|제품|상품|옷|부자재)[을를도]?\s(?:\S+\s)?(?:받|떼|사입|사서|사와|사옵|사\s옵|삽니다|사요"
    r"|구입|구매|매입|들여|공급받)|^\s?(?:스타일|감성|느낌|분위기|풍|식)(?:의|\s|으로|을|이)"
    r"|^(?:의|\s?소재|\s?지역)?\s?(?:기업|업체|회사|소상공인|사업자)(?:이?면|이?라면|이?어야|만|여야)\s"
    r"|^(?:으로|로|까지)?\s?(?:출퇴근|통근|출근)"
    r"|^에서\s(?:\S+\s)?하던\s(?:\S+\s)?\S+\s(?:접|정리|닫|폐업|팔|그만)"
    r"|^에서\s(?:\S+\s){0,3}?\S*하다가?\s|^에서\s(?:\S+\s){0,5}?(?:회사|직장|공장|업체|가게)?\s?(?:다니|댕기|근무하|일하)(?:다가?|던)\s"
    r"|^에서\s?(?:\S+\s)?(?:대학|대학교|학교|고등학교)\S*\s(?:나[오와왔온]|졸업|다[니녔])|^에서\s?(?:올라와|내려와|넘어와|받아|들여|떼어|가져|사\s?(?:와|옵)|사서|태어|나고\s?자|자라"
    r"|살다|살았|일하다|일했|근무했|다니다|이사|이전|옮겨|오신|온\s|오는|원료|원단|수입|배워)"
    r"|^에\s?(?:\S+\s){0,2}?(?:짓|입주|내려|차리|세우)\S*\s?(?:싶|려|예정|계획|희망|하려)"
)
_ONLY_ASKED: Final = re.compile(
    r"^(?:에 있는|의|\s?소재|\s?지역)?\s?(?:기업|업체|회사|소상공인|사업자)?(?:[은만도]|이 아니)"
)
_IS_THERE: Final = re.compile(
    r"(?:인가요|입니까|에\s(?:있|위치하|소재하)\S{0,2}(?:나요|까)|에서\s(?:\S+\s)?(?:\S+[을를]\s)?(?:하|운영하|팔|만드|볶)\S{0,2}(?:나요|까))(?:요)?$"
)
"""A question whether somebody is there."""
_ASKS: Final = re.compile(r"(?:나요|까요|가요|까)$")
_DEALT_WITH: Final = re.compile(
    r"(?<![가-힣])(?:거래|거래처|납품|납품처|고객|손님|물건|제품|상품|수출|판매|배송|영업|주문|판로|시장|원료|재료"
    r"|원단|물류)[은는이가도]"
    r"\s(?:\S+(?<![는은한인])\s){0,2}?$"
)
_AT_BY_EAR: Final = re.compile(r"^서(?=\s)")
"""At a place, as it is said: 서울서 = 서울에서."""
_MADE_THERE: Final = re.compile(r"^에서\s?(?:\S+\s)?(?:만[들드듭든]|생산|제조|가공|키우|키웁|재배|제작)")
"""What is dealt with, where it is sold or comes from is no place of one's own, unless it is made there."""
_FROM: Final = re.compile(
    r"(?:고향|(?<![가-힣])집|(?:(?:자재|물류)\s?)?창고|기숙사|전시장|집\s?주소|"
    r"주민\s?등록(?:지|상\s주소)?|자택|사는 곳|(?:프랜차이즈"
    r"|가맹)[^.,]{0,8}\s본사)[은는이]\s?$|(?:창고|매장|지점)만\s(?:따로\s)?$|출신지?[은는]\s?$"
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


@dataclass(frozen=True, eq=False)
class Neighbourhoods:
    """Names of neighbourhoods, each with the names of the regions around them."""

    inside: Mapping[str, Collection[str]] = field(default_factory=dict)
    alone: Collection[str] = frozenset()
    """Names that mean one place without a region before them."""


_NO_NEIGHBOURHOODS: Final = Neighbourhoods()


@dataclass(frozen=True, slots=True)
class _Named:
    """Words of a text that name one region or neighbourhood, or two that are written as one word."""

    mention: Mention
    names: tuple[str, ...]
    is_region: bool


def own_places(
    said: Clauses, names: Collection[str], neighbourhoods: Neighbourhoods = _NO_NEIGHBOURHOODS
) -> Iterator[OwnPlace]:
    """Yield the places that the asker is in; names in a row are one place.

    ``names`` are those of regions. A neighbourhood is named behind a region around it, or alone where one only can be
    meant.
    """
    for group in _groups(said, names, neighbourhoods):
        first, last = group[0].mention, group[-1].mention
        names_of = tuple(name for named in group for name in named.names)
        after = _AT_BY_EAR.sub("에서", last.after)
        moved = bool(_MOVED_HERE.match(after))
        if len(names_of) == 1 and not moved and _may_be_a_word(last, names):
            continue
        surely = moved or bool(_NOW_HERE.search(first.before))
        elsewhere = not surely and _ELSEWHERE.match(after)
        sold = (_DEALT_WITH.search(first.before) or _FROM.search(first.before)) and not _MADE_THERE.match(after)
        asked = (last.asked or _ASKS.search(last.after)) and _ONLY_ASKED.match(last.after)
        if not (elsewhere or asked or is_anothers(first) or sold or (not surely and _is_not_so(last))):
            home = bool(_HOME.match(after))
            yield OwnPlace(names_of, *said.span(first.start, last.end), surely=surely, home=home)
    for mention, places in english_places(said, names, neighbourhoods.inside):
        if places[0] in names or places[0] in neighbourhoods.alone or any(place in names for place in places):
            yield OwnPlace(places, *said.span(mention.start, mention.end))


def _is_not_so(mention: Mention) -> bool:
    """Whether it is denied, supposed, heard, asked, or of a time that is over, that the asker is there."""
    asked = mention.asked and _IS_THERE.match(mention.after)
    return bool(asked or is_denied(mention) or is_condition(mention) or is_hearsay(mention) or is_over(mention))


def _may_be_a_word(mention: Mention, names: Collection[str]) -> bool:
    """Whether a name alone is no sure place: a word of its own, or a district's without a verb of place."""
    name = mention.match[0]
    if SUFFIX.search(name):
        return False
    # 하면 is a township, too, and 하면서 a verb.
    verb = name.endswith("면") and _AT_BY_EAR.match(mention.after)
    if (not verb and (_STANDS.match(mention.after) or _ESTATE.match(mention.after))) and (
        name in _TOWNS_FIRST or name in _QUARTER_WORDS or name not in _EVERYDAY
    ):
        return False
    if _heads_a_trade(mention, names):
        return False
    if name in _EVERYDAY or name in _QUARTER_WORDS:
        return not (_FIELD.search(mention.before) or (name in _TOWNS_FIRST and _is_cell(mention)))
    if name not in names:
        return bool(_CONDITION.search(name)) and not _IS.match(mention.after)
    district = any(f"{name}{suffix}" in names for suffix in "군구") and f"{name}시" not in names
    return district and not (_is_cell(mention) or _FIELD.search(mention.before))


def _heads_a_trade(mention: Mention, names: Collection[str]) -> bool:
    """Whether a town stands before what is done in it and nothing else is said of it: 담양 떡갈비집."""
    name = mention.match[0]
    if _DELIVERED_TO.search(mention.later):
        return False
    if mention.before.strip() and not _SAID_OF_IT.search(mention.before):
        return False
    town = name not in _EVERYDAY and (f"{name}군" in names or f"{name}시" in names)
    if (town or name in _TOWNS_FIRST) and _IS_THE_PLACE.match(mention.after):
        return True
    known = town or name in _TOWNS_FIRST or name in _QUARTER_WORDS
    return bool((known and _ITS_TRADE.match(mention.after)) or (town and _NOUNS.match(mention.after)))


def _is_cell(mention: Mention) -> bool:
    """Whether the name is all that stands between two marks of a list, or behind a caption."""
    return not mention.before.strip() and not mention.after.strip()


def _groups(said: Clauses, names: Collection[str], neighbourhoods: Neighbourhoods) -> Iterator[Sequence[_Named]]:
    group: list[_Named] = []
    for named in _named(said, names, neighbourhoods):
        follows = bool(group) and named.mention.start - group[-1].mention.end <= 1
        around = {name for each in group for name in each.names} if follows else set()
        below = not named.is_region and not around.isdisjoint(neighbourhoods.inside[named.names[0]])
        if follows and (named.is_region or below):
            group.append(named)
        if follows and (named.is_region or below or group[-1].is_region):
            # A quarter of that name elsewhere is not meant: 춘천 명동.
            continue
        if group:
            yield group
        group = [named] if named.is_region or named.names[0] in neighbourhoods.alone else []
    if group:
        yield group


def _named(said: Clauses, names: Collection[str], neighbourhoods: Neighbourhoods) -> Iterator[_Named]:
    end = 0
    for start in (match.start() for match in _BEFORE.finditer(said.text)):
        found = _at(said.text, start, names, neighbourhoods) if start >= end else ()
        if found and (match := _ANY[sum(map(len, found))].match(said.text, start)):
            end = match.end()
            yield _Named(said.mention(match), found, found[0] in names)


def _at(text: str, start: int, names: Collection[str], neighbourhoods: Neighbourhoods) -> tuple[str, ...]:
    """Return the longest name at a place of a text, or a region and a neighbourhood in it written as one word."""
    beginnings = [text[start : start + length] for length in range(_LONGEST, 1, -1)]
    regions = [name for name in beginnings if name in names and start + len(name) <= len(text)]
    for name in beginnings:
        if name in names:
            after = _AFTER_NAME if SUFFIX.search(name) else _AFTER_SHORT_NAME
        elif name in neighbourhoods.inside:
            after = _AFTER_SHORT_NAME
        else:
            continue
        if after.match(text, start + len(name)):
            return (name,)
    for around in regions:
        if below := _below(text, start + len(around), around, names, neighbourhoods):
            return around, *below
    if regions and _ESTATE.match(text, start + len(regions[0])):
        return (regions[0],)
    run_on = _CAPTION.search(text, max(0, start - _LONGEST), start)
    return (regions[0],) if run_on and regions and _RUN_ON.match(text, start + len(regions[0])) else ()


def _below(
    text: str, start: int, around: str, names: Collection[str], neighbourhoods: Neighbourhoods
) -> tuple[str, ...]:
    """Return what is written as one word behind a region: a neighbourhood in it, or a district and one in that."""
    for name in (text[start : start + length] for length in range(_LONGEST, 1, -1)):
        end = start + len(name)
        if around in neighbourhoods.inside.get(name, ()) and _AFTER_SHORT_NAME.match(text, end):
            return (name,)
        if name in names:
            if part := _below(text, end, name, names, neighbourhoods):
                return name, *part
            if SUFFIX.search(name) and _AFTER_NAME.match(text, end):
                return (name,)
    return ()
