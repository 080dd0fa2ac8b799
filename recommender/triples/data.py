"""Triples with their splits and node types, and the directed queries that both sides of a triple become."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.measure.arrays import Flags, Indices


@dataclass(frozen=True)
class Queries:
    """Q directed queries: which entity completes ``anchor -relation-> ?``.

    ``anchor`` (Q,) are entities. ``relation`` (Q,) lies in [0, 2R): ``r`` asks for the tail of ``anchor|r|?``, and
    ``r + R``, the reciprocal relation, for the head of ``?|r|anchor``.
    """

    anchor: Indices
    relation: Indices

    def __len__(self) -> int:
        return len(self.anchor)

    def __getitem__(self, rows: slice | Indices | Flags) -> Queries:
        return Queries(self.anchor[rows], self.relation[rows])

    def blocks(self, size: int) -> Iterator[Queries]:
        """Yield consecutive blocks of at most ``size`` queries."""
        for start in range(0, len(self), size):
            yield self[start : start + size]


@dataclass(frozen=True)
class Triples:
    """A graph of typed entities and relations, its known triples, and those to be predicted.

    ``train``, ``valid`` and ``test`` are (n, 3): head, relation, tail. ``entity_types`` (N,) numbers the label of each
    entity; ``head_types`` and ``tail_types`` (R,) the label on either side of each relation: only entities of that
    label are candidates.
    """

    n_entities: int
    n_relations: int
    train: Indices
    valid: Indices
    test: Indices
    entity_types: Indices
    head_types: Indices
    tail_types: Indices

    def __post_init__(self) -> None:
        if not len(self.train):
            raise EvaluationError(
                Wording(
                    "학습할 트리플이 없습니다. split이 train인 행이나 split이 빈 행을 넣으십시오",
                    "there is no training triple; give rows of the split train or rows without a split",
                )
            )
        for name in ("train", "valid", "test"):
            _check_range(getattr(self, name), self.n_entities, self.n_relations, name)
            _check_types(self, name)

    @property
    def several_types(self) -> bool:
        """Tell whether the candidates of some query are fewer than all entities."""
        return len(np.unique(self.entity_types)) > 1

    @property
    def target_types(self) -> Indices:
        """Type of the candidates of each directed relation, shape (2R,)."""
        return np.concatenate((self.tail_types, self.head_types))

    @property
    def known(self) -> Indices:
        """All triples of all splits: what the filtered setting leaves out, shape (n, 3)."""
        return np.concatenate((self.train, self.valid, self.test))

    def candidates(self, queries: Queries) -> Flags:
        """Tell which entities may answer each query, shape (Q, N)."""
        return np.asarray(self.entity_types == self.target_types[queries.relation][:, None])


def both_sides(triples: Indices, n_relations: int) -> tuple[Queries, Indices]:
    """Return the 2n queries of n triples, tail side first, and their answers, shape (2n,)."""
    head, relation, tail = triples.T
    queries = Queries(np.concatenate((head, tail)), np.concatenate((relation, relation + n_relations)))
    return queries, np.concatenate((tail, head))


@dataclass(frozen=True)
class Answers:
    """The known answers of every directed query of some triples; row ``relation * N + anchor`` of a CSR pattern.

    Queries without an answer have no row: ``keys`` (K,) holds the sorted rows that exist, ``pattern`` is (K, N).
    """

    keys: Indices
    pattern: sparse.csr_array

    @classmethod
    def of(cls, triples: Indices, n_entities: int, n_relations: int) -> Answers:
        """Group triples by directed query; repeated triples count once."""
        queries, answers = both_sides(triples, n_relations)
        keys, rows = np.unique(queries.relation * n_entities + queries.anchor, return_inverse=True)
        pairs = np.unique(rows.reshape(-1) * n_entities + answers)
        ones = np.ones(len(pairs), dtype=np.float32)
        pattern = sparse.csr_array((ones, np.divmod(pairs, n_entities)), shape=(len(keys), n_entities))
        return cls(keys, pattern)

    @property
    def queries(self) -> Queries:
        """The distinct queries that have an answer, in the order of the rows."""
        relation, anchor = np.divmod(self.keys, self.pattern.shape[1])
        return Queries(anchor, relation)

    def find(self, queries: Queries) -> tuple[Indices, Flags]:
        """Return the row of each query, and whether it has one at all; both (Q,)."""
        keys = queries.relation * self.pattern.shape[1] + queries.anchor
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=bool)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return place, self.keys[place] == keys

    def rows(self, queries: Queries) -> sparse.csr_array:
        """Return the known answers of each query, shape (Q, N), ones where known."""
        place, found = self.find(queries)
        pick = (np.ones(found.sum(), dtype=np.float32), (np.flatnonzero(found), place[found]))
        return sparse.csr_array(sparse.csr_array(pick, shape=(len(queries), len(self.keys))) @ self.pattern)


def _check_types(triples: Triples, split: str) -> None:
    """Raise ``EvaluationError`` where an end has another label than its relation."""
    head, relation, tail = getattr(triples, split).T
    wrong = triples.entity_types[head] != triples.head_types[relation]
    wrong |= triples.entity_types[tail] != triples.tail_types[relation]
    if wrong.any():
        one = getattr(triples, split)[wrong][0].tolist()
        raise EvaluationError(
            Wording(
                f"{split}의 트리플 {one}: 두 개체의 레이블이 관계의 레이블과 다릅니다. 레이블 쌍마다 관계를 따로 "
                "만드십시오",
                f"triple {one} of {split} joins entities of other labels than its relation; make a relation of its "
                "own for each pair of labels",
            )
        )


def _check_range(triples: Indices, n_entities: int, n_relations: int, split: str) -> None:
    """Raise ``EvaluationError`` where an id does not exist."""
    if triples.shape[1:] != (3,):  # head, relation, tail
        raise EvaluationError(
            Wording(
                f"{split}의 트리플 배열의 모양: {triples.shape}. 머리, 관계, 꼬리의 (n, 3) 배열을 주십시오",
                f"triples of {split} have shape {triples.shape}; give (n, 3): head, relation, tail",
            )
        )
    limits = np.array([n_entities, n_relations, n_entities])
    wrong = ((triples < 0) | (triples >= limits)).any(axis=1)
    if wrong.any():
        one = triples[wrong][0].tolist()
        raise EvaluationError(
            Wording(
                f"{split}의 트리플 {one}: 없는 개체나 관계의 번호입니다. 번호는 0부터이며 개체는 {n_entities}개, "
                f"관계는 {n_relations}개입니다",
                f"triple {one} of {split} names an entity or relation that is not there; there are {n_entities} "
                f"entities and {n_relations} relations, numbered from 0",
            )
        )
