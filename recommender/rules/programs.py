"""Rules of support programmes: application window, region, industry."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph_schema.catalog import relation_type
from graph_schema.law.days import add_years
from graph_schema.model import RelationType
from graph_schema.windows import BUDGET_BOUND, LAST_BUDGET_YEARS, STALE_AFTER_YEARS
from graph_schema.wording import NOTHING, Wording
from recommender.measure.arrays import Flags
from recommender.rules.askers import revisions_of
from recommender.rules.base import CandidatePairs, Code, Codes, Rule
from recommender.rules.known_sides import above_asker, completed
from recommender.rules.names import names, with_wholes
from recommender.rules.notices import is_read, is_unread, quotes, with_quotes
from recommender.rules.titles import places_in_titles, years_in_titles
from recommender.snapshot.dated_facts import day
from recommender.snapshot.link_rows import rows_of

TARGETS_REGION: Final = relation_type("Program", "TARGETS", "Region")
TARGETS_INDUSTRY: Final = relation_type("Program", "TARGETS", "Industry")
_DOUBTFUL_AFTER_DAYS: Final = 365
"""Programmes come back yearly: a notice without dates that is older is most likely over."""
_OPEN_ENDED: Final = {
    "always": Wording("상시 접수", "always open"),
    "until_budget": Wording(
        "예산 소진 시까지 접수, 예산이 남았는지 확인 필요",
        "open until the budget is spent: ask whether money is left",
    ),
    "first_come": Wording(
        "선착순 접수, 마감되었는지 확인 필요", "first come, first served: ask whether places are left"
    ),
    "until_filled": Wording(
        "모집 완료 시까지 접수, 마감되었는지 확인 필요",
        "open until all places are filled: ask whether any are left",
    ),
}
_WINDOW_UNKNOWN: Final = Wording("접수 기간을 알 수 없어 확인 필요", "the application window is not known")


def choose(*cases: tuple[npt.NDArray[np.bool_], Code], otherwise: Code) -> Codes:
    """Codes of the first case that holds, as ``numpy.select`` does."""
    conditions = np.broadcast_arrays(*(condition for condition, _ in cases))
    return np.select(conditions, [np.int8(code) for _, code in cases], np.int8(otherwise)).astype(np.int8)


def iso(value: np.datetime64) -> str:
    """Day as ISO text, ``?`` where it is unknown."""
    return "?" if np.isnat(value) else str(value)


def _window(pairs: CandidatePairs) -> Codes:
    """Out where a day says so, or where a notice that names no last day is stale; undated ones are to be checked."""
    candidates, today = pairs.candidates, day(pairs.as_of)
    announced, opens = candidates.days("announced_on"), candidates.days("apply_from")
    closes, over = candidates.days("apply_until"), candidates.days("valid_to")
    fixed, always = candidates.is_one("window_kind", "fixed"), candidates.is_one("window_kind", "always")
    budget_bound = candidates.is_one("window_kind", *BUDGET_BOUND)
    year = announced.astype("datetime64[Y]") - np.datetime64("1970", "Y")
    spent = budget_bound & (year < np.timedelta64(pairs.as_of.year - LAST_BUDGET_YEARS - 1970, "Y"))
    stale = _is_stale(pairs)
    doubtful = ~(today - announced <= np.timedelta64(_DOUBTFUL_AFTER_DAYS, "D"))
    result = choose(
        ((announced > today) | (opens > today) | (closes < today) | (over < today) | spent | stale, Code.OUT),
        (fixed & (opens <= today) & (closes >= today), Code.IN),
        (always & ~doubtful, Code.IN),
        otherwise=Code.CHECK,
    )
    return result[None, :]


def _is_stale(pairs: CandidatePairs) -> Flags:
    """Where a notice without a last day was announced more than three years ago, (C,)."""
    candidates = pairs.candidates
    announced = candidates.days("announced_on")
    endless = np.isnat(candidates.days("apply_until")) & np.isnat(candidates.days("valid_to"))
    renewed_by = add_years(announced, np.full(len(announced), float(STALE_AFTER_YEARS)))
    return np.asarray(endless & (renewed_by < day(pairs.as_of)))


def _may_be_over(pairs: CandidatePairs) -> Flags:
    """Where no last day is known and the title is of a year before, unless it was announced since, (1, C)."""
    candidates, year = pairs.candidates, pairs.as_of.year
    titled, announced = years_in_titles(candidates), candidates.days("announced_on")
    endless = np.isnat(candidates.days("apply_until")) & ~candidates.is_one("window_kind", "always")
    lately = announced >= np.datetime64(f"{year}-01-01")
    return np.asarray((endless & (titled > 0) & (titled < year) & ~lately)[None, :])


def _describe_window(pairs: CandidatePairs, _asker: int, candidate: int, code: Code) -> Wording:
    if code is Code.OUT:
        return _describe_shut(pairs, candidate)
    columns, as_of = pairs.candidates, pairs.as_of.isoformat()
    kind = columns.texts("window_kind")[candidate]
    if kind == "fixed" and code is Code.IN:
        opens, closes = (columns.days(name)[candidate] for name in ("apply_from", "apply_until"))
        return Wording(
            f"접수 {opens}~{closes}, 기준일 {as_of}", f"applications from {opens} until {closes}, as of {as_of}"
        )
    if kind == "fixed" and not np.isnat(closes := columns.days("apply_until")[candidate]):
        return Wording(
            f"접수 마감 {closes}, 시작일을 몰라 확인 필요", f"applications until {closes}; from when is not known"
        )
    announced, written = iso(columns.days("announced_on")[candidate]), columns.texts("window_text")[candidate]
    ko, en = _OPEN_ENDED.get(kind, _WINDOW_UNKNOWN)
    if kind == "always" and code is Code.CHECK:
        why = (
            Wording("공고일을 몰라", "undated")
            if announced == "?"
            else Wording("공고한 지 1년이 넘어", "more than a year old")
        )
        ko, en = Wording(f"{ko}, {why.ko} 확인 필요", f"{en}; the notice is {why.en}: ask whether it still runs")
    if kind in _OPEN_ENDED and announced != "?":
        ko, en = Wording(f"{ko}, 공고일 {announced}", f"{en}, announced on {announced}")
    if _may_be_over(pairs)[0, candidate]:
        of = years_in_titles(pairs.candidates)[candidate]
        ko, en = Wording(f"{ko}, 제목이 {of}년이라 끝났을 수 있음", f"{en}; its title is of {of}, so it may be over")
    return Wording(f"{ko} (원문: {written})" if written else ko, f"{en} (as written: {written})" if written else en)


def _describe_shut(pairs: CandidatePairs, candidate: int) -> Wording:
    """Name the day that shuts the window."""
    today, as_of = day(pairs.as_of), pairs.as_of.isoformat()
    value = {name: pairs.candidates.days(name)[candidate] for name in ("announced_on", "apply_from", "apply_until")}
    if value["announced_on"] > today:
        announced = value["announced_on"]
        return Wording(
            f"공고일 {announced}, 기준일 {as_of}에는 공고 전", f"announced on {announced}, not yet known on {as_of}"
        )
    if value["apply_from"] > today:
        opens = value["apply_from"]
        return Wording(f"접수 시작 {opens}, 기준일 {as_of}", f"applications open on {opens}, after {as_of}")
    if value["apply_until"] < today:
        closes = value["apply_until"]
        return Wording(f"접수 마감 {closes}, 기준일 {as_of}", f"applications closed on {closes}, before {as_of}")
    if not pairs.candidates.days("valid_to")[candidate] < today:
        announced = value["announced_on"]
        if pairs.candidates.texts("window_kind")[candidate] not in BUDGET_BOUND:
            return Wording(
                f"공고일 {announced}, 기준일 {as_of}로부터 {STALE_AFTER_YEARS}년이 넘어 새 공고를 찾아야 함",
                f"announced on {announced}, over {STALE_AFTER_YEARS} years before {as_of}: look for a newer notice",
            )
        return Wording(
            f"공고일 {announced}의 예산 사업, 기준일 {as_of}에는 그 회계연도가 끝남",
            f"bound to the budget of {announced}, whose year was over by {as_of}",
        )
    ended = iso(pairs.candidates.days("valid_to")[candidate])
    return Wording(f"사업 종료 {ended}, 기준일 {as_of}", f"the programme ended on {ended}, before {as_of}")


def shared(askers: sparse.csr_array, candidates: sparse.csr_array) -> Flags:
    """Which asker shares a column with which candidate, dense (A, C)."""
    if not (askers.nnz and candidates.nnz):
        return np.zeros((askers.shape[0], candidates.shape[0]), dtype=bool)
    found = np.zeros((askers.shape[0], candidates.shape[0]), dtype=bool)
    if len(found) > 1:
        return np.asarray((askers @ candidates.T).toarray() > 0)
    own = np.zeros(askers.shape[1], dtype=bool)
    own[askers.indices] = True
    found[0, rows_of(candidates)[own[candidates.indices]]] = True
    return found


def has_any(matrix: sparse.csr_array) -> Flags:
    """Rows with at least one entry."""
    return np.asarray(np.diff(matrix.indptr) > 0)


def _region(pairs: CandidatePairs) -> Codes:
    askers, candidates = pairs.askers, pairs.candidates
    targets = candidates.links(TARGETS_REGION, pairs.as_of)
    coarse = shared(askers.regions, candidates.links_upwards(TARGETS_REGION, pairs.as_of))
    return choose(
        (is_unread(candidates, "region")[None, :], Code.CHECK),
        (candidates.is_true("nationwide")[None, :], Code.FREE),
        (~has_any(targets)[None, :] | ~has_any(askers.regions)[:, None], Code.CHECK),
        (shared(askers.region_closure, targets), Code.IN),
        (shared(askers.region_closure, _whole_regions(pairs)), Code.IN),
        (coarse, Code.CHECK),
        otherwise=Code.OUT,
    )


def _whole_regions(pairs: CandidatePairs) -> sparse.csr_array:
    """Regions of which each candidate targets all parts, (C, regions): who is in 고양시 is in one of its districts."""
    candidates = pairs.candidates
    targets = candidates.links(TARGETS_REGION, pairs.as_of)

    def find() -> sparse.csr_array:
        facts, several = candidates.facts, np.flatnonzero(np.diff(targets.indptr) > 1)
        rows, columns = [], []
        for row in several.tolist():
            named = targets.indices[targets.indptr[row] : targets.indptr[row + 1]].tolist()
            wholes = sorted(with_wholes(facts, "Region", named) - set(named))
            columns += wholes
            rows += [row] * len(wholes)
        return sparse.csr_array((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=targets.shape)

    return candidates.on(pairs.as_of, (TARGETS_REGION, "whole"), find)


def _names_another_place(pairs: CandidatePairs) -> Flags:
    """Where no target region is known and the title names places of which the asker is in none, (A, C)."""
    askers, candidates = pairs.askers, pairs.candidates
    titled = places_in_titles(candidates).regions
    upwards = candidates.once(
        "places above those in titles", lambda: sparse.csr_array(titled @ candidates.facts.closure("Region"))
    )
    silent = ~has_any(candidates.links(TARGETS_REGION, pairs.as_of)) & has_any(titled)
    known = has_any(askers.regions)[:, None] & silent[None, :]
    return np.asarray(known & ~shared(askers.region_closure, titled) & ~shared(askers.regions, upwards))


def _describe_region(pairs: CandidatePairs, asker: int, candidate: int, code: Code) -> Wording:
    if code is Code.FREE:
        return Wording("전국 대상", "open to all regions")
    own = names(pairs, pairs.askers.regions, asker, "Region")
    links = pairs.candidates.links(TARGETS_REGION, pairs.as_of)
    targets = names(pairs, links, candidate, "Region", above_asker(pairs, asker, "Region"))
    if is_unread(pairs.candidates, "region")[candidate]:
        return _describe_region_unread(pairs, candidate, targets)
    if not targets.ko:
        text = pairs.candidates.texts("region_text")[candidate]
        ko, en = "대상 지역을 알 수 없어 확인 필요", "the regions it is open to are not known"
        if place := places_in_titles(pairs.candidates).words[candidate]:
            where = f", 소재지 {own.ko}" if own.ko else "", f"; located in {own.en}" if own.en else ""
            ko = f"제목에 적힌 지역({place})만 대상일 수 있어 확인 필요{where[0]}"
            en = f"its title names {place}, and it may be open to that region alone: to be checked{where[1]}"
        return Wording(f"{ko} (원문: {text})", f"{en} ({text})") if text else Wording(ko, en)
    head = Wording(f"대상 지역 {targets.ko}", f"open to {targets.en}")
    return completed(head, "Region", _region, pairs, (asker, candidate), code)


def _describe_region_unread(pairs: CandidatePairs, candidate: int, targets: Wording) -> Wording:
    known = Wording(f"대상 지역 {targets.ko}, ", f"open to {targets.en}; ") if targets.ko else NOTHING
    said = Wording(
        f"{known.ko}공고문에 다른 지역 조건이 있어 확인 필요",
        f"{known.en}the text says otherwise of regions, to be checked",
    )
    return with_quotes(said, pairs, candidate, "region", "unread")


def tree_codes(pairs: CandidatePairs, relation: RelationType, open_to_all: Flags) -> Codes:
    """Codes of the industries that a relation names: in below one of them, out elsewhere, else to be checked.

    To be checked is also where either side is unknown.
    """
    askers, candidates = pairs.askers, pairs.candidates
    targets, upwards = candidates.links(relation, pairs.as_of), candidates.links_upwards(relation, pairs.as_of)
    possible = shared(askers.possible_industries, targets) | shared(askers.industries, upwards)
    written_in = candidates.on(pairs.as_of, (relation, "in"), lambda: revisions_of(candidates.facts, targets))
    comparable = (askers.revisions[:, None] & written_in[None, :]) != 0
    return choose(
        (open_to_all[None, :], Code.FREE),
        (~has_any(targets)[None, :] | ~has_any(askers.industries)[:, None], Code.CHECK),
        (shared(askers.industry_closure, targets), Code.IN),
        (possible | ~comparable, Code.CHECK),
        otherwise=Code.OUT,
    )


def _industry(pairs: CandidatePairs) -> Codes:
    """Judge by the industries named; words that narrow them and were not understood leave nobody in for certain."""
    candidates = pairs.candidates
    targets = candidates.links(TARGETS_INDUSTRY, pairs.as_of)
    unread = is_unread(candidates, "industry")
    silent = is_read(candidates) & ~unread & ~has_any(targets)
    said = tree_codes(pairs, TARGETS_INDUSTRY, candidates.is_true("all_industries") | silent)
    return np.where(unread[None, :] & (said > Code.CHECK), np.int8(Code.CHECK), said).astype(np.int8)


def _describe_industry(pairs: CandidatePairs, asker: int, candidate: int, code: Code) -> Wording:
    if code is Code.FREE:
        if pairs.candidates.is_true("all_industries")[candidate]:
            return Wording("전 업종 대상", "open to all industries")
        return Wording("업종 제한이 적혀 있지 않음", "no limit on industries is stated")
    links = pairs.candidates.links(TARGETS_INDUSTRY, pairs.as_of)
    targets = names(pairs, links, candidate, "Industry", above_asker(pairs, asker, "Industry"))
    if code is Code.CHECK and quotes(pairs, candidate, "industry", "unread"):
        known = Wording(f"대상 업종 {targets.ko}, ", f"open to {targets.en}; ") if targets.ko else NOTHING
        said = Wording(
            f"{known.ko}공고문에 업종 조건이 있어 확인 필요",
            f"{known.en}the text narrows the industries, to be checked",
        )
        return with_quotes(said, pairs, candidate, "industry", "unread")
    if not targets.ko:
        text = pairs.candidates.texts("industry_text")[candidate]
        ko, en = Wording(f" (원문: {text})", f" ({text})") if text else NOTHING
        return Wording(f"대상 업종을 알 수 없어 확인 필요{ko}", f"the industries it is open to are not known{en}")
    head = Wording(f"대상 업종 {targets.ko}", f"open to {targets.en}")
    return completed(head, "Industry", _industry, pairs, (asker, candidate), code)


WINDOW = Rule(
    "window",
    "접수 기간",
    "application window",
    ("Program.announced_on", "Program.window_kind", "Program.apply_from", "Program.apply_until"),
    _window,
    _describe_window,
    of_candidates=True,
    doubts=_may_be_over,
)
REGION = Rule(
    "region",
    "대상 지역",
    "region",
    ("Program-TARGETS", "asker-LOCATED_IN"),
    _region,
    _describe_region,
    doubts=_names_another_place,
)
INDUSTRY = Rule(
    "industry", "대상 업종", "industry", ("Program-TARGETS", "asker-IN_INDUSTRY"), _industry, _describe_industry
)
