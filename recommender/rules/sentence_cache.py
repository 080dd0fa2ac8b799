"""Rules whose sentences are kept: what is said of a candidate is the same for all askers with the same facts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from graph_schema.wording import Wording
from recommender.rules.askers import Askers
from recommender.rules.base import CandidatePairs, Code, Rule
from recommender.snapshot.annual import Bands

_MOST_KEPT: Final = 20_000
"""Wording of one rule that are kept; past it they are made anew, so that memory stays flat."""


def _listed(links: str) -> Callable[[Askers, int], Hashable]:
    def read(askers: Askers, row: int) -> Hashable:
        matrix = getattr(askers, links)
        return tuple(matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]].tolist())

    return read


def _ends(bands: Bands, row: int) -> tuple[bytes, bytes]:
    """Return both ends of a band as bytes: NaN is not equal to itself."""
    return bands.least[row].tobytes(), bands.most[row].tobytes()


_FACTS: Final[Mapping[str, Callable[[Askers, int], Hashable]]] = MappingProxyType(
    {
        "asker.founded_on": lambda askers, row: askers.founded_on[row].tobytes(),
        "asker.employees": lambda askers, row: _ends(askers.figures.employees, row),
        "asker.revenue_krw": lambda askers, row: (
            *_ends(askers.figures.revenue_krw, row),
            *_ends(askers.figures.average_revenue_krw, row),
        ),
        "asker.legal_form": lambda askers, row: askers.legal_form[row],
        "asker.certificates": lambda askers, row: (
            *(askers.certificates[row] or ()),
            *(each[:2] for each in askers.lapsed.get(row, ())),
        ),
        "asker.standing": lambda askers, _row: askers.standing,
        "asker-IN_INDUSTRY": _listed("industries"),
        "asker-LOCATED_IN": _listed("regions"),
    }
)
"""How each fact of an asker that rules decide on is read, as something that can be looked up."""
_BY_LAW: Final = ("asker.certificates",)
"""What sets a company apart in law, beside the facts that a rule names."""


def with_sentence_cache(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Return the same rules for many askers of one label and the same candidates: what they say is kept.

    A rule that needs a fact of the asker which is not among those looked up here is told anew for each.
    """
    return tuple(replace(rule, describe=_SentenceCache(rule)) if _can_be_kept(rule) else rule for rule in rules)


def _can_be_kept(rule: Rule) -> bool:
    return all(name in _FACTS for name in rule.needs if name.startswith("asker"))


class _SentenceCache:
    def __init__(self, rule: Rule) -> None:
        self._describe = rule.describe
        names = [name for name in rule.needs if name in _FACTS]
        self._facts = [_FACTS[name] for name in dict.fromkeys((*names, *_BY_LAW))] if names else []
        self._said: dict[Hashable, Wording] = {}

    def __call__(self, pairs: CandidatePairs, asker: int, candidate: int, code: Code) -> Wording:
        stated: dict[int, Hashable] = pairs.askers.once(self, dict)
        facts = stated.get(asker)
        if facts is None:
            facts = stated[asker] = (pairs.askers.label, *(fact(pairs.askers, asker) for fact in self._facts))
        key = (candidate, code, facts)
        said = self._said.get(key)
        if said is None:
            if len(self._said) >= _MOST_KEPT:
                self._said.clear()
            said = self._said[key] = self._describe(pairs, asker, candidate, code)
        return said
