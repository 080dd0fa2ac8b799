"""The rule of who may apply: kinds of applicant, decided only as far as their legal definition can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import TARGET_KINDS
from recommender.language.choices import KIND_NAMES
from recommender.measure.arrays import Days, Flags
from recommender.rules.askers import Askers
from recommender.rules.base import Code, Codes, Pairs, Rule, Sentences, codes
from recommender.rules.programs import add_years, choose
from recommender.snapshot.dated_facts import DatedFacts, day

MICRO_BELOW: Final = 5
"""소상공인기본법 제2조 and its decree: a micro enterprise has fewer than 5 regular employees in most industries."""
MICRO_BELOW_IN_INDUSTRY: Final = 10
"""The same: fewer than 10 regular employees in mining, manufacturing, construction and transport."""
_LARGER_SECTIONS: Final = frozenset("BCFH")
STARTUP_YEARS: Final = 7
"""중소기업창업 지원법 제2조: not more than 7 years since business began."""
SME_REVENUE_SURE: Final = 40_000_000_000
"""중소기업기본법 시행령 별표 1: the lowest ceiling on yearly revenue; below it a company is an SME in any industry."""
SME_REVENUE_NEVER: Final = 180_000_000_000
"""The same: the highest ceiling on yearly revenue; above it a company is no SME in any industry."""
MICRO_REVENUE_NEVER: Final = 14_000_000_000
"""중소기업기본법 시행령 별표 3: above the highest ceiling on yearly revenue of a small enterprise."""

_CERTIFICATES: Final[Mapping[str, tuple[str, ...]]] = {
    "venture": ("벤처", "venture"),
    "social": ("사회적", "협동조합", "마을기업", "자활기업", "social"),
    "women": ("여성", "women"),
    "disabled": ("장애인", "disabled"),
    "exporter": ("수출", "export"),
}


def _micro(askers: Askers, facts: DatedFacts, _today: np.datetime64) -> Codes:
    """Employees decide; revenue above every ceiling excludes. Without revenue, its ceiling is left to the sentence."""
    staff = askers.employees
    larger, section_known = _sections(askers, facts)
    return choose(
        (askers.revenue_krw > MICRO_REVENUE_NEVER, Code.OUT),
        (staff >= MICRO_BELOW_IN_INDUSTRY, Code.OUT),
        (staff < MICRO_BELOW, Code.IN),
        (np.isnan(staff) | ~section_known, Code.CHECK),
        (larger, Code.IN),
        otherwise=Code.OUT,
    )


def _sections(askers: Askers, facts: DatedFacts) -> tuple[Flags, Flags]:
    """Which askers work in a section with the larger ceiling, and of which every section is known."""
    is_section, industry_codes = facts.sections
    larger = is_section * np.isin(industry_codes, list(_LARGER_SECTIONS))
    known = askers.industry_closure @ is_section > 0
    return askers.industry_closure @ larger.astype(np.float32) > 0, known


def _sme(askers: Askers, facts: DatedFacts, today: np.datetime64) -> Codes:
    revenue = askers.revenue_krw
    micro = _micro(askers, facts, today) == Code.IN
    return choose(
        (revenue > SME_REVENUE_NEVER, Code.OUT),
        (micro | (revenue <= SME_REVENUE_SURE), Code.IN),
        otherwise=Code.CHECK,
    )


def _mid_size(askers: Askers, facts: DatedFacts, today: np.datetime64) -> Codes:
    return choose((_sme(askers, facts, today) == Code.IN, Code.OUT), otherwise=Code.CHECK)


def _startup(askers: Askers, _facts: DatedFacts, today: np.datetime64) -> Codes:
    founded = askers.founded_on
    years = np.full(len(askers), float(STARTUP_YEARS))
    last, last_possible = add_years(founded, years), add_years(askers.founded_until, years)
    return choose(
        (np.isnat(founded), Code.CHECK),
        (founded > today, Code.OUT),
        (last >= today, Code.IN),
        (last_possible >= today, Code.CHECK),
        otherwise=Code.OUT,
    )


def _pre_founder(askers: Askers, _facts: DatedFacts, today: np.datetime64) -> Codes:
    """Say out for organisations of the graph, which are founded; of a profile without a day it is not known."""
    founded: Days = askers.founded_on
    return choose(
        (founded > today, Code.IN),
        (np.isnat(founded) & (askers.row < 0), Code.CHECK),
        otherwise=Code.OUT,
    )


def _certified(kind: str) -> Callable[[Askers, DatedFacts, np.datetime64], Codes]:
    def decide(askers: Askers, _facts: DatedFacts, _today: np.datetime64) -> Codes:
        """Say in where a certificate proves it; a list without it proves nothing."""
        held = np.array([_holds(certificates, kind) for certificates in askers.certificates], dtype=bool)
        return choose((held, Code.IN), otherwise=Code.CHECK)

    return decide


def _holds(certificates: object, kind: str) -> bool:
    if not isinstance(certificates, list):
        return False
    return any(word in str(name).lower() for name in certificates for word in _CERTIFICATES[kind])


def _legal_form(form: str) -> Callable[[Askers, DatedFacts, np.datetime64], Codes]:
    def decide(askers: Askers, _facts: DatedFacts, _today: np.datetime64) -> Codes:
        return choose(
            (np.array([value is None for value in askers.legal_form], dtype=bool), Code.CHECK),
            (askers.legal_form == form, Code.IN),
            otherwise=Code.OUT,
        )

    return decide


def _individual(askers: Askers, _facts: DatedFacts, _today: np.datetime64) -> Codes:
    return choose((askers.legal_form == "corporation", Code.OUT), otherwise=Code.CHECK)


def _always(code: Code) -> Callable[[Askers, DatedFacts, np.datetime64], Codes]:
    def decide(askers: Askers, _facts: DatedFacts, _today: np.datetime64) -> Codes:
        return codes((len(askers),), code)

    return decide


_KINDS: Final[Mapping[str, Callable[[Askers, DatedFacts, np.datetime64], Codes]]] = {
    "sme": _sme,
    "mid_size": _mid_size,
    "micro": _micro,
    "startup": _startup,
    "pre_founder": _pre_founder,
    **{kind: _certified(kind) for kind in _CERTIFICATES},
    "sole": _legal_form("sole"),
    "corporation": _legal_form("corporation"),
    "university": _always(Code.OUT),
    "institute": _always(Code.CHECK),
    "individual": _individual,
    "other": _always(Code.CHECK),
}


def kind_codes(pairs: Pairs) -> Codes:
    """Whether each asker is of each kind of ``TARGET_KINDS``, (A, kinds).

    A company is no university; 연구소 may mean a company's own laboratory. Other askers than companies are not judged.
    """
    return pairs.once(_judge_kinds)


def _judge_kinds(pairs: Pairs) -> Codes:
    askers, today = pairs.askers, day(pairs.as_of)
    if askers.label != "Company":
        return codes((len(askers), len(TARGET_KINDS)), Code.CHECK)
    return np.stack([_KINDS[kind](askers, pairs.candidates.facts, today) for kind in TARGET_KINDS], axis=1)


def _members(pairs: Pairs) -> npt.NDArray[np.float32]:
    """Which kinds each candidate names, (C, kinds)."""
    lists = pairs.candidates.texts("targets")
    return np.array([[kind in (kinds or ()) for kind in TARGET_KINDS] for kinds in lists], dtype=np.float32).reshape(
        len(lists), len(TARGET_KINDS)
    )


def _target(pairs: Pairs) -> Codes:
    """In where the asker is of one of the kinds named, out where it is of none for certain."""
    judged = kind_codes(pairs)
    named = _members(pairs)
    return choose(
        ((named.sum(axis=1) == 0)[None, :], Code.CHECK),
        ((judged == Code.IN).astype(np.float32) @ named.T > 0, Code.IN),
        ((judged == Code.CHECK).astype(np.float32) @ named.T > 0, Code.CHECK),
        otherwise=Code.OUT,
    )


def _tell_target(pairs: Pairs, asker: int, candidate: int, code: Code) -> Sentences:
    kinds = pairs.candidates.texts("targets")[candidate] or []
    text = pairs.candidates.texts("target_text")[candidate]
    if not kinds:
        ko, en = (f" (원문: {text})", f" ({text})") if text else ("", "")
        return f"지원 대상을 알 수 없어 확인 필요{ko}", f"who may apply is not known{en}"
    ko, en = (", ".join(KIND_NAMES[kind][i] for kind in kinds) for i in range(2))
    if code is Code.OUT:
        return f"지원 대상 {ko}, 해당하지 않음", f"for {en}; the company is none of these"
    judged = kind_codes(pairs)[asker]
    fits = [kind for kind in kinds if judged[TARGET_KINDS.index(kind)] == code]
    if code is Code.CHECK:
        open_ko, open_en = (", ".join(KIND_NAMES[kind][i] for kind in fits) for i in range(2))
        return (
            f"지원 대상 {ko}, {open_ko} 해당 여부 확인 필요",
            f"for {en}; whether it is one of {open_en} is not known",
        )
    why = because(pairs.askers, asker, fits[0])
    return f"지원 대상 {ko}, {KIND_NAMES[fits[0]][0]} 해당 ({why[0]})", f"for {en}; {why[1]}"


def because(askers: Askers, asker: int, kind: str) -> Sentences:
    """Name the fact that makes an asker one of a kind."""
    staff, revenue = askers.employees[asker], askers.revenue_krw[asker]
    if kind in {"micro", "sme"} and not np.isnan(staff) and staff < MICRO_BELOW_IN_INDUSTRY:
        remark = (", 매출 기준은 따로 확인", ", revenue ceiling to be confirmed") if np.isnan(revenue) else ("", "")
        return f"종업원 {staff:g}명{remark[0]}", f"{staff:g} employees{remark[1]}"
    if kind == "sme":
        return f"매출 {revenue / 1e8:,.4g}억 원", f"revenue {revenue / 1e8:,.4g} hundred million KRW"
    if kind in {"startup", "pre_founder"}:
        founded = askers.founded_on[asker]
        return f"설립일 {founded}", f"founded on {founded}"
    if kind in {"sole", "corporation"}:
        return KIND_NAMES[kind][0], f"legal form {kind}"
    held = ", ".join(str(name) for name in askers.certificates[asker] if _holds([name], kind))
    return f"인증 {held}", f"certificate {held}"


TARGET = Rule(
    "target",
    "지원 대상",
    "kind of applicant",
    (
        "Program.targets",
        "asker.legal_form",
        "asker.employees",
        "asker.revenue_krw",
        "asker.certificates",
        "asker.founded_on",
        "asker-IN_INDUSTRY",
    ),
    _target,
    _tell_target,
)
