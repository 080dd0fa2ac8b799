"""The rule of industries that public funds and acts leave out: gambling, hostess bars, real estate, finance.

A policy loan, a guarantee and a programme for start-ups or ventures have lists of their own, by which they refuse.
Other loans and programmes for micro enterprises mostly take over the list of the policy funds: there it is to be asked.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.law.barred_industries import Fund, list_of
from graph_schema.law.rows import LawRow
from graph_schema.wording import Wording
from recommender.measure.arrays import Flags
from recommender.rules.base import CandidatePairs, Code, Codes, Rule, codes
from recommender.rules.candidates import Candidates
from recommender.rules.legal import codes_of, fund_rows, fund_speaks, fund_verdicts, left_out_as
from recommender.rules.names import names
from recommender.rules.programs import choose, has_any

_GUARANTEE: Final = re.compile(r"보증")
_OWN_LIST: Final = re.compile(
    r"정책자금|특례\s?보증|특별\s?보증|신용보증|소상공인시장진흥공단|중소벤처기업진흥공단|중소기업진흥공단"
)
"""Titles of the funds themselves; a city's or a ministry's own loan may keep another list."""
_UNFOUNDED: Final = frozenset({"startup", "pre_founder"})
_SCOPES: Final = ("entertainment", "speculation", "real_estate")
"""Exclusions of a notice that are industries, as the rows of the law call them too."""
_NO_FUND: Final = -1
"""Place of a notice that goes by no list; all others are from 0 on."""
_FUNDS: Final = tuple(Fund)


def _funds(candidates: Candidates) -> tuple[npt.NDArray[np.int64], Flags]:
    """Whose list each candidate goes by, (C,) places in ``_FUNDS`` or -1, and whether it is its own, (C,)."""
    return candidates.once("funds", lambda: _read_funds(candidates))


def _read_funds(candidates: Candidates) -> tuple[npt.NDArray[np.int64], Flags]:
    columns = (candidates.texts(name) for name in ("kind", "targets", "title"))
    found = [_fund(kind, frozenset(targets or ()), str(title)) for kind, targets, title in zip(*columns, strict=True)]
    places = [_NO_FUND if fund is None else _FUNDS.index(fund) for fund, _ in found]
    return np.array(places, dtype=np.int64), np.array([own for _, own in found], dtype=bool)


def _fund(kind: object, targets: frozenset[str], title: str) -> tuple[Fund | None, bool]:
    if kind == "loan":
        usual = Fund.MICRO if "micro" in targets and "sme" not in targets else Fund.SME
        return Fund.GUARANTEE if _GUARANTEE.search(title) else usual, bool(_OWN_LIST.search(title))
    if targets and targets <= _UNFOUNDED | {"venture"}:
        return Fund.STARTUP if targets & _UNFOUNDED else Fund.VENTURE, True
    return Fund.MICRO if "micro" in targets else None, False


def _barred(pairs: CandidatePairs) -> Codes:
    """Out by a list of the notice's own and by what it names; by the usual list of a fund it is to be asked."""
    funds, own = _funds(pairs.candidates)
    said = codes(pairs.shape, Code.FREE)
    for place in np.unique(funds[funds != _NO_FUND]).tolist():
        here = funds == place
        said[:, here] = _by_list(pairs, _FUNDS[place], own[here])
    return choose((_names_asker(pairs), Code.OUT), *((said == code, code) for code in Code), otherwise=Code.FREE)


def _by_list(pairs: CandidatePairs, fund: Fund, own: Flags) -> Codes:
    """Judge by one list, (A, candidates); ``own`` (candidates,): whether it is theirs or the usual one."""
    verdicts = _verdicts(pairs, fund)[:, None]
    left_out, admitted = verdicts < 0, verdicts > 0
    stated = _states(pairs, fund)[:, None]
    return choose(
        (left_out & own, Code.OUT),
        (admitted & own, Code.IN),
        (admitted | ~(stated | own), Code.FREE),
        otherwise=Code.CHECK,
    )


def _verdicts(pairs: CandidatePairs, fund: Fund) -> npt.NDArray[np.int8]:
    """1, 0 or -1 for each asker, (A,)."""
    askers = pairs.askers
    return askers.once((fund, pairs.as_of), lambda: fund_verdicts(askers, pairs.candidates.facts, fund, pairs.as_of))


def _states(pairs: CandidatePairs, fund: Fund) -> Flags:
    """Which askers a list leaves out, wholly or in part, or would if the guess of their industry is right, (A,)."""
    askers, on = pairs.askers, pairs.as_of
    guessed = ~has_any(askers.industries) & bool(fund_rows(askers.guessed_codes, fund, on))
    return guessed | fund_speaks(askers, pairs.candidates.facts, fund, on)


def _rows(pairs: CandidatePairs, asker: int, fund: Fund) -> tuple[LawRow, ...]:
    """Rows that leave out an asker, wholly or in part, by what it states, else by what its text suggests."""
    codes = codes_of(pairs.askers, pairs.candidates.facts, asker) or pairs.askers.guessed_codes
    return fund_rows(codes, fund, pairs.as_of)


def _names_asker(pairs: CandidatePairs) -> Flags:
    """Where a notice names an industry as left out and the asker works in it, (A, C)."""
    candidates = pairs.candidates
    named = candidates.once("industries named as left out", lambda: _scopes_named(candidates))
    if not named.any():
        return np.zeros((1, 1), dtype=bool)
    of = [left_out_as(pairs.askers, candidates.facts, scope, pairs.as_of) for scope in _SCOPES]
    return np.asarray(np.stack(of, axis=1).astype(np.float32) @ named.T > 0)


def _scopes_named(candidates: Candidates) -> npt.NDArray[np.float32]:
    lists = [kinds or () for kinds in candidates.texts("exclusions")]
    return np.array([[scope in kinds for scope in _SCOPES] for kinds in lists], dtype=np.float32).reshape(
        -1, len(_SCOPES)
    )


def _doubts(pairs: CandidatePairs) -> Flags:
    """Where the usual list leaves the asker out, whosever it is, (A, C)."""
    funds, _ = _funds(pairs.candidates)
    found = np.zeros(pairs.shape, dtype=bool)
    for place in np.unique(funds[funds != _NO_FUND]).tolist():
        found |= (_verdicts(pairs, _FUNDS[place]) < 0)[:, None] & (funds == place)[None, :]
    return found


def _describe(pairs: CandidatePairs, asker: int, candidate: int, code: Code) -> Wording:
    works = names(pairs, pairs.askers.industries, asker, "Industry")
    if code is Code.OUT and np.broadcast_to(_names_asker(pairs), pairs.shape)[asker, candidate]:
        return Wording(
            f"공고가 제외하는 업종, 기업 업종 {works.ko}",
            f"the notice leaves out its industry; the company works in {works.en}",
        )
    places, own = _funds(pairs.candidates)
    if code is Code.FREE or places[candidate] == _NO_FUND:
        return Wording("제외 업종이 적혀 있지 않음", "no industries are said to be left out")
    fund = _FUNDS[places[candidate]]
    if code is Code.IN:
        listed = list_of(fund, pairs.as_of)[0]
        return Wording(
            f"지원 제외 업종 아님 ({listed.cited}), 기업 업종 {works.ko}",
            f"not among the industries left out ({listed.cited_en}); the company works in {works.en}",
        )
    rows = _rows(pairs, asker, fund)
    if not rows and pairs.askers.guessed_codes:
        return Wording(
            "업종 추정이 맞으면 지원 제외 업종이 아님, 업종 확인 필요",
            "if the guess of its industry is right, it is not left out; the industry is to be checked",
        )
    if not rows:
        return Wording(
            "기업 업종이 지원 제외 업종(유흥주점, 사행시설 등)이 아닌지 확인 필요",
            "whether its industry is among those left out (hostess bars, gambling and others) is to be checked",
        )
    said = Wording(f"{rows[0].ko} ({rows[0].cited})", f"{rows[0].en} ({rows[0].cited_en})")
    return said if code is Code.OUT else _to_be_asked(said, guessed=not works.ko, own=bool(own[candidate]))


def _to_be_asked(said: Wording, *, guessed: bool, own: bool) -> Wording:
    ko, en = said
    if guessed:
        ko, en = f"추정 업종이 맞으면 {ko}", f"if the guess of its industry is right: {en}"
    if own:
        return Wording(f"{ko}, 해당하는지 확인 필요", f"{en}; whether that is so is to be checked")
    return Wording(f"{ko}, 이 사업도 제외하는지 확인 필요", f"{en}; whether this one does so too is to be checked")


BARRED_INDUSTRY = Rule(
    "barred_industry",
    "지원 제외 업종",
    "industries left out",
    ("Program.kind", "Program.targets", "Program.title", "Program.exclusions", "asker-IN_INDUSTRY"),
    _barred,
    _describe,
    doubts=_doubts,
)
