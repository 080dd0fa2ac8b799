"""What kind of support a notice offers, from the category fields of its register, else from its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

_DETAILED: Final = {
    "융자": "loan",
    "보증": "loan",
    "보험(수출+무역)": "export",
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
    ("loan", re.compile(r"융자|정책자금|이차보전|운전자금|경영안정자금|특례보증|분할상환")),
    ("rnd", re.compile(r"R&B?D|기술개발|연구개발")),
    ("consulting", re.compile(r"컨설팅")),
    ("education", re.compile(r"교육|아카데미|훈련|인재양성|인력양성|인력 양성")),
)
"""Words that name the kind itself, the surer ones first; words such as 해외 or 온라인 only tell the field."""


def titled_kind(title: str) -> str | None:
    """Return the kind that a title names, for registers without a category; None where it names none."""
    return next((kind for kind, words in _NAMED if words.search(title)), None)


def bizinfo_kind(general: Sequence[str], detailed: Sequence[str] = ()) -> str | None:
    """Return the kind of the first category that tells one, its second level before its first.

    ``other`` where none tells, None where there is no category.
    """
    pairs = zip_longest(general, detailed, fillvalue="")
    kinds = [_DETAILED.get(second) or GENERAL.get(first, "other") for first, second in pairs]
    return next((kind for kind in kinds if kind != "other"), "other") if kinds else None


def kstartup_kind(category: str | None) -> str | None:
    """Return the kind of K-Startup's ``supt_biz_clsfc``, whose parts are joined by ㆍ; None where it is unknown."""
    parts = (category or "").replace("ㆍ", "·").replace("(", "·").split("·")
    return next((_KSTARTUP[part.strip()] for part in parts if part.strip() in _KSTARTUP), None)
