"""Global time splits: who is asked in a window, what counts as found, and what was known before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc
from scipy import sparse

from graph_schema.errors import EvaluationError
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.knowledge.stages import WARM
from recommender.knowledge.tasks import Task
from recommender.measure.arrays import Indices
from recommender.snapshot.snapshot import Snapshot

ALWAYS: Final = np.datetime64("0001-01-01", "D")
"""First day of a pair of which any fact has no date: it cannot be shown to be new, so it was always known."""

SLICES: Final = ("warm", "few_shot", "cold")
"""By known targets of the asker before the window: 5 or more, 1 to 4, none."""


@dataclass(frozen=True)
class LinkedPairs:
    """Distinct pairs of asker and candidate that a task's target relationships join, in any of their directions.

    ``query`` and ``candidate``: int64, shape (N,), positions in ``queries`` and ``candidates``. ``first``:
    datetime64[D], the day the pair was first linked. ``event``: int64, pairs that one event made (the applicants of
    one patent) share a number, -1 where an event is one pair.
    """

    queries: tuple[NodeRef, ...]
    candidates: tuple[NodeRef, ...]
    query: Indices
    candidate: Indices
    first: npt.NDArray[np.datetime64]
    event: Indices


@dataclass(frozen=True)
class Cuts:
    """Facts before ``valid_from`` train, [``valid_from``, ``test_from``) validates, [``test_from``, ``end``) tests."""

    valid_from: date
    test_from: date
    end: date


@dataclass(frozen=True)
class Window:
    """The Q askers with a new positive in [``start``, ``end``), and what is right and what is masked for each.

    ``asked``: tuple of askers. ``positives`` and ``known``: (Q, C) over ``LinkedPairs.candidates``; ``known`` are pairs
    first linked before ``start`` and the asker itself. ``history``: int64 (Q,), how many candidates each asker was
    linked to before. ``groups``: int64 (Q,), askers whose first positive comes from one event share a number.
    """

    name: str
    start: date
    end: date
    asked: tuple[NodeRef, ...]
    positives: sparse.csr_array
    known: sparse.csr_array
    history: Indices
    groups: Indices

    def __len__(self) -> int:
        return len(self.asked)

    def members(self, slice_: str) -> npt.NDArray[np.bool_]:
        """Which askers belong to a slice of ``SLICES``, bool (Q,)."""
        of = np.select([self.history >= WARM, self.history >= 1], [0, 1], 2)
        return np.asarray(of == SLICES.index(slice_))


def task_pairs(snapshot: Snapshot, task: Task, *, include_synthetic: bool = False) -> LinkedPairs:
    """Collect the pairs of ``task``; without ``include_synthetic`` no made-up node or relationship takes part."""
    queries, query_of = _universe(snapshot, task.query, {}, include_synthetic=include_synthetic)
    where = dict(task.where)
    candidates, candidate_of = _universe(snapshot, task.candidate, where, include_synthetic=include_synthetic)
    columns: list[tuple[Indices, Indices, npt.NDArray[np.datetime64], npt.NDArray[np.str_]]] = []
    for relation in task.targets:
        edges, table = snapshot.edges(relation), snapshot.table(relation)
        real = _real(table.column("synthetic"), include_synthetic=include_synthetic)
        keys = table.column("key").to_numpy().astype(np.str_) if relation.symmetric else np.full(len(edges.src), "")
        days = np.where(np.isnat(edges.on), ALWAYS, edges.on)
        if relation.source in query_of and relation.target in candidate_of:
            ends = query_of[relation.source][edges.src], candidate_of[relation.target][edges.dst]
            columns.append((ends[0][real], ends[1][real], days[real], keys[real]))
        if relation.target in query_of and relation.source in candidate_of:
            ends = query_of[relation.target][edges.dst], candidate_of[relation.source][edges.src]
            columns.append((ends[0][real], ends[1][real], days[real], keys[real]))
    query, candidate, days, keys = (np.concatenate(column) for column in zip(*columns, strict=True))
    taking_part = (query >= 0) & (candidate >= 0)
    return _distinct(
        queries, candidates, query[taking_part], candidate[taking_part], days[taking_part], keys[taking_part]
    )


def choose_cuts(pairs: LinkedPairs, *, train: float = 0.70, valid: float = 0.15) -> Cuts:
    """Cut time so that ``train`` and ``valid`` are about these shares of the dated pairs, the rest tests.

    Raises ``EvaluationError`` where the dates are too few to cut twice.
    """
    days = np.sort(pairs.first[pairs.first > ALWAYS])
    if not len(days):
        raise EvaluationError(
            Wording(
                "예측할 관계에 날짜가 하나도 없어 시간으로 나눌 수 없습니다. 날짜가 있는 사실을 적재하십시오",
                "no target relationship has a date, so time cannot be split; load facts with dates",
            )
        )
    cuts = [days[min(int(len(days) * share), len(days) - 1)].astype(object) for share in (train, train + valid)]
    if not days[0].astype(object) < cuts[0] < cuts[1]:
        raise EvaluationError(
            Wording(
                f"날짜가 있는 쌍 {len(days)}개({days[0]} ~ {days[-1]})로는 세 구간을 만들 수 없습니다. 경계를 "
                "직접 정하거나 더 많은 날의 사실을 적재하십시오",
                f"{len(days)} dated pairs between {days[0]} and {days[-1]} do not give three windows; name the cuts "
                "yourself, or load facts of more days",
            )
        )
    return Cuts(cuts[0], cuts[1], days[-1].astype(object) + timedelta(days=1))


def window(pairs: LinkedPairs, name: str, start: date, end: date) -> Window:
    """Ask every asker that is newly linked in [``start``, ``end``); raises ``EvaluationError`` where there is none."""
    opens, closes = np.datetime64(start, "D"), np.datetime64(end, "D")
    fresh = (pairs.first >= opens) & (pairs.first < closes)
    if not fresh.any():
        raise EvaluationError(
            Wording(
                f"{name} 구간({start} ~ {end})에 새로운 쌍이 없습니다. 경계를 바꾸십시오",
                f"the {name} window {start} to {end} holds no new pair; choose other cuts",
            )
        )
    rows, row = np.unique(pairs.query[fresh], return_inverse=True)
    row = row.reshape(-1)
    row_of = np.full(len(pairs.queries), -1)
    row_of[rows] = np.arange(len(rows))
    earlier = (pairs.first < opens) & (row_of[pairs.query] >= 0)
    asked = tuple(pairs.queries[index] for index in rows)
    position = {ref: index for index, ref in enumerate(pairs.candidates)}
    own = np.array([(index, position[ref]) for index, ref in enumerate(asked) if ref in position], dtype=np.int64)
    own = own.reshape(-1, 2)
    shape = (len(rows), len(pairs.candidates))
    old_rows, old_columns = row_of[pairs.query[earlier]], pairs.candidate[earlier]
    return Window(
        name,
        start,
        end,
        asked,
        _incidence(row, pairs.candidate[fresh], shape),
        _incidence(np.append(old_rows, own[:, 0]), np.append(old_columns, own[:, 1]), shape),
        np.bincount(old_rows, minlength=len(rows)).astype(np.int64),
        _groups(row, pairs.first[fresh], pairs.event[fresh], len(rows)),
    )


def sample(full: Window, queries: int, seed: int = 0) -> Window:
    """Keep ``queries`` askers drawn at random where the window has more."""
    if len(full) <= queries:
        return full
    kept = np.sort(np.random.default_rng(seed).permutation(len(full))[:queries])
    return Window(
        full.name,
        full.start,
        full.end,
        tuple(full.asked[index] for index in kept),
        full.positives[kept],
        full.known[kept],
        full.history[kept],
        full.groups[kept],
    )


def _universe(
    snapshot: Snapshot, labels: tuple[str, ...], where: dict[str, tuple[str, ...]], *, include_synthetic: bool
) -> tuple[tuple[NodeRef, ...], dict[str, Indices]]:
    """List nodes of several labels one after another; also positions by label, -1 for those left out."""
    refs: list[NodeRef] = []
    positions: dict[str, Indices] = {}
    for label in labels:
        table = snapshot.nodes(label)
        kept = _real(table.column("synthetic"), include_synthetic=include_synthetic)
        for name, values in where.items():
            allowed = table.column(name).to_pylist()
            kept &= np.array([value in values for value in allowed], dtype=bool)
        positions[label] = np.where(kept, len(refs) + np.cumsum(kept) - 1, -1)
        ids = snapshot.vocabulary(label).ids()
        refs += [NodeRef(label, ids[index]) for index in np.flatnonzero(kept)]
    return tuple(refs), positions


def _real(synthetic: object, *, include_synthetic: bool) -> npt.NDArray[np.bool_]:
    flags = np.asarray(pc.fill_null(synthetic, fill_value=False).to_numpy(), dtype=bool)
    return np.ones(len(flags), dtype=bool) if include_synthetic else ~flags


def _distinct(
    queries: tuple[NodeRef, ...],
    candidates: tuple[NodeRef, ...],
    query: Indices,
    candidate: Indices,
    days: npt.NDArray[np.datetime64],
    keys: npt.NDArray[np.str_],
) -> LinkedPairs:
    """Keep the first day of each pair, and the event that made it."""
    order = np.lexsort((keys, days, candidate, query))
    query, candidate, days, keys = query[order], candidate[order], days[order], keys[order]
    first = np.ones(len(query), dtype=bool)
    first[1:] = (query[1:] != query[:-1]) | (candidate[1:] != candidate[:-1])
    names = keys[first]
    events = np.where(names == "", -1, np.unique(names, return_inverse=True)[1].reshape(-1))
    return LinkedPairs(queries, candidates, query[first], candidate[first], days[first], events.astype(np.int64))


def _groups(row: Indices, first: npt.NDArray[np.datetime64], event: Indices, queries: int) -> Indices:
    """Give each asker the event of its earliest positive, or a number of its own where that is one pair."""
    order = np.lexsort((event, first, row))
    starts = np.searchsorted(row[order], np.arange(queries))
    events = event[order][starts]
    alone = int(events.max(initial=0)) + 1 + np.arange(queries)
    return np.where(events >= 0, events, alone).astype(np.int64)


def _incidence(rows: Indices, columns: Indices, shape: tuple[int, int]) -> sparse.csr_array:
    return sparse.csr_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=shape)
