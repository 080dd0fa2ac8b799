"""Kinds of applicant and ages of company in the words of a register's columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from loaders.eligibility.asides import set_apart
from loaders.eligibility.limits import Limits
from loaders.eligibility.passages import Passage
from loaders.eligibility.words import read_kinds, read_sizes

KINDS: Final = {
    "중소기업": ("sme",),
    "중견기업": ("mid_size",),
    "소상공인": ("micro",),
    "창업벤처": ("startup", "venture"),
    "창업기업": ("startup",),
    "벤처기업": ("venture",),
    "예비창업자": ("pre_founder",),
    "사회적기업": ("social",),
    "마을기업": ("social",),
    "협동조합": ("social",),
    "여성기업": ("women",),
    "장애인기업": ("disabled",),
    "수출기업": ("exporter",),
    "개인사업자": ("sole",),
    "법인": ("corporation",),
    "대학": ("university",),
    "연구기관": ("institute",),
    "일반기업": ("sme", "mid_size"),
    "일반인": ("individual",),
    "대학생": ("individual",),
    "청소년": ("individual",),
}
"""Words of Bizinfo (trgetNm, entrprsStle) and K-Startup (aply_trgt) that say one thing only.

The others, such as 1인기업 and 전통시장, become ``other``: somebody has to read the notice.
"""

_AGE = re.compile(r"(\d+)\s*년\s*미만")
OLDEST: Final = 10.0
"""Years of the oldest age that K-Startup lets its authors tick. It has no word for any age, so a list up to it may be
a limit or mean everybody."""
_PRE_FOUNDER = "예비창업자"


def parse_targets(words: Iterable[str]) -> tuple[str, ...] | None:
    """Return kinds of applicant, sorted; None where there is no word.

    An unknown word becomes ``other``, beside what it names where it is prose (50% 이상 소상공인 협동조합).
    """
    found = {kind for word in words if word.strip() for kind in KINDS.get(word.strip()) or _written(word)}
    return tuple(sorted(found)) or None


def _written(word: str) -> set[str]:
    passage = set_apart(Passage("target_text", 0, word)).applicants
    named = (found.value or () for found in (read_sizes(passage), read_kinds(passage)) if found)
    return {"other", *(kind for kinds in named for kind in kinds)}


def parse_ages(words: Iterable[str]) -> tuple[Limits, bool | None]:
    """Read K-Startup's ``biz_enyy``: ``예비창업자,1년미만,…,7년미만`` is open before founding and below seven years.

    Returns the ages in years and whether it is open before founding. The largest bound counts. Before founding only,
    the oldest age admitted is 0. With any other word both the age and what is not listed stay unknown.
    """
    listed = [word.strip() for word in words if word.strip()]
    if not listed:
        return Limits(), None
    bounds = [_AGE.fullmatch(word) for word in listed if word != _PRE_FOUNDER]
    pre_founders = _PRE_FOUNDER in listed
    years = [float(bound[1]) for bound in bounds if bound]
    if len(years) < len(bounds):
        return Limits(), pre_founders or None
    return Limits(most=max(years, default=0.0)), pre_founders
