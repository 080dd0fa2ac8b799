"""Nearness in the space of the strongest patterns."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from recommender.scorers.svd_cosine import SvdCosine, right_factors
from tests.recommender.scorers.small import ask, partners, taken


def test_factors_are_those_of_the_exact_decomposition() -> None:
    rng = np.random.default_rng(5)
    rows = (rng.random((40, 30)) < 0.2).astype(np.float32)
    _, values, right = np.linalg.svd(rows)
    exact = right[:6].T * np.sqrt(values[:6])
    found = right_factors(sparse.csr_array(rows), 6, np.random.default_rng(0))
    assert found @ found.T == pytest.approx(exact @ exact.T, abs=2e-2)


def test_what_is_taken_together_is_near() -> None:
    known = taken([(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3)])
    scores = SvdCosine(dimension=2).fit(known, np.random.default_rng(0)).score(ask(known, [4], [(0, 0)]))[0]
    assert scores == pytest.approx([1, 1, 0, 0], abs=5e-3)


def test_a_candidate_without_history_has_no_direction() -> None:
    known = partners([(0, 1), (1, 2), (0, 2)])
    scores = SvdCosine(dimension=2).fit(known, np.random.default_rng(0)).score(ask(known, [4]))[0]
    assert scores.max() <= 1e-3
