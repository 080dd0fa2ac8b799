"""Columns that name the answers, and twins: nodes that are one thing under two ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy import sparse

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.bench.leak_checks.evidence import (
    FEWEST,
    RARE,
    Evidence,
    PairCodes,
    contained,
    distinct,
    far_more_often,
)
from recommender.bench.leak_checks.mentions import Mentions
from recommender.knowledge.columns import TextColumn
from recommender.knowledge.dataset import Nodes
from recommender.measure.arrays import Flags, Indices

_COVERAGE: Final = 0.2
"""Share of answers that texts name, from which a figure is moved by it."""
_PRECISION: Final = 0.8
"""Share of the named that are answers: honest texts name known partners as well."""
_SHORTEST_NAME: Final = 2
"""One letter stands in every text."""
_UNIQUE: Final = 0.9
"""Share of distinct values from which a column holds names."""
_SAMPLE: Final = 256
"""Askers whose texts are searched: each is compared with all names, and a share is known well enough by these."""
_TWIN_LENGTH: Final = 16
"""Letters in all columns from which nodes alike are taken for one."""
_MOST_TWINS: Final = 50
"""Nodes alike from which they are a kind, and no twins."""
_MANY: Final = 0.5
"""Share of askers from which twins are refused whatever their dates."""


def refuse_named_answers(evidence: Evidence) -> None:
    """Raise where a column of the questions names their answers, or a column of the answers who asks for them.

    Names are ids, and values of columns that hardly repeat. Text that mentions answers among other candidates is
    legitimate, as of a document and its keywords: refused is a column that names, beyond what is known, answers alone.
    """
    query, candidate = np.divmod(evidence.answers, len(evidence.candidates))
    if evidence.is_dense:
        return
    _refuse_names(evidence, evidence.queries, query, evidence.candidates, by_query=True)
    _refuse_names(evidence, evidence.candidates, candidate, evidence.queries, by_query=False)


def _refuse_names(evidence: Evidence, owners: Nodes, owner: Indices, named: Nodes, *, by_query: bool) -> None:
    """Look at what nodes with answers name; ``owner`` (answers,) is the node of each answer that names."""
    names = Mentions(_names(named))
    drawn = np.random.default_rng(0).permutation(distinct(owner))[:_SAMPLE]
    answers = evidence.answers[np.isin(owner, drawn)]
    for column, values in owners.raw.items():
        by, whom = _mentions(values, drawn, names)
        codes = evidence.codes(*((by, whom) if by_query else (whom, by)))
        said, hits = evidence.open(codes), answers[contained(answers, codes)]
        right = int(contained(said, evidence.future).sum())
        if len(hits) >= max(FEWEST, _COVERAGE * len(answers)) and right >= _PRECISION * len(said):
            window, one = evidence.stage.name, evidence.name(hits[0])
            raise EvaluationError(
                Wording(
                    f"nodes/{owners.label}.csv: 열 {column!r}에 {window} 구간의 정답 {len(answers)}개 중 "
                    f"{len(hits)}개의 이름이 적혀 있습니다(예: {one.ko}). 알려진 것 말고 적힌 {len(said)}개 중 "
                    f"{right}개가 정답입니다. 열을 빼거나, 구간 이전에 알려진 것만 적으십시오",
                    f"nodes/{owners.label}.csv: column {column!r} names {len(hits)} of {len(answers)} answers of the "
                    f"{window} window, one of {one.en}, and {right} of the {len(said)} it names beyond what is known "
                    "are answers; leave the column out, or name what was known before the window",
                )
            )


def _names(nodes: Nodes) -> dict[str, int]:
    """Map ids and values of columns that hardly repeat, but no numbers, to nodes."""
    names: dict[str, int] = {}
    columns = {column.name for column in nodes.columns if isinstance(column, TextColumn)}
    for column, values in nodes.raw.items():
        if column in columns and len(set(values)) >= _UNIQUE * len(nodes):
            names.update((value.strip(), row) for row, value in enumerate(values))
    names.update((name, row) for row, name in enumerate(nodes.ids))
    return {name: row for name, row in names.items() if len(name) >= _SHORTEST_NAME}


def _mentions(values: Sequence[str], owners: Indices, names: Mentions) -> tuple[Indices, Indices]:
    """Return (owner, named node) wherever a value holds a name that no letter or digit adjoins."""
    found = [(int(owner), row) for owner in owners for row in names.within(values[owner])]
    pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def refuse_twins(evidence: Evidence) -> None:
    """Raise where the answer is known already under another id: of the candidate, or of the query.

    Twins are nodes alike in every column, text among them, of a length that is no accident. Twins that both stand in
    what was learned as often as in the answers are things that go together, such as a song on two records; refused is
    where the answers hold them far more often, or for the most part.
    """
    width = len(evidence.candidates)
    for nodes, by_query in ((evidence.candidates, False), (evidence.queries, True)):
        twins = _twins(nodes)
        if not twins.nnz:
            continue
        hits = _known_by_twin(evidence, evidence.answers, twins, by_query=by_query)
        past = _known_by_twin(evidence, evidence.learned_pairs, twins, by_query=by_query)
        late = far_more_often(int(hits.sum()), len(hits), int(past.sum()), len(past))
        if hits.sum() > RARE * len(hits) and (late or hits.mean() >= _MANY):
            one = evidence.answers[np.argmax(hits)]
            node = int(one // width if by_query else one % width)
            other = twins.indices[twins.indptr[node]]
            window, pair, count = evidence.stage.name, evidence.name(one), int(hits.sum())
            twin, same = nodes.ids[node], nodes.ids[other]
            raise EvaluationError(
                Wording(
                    f"nodes/{nodes.label}.csv: {window} 구간의 정답 {len(hits)}개 중 {count}개가, 모든 열이 같은 "
                    f"다른 id의 노드로 이미 알려져 있습니다(예: {pair.ko}, 같은 노드: {twin}, {same}). 같은 노드를 "
                    "id 하나로 합치십시오",
                    f"nodes/{nodes.label}.csv: {count} of {len(hits)} answers of the {window} window are known "
                    f"already under the id of a twin that is alike in every column, one of {pair.en}, where {twin} "
                    f"and {same} are one thing; merge the twins under one id",
                )
            )


def _twins(nodes: Nodes) -> sparse.csr_array:
    """Return which nodes are alike in every column, shape (nodes, nodes), without the diagonal."""
    groups: dict[tuple[str, ...], list[int]] = {}
    if any(isinstance(column, TextColumn) for column in nodes.columns):
        for row, values in enumerate(zip(*nodes.raw.values(), strict=True)):
            key = tuple(" ".join(value.casefold().split()) for value in values)
            if sum(map(len, key)) >= _TWIN_LENGTH:
                groups.setdefault(key, []).append(row)
    pairs = [
        (one, other)
        for rows in groups.values()
        if 1 < len(rows) <= _MOST_TWINS
        for one in rows
        for other in rows
        if one != other
    ]
    at = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    ones = np.ones(len(at), dtype=np.float32)
    return sparse.csr_array(sparse.coo_array((ones, (at[:, 0], at[:, 1])), shape=(len(nodes), len(nodes))))


def _known_by_twin(evidence: Evidence, codes: PairCodes, twins: sparse.csr_array, *, by_query: bool) -> Flags:
    """Flag pairs that are known or given under the id of a twin, shape of ``codes``."""
    width = len(evidence.candidates)
    query, candidate = np.divmod(codes, width)
    mine = twins[query if by_query else candidate].tocoo()
    others = mine.col * width + candidate[mine.row] if by_query else query[mine.row] * width + mine.col
    known = contained(others, evidence.learned_pairs) | contained(others, evidence.given_pairs)
    return np.asarray(np.bincount(mine.row[known], minlength=len(codes)) > 0)
