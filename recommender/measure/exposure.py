"""How recommendations spread over the candidates: coverage and exposure inequality."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from recommender.measure.ranks import Scores


class Exposure:
    """Expected appearances of each candidate in top-``k`` lists, summed over blocks of queries.

    A place at the edge of the list for which several candidates tie is shared equally among them.
    """

    def __init__(self, candidates: int, k: int) -> None:
        self.k = k
        self.counts: npt.NDArray[np.float64] = np.zeros(candidates)
        self._never_shown: npt.NDArray[np.float64] = np.ones(candidates)

    def add(self, scores: Scores, known: sparse.csr_array) -> None:
        """Count a block of queries; ``scores`` finite, both of shape (Q, C), known pairs are never shown."""
        shown = _chance_shown(scores, known, self.k)
        self.counts += shown.sum(axis=0)
        self._never_shown *= (1.0 - shown).prod(axis=0)

    def coverage(self) -> float:
        """Share of the candidates expected to appear in at least one list."""
        return float(1.0 - self._never_shown.mean()) if len(self.counts) else 0.0

    def gini(self) -> float:
        """Inequality of exposure over all candidates: 0 when all appear equally often, near 1 for a few stars."""
        total, size = self.counts.sum(), len(self.counts)
        if total == 0:
            return 0.0
        places = np.arange(1, size + 1)
        return float((2 * places - size - 1) @ np.sort(self.counts) / (size * total))


def _chance_shown(scores: Scores, known: sparse.csr_array, k: int) -> npt.NDArray[np.float64]:
    """Chance of each candidate to be in its query's list, shape (Q, C)."""
    values = np.array(scores, dtype=np.float64)
    rows = sparse.csr_array(known)
    values[np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr)), rows.indices] = -np.inf
    if values.shape[1] <= k:
        return np.isfinite(values).astype(np.float64)
    edge = np.partition(values, values.shape[1] - k, axis=1)[:, -k][:, None]
    inside, tied = values > edge, (values == edge) & np.isfinite(values)
    share = (k - inside.sum(axis=1)) / np.maximum(tied.sum(axis=1), 1)
    return np.asarray(inside + tied * share[:, None])
