"""The simple scorers that suit a dataset, each with the settings that are tried on valid."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Final

from recommender.knowledge.known import Estimator, Known
from recommender.scorers.attribute_factors import AttributeFactors
from recommender.scorers.basket_knn import BasketKnn
from recommender.scorers.baskets import basket_sources
from recommender.scorers.common_neighbours import CommonNeighbours, Rarity, Via
from recommender.scorers.conditional_popularity import ConditionalPopularity, FactKind
from recommender.scorers.content import has_text
from recommender.scorers.content_knn import ContentKnn, ContentMatch
from recommender.scorers.ease import Ease
from recommender.scorers.facts import attribute_facts, linked_facts
from recommender.scorers.graph_walk import GraphWalk, Over
from recommender.scorers.item_knn import ItemKnn
from recommender.scorers.lightgcn import LightGcn
from recommender.scorers.popularity import Popularity, span_days
from recommender.scorers.simple_blend import SimpleBlend
from recommender.scorers.svd_cosine import SvdCosine

Variants = tuple[Estimator, ...]
_REGIONS: Final = frozenset(
    {
        *("region", "regions", "municipality", "city", "district", "province", "prefecture", "county", "state"),
        *("country", "nuts2", "nuts3", "지역", "시도", "시군", "시군구", "소재지", "소재지역"),
    }
)
"""What attributes and labels are called that say where an asker is."""
MOST_WORK: Final = 1e11
"""Products of a training of LightGCN beyond which it is left out: some three minutes on one core."""
_MIDDLING: Final = (100, 0.1)
"""Neighbours by content and their temperature in the blend, of those that are tried alone."""
_BLENDED: Final = (
    (1.0, 1.0, 1.0),
    (0.5, 1.0, 1.0),
    (0.25, 1.0, 0.5),
    (0.1, 1.0, 1.0),
    (1.0, 1.0, 0.0),
    (0.2, 0.0, 1.0),
)
"""Weights of recent popularity, of the linear model and of content that are tried on valid."""


def simple_contenders(known: Known, names: Collection[str] | None = None, device: str = "auto") -> dict[str, Variants]:
    """Return the variants of every simple scorer, or of some, that the known part of a dataset lets work, by name.

    ``device``, one of ``recommender.knowledge.device.DEVICES``, is where those that use tensors train.
    """
    found = {name: make(known) for name, make in MAKERS.items() if names is None or name in names}
    return {name: tuple(_on(device, each) for each in variants) for name, variants in found.items() if variants}


def _on(device: str, estimator: Estimator) -> Estimator:
    return replace(estimator, device=device) if isinstance(estimator, LightGcn) else estimator


def _popularity(_known: Known) -> Variants:
    return Popularity(), Popularity(rows=True)


def _recent_popularity(known: Known) -> Variants:
    return tuple(Popularity(each) for each in _half_lives(known, 0.0625, 0.125, 0.25, 0.5, 1.0))


def _half_lives(known: Known, *shares: float) -> list[float]:
    """Return days as shares of the time that pairs span; none where it is not known."""
    span = span_days(known)
    return [span * share for share in shares if span]


def attribute_factors(known: Known) -> Variants:
    """Return the variants of factorised attributes; none where those who ask have no attribute and no link."""
    described = attribute_facts(known.queries) or known.adjacency(known.task.query)
    return tuple(AttributeFactors(reg=each) for each in (15.0, 1.5, 5.0, 50.0)) if described else ()


def _conditional_popularity(known: Known) -> Variants:
    attributes, links = bool(attribute_facts(known.queries)), bool(known.adjacency(known.task.query))
    if not (attributes or links):
        return ()
    variants = [ConditionalPopularity(smoothing=smoothing) for smoothing in (2.0, 10.0, 50.0)]
    kinds: tuple[FactKind, ...] = ("all", "attributes") if attributes and links else ("all",)
    half_lives = _half_lives(known, 0.125, 0.5)
    variants += [ConditionalPopularity(kind, half_life=each) for kind in kinds for each in half_lives]
    variants += [ConditionalPopularity(facts="attributes")] if attributes and links else []
    variants += [ConditionalPopularity(hops=2)] if links else []
    return tuple(variants)


def _regional_popularity(known: Known) -> Variants:
    """Return recent popularity within the asker's region, by each fact that names one; none where none does.

    By the half-lives of recent popularity, the shortest alone left out, and by smoothing of conditional popularity.
    """
    named = {*attribute_facts(known.queries), *linked_facts(known, known.task.query)}
    regions = sorted(name for name in named if name.lower().removeprefix("@") in _REGIONS)
    return tuple(
        ConditionalPopularity(smoothing=smoothing, half_life=half_life, only=only, name="regional-popularity")
        for only in regions
        for half_life in _half_lives(known, 0.125, 0.25, 0.5, 1.0)
        for smoothing in (2.0, 10.0)
    )


def _content_knn(known: Known) -> Variants:
    return (*_past_alike(known), *_candidates_alike(known))


def _past_alike(known: Known) -> tuple[ContentKnn, ...]:
    query, candidate = known.task.query, known.task.candidate
    if not _described(known, query):
        return ()
    shares = (0.5, 0.8, 1.0) if has_text(known, query) or has_text(known, candidate) else (0.0,)
    near = [ContentKnn(k, heat, share) for k in (20, 100, 1_000) for heat in (0.05, 0.1) for share in shares]
    return (*near, *(ContentKnn(1_000, heat, shares[len(shares) // 2], hops=2) for heat in (0.05, 0.3)))


def _candidates_alike(known: Known) -> tuple[ContentMatch, ...]:
    described = _described(known, known.task.candidate)
    return (ContentMatch(), ContentMatch(own=0.0), ContentMatch(hops=2)) if described else ()


def _described(known: Known, label: str) -> bool:
    facts = attribute_facts(known.dataset.nodes[label]) or known.adjacency(label)
    return has_text(known, label) or bool(facts)


def _item_knn(known: Known) -> Variants:
    # (basket, given, degree) powers and shrinkage: those of sets of a few candidates, then of long histories.
    short = ((0.5, 0.5, 0.5, 0.5), (0.75, 0.5, 0.5, 0.5), (0.3, 0.7, 0.7, 0.5))
    long = ((0.3, 0.65, 1.0, 0.5), (0.3, 0.65, 1.0, 2.0), (0.3, 0.5, 0.8, 0.5))
    return tuple(ItemKnn(source, *each) for source in basket_sources(known) for each in (*short, *long))


def _basket_knn(known: Known) -> Variants:
    base = [BasketKnn(power=power, candidate_power=lift) for power in (1.0, 1.5) for lift in (0.0, 0.2)]
    base += [BasketKnn(member_power=0.25), BasketKnn(member_power=0.75), BasketKnn(power=2.0)]
    variants = [replace(each, source=source) for source in basket_sources(known) for each in base]
    query = known.task.query
    if has_text(known, query) or attribute_facts(known.queries) or known.adjacency(query):
        variants += [BasketKnn(content=content) for content in (2.0, 5.0)]
    return tuple(variants)


def _adamic_adar(known: Known) -> Variants:
    partners: tuple[Via, ...] = ("partners",) if known.same_label else ()
    vias: tuple[Via, ...] = (*basket_sources(known), *partners)
    rarities: tuple[Rarity, ...] = ("count", "log", "root")
    return tuple(CommonNeighbours(rarity, via) for via in vias for rarity in rarities)


def _ease(known: Known) -> Variants:
    variants = [*(Ease(regularisation=each) for each in (5.0, 20.0, 50.0, 200.0)), Ease(item_power=0.2)]
    return tuple(replace(each, source=source) for source in basket_sources(known) for each in variants)


def _graph_walk(known: Known) -> Variants:
    overs: tuple[Over, ...] = ("all", "target", "links") if known.relations else ("target",)
    variants = [GraphWalk(restart, over=over) for over in overs for restart in (0.15, 0.3, 0.5, 0.7)]
    return (*variants, GraphWalk(0.5, degree_power=0.2, over=overs[0]))


def _svd_cosine(known: Known) -> Variants:
    shapes = ((64, 0.3, 0.5), (256, 0.3, 0.5), (256, 0.3, 0.25), (256, 0.5, 0.25))
    return tuple(SvdCosine(source, *shape) for source in basket_sources(known) for shape in shapes)


def _lightgcn(known: Known) -> Variants:
    shapes = ((128, 3, 80, 0.025, 0.2), (128, 3, 80, 0.025, 0.15), (64, 3, 150, 0.05, 0.1))
    variants = [LightGcn(*shape, source=source) for source in basket_sources(known) for shape in shapes]
    return tuple(each for each in variants if each.work(known) <= MOST_WORK)


def simple_blends(known: Known) -> Variants:
    """Return the variants of the blend of simple scorers; none where neither sets nor content tell anything."""
    contents, baskets = blended_contents(known), "target" in basket_sources(known)
    weights = dict.fromkeys((recent, linear * baskets, near * bool(contents)) for recent, linear, near in _BLENDED)
    return tuple(
        SimpleBlend(recent_popularity(known), Ease(), content, *weight)
        for content in contents or (ContentMatch(),)
        for weight in weights
        if any(weight[1:])
    )


def recent_popularity(known: Known) -> Popularity:
    """Return what a blend takes for popular: of late, where pairs have dates."""
    return Popularity(next(iter(_half_lives(known, 0.125)), None))


def blended_contents(known: Known) -> tuple[ContentKnn | ContentMatch, ...]:
    """Return what a blend likens by, of what is tried alone: past askers, and candidates, also those never taken."""
    near = [each for each in _past_alike(known) if (each.k, each.temperature) == _MIDDLING]
    return (*near[:1], *_candidates_alike(known)[:1])


MAKERS: Final[dict[str, Callable[[Known], Variants]]] = {
    "popularity": _popularity,
    "recent-popularity": _recent_popularity,
    "conditional-popularity": _conditional_popularity,
    "regional-popularity": _regional_popularity,
    "attribute-factors": attribute_factors,
    "content-knn": _content_knn,
    "item-knn": _item_knn,
    "basket-knn": _basket_knn,
    "adamic-adar": _adamic_adar,
    "ease": _ease,
    "graph-walk": _graph_walk,
    "svd-cosine": _svd_cosine,
    "lightgcn": _lightgcn,
    "simple-blend": simple_blends,
}
"""Makers of variants by the name of the row; no variants where the data have nothing for them."""
