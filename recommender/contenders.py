"""Who takes part in an evaluation, and the few settings each may choose among on the valid window."""

from __future__ import annotations

from recommender.evaluation.contender import Chance, Contender
from recommender.scorers.content import ContentNeighbours
from recommender.scorers.popularity import Popularity


def simple_contenders() -> tuple[Contender, ...]:
    """Return what needs no training to speak of; each is tuned on valid like the rest."""
    half_lives = (182.6, 365.25, 1095.75, 7305.0)
    return (
        Contender("chance", (Chance(),)),
        Contender("popularity", tuple(Popularity(half_life_days=days) for days in half_lives)),
        Contender("content-knn", tuple(ContentNeighbours(history_weight=weight) for weight in (0.0, 0.5, 1.0, 2.0))),
    )
