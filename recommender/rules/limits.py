"""Rules of support programmes with a least and a most: years in business, employees, revenue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from graph_schema.law.days import add_years
from graph_schema.wording import Wording
from recommender.rules.base import CandidatePairs, Code, Codes, Rule
from recommender.rules.notices import is_doubtful, is_unread, to_check, with_quotes
from recommender.rules.programs import choose
from recommender.rules.sums import krw_between
from recommender.snapshot.annual import Bands
from recommender.snapshot.dated_facts import day


def _age(pairs: CandidatePairs) -> Codes:
    """Out where the oldest or the youngest admitted is passed for certain; before founding, what is said of that.

    Limits in doubt, such as seven years beside ten for some, admit who keeps them and leave the others to people.
    """
    today, candidates, askers = day(pairs.as_of), pairs.candidates, pairs.askers
    least, most = candidates.numbers("min_company_age"), candidates.numbers("max_company_age")
    unread = is_unread(candidates, "age")[None, :]
    before_founding = (askers.founded_on > today)[:, None]
    last, last_possible = (
        add_years(each[:, None], most[None, :]) for each in (askers.founded_on, askers.founded_until)
    )
    first_possible, first = (
        add_years(each[:, None], least[None, :]) for each in (askers.founded_on, askers.founded_until)
    )
    doubtful = is_doubtful(candidates, "age")[None, :] & ~np.isnat(askers.founded_on)[:, None]
    unlimited = (np.isnan(least) & np.isnan(most))[None, :]
    out = (last_possible < today) | (first_possible > today)
    fits = (np.isnat(last) | (last >= today)) & (np.isnat(first) | (first <= today))
    return choose(
        (before_founding & candidates.is_true("admits_pre_founders")[None, :], Code.IN),
        (before_founding & candidates.is_false("admits_pre_founders")[None, :], Code.OUT),
        (before_founding & (least > 0)[None, :], Code.OUT),
        (before_founding, Code.CHECK),
        (doubtful & fits & ~unlimited, Code.IN),
        (unread, Code.CHECK),
        (unlimited, Code.FREE),
        (np.isnat(askers.founded_on)[:, None], Code.CHECK),
        (out, Code.OUT),
        (fits, Code.IN),
        otherwise=Code.CHECK,
    )


def _describe_age(pairs: CandidatePairs, asker: int, candidate: int, code: Code) -> Wording:
    founded, as_of = pairs.askers.founded_on[asker], pairs.as_of.isoformat()
    least, most = (float(pairs.candidates.numbers(f"{end}_company_age")[candidate]) for end in ("min", "max"))
    if founded > day(pairs.as_of):
        known = {Code.IN: Wording("가능", "admitted"), Code.OUT: Wording("불가", "not admitted")}
        ko, en = known.get(code, Wording("여부 확인 필요", "possibly admitted, to be asked"))
        return Wording(
            f"설립 예정일 {founded}, 예비창업자 신청 {ko}", f"to be founded on {founded}; pre-founders are {en}"
        )
    if code is Code.FREE:
        return Wording("업력 제한이 적혀 있지 않음", "no limit on company age is stated")
    if np.isnan(least) and np.isnan(most):
        return to_check(pairs, candidate, "age", Wording("업력", "company age"))
    ko, en = _range(least, most, _count_between("년"), Wording("업력", "years old"))
    if code is Code.CHECK and is_unread(pairs.candidates, "age")[candidate]:
        return to_check(pairs, candidate, "age", Wording("업력", "company age"))
    if np.isnat(founded):
        said = Wording(f"{ko} 대상, 설립일을 몰라 확인 필요", f"{en}; founding day not known")
    else:
        until = pairs.askers.founded_until[asker]
        when_ko, when_en = (
            (f"{founded}", f"on {founded}")
            if until == founded
            else (f"{founded}~{until}", f"between {founded} and {until}")
        )
        said = Wording(f"{ko} 대상, 설립일 {when_ko}, 기준일 {as_of}", f"{en}; founded {when_en}, as of {as_of}")
    return with_quotes(said, pairs, candidate, "age", "read_from")


_Between = Callable[[float, float], Wording]
"""Words for a number that lies between two, or is both; the upper may be infinite."""


def _range(least: float, most: float, between: _Between, names: Wording) -> Wording:
    """Word a range; NaN stands for no end."""
    if np.isnan(most):
        ko, en = between(least, least)
        return Wording(f"{names.ko} {ko} 이상", f"at least {en} {names.en}")
    if np.isnan(least):
        ko, en = between(most, most)
        return Wording(f"{names.ko} {ko} 이내", f"at most {en} {names.en}")
    ko, en = between(least, most)
    return Wording(f"{names.ko} {ko}", f"{en} {names.en}")


def _count_between(unit: str) -> _Between:
    def between(least: float, most: float) -> Wording:
        low, high = f"{least:,.10g}", f"{most:,.10g}"
        if least == most:
            return Wording(f"{low}{unit}", low)
        if np.isinf(most):
            return Wording(f"{low}{unit} 이상", f"{low} or more")
        return Wording(f"{low}~{high}{unit}", f"{low} to {high}")

    return between


@dataclass(frozen=True)
class _Bounded:
    """A number of the asker that a programme bounds; ``counted``: what its English words count."""

    rule: str
    of: Callable[[CandidatePairs], Bands]
    ends: tuple[str, str]
    between: _Between
    names: Wording
    counted: str

    def decide(self, pairs: CandidatePairs) -> Codes:
        """Out where the number lies beyond an end; to be checked where it, or the bound, is not known."""
        own = self.of(pairs)
        lowest, highest = own.least[:, None], own.most[:, None]
        least, most = (pairs.candidates.numbers(end)[None, :] for end in self.ends)
        return choose(
            (is_unread(pairs.candidates, self.rule)[None, :], Code.CHECK),
            (np.isnan(least) & np.isnan(most), Code.FREE),
            (np.isnan(lowest), Code.CHECK),
            ((highest < least) | (lowest > most), Code.OUT),
            ((lowest < least) | (highest > most), Code.CHECK),
            otherwise=Code.IN,
        )

    def describe(self, pairs: CandidatePairs, asker: int, candidate: int, code: Code) -> Wording:
        """Name the bounds, the asker's number and the words of the notice."""
        least, most = (float(pairs.candidates.numbers(end)[candidate]) for end in self.ends)
        own = self.of(pairs)
        if code is Code.FREE:
            return Wording(f"{self.names.ko} 제한이 적혀 있지 않음", f"no limit on {self.names.en} is stated")
        if is_unread(pairs.candidates, self.rule)[candidate]:
            return to_check(pairs, candidate, self.rule, self.names)
        ko, en = _range(least, most, self.between, Wording(self.names.ko, self.counted))
        if np.isnan(own.least[asker]):
            said = Wording(f"{ko} 대상, 기업의 값을 몰라 확인 필요", f"{en}; the company's number is not known")
        else:
            value = self.between(float(own.least[asker]), float(own.most[asker]))
            said = Wording(f"{ko} 대상, 현재 {value.ko}", f"{en}; the company has {value.en}")
        return with_quotes(said, pairs, candidate, self.rule, "read_from")


_STAFF = _Bounded(
    "size",
    lambda pairs: pairs.askers.figures.employees,
    ("min_employees", "max_employees"),
    _count_between("명"),
    Wording("종업원 수", "employees"),
    "employees",
)
_REVENUE = _Bounded(
    "revenue",
    lambda pairs: pairs.askers.figures.revenue_krw,
    ("min_revenue_krw", "max_revenue_krw"),
    krw_between,
    Wording("매출액", "revenue"),
    "of revenue a year",
)

AGE = Rule(
    "age",
    "업력",
    "company age",
    ("Program.min_company_age", "Program.max_company_age", "asker.founded_on"),
    _age,
    _describe_age,
)
SIZE = Rule(
    "size",
    "종업원 수",
    "employees",
    ("Program.min_employees", "Program.max_employees", "asker.employees"),
    _STAFF.decide,
    _STAFF.describe,
)
REVENUE = Rule(
    "revenue",
    "매출액",
    "revenue",
    ("Program.min_revenue_krw", "Program.max_revenue_krw", "asker.revenue_krw"),
    _REVENUE.decide,
    _REVENUE.describe,
)
