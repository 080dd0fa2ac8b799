"""The models of experiments by name, and what each of their settings means, as docstrings in the code say it."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple, get_args, get_type_hints

from recommender.engine.estimator import EngineEstimator
from recommender.engine.pretrained.estimator import PretrainedEstimator
from recommender.models.pretrained import FINE_TUNED, PRETRAINED
from recommender.models.served import EngineSize
from recommender.scorers.attribute_factors import AttributeFactors
from recommender.scorers.basket_knn import BasketKnn
from recommender.scorers.common_neighbours import CommonNeighbours
from recommender.scorers.conditional_popularity import ConditionalPopularity
from recommender.scorers.content_knn import ContentKnn, ContentMatch
from recommender.scorers.ease import Ease
from recommender.scorers.graph_walk import GraphWalk
from recommender.scorers.item_knn import ItemKnn
from recommender.scorers.lightgcn import LightGcn
from recommender.scorers.popularity import Popularity
from recommender.scorers.simple_blend import SimpleBlend
from recommender.scorers.svd_cosine import SvdCosine
from recommender.triples.complex import ComplexEstimator
from recommender.triples.distmult import DistMultEstimator
from recommender.triples.ease import EaseEstimator
from recommender.triples.engine import TripleEngineEstimator
from recommender.triples.message_passing import PathNetworkEstimator
from recommender.triples.neighbours import NeighboursEstimator
from recommender.triples.popularity import PopularityEstimator
from recommender.triples.rescal import RescalEstimator
from recommender.triples.rules import RulesEstimator
from recommender.triples.tuning import TunedEstimator

_ENGINES: Final = ("auto", "gnn", "engine-without-gnn", "engine-shuffled-graph")
ESTIMATORS: Final[Mapping[str, Mapping[tuple[str, ...], tuple[type, ...]]]] = {
    "recommend": {
        ("popularity", "recent-popularity"): (Popularity,),
        ("conditional-popularity", "regional-popularity"): (ConditionalPopularity,),
        ("attribute-factors",): (AttributeFactors,),
        ("content-knn",): (ContentKnn, ContentMatch),
        ("item-knn",): (ItemKnn,),
        ("basket-knn",): (BasketKnn,),
        ("adamic-adar",): (CommonNeighbours,),
        ("ease",): (Ease,),
        ("graph-walk",): (GraphWalk,),
        ("svd-cosine",): (SvdCosine,),
        ("lightgcn",): (LightGcn,),
        ("simple-blend",): (SimpleBlend,),
        (*_ENGINES, "engine-without-graph"): (EngineEstimator,),
        (PRETRAINED, FINE_TUNED): (PretrainedEstimator,),
        ("served",): (EngineSize,),
    },
    "triples": {
        ("relation-popularity",): (PopularityEstimator,),
        ("common-neighbours",): (NeighboursEstimator,),
        ("path-rules",): (RulesEstimator,),
        ("ease",): (EaseEstimator,),
        ("complex",): (ComplexEstimator, TunedEstimator),
        ("distmult",): (DistMultEstimator, TunedEstimator),
        _ENGINES: (TripleEngineEstimator, RescalEstimator, PathNetworkEstimator),
    },
}
"""By the kind of a folder's task: the classes whose settings make the rows of these names."""


class Setting(NamedTuple):
    """A setting by its name, dotted where it stands within another, with its default as it is written in Python."""

    name: str
    default: str
    """Empty where there is none: the data decide, or who makes the model."""
    meaning: str


class Model(NamedTuple):
    """An estimator, the rows of reports that it makes, and its settings."""

    kind: str
    rows: tuple[str, ...]
    estimator: str
    summary: str
    """First line of its docstring, the formula of a simple scorer."""
    settings: tuple[Setting, ...]


def documented_models() -> Iterator[Model]:
    """Yield every estimator with the docstring of each of its settings."""
    for kind, groups in ESTIMATORS.items():
        for rows, estimators in groups.items():
            for each in estimators:
                summary = (each.__doc__ or "").partition("\n")[0]
                yield Model(kind, rows, each.__name__, summary, tuple(_settings(each, "")))


def _settings(kind: type, within: str) -> Iterator[Setting]:
    """Yield the settings of a dataclass, and behind a setting that is one itself those within it."""
    meanings, hints = field_meanings(kind), get_type_hints(kind)
    for field in dataclasses.fields(kind):
        if field.compare:  # the others are caches
            name = f"{within}{field.name}"
            parts = [each for each in _parts(hints[field.name]) if dataclasses.is_dataclass(each)]
            default = "" if parts and field.default is not None else _default(field)
            yield Setting(name, default, meanings.get(field.name, ""))
            for part in parts:
                yield from _settings(part, f"{name}.")


def field_meanings(kind: type) -> dict[str, str]:
    """Return the docstring below each field of a dataclass, inherited ones too, on one line each."""
    found: dict[str, str] = {}
    for each in reversed([base for base in kind.__mro__ if dataclasses.is_dataclass(base)]):
        (tree,) = ast.parse(textwrap.dedent(inspect.getsource(each))).body
        assert isinstance(tree, ast.ClassDef)
        for field, following in zip(tree.body, tree.body[1:], strict=False):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                text = following.value if isinstance(following, ast.Expr) else None
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    found[field.target.id] = " ".join(text.value.split())
    return found


def _parts(hint: Any) -> Iterator[type]:
    """Yield the classes that a type names, at any depth."""
    if isinstance(hint, type) and not get_args(hint):
        yield hint
    for each in get_args(hint):
        yield from _parts(each)


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        return repr(field.default)
    return repr(field.default_factory()) if field.default_factory is not dataclasses.MISSING else ""
