"""Three values over numbers and arrays."""

from __future__ import annotations

import numpy as np

from graph_schema.law.truth import at_most, fewer


def test_a_limit_between_two_figures_leaves_what_lies_between_open() -> None:
    values = [9.0, 10.0, 11.0, 20.0, 21.0, np.nan]
    assert at_most(values, 10, 20).tolist() == [1, 1, 0, 0, -1, 0]
    assert fewer(values, 10, 20).tolist() == [1, 0, 0, -1, -1, 0]


def test_no_limit_decides_nothing() -> None:
    assert at_most(5.0, -np.inf, np.inf) == 0
