"""What kind of support a notice offers, from the category fields of its register, else from its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
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


_NAMED = (
    ("loan", re.compile(r"융자|대출|정책자금|이차보전|운전자금|경영안정자금|특례보증|분할상환|금융지원")),
    ("rnd", re.compile(r"R&B?D|기술개발|연구개발")),
    ("consulting", re.compile(r"컨설팅")),
    ("education", re.compile(r"교육|아카데미|훈련|인재양성|인력양성|인력 양성")),
)
"""Words that name the kind itself, the surer ones first; words such as 해외 or 온라인 only tell the field."""


_DESCRIBED: Final = (
    ("loan", re.compile(r"융자|대출|이차보전|보증|네트워크론|육성자금|육성기금")),
    (
        "rnd",
        re.compile(r"R&B?D|기술개발|연구개발|연구과제|기술가치평가|기술이전|공동연구|시험\s?분석|성능\s?검증|기술지원"),
    ),
    ("workforce", re.compile(r"채용|일자리|고용|인턴|취업|일\s?경험|도약\s?장려금|인건비")),
    ("education", re.compile(r"교육(?!부)|아카데미|훈련|인재양성|인력양성|계약학과")),
    (
        "export",
        re.compile(
            r"수출(?!기업협회)|해외|전시회|박람회|페어|FTA|바이어|무역"
            r"|(?:유럽|북미|미국|중국|일본|동남아|아세안|중동)\s?(?:시장\s?)?진출"
        ),
    ),
    ("marketing", re.compile(r"마케팅|판로|홍보|기획전|입점|홈쇼핑|쇼핑몰|구매상담회|세일페스타|커머스|도서전")),
    ("consulting", re.compile(r"컨설팅|멘토|진단|자문|법률\s?(?:지원|상담)|닥터")),
    ("startup", re.compile(r"창업|스타트업")),
    ("space", re.compile(r"임차|입주|창업공간|기숙사")),
    ("other", re.compile(r"포상|표창|훈장|인증서|현판")),
    (
        "grant",
        re.compile(
            r"사업화|시제품|(?<!기반)구축|바우처|인센티브|지원금|보조금|제작\s?(?:비|지원)|보험료|실증|성장\s?지원|도입"
        ),
    ),
)
"""Words that tell the kind where no category and no surer word does, the more telling first."""


def described_kind(title: str, benefit: str) -> str | None:
    """Return the most telling kind that a title speaks of, else the first of which the benefit does."""
    in_title = next((kind for kind, words in _DESCRIBED if words.search(title)), None)
    if in_title:
        return in_title
    found = [(match.start(), kind) for kind, words in _DESCRIBED if (match := words.search(benefit))]
    return min(found)[1] if found else None


def titled_kind(title: str) -> str | None:
    """Return the kind that a title names, for registers without a category; None where it names none."""
    return next((kind for kind, words in _NAMED if words.search(title)), None)


def bizinfo_kind(general: Sequence[str], detailed: Sequence[str] = ()) -> str | None:
    """Return the kind of the first category that tells one, its second level before its first.

    A category of grants stands beside most others and tells less. ``other`` where none tells, None where there is no
    category.
    """
    pairs = zip_longest(general, detailed, fillvalue="")
    kinds = [_DETAILED.get(second) or GENERAL.get(first, "other") for first, second in pairs]
    telling = (kind for vague in (("other", "grant"), ("other",)) for kind in kinds if kind not in vague)
    return next(telling, "other") if kinds else None


def kstartup_kind(category: str | None) -> str | None:
    """Return the kind of K-Startup's ``supt_biz_clsfc``, whose parts are joined by ㆍ; None where it is unknown."""
    parts = (category or "").replace("ㆍ", "·").replace("(", "·").split("·")
    return next((_KSTARTUP[part.strip()] for part in parts if part.strip() in _KSTARTUP), None)


def notice_kind(category: str | None, title: str, benefit: str) -> str | None:
    """Return the kind of a notice by its category, its title and what it gives.

    A title that speaks of a loan, or of anything where the category only says grant or other, is the more exact.
    """
    named = titled_kind(title)
    if category is None:
        return named or described_kind(title, benefit)
    return named if named == "loan" or (named and category in ("grant", "other")) else category
