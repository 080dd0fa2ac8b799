"""What would be known if some query nodes had never been seen, and nodes that ask as guests do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from recommender.knowledge.dataset import Nodes
from recommender.knowledge.known import Known, Questions, Rows
from recommender.measure.arrays import Flags, Indices


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
