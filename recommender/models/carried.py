"""What a scorer has learned, over another state of knowledge."""

from __future__ import annotations

from graph_schema.errors import EvaluationError
from recommender.knowledge.known import Known, Scorer


def carried(scorer: Scorer, known: Known) -> Scorer | None:
    """Return a scorer over another state of knowledge; None where it has no weights, or other features are there."""
    weights = scorer.arrays() if hasattr(scorer, "arrays") else {}
    try:
        over: Scorer | None = scorer.over(known) if weights and hasattr(scorer, "over") else None
    except EvaluationError:
        return None
    return over
