"""What would be known if some query nodes had never been seen, and nodes that ask as guests do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy import sparse

from recommender.knowledge.columns import CategoryColumn, Column, DateColumn, NumberColumn
from recommender.knowledge.dataset import Nodes
from recommender.knowledge.known import Known, Questions, Rows
from recommender.knowledge.stages import Stage
from recommender.measure.arrays import Flags, Floats, Indices


def without_queries(known: Known, hidden: Flags) -> Known:
    """Return the same where nothing but attributes, text and undated relations is known of ``hidden``, (query nodes,).

    Their target pairs are gone, for everybody, and so are their dated relations and those that lead to candidates.
    """
    gone = hidden[known.pairs.query]
    if known.same_label:
        gone |= hidden[known.pairs.candidate]
    relations = []
    for edges in known.relations:
        touched = np.zeros(len(edges), dtype=bool)
        for label, far, ends in ((edges.source, edges.target, edges.src), (edges.target, edges.source, edges.dst)):
            if label == known.task.query:
                direct = far == known.task.candidate
                touched |= hidden[ends] & (~np.isnat(edges.time) | direct)
        relations.append(edges.take(~touched))
    return replace(known.without(gone), relations=tuple(relations))


def hide_histories(known: Known, questions: Questions, rows: Indices) -> tuple[Known, Questions]:
    """Return what is known, and the questions ``rows``, (H,), as nodes never seen ask them: with nothing given."""
    hidden = np.zeros(len(known.queries), dtype=bool)
    hidden[questions.query[rows]] = True
    kept = questions.take(rows)
    nothing = replace(kept, given=kept.given.take(np.empty(0, dtype=np.int64)))
    return without_queries(known, hidden), nothing


def as_guests(known: Known, places: Indices) -> Rows:
    """Return what is known of some query nodes, (G,), as guests bring it; pairs are given with their questions."""
    nodes, rows = known.queries, known.rows_of(known.task.query)
    taken = Nodes(
        nodes.label, tuple(nodes.ids[place] for place in places.tolist()), tuple(c.take(places) for c in nodes.columns)
    )
    links = {key: matrix[places] for key, matrix in rows.links.items()}
    return Rows(taken, links, None if rows.text is None else rows.text[places])


def text_guests(stage: Stage, folds: int) -> Iterator[tuple[Indices, Known, Questions]]:
    """Ask a window's questions once more, a part of them at a time, by askers of whom a text is all that is known.

    Yields the places of some questions, what is known without their askers, of whom nothing but nodes is left, and the
    questions, of as many guests. ``folds``: into how many parts the questions fall.
    """
    for rows in np.array_split(np.random.default_rng(0).permutation(len(stage.questions)), folds):
        rows.sort()
        questions, places = stage.questions.take(rows), stage.questions.query[rows]
        nothing = questions.given.take(np.empty(0, dtype=np.int64))
        by_text = _text_alone(as_guests(stage.known, places))
        asked = replace(questions, query=np.arange(len(rows)), given=nothing, guests=by_text)
        yield rows, _without(stage.known, places).known_only, asked


def text_nearness(known: Known, questions: Questions) -> Floats:
    """Cosine of guests' texts to those of candidates, (Q, C); 0 where either has none."""
    theirs = known.vectors.get(known.task.candidate)
    if theirs is None or questions.guests is None or questions.guests.text is None:
        return np.zeros((len(questions), questions.n_candidates), dtype=np.float32)
    return np.asarray(questions.guests.text @ theirs.T, dtype=np.float32)


def _without(known: Known, places: Indices) -> Known:
    """Return what is known where nothing but nodes without relations is left of some query nodes."""
    hidden = np.zeros(len(known.queries), dtype=bool)
    hidden[places] = True
    less = without_queries(known, hidden)
    relations = []
    for edges in less.relations:
        touched = np.zeros(len(edges), dtype=bool)
        for label, ends in ((edges.source, edges.src), (edges.target, edges.dst)):
            if label == known.task.query:
                touched |= hidden[ends]
        relations.append(edges.take(~touched))
    return replace(less, relations=tuple(relations))


def _text_alone(rows: Rows) -> Rows:
    """Return guests of whom attributes and links are not known."""
    nodes = replace(rows.nodes, columns=tuple(_emptied(each) for each in rows.nodes.columns))
    links = {key: sparse.csr_array(each.shape, dtype=each.dtype) for key, each in rows.links.items()}
    return Rows(nodes, links, rows.text)


def _emptied(column: Column) -> Column:
    if isinstance(column, CategoryColumn):
        return replace(column, members=sparse.csr_array(column.members.shape, dtype=np.float32))
    if isinstance(column, NumberColumn):
        return replace(column, values=np.full(len(column.values), np.nan))
    if isinstance(column, DateColumn):
        return replace(column, values=np.full(len(column.values), "NaT", dtype="datetime64[s]"))
    return column
