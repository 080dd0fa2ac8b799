"""The scorers that ``dure evaluate`` compares, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from graph_schema.errors import ModelError
from recommender.served.scorer_protocols import Estimator
from recommender.served.scorers.content import ContentNeighbours
from recommender.served.scorers.gnn import Gnn
from recommender.served.scorers.items import ItemNeighbours
from recommender.served.scorers.peers import PeerPopularity
from recommender.served.scorers.popularity import Popularity
from recommender.served.scorers.walk import GraphWalk

FAMILIES: Final[Mapping[str, Callable[..., Estimator]]] = {
    "popularity": Popularity,
    "content-knn": ContentNeighbours,
    "peer-popularity": PeerPopularity,
    "item-knn": ItemNeighbours,
    "graph-walk": GraphWalk,
    "gnn": Gnn,
}
"""Estimators by name."""
LEARNED: Final = frozenset({"gnn"})
"""Scorers with trained weights, which must beat the best of the others."""
GRIDS: Final[Mapping[str, Sequence[Mapping[str, object]]]] = MappingProxyType(
    {
        "popularity": [{"half_life_days": days} for days in (182.6, 365.25, 1095.75, 7305.0)],
        "content-knn": [{"history_weight": weight} for weight in (0.0, 0.5, 1.0, 2.0)],
        "peer-popularity": [{"smoothing": smoothing} for smoothing in (1.0, 5.0, 25.0)],
        "item-knn": [{"shrinkage": shrinkage} for shrinkage in (0.0, 2.0, 10.0)],
        "graph-walk": [{"restart": restart} for restart in (0.1, 0.2, 0.5)],
    }
)
"""Settings by scorer that are tried before it is compared; one that is not named here keeps its usual ones."""


def make_estimator(name: str, settings: Mapping[str, object] | None = None) -> Estimator:
    """Return the estimator ``name`` with ``settings``; raises ``ModelError`` for an unknown name or setting."""
    try:
        return FAMILIES[name](**(settings or {}))
    except KeyError:
        raise ModelError(f"unknown scorer {name!r}; known are {', '.join(FAMILIES)}") from None
    except TypeError as error:
        raise ModelError(f"scorer {name!r} does not know these settings ({error}); see its config class") from error


def variants(name: str) -> tuple[Estimator, ...]:
    """Return the estimator ``name`` with each setting of its grid; raises ``ModelError`` for an unknown name."""
    return tuple(make_estimator(name, each) for each in GRIDS.get(name, [{}]))
