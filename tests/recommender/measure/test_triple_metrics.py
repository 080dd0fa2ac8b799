"""Reciprocal ranks under three rules for ties, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.measure.triple_metrics import compute_any
from recommender.measure.triple_ranks import TripleRanks


def test_three_rules_by_hand() -> None:
    """One answer alone on rank 1; one that ties with two others behind one better: rank 2, 3 or 4."""
    ranks = TripleRanks(np.array([1, 2]), np.array([1, 4])).as_positive_ranks()
    assert compute_any(ranks, "mrr_optimistic").tolist() == [1, 1 / 2]
    assert compute_any(ranks, "mrr_realistic").tolist() == [1, 1 / 3]
    assert compute_any(ranks, "mrr_pessimistic").tolist() == [1, 1 / 4]
    assert compute_any(ranks, "mrr") == pytest.approx([1, (1 / 2 + 1 / 3 + 1 / 4) / 3])
