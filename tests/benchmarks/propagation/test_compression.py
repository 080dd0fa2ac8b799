"""Principal components with unit variance."""

from __future__ import annotations

import numpy as np

from benchmarks.propagation.compression import Compression


def test_components_are_uncorrelated_and_of_unit_variance() -> None:
    rng = np.random.default_rng(0)
    rows = (rng.normal(size=(4_000, 3)) @ rng.normal(size=(3, 8)) + 5.0).astype(np.float32)
    found = Compression.fit(rows, 3)(rows)
    np.testing.assert_allclose(np.cov(found.T), np.eye(3), atol=0.02)


def test_what_does_not_vary_is_not_blown_up() -> None:
    rows = np.ones((10, 4), np.float32)
    assert not Compression.fit(rows, 2)(rows).any()


def test_there_are_no_more_components_than_columns() -> None:
    assert Compression.fit(np.eye(5, 3, dtype=np.float32), 128)(np.ones((2, 3), np.float32)).shape == (2, 3)
