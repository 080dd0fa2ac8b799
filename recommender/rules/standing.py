"""The rule of what bars an asker from support: a closed business, tax arrears, overdue loans, no registration.

The yearly notices of the public policy funds (중소기업 정책자금, 소상공인 정책자금, 신용보증) refuse companies that are
closed or suspended, in arrears with taxes or behind with loans; other notices ask for tax clearance in their own ways.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from graph_schema.wording import Wording
from recommender.measure.arrays import Flags
from recommender.rules.base import CandidatePairs, Code, Codes, Rule
from recommender.rules.in_business import askers_in_state
from recommender.rules.programs import choose

STANDING_NAMES: Final[Mapping[str, Wording]] = {
    "closed": Wording("폐업", "closed business"),
    "suspended": Wording("휴업", "suspended business"),
    "tax_arrears": Wording("세금 체납", "tax arrears"),
    "overdue": Wording("대출 연체", "overdue loan"),
    "unregistered": Wording("사업자등록 없음", "no business registration"),
}
STANDING_MEANS: Final[Mapping[str, Wording]] = {
    "closed": Wording(
        "지원사업은 재창업·폐업 지원만, 그 밖에는 전문가만 추천함",
        "only support for closing or starting again, and experts, are kept",
    ),
    "suspended": Wording(
        "융자·보증은 제외하고 나머지는 확인 필요", "loans and guarantees are left out, others to be asked"
    ),
    "tax_arrears": Wording(
        "융자·보증은 제외하고 나머지는 확인 필요, 납부유예·분납 승인을 받았으면 그렇게 적을 것",
        "loans and guarantees are left out, others to be asked; say so where payment was deferred",
    ),
    "overdue": Wording(
        "융자·보증은 연체를 해소한 뒤 신청할 수 있어 제외함",
        "loans and guarantees are left out until it is settled",
    ),
    "unregistered": Wording("사업자등록이 있어야 하는지 확인 필요", "whether registration is needed is to be asked"),
}
_BARS_LOANS: Final = ("closed", "suspended", "tax_arrears", "overdue")
_TO_BE_ASKED: Final = ("suspended", "tax_arrears")
_STARTING_AGAIN: Final = re.compile(r"재창업|재도전|재기|폐업|폐점|희망\s?리턴|신용\s?회복|채무\s?조정|새출발")
_BEFORE_FOUNDING: Final = ("pre_founder", "individual")


def _standing(pairs: CandidatePairs) -> Codes:
    """Judge by what a profile says, and by what the tax office's register says of each asker."""
    found = {state: _registered(pairs, state) for state in ("closed", "suspended")}
    if not any(who.any() for who in found.values()):
        return _judged(pairs, pairs.askers.standing)[None, :]
    said = np.broadcast_to(_judged(pairs, pairs.askers.standing), pairs.shape).copy()
    for state, who in found.items():
        said[who] = _judged(pairs, (*pairs.askers.standing, state))
    return said


def _registered(pairs: CandidatePairs, state: str) -> Flags:
    return askers_in_state(pairs.askers, pairs.candidates.facts, state, pairs.as_of)


def _judged(pairs: CandidatePairs, says: Sequence[str]) -> Codes:
    """Judge each candidate for an asker of a standing, (C,)."""
    candidates = pairs.candidates
    if not says:
        return np.full(len(candidates), Code.FREE, dtype=np.int8)
    again, unbound = _is_for_restart(pairs), _is_open_before_founding(pairs)
    loan = candidates.is_one("kind", "loan")
    every = np.ones(len(candidates), dtype=bool)
    closed = every & ("closed" in says)
    return choose(
        (closed & ~again & ~unbound, Code.OUT),
        (loan & ~again & any(name in says for name in _BARS_LOANS), Code.OUT),
        (closed | (loan & any(name in says for name in _BARS_LOANS)), Code.CHECK),
        (every & any(name in says for name in _TO_BE_ASKED), Code.CHECK),
        (every & ("unregistered" in says) & ~unbound, Code.CHECK),
        otherwise=Code.FREE,
    )


def _is_for_restart(pairs: CandidatePairs) -> Flags:
    """Notices for those who close or start again, by their title, (C,)."""
    return np.array([bool(_STARTING_AGAIN.search(str(title))) for title in pairs.candidates.texts("title")], dtype=bool)


def _is_open_before_founding(pairs: CandidatePairs) -> Flags:
    """Notices that are open to people without a business, (C,)."""
    targets = pairs.candidates.texts("targets")
    named = np.array([any(kind in (kinds or ()) for kind in _BEFORE_FOUNDING) for kinds in targets], dtype=bool)
    return named | pairs.candidates.is_true("admits_pre_founders")


def _describe_standing(pairs: CandidatePairs, asker: int, candidate: int, code: Code) -> Wording:
    stated = pairs.askers.standing
    registered = [state for state in ("closed", "suspended") if _registered(pairs, state)[asker]]
    says = [name for name in STANDING_NAMES if name in (*stated, *registered)]
    ko, en = (
        (", ".join(words) for words in zip(*(STANDING_NAMES[name] for name in says), strict=True)) if says else ("", "")
    )
    if code is Code.FREE:
        return Wording("신청을 막는 사정 없음", "nothing is said to bar the asker")
    if code is Code.CHECK:
        return Wording(f"{ko}: 신청할 수 있는지 확인 필요", f"{en}: whether it may apply is to be asked")
    what = (
        Wording("융자·보증", "loans")
        if pairs.candidates.texts("kind")[candidate] == "loan"
        else Wording("이 사업", "this programme")
    )
    return Wording(f"{ko}: {what.ko} 대상에서 제외", f"{en}: barred from {what.en}")


STANDING = Rule(
    "standing",
    "신청을 막는 사정",
    "what bars the asker",
    ("Program.kind", "Program.title", "asker.standing", "asker-REGISTERED_WITH"),
    _standing,
    _describe_standing,
)
