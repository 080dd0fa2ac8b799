"""Columns made after the cut: counts over all rows, and dates of what came later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.bench.leak_checks.evidence import Evidence, chance
from recommender.knowledge.columns import Column, DateColumn, NumberColumn
from recommender.knowledge.dataset import Edges, Nodes
from recommender.knowledge.stages import TEST, TEST_CONTEXT, window_start
from recommender.measure.arrays import Flags, Indices, Times, Values

_FEWEST_EXACT: Final = 5
"""Nodes whose number changed by the window; fewer agree by accident."""
_FEWEST_RANKED: Final = 20
"""The same where only their order agrees, which happens more easily."""
_MOSTLY_EXACT: Final = 0.9
"""Share of all nodes that must agree: a few rows may have been edited since."""
_EXACT: Final = 0.95
"""Share of those that changed by the window: they are what would leak."""
_TRACKS: Final = 0.9
"""Rank correlation from which a number follows the count. Set by hand."""
_MIN_PHI: Final = 0.7
"""Phi coefficient from which a late date tells who is active in the window."""
_SAME_DAY: Final = 0.5
"""Share of nodes whose date is that of their last row: half is no accident among distinct days."""
_UNLIKELY: Final = 1e-3
"""Chance of as good an agreement of unrelated things, below which it is refused: one honest folder in a thousand."""
_YEARS: Final = (1900.0, 2100.0)
"""Whole numbers within these are years, which are judged as dates."""


@dataclass(frozen=True)
class RowCounts:
    """How many rows of a relation each node has: all, and but for those of the test window; shape (nodes,)."""

    name: Wording
    whole: Values
    known: Values


def refuse_late_counts(evidence: Evidence) -> None:
    """Raise where a number of a node is its count of rows, those of the test window included.

    Looked at are all candidates, and queries that were known before the window. A column is refused where it equals
    the whole count of nodes whose count the test window changes, or goes along with the whole count among nodes of
    one known count. A count of what was known is legitimate, and so are numbers that go along with activity. A number
    of a query that is new in the window, such as the size that a project plans, orders no candidates.
    """
    for nodes, is_candidate in _sides(evidence):
        numbers = [column for column in nodes.columns if isinstance(column, NumberColumn)]
        for counts in _counts(evidence, nodes.label) if numbers else ():
            for column in numbers:
                looked_at = ~np.isnan(column.values) & (is_candidate | (counts.known > 0))
                reason = _late_count(column.values[looked_at], counts.known[looked_at], counts.whole[looked_at])
                if reason:
                    example = _example(nodes, column.values, counts, looked_at)
                    raise EvaluationError(
                        Wording(
                            f"nodes/{nodes.label}.csv: 열 {column.name!r}의 값이 시험 구간의 행까지 센 "
                            f"{counts.name.ko}의 수{reason.ko}(예: {example.ko}). 구간 이전에 알려진 것만 세거나 열을 "
                            "빼십시오",
                            f"nodes/{nodes.label}.csv: column {column.name!r} {reason.en} of {counts.name.en} with "
                            f"those of the test window, as with {example.en}; count what was known before the window, "
                            "or leave the column out",
                        )
                    )


def refuse_late_dates(evidence: Evidence) -> None:
    """Raise where a date of nodes known before the test window tells what they do in it, such as ``last_seen``.

    A date in or after the window is legitimate as such: an end that was planned, a licence that runs, the day of an
    export. Refused is one that lies there for those that are active in the window and for hardly another, or that
    is the day of the node's last row. The same holds for years.
    """
    start = window_start(evidence.dataset, evidence.splits, "test")
    if np.isnat(start):
        return
    for nodes, is_candidate in _sides(evidence):
        known, active, last = _activity(evidence, is_candidate=is_candidate)
        for column in nodes.columns:
            late = _late(column, start)
            if late is None:
                continue
            filled = known & ~np.isnan(_values(column))
            phi, unlikely = _association(late[filled], active[filled])
            same = _same_day(column, last, filled & active & (last >= start))
            if same or (phi >= _MIN_PHI and unlikely):
                one = nodes.ids[int(np.argmax(filled & active & late))]
                raise EvaluationError(
                    Wording(
                        f"nodes/{nodes.label}.csv: 열 {column.name!r}의 날짜가 시험 구간에 행이 있는 노드에서 그 "
                        f"구간이나 그 뒤입니다(구간 시작 {start}, "
                        f"{'마지막 행의 날과 같음' if same else f'phi {phi:.2f}'}, 예: {one}). 구간 이전의 값을 "
                        "적거나 열을 빼십시오",
                        f"nodes/{nodes.label}.csv: column {column.name!r} lies in or after the test window (from "
                        f"{start}) for nodes active in it, "
                        f"{'on the day of their last row' if same else f'phi {phi:.2f}'}, one of them {one}; give "
                        "the value as it was before the window, or leave the column out",
                    )
                )


def _sides(evidence: Evidence) -> tuple[tuple[Nodes, bool], ...]:
    """Return the nodes of both labels, and whether they are candidates."""
    sides = ((evidence.candidates, True), (evidence.queries, False))
    return sides[:1] if evidence.same_label else sides


def _counts(evidence: Evidence, label: str) -> Iterator[RowCounts]:
    """Yield counts over the target and over dated relations at a label, of rows and of distinct far nodes."""
    start = window_start(evidence.dataset, evidence.splits, "test")
    for edges in evidence.dataset.relations:
        is_target = edges.key == evidence.dataset.target.key
        late = np.isin(evidence.splits, (TEST, TEST_CONTEXT)) if is_target else edges.time >= start
        if not late.any():
            continue
        key, size = "__".join(edges.key), len(evidence.dataset.nodes[label])
        name = Wording(f"{key} 행", f"rows {key}")
        for near, far in _ends(edges, label):
            flags = np.resize(late, len(near))
            yield RowCounts(name, _count(near, size), _count(near[~flags], size))
            once = np.unique(np.stack([near, far]), axis=1)
            early = np.unique(np.stack([near[~flags], far[~flags]]), axis=1)
            yield RowCounts(name, _count(once[0], size), _count(early[0], size))


def _ends(edges: Edges, label: str) -> Iterator[tuple[Indices, Indices]]:
    """Yield the ends at a label with the far ends; where both are, out, in and together."""
    if edges.source == label:
        yield edges.src, edges.dst
    if edges.target == label:
        yield edges.dst, edges.src
    if edges.source == edges.target == label:
        yield np.concatenate([edges.src, edges.dst]), np.concatenate([edges.dst, edges.src])


def _count(near: Indices, size: int) -> Values:
    return np.bincount(near, minlength=size).astype(np.float64)


def _late_count(values: Values, known: Values, whole: Values) -> Wording | None:
    changed = whole != known
    if changed.sum() < _FEWEST_EXACT or len(np.unique(values)) <= 1:  # a constant tells nothing
        return None
    if (values == whole).mean() >= _MOSTLY_EXACT and (values == whole)[changed].mean() >= _EXACT:
        return Wording("와 같습니다", "is the number")
    if changed.sum() >= _FEWEST_RANKED and _follows(values, known, whole):
        return Wording("를 따라갑니다", "follows the number")
    return None


def _follows(values: Values, known: Values, whole: Values) -> bool:
    """Whether values go along with the whole count among nodes of one known count, pooled over known counts."""
    from scipy.stats import rankdata

    order = np.argsort(known, kind="stable")
    cuts = np.flatnonzero(np.diff(known[order])) + 1
    groups = [rows for rows in np.split(order, cuts) if len(np.unique(whole[rows])) > 1]
    if sum(int((whole[rows] != known[rows]).sum()) for rows in groups) < _FEWEST_RANKED:
        return False
    shifted = np.log1p(values - values.min())
    for one, other in ((shifted, np.log1p(whole)), (rankdata(values), rankdata(whole))):
        mine = np.concatenate([one[rows] - one[rows].mean() for rows in groups])
        theirs = np.concatenate([other[rows] - other[rows].mean() for rows in groups])
        spread = np.sqrt((mine**2).sum() * (theirs**2).sum())
        if spread > 0 and (mine * theirs).sum() / spread >= _TRACKS:
            return True
    return False


def _example(nodes: Nodes, values: Values, counts: RowCounts, looked_at: Flags) -> Wording:
    one = int(np.argmax(looked_at & (counts.whole != counts.known)))
    value, known, whole = f"{nodes.ids[one]}: {values[one]:g}", f"{counts.known[one]:g}", f"{counts.whole[one]:g}"
    return Wording(
        f"{value}, 알려진 것 {known}개, 파일 전체 {whole}개",
        f"{value}, where {known} were known and {whole} are in the file",
    )


def _activity(evidence: Evidence, *, is_candidate: bool) -> tuple[Flags, Flags, Times]:
    """Return which nodes have a row before the test window, which have one in it, and the moment of the last."""
    size = len(evidence.candidates if is_candidate else evidence.queries)
    in_test = np.isin(evidence.splits, (TEST, TEST_CONTEXT))
    known, active = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    last = np.full(size, np.iinfo(np.int64).min)
    for rows, flags in ((~in_test, known), (in_test, active)):
        pairs = evidence.pairs_of_rows(rows)
        nodes = (
            [pairs.candidate, pairs.query]
            if evidence.same_label
            else [pairs.candidate if is_candidate else pairs.query]
        )
        for near in nodes:
            flags[near] = True
            # NaT is the smallest integer, and thus no last moment.
            np.maximum.at(last, near, pairs.time.astype(np.int64))
    return known, active, last.astype("datetime64[s]")


def _values(column: Column) -> Values:
    """Return a column as numbers, NaN where empty."""
    if isinstance(column, DateColumn):
        return np.where(np.isnat(column.values), np.nan, column.values.astype(np.int64))
    assert isinstance(column, NumberColumn)
    return column.values


def _late(column: Column, start: np.datetime64) -> Flags | None:
    """Tell which dates or years lie in or after the window; None for a column of something else."""
    if isinstance(column, DateColumn):
        return np.asarray(column.values >= start)
    if isinstance(column, NumberColumn):
        filled = column.values[~np.isnan(column.values)]
        if (filled == np.round(filled)).all() and filled.min() >= _YEARS[0] and filled.max() <= _YEARS[1]:
            return np.asarray(column.values >= start.astype("datetime64[Y]").astype(int) + 1970)
    return None


def _association(late: Flags, active: Flags) -> tuple[float, bool]:
    """Phi coefficient of two properties, and whether it is more than chance."""
    if not late.any() or late.all() or not active.any() or active.all():
        return 0.0, False
    phi = float(np.corrcoef(late, active)[0, 1])
    unlikely = chance(int((late & active).sum()), int(late.sum()), int(active.sum()), len(late)) < _UNLIKELY
    return phi, unlikely


def _same_day(column: Column, last: Times, looked_at: Flags) -> bool:
    if not isinstance(column, DateColumn) or looked_at.sum() < _FEWEST_EXACT:
        return False
    days, last_days = column.values[looked_at].astype("datetime64[D]"), last[looked_at].astype("datetime64[D]")
    # Where all dates are one, as the day of an export, that day may well be somebody's last.
    return len(np.unique(days)) > 1 and bool((days == last_days).mean() >= _SAME_DAY)
