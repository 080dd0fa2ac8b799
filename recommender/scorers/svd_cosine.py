"""SVD cosine: nearness in the space of the strongest patterns of what is taken together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats
from recommender.scorers.baskets import Source, degree_weights, read_baskets, starting_members
from recommender.scorers.facts import products
from recommender.scorers.prior import Prior, prior_of

_PASSES = 4
"""Power iterations of the randomised decomposition (Halko et al. 2011): a flat spectrum needs several."""
_SPARE = 16
"""Above the two passes and ten vectors that Halko et al. advise: singular values of sparse sets fall slowly."""


@dataclass(frozen=True)
class SvdCosine:
    """score(q, c) = max(0, cos(Σ_{h given} s_h v_h, v_c)) · d_c^e, v the rows of V √Σ of D_u^-.5 X D_c^-f ≈ U Σ Vᵀ.

    X: baskets by candidates; e: ``popularity_power``, f: ``candidate_power``. Latent-factor retrieval after Deerwester
    et al. (1990), on the normalised matrix; the decomposition is randomised with power passes (Halko, Martinsson and
    Tropp, 2011).
    """

    source: Source = "target"
    """Which baskets count: those of past queries, or of the nodes of other relations."""
    dimension: int = 64
    """Singular vectors that are kept; 1 or more, fewer where the matrix has fewer."""
    popularity_power: float = 0.0
    """e: how far popular candidates are lifted; 0 or more."""
    candidate_power: float = 0.5
    """f: how much less a candidate counts for its number of baskets; 0 or more."""
    own: float = 2.0
    """Weight of the query among what is given, where queries are candidates; 0 leaves it out."""
    name: str = "svd-cosine"
    """Name of the row in reports."""

    def fit(self, known: Known, rng: np.random.Generator) -> SvdScorer:
        """Decompose the baskets."""
        found = read_baskets(known, self.source)
        by_size = sparse.diags_array(degree_weights(found.size, 0.5))
        rows = sparse.csr_array(
            by_size @ found.rows @ sparse.diags_array(degree_weights(found.degree, self.candidate_power))
        )
        factors = right_factors(rows, self.dimension, rng)
        # Rounding leaves a candidate without baskets a direction; it has none.
        factors[found.degree == 0] = 0.0
        length = np.linalg.norm(factors, axis=1, keepdims=True)
        unit = np.asarray(factors / np.where(length > 0, length, 1.0), dtype=np.float32)
        weight = degree_weights(found.degree, -self.popularity_power)
        own = self.own if known.same_label else 0.0
        return SvdScorer(own, unit, weight, prior_of(known))


@dataclass(frozen=True)
class SvdScorer:
    """``unit``: candidates as rows of length 1 or 0, (C, d); ``weight``: (C,)."""

    own: float
    unit: Floats
    weight: Floats
    prior: Prior

    @property
    def embeddings(self) -> Floats:
        """Vector of each candidate, (C, d)."""
        return self.unit

    def score(self, questions: Questions) -> Floats:
        """Compare the sum of what is given with every candidate."""
        query = starting_members(questions, self.own) @ self.unit
        length = np.linalg.norm(query, axis=1, keepdims=True)
        query = query / np.where(length > 0, length, 1.0)
        # Being unlike what is given says less than being popular.
        near = np.maximum(products(query, self.unit), 0.0)
        return self.prior.under(np.asarray(near * self.weight, dtype=np.float32), questions)


def right_factors(rows: sparse.csr_array, dimension: int, rng: np.random.Generator) -> Floats:
    """Return V √Σ of the strongest ``dimension`` singular vectors, fewer where there are fewer; (columns, d)."""
    rank = min(dimension, *rows.shape)
    if not rank:
        return np.zeros((rows.shape[1], 1), dtype=np.float32)
    width = min(rank + _SPARE, *rows.shape)
    basis = rng.standard_normal((rows.shape[1], width), dtype=np.float32)
    for _ in range(_PASSES):
        basis = np.linalg.qr(rows.T @ (rows @ basis))[0]
    _, values, right = np.linalg.svd(np.linalg.qr(rows @ basis)[0].T @ rows, full_matrices=False)
    return np.asarray(right[:rank].T * np.sqrt(values[:rank]), dtype=np.float32)
