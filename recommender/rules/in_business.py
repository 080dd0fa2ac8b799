"""The rule that a company that has closed is neither asked nor recommended, by the tax office's register.

What the register says holds from the day of closing on, so that a question as of an earlier day
still finds the company.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pyarrow.compute as pc

from graph_schema.catalog import relation_type
from recommender.language.said import Said
from recommender.measure.arrays import Flags
from recommender.rules.askers import Askers
from recommender.rules.base import CandidatePairs, Code, Codes, Rule
from recommender.rules.candidates import Candidates
from recommender.snapshot.dated_facts import DatedFacts

_REGISTERED: Final = relation_type("Company", "REGISTERED_WITH", "Institution")
_NAMES: Final = {"closed": Said("폐업", "closed"), "suspended": Said("휴업", "suspended")}


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
    return np.select([closed, suspended], [np.int8(Code.OUT), np.int8(Code.CHECK)], np.int8(Code.FREE)).astype(np.int8)


def _tell(pairs: CandidatePairs, asker: int, _candidate: int, code: Code) -> Said:
    if code is Code.FREE:
        return Said("폐업·휴업 기록 없음", "nothing says that it has closed")
    state = "closed" if code is Code.OUT else "suspended"
    asks = askers_in_state(pairs.askers, pairs.candidates.facts, state, pairs.as_of)[asker]
    who = Said("신청 기업", "the asker") if asks else Said("대상 기업", "the company")
    ko, en = _NAMES[state]
    doubt = Said("", "") if code is Code.OUT else Said(", 확인 필요", ": to be asked")
    return Said(
        f"{who.ko} {ko} (국세청 사업자등록 상태){doubt.ko}",
        f"{who.en} is {en}, by the tax office's register{doubt.en}",
    )


IN_BUSINESS = Rule(
    "in_business",
    "사업 계속 여부",
    "still in business",
    ("asker-REGISTERED_WITH", "Company-REGISTERED_WITH"),
    _decide,
    _tell,
)
