"""A task of a snapshot as it is served: who asks and what is ranked, and a request as a question to a scorer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.errors import NotFoundError
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.knowledge.bare_companies import bare_companies
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.from_snapshot import dataset_of
from recommender.knowledge.guests import guest_rows, likely_places
from recommender.knowledge.known import NO_TIME, Known, Pairs, Questions
from recommender.knowledge.known_facts import KnownFacts
from recommender.knowledge.label_space import LabelSpace
from recommender.knowledge.profile import Profile
from recommender.knowledge.rejections import Rejection, speaking_against
from recommender.knowledge.splits import Cuts
from recommender.knowledge.stages import all_known
from recommender.knowledge.tasks import Task
from recommender.measure.arrays import Flags, Floats, Indices
from recommender.snapshot.snapshot import Snapshot
from recommender.text.encoder import NODE_ROLE
from recommender.text.protocol import TextEncoder

ALL_KNOWN: Final = Cuts(date(9998, 1, 1), date(9998, 1, 2), date(9998, 1, 3))
"""Cuts after all facts: nothing is left to be asked."""
_MOSTLY: Final = 0.5
"""Share of made-up pairs from which on a model is taken for one of a made-up city."""


@dataclass(frozen=True)
class TaskInput:
    """What a task is read with: facts before the day ``before`` alone, made-up ones or not, windows by ``cuts``."""

    before: date | None = None
    include_synthetic: bool = True
    rejections: tuple[Rejection, ...] = ()
    cuts: Cuts | None = None


class TaskData:
    """One task over one snapshot: Q askers and C candidates by row, over the nodes of a dataset.

    ``vectors`` are the text embeddings of ``encode_snapshot``, by label. Of the rejections those count whose reason
    speaks against the pair.
    """

    def __init__(
        self, snapshot: Snapshot, task: Task, vectors: Mapping[str, Floats], read: TaskInput | None = None
    ) -> None:
        self.snapshot = snapshot
        self.task = task
        self.vectors = vectors
        self.read = read or TaskInput()
        self.rejections = speaking_against(self.read.rejections, task.name)
        before, synthetic = self.read.before, self.read.include_synthetic
        self.facts = KnownFacts(snapshot, task, before, include_synthetic=synthetic)
        self.query_space = LabelSpace(snapshot, {label: self._kept(label) for label in sorted(task.query)})
        self.candidate_space = LabelSpace(snapshot, {label: self._wanted(label) for label in sorted(task.candidate)})

    @property
    def n_queries(self) -> int:
        """Askers in the graph, Q."""
        return len(self.query_space)

    @property
    def n_candidates(self) -> int:
        """Candidates, C."""
        return len(self.candidate_space)

    def query_ref(self, row: int) -> NodeRef:
        """Return the asker of a row."""
        return self.query_space.ref(row)

    def candidate_ref(self, row: int) -> NodeRef:
        """Return the candidate of a column."""
        return self.candidate_space.ref(row)

    def find_query(self, ref: NodeRef) -> int | None:
        """Row of an asker, None where it is not one."""
        return self.query_space.find(ref)

    def find_candidate(self, ref: NodeRef) -> int | None:
        """Column of a candidate, None where it is not one."""
        return self.candidate_space.find(ref)

    @cached_property
    def dataset(self) -> Dataset:
        """The task as the bench knows it."""
        read = self.read
        return dataset_of(
            self.snapshot, self.task, include_synthetic=read.include_synthetic, before=read.before, cuts=read.cuts
        )

    @cached_property
    def text(self) -> dict[str, Floats]:
        """Text vectors of who asks and of what is ranked, by label of the dataset, in the order of its nodes."""
        groups = {"".join(group): sorted(group) for group in (self.task.query, self.task.candidate)}
        return {
            name: _stacked([self._text_of(each) for each in group])
            for name, group in groups.items()
            if any(each in self.vectors for each in group)
        }

    @cached_property
    def described(self) -> Flags:
        """Which query nodes of the dataset are companies that are more than a name in words, (query nodes,)."""
        parts = []
        for label in sorted(self.task.query):
            kept = self._kept(label)
            parts.append(~bare_companies(self.snapshot)[kept] if label == "Company" else np.zeros(len(kept), bool))
        return np.concatenate(parts)

    def _text_of(self, label: str) -> Floats:
        """Text vectors of the nodes of a label that take part, zero where it has none."""
        kept = self._kept(label)
        if label not in self.vectors:
            width = next(iter(self.vectors.values())).shape[1]
            return np.zeros((len(kept), width), dtype=np.float32)
        vectors = self.vectors[label]
        return vectors if len(kept) == len(vectors) else vectors[kept]

    @cached_property
    def known(self) -> Known:
        """All that may be known."""
        return all_known(self.dataset, self.text)

    @cached_property
    def columns(self) -> Indices:
        """Place of each candidate among the nodes of the candidate label, (C,)."""
        parts, start = [], 0
        for label, members in self.candidate_space.members.items():
            kept = self._kept(label)
            parts.append(start + np.searchsorted(kept, members))
            start += len(kept)
        return np.concatenate(parts)

    @cached_property
    def candidate_text(self) -> Floats:
        """Text embeddings of the candidates, shape (C, d), no copy where all nodes are; of no width without any."""
        text = self.text.get(self.known.task.candidate)
        if text is None:
            return np.zeros((self.n_candidates, 0), dtype=np.float32)
        return text if np.array_equal(self.columns, np.arange(len(text))) else text[self.columns]

    @cached_property
    def synthetic_share(self) -> float:
        """Share of the known target relationships that are made up, 0 where there are none."""
        flags = np.concatenate([self.facts.synthetic(relation) for relation in self.task.targets])
        return float(flags.mean()) if len(flags) else 0.0

    @property
    def mostly_synthetic(self) -> bool:
        """Whether a model of it is one of a made-up city, whose texts say nothing of what real companies' are worth."""
        return self.synthetic_share > _MOSTLY

    @cached_property
    def rejected(self) -> Pairs:
        """Known pairs that an asker turned down by a reason against them, without those linked nevertheless."""
        days: dict[tuple[int, int], date] = {}
        for each in self.rejections:
            query, candidate = self.find_query(each.query), self.find_candidate(each.candidate)
            if query is None or candidate is None or (self.read.before is not None and each.on >= self.read.before):
                continue
            cell = query, int(self.columns[candidate])
            if not self.known.history[cell]:
                days[cell] = max(days.get(cell, each.on), each.on)
        cells = np.array(sorted(days), dtype=np.int64).reshape(-1, 2)
        time = np.array([days[q, c] for q, c in cells.tolist()], dtype="datetime64[s]").reshape(-1)
        return Pairs(cells[:, 0], cells[:, 1], time, np.ones(len(cells), dtype=np.float32))

    def questions(self, refs: Sequence[NodeRef]) -> Questions:
        """Ask nodes of the graph; raises ``NotFoundError`` for one that is no asker."""
        rows = [self.find_query(ref) for ref in refs]
        for ref, row in zip(refs, rows, strict=True):
            if row is None:
                kinds = ", ".join(self.task.query)
                raise NotFoundError(
                    Wording(
                        f"{ref}: {self.task.ko} 추천을 받을 수 없습니다. 이 스냅숏의 {kinds} 노드가 아닙니다",
                        f"{ref} does not ask for {self.task.en}: it is not a {kinds} of this snapshot",
                    )
                )
        return self.known.history_of(np.array(rows, dtype=np.int64))

    def questions_by(self, profile: Profile, encoder: TextEncoder) -> Questions:
        """Ask as one company that a request describes; what it names that is not in the graph counts for nothing.

        Relationships of the target relations come with the question, the others are facts, guesses among them. Raises
        ``NotFoundError`` where such askers do not exist for the task, ``SchemaError`` for a relationship that the
        catalog does not know.
        """
        if profile.label not in self.task.query:
            kinds = ", ".join(self.task.query)
            raise NotFoundError(
                Wording(
                    f"{profile.label}: {self.task.ko} 추천을 받을 수 없는 종류입니다. 받을 수 있는 종류: {kinds}",
                    f"{profile.label} does not ask for {self.task.en}; {kinds} do",
                )
            )
        given = np.array(likely_places(profile, self.task, self.find_candidate), dtype=np.int64)
        text = encoder.encode([profile.text.strip() or self.industry_names(profile)], NODE_ROLE)
        size = len(given)
        pairs = Pairs(
            np.zeros(size, dtype=np.int64),
            self.columns[given],
            np.full(size, NO_TIME, dtype="datetime64[s]"),
            np.ones(size, dtype=np.float32),
        )
        return Questions(
            np.zeros(1, np.int64), pairs, len(self.known.candidates), guest_rows(self.known, profile, text)
        )

    def industry_names(self, profile: Profile) -> str:
        """Text of a profile that has none, the same that stands for companies of the graph without one."""
        refs = profile.likely_links.get("IN_INDUSTRY", ())
        known = [ref for ref in refs if self.snapshot.vocabulary(ref.label).find(ref.id) is not None]
        return ", ".join(map(self.snapshot.caption, known))

    def _kept(self, label: str) -> Indices:
        return np.flatnonzero(self.facts.is_kept(label))

    def _wanted(self, label: str) -> Indices:
        table = self.snapshot.nodes(label)
        wanted: npt.NDArray[np.bool_] = np.asarray(self.facts.is_kept(label)).copy()
        for name, values in self.task.where.items():
            found = pc.is_in(table.column(name), value_set=pa.array(values, pa.string()))
            wanted &= np.asarray(pc.fill_null(found, fill_value=False).to_numpy(), dtype=bool)
        return np.flatnonzero(wanted)


def _stacked(parts: Sequence[Floats]) -> Floats:
    """Return rows one below the other, without a copy where they lie so in one array already."""
    parts = [each for each in parts if len(each)] or parts[:1]
    base, ends = parts[0].base, [(each.ctypes.data, each.ctypes.data + each.nbytes) for each in parts]
    apart = any(each.base is not base for each in parts) or any(
        stop != start for (_, stop), (start, _) in pairwise(ends)
    )
    if len(parts) == 1:
        return parts[0]
    if (
        apart
        or not isinstance(base, np.ndarray)
        or (base.dtype, base.shape[1:]) != (parts[0].dtype, parts[0].shape[1:])
    ):
        return np.vstack(parts)
    first = (ends[0][0] - base.ctypes.data) // base.strides[0]
    return np.asarray(base[first : first + sum(map(len, parts))])
