"""The two rules of every task: nobody is recommended to itself, nor what it has already."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import relation_type
from graph_schema.model import RelationType
from graph_schema.wording import Wording
from recommender.knowledge.tasks import Task
from recommender.measure.arrays import Flags, Indices
from recommender.rules.base import CandidatePairs, Code, Codes, Rule
from recommender.snapshot.dated_facts import DatedFacts, day

_APPLICATIONS: Final = frozenset({"APPLIED_TO", "AWARDED"})
_ALSO_KNOWN: Final = {"technologies": (relation_type("Company", "FILED", "Technology"),)}
"""One's own patents need no licence."""


def _self(pairs: CandidatePairs) -> Codes:
    same_label = pairs.candidates.is_label(pairs.askers.label)
    same = (pairs.askers.row[:, None] == pairs.candidates.row[None, :]) & same_label[None, :]
    return np.where(same, np.int8(Code.OUT), np.int8(Code.FREE))


def _describe_self(_pairs: CandidatePairs, _asker: int, _candidate: int, _code: Code) -> Wording:
    return Wording("신청 기업 자신", "the asker itself")


SELF = Rule("self", "자기 자신", "itself", (), _self, _describe_self)


def known_rule(task: Task) -> Rule:
    """Keep out what the asker has already, by the relationships of ``task`` that are dated on or before the day.

    Partners, researchers, experts, technologies and spaces that a company has are not news. Support programmes are
    taken up again and again, so only the call that is open now counts: one with a fixed window within which the
    company applied (or at a time not known).
    """
    relations = (*task.targets, *_ALSO_KNOWN.get(task.name, ()))

    def decide(pairs: CandidatePairs) -> Codes:
        known = np.zeros(pairs.shape, dtype=bool)
        for relation in relations:
            known |= _joined(pairs, relation) | _stated(pairs, relation)
        return np.where(known, np.int8(Code.OUT), np.int8(Code.FREE))

    return Rule("known", "이미 맺은 관계", "known already", tuple(map(str, relations)), decide, _describe_known)


def _describe_known(_pairs: CandidatePairs, _asker: int, _candidate: int, _code: Code) -> Wording:
    return Wording("이미 맺은 관계", "known already")


def _joined(pairs: CandidatePairs, relation: RelationType) -> Flags:
    """Which asker a relation joins to which candidate, in either direction where it is symmetric, (A, C)."""
    found = np.zeros(pairs.shape, dtype=bool)
    for asks, answers, forward in _directions(relation):
        here = np.flatnonzero(pairs.candidates.is_label(answers))
        if pairs.askers.label == asks and len(here):
            found[:, here] |= _matches(pairs, relation, here, forward=forward)
    return found


def _stated(pairs: CandidatePairs, relation: RelationType) -> Flags:
    """Which candidate a profile says that it has already, (1, C); nobody's where the askers are nodes."""
    stated = {ref for type_, ref in pairs.askers.stated if type_ == relation.type}
    return np.array([[ref in stated for ref in pairs.candidates.refs]] if stated else [[False]], dtype=bool)


def _directions(relation: RelationType) -> Iterable[tuple[str, str, bool]]:
    yield relation.source, relation.target, True
    if relation.symmetric:
        yield relation.target, relation.source, False


def _matches(pairs: CandidatePairs, relation: RelationType, here: npt.NDArray[np.int64], *, forward: bool) -> Flags:
    """Find the pairs of a relation, (A, len(here)); facts that are over since the day stay known."""
    facts, candidates = pairs.candidates.facts, pairs.candidates
    edges = facts.snapshot.edges(relation)
    at: slice | Indices = slice(None)
    if len(pairs.askers) == 1:
        at = facts.edges_at(relation, int(pairs.askers.row[0]), forward=forward)
    askers, answers = (edges.src[at], edges.dst[at]) if forward else (edges.dst[at], edges.src[at])
    labels = (relation.source, relation.target) if forward else (relation.target, relation.source)
    of_asker = _positions(pairs.askers.row, facts, labels[0])
    of_answer = candidates.once(("positions", labels[1]), lambda: _positions(candidates.row[here], facts, labels[1]))
    on = edges.on[at]
    keep = (askers >= 0) & (answers >= 0) & ~(on > day(pairs.as_of))
    rows = np.where(keep, of_asker[askers], -1)
    columns = np.where(keep, of_answer[answers], -1)
    keep = (rows >= 0) & (columns >= 0)
    if relation.type in _APPLICATIONS:
        keep &= _same_call(pairs, here[columns], on)
    found = np.zeros((len(pairs.askers), len(here)), dtype=bool)
    found[rows[keep], columns[keep]] = True
    return found


def _positions(rows: npt.NDArray[np.int64], facts: DatedFacts, label: str) -> npt.NDArray[np.int64]:
    """Place of each node of a label within ``rows``, -1 for those that are not among them."""
    places = np.full(len(facts.snapshot.vocabulary(label)) + 1, -1, dtype=np.int64)
    known = rows >= 0
    places[rows[known]] = np.flatnonzero(known)
    places[-1] = -1
    return places


def _same_call(pairs: CandidatePairs, candidates: npt.NDArray[np.int64], on: npt.NDArray[np.datetime64]) -> Flags:
    """Whether each application belongs to the programme's present window."""
    opens, closes = pairs.candidates.days("apply_from"), pairs.candidates.days("apply_until")
    fixed = pairs.candidates.is_one("window_kind", "fixed")
    return fixed[candidates] & ~(on < opens[candidates]) & ~(on > closes[candidates])
