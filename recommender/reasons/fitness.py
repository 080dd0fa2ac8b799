"""Which conditions of a result an asker meets for certain, as points in common."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import TARGET_KINDS
from graph_schema.choices import KIND_NAMES
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.reasons.similarity import Shared
from recommender.rules.base import CandidatePairs, Code
from recommender.rules.decide import Decisions
from recommender.rules.targets import because, kind_codes, meets_target, probable_kinds

_SELECTIVE_RULES: Final = ("target", "region", "industry", "age", "size", "admitted_industry")
_SELECTIVE_FREE: Final = ("region", "admitted_industry")
"""Rules of which it is told too that a candidate sets no such condition: 전국 대상, 전 업종 입주 가능."""
_CONDITIONS_KEPT: Final = 2_000
"""Sentences of the rules that are said of many; each takes some 300 bytes."""
_SELECTIVE_KINDS: Final = ("micro", "pre_founder", "social", "women", "disabled")
"""Kinds for which there are programmes of their own; what nearly every company is (중소기업) tells nothing."""


_OF_A_BODY: Final = r"[가-힣]*(?:부|(?<!신)청|(?<!지)원|공단|중앙회|연합회|협회|센터|재단)(?![가-힣])"
"""How names of ministries, agencies and associations end: 중소벤처기업부 is no notice for 벤처기업."""


def sure_kinds(pairs: CandidatePairs, asker: int) -> tuple[str, ...]:
    """Kinds of applicant that an asker is for certain."""
    judged = kind_codes(pairs)[asker]
    return tuple(kind for kind, code in zip(TARGET_KINDS, judged, strict=True) if code == Code.IN)


def kind_words(pairs: CandidatePairs) -> tuple[str, ...]:
    """Korean words for what the first asker is, as far as it tells, as titles of programmes use them."""
    probable = zip(TARGET_KINDS, probable_kinds(pairs)[0], strict=True)
    return tuple(KIND_NAMES[kind].ko for kind, so in probable if so and kind in _SELECTIVE_KINDS)


def met(decisions: Decisions) -> npt.NDArray[np.float32]:
    """How many selective conditions each pair meets by a known fact, (A, C)."""
    found = np.zeros(decisions.pairs.shape, dtype=np.float32)
    for rule, said in zip(decisions.rules, decisions.by_rule, strict=True):
        if rule.id in _SELECTIVE_RULES:
            found += said == Code.IN
        waiting = said == Code.CHECK
        if rule.id == "target" and waiting.any():
            found += waiting & meets_target(decisions.pairs)
    return found


def fitting(decisions: Decisions, place: tuple[int, int]) -> tuple[Shared, ...]:
    """Conditions of one pair that hold by a known fact, and kinds of applicant that the title names."""
    asker, candidate = place
    pairs, found, open_target = decisions.pairs, [], False
    for rule, said in zip(decisions.rules, decisions.by_rule, strict=True):
        code = int(said[asker, candidate])
        open_target |= rule.id == "target" and code != Code.IN
        stated = code == Code.IN or (code == Code.FREE and rule.id in _SELECTIVE_FREE)
        if stated and rule.id in _SELECTIVE_RULES:
            ko, en = rule.describe(pairs, asker, candidate, Code(code))
            found.append(_met(rule.id, ko, en))
    if open_target:
        found += _named_kinds(pairs, asker, pairs.candidates.refs[candidate])
    return tuple(found)


@lru_cache(_CONDITIONS_KEPT)
def _met(rule: str, ko: str, en: str) -> Shared:
    return Shared(f"rule={rule}", Wording(ko, re.sub("; (.*)", r" (\1)", en)))


def _named_kinds(pairs: CandidatePairs, asker: int, candidate: NodeRef) -> list[Shared]:
    title = pairs.candidates.facts.snapshot.caption(candidate)
    found = []
    for kind in sure_kinds(pairs, asker):
        ko, en = KIND_NAMES[kind]
        if _names(title, ko):
            why_ko, why_en = because(pairs, asker, kind)
            said = Wording(f"제목의 ‘{ko}’에 해당({why_ko})", f"its title names {en} ({why_en})")
            found.append(Shared(f"kind={kind}", said))
    return found


@cache
def _naming(kind: str) -> re.Pattern[str]:
    """Match a kind of applicant as a word: no part of a longer one (소기업 in 중소기업), nor of a body's name."""
    return re.compile(rf"(?<![가-힣]){kind}(?!{_OF_A_BODY})")


def _names(title: str, kind: str) -> bool:
    return bool(_naming(kind).search(title))
