"""What a scorer may know of a task before a day: askers, candidates, text, attributes, links, history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from graph_schema.catalog import RELATION_TYPES, relation_type
from graph_schema.errors import NotFoundError
from graph_schema.model import NodeRef, RelationType
from recommender.knowledge.known_facts import MIRRORS, KnownFacts
from recommender.knowledge.label_space import LabelSpace
from recommender.knowledge.profile import Profile
from recommender.knowledge.rejections import Rejection, speaking_against
from recommender.knowledge.tasks import Task
from recommender.measure.arrays import Floats, Indices
from recommender.served.attributes import AttributeColumns
from recommender.served.queries import Queries
from recommender.snapshot.snapshot import Snapshot, latest_day
from recommender.text.encoder import NODE_ROLE
from recommender.text.protocol import TextEncoder

_HISTORY_HALF_LIFE_DAYS = 3 * 365.25
_UNDATED_WEIGHT = 0.5
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Interactions:
    """Known target pairs, each once; all of shape (pairs,).

    ``query`` and ``candidate`` are rows; ``first`` and ``last`` the days of its occurrences, NaT where none has one.
    """

    query: Indices
    candidate: Indices
    first: npt.NDArray[np.datetime64]
    last: npt.NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.query)


class TaskData:
    """One task over one snapshot, as it was known before the day ``before`` (everything where None).

    ``vectors`` are the text embeddings of ``encode_snapshot``, by label. Every candidate is listed, whatever its
    day of birth (``candidate_born``), so that a later window can be ranked; facts are limited as ``KnownFacts`` says.
    Of the ``rejections`` those count whose reason speaks against the pair.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        task: Task,
        vectors: Mapping[str, Floats],
        *,
        before: date | None = None,
        include_synthetic: bool = True,
        rejections: Sequence[Rejection] = (),
    ) -> None:
        self.snapshot = snapshot
        self.task = task
        self.vectors = vectors
        self.before = before
        self.include_synthetic = include_synthetic
        self.rejections = speaking_against(rejections, task.name)
        self.facts = KnownFacts(snapshot, task, before, include_synthetic=include_synthetic)
        self.query_space = LabelSpace(snapshot, {label: np.flatnonzero(self._kept(label)) for label in task.query})
        self.candidate_space = LabelSpace(
            snapshot, {label: np.flatnonzero(self._kept(label) & self._wanted(label)) for label in task.candidate}
        )

    def known_before(self, day: date | None) -> TaskData:
        """Return the same task as it was known before another day."""
        return TaskData(
            self.snapshot,
            self.task,
            self.vectors,
            before=day,
            include_synthetic=self.include_synthetic,
            rejections=self.rejections,
        )

    @property
    def n_queries(self) -> int:
        """Askers in the graph, Q."""
        return len(self.query_space)

    @property
    def n_candidates(self) -> int:
        """Candidates, C."""
        return len(self.candidate_space)

    @cached_property
    def dimension(self) -> int:
        """Length of a text vector."""
        return next(iter(self.vectors.values())).shape[1] if self.vectors else 0

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
    def as_of(self) -> date:
        """Day that ages are counted to: ``before``, else the day after the newest dated relationship."""
        if self.before is not None:
            return self.before
        newest = latest_day(self.snapshot)
        return _EPOCH if newest is None else newest + timedelta(days=1)

    @cached_property
    def candidate_born(self) -> npt.NDArray[np.datetime64]:
        """Day from which each candidate can be known, NaT where that is always; shape (C,)."""
        parts = [self.facts.born(label)[at] for label, at in self.candidate_space.members.items()]
        return np.concatenate(parts)

    @cached_property
    def candidate_text(self) -> Floats:
        """Text embeddings of the candidates, shape (C, d)."""
        return self._text(self.candidate_space)

    @cached_property
    def candidate_attributes(self) -> Floats:
        """Standardised attributes of the candidates, columns ``candidate_attribute_names``; shape (C, b)."""
        return _encode(self._candidate_columns, self.snapshot, self.candidate_space)

    @cached_property
    def candidate_attribute_names(self) -> tuple[str, ...]:
        """Names of the columns of ``candidate_attributes``."""
        return tuple(name for columns in self._candidate_columns.values() for name in columns.names)

    @cached_property
    def attribute_names(self) -> tuple[str, ...]:
        """Names of the columns of ``Queries.attributes``."""
        return tuple(name for columns in self._query_columns.values() for name in columns.names)

    @cached_property
    def graph(self) -> Mapping[str, sparse.csr_array]:
        """Known relationships by relation name, (start nodes, end nodes), without those that are asked for.

        Where only some nodes of a label are candidates, a target relation keeps what leads to the others
        (applications to grants, where loans are ranked). Undated mirrors of a target are left out. Which relations
        there are does not depend on the day.
        """
        hidden = set() if self.task.where else {target.name for target in self.task.targets}
        for target in self.task.targets:
            hidden |= MIRRORS.get(target.name, frozenset())
        return {r.name: self._context(r) for r in self.facts.relations if r.name not in hidden}

    @cached_property
    def candidate_links(self) -> Mapping[str, sparse.csr_array]:
        """By relation name, (C, nodes of the far end): what is known of candidates besides the target relations."""
        return self._links(self.candidate_space)

    @cached_property
    def query_links(self) -> Mapping[str, sparse.csr_array]:
        """By relation name, (Q, nodes of the far end): what is known of askers besides the target relations."""
        return self._links(self.query_space)

    @cached_property
    def query_far(self) -> Mapping[str, str]:
        """Label at the far end of every entry of ``query_links``."""
        return _far_labels(self.query_space.labels)

    @cached_property
    def candidate_far(self) -> Mapping[str, str]:
        """Label at the far end of every entry of ``candidate_links``."""
        return _far_labels(self.candidate_space.labels)

    @cached_property
    def positives(self) -> Interactions:
        """Known target pairs; both directions where the relation is symmetric."""
        found = [self._pairs(relation) for relation in self.task.targets]
        query, candidate, on = (np.concatenate(parts) for parts in zip(*found, strict=True))
        order = np.lexsort((on, candidate, query))
        query, candidate, on = query[order], candidate[order], on[order]
        starts = np.flatnonzero(np.r_[True, (np.diff(query) != 0) | (np.diff(candidate) != 0)][: len(query)])
        last = np.fmax.reduceat(on, starts) if len(starts) else on
        # Sorting puts NaT last, so the first of a pair is dated if any is.
        return Interactions(query[starts], candidate[starts], on[starts], last)

    @cached_property
    def history(self) -> sparse.csr_array:
        """Known target pairs, shape (Q, C): 1 for today's, halved every three years, 0.5 for undated ones."""
        pairs = self.positives
        shape = (self.n_queries, self.n_candidates)
        cells = (self.recency(_HISTORY_HALF_LIFE_DAYS), (pairs.query, pairs.candidate))
        return sparse.coo_array(cells, shape=shape).tocsr()

    @cached_property
    def synthetic_share(self) -> float:
        """Share of the known target relationships that are made up, 0 where there are none."""
        kept = [self.facts.synthetic(relation) for relation in self.task.targets]
        flags = np.concatenate(kept)
        return float(flags.mean()) if len(flags) else 0.0

    @cached_property
    def rejected(self) -> Interactions:
        """Known pairs that an asker turned down by a reason against them, without those linked nevertheless."""
        known = [each for each in self.rejections if self.before is None or each.on < self.before]
        last: dict[tuple[int, int], tuple[date, date]] = {}
        for each in known:
            query, candidate = self.find_query(each.query), self.find_candidate(each.candidate)
            if query is not None and candidate is not None and not self.history[query, candidate]:
                first, latest = last.get((query, candidate), (each.on, each.on))
                last[query, candidate] = (min(first, each.on), max(latest, each.on))
        cells = np.array(sorted(last), dtype=np.int64).reshape(-1, 2)
        days = np.array([last[q, c] for q, c in cells.tolist()], dtype="datetime64[D]").reshape(-1, 2)
        return Interactions(cells[:, 0], cells[:, 1], days[:, 0], days[:, 1])

    def hidden(self, rows: Indices) -> sparse.csr_array:
        """Known pairs and the askers themselves, which are not asked for; shape (rows, C), ones."""
        known, own = self.history[rows].tocoo(), self.own_candidate(rows)
        inside = np.flatnonzero(own >= 0)
        row, column = np.r_[known.row, inside], np.r_[known.col, own[inside]]
        return sparse.csr_array((np.ones(len(row), dtype=np.int8), (row, column)), shape=known.shape)

    def recency(self, half_life_days: float) -> Floats:
        """Weight of each of ``positives`` by the age of its last occurrence, in (0, 1]; shape (pairs,)."""
        days = (np.datetime64(self.as_of, "D") - self.positives.last) / np.timedelta64(1, "D")
        # An age of more than some half-lives must not vanish: history says that a pair is known.
        weights = np.exp2(-np.clip(days, 0.0, 20.0 * half_life_days) / half_life_days)
        return np.where(np.isnan(days), _UNDATED_WEIGHT, weights).astype(np.float32)

    def own_candidate(self, rows: Indices) -> Indices:
        """Column of each asker itself, -1 where it is no candidate; shape (rows,)."""
        own = np.full(len(self.query_space) + 1, -1, dtype=np.int64)
        for label, positions in self.query_space.members.items():
            if label in self.candidate_space.members:
                start = self.query_space.starts[label]
                own[start : start + len(positions)] = self.candidate_space.rows(label, positions)
        return own[rows]

    def queries(self, refs: Sequence[NodeRef]) -> Queries:
        """Batch of askers in the graph; raises ``NotFoundError`` for one that is not."""
        rows = [self.find_query(ref) for ref in refs]
        for ref, row in zip(refs, rows, strict=True):
            if row is None:
                kinds = ", ".join(self.task.query)
                raise NotFoundError(f"{ref} does not ask for {self.task.en}: it is no {kinds} of this snapshot")
        return self.queries_at(np.array(rows, dtype=np.int64))

    def queries_at(self, rows: Indices) -> Queries:
        """Batch of askers by row; shape (rows,)."""
        return Queries(
            index=np.asarray(rows, dtype=np.int64),
            text=self.query_text[rows],
            attributes=self.query_attributes[rows],
            links={name: links[rows] for name, links in self.query_links.items()},
            history=self.history[rows],
        )

    def queries_for_profile(self, profile: Profile, encoder: TextEncoder) -> Queries:
        """Batch of one company that a request describes; what it names that is not in the graph counts for nothing.

        Relationships of the target relations become history, the others links, guesses among them. Raises
        ``NotFoundError`` where such askers do not exist for the task, ``SchemaError`` for a relationship that the
        catalog does not know.
        """
        if profile.label not in self.task.query:
            raise NotFoundError(f"{profile.label} does not ask for {self.task.en}; {', '.join(self.task.query)} do")
        values: dict[str, object] = {
            "founded_on": profile.founded_on,
            "employees": profile.employees,
            "revenue_krw": profile.revenue_krw,
            "legal_form": profile.legal_form,
            "certificates": list(profile.certificates) or None,
        }
        attributes = [
            columns.encode_one(values) if label == profile.label else np.zeros((1, len(columns.names)), np.float32)
            for label, columns in self._query_columns.items()
        ]
        links, history = profile_links(profile, self)
        text = encoder.encode([profile.text.strip() or self.industry_names(profile)], NODE_ROLE)
        return Queries(np.array([-1]), text, np.hstack(attributes), links, history)

    def industry_names(self, profile: Profile) -> str:
        """Text of a profile that has none, the same that stands for companies of the graph without one."""
        refs = profile.likely_links.get("IN_INDUSTRY", ())
        return ", ".join(self.snapshot.caption(ref) for ref in refs if self._knows(ref))

    def _knows(self, ref: NodeRef) -> bool:
        return self.snapshot.vocabulary(ref.label).find(ref.id) is not None

    @cached_property
    def query_text(self) -> Floats:
        """Text embeddings of the askers, shape (Q, d)."""
        return self._text(self.query_space)

    @cached_property
    def query_attributes(self) -> Floats:
        """Standardised attributes of the askers, columns ``attribute_names``; shape (Q, a)."""
        return _encode(self._query_columns, self.snapshot, self.query_space)

    @cached_property
    def _query_columns(self) -> dict[str, AttributeColumns]:
        return self._columns(self.query_space)

    @cached_property
    def _candidate_columns(self) -> dict[str, AttributeColumns]:
        return self._columns(self.candidate_space)

    def _columns(self, space: LabelSpace) -> dict[str, AttributeColumns]:
        return {
            label: AttributeColumns(label, self.snapshot.nodes(label).take(pa.array(at)), self.as_of)
            for label, at in space.members.items()
        }

    def _text(self, space: LabelSpace) -> Floats:
        parts = [self.vectors[label][at] for label, at in space.members.items() if len(at)]
        return np.vstack(parts) if parts else np.zeros((0, self.dimension), dtype=np.float32)

    def _kept(self, label: str) -> npt.NDArray[np.bool_]:
        return self.facts.is_kept(label)

    def _wanted(self, label: str) -> npt.NDArray[np.bool_]:
        table = self.snapshot.nodes(label)
        wanted = np.ones(len(table), dtype=bool)
        for name, values in self.task.where.items():
            found = pc.is_in(table.column(name), value_set=pa.array(values, pa.string()))
            wanted &= np.asarray(pc.fill_null(found, fill_value=False).to_numpy(), dtype=bool)
        return wanted

    def _pairs(self, relation: RelationType) -> tuple[Indices, Indices, npt.NDArray[np.datetime64]]:
        edges = self.facts.edges(relation)
        query = self.query_space.rows(relation.source, edges.src)
        candidate = self.candidate_space.rows(relation.target, edges.dst)
        on = edges.on
        if relation.symmetric:
            back = self.query_space.rows(relation.target, edges.dst)
            query = np.concatenate([query, back])
            candidate = np.concatenate([candidate, self.candidate_space.rows(relation.source, edges.src)])
            on = np.concatenate([on, on])
        inside = (query >= 0) & (candidate >= 0)
        return query[inside], candidate[inside], on[inside]

    def _context(self, relation: RelationType) -> sparse.csr_array:
        matrix = self.facts.matrix(relation)
        if relation not in self.task.targets:
            return matrix
        is_candidate = np.zeros(matrix.shape[1], dtype=bool)
        is_candidate[self.candidate_space.members[relation.target]] = True
        return sparse.csr_array(matrix @ sparse.diags_array((~is_candidate).astype(np.float32)))

    def _links(self, space: LabelSpace) -> dict[str, sparse.csr_array]:
        links = {}
        for relation in self.facts.relations:
            for name, far, outgoing in _sides(relation, space.labels):
                if relation.name in self.graph:
                    matrix = self.graph[relation.name] if outgoing else self.graph[relation.name].T.tocsr()
                    near = relation.source if outgoing else relation.target
                    links[name] = _spread(matrix, space, near, len(self.snapshot.nodes(far)))
        return links


def _sides(relation: RelationType, labels: Sequence[str]) -> list[tuple[str, str, bool]]:
    """List the ends of a relation that are of ``labels``: (name, far label, whether it starts here).

    A relation between two of the labels is seen from both ends, the second time as ``rev_<name>``.
    """
    sides = [(relation.name, relation.target, True)] if relation.source in labels else []
    if relation.target in labels and relation.target != relation.source:
        sides.append((f"rev_{relation.name}" if sides else relation.name, relation.source, False))
    return sides


def _far_labels(labels: Sequence[str]) -> dict[str, str]:
    return {name: far for relation in RELATION_TYPES for name, far, _ in _sides(relation, labels)}


def _spread(matrix: sparse.csr_array, space: LabelSpace, label: str, width: int) -> sparse.csr_array:
    """Rows of ``label``'s nodes at their place in the space, all other rows empty."""
    part = matrix[space.members[label]].tocoo()
    rows = part.row + space.starts[label]
    return sparse.coo_array((part.data, (rows, part.col)), shape=(len(space), width)).tocsr()


def _encode(columns: Mapping[str, AttributeColumns], snapshot: Snapshot, space: LabelSpace) -> Floats:
    """Attributes of all rows; the columns of other labels are zero."""
    out = np.zeros((len(space), sum(len(c.names) for c in columns.values())), dtype=np.float32)
    left = 0
    for label, encoder in columns.items():
        at = space.members[label]
        right, top = left + len(encoder.names), space.starts[label]
        out[top : top + len(at), left:right] = encoder.encode(snapshot.nodes(label).take(pa.array(at)))
        left = right
    return out


def profile_links(profile: Profile, data: TaskData) -> tuple[dict[str, sparse.csr_array], sparse.csr_array]:
    """Facts and guesses of a profile as links and history, each with one row."""
    columns: dict[str, list[int]] = {name: [] for name in data.query_links}
    known: list[int] = []
    for type_, refs in profile.likely_links.items():
        for ref in refs:
            relation = relation_type(profile.label, type_, ref.label)
            candidate = data.find_candidate(ref) if relation in data.task.targets else None
            position = data.snapshot.vocabulary(ref.label).find(ref.id)
            if candidate is not None:
                known.append(candidate)
            elif position is not None and relation.name in columns:
                columns[relation.name].append(position)
    links = {name: _row(found, data.query_links[name].shape[1]) for name, found in columns.items()}
    return links, _row(known, data.n_candidates)


def _row(columns: Sequence[int], width: int) -> sparse.csr_array:
    distinct = sorted(set(columns))
    cells = (np.ones(len(distinct), dtype=np.float32), (np.zeros(len(distinct), dtype=np.int64), distinct))
    return sparse.coo_array(cells, shape=(1, width), dtype=np.float32).tocsr()
