"""Checks that the answer of a window is not in what a scorer learns from; they refuse to run on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from graph_schema.errors import EvaluationError
from graph_schema.model import RelationType
from recommender.knowledge.splits import Pairs, Window
from recommender.measure.arrays import Indices
from recommender.served.task_data import TaskData
from recommender.snapshot.snapshot import Snapshot


def refuse_leaks(data: TaskData, pairs: Pairs, asked: Window) -> None:
    """Raise ``EvaluationError`` where ``data`` knows of ``asked`` what nobody knew before it began.

    What is looked at: the candidates are those of the window; no relationship is dated in or after it, by its own
    date or by that of an end; no positive stands among the known target relationships in either direction, or in
    the history that scorers see.
    """
    _same_candidates(data, pairs)
    for relation in data.facts.relations:
        _no_late_fact(data, relation, asked)
    for relation in data.task.targets:
        _no_positive_known(data, relation, asked)
    overlap = asked.positives.multiply(data.history[_rows(data, asked)] != 0)
    if overlap.nnz:
        raise EvaluationError(
            f"{overlap.nnz} positives of the {asked.name} window are in the history that scorers see; build the data "
            f"with before={asked.start}"
        )


def _same_candidates(data: TaskData, pairs: Pairs) -> None:
    same = data.n_candidates == len(pairs.candidates) and all(
        data.candidate_ref(row) == ref for row, ref in enumerate(pairs.candidates)
    )
    if not same:
        raise EvaluationError(
            f"the data ranks {data.n_candidates} candidates, the window {len(pairs.candidates)}, or in another order; "
            "build both from one snapshot, task and choice of synthetic facts"
        )


def _no_late_fact(data: TaskData, relation: RelationType, asked: Window) -> None:
    """Refuse a relationship that was not there yet; its dates are read from the snapshot, not from ``data``."""
    edges = data.facts.edges(relation)
    start = np.datetime64(asked.start, "D")
    width = len(data.snapshot.nodes(relation.target))
    late = np.isin(edges.src * width + edges.dst, _late_pairs(data.snapshot, relation, start, width))
    late |= edges.on >= start
    late |= data.facts.born(relation.target)[edges.dst] >= start
    if relation.source not in data.task.candidate:
        late |= data.facts.born(relation.source)[edges.src] >= start
    if late.any():
        one = int(np.argmax(late))
        source = data.snapshot.vocabulary(relation.source).id(int(edges.src[one]))
        target = data.snapshot.vocabulary(relation.target).id(int(edges.dst[one]))
        raise EvaluationError(
            f"{int(late.sum())} facts of {relation} that are dated in or after the {asked.name} window (from "
            f"{asked.start}) are in the fit data, one from {source} to {target}; a fact may be known only before the "
            "window"
        )


def _late_pairs(snapshot: Snapshot, relation: RelationType, start: np.datetime64, width: int) -> Indices:
    """Codes ``src * width + dst`` of pairs all of whose relationships begin on or after ``start``."""
    edges = snapshot.edges(relation)
    codes = edges.src * width + edges.dst
    late = edges.on >= start
    return np.setdiff1d(codes[late], codes[~late])


def _no_positive_known(data: TaskData, relation: RelationType, asked: Window) -> None:
    """Refuse a known target relationship, whichever way it points, that joins an asker to one of its positives."""
    edges = data.facts.edges(relation)
    asker_of = np.full(data.n_queries + 1, -1, dtype=np.int64)
    asker_of[_rows(data, asked)] = np.arange(len(asked))
    ends = ((relation.source, edges.src), (relation.target, edges.dst))
    for (near, here), (far, there) in (ends, ends[::-1]):
        if near not in data.task.query or far not in data.task.candidate:
            continue
        asker, candidate = asker_of[data.query_space.rows(near, here)], data.candidate_space.rows(far, there)
        inside = (asker >= 0) & (candidate >= 0)
        known = _contains(asked, asker[inside], candidate[inside])
        if known.any():
            one = int(np.argmax(known))
            asking = asked.asked[int(asker[inside][one])]
            raise EvaluationError(
                f"{int(known.sum())} positives of the {asked.name} window are known target relationships {relation} "
                f"of the fit data, one of {asking} with {data.candidate_ref(int(candidate[inside][one]))}: a "
                "duplicate or the reverse of the answer; merge duplicates, or leave those pairs out of the window"
            )


def _rows(data: TaskData, asked: Window) -> Indices:
    """Rows of the askers in the data; raises ``EvaluationError`` for one that is not there."""
    rows = [data.find_query(ref) for ref in asked.asked]
    if None in rows:
        raise EvaluationError(
            f"{asked.asked[rows.index(None)]} is asked in the {asked.name} window but is not in the data; build both "
            "from one snapshot, task and choice of synthetic facts"
        )
    return np.array(rows, dtype=np.int64)


def _contains(asked: Window, rows: Indices, columns: Indices) -> npt.NDArray[np.bool_]:
    """Whether each (row, column) is a positive."""
    wanted = asked.positives.tocoo()
    width = asked.positives.shape[1]
    codes = wanted.row.astype(np.int64) * width + wanted.col
    return np.isin(rows * width + columns, codes)
