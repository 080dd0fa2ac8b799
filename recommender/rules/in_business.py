"""The rule that a company that has closed is neither asked nor recommended, by register or by its own word.

What the register says holds from the day of closing on, so that a question as of an earlier day
still finds the company. One that says itself that it has closed may still need a tax or labour expert to
wind up, and one that is about to found again what a founder needs; both are left to be checked.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pyarrow.compute as pc

from graph_schema.catalog import relation_type
from graph_schema.wording import NOTHING, Wording
from recommender.measure.arrays import Flags
from recommender.rules.askers import Askers
from recommender.rules.base import CandidatePairs, Code, Codes, Rule
from recommender.rules.candidates import Candidates
from recommender.snapshot.dated_facts import DatedFacts

_REGISTERED: Final = relation_type("Company", "REGISTERED_WITH", "Institution")
_NAMES: Final = {"closed": Wording("폐업", "closed"), "suspended": Wording("휴업", "suspended")}
_BY_REGISTER: Final = Wording("국세청 사업자등록 상태", "by the tax office's register")
_BY_OWN_WORD: Final = Wording("적은 내용 기준", "by its own words")


def in_state(facts: DatedFacts, state: str, as_of: date) -> Flags:
    """Which companies of the snapshot are in a state of business on a day, (companies,)."""
    edges, found = facts.snapshot.edges(_REGISTERED), np.zeros(len(facts.snapshot.vocabulary("Company")), dtype=bool)
    said = pc.fill_null(pc.equal(facts.snapshot.table(_REGISTERED).column("state"), state), fill_value=False)
    keep = np.asarray(said.to_numpy(), dtype=bool) & (edges.src >= 0)
    current = facts.in_force(_REGISTERED, as_of)
    found[edges.src[keep if current is None else keep & current]] = True
    return found


def askers_in_state(askers: Askers, facts: DatedFacts, state: str, as_of: date) -> Flags:
    """Which askers are in a state of business on a day, (A,); nobody that is no company of the snapshot."""
    return _of_rows(facts, askers.row if askers.label == "Company" else np.full(len(askers), -1), state, as_of)


def _candidates_in_state(candidates: Candidates, state: str, as_of: date) -> Flags:
    rows = np.where(candidates.label == "Company", candidates.row, -1)
    return _of_rows(candidates.facts, rows, state, as_of)


def _of_rows(facts: DatedFacts, rows: np.ndarray[tuple[int], np.dtype[np.int64]], state: str, as_of: date) -> Flags:
    return np.append(in_state(facts, state, as_of), False)[rows]


def _decide(pairs: CandidatePairs) -> Codes:
    askers, candidates, day = pairs.askers, pairs.candidates, pairs.as_of
    asks = {state: askers_in_state(askers, candidates.facts, state, day)[:, None] for state in _NAMES}
    answers = {state: _candidates_in_state(candidates, state, day)[None, :] for state in _NAMES}
    closed, suspended = (asks[state] | answers[state] for state in ("closed", "suspended"))
    out, check = np.int8(Code.OUT), np.int8(Code.CHECK)
    return np.select([closed, suspended], [out, check], _by_own_word(pairs)[None, :]).astype(np.int8)


def _by_own_word(pairs: CandidatePairs) -> Codes:
    """Judge each candidate by what the asker says of its own business, (C,)."""
    says = pairs.askers.standing
    found = np.full(len(pairs.candidates), Code.FREE, dtype=np.int8)
    if "closed" in says:
        again = "unregistered" in says or bool((pairs.askers.founded_on > np.datetime64(pairs.as_of)).any())
        found[:] = Code.CHECK if again else Code.OUT
        found[pairs.candidates.is_label("Expert")] = Code.CHECK
    elif "suspended" in says:
        found[:] = Code.CHECK
    return found


def _describe(pairs: CandidatePairs, asker: int, candidate: int, code: Code) -> Wording:
    if code is Code.FREE:
        return Wording("폐업·휴업 기록 없음", "nothing says that it has closed")
    facts, day = pairs.candidates.facts, pairs.as_of
    registered = [
        (state, who)
        for state in _NAMES
        for who, among in (
            (Wording("신청 기업", "the asker"), askers_in_state(pairs.askers, facts, state, day)[asker]),
            (Wording("대상 기업", "the company"), _candidates_in_state(pairs.candidates, state, day)[candidate]),
        )
        if among
    ]
    own = [(state, Wording("신청 기업", "the asker")) for state in _NAMES if state in pairs.askers.standing]
    (state, who), source = (registered[0], _BY_REGISTER) if registered else (own[0], _BY_OWN_WORD)
    ko, en = _NAMES[state]
    doubt = NOTHING if code is Code.OUT else Wording(", 확인 필요", ": to be asked")
    return Wording(f"{who.ko} {ko} ({source.ko}){doubt.ko}", f"{who.en} is {en}, {source.en}{doubt.en}")


IN_BUSINESS = Rule(
    "in_business",
    "사업 계속 여부",
    "still in business",
    ("asker-REGISTERED_WITH", "Company-REGISTERED_WITH", "asker.standing"),
    _decide,
    _describe,
)
