"""The scorers there are by name, and how one is made again from a bundle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from graph_schema.errors import ModelError
from recommender.scorer_protocols import Estimator, Scorer
from recommender.scorers.blend import BlendScorer
from recommender.scorers.content import ContentNeighbours
from recommender.scorers.gnn import Gnn
from recommender.scorers.items import ItemNeighbours
from recommender.scorers.peers import PeerPopularity
from recommender.scorers.popularity import Popularity
from recommender.scorers.stored import Arrays, Restorable
from recommender.scorers.walk import GraphWalk
from recommender.task_data import TaskData

FAMILIES: Final[Mapping[str, Callable[..., Estimator]]] = {
    "popularity": Popularity,
    "content-knn": ContentNeighbours,
    "peer-popularity": PeerPopularity,
    "item-knn": ItemNeighbours,
    "graph-walk": GraphWalk,
    "gnn": Gnn,
}
"""Estimators by name. Those without ``restore`` are trained again when a bundle is opened: it takes a moment."""


def make_estimator(name: str, settings: Mapping[str, object] | None = None) -> Estimator:
    """Return the estimator ``name`` with ``settings``; raises ``ModelError`` for an unknown name or setting."""
    try:
        return FAMILIES[name](**(settings or {}))
    except KeyError:
        raise ModelError(f"unknown scorer {name!r}; known are {', '.join(FAMILIES)}") from None
    except TypeError as error:
        raise ModelError(f"scorer {name!r} does not know these settings ({error}); see its config class") from error


def restore(
    weights: Mapping[str, float],
    configs: Mapping[str, Mapping[str, object]],
    data: TaskData,
    arrays: Mapping[str, Arrays],
    seed: int,
) -> Scorer:
    """Make what serves from a bundle: one scorer, or a blend of several."""
    members = []
    for name in weights:
        estimator = make_estimator(name, configs[name])
        if isinstance(estimator, Restorable):
            members.append(estimator.restore(data, arrays[name]))
        else:
            members.append(estimator.fit(data, np.random.default_rng(seed)))
    return members[0] if len(members) == 1 else BlendScorer(members, dict(weights))
