"""Rules of technologies, people and spaces: legal status, consent, capacity, vacancy, admitted industries."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import relation_type
from graph_schema.wording import Wording
from recommender.rules.base import CandidatePairs, Code, Codes, Rule
from recommender.rules.known_sides import above_asker, completed
from recommender.rules.legal import Unit, admission_of, admissions
from recommender.rules.names import names
from recommender.rules.programs import choose, has_any, iso, tree_codes
from recommender.rules.space_centers import are_at_quota, in_complexes, quota_said
from recommender.rules.targets import holders
from recommender.snapshot.dated_facts import day

CAPACITY_DAYS: Final = 30
"""Consultations of the last 30 days, the day itself included, count against a month's capacity."""
_ADMITS: Final = relation_type("Space", "ADMITS", "Industry")
_CONSULTED: Final = relation_type("Company", "CONSULTED", "Expert")
_OCCUPIES: Final = relation_type("Company", "OCCUPIES", "Space")
_ENDED: Final = ("expired", "withdrawn", "refused", "abandoned", "unprotected")
_STATUS_NAMES: Final = {
    "registered": "등록",
    "published": "공개(심사 중)",
    "refused": "거절",
    "expired": "소멸",
    "withdrawn": "취하",
    "abandoned": "포기",
    "unprotected": "권리 없음(논문·보고서)",
}


def _legal_status(pairs: CandidatePairs) -> Codes:
    candidates, today = pairs.candidates, day(pairs.as_of)
    applied, registered = candidates.days("applied_on"), candidates.days("registered_on")
    return choose(
        ((applied > today) | candidates.is_one("status", *_ENDED), Code.OUT),
        (candidates.is_one("status", "registered") & ~(registered > today), Code.IN),
        otherwise=Code.CHECK,
    )[None, :]


def _describe_legal_status(pairs: CandidatePairs, _asker: int, candidate: int, code: Code) -> Wording:
    applied, registered = (pairs.candidates.days(name)[candidate] for name in ("applied_on", "registered_on"))
    as_of = pairs.as_of.isoformat()
    if applied > day(pairs.as_of):
        return Wording(f"출원일 {applied}, 기준일 {as_of}에는 출원 전", f"applied for on {applied}, after {as_of}")
    status = pairs.candidates.texts("status")[candidate]
    name = _STATUS_NAMES.get(status, "알 수 없음")
    if code is Code.CHECK:
        return Wording(
            f"법적 상태 {name}, 권리 확인 필요", f"legal status {status or 'unknown'}: the right is to be confirmed"
        )
    on = "" if np.isnat(registered) else f" ({registered})"
    return Wording(f"법적 상태 {name}{on}", f"legal status {status}{on}")


def _for_licence(pairs: CandidatePairs) -> Codes:
    candidates = pairs.candidates
    return choose(
        (candidates.is_true("for_licence"), Code.IN),
        (candidates.is_false("for_licence"), Code.OUT),
        otherwise=Code.CHECK,
    )[None, :]


def _describe_for_licence(_pairs: CandidatePairs, _asker: int, _candidate: int, code: Code) -> Wording:
    return {
        Code.IN: Wording("기술이전 가능", "offered for licence"),
        Code.OUT: Wording("기술이전 대상 아님", "not offered for licence"),
    }.get(
        code,
        Wording("기술이전 가능 여부를 알 수 없어 확인 필요", "whether it is offered for licence is not known"),
    )


def _consent(pairs: CandidatePairs) -> Codes:
    consented, over = pairs.candidates.days("consented_on"), pairs.candidates.days("valid_to")
    today = day(pairs.as_of)
    return choose(((consented <= today) & ~(over < today), Code.IN), otherwise=Code.OUT)[None, :]


def _describe_consent(pairs: CandidatePairs, _asker: int, candidate: int, _code: Code) -> Wording:
    consented, over = (pairs.candidates.days(name)[candidate] for name in ("consented_on", "valid_to"))
    if np.isnat(consented):
        return Wording("공개 동의 없음", "no consent to be listed")
    if over < day(pairs.as_of):
        return Wording(f"공개 동의 종료 {over}", f"consent ended on {over}")
    return Wording(
        f"공개 동의 {consented}, 기준일 {pairs.as_of.isoformat()}",
        f"consented on {consented} to be listed, as of {pairs.as_of}",
    )


def _load(pairs: CandidatePairs) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Consultations of each expert within the period, and those without a day; both (C,)."""
    return pairs.candidates.on(pairs.as_of, _CONSULTED, lambda: _count_load(pairs))


def _count_load(pairs: CandidatePairs) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    edges, today = pairs.candidates.facts.snapshot.edges(_CONSULTED), day(pairs.as_of)
    count = len(pairs.candidates.facts.snapshot.vocabulary("Expert"))
    there = edges.dst >= 0
    recent = there & (edges.on > today - np.timedelta64(CAPACITY_DAYS, "D")) & (edges.on <= today)
    undated = there & np.isnat(edges.on)
    loads = (np.bincount(edges.dst[chosen], minlength=count)[pairs.candidates.row] for chosen in (recent, undated))
    dated, unknown = loads
    return dated, unknown


def _capacity(pairs: CandidatePairs) -> Codes:
    capacity = pairs.candidates.numbers("capacity")
    dated, undated = _load(pairs)
    return choose(
        (np.isnan(capacity), Code.CHECK),
        ((capacity <= 0) | (dated >= capacity), Code.OUT),
        (dated + undated >= capacity, Code.CHECK),
        otherwise=Code.IN,
    )[None, :]


def _describe_capacity(pairs: CandidatePairs, _asker: int, candidate: int, _code: Code) -> Wording:
    capacity, dated = pairs.candidates.numbers("capacity")[candidate], _load(pairs)[0][candidate]
    if np.isnan(capacity):
        return Wording(
            "월 상담 가능 건수를 알 수 없어 확인 필요", "how many consultations a month are possible is not known"
        )
    return Wording(
        f"월 상담 가능 {capacity:g}건, 최근 {CAPACITY_DAYS}일 {dated}건",
        f"takes {capacity:g} consultations a month; had {dated} in the last {CAPACITY_DAYS} days",
    )


def _occupied(pairs: CandidatePairs) -> npt.NDArray[np.bool_]:
    """Which spaces somebody occupies, (C,)."""
    return has_any(pairs.candidates.linked_from(_OCCUPIES, pairs.as_of))


def _available(pairs: CandidatePairs) -> Codes:
    """Let a space that somebody occupies be listed only where the listing names a day from which it is free."""
    free_from, occupied = pairs.candidates.days("available_from"), _occupied(pairs)
    return choose(
        (occupied & np.isnat(free_from), Code.OUT),
        (~occupied & (free_from <= day(pairs.as_of)), Code.IN),
        otherwise=Code.CHECK,
    )[None, :]


def _describe_available(pairs: CandidatePairs, _asker: int, candidate: int, _code: Code) -> Wording:
    free_from, occupied = pairs.candidates.days("available_from")[candidate], _occupied(pairs)[candidate]
    as_of = pairs.as_of.isoformat()
    if occupied and np.isnat(free_from):
        return Wording(f"기준일 {as_of}에 입주 중", f"occupied on {as_of}")
    if occupied:
        return Wording(
            f"입주 중, 입주 가능일 {free_from}, 확인 필요",
            f"occupied, listed as available from {free_from}: to be asked",
        )
    if np.isnat(free_from):
        return Wording("입주 가능일을 알 수 없어 확인 필요", "from when it is available is not known")
    return Wording(f"입주 가능일 {iso(free_from)}, 기준일 {as_of}", f"available from {iso(free_from)}, as of {as_of}")


def _admitted(pairs: CandidatePairs) -> Codes:
    """Follow the industries that a space names; of one that names none, the law of units of its use and place."""
    candidates = pairs.candidates
    everyone = candidates.is_true("all_industries")
    ventures = holders(pairs.askers, "venture")
    by_law = np.empty(pairs.shape, dtype=np.int8)
    units = _units(pairs)
    for unit in dict.fromkeys(units):
        found = admissions(pairs.askers, candidates.facts, unit, pairs.as_of, ventures)
        by_law[:, [each == unit for each in units]] = found[:, None]
    full = candidates.is_one("unit_use", "support") & are_at_quota(candidates, pairs.as_of)
    by_law[:, full] = np.minimum(by_law[:, full], np.int8(Code.CHECK))
    silent = (~has_any(candidates.links(_ADMITS, pairs.as_of)) & ~everyone)[None, :]
    return np.where(silent, by_law, tree_codes(pairs, _ADMITS, everyone)).astype(np.int8)


def _units(pairs: CandidatePairs) -> list[Unit]:
    """Return what decides of each space whom the law lets in."""
    uses, places = pairs.candidates.texts("unit_use"), in_complexes(pairs.candidates, pairs.as_of)
    return [Unit(*each) for each in zip(uses, places, strict=True)]


def _describe_admitted(pairs: CandidatePairs, asker: int, candidate: int, code: Code) -> Wording:
    if code is Code.FREE:
        return Wording("전 업종 입주 가능", "open to all industries")
    links = pairs.candidates.links(_ADMITS, pairs.as_of)
    admitted = names(pairs, links, candidate, "Industry", above_asker(pairs, asker, "Industry"))
    if not admitted.ko:
        return _describe_by_law(pairs, asker, candidate, code)
    head = Wording(f"입주 가능 업종 {admitted.ko}", f"admits {admitted.en}")
    return completed(head, "Industry", _admitted, pairs, (asker, candidate), code)


def _describe_by_law(pairs: CandidatePairs, asker: int, candidate: int, code: Code) -> Wording:
    """Cite the row that admits the asker, keeps it out, or sets a condition."""
    said, ko, en = {
        Code.IN: ("admitted", f"기준일 {pairs.as_of}", f"on {pairs.as_of}"),
        Code.OUT: ("refused", f"기준일 {pairs.as_of}", f"on {pairs.as_of}"),
    }.get(code, ("conditional", "확인 필요", "to be confirmed"))
    venture = bool(holders(pairs.askers, "venture")[asker])
    unit, facts = _units(pairs)[candidate], pairs.candidates.facts
    admission = admission_of(pairs.askers, facts, asker, unit, pairs.as_of, venture=venture)
    if code is Code.CHECK and admission.verdict == Code.IN:
        return quota_said(pairs.candidates, candidate, pairs.as_of)
    row = next((row for row in admission.rows if row.verdict == said), None)
    if row is None:
        return Wording(
            "입주 가능 업종을 알 수 없어 관리기관 확인 필요 (산업집적법)",
            "which industries the centre admits is not known: ask its management",
        )
    return Wording(f"{row.ko} ({row.cited}), {ko}", f"{row.en} ({row.cited_en}), {en}")


LEGAL_STATUS = Rule(
    "legal_status",
    "법적 상태",
    "legal status",
    ("Technology.status",),
    _legal_status,
    _describe_legal_status,
    of_candidates=True,
)
FOR_LICENCE = Rule(
    "for_licence",
    "기술이전",
    "licence",
    ("Technology.for_licence",),
    _for_licence,
    _describe_for_licence,
    of_candidates=True,
)
CONSENT = Rule(
    "consent", "공개 동의", "consent", ("candidate.consented_on",), _consent, _describe_consent, of_candidates=True
)
CAPACITY = Rule(
    "capacity",
    "상담 여력",
    "capacity",
    ("Expert.capacity", "Expert-CONSULTED"),
    _capacity,
    _describe_capacity,
    of_candidates=True,
)
AVAILABLE = Rule(
    "available",
    "입주 가능일",
    "availability",
    ("Space.available_from", "Space-OCCUPIES"),
    _available,
    _describe_available,
    of_candidates=True,
)
ADMITTED_INDUSTRY = Rule(
    "admitted_industry",
    "입주 가능 업종",
    "admitted industries",
    ("Space-ADMITS", "Space.unit_use", "Space-PART_OF", "asker-IN_INDUSTRY"),
    _admitted,
    _describe_admitted,
)
