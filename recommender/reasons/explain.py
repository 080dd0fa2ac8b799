"""Says why a result is listed: paths of the snapshot with their sources, as data and as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Final

import numpy as np

from graph_schema.catalog import RELATION_TYPES
from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language import particles as sentences
from recommender.language.answers import Audience, PathStep, Reason
from recommender.reasons.path_words import PathWords
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
_MADE_UP_REMARK = (" (가상 자료)", " (synthetic data)")

_GUESSED_LIKENESS = (", 추정", " (guessed)")


class Explainer:
    """Words the paths that a search finds."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._words = PathWords(network)
        self._sharing = lru_cache(_DAYS_KEPT)(partial(Sharing.on, network))

    def search(self, start: NodeRef | Profile, as_of: date, audience: Audience = Audience.COMPANY) -> ReasonSearch:
        """Prepare the search from one start, for any number of ends, told to ``audience``."""
        return ReasonSearch(self.network, start, as_of, audience, partial(self._sharing, as_of))

    def reasons(
        self, search: ReasonSearch, ends: Sequence[NodeRef], *, backwards: bool = False
    ) -> list[tuple[Reason, ...]]:
        """Up to three paths to each end as reasons; ``backwards`` tells them from the end to the search's start."""
        found = search.to(ends)
        return [tuple(self._reason(path.back if backwards else path) for path in paths) for paths in found]

    def counts(self, search: ReasonSearch, ends: Sequence[NodeRef]) -> list[tuple[Reason, ...]]:
        """Return how many companies like the start have dealings with each end, as at most one reason each."""
        found = zip(ends, search.counts(ends), strict=True)
        return [() if count is None else (self._count(search, count, end),) for end, count in found]

    def _count(self, search: ReasonSearch, found: FoundCount, end: NodeRef) -> Reason:
        start = None if search.start < 0 else self.network.ref(search.start)
        like, dealing = RELATION_TYPES[found.first.code >> 1], RELATION_TYPES[found.last]
        names = [self._words.name(number) for number in (search.start, found.shared, self.network.find(end))]
        said = []
        for language, words in enumerate((sentences.korean_count, sentences.english_count)):
            asker, shared, target = (tuple(name)[language] for name in names)
            alike = f"{shared}{_GUESSED_LIKENESS[language]}" if found.first.row == GUESSED_ROW else shared
            sentence = words(like, asker, alike, dealing, count=found.companies, target=target)
            said.append(f"{sentence}{_MADE_UP_REMARK[language] if found.synthetic else ''}.")
        step = self._step(found.first, start, self.network.ref(found.far))
        return Reason(said[0], said[1], (step,), companies=found.companies)

    def _reason(self, path: FoundPath) -> Reason:
        refs = [None if number < 0 else self.network.ref(number) for number in path.nodes]
        steps = [self._step(hop, refs[i], refs[i + 1]) for i, hop in enumerate(path.hops)]
        is_guessed = any(hop.row == GUESSED_ROW for hop in path.hops)
        said = self._words.said(path.nodes, tuple(hop.code for hop in path.hops), is_guessed=is_guessed)
        return Reason(said.ko, said.en, tuple(steps))

    def _step(self, hop: Hop, near: NodeRef | None, far: NodeRef | None) -> PathStep:
        """Read the relationship from the snapshot; a profile's own fact has no row there."""
        relation = RELATION_TYPES[hop.code >> 1]
        this = NodeRef(relation.source, PROFILE_REF_ID)
        ends = (near or this, far or this) if hop.code & 1 else (far or this, near or this)
        if hop.row < 0:
            origin = GUESSED if hop.row == GUESSED_ROW else STATED
            return PathStep(ends[0], relation.type, ends[1], origin, None, None, synthetic=False, in_snapshot=False)
        snapshot, edges = self.network.snapshot, self.network.snapshot.edges(relation)
        origin, loaded_at, synthetic = (
            snapshot.values(relation, name)[hop.row].as_py() for name in ("source", "loaded_at", "synthetic")
        )
        on = edges.on[hop.row]
        return PathStep(
            ends[0],
            relation.type,
            ends[1],
            str(origin),
            loaded_at.isoformat() if isinstance(loaded_at, datetime) else None,
            None if np.isnat(on) else str(on),
            synthetic=bool(synthetic),
        )
