"""Small graphs for the tests of propagation."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from benchmarks.propagation.graph import TypedGraph, both_ways

FILED = ("company", "FILED", "patent")
BACK = ("patent", "back-FILED", "company")


def three_companies() -> TypedGraph:
    """Company 0 filed patents 0 and 1, company 1 filed patent 1, company 2 none; vectors have one and two columns."""
    filed = sparse.csr_array(np.array([[1, 0, 0], [1, 1, 0]], dtype=np.float32))
    own = {
        "company": np.array([[1.0], [3.0], [5.0]], dtype=np.float32),
        "patent": np.array([[2.0, 0.0], [4.0, 8.0]], dtype=np.float32),
    }
    return TypedGraph(own, both_ways({FILED: filed}))


def random_city(companies: int, rng: np.random.Generator) -> TypedGraph:
    """Companies, patents and partners, drawn at random; some companies have nothing."""
    patents = companies // 2
    filed = sparse.random_array((patents, companies), density=3 / companies, rng=rng, dtype=np.float32).tocsr()
    partners = sparse.random_array((companies, companies), density=2 / companies, rng=rng, dtype=np.float32).tocsr()
    own = {
        "company": rng.normal(size=(companies, 6)).astype(np.float32),
        "patent": rng.normal(size=(patents, 4)).astype(np.float32),
    }
    return TypedGraph(own, both_ways({FILED: filed, ("company", "KNOWS", "company"): partners}))
