"""What the network reads of a task, as arrays: text and attributes of nodes, and who is linked with whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graph_schema.catalog import RELATION_TYPES
from recommender.measure.arrays import Floats
from recommender.served.queries import Queries
from recommender.served.task_data import TaskData

ASKER, CANDIDATE = "asker", "candidate"
HISTORY = "history"
EdgeKey = tuple[str, str, str]
_CODE_LABELS = frozenset({"Industry", "TechField", "Region", "Topic"})
_CODE_DIMENSION = 24
POPULARITY_HALF_LIVES = (90.0, 365.25, 5 * 365.25)


@dataclass(frozen=True)
class Projection:
    """Principal components of text embeddings: ``mean`` (d,), ``axes`` (d, k) scaled to unit variance."""

    mean: Floats
    axes: Floats

    @classmethod
    def fit(cls, vectors: Mapping[str, Floats], dimension: int) -> Projection:
        """Find the first ``dimension`` components of all distinct texts of a snapshot."""
        text = np.vstack([v for v in vectors.values() if len(v)]) if vectors else np.zeros((0, 1), np.float32)
        text = text[np.any(text != 0, axis=1)]
        if not len(text):
            return cls(np.zeros(text.shape[1], np.float32), np.zeros((text.shape[1], dimension), np.float32))
        mean = text.mean(axis=0)
        centred = text - mean
        values, axes = np.linalg.eigh((centred.T @ centred / len(text)).astype(np.float64))
        order = np.argsort(-values)[:dimension]
        scaled = axes[:, order] / np.sqrt(np.maximum(values[order], 1e-6))
        # The sign of a component is arbitrary: fixing it makes equal data give equal inputs.
        scaled *= np.where(scaled[np.abs(scaled).argmax(axis=0), np.arange(len(order))] < 0, -1.0, 1.0)
        padded = np.zeros((text.shape[1], dimension))
        padded[:, : len(order)] = scaled
        return cls(mean.astype(np.float32), padded.astype(np.float32))

    def __call__(self, text: Floats) -> Floats:
        """Project; rows without text give zeros."""
        has_text = np.any(text != 0, axis=1, keepdims=True)
        return np.asarray(np.where(has_text, np.clip((text - self.mean) @ self.axes, -4.0, 4.0), 0.0), np.float32)


def asker_inputs(
    data: TaskData, projection: Projection, queries: Queries, own: Mapping[str, Floats]
) -> tuple[Floats, dict[EdgeKey, sparse.csr_array]]:
    """Return ``x`` of a batch of askers, (Q, features), and by relation who is linked with them, (Q, far nodes)."""
    matrices = asker_matrices(data, queries.links, queries.history)
    return with_means(own_inputs(projection, queries.text, queries.attributes), into(ASKER, matrices), own), matrices


def mean_over(matrix: sparse.csr_array, far: Floats) -> Floats:
    """Mean of the far nodes' rows for each row of a matrix, 0 where it has none; what a cell holds does not count."""
    pattern = (np.ones(matrix.nnz, np.float32), matrix.indices, matrix.indptr)
    total = sparse.csr_array(pattern, shape=matrix.shape) @ far
    return np.asarray(total / np.maximum(np.diff(matrix.indptr), 1)[:, None], dtype=np.float32)


def into(type_: str, matrices: Mapping[EdgeKey, sparse.csr_array]) -> dict[EdgeKey, sparse.csr_array]:
    """Relations that end at a node type, sorted by name, so that inputs have one order."""
    return {key: matrices[key] for key in sorted(matrices) if key[2] == type_}


def own_inputs(projection: Projection, text: Floats, attributes: Floats) -> Floats:
    """Text, attributes and a 1, whose mean over neighbours tells whether there are any."""
    return np.hstack([projection(text), attributes, np.ones((len(text), 1), np.float32)])


def with_means(own: Floats, matrices: Mapping[EdgeKey, sparse.csr_array], far: Mapping[str, Floats]) -> Floats:
    """Put the means of their neighbours' inputs beside inputs of nodes, one relation after the other."""
    return np.hstack([own, *(mean_over(matrix, far[key[0]]) for key, matrix in matrices.items())])


def code_vectors(label: str, count: int) -> Floats:
    """Make fixed random vectors of codes, which tell them apart however alike their names; none elsewhere."""
    if label not in _CODE_LABELS:
        return np.zeros((count, 0), np.float32)
    return np.random.default_rng(0).normal(size=(count, _CODE_DIMENSION)).astype(np.float32)


def asker_matrices(
    data: TaskData, links: Mapping[str, sparse.csr_array], history: sparse.csr_array
) -> dict[EdgeKey, sparse.csr_array]:
    """Matrices from far ends (columns) to askers (rows), by relation."""
    matrices = {(CANDIDATE, HISTORY, ASKER): history}
    for name in sorted(data.query_links):
        far, matrix = _far(data, data.query_far[name], links[name])
        matrices[far, _plain(name), ASKER] = matrix
    return matrices


def all_matrices(data: TaskData) -> dict[EdgeKey, sparse.csr_array]:
    """Matrices of all relations in both directions; rows are where a relation ends."""
    matrices = asker_matrices(data, data.query_links, data.history)
    for name, links in data.candidate_links.items():
        far, matrix = _far(data, data.candidate_far[name], links)
        if far != ASKER:  # those are seen from the asker already
            matrices[far, _plain(name), CANDIDATE] = matrix
    inside = set(data.query_space.labels) | set(data.candidate_space.labels)
    for relation in RELATION_TYPES:
        if relation.name in data.graph and not {relation.source, relation.target} & inside:
            key = (relation.source, _plain(relation.name), relation.target)
            matrices[key] = data.graph[relation.name].T.tocsr()
    # What joins askers with askers is symmetric: the way back is the same relation.
    one_way = {key: matrix for key, matrix in matrices.items() if key[0] != ASKER}
    back = {(key[2], f"back-{key[1]}", key[0]): matrix.T.tocsr() for key, matrix in one_way.items()}
    return matrices | back


def _plain(name: str) -> str:
    """Name of a relation without ``__``, which the graph library reserves."""
    return name.replace("__", "-")


def popularity(data: TaskData) -> Floats:
    """Decayed counts as log of their ratio to the mean: raw counts drift as history grows."""
    columns = []
    for half_life in POPULARITY_HALF_LIVES:
        counts = np.bincount(data.positives.candidate, data.recency(half_life), minlength=data.n_candidates)
        columns.append(np.log1p(counts / max(float(counts.mean()), 1e-9)) if counts.any() else counts)
    return np.column_stack(columns).astype(np.float32)


def _far(data: TaskData, label: str, links: sparse.csr_array) -> tuple[str, sparse.csr_array]:
    """Node type at the far end, and the links with its nodes as columns."""
    for type_, space in ((ASKER, data.query_space), (CANDIDATE, data.candidate_space)):
        if label in space.members:
            cells = links.tocoo()
            column = space.rows(label, cells.col)
            inside = column >= 0
            shape = (links.shape[0], len(space))
            kept = (cells.data[inside], (cells.row[inside], column[inside]))
            return type_, sparse.coo_array(kept, shape=shape).tocsr()
    return label, links
