"""What kind of support a notice offers, from the category fields of its register, else from its title."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Final

_DETAILED: Final = {
    "융자": "loan",
    "보증": "loan",
    "보험(수출+무역)": "other",
    "펀드/투자": "startup",
    "교육": "education",
    "교육/훈련/연수": "education",
    "컨설팅": "consulting",
    "시설/입지지원": "space",
    "창업공간지원": "space",
    "디자인/상품화/사업화": "grant",
    "해외진출": "export",
    "해외진출준비": "export",
    "시장개척": "export",
    "수출정보제공": "export",
    "FTA활용/대응": "export",
    "조세": "other",
    "비재정": "other",
    "인증": "other",
    "정보화지원": "grant",
    "기술정보제공": "other",
}
"""Bizinfo's second level, where it says more than the first."""

GENERAL: Final = {
    "금융": "loan",
    "기술": "rnd",
    "인력": "workforce",
    "수출": "export",
    "내수": "marketing",
    "창업": "startup",
    "경영": "other",
    "제도": "other",
    "동반성장": "other",
    "기타": "other",
}
"""Bizinfo's first level."""

_KSTARTUP: Final = {
    "사업화": "startup",
    "창업교육": "education",
    "멘토링": "consulting",
    "컨설팅": "consulting",
    "시설": "space",
    "공간": "space",
    "정책자금": "loan",
    "융자": "loan",
    "기술개발": "rnd",
    "R&D": "rnd",
    "판로": "export",
    "해외진출": "export",
    "글로벌": "export",
    "인력": "workforce",
    "행사": "other",
    "네트워크": "other",
}


_LOAN: Final = r"융자|(?<!전세)(?<!바로)대출|이차보전"
_TAX: Final = r"(?:세액|소득|상속)\s?공제|(?:[가-힣]{1,3}세|세액)[^\s]{0,6}\s?(?:감면|면제|특례|유예)|과세|조세\s?지원"
_AWARD: Final = (
    r"포상|공모전|인증제|인증\s?(?:신규\s?)?신청|\(N[EP][TP]\)인증"
    r"|(?:제품|기업|업소|업체)\s?(?:\([^()]{1,8}\)\s?)?(?:지정|선정)\s?(?:계획|제도|신청)"
)
_EDUCATION: Final = r"(?<!고등)교육(?![부비])|아카데미(?!\))|훈련|인재양성|인력\s?양성(?!사업\s?\S{0,10}\s?기업지원)"
_NAMED = (
    ("other", re.compile(rf"{_AWARD}|{_TAX}")),
    (
        "loan",
        re.compile(
            rf"{_LOAN}|정책자금|운전자금|경영안정자금|(?:구조\s?고도화|시설|육성)\s?자금|특례보증|분할상환|금융지원|팩토링"
        ),
    ),
    ("grant", re.compile(r"(?:스마트|자율형|협업)\s?공장\s?(?:구축|도입)|소송\s?보험")),
    ("rnd", re.compile(r"R&B?D|기술(?:혁신)?개발|연구개발|원천기술|모델\s?개발")),
    ("workforce", re.compile(r"인턴|일\s?경험|(?:채용|고용)\s?장려금|내일채움")),
    ("consulting", re.compile(r"컨설팅")),
    ("education", re.compile(_EDUCATION)),
)
"""Words that name the kind itself, the surer ones first; words such as 해외 or 온라인 only tell the field."""
_SUREST: Final = frozenset({"other", "loan"})
"""Kinds of a title that go before any category."""
_LEARNERS: Final = re.compile(r"교육생|수강생|훈련생|(?:교육|아카데미|과정)[^()]{0,8}모집")
_FEE: Final = re.compile(r"(?:임대료|임차료|보험료|수수료|물류비)(?!\s?(?:융자|대출|자금))")
_MONEY: Final = re.compile(rf"{_LOAN}|보증|자금|이자|상환|투자|펀드|공제|기금")
"""Words of a title about money that is lent; without one, a title about a fee tells of a grant."""
_NEEDED: Final[Mapping[str, re.Pattern[str]]] = {
    "loan": re.compile(rf"{_LOAN}|보증|이자|금리|투자|펀드|보험|공제|자금|한도|만기|상환|\d\s?[%억만천백원]"),
    "space": re.compile(
        r"시설|설비|설치|장비|공간|센터|창고|보관|부지|건물|점포|공장|입주|입점|임차|임대|월세|환경|개선|정비"
        r"|\d\s?[%억만천백원]|비용|일부"
    ),
}
"""Words without which a benefit is not of the kind that its category says."""


_ABROAD: Final = (
    r"수출(?!기업협회)|글로벌\s?(?:마켓|(?:온라인\s?)?쇼핑몰)|통\s?[ㆍ·]?\s?번역|해외"
    r"|FTA|바이어|무역"
    r"|(?:유럽|북미|미국|중국|일본|동남아|아세안|중동)\s?(?:시장\s?)?진출|국제\s?(?:운송|발명)|물류\s?바우처"
    r"|항공(?:권|료|임)|무역사절단|시장개척단|현지\s?(?:프로그램|파트너)|베트남|말레이시아|인도네시아|싱가포르|태국|필리핀|대만|홍콩|몽골|멕시코|브라질|두바이"
)
_SHOWS: Final = r"(?<!국내)(?<!국내 )(?:전시회|박람회)|페어|부스|매칭회|비즈(?:니스)?\s?매칭"
_GOES_ABROAD: Final = re.compile(_ABROAD)
_AT_HOME: Final = re.compile(r"국내\s?(?:판로|유통|시장|소비자)|내수\s?(?:판로|시장|진작|활성화)|온라인\s?판로")
"""Words of a purpose that tell that a show is one at home."""

_DESCRIBED: Final[Mapping[str, re.Pattern[str]]] = {
    "loan": re.compile(
        rf"{_LOAN}|(?<!임차)보증(?!금)|\d\s?년\s?거치|(?:운전|시설|구조\s?고도화)\s?자금|네트워크론|육성자금|육성기금|카드한도"
        r"|스케일업\s?금융|회사채|(?<![가-힣])사채"
    ),
    "rnd": re.compile(
        r"R&B?D|기술개발|(?:SW|소프트웨어)\s?개발(?!\s?프로세스)|연구개발|연구과제|기술가치평가|기술이전|공동연구|시험\s?분석|성능\s?검증"
        r"|기술지원|임상시험|연구\s?시설|연구\s?장비"
    ),
    "workforce": re.compile(
        r"채용|일자리|고용|인턴|(?<![채재])취업|실습|출산|양육|육아|돌봄|복지\s?포인트|복리\s?후생|청년\s?(?:인재|뉴리더)|일\s?경험|도약\s?장려금|인건비(?!\s?[,ㆍ]\s?(?:운영|재료|개발|장비|테스트|여비))|기숙사|주거\s?지원"
        r"|근로자\s?1?\s?인당|라이트\s?잡"
    ),
    "education": re.compile(rf"{_EDUCATION}|계약학과|(?:기능|기술)\s?전수"),
    "export": re.compile(rf"{_ABROAD}|{_SHOWS}"),
    "marketing": re.compile(
        r"마케팅|판로|홍보|기획전|입점|홈쇼핑|쇼핑몰|(?:구매|비즈니스|매칭|유통)\s?상담회|국내\s?(?:전시회|박람회)|메가쇼|세일페스타|커머스|도서전|MD\s?(?:상담|매칭)|온누리\s?상품권|상점가|전통시장\s?육성"
    ),
    "consulting": re.compile(
        r"컨설팅|멘토(?!\s?수당)|진단|자문|법률\s?(?:지원|상담)|닥터(?!\s?앤서)|소송|분쟁|클리닉|애로\s?(?:해결|상담)|인허가"
    ),
    "startup": re.compile(r"창업|스타트업|재도전"),
    "space": re.compile(r"(?<!부스)(?<!부스 )임차(?!\s?비)|임대|입주|창업공간|스튜디오|현물\s?지원"),
    "other": re.compile(r"포상|지정\s?기간|표창|훈장|인증서|현판|도입\s?여부|확인서\s?발급|지정서|선정\s?시\s?우대"),
    "grant": re.compile(
        r"사업화|시제품|(?<!기반)(?<!인프라)구축|바우처|인센티브|지원금|보조금|사업비|구매\s?비|수수료|비용\s?지원|배달료|전기\s?요금|제작\s?(?:비|지원)|보험료|사업\s?정리|재기\s?지원|실증(?!\s?인프라)|성장\s?지원|도입"
    ),
}
"""Words that tell the kind where no category and no surer word does, the more telling first."""


_GENERAL: Final = (
    ("rnd", re.compile(r"(?:기술|제품|서비스)[을를]?\s?개발|개발\s?[ㆍ·]\s?실증|연구|과제")),
    ("grant", re.compile(r"지원|지급|제공|보조|비용|설치|교체|무상")),
)
"""Words that say no more than that something is developed or given, where no other word names the kind."""


_CALLED = re.compile(r"멘토링|상담|자문|판로|홍보|채용|입주")
"""Words of a title that tell the kind where the category says other."""


def described_kind(title: str, benefit: str) -> str | None:
    """Return the most telling kind that a title speaks of, else the first of which the benefit does."""
    in_title = next((kind for kind, words in _DESCRIBED.items() if words.search(title)), None)
    if in_title:
        return in_title
    found = [(match.start(), kind) for kind, words in _DESCRIBED.items() if (match := words.search(benefit))]
    return min(found)[1] if found else next((kind for kind, words in _GENERAL if words.search(benefit)), None)


def titled_kind(title: str) -> str | None:
    """Return the kind that a title names, for registers without a category; None where it names none."""
    return next((kind for kind, words in _NAMED if words.search(title)), None)


def bizinfo_kind(general: Sequence[str], detailed: Sequence[str], benefit: str = "") -> str | None:
    """Return the kind of the first category that tells one, its second level before its first.

    One of which the benefit speaks goes before others but a loan. A category of grants stands beside most others and
    tells less. ``other`` where none tells, None where there is no category.
    """
    pairs = zip_longest(general, detailed, fillvalue="")
    kinds = [_DETAILED.get(second) or GENERAL.get(first, "other") for first, second in pairs]
    surer = [kind for vague in (("other", "grant"), ("other",)) for kind in kinds if kind not in vague]
    if surer[:1] == ["loan"]:
        return "loan"
    spoken = (kind for kind in surer if kind != "grant" and _DESCRIBED[kind].search(benefit))
    return next(spoken, surer[0] if surer else "other") if kinds else None


def kstartup_kind(category: str | None, title: str = "") -> str | None:
    """Return the kind of K-Startup's ``supt_biz_clsfc``, whose parts are joined by ㆍ; None where it is unknown.

    Of advice and teaching, which it has in one category, a title that calls up learners tells which.
    """
    parts = (category or "").replace("ㆍ", "·").replace("(", "·").split("·")
    kind = next((_KSTARTUP[part.strip()] for part in parts if part.strip() in _KSTARTUP), None)
    return "education" if kind == "consulting" and "교육" in parts and _LEARNERS.search(title) else kind


def notice_kind(category: str | None, title: str, benefit: str, purpose: str = "") -> str | None:
    """Return the kind of a notice by its category, its title and what it gives.

    A title that speaks of a loan, an award or a tax, or of anything where the category only says grant or other, or
    research of which nothing speaks, is the more exact. A loan whose benefit speaks of no money is none, nor are rooms
    without a word for them. A show whose purpose speaks of sales at home is marketing where nothing tells of abroad.
    """
    named = titled_kind(title)
    if category is None:
        kind = named or described_kind(title, benefit)
        at_home = kind == "export" and _AT_HOME.search(purpose) and not _GOES_ABROAD.search(f"{title} {benefit}")
        return "marketing" if at_home else kind
    if category == "loan" and _FEE.search(title) and not _MONEY.search(title):
        return "grant"
    unsaid = category == "rnd" and not _DESCRIBED["rnd"].search(f"{title} {benefit}")
    vague = category in ("grant", "other") or unsaid
    if named in _SUREST or (named and vague):
        return named
    if category == "other" and _CALLED.search(title):
        return described_kind(title, "") or category
    needed = _NEEDED.get(category)
    if needed and benefit.strip() and not needed.search(benefit):
        return described_kind("", benefit) or "grant"
    return category
