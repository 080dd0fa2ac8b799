"""A described company as a guest: the row of facts that a node like it would have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import numpy as np
from scipy import sparse

from graph_schema.catalog import relation_type
from graph_schema.model import NodeRef
from recommender.knowledge.columns import CategoryColumn, Column, DateColumn, NumberColumn, TextColumn
from recommender.knowledge.dataset import Nodes
from recommender.knowledge.from_snapshot import LABEL_COLUMN
from recommender.knowledge.known import Known, LinkKey, Rows
from recommender.knowledge.profile import Profile
from recommender.knowledge.tasks import Task
from recommender.measure.arrays import Floats

_GUEST: Final = "guest"


def guest_rows(known: Known, profile: Profile, text: Floats) -> Rows:
    """Return a described company as one guest of the query label; ``text`` has shape (1, d).

    Facts and guesses count alike: a score decides nothing. A value that no node has counts for nothing.
    """
    label = known.task.query
    values: dict[str, tuple[str, ...] | float | date | None] = {
        LABEL_COLUMN: (profile.label,),
        "founded_on": profile.founded_on,
        "employees": None if profile.employees is None else float(profile.employees),
        "revenue_krw": profile.revenue_krw,
        "legal_form": () if profile.legal_form is None else (profile.legal_form,),
        "certificates": profile.certificates,
    }
    columns = tuple(_cell(column, values.get(column.name)) for column in known.queries.columns)
    links = {key: _links(known, key, profile, matrix.shape[1]) for key, matrix in known.adjacency(label).items()}
    return Rows(Nodes(label, (_GUEST,), columns), links, text)


def likely_places(profile: Profile, task: Task, find_candidate: Callable[[NodeRef], int | None]) -> list[int]:
    """Columns of the candidates that a profile says it is linked to by a target relation, each once.

    Raises ``SchemaError`` for a relationship that the catalog does not know.
    """
    found = []
    for type_, refs in profile.likely_links.items():
        for ref in refs:
            is_target = relation_type(profile.label, type_, ref.label) in task.targets
            column = find_candidate(ref) if is_target else None
            found += [] if column is None else [column]
    return sorted(set(found))


def _cell(column: Column, value: tuple[str, ...] | float | date | None) -> Column:
    if isinstance(column, NumberColumn):
        return NumberColumn(column.name, np.array([value if isinstance(value, float) else np.nan]))
    if isinstance(column, DateColumn):
        day = value if isinstance(value, date) else None
        return DateColumn(column.name, np.array([day or "NaT"], dtype="datetime64[s]"))
    if isinstance(column, CategoryColumn):
        place = {category: at for at, category in enumerate(column.categories)}
        at = [place[each] for each in (value if isinstance(value, tuple) else ()) if each in place]
        return CategoryColumn(column.name, column.categories, _ones(at, len(column.categories)))
    return TextColumn(column.name, ("",))


def _links(known: Known, key: LinkKey, profile: Profile, width: int) -> sparse.csr_array:
    source, name, target, way = key
    far = known.dataset.nodes[target if way == "out" else source]
    refs = profile.likely_links.get(name, ()) if way == "out" else ()
    # Where labels are asked for together, ids are written with their label.
    ids = [ref.id if ref.label == far.label else str(ref) for ref in refs]
    return _ones([far.places[each] for each in ids if each in far.places], width)


def _ones(columns: list[int], width: int) -> sparse.csr_array:
    distinct = sorted(set(columns))
    cells = (np.ones(len(distinct), dtype=np.float32), (np.zeros(len(distinct), dtype=np.int64), distinct))
    return sparse.coo_array(cells, shape=(1, width), dtype=np.float32).tocsr()
