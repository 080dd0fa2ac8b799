"""Items: what those who took the same things took too."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.measure.arrays import Floats
from recommender.served.queries import Queries
from recommender.served.task_data import TaskData


@dataclass(frozen=True)
class ItemNeighbours:
    """score(q, c) = Σ_h r_qh · sim(h, c), sim(h, c) = x_h·x_c / (|x_h| |x_c| + shrinkage), over the asker's history h.

    x_c is the column of known pairs of c with recency r (Sarwar et al., 2001; shrinkage after Bell and Koren, 2007).
    Only the ``neighbours`` most similar of each h count. An asker without history gets zeros: this scorer has
    nothing to say of it, and the blend then leaves it out.
    """

    shrinkage: float = 2.0
    neighbours: int = 100
    name: str = "item-knn"

    def fit(self, data: TaskData, _rng: np.random.Generator) -> ItemScorer:
        """Compute similarities of all pairs of candidates that share an asker."""
        history = data.history
        together = sparse.csr_array(history.T @ history).tocoo()
        length = np.sqrt(np.asarray((history * history).sum(axis=0)))
        away = together.row != together.col
        row, column = together.row[away], together.col[away]
        similarity = together.data[away] / (length[row] * length[column] + self.shrinkage)
        shape = (data.n_candidates, data.n_candidates)
        matrix = sparse.coo_array((similarity.astype(np.float32), (row, column)), shape=shape).tocsr()
        return ItemScorer(self.name, _strongest(matrix, self.neighbours))


@dataclass(frozen=True)
class ItemScorer:
    """``similarity``: sparse, shape (C, C)."""

    name: str
    similarity: sparse.csr_array

    def score(self, queries: Queries) -> Floats:
        """Sum the similarities to the history."""
        return np.asarray((queries.history @ self.similarity).toarray(), dtype=np.float32)


def _strongest(matrix: sparse.csr_array, k: int) -> sparse.csr_array:
    """Keep the k largest values of each row; of equal ones those of the lower columns."""
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((matrix.indices, -matrix.data, row))
    place = np.arange(len(order)) - matrix.indptr[row[order]]
    keep = order[place < k]
    cells = (matrix.data[keep], (row[keep], matrix.indices[keep]))
    return sparse.coo_array(cells, shape=matrix.shape).tocsr()
