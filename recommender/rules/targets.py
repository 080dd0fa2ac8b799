"""The rule of who may apply: kinds of applicant, decided only as far as their legal definition can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import TARGET_KINDS
from graph_schema.certificates import certificates_in_english
from graph_schema.choices import KIND_NAMES, choice_words
from graph_schema.law.rows import in_force
from graph_schema.law.size import Limit, sales_limit, staff_limit
from graph_schema.law.startups import is_startup
from graph_schema.law.truth import at_most, fewer
from graph_schema.wording import NOTHING, Wording
from recommender.measure.arrays import Days, Flags
from recommender.rules.askers import Askers
from recommender.rules.base import CandidatePairs, Code, Codes, Rule, codes
from recommender.rules.grace import Judge, with_grace
from recommender.rules.legal import LimitBounds, limit_rows, limits
from recommender.rules.notices import is_unread, with_quotes
from recommender.rules.programs import choose
from recommender.rules.sums import krw, krw_between, staff_said
from recommender.rules.titles import for_others, people_in_title
from recommender.snapshot.dated_facts import DatedFacts, day

_BY_SALES: Final = ("sme", "small", "micro")
_CERTIFICATES: Final[Mapping[str, tuple[str, ...]]] = {
    "venture": ("벤처", "venture"),
    "social": ("사회적", "협동조합", "마을기업", "자활기업", "social"),
    "women": ("여성", "women"),
    "disabled": ("장애인", "disabled"),
    "exporter": ("수출", "export"),
}


def _sme_sales(industry: str | None, on: date) -> Limit:
    return sales_limit("sme", industry, on)


def _small_sales(industry: str | None, on: date) -> Limit:
    return sales_limit("small", industry, on)


def _few_enough(askers: Askers, facts: DatedFacts, on: date) -> Codes:
    heads = limits(askers, facts, on, staff_limit)
    return askers.figures.employees.kept_to(lambda staff: fewer(staff, heads.low, heads.high))


def _sells_at_most(askers: Askers, sales: LimitBounds) -> Codes:
    return askers.figures.average_revenue_krw.kept_to(lambda own: at_most(own, sales.low, sales.high))


def _small(askers: Askers, facts: DatedFacts, on: date) -> Codes:
    return _sells_at_most(askers, limits(askers, facts, on, _small_sales))


def _within_micro(askers: Askers, facts: DatedFacts, on: date) -> Codes:
    """Say in for a small enterprise by its sales that has few enough workers; both have to be known."""
    return np.minimum(_small(askers, facts, on), _few_enough(askers, facts, on))


def _within_sme(askers: Askers, facts: DatedFacts, on: date) -> Codes:
    return _sells_at_most(askers, limits(askers, facts, on, _sme_sales))


_WITHIN: Final[Mapping[str, Judge]] = {"micro": _within_micro, "sme": _within_sme}
"""Kinds that one may still be of by grace, as the figures of the day alone judge them."""


def _micro(askers: Askers, facts: DatedFacts, on: date) -> Codes:
    return with_grace("micro", _within_micro, askers, facts, on)


def _sme(askers: Askers, facts: DatedFacts, on: date) -> Codes:
    return with_grace("sme", _within_sme, askers, facts, on)


def _larger(askers: Askers, facts: DatedFacts, on: date) -> Codes:
    """Judge mid-size and large ones alike: assets and owners, which tell the two apart, are not known."""
    return choose((_sme(askers, facts, on) == Code.IN, Code.OUT), otherwise=Code.CHECK)


def _startup(askers: Askers, _facts: DatedFacts, on: date) -> Codes:
    return is_startup(askers.founded_on, on, askers.founded_until)


def _pre_founder(askers: Askers, _facts: DatedFacts, on: date) -> Codes:
    """Say out for organisations of the graph, which are founded; of a profile without a day it is not known."""
    founded: Days = askers.founded_on
    return choose(
        (founded > day(on), Code.IN),
        (np.isnat(founded) & (askers.row < 0), Code.CHECK),
        otherwise=Code.OUT,
    )


def _certified(kind: str) -> Judge:
    def decide(askers: Askers, _facts: DatedFacts, _on: date) -> Codes:
        """Say in where a certificate proves it; a list without it proves nothing."""
        return choose((holders(askers, kind), Code.IN), otherwise=Code.CHECK)

    return decide


def _venture(askers: Askers, facts: DatedFacts, on: date) -> Codes:
    """Say out for who is no SME and holds no certificate: a venture is an SME (벤처기업육성에 관한 특별법 제2조의2)."""
    certified = holders(askers, "venture")
    return choose((certified, Code.IN), (_sme(askers, facts, on) == Code.OUT, Code.OUT), otherwise=Code.CHECK)


def holders(askers: Askers, kind: str) -> Flags:
    """Which askers tell of a certificate of a kind, (A,)."""
    return np.array([_holds(certificates, kind) for certificates in askers.certificates], dtype=bool)


def _holds(certificates: object, kind: str) -> bool:
    if not isinstance(certificates, list):
        return False
    return any(word in str(name).lower() for name in certificates for word in _CERTIFICATES[kind])


def _legal_form(form: str) -> Judge:
    def decide(askers: Askers, _facts: DatedFacts, _on: date) -> Codes:
        """Leave co-operatives and associations, which are corporate bodies of another kind, to be asked."""
        unlike = (askers.legal_form == "other") & (form == "corporation")
        return choose(
            (np.array([value is None for value in askers.legal_form], dtype=bool) | unlike, Code.CHECK),
            (askers.legal_form == form, Code.IN),
            otherwise=Code.OUT,
        )

    return decide


def _individual(askers: Askers, _facts: DatedFacts, _on: date) -> Codes:
    return choose((askers.legal_form == "corporation", Code.OUT), otherwise=Code.CHECK)


def _always(code: Code) -> Judge:
    def decide(askers: Askers, _facts: DatedFacts, _on: date) -> Codes:
        return codes((len(askers),), code)

    return decide


_KINDS: Final[Mapping[str, Judge]] = {
    "sme": _sme,
    "mid_size": _larger,
    "large": _larger,
    "small": _small,
    "micro": _micro,
    "startup": _startup,
    "pre_founder": _pre_founder,
    **{kind: _certified(kind) for kind in _CERTIFICATES},
    "venture": _venture,
    "sole": _legal_form("sole"),
    "corporation": _legal_form("corporation"),
    "university": _always(Code.OUT),
    "institute": _always(Code.CHECK),
    "individual": _individual,
    "other": _always(Code.CHECK),
}


_FORMS: Final = [TARGET_KINDS.index(kind) for kind in ("sole", "corporation")]
_RARE_KINDS: Final = ("disabled", "social")
_RARE: Final = [TARGET_KINDS.index(kind) for kind in _RARE_KINDS]
_SIZES: Final = [TARGET_KINDS.index(kind) for kind in ("sme", "mid_size", "large", "small", "micro")]


def kind_codes(pairs: CandidatePairs) -> Codes:
    """Whether each asker is of each kind of ``TARGET_KINDS``, (A, kinds).

    A company is no university; 연구소 may mean a company's own laboratory. Other askers than companies are not judged.
    """
    return pairs.askers.once(("kinds", pairs.as_of), lambda: _judge_kinds(pairs))


def _judge_kinds(pairs: CandidatePairs) -> Codes:
    askers, facts = pairs.askers, pairs.candidates.facts
    if askers.label != "Company":
        return codes((len(askers), len(TARGET_KINDS)), Code.CHECK)
    return np.stack([_KINDS[kind](askers, facts, pairs.as_of) for kind in TARGET_KINDS], axis=1)


def probable_kinds(pairs: CandidatePairs) -> Flags:
    """Kinds that each asker is, certainly or as far as it tells, (A, kinds).

    Workers few enough for a micro enterprise speak for one where the sales are not known.
    """
    return np.asarray(pairs.once(_judge_probable) == Code.IN)


def _judge_probable(pairs: CandidatePairs) -> Codes:
    judged, askers = kind_codes(pairs).copy(), pairs.askers
    if askers.label == "Company":
        few = _few_enough(askers, pairs.candidates.facts, pairs.as_of) == Code.IN
        for kind in _BY_SALES:
            judged[few & np.isnan(askers.figures.average_revenue_krw.least), TARGET_KINDS.index(kind)] = Code.IN
    return judged


def meets_target(pairs: CandidatePairs) -> Flags:
    """Which candidates name a kind that an asker is, certainly or as far as it tells, (A, C)."""
    return np.asarray(probable_kinds(pairs).astype(np.float32) @ _members(pairs).T > 0)


def _members(pairs: CandidatePairs) -> npt.NDArray[np.float32]:
    """Which kinds each candidate names, (C, kinds)."""
    return pairs.candidates.once("kinds", lambda: _kinds_named(pairs.candidates.texts("targets")))


def _kinds_named(lists: npt.NDArray[np.object_]) -> npt.NDArray[np.float32]:
    named = [[kind in (kinds or ()) for kind in TARGET_KINDS] for kinds in lists]
    return np.array(named, dtype=np.float32).reshape(len(lists), len(TARGET_KINDS))


def _target(pairs: CandidatePairs) -> Codes:
    """In where the asker is of one of the kinds named, out where it is of none for certain.

    One legal form named beside sizes may be one more kind or a condition on the others: whoever is of another form, or
    of an unknown one, is to be checked.
    """
    judged = kind_codes(pairs)
    named = _members(pairs)
    sure = (judged == Code.IN).astype(np.float32)
    others = for_others(pairs.candidates, pairs.askers.words)[None, :]
    fits, of_form = sure @ named.T > 0, sure[:, _FORMS] @ named[:, _FORMS].T > 0
    return choose(
        (is_unread(pairs.candidates, "target")[None, :], Code.CHECK),
        ((named.sum(axis=1) == 0)[None, :], Code.CHECK),
        (fits & others, Code.CHECK),
        (fits & ~(_sized_of_one_form(named)[None, :] & ~of_form), Code.IN),
        (fits, Code.CHECK),
        ((judged == Code.CHECK).astype(np.float32) @ named.T > 0, Code.CHECK),
        otherwise=Code.OUT,
    )


def _needs_a_rare_kind(pairs: CandidatePairs) -> Flags:
    """Where only kinds are named that few companies are, and nothing says that the asker is one, (A, C)."""
    named = _members(pairs)
    rare = (named.sum(axis=1) > 0) & (named[:, _RARE].sum(axis=1) == named.sum(axis=1))
    said = any(word in pairs.askers.words for kind in _RARE_KINDS for word in _CERTIFICATES[kind])
    return np.asarray(((rare & (not said)) | for_others(pairs.candidates, pairs.askers.words))[None, :])


def _sized_of_one_form(named: npt.NDArray[np.float32]) -> Flags:
    """Which lists of kinds hold a size and one legal form, (C,)."""
    return np.asarray((named[:, _FORMS].sum(axis=1) == 1) & (named[:, _SIZES].sum(axis=1) > 0))


def _describe_target(pairs: CandidatePairs, asker: int, candidate: int, code: Code) -> Wording:
    kinds = pairs.candidates.texts("targets")[candidate] or []
    text = pairs.candidates.texts("target_text")[candidate]
    if not kinds:
        ko, en = Wording(f" (원문: {text})", f" ({text})") if text else NOTHING
        return Wording(f"지원 대상을 알 수 없어 확인 필요{ko}", f"who may apply is not known{en}")
    ko, en = _listed(kinds)
    people = people_in_title(pairs.candidates, pairs.askers.words, candidate)
    if people and code is Code.CHECK and people not in ko:
        return Wording(
            f"지원 대상 {ko}, 제목의 ‘{people}’에 해당하는지 확인 필요",
            f"for {en}; whether the company is what its title calls ‘{people}’ is to be checked",
        )
    if is_unread(pairs.candidates, "target")[candidate]:
        said = Wording(f"지원 대상 {ko}, 공고문과 달라 확인 필요", f"for {en}; the text says otherwise, to be checked")
        return with_quotes(said, pairs, candidate, "target", "unread")
    if code is Code.OUT:
        return Wording(f"지원 대상 {ko}, 해당하지 않음", f"for {en}; the company is none of these")
    judged = kind_codes(pairs)[asker]
    fits = [kind for kind in kinds if judged[TARGET_KINDS.index(kind)] == code]
    if code is Code.CHECK and not fits:
        fits = [kind for kind in kinds if TARGET_KINDS.index(kind) in _FORMS]
    if code is Code.CHECK:
        which = Wording("", "the company is one") if fits == list(kinds) else _of_these(fits)
        missing = tuple(dict.fromkeys(filter(None, (_lacking(pairs, asker, kind) for kind in fits))))
        why_ko, why_en = (f" ({', '.join(words)})" for words in zip(*missing, strict=True)) if missing else ("", "")
        return Wording(
            f"지원 대상 {ko}, {which.ko}해당 여부 확인 필요{why_ko}",
            f"for {en}; whether {which.en} is not known{why_en}",
        )
    why = because(pairs, asker, fits[0])
    return Wording(f"지원 대상 {ko}, {KIND_NAMES[fits[0]].ko} 해당 ({why.ko})", f"for {en}; {why.en}")


def _listed(kinds: Sequence[str]) -> Wording:
    names = [KIND_NAMES[kind] for kind in kinds]
    return Wording(", ".join(name.ko for name in names), ", ".join(name.en for name in names))


def _of_these(kinds: Sequence[str]) -> Wording:
    ko, en = _listed(kinds)
    return Wording(f"{ko} ", f"the company is one of {en}")


def because(pairs: CandidatePairs, asker: int, kind: str) -> Wording:
    """Name the facts that make an asker one of a kind."""
    askers = pairs.askers
    if kind in _BY_SALES:
        return _by_size(pairs, asker, kind)
    if kind in {"startup", "pre_founder"}:
        founded = askers.founded_on[asker]
        return Wording(f"설립일 {founded}", f"founded on {founded}")
    if kind in {"sole", "corporation"}:
        return Wording(KIND_NAMES[kind].ko, f"its legal form is {choice_words('legal_form', kind).en}")
    held = [str(name) for name in askers.certificates[asker] if _holds([name], kind)]
    return Wording(f"인증 {', '.join(held)}", f"certificate {certificates_in_english(held)}")


def _by_size(pairs: CandidatePairs, asker: int, kind: str) -> Wording:
    figures = pairs.askers.figures
    staff, revenue = figures.employees.formatted(asker), figures.average_revenue_krw
    sales = krw_between(float(revenue.least[asker]), float(revenue.most[asker]))
    find = _sme_sales if kind == "sme" else _small_sales
    rows = limit_rows(pairs.askers, pairs.candidates.facts, asker, pairs.as_of, find)
    most = krw(min(row.figure for row in rows if not np.isnan(row.figure)))
    ko = f"매출 {sales.ko}, {rows[0].cited} 기준 {most.ko} 이하"
    en = f"sales of {sales.en}, at most {most.en} by the {rows[0].cited_en}"
    return Wording(f"종업원 {staff}명, {ko}", f"{staff_said(staff).en}, {en}") if kind == "micro" else Wording(ko, en)


def _lacking(pairs: CandidatePairs, asker: int, kind: str) -> Wording | None:
    """Name the certificate of a kind that an asker held too long ago, else what would decide."""
    lapsed = pairs.askers.lapsed.get(asker, ()) if kind in _CERTIFICATES else ()
    over = next((each for each in lapsed if _holds([each.name], kind)), None)
    return over.said() if over else _missing(pairs, asker, kind)


def _grace_missing(pairs: CandidatePairs, asker: int, kind: str) -> Wording | None:
    """Name the grace by which an asker may be of a kind for which it is too large by the figures of the day."""
    judge = _WITHIN.get(kind)
    if judge is None:
        return None
    askers, facts, on = pairs.askers, pairs.candidates.facts, pairs.as_of
    if askers.once(("within", kind, on), lambda: judge(askers, facts, on))[asker] != Code.OUT:
        return None
    row = in_force("size_method", f"{kind}_grace", on)[0]
    return Wording(
        f"기준을 넘은 뒤의 유예 기간인지에 따름, {row.cited}",
        f"depends on whether its years of grace still run, {row.cited_en}",
    )


def _missing(pairs: CandidatePairs, asker: int, kind: str) -> Wording | None:
    """Name what would decide whether an asker is one of a kind, None where no single fact would."""
    askers = pairs.askers
    if kind in _BY_SALES and (askers.founded_on[asker] > day(pairs.as_of) or "unregistered" in askers.standing):
        return Wording("사업자등록 뒤에 판정", "to be judged once the business is registered")
    if kind in (*_BY_SALES, "mid_size", "large") and np.isnan(askers.figures.average_revenue_krw.least[asker]):
        return Wording("매출액 미확인", "its sales are not known")
    if kind == "micro" and np.isnan(askers.figures.employees.least[asker]):
        return Wording("종업원 수 미확인", "its employees are not known")
    if kind in _BY_SALES:
        return _grace_missing(pairs, asker, kind) or Wording("주된 업종에 따름", "depends on its main industry")
    if kind == "startup" and not np.isnat(askers.founded_on[asker]):
        return Wording("신산업 창업 분야 여부에 따름", "depends on whether it is in one of the new industries")
    return None


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
        "asker.standing",
        "asker-IN_INDUSTRY",
    ),
    _target,
    _describe_target,
    doubts=_needs_a_rare_kind,
)
