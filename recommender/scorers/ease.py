"""EASE: a linear model that predicts each candidate of a set from the others, in closed form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse
from scipy.linalg import lapack

from graph_schema.errors import ModelError
from graph_schema.wording import Wording
from recommender.knowledge.known import Known, Questions, Scorer
from recommender.measure.arrays import Floats, Indices
from recommender.scorers.baskets import Source, blocks, degree_weights, read_baskets, starting_members
from recommender.scorers.prior import Prior, prior_of

_MOST: Final = 8_000
"""Side of the matrix that is inverted: it and its inverse take 256 MB each, and some 20 seconds on one core."""


@dataclass(frozen=True)
class Ease:
    """score(q, ·) = s B, B = I − P · diag(P)^-1 with P = (XᵀX + λI)^-1, diag(B) = 0.

    Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (WWW 2019). X: baskets by candidates, columns scaled by
    d^-``item_power``; λ: ``regularisation``; s: what is given with q, the asker with weight ``own`` where he is a
    candidate. Where there are fewer baskets than candidates, P = (I − Xᵀ(XXᵀ + λI)^-1 X) / λ needs a matrix of baskets
    alone. Where both are more than ``most``, the most popular candidates are modelled, the others get the prior.
    """

    source: Source = "target"
    """Which baskets count: those of past queries, or of the nodes of other relations."""
    regularisation: float = 50.0
    """λ: what is added to the diagonal of the Gram matrix, in baskets; above 0."""
    item_power: float = 0.0
    """How much less a candidate counts for its number of baskets; 0 or more."""
    own: float = 2.0
    """Weight of the query among what is given, where queries are candidates; 0 leaves it out."""
    most: int = _MOST
    """Side of the matrix to invert at most, in candidates or baskets; 1 or more."""
    name: str = "ease"
    """Name of the row in reports."""

    def fit(self, known: Known, _rng: np.random.Generator) -> Scorer:
        """Invert the Gram matrix of the candidates, or of the baskets if they are fewer."""
        found = read_baskets(known, self.source)
        own, prior = (self.own if known.same_label else 0.0), prior_of(known)
        by_degree = np.lexsort((np.arange(len(found.degree)), -found.degree))
        kept = np.sort(by_degree[: int((found.degree > 0).sum())])
        few_baskets = found.rows.shape[0] <= min(self.most, len(kept))
        if not few_baskets:
            kept = np.sort(by_degree[: min(self.most, len(kept))])
        scale = degree_weights(found.degree[kept], self.item_power)
        rows = sparse.csr_array(found.rows[:, kept] @ sparse.diags_array(scale))
        if few_baskets:
            inverse = _inverse(rows, self.regularisation)
            # In units of 1 / λ: they cancel.
            leverage = _quadratic(rows, inverse)
            return BasketEase(own, kept, scale, rows, inverse, 1 - leverage, leverage / (1 - leverage), prior)
        weights = _inverse(sparse.csr_array(rows.T), self.regularisation)
        weights /= -np.diagonal(weights).copy()
        np.fill_diagonal(weights, 0.0)
        return CandidateEase(own, kept, scale, weights, prior)


@dataclass(frozen=True)
class CandidateEase:
    """``kept``: modelled candidates, (K,), with their ``scale``; ``weights``: B, (K, K)."""

    own: float
    kept: Indices
    scale: Floats
    weights: Floats
    prior: Prior

    def score(self, questions: Questions) -> Floats:
        """Multiply what is given by the weights."""
        out = np.zeros((len(questions), questions.n_candidates), dtype=np.float32)
        given = starting_members(questions, self.own)[:, self.kept] @ sparse.diags_array(self.scale)
        out[:, self.kept] = given @ self.weights
        return self.prior.under(out, questions)


@dataclass(frozen=True)
class BasketEase:
    """``rows``: X, (baskets, K); ``inverse``: K = (XXᵀ + λI)^-1; ``variance``: λ diag(P), (K,).

    ``itself``, shape (K,): what a candidate would say of itself, diag(XᵀKX) / (λ diag(P)).
    """

    own: float
    kept: Indices
    scale: Floats
    rows: sparse.csr_array
    inverse: Floats
    variance: Floats
    itself: Floats
    prior: Prior

    def score(self, questions: Questions) -> Floats:
        """Multiply what is given by the weights, factor by factor, some questions at a time."""
        out = np.zeros((len(questions), questions.n_candidates), dtype=np.float32)
        given = sparse.csr_array(starting_members(questions, self.own)[:, self.kept] @ sparse.diags_array(self.scale))
        for part in blocks(len(questions), max(self.rows.shape)):
            found = ((given[part] @ self.rows.T) @ self.inverse) @ self.rows / self.variance
            # What a candidate says of itself is left out: the diagonal of B is 0.
            found -= given[part] @ sparse.diags_array(self.itself)
            out[part, self.kept] = found
        return self.prior.under(out, questions)


def _quadratic(rows: sparse.csr_array, inverse: Floats) -> Floats:
    """Return x_jᵀ K x_j of each column of ``rows``, shape (K,)."""
    columns = sparse.csr_array(rows.T)
    out = np.empty(columns.shape[0], dtype=np.float32)
    for part in blocks(columns.shape[0], len(inverse)):
        some = columns[part]
        out[part] = np.asarray(some.multiply(some @ inverse).sum(axis=1)).reshape(-1)
    return out


def _inverse(rows: sparse.csr_array, regularisation: float) -> Floats:
    """Return (R Rᵀ + λI)^-1 of the rows R; raises ``ModelError`` where it is singular."""
    matrix: Floats = np.empty((rows.shape[0], rows.shape[0]), dtype=np.float32, order="F")
    for part in blocks(len(matrix), len(matrix)):
        # The matrix is symmetric, so columns may be filled as rows: they lie together in memory.
        matrix[:, part] = (rows[part] @ rows.T).toarray().T
    size = len(matrix)
    if not size:
        return matrix
    matrix[np.diag_indices(size)] += np.float32(regularisation)
    factor, fault = lapack.spotrf(matrix, lower=0, overwrite_a=1)
    inverse, worse = lapack.spotri(factor, lower=0, overwrite_c=1) if not fault else (factor, fault)
    if worse:
        raise ModelError(
            Wording(
                f"EASE: {size}행 행렬의 역행렬을 구할 수 없습니다. regularisation을 높이십시오(지금 {regularisation})",
                f"EASE: a matrix of {size} rows is singular; raise regularisation, it is {regularisation}",
            )
        )
    # Only the upper half is filled.
    for start in range(0, size, 512):
        part = slice(start, min(start + 512, size))
        inverse[part, :start] = inverse[:start, part].T
        square = np.triu(inverse[part, part])
        inverse[part, part] = square + np.triu(square, 1).T
    return np.asarray(inverse, dtype=np.float32)
