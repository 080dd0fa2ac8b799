"""What is done with goods, in words, and which business that is: 안경테 + 만들 is the making of glasses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from recommender.language.clauses import Mention

_PARTICLE: Final = (
    r"(?:[을를은는]|[만도](?=\s)|\s?등[을의]?(?=\s)|류[를도]?(?=\s)"
    r"|\s?(?:관련\s?)?(?:제품|상품|용품|부품)[을도]?(?=\s))?\s?(?:[()·:]\s?)?"
)
_GAP: Final = (
    r"(?:(?:직접|주로|전문적?으로|전문|손수|열심히|조금씩?|다양하게|많이|계속|혼자|같이|함께|대는|납품하는|공급하는"
    r"|소량|대량|다품종|맞춤|주문|수제"
    r"|[가-힣A-Z0-9]{1,7}(?:에서|으로|로|에|게|서|씩|[와과])\s"
    r"|\d[\d,]*\s?(?:[만천백]\s?)?(?:두|마리|수|평|그루|동|대|헥타르|군|통|주)(?:\s?(?:정도|쯤|규모로?|넘게|가량))?)\s?){0,2}?"
)
"""How and where it is done, between the goods and the verb."""
_KINDS: Final[Mapping[str, str]] = {
    "both": r"도\s?[,·/ㆍ]?\s?소매|소매\s?[,·/ㆍ]?\s?도매|도매(?:랑|와|하고|및)\s?소매|도매\s및\s소매",
    "wholesale": r"(?:수입|도매|유통|무역|수출|총판|중도매|오퍼)(?!\s?(?:시장|단지|센터|망))",
    "factory": r"제조|생산(?!\s?[직라관])|공장|메이커|양산",
    "craft": (
        r"만드|만든|만들|만듭|만듦|맹글|제작|공방|개발|[깎깍]|굽|구워|구운|구웁|빚|[짜짠](?=[는서고요여내 ])|짭니|짜내"
        r"|담[가그급갔]|담아\s?파|뽑[아습는고]|찍어\s?[내냅]|꿰매|조립|재단|양조|쑤[어는]|쒀|볶|로스팅|덖|빻|뜨개|바느질"
        r"|사출|짓[는습고]|지어\s?[파팝]|브랜드(?:\s?(?:운영|대표|론칭|런칭)|입니|예요|[를을]?\s?(?:하|합|해)|(?=\s*$))"
        r"|내려\s?[파팝팔]|끓여\s?[파팝팔]|박는|박아요"
    ),
    "process": r"가공(?!식품|품)|건조|말려|말리|말립|삭[혀히힌]|절[여이]|염장|훈제|손질|착즙|(?:포장|냉동)[하해합]",
    "grow": r"키[우웁워웠운움]|재배|농사|길러|기[르릅]|농장|농원|농가|사육|치고\s|칩니다|심어|심고|과수원|육묘|목장",
    "sea": r"양식(?!당|\s?[레조요]|집)",
    "catch": r"잡아|잡는|잡습|잡고|잡이|조업|어획|낚",
    "rent": r"대여|렌탈|렌털|임대(?!\s?(?:료|차))|빌려|렌트",
    "repair": r"수리|고치는|고쳐|고칩|고치고|정비|A/?S(?![A-Za-z])|수선|복원",
    "install": r"시공|설치|공사(?!장)|달아|깔아",
    "dye": r"염색",
    "collect": r"수거|수집|모아",
    "shoot": r"촬영|찍[는어습고]",
    "draw": r"그리[는고]|그려|그립|연재",
    "drive": r"기사(?!님들)|운전|몰[아고]|몹니|굴리",
    "design": r"디자인",
    "supply": r"납품(?!처|대금|이|을|하는\s(?:유통|도매|수입|무역))|협력업체|\d차\s?(?:벤더|협력)",
    "eat": r"(?:전문\s?)?(?:식당|음식점|레스토랑|맛집|(?:요리|구이)\s?(?:집|전문)|무한\s?리필|포차|뷔페|횟집)",
    "house": (
        r"(?:전문)?[집점](?![가-힣])|(?:전문)?집(?=[을를이은는도인에하해합함입예]|\s)|하우스(?![가-힣])|체인점"
        r"|프랜차이즈"
    ),
    "shop": (
        r"(?:판매|전문|할인|대리|직매|편집)?(?:가게|매장|상점|판매점|전문점|할인점|직매장|상회|마트|샵|숍)|장사|소매"
        r"|할인점|대리점|딜러"
    ),
    "sell": r"팔[아고며면지]|팔아요|팔았|팝니|팜|파는(?!\s?쪽)|판매|파라요|팔구",
}
"""Patterns of the verbs and nouns by activity, the likelier ones first."""
_FALLBACK: Final[Mapping[str, tuple[str, ...]]] = {
    "both": ("wholesale", "retail"),
    "wholesale": ("wholesale",),
    "factory": ("factory", "make", "grow"),
    "craft": ("make", "dish"),
    "process": ("process", "make"),
    "grow": ("grow", "sea"),
    "sea": ("sea",),
    "catch": ("catch",),
    "eat": ("eat", "dish"),
    "house": ("dish", "eat", "retail", "grow"),
    "shop": ("dish", "retail", "wholesale"),
    "sell": ("sell", "dish", "retail", "wholesale"),
    "alone": ("bare", "dish"),
}
"""Where goods have no code for an activity itself, that of the nearest one is taken."""
_ACTIVITY: Final = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items())
_DONE: Final = re.compile(rf"^{_PARTICLE}{_GAP}(?:{_ACTIVITY})", re.IGNORECASE)
_LISTED: Final = re.compile(
    rf"^\s?(?:이?랑|하고|하구|[와과]|및|[,·/ㆍ])\s?(?:[가-힣A-Za-z]{{1,8}}\s?){{1,2}}?{_PARTICLE}(?:{_ACTIVITY})",
    re.IGNORECASE,
)
"""Goods that are listed with others before the verb: 용접봉이랑 산업용 가스 판매."""
_HEADED: Final = re.compile(
    r"(?:(?P<factory>주?\s?생산\s?(?:제품|품목?)|주력\s?(?:제품|생산품)|제조\s?품목|업태\s?[:：]?\s?제조업?[\s,/]{1,3}종목)"
    r"|(?P<wholesale>업태\s?[:：]?\s?도매업?[\s,/]{1,3}종목)|(?P<shop>업태\s?[:：]?\s?소매업?[\s,/]{1,3}종목))\s?[:：은는]?\s?$"
)
"""What stands before goods in forms: 주생산품: …"""
ALONE: Final = re.compile(
    r"^\s?(?:관련\s?|전문\s?|쪽\s?)?(?:업체|업(?![가-힣])|회사|기업|사업|법인|스타트업|벤처|공장|가게|사무실|사무소|전문가?"
    r"|서비스|일(?:을|합|해|하|\s?합|\s?해|\s?하)|부품|소재|제조|개발|생산|프리랜서)"
    r"|^\s?(?:[을를]|만|도)?\s?(?:전문으로\s?|주로\s?|혼자\s?|같이\s?)?(?:합니다|해요|하고|하는|하며|하구|해여|해\s?[주드]|하면서|한다|하네|했어요|함(?![가-힣])|함미"
    r"|운영)|^(?:이고|이며|이에|입니|예요|이에요|인데|이라|이요|임(?![가-힣])|요(?![가-힣]))|^\s?[)\]:|·]|^\s?(?:\d{1,2}|[한두세네])\s?대(?![가-힣])|^\s?(?:\d{1,2}|[한두세네])\s?대로\s|^\s*$"
)
"""What may follow a noun that names a trade by itself alone."""
_BY_A_FACTORY: Final = re.compile(r"\S{0,3}\s?(?:\S+에\s)?(?:공장|회사|업체|기업|법인|납품)")
"""What follows a verb of making where a factory makes and no kitchen: 국수 뽑는 공장."""
_FIELD: Final = frozenset({"01121", "01122", "01131"})
"""Crops that KSIC counts apart where they grow under glass or film."""
_GLASSHOUSE: Final = "01151"
_UNDER_GLASS: Final = re.compile(r"스마트\s?팜|하우스|온실|수경|양액|시설\s?재배")
_ONLINE: Final = re.compile(r"온라인|인터넷|스마트\s?스토어|쿠팡|네이버|오픈\s?마켓|쇼핑몰|11번가|아이디어스|당근")
_SOLD: Final = frozenset({"sell", "shop"})


def codes_done(goods: Mapping[str, str], mention: Mention) -> tuple[tuple[str, ...], int]:
    """Return the KSIC codes of what is done with ``goods`` where they are mentioned, and how far its words reach.

    ``goods``: codes by activity. At most two codes, none where the activity is not said or has no code.
    """
    headed = _HEADED.search(mention.before)
    done = _DONE.match(mention.after)
    listed = None if done or headed else _LISTED.match(mention.after)
    if listed is not None:
        return _codes(goods, str(listed.lastgroup)), 0
    if done is not None:
        kind = str(done.lastgroup)
        if kind == "craft" and _BY_A_FACTORY.match(mention.after, done.end()):
            kind = "factory"
        codes = _codes(goods, kind)
        if kind == "grow" and codes and codes[0] in _FIELD and _UNDER_GLASS.search(mention.earlier + done[0]):
            codes = (_GLASSHOUSE,)
        online = kind in _SOLD and _ONLINE.search(mention.earlier[-30:] + done[0]) and "sell" not in goods
        if online and not {"make", "dish"} & {*goods} - {"make"}:
            return ("47912",), done.end()
        return codes, done.end()
    if headed is not None:
        return _codes(goods, str(headed.lastgroup)), 0
    alone = ALONE.match(mention.after)
    return (_codes(goods, "alone"), 0) if alone else ((), 0)


def _codes(goods: Mapping[str, str], kind: str) -> tuple[str, ...]:
    order = _FALLBACK.get(kind, (kind,))
    if kind == "supply" and "make" not in goods:
        order = ("supply", "wholesale")
    found = [goods[each] for each in order if each in goods]
    return tuple(dict.fromkeys(found if kind == "both" else found[:1]))
