"""Says why a result is listed: paths of the snapshot with their sources, as data and as sentences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Final

import numpy as np

from graph_schema.model import NodeRef, RelationType
from recommender.knowledge.profile import Profile
from recommender.language import particles as sentences
from recommender.language.answers import Audience, PathStep, Reason
from recommender.reasons.paths import GUESSED_ROW, FoundCount, FoundPath, Hop, ReasonSearch
from recommender.reasons.ties import Sharing
from recommender.snapshot.network import Network

PROFILE_REF_ID = "profile"
"""Id that stands for the company described in a request."""
STATED = "request"
"""Origin of a fact that the request states."""
GUESSED = "request (guessed)"
"""Origin of a fact that is only likely from what the request says."""
_DAYS_KEPT: Final = 2
"""Days of which it is kept what companies share: today and the last one asked about; some 8 MB for 20,000 companies."""
_THIS = ("이 기업", "this company")
_MADE_UP_REMARK = (" (가상 자료)", " (synthetic data)")
_GUESSED_REMARK = ("(이 기업에 관한 내용은 요청 글에서 추정)", " (guessed for this company from the request)")

_GUESSED_LIKENESS = (", 추정", " (guessed)")


class Explainer:
    """Words the paths that a search finds."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._sharing = lru_cache(_DAYS_KEPT)(partial(Sharing.on, network))

    def search(self, start: NodeRef | Profile, as_of: date, audience: Audience = Audience.COMPANY) -> ReasonSearch:
        """Prepare the search from one start, for any number of ends, told to ``audience``."""
        return ReasonSearch(self.network, start, as_of, audience, partial(self._sharing, as_of))

    def reasons(
        self, search: ReasonSearch, end: NodeRef, *, hidden: Collection[str] = (), backwards: bool = False
    ) -> tuple[Reason, ...]:
        """Up to three paths to ``end`` as reasons; ``backwards`` tells them from ``end`` to the search's start."""
        paths = search.to(end, hidden=hidden)
        return tuple(self._reason(_reversed(path) if backwards else path) for path in paths)

    def counts(self, search: ReasonSearch, end: NodeRef) -> tuple[Reason, ...]:
        """Return how many companies like the start have dealings with ``end``, as at most one reason."""
        return tuple(self._count(search, found, end) for found in search.counts(end))

    def _count(self, search: ReasonSearch, found: FoundCount, end: NodeRef) -> Reason:
        start = None if search.start < 0 else self.network.ref(search.start)
        refs = (start, self.network.ref(found.shared), end)
        names = [_THIS if ref is None else self._names(ref) for ref in refs]
        said = []
        for language, words in enumerate((sentences.korean_count, sentences.english_count)):
            asker, shared, target = (both[language] for both in names)
            like = f"{shared}{_GUESSED_LIKENESS[language]}" if found.first.row == GUESSED_ROW else shared
            told = words(found.first.relation, asker, like, found.last, count=found.companies, target=target)
            said.append(f"{told}{_MADE_UP_REMARK[language] if found.synthetic else ''}.")
        step = self._step(found.first, start, self.network.ref(found.far))
        return Reason(said[0], said[1], (step,), companies=found.companies)

    def _names(self, ref: NodeRef) -> tuple[str, str]:
        """How a node is called in Korean and in English, which is the same."""
        name = sentences.quoted(ref.label, self.network.snapshot.caption(ref))
        return name, name

    def _reason(self, path: FoundPath) -> Reason:
        refs = [None if number < 0 else self.network.ref(number) for number in path.nodes]
        steps = [self._step(hop, refs[i], refs[i + 1]) for i, hop in enumerate(path.hops)]
        names = [_THIS if ref is None else self._names(ref) for ref in refs]
        ko, en = (self._sentence(path, [both[language] for both in names], language) for language in range(2))
        return Reason(ko, en, tuple(steps))

    def _step(self, hop: Hop, near: NodeRef | None, far: NodeRef | None) -> PathStep:
        """Read the relationship from the snapshot; a profile's own fact has no row there."""
        this = NodeRef(hop.relation.source, PROFILE_REF_ID)
        ends = (near or this, far or this) if hop.outgoing else (far or this, near or this)
        if hop.row < 0:
            origin = GUESSED if hop.row == GUESSED_ROW else STATED
            return PathStep(ends[0], hop.relation.type, ends[1], origin, None, None, synthetic=False, in_snapshot=False)
        snapshot, edges = self.network.snapshot, self.network.snapshot.edges(hop.relation)
        origin, loaded_at, synthetic = (
            snapshot.values(hop.relation, name)[hop.row].as_py() for name in ("source", "loaded_at", "synthetic")
        )
        on = edges.on[hop.row]
        return PathStep(
            ends[0],
            hop.relation.type,
            ends[1],
            str(origin),
            loaded_at.isoformat() if isinstance(loaded_at, datetime) else None,
            None if np.isnat(on) else str(on),
            synthetic=bool(synthetic),
        )

    def _sentence(self, path: FoundPath, names: Sequence[str], language: int) -> str:
        clauses, i = [], 0
        while i < len(path.hops):
            taken, clause = _clause(path.hops[i:], names[i:], language)
            clauses.append(clause)
            i += taken
        guessed = _GUESSED_REMARK[language] if any(hop.row == GUESSED_ROW for hop in path.hops) else ""
        if language == 0:
            return ", ".join([*map(sentences.korean_and, clauses[:-1]), clauses[-1]]) + guessed + "."
        text = ", and ".join(clauses)
        return text[0].upper() + text[1:] + guessed + "."


@dataclass(frozen=True)
class _Wording:
    """How relationships are worded in one language."""

    fact: Callable[[RelationType, str, str], str]
    shared: Callable[[RelationType, str, str, str], str]
    shared_source: Callable[[RelationType, str, str, str], str]


_KOREAN: Final = _Wording(sentences.korean_fact, sentences.korean_shared, sentences.korean_shared_source)
_KOREAN_LAST: Final = _Wording(
    partial(sentences.korean_fact, polite=True),
    partial(sentences.korean_shared, polite=True),
    partial(sentences.korean_shared_source, polite=True),
)
"""The clause that ends a Korean sentence is in 합쇼체."""
_ENGLISH: Final = _Wording(sentences.english_fact, sentences.english_shared, sentences.english_shared_source)


def _clause(hops: Sequence[Hop], names: Sequence[str], language: int) -> tuple[int, str]:
    """Word the next relationship, or the next two where they are of one kind and meet in one node."""
    taken, places, *words = wording_of(hops)
    return taken, words[language](*(names[place] for place in places))


def wording_of(hops: Sequence[Hop]) -> tuple[int, tuple[int, ...], Callable[..., str], Callable[..., str]]:
    """Return how many relationships the next clause tells, of which nodes, and how in Korean and in English."""
    first = hops[0]
    if len(hops) > 1 and first.relation.type == hops[1].relation.type and first.relation.ko == hops[1].relation.ko:
        ko, en = (_wording(language, last=not hops[2:]) for language in range(2))
        if first.relation.symmetric or (first.outgoing and not hops[1].outgoing):
            return 2, (0, 2, 1), partial(ko.shared, first.relation), partial(en.shared, first.relation)
        if not first.outgoing and hops[1].outgoing:
            return 2, (1, 0, 2), partial(ko.shared_source, first.relation), partial(en.shared_source, first.relation)
    ko, en = (_wording(language, last=not hops[1:]) for language in range(2))
    ends = (0, 1) if first.outgoing or first.relation.symmetric else (1, 0)
    return 1, ends, partial(ko.fact, first.relation), partial(en.fact, first.relation)


def _wording(language: int, *, last: bool) -> _Wording:
    return _ENGLISH if language else _KOREAN_LAST if last else _KOREAN


def _reversed(path: FoundPath) -> FoundPath:
    hops = tuple(Hop(hop.relation, hop.row, not hop.outgoing) for hop in reversed(path.hops))
    return FoundPath(tuple(reversed(path.nodes)), hops, path.weight)
