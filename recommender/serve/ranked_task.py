"""What is read once of a task that is served: candidates, their looks and use, the words that tell them apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy import sparse

from graph_schema.catalog import node_type, relation_type
from graph_schema.model import NodeRef
from recommender.knowledge.task_data import TaskData
from recommender.knowledge.tasks import Task
from recommender.measure.arrays import Flags, Floats, Indices
from recommender.measure.standard_scores import standard
from recommender.reasons.shared_words import DistinctiveWords, place_words
from recommender.reasons.similarity import Likeness
from recommender.rules.candidates import Candidates
from recommender.scorers.content import LabelContent, content_of
from recommender.scorers.popularity import decayed_history
from recommender.serve.own_text import OwnText
from recommender.serve.topics import topics_offered
from recommender.snapshot.dated_facts import DatedFacts

INTERCHANGEABLE: Final = frozenset({"Space", "Program"})
"""Rooms of one building, and parts of one notice; people, companies and patents of one name are not the same."""
HALF_LIFE_DAYS: Final = 3 * 365.25
"""Use of three years ago counts half. Chosen by hand: it orders ties alone."""
_NODES_KEPT: Final = 2_000
"""Of each task and day; the words of a node take some 2 kB."""
_BRACKET: Final = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True)
class RankedTask:
    """A task over its data; what is derived is computed once.

    ``text_share``: of the weight of a request's words, what those count by that ask for nothing (``TextShare``).
    """

    task: Task
    data: TaskData
    facts: DatedFacts
    text_share: float = 1.0

    def warm_up(self) -> None:
        """Read what the first request would wait for."""
        _ = self.by_id, self.look, self.popularity, self.activity, self.words, self.topics, self.own.bare

    @cached_property
    def candidates(self) -> Candidates:
        """All candidates, in the order of the data's columns."""
        return Candidates(self.facts, [self.data.candidate_ref(column) for column in range(self.data.n_candidates)])

    @cached_property
    def by_id(self) -> Indices:
        """Place of each candidate's address among them all, (C,)."""
        refs = self.candidates.refs
        places = np.empty(len(refs), dtype=np.int64)
        places[sorted(range(len(refs)), key=refs.__getitem__)] = np.arange(len(refs))
        return places

    @cached_property
    def own(self) -> OwnText:
        """Nearness by the askers' own texts."""
        return OwnText(self.data, self.facts)

    @cached_property
    def popularity(self) -> npt.NDArray[np.float64]:
        """Known links of each candidate, recent ones counting for more, (C,)."""
        return np.asarray(self._history.sum(axis=0), dtype=np.float64).ravel()[self.data.columns]

    @cached_property
    def activity(self) -> npt.NDArray[np.float64]:
        """Known links of each asker, recent ones counting for more, (Q,)."""
        return np.asarray(self._history.sum(axis=1), dtype=np.float64).ravel()

    @cached_property
    def _history(self) -> sparse.csr_array:
        return decayed_history(self.data.known, HALF_LIFE_DAYS)

    def likeness_to_takers(self, column: int) -> Floats:
        """How like each asker is to those who took a candidate, as standard scores over the askers; (Q,)."""
        facts, takers = self._content.nodes.facts, self._history[:, [int(self.data.columns[column])]]
        like = (facts @ (facts.T @ takers).toarray()).reshape(1, -1)
        return np.asarray(standard(np.asarray(like, dtype=np.float32))[0], dtype=np.float32)

    @cached_property
    def _content(self) -> LabelContent:
        """What is known of the askers beside their texts."""
        return content_of(self.data.known, self.data.known.task.query, text_share=0.0)

    @cached_property
    def captions(self) -> list[str]:
        """Names of the candidates, (C,)."""
        found: list[str] = []
        for label, at in self.data.candidate_space.members.items():
            names = self.data.snapshot.nodes(label).column(node_type(label).caption).take(pa.array(at))
            found += [str(name or "") for name in names.to_pylist()]
        return found

    @cached_property
    def topics(self) -> Flags:
        """Which of the topics of requests each candidate is about by its name, (C, T)."""
        return topics_offered(self.captions)

    @cached_property
    def words(self) -> DistinctiveWords:
        """Which words tell one candidate from the others."""
        return DistinctiveWords(self.captions, place_words(self.data.snapshot))

    def likeness(self, day: date) -> Likeness:
        """Name what both sides have in common on a day; what was read of the last nodes is kept with the day."""
        return self.candidates.on(day, "likeness", lambda: Likeness(self.facts, day, self.words, kept=_NODES_KEPT))

    @cached_property
    def look(self) -> Indices:
        """A number that those candidates share which look alike by name and, for rooms, by building; (C,)."""
        seen: dict[tuple[object, ...], int] = {}
        looks = (self._look(ref, caption) for ref, caption in zip(self.candidates.refs, self.captions, strict=True))
        return np.array([seen.setdefault(look, len(seen)) for look in looks], dtype=np.int64)

    def _look(self, ref: NodeRef, caption: str) -> tuple[object, ...]:
        if ref.label not in INTERCHANGEABLE:
            return (ref,)
        position = self.data.snapshot.vocabulary(ref.label).find(ref.id)
        where = self._centers.get(position) if ref.label == "Space" else None
        return (ref.label, _BRACKET.sub("", caption), where)

    @cached_property
    def _centers(self) -> dict[int | None, int]:
        edges = self.data.snapshot.edges(relation_type("Space", "PART_OF", "Center"))
        return dict(zip(edges.src.tolist(), edges.dst.tolist(), strict=True))
