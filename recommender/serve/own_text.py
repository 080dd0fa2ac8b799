"""How near candidates are to what is known of an asker in words: what it makes, asked for and filed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
import pyarrow.compute as pc
from scipy import sparse

from graph_schema.catalog import RELATION_TYPES, relation_type
from graph_schema.model import NodeRef, RelationType
from graph_schema.wording import Wording
from recommender.knowledge.task_data import TaskData
from recommender.measure.arrays import Flags, Floats, Indices
from recommender.snapshot.dated_facts import DatedFacts

_TEXTS_AT_A_TIME: Final = 256
"""Askers whose texts are compared at a time, which bounds memory."""
_SPEAKING: Final = tuple(
    r for r in RELATION_TYPES if (r.type, r.target) in {("NEEDS", "Need"), ("FILED", "Technology")}
)
"""What an asker asked for and what it filed speak of it as its products do."""
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
class OwnText:
    """Nearness of one task's candidates and askers by the askers' own texts, as they were known on a day.

    Of several texts of an asker the nearest counts. A company's name counts only where nothing else speaks of it.
    """

    data: TaskData
    facts: DatedFacts

    @cached_property
    def bare(self) -> Flags:
        """Companies of the snapshot of which neither products nor an industry is known, (companies,)."""
        made = pc.utf8_trim_whitespace(pc.fill_null(self.facts.snapshot.nodes("Company").column("products"), ""))
        bare = np.asarray(pc.equal(made, "").to_numpy(), dtype=bool)
        industries = self.facts.snapshot.edges(relation_type("Company", "IN_INDUSTRY", "Industry")).src
        bare[industries[industries >= 0]] = False
        return bare

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
        texts = [] if self._is_silent_name(asker.label, row, as_of) else [self.data.vectors[asker.label][[row]]]
        for relation in self._relations(asker.label):
            links = self.facts.links(relation, as_of)
            far = links.indices[links.indptr[row] : links.indptr[row + 1]]
            texts.append(self.data.vectors[relation.target][far])
        every = np.vstack(texts)
        if not (len(self.data.candidate_text) and every.any()):
            return None
        return np.asarray((self.data.candidate_text @ every.T).max(axis=1), dtype=np.float32)

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
            near = every[start : start + _TEXTS_AT_A_TIME] @ self.data.candidate_text.T
            who, first = np.unique(here, return_index=True)
            found[who] = np.maximum(found[who], np.maximum.reduceat(near, first, axis=0))
        stated = np.zeros(len(rows), dtype=bool)
        stated[asker[every.any(axis=1)]] = True
        found[~stated] = np.nan
        return found

    def of_askers(self, column: int, as_of: date) -> Floats | None:
        """Cosine of one candidate's text to each asker's nearest one, (Q,)."""
        candidate = self.data.candidate_text[column]
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
            Wording("이름", "name"),
            *(said for indptr, said in links if indptr[row + 1] > indptr[row]),
            *(said for name, said in _KNOWN_PROPERTIES if table.column(name)[row].as_py() is not None),
        )

    def _relations(self, label: str) -> tuple[RelationType, ...]:
        return tuple(r for r in _SPEAKING if r.source == label and r.target in self.data.vectors)

    def _is_silent_name(self, label: str, row: int, as_of: date) -> bool:
        """Whether the node's own vector is that of its name while something else speaks of it."""
        return label == "Company" and bool(self.bare[row] and self.speaks(label, as_of)[row])

    def _of_label(self, label: str, candidate: Floats, as_of: date) -> Floats:
        own = self.data.vectors[label] @ candidate
        if label == "Company":
            own = np.where(self.bare & self.speaks(label, as_of), -np.inf, own)
        for relation in self._relations(label):
            values = self.data.vectors[relation.target] @ candidate
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


def _row_maxima(links: sparse.csr_array, values: Floats) -> Floats:
    """Greatest value among the columns that each row links to, -inf for a row without links; (rows,)."""
    out = np.full(links.shape[0], -np.inf, dtype=np.float32)
    filled = np.flatnonzero(np.diff(links.indptr))
    if len(filled):
        out[filled] = np.maximum.reduceat(values[links.indices], links.indptr[filled])
    return out
