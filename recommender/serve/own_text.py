"""How near candidates are to what is known of an asker in words: what it makes, asked for and filed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
from scipy import sparse

from graph_schema.catalog import RELATION_TYPES, relation_type
from graph_schema.model import NodeRef, RelationType
from graph_schema.wording import Wording
from recommender.knowledge.bare_companies import bare_companies
from recommender.knowledge.task_data import TaskData
from recommender.measure.arrays import Flags, Floats, Indices
from recommender.measure.standard_scores import standard, with_text
from recommender.reasons.similarity import TitledWork
from recommender.scorers.prior import is_prior_alone
from recommender.snapshot.dated_facts import DatedFacts

_DAYS_KEPT: Final = 4
"""Answers of today and of the demonstration's day are asked for by turns."""
_TEXTS_AT_A_TIME: Final = 256
"""Askers whose texts are compared at a time, which bounds memory."""
_SPEAKING: Final = tuple(
    r for r in RELATION_TYPES if (r.type, r.target) in {("NEEDS", "Need"), ("FILED", "Technology")}
)
"""What an asker asked for and what it filed speak of it as its products do."""
_OFFERING: Final = (
    *(r for r in _SPEAKING if r.type == "FILED"),
    relation_type("Researcher", "DEVELOPED", "Technology"),
)
"""What a candidate filed or developed speaks of what it can do; what it asked for does not."""
_SPECIALTY: Final = relation_type("Researcher", "SPECIALIZES_IN", "TechField")
_IN_FIELD: Final = relation_type("Technology", "IN_FIELD", "TechField")
"""Of a researcher without works of its own, the works of all in its fields speak, which say more than a field's name.

The right field of a patent's title, among 317, is found with a mean average precision of .547 by the titles of other
patents in each, of .257 by the fields' names (1,325 real patents; ``benchmarks/field_words.py``).
"""
_NAME_SHARE: Final = 0.25
"""Share of the field's name beside its works: .1 to .4 find more than either alone, by the same measure."""
OWN_TEXT_SUFFIX: Final = " + own text"


class ByText(IntEnum):
    """Why an asker is ranked by its own texts as well."""

    NO = 0
    UNKNOWN = 1
    """The model knows nothing of it."""
    REAL = 2
    """The model knows made-up dealings, and the asker is real."""


BY_TEXT_NOTES: Final[Mapping[ByText, tuple[Wording, ...]]] = {
    ByText.NO: (),
    ByText.UNKNOWN: (
        Wording(
            "이 기업의 이력만으로는 후보를 가려낼 수 없어, 비슷한 기업이 많이 이용한 순서에 이 기업에 관해 알려진 글과 "
            "가까운 정도를 더해 놓았습니다.",
            "The company's own history tells no candidate from another, so what like companies took is ordered "
            "together with how near it is to what is known of this one in words.",
        ),
    ),
    ByText.REAL: (
        Wording(
            "모델이 배운 이력이 대부분 가상 자료이고 이 기업은 실제 기업이므로, 모델 점수보다 이 기업에 관해 알려진 "
            "글과 가까운 정도를 더 반영했습니다.",
            "Most dealings that the model learned from are made up and this company is real, so how near a result is "
            "to what is known of it in words counts for more than the model's score.",
        ),
    ),
}
NAME_KNOWN: Final = Wording("이름", "name")
_KNOWN_LINKS: Final = (
    (relation_type("Company", "FILED", "Technology"), Wording("특허", "patents")),
    (relation_type("Company", "NEEDS", "Need"), Wording("등록한 수요", "needs")),
    (relation_type("Company", "LOCATED_IN", "Region"), Wording("소재지", "place")),
    (relation_type("Company", "LOCATED_IN", "Center"), Wording("입주 센터", "centre")),
    (relation_type("Company", "REPORTED", "AnnualFigures"), Wording("연도별 실적", "figures by year")),
)
_KNOWN_PROPERTIES: Final = (
    ("founded_on", Wording("설립일", "founding day")),
    ("employees", Wording("종업원 수", "number of employees")),
    ("revenue_krw", Wording("매출", "revenue")),
)


@dataclass(frozen=True)
class _Works:
    """What speaks of candidates of a label: their columns ``of`` (F,), rising, and ``works`` (F, nodes of ``target``).

    With ``fields``, (fields, nodes of ``target``), none of them empty, the works are those of the candidates' fields:
    ``works`` is (F, fields) then, for a field holds thousands that all of its candidates share.
    """

    source: str
    target: str
    of: Indices
    works: sparse.csr_array
    fields: sparse.csr_array | None = None

    def by(self, column: int) -> Indices:
        """Return the works that speak of one candidate."""
        place = int(np.searchsorted(self.of, column))
        if place == len(self.of) or self.of[place] != column:
            return np.zeros(0, dtype=np.int64)
        found = _of_row(self.works, place)
        if self.fields is None:
            return found
        return np.unique(np.concatenate([_of_row(self.fields, field) for field in found.tolist()]))

    def nearest(self, texts: Floats, vectors: Floats) -> Floats:
        """Cosine of texts (T, d) to the nearest work of each candidate, (T, F); ``vectors`` are those of all works."""
        links = self.works if self.fields is None else self.fields
        works, of = np.unique(links.indices, return_inverse=True)  # some are filed by several
        found = np.maximum.reduceat((texts @ vectors[works].T)[:, of], links.indptr[:-1], axis=1)
        if self.fields is not None:
            found = np.maximum.reduceat(found[:, self.works.indices], self.works.indptr[:-1], axis=1)
        return np.asarray(found, dtype=np.float32)


@dataclass(frozen=True)
class OwnText:
    """Nearness of one task's candidates and askers by the askers' own texts, as they were known on a day.

    Of several texts of an asker the nearest counts, and of a candidate that filed something: an institution's name
    says little of what it can do. A name counts only where nothing else speaks of its bearer.
    """

    data: TaskData
    facts: DatedFacts

    @cached_property
    def bare(self) -> Flags:
        """Companies of the snapshot of which neither products nor an industry is known, (companies,)."""
        return bare_companies(self.facts.snapshot)

    def speaks(self, label: str, as_of: date) -> Flags:
        """Which nodes of ``label`` have a text that is more than a name, (nodes,)."""
        if label != "Company":
            return np.ones(len(self.facts.snapshot.nodes(label)), dtype=bool)
        found = ~self.bare
        for relation in self._relations(label):
            found |= np.diff(self.facts.links(relation, as_of).indptr) > 0
        return np.asarray(found, dtype=bool)

    def askers_speak(self, as_of: date) -> Flags:
        """Return the same for the askers of the task, (Q,)."""
        parts = [self.speaks(label, as_of)[at] for label, at in self.data.query_space.members.items()]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=bool)

    def of_candidates(self, asker: NodeRef, row: int, as_of: date) -> Floats | None:
        """Cosine of each candidate's text to the asker's nearest one, (C,); ``row`` is its place in its label."""
        every = self._asker_texts(asker.label, row, as_of)
        if not (len(self.data.candidate_text) and every.any()):
            return None
        return np.asarray(self.near(every, as_of).max(axis=0), dtype=np.float32)

    def nearest_work(self, label: str, row: int, column: int, as_of: date) -> TitledWork | None:
        """Return the work of a candidate that is nearest to an asker, none where its own text is."""
        return self.work_near(self._asker_texts(label, row, as_of), column, as_of) if self._works(as_of) else None

    def work_near(self, texts: Floats, column: int, as_of: date) -> TitledWork | None:
        """Return the work of a candidate that is nearest to one of T texts (T, d), none where its own text is."""
        for each in self._works(as_of):
            works = each.by(column)
            if len(works):
                near = (self.data.vectors[each.target][works] @ texts.T).max(axis=1)
                named = self._only_named(each.source, np.array([column]))[0]
                if named or near.max() > (texts @ self.data.candidate_text[column]).max():
                    work = int(works[near.argmax()])
                    title = self.facts.snapshot.nodes(each.target).column("title")[work].as_py()
                    return TitledWork(str(title or ""), "" if each.fields is None else self._field(column, work, as_of))
        return None

    def of_pairs(self, label: str, rows: Indices, as_of: date) -> Floats:
        """Cosine of each candidate's text to the nearest one of each asker at ``rows`` of ``label``, (rows, C).

        NaN in the rows of askers whose texts tell nothing.
        """
        silent = self.bare & self.speaks(label, as_of) if label == "Company" else np.zeros(0, dtype=bool)
        own = np.flatnonzero(~silent[rows]) if label == "Company" else np.arange(len(rows))
        texts, of = [self.data.vectors[label][rows[own]]], [own]
        for relation in self._relations(label):
            links = self.facts.links(relation, as_of)[rows]
            texts.append(self.data.vectors[relation.target][links.indices])
            of.append(np.repeat(np.arange(len(rows)), np.diff(links.indptr)))
        every, asker = np.vstack(texts), np.concatenate(of)
        every, asker = every[order := np.argsort(asker, kind="stable")], asker[order]
        found = np.full((len(rows), len(self.data.candidate_text)), -np.inf, dtype=np.float32)
        for start in range(0, len(asker) if found.shape[1] else 0, _TEXTS_AT_A_TIME):
            here = asker[start : start + _TEXTS_AT_A_TIME]
            near = self.near(every[start : start + _TEXTS_AT_A_TIME], as_of)
            who, first = np.unique(here, return_index=True)
            found[who] = np.maximum(found[who], np.maximum.reduceat(near, first, axis=0))
        stated = np.zeros(len(rows), dtype=bool)
        stated[asker[every.any(axis=1)]] = True
        found[~stated] = np.nan
        return found

    def of_askers(self, column: int, as_of: date) -> Floats | None:
        """Cosine of one candidate's text to each asker's nearest one, (Q,)."""
        candidate = self._texts_of(column, as_of)
        members = {label: at for label, at in self.data.query_space.members.items() if len(at)}
        parts = [self._of_label(label, candidate, as_of)[at] for label, at in members.items()]
        return np.concatenate(parts) if parts and candidate.any() else None

    def known_only(self, asker: NodeRef, row: int, as_of: date) -> tuple[Wording, ...]:
        """Name what is known of a company without products and industry, its name first; empty elsewhere."""
        if asker.label != "Company" or not self.bare[row]:
            return ()
        table = self.facts.snapshot.nodes("Company")
        links = [(self.facts.links(relation, as_of).indptr, said) for relation, said in _KNOWN_LINKS]
        return (
            NAME_KNOWN,
            *(said for indptr, said in links if indptr[row + 1] > indptr[row]),
            *(said for name, said in _KNOWN_PROPERTIES if table.column(name)[row].as_py() is not None),
        )

    def _asker_texts(self, label: str, row: int, as_of: date) -> Floats:
        """Return the vectors of what speaks of an asker at ``row`` of its label, (k, d)."""
        own = [] if self._is_silent_name(label, row, as_of) else [self.data.vectors[label][[row]]]
        others = [
            self.data.vectors[relation.target][_of_row(self.facts.links(relation, as_of), row)]
            for relation in self._relations(label)
        ]
        return np.vstack([*own, *others])

    def _relations(self, label: str) -> tuple[RelationType, ...]:
        return tuple(r for r in _SPEAKING if r.source == label and r.target in self.data.vectors)

    def _is_silent_name(self, label: str, row: int, as_of: date) -> bool:
        """Whether the node's own vector is that of its name while something else speaks of it."""
        return label == "Company" and bool(self.bare[row] and self.speaks(label, as_of)[row])

    def weighed(
        self, label: str, rows: Indices, model: Floats, nearness: Floats, admitted: Flags, as_of: date
    ) -> tuple[Floats, Indices]:
        """Scores of the model for askers at ``rows`` of a label with their texts where these count; why (``ByText``).

        ``model``, ``nearness``, ``admitted`` (rows, C): what an asker has already is scored and not admitted. What the
        model knows nothing of is ordered by what others took and by texts alike: of 47 askers without a partner yet
        .799 in NDCG@10 by the scores alone, .810 so, .761 by three times the texts (``benchmarks/own_text.py``). A real
        company without dealings, where those learned from are made up, is ranked as one that a request describes.
        """
        stated = self.speaks(label, as_of)[rows] & ~np.isnan(nearness).any(axis=1)
        shown = np.where(admitted, model, np.float32(0))
        unknown = stated & is_prior_alone(shown)
        places = self.data.query_space.starts[label] + np.searchsorted(self.data.query_space.members[label], rows)
        real = stated & ~unknown & self.real_newcomers[places]
        scores = model
        if (unknown | real).any() and model.shape[1]:
            scores = model.copy()
            scores[unknown] = standard(shown[unknown]) + standard(nearness[unknown])
            scores[real] = with_text(standard(model[real]), standard(nearness[real]))
        return scores, np.where(unknown, ByText.UNKNOWN, np.where(real, ByText.REAL, ByText.NO))

    @cached_property
    def real_newcomers(self) -> Flags:
        """Which askers are real and without a known pair, where what is known is mostly made up; (Q,)."""
        new = np.diff(self.data.known.history.indptr) == 0
        if not self.data.mostly_synthetic or not new.any():
            return np.zeros(len(new), dtype=bool)
        nodes = ((self.facts.snapshot.nodes(label), at) for label, at in self.data.query_space.members.items())
        made_up = [np.asarray(table.column("synthetic").to_numpy(), dtype=bool)[at] for table, at in nodes]
        return np.asarray(new & ~np.concatenate(made_up))

    def near(self, texts: Floats, as_of: date) -> Floats:
        """Cosine of texts (T, d) to the nearest text of each candidate, (T, C)."""
        own = self.data.candidate_text
        near = np.asarray(texts @ own.T) if own.shape[1] else np.zeros((len(texts), len(own)), dtype=np.float32)
        for each in self._works(as_of):
            best, own = each.nearest(texts, self.data.vectors[each.target]), near[:, each.of]
            if each.fields is not None:
                near[:, each.of] = _NAME_SHARE * own + (1 - _NAME_SHARE) * best
            else:
                near[:, each.of] = np.where(self._only_named(each.source, each.of), best, np.maximum(own, best))
        return near

    def _field(self, column: int, work: int, as_of: date) -> str:
        """Return the caption of the field of a candidate that a work is in."""
        space, label = self.data.candidate_space, _SPECIALTY.source
        row = space.members[label][column - space.starts[label]]
        fields = _of_row(self.facts.links(_SPECIALTY, as_of), int(row))
        shared = np.intersect1d(fields, _of_row(self.facts.links(_IN_FIELD, as_of), work))
        snapshot = self.facts.snapshot
        found = snapshot.vocabulary(_IN_FIELD.target).id(int(shared[0]))
        return snapshot.caption(NodeRef(_IN_FIELD.target, found))

    def _texts_of(self, column: int, as_of: date) -> Floats:
        """Return the vectors of a candidate's texts, (k, d)."""
        for each in self._works(as_of):
            works = each.by(column)
            if len(works):
                own = [column] if not self._only_named(each.source, np.array([column]))[0] else []
                return np.vstack([self.data.candidate_text[own], self.data.vectors[each.target][works]])
        return self.data.candidate_text[[column]]

    @cached_property
    def _works(self) -> Callable[[date], tuple[_Works, ...]]:
        """Return what speaks of candidates on a day; that of the last days is kept."""
        return lru_cache(maxsize=_DAYS_KEPT)(lambda as_of: tuple(self._found_works(as_of)))

    def _found_works(self, as_of: date) -> Iterator[_Works]:
        for relation in _OFFERING:
            yield from self._works_of(relation, self.facts.links(relation, as_of))
        label = _SPECIALTY.source
        if len(self.data.candidate_space.members.get(label, ())):
            fields = sparse.csr_array(self.facts.links(_IN_FIELD, as_of).T)
            filled = np.flatnonzero(np.diff(fields.indptr))
            own = next(relation for relation in _OFFERING if relation.source == label)
            without = np.diff(self.facts.links(own, as_of).indptr) == 0
            specialties = (
                sparse.diags_array(without.astype(np.float32)) @ self.facts.links(_SPECIALTY, as_of)[:, filled]
            )
            specialties.eliminate_zeros()
            yield from self._works_of(own, sparse.csr_array(specialties), fields[filled])

    def _works_of(
        self, relation: RelationType, links: sparse.csr_array, fields: sparse.csr_array | None = None
    ) -> Iterator[_Works]:
        """Yield what ``links`` of the relation's source say of the candidates, if anything."""
        space, label = self.data.candidate_space, relation.source
        if relation.target in self.data.vectors and len(space.members.get(label, ())):
            works = links[space.members[label]]
            filled = np.flatnonzero(np.diff(works.indptr))
            if len(filled):
                yield _Works(label, relation.target, space.starts[label] + filled, works[filled], fields)

    def _only_named(self, label: str, columns: Indices) -> Flags:
        """Which candidates of a label have a name and no text beside it, (columns,)."""
        space = self.data.candidate_space
        if label != "Company":
            return np.ones(len(columns), dtype=bool)
        return np.asarray(self.bare[space.members[label][columns - space.starts[label]]])

    def _of_label(self, label: str, candidate: Floats, as_of: date) -> Floats:
        own = (self.data.vectors[label] @ candidate.T).max(axis=1)
        if label == "Company":
            own = np.where(self.bare & self.speaks(label, as_of), -np.inf, own)
        for relation in self._relations(label):
            values = (self.data.vectors[relation.target] @ candidate.T).max(axis=1)
            own = np.maximum(own, _row_maxima(self.facts.links(relation, as_of), values))
        return np.asarray(own, dtype=np.float32)


def only_known(known: tuple[Wording, ...]) -> Wording:
    """Say that a ranking rests on little more than a name."""
    ko, en = "·".join(said.ko for said in known), " and ".join(said.en for said in known)
    return Wording(
        f"이 기업은 {ko}만 알려져 있어 업종과 생산품에 맞춘 순위가 아닙니다. 업종이나 생산품을 등록하거나 설명을 적어 "
        "물으면 더 맞는 순위를 받을 수 있습니다.",
        f"Only the {en} of this company {'are' if len(known) > 1 else 'is'} known, so the ranking does not follow its "
        "trade or products; register these, or ask with a description, for a ranking of its own.",
    )


def _of_row(links: sparse.csr_array, row: int) -> Indices:
    """Return the columns of one row, without the matrix that scipy would set up for it."""
    return np.asarray(links.indices[links.indptr[row] : links.indptr[row + 1]], dtype=np.int64)


def _row_maxima(links: sparse.csr_array, values: Floats) -> Floats:
    """Greatest value among the columns that each row links to, -inf for a row without links; (rows,)."""
    out = np.full(links.shape[0], -np.inf, dtype=np.float32)
    filled = np.flatnonzero(np.diff(links.indptr))
    if len(filled):
        out[filled] = np.maximum.reduceat(values[links.indices], links.indptr[filled])
    return out
