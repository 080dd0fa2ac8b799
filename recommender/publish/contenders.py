"""Who takes part in an evaluation, and the few settings each may choose among on the valid window."""

from __future__ import annotations

from collections.abc import Sequence

from recommender.served.evaluation.contender import Chance, Contender
from recommender.served.scorers.families import FAMILIES, LEARNED, variants


def contenders(names: Sequence[str]) -> tuple[Contender, ...]:
    """Return the scorers ``names`` with their grids; raises ``ModelError`` for one that does not exist."""
    return tuple(Contender(name, variants(name), name not in LEARNED) for name in names)


def simple_contenders() -> tuple[Contender, ...]:
    """Return chance and the scorers without trained weights."""
    return (Contender("chance", (Chance(),)), *contenders([name for name in FAMILIES if name not in LEARNED]))


def all_contenders() -> tuple[Contender, ...]:
    """Return the simple scorers and the learned ones."""
    return (*simple_contenders(), *contenders([name for name in FAMILIES if name in LEARNED]))
