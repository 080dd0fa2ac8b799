"""What a notice says beside its facts: the words a fact was read from, and words that nobody understood."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from graph_schema.wording import Wording
from recommender.measure.arrays import Flags
from recommender.rules.base import CandidatePairs, Code, Codes, Rule
from recommender.rules.candidates import Candidates

_WHOLE = "notice"


def is_read(candidates: Candidates) -> Flags:
    """Where a notice's text was read, whether or not all of it was understood, (C,)."""
    return candidates.once("read", lambda: np.array([lines is not None for lines in candidates.texts("unread")], bool))


def is_unread(candidates: Candidates, rule: str) -> Flags:
    """Where a notice's text speaks of what ``rule`` judges in words that were not understood, (C,)."""
    return candidates.once(("unread", rule), lambda: _any_of(candidates.texts("unread"), rule))


def is_doubtful(candidates: Candidates, rule: str) -> Flags:
    """Where a value that ``rule`` judges by was read and something else in the notice goes beyond it, (C,)."""
    read = candidates.once(("read", rule), lambda: _any_of(candidates.texts("read_from"), rule))
    return read & is_unread(candidates, rule)


def _any_of(lists: Iterable[list[str] | None], rule: str) -> Flags:
    return np.array([any(line.startswith(f"{rule}@") for line in lines or ()) for lines in lists], dtype=bool)


def quotes(pairs: CandidatePairs, candidate: int, rule: str, *properties: str) -> str:
    """Words of the notice that ``rule`` goes by, joined; empty where there are none."""
    names = properties or ("read_from", "unread")
    lines = [line for name in names for line in pairs.candidates.texts(name)[candidate] or ()]
    found = [line.partition(" ")[2] for line in lines if line.startswith(f"{rule}@")]
    return ", ".join(dict.fromkeys(quote for quote in found if quote))


def with_quotes(said: Wording, pairs: CandidatePairs, candidate: int, rule: str, *properties: str) -> Wording:
    """Add the words of the notice to what is said of it."""
    written = quotes(pairs, candidate, rule, *properties)
    return Wording(f"{said.ko} (원문: {written})", f"{said.en} (as written: {written})") if written else said


def to_check(pairs: CandidatePairs, candidate: int, rule: str, subject: Wording) -> Wording:
    """Say that the notice speaks of ``subject`` and somebody has to read it."""
    said = Wording(f"{subject.ko} 조건이 있어 확인 필요", f"there is a condition on {subject.en}; to be checked")
    return with_quotes(said, pairs, candidate, rule)


def _notice(pairs: CandidatePairs) -> Codes:
    """To be checked where no text was read, or the text sends its reader on to the full notice."""
    pending = ~is_read(pairs.candidates) | is_unread(pairs.candidates, _WHOLE)
    return np.where(pending, np.int8(Code.CHECK), np.int8(Code.FREE)).astype(np.int8)[None, :]


def _describe_notice(pairs: CandidatePairs, _asker: int, candidate: int, code: Code) -> Wording:
    if code is Code.FREE:
        return Wording("공고문에 적힌 조건을 모두 읽음", "all conditions that the notice tells were read")
    if pairs.candidates.texts("unread")[candidate] is None:
        return Wording(
            "공고문 본문이 없어 업력·종업원 수·매출액·인증·제외 대상 등은 확인 필요",
            "the notice's text is not at hand: age, employees, revenue, certificates and exclusions are to be checked",
        )
    said = Wording(
        "자세한 조건은 공고문 원문에 있어 확인 필요", "further conditions stand in the full notice; to be checked"
    )
    return with_quotes(said, pairs, candidate, _WHOLE)


NOTICE = Rule(_WHOLE, "공고문", "full notice", ("Program.unread",), _notice, _describe_notice, of_candidates=True)
