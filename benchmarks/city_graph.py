"""A made-up graph of a city of any size, whose partnerships can be learned from texts and links together.

Everything here is synthetic: no name, code or number stands for a real company. Each company lies in a niche of a
sector, a point of a latent space that nothing shows directly. Its text is that point under heavy noise; its patents,
projects, codes, programmes and earlier partners show the same point, each under noise of its own. Partners come from
the same niche, from the niche it delivers to, from partners of partners, and by chance, the busy ones more often.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from benchmarks.propagation.graph import EdgeKey, TypedGraph, both_ways

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

COMPANY: Final = "company"
PARTNERS: Final = (COMPANY, "COLLABORATED_WITH", COMPANY)
TEXT_DIMENSION: Final = 128
_LATENT: Final = 24
_SECTORS: Final = 60
_COMPANIES_PER_NICHE: Final = 40
_NICHE_SPREAD: Final = 0.6
_COMPANY_SPREAD: Final = 0.25
_TEXT_NOISE: Final = 1.2
_CODES: Final = {"industry": 600, "region": 200, "field": 1000}
_PER_COMPANY: Final = {"patent": 1.1, "project": 0.4, "program": 0.02}
_MEMBERS_PER_PROJECT: Final = 3
_APPLICATIONS: Final = 2.5
_PARTNERSHIPS: Final = 4.0
_SAME_NICHE: Final = 0.7
_ROUNDS: Final = 5
_KINDS: Final = (0.4, 0.2, 0.25, 0.15)
"""Shares of partnerships within the niche, with the niche next in the chain, with a partner's partner, by chance."""
_CHAIN, _CLOSES, _CHANCE = 1, 2, 3


@dataclass(frozen=True)
class Links:
    """Relationships of one type: rows of both ends, and when each began in [0, 1); NaN: always there. All (links,)."""

    source: Indices
    target: Indices
    when: Floats

    def before(self, cut: float) -> Links:
        """Those that are known at ``cut``."""
        kept = ~(self.when >= cut)
        return Links(self.source[kept], self.target[kept], self.when[kept])


@dataclass(frozen=True)
class CityGraph:
    """``texts``: (nodes, 128) by node type; ``links`` by (source type, name, target type)."""

    texts: Mapping[str, Floats]
    links: Mapping[EdgeKey, Links]

    @property
    def companies(self) -> int:
        """Number of companies."""
        return len(self.texts[COMPANY])

    def relationships(self, cut: float = 1.0) -> int:
        """Count the relationships that are known at ``cut``."""
        return sum(len(of.before(cut).source) for of in self.links.values())

    def graph(self, cut: float) -> TypedGraph:
        """Return what is known at ``cut``, every relation in both directions."""
        relations = {}
        for key, all_of in self.links.items():
            known = all_of.before(cut)
            shape = (len(self.texts[key[2]]), len(self.texts[key[0]]))
            ones = np.ones(len(known.source), np.float32)
            matrix = sparse.csr_array((ones, (known.target, known.source)), shape=shape)
            # Who applied twice is linked once.
            matrix.data[:] = 1.0
            relations[key] = matrix
        return TypedGraph(self.texts, both_ways(relations))


@dataclass(frozen=True)
class _Hidden:
    """What no one sees: ``niche`` (N,), ``point`` (N, latent), ``activity`` (N,) of companies; centres of niches."""

    niche: Indices
    point: Floats
    activity: Floats
    centre: Floats
    chain: Indices

    def pick(self, niches: Indices, rng: np.random.Generator) -> Indices:
        """Draw a company of each niche, the busy ones more often."""
        order = np.argsort(self.niche, kind="stable")
        ends = np.cumsum(self.activity[order], dtype=np.float64)
        last = np.searchsorted(self.niche[order], np.arange(len(self.centre)), side="right") - 1
        high = np.where(last >= 0, ends[last], 0.0)
        low = np.concatenate([[0.0], high[:-1]])
        at = low[niches] + rng.random(len(niches)) * (high - low)[niches]
        return np.asarray(order[np.minimum(np.searchsorted(ends, at), len(order) - 1)], dtype=np.int64)

    def anyone(self, count: int, rng: np.random.Generator) -> Indices:
        """Draw companies, the busy ones more often."""
        ends = np.cumsum(self.activity, dtype=np.float64)
        drawn = np.searchsorted(ends, rng.random(count) * ends[-1])
        return np.asarray(np.minimum(drawn, len(ends) - 1), dtype=np.int64)


def make_city(companies: int, seed: int = 0) -> CityGraph:
    """Make a city; 13 relationships a company in all, 10 of them begun before 0.7."""
    rng = np.random.default_rng(seed)
    hidden = _hidden(companies, rng)
    words = rng.normal(size=(_LATENT, TEXT_DIMENSION)).astype(np.float32) / np.float32(np.sqrt(_LATENT))
    points: dict[str, Floats] = {COMPANY: hidden.point}
    links: dict[EdgeKey, Links] = {}
    for label, count in _CODES.items():
        points[label] = _codes(hidden, label, count, rng)
    for label, share in (("industry", 1.0), ("region", 1.0), ("field", 1.5)):
        source = np.repeat(np.arange(companies), _spread(share, companies, rng))
        links[COMPANY, "IN_" + label.upper(), label] = _coded(hidden.point, source, points[label], rng)
    _events(companies, hidden, points, links, rng)
    links[PARTNERS] = _partnerships(companies, hidden, rng)
    return CityGraph({label: _text(of, words, rng) for label, of in points.items()}, links)


def _hidden(companies: int, rng: np.random.Generator) -> _Hidden:
    niches = max(companies // _COMPANIES_PER_NICHE, 4)
    sector = rng.integers(0, _SECTORS, niches)
    centre = rng.normal(size=(_SECTORS, _LATENT))[sector] + _NICHE_SPREAD * rng.normal(size=(niches, _LATENT))
    niche = rng.integers(0, niches, companies)
    # Every niche has a company, so that one can be drawn from it.
    niche[:niches] = np.arange(niches)
    point = centre[niche] + _COMPANY_SPREAD * rng.normal(size=(companies, _LATENT))
    activity = rng.lognormal(0.0, 0.8, companies)
    return _Hidden(
        niche,
        point.astype(np.float32),
        activity.astype(np.float32),
        centre.astype(np.float32),
        rng.permutation(niches),
    )


def _codes(hidden: _Hidden, label: str, count: int, rng: np.random.Generator) -> Floats:
    """Points of codes: centres of niches, blurred; regions say little."""
    blur = 2.0 if label == "region" else 0.3
    centres = hidden.centre[rng.integers(0, len(hidden.centre), count)]
    return np.asarray(centres + blur * rng.normal(size=centres.shape), dtype=np.float32)


def _coded(points: Floats, source: Indices, codes: Floats, rng: np.random.Generator) -> Links:
    """Give each source the nearest of a few codes drawn at random: right in the large, never exact."""
    target = np.empty(len(source), np.int64)
    for start in range(0, len(source), 50_000):
        part = source[start : start + 50_000]
        some = rng.integers(0, len(codes), (len(part), 24))
        gaps = codes[some] - points[part][:, None, :]
        nearest = np.einsum("ijk,ijk->ij", gaps, gaps).argmin(axis=1)
        target[start : start + 50_000] = some[np.arange(len(part)), nearest]
    return Links(source, target, np.full(len(source), np.nan, np.float32))


def _events(
    companies: int,
    hidden: _Hidden,
    points: dict[str, Floats],
    links: dict[EdgeKey, Links],
    rng: np.random.Generator,
) -> None:
    """Add patents, projects and programmes, whose links have a date."""
    count = {label: max(int(share * companies), 8) for label, share in _PER_COMPANY.items()}
    owner = hidden.anyone(count["patent"], rng)
    points["patent"] = _near(hidden.point[owner], 0.5, rng)
    filed = rng.random(len(owner)).astype(np.float32)
    links[COMPANY, "FILED", "patent"] = Links(owner, np.arange(len(owner)), filed)
    fields = _coded(points["patent"], np.arange(len(owner)), points["field"], rng)
    links["patent", "IN_FIELD", "field"] = Links(fields.source, fields.target, filed)

    niche = hidden.niche[hidden.anyone(count["project"], rng)]
    points["project"] = _near(hidden.centre[niche], 0.4, rng)
    project = np.repeat(np.arange(len(niche)), _MEMBERS_PER_PROJECT)
    of = np.where(rng.random(len(project)) < _SAME_NICHE, niche[project], hidden.chain[niche[project]])
    began = rng.random(len(niche)).astype(np.float32)
    links[COMPANY, "PARTICIPATED_IN", "project"] = Links(hidden.pick(of, rng), project, began[project])

    home = rng.integers(0, len(hidden.centre), count["program"])
    points["program"] = _near(hidden.centre[home], 0.3, rng)
    applicant = hidden.anyone(int(_APPLICATIONS * companies), rng)
    applied = _coded(hidden.point, applicant, points["program"], rng)
    when = rng.random(len(applicant)).astype(np.float32)
    links[COMPANY, "APPLIED_TO", "program"] = Links(applied.source, applied.target, when)


def _partnerships(companies: int, hidden: _Hidden, rng: np.random.Generator) -> Links:
    """Draw them in rounds, so that a later one can join partners of an earlier partner; no pair twice."""
    total = int(_PARTNERSHIPS * companies)
    source, target = np.zeros(0, np.int64), np.zeros(0, np.int64)
    when = np.zeros(0, np.float32)
    for turn in range(_ROUNDS):
        new = hidden.anyone(total // _ROUNDS, rng)
        other = _partner(new, (source, target), hidden, rng)
        source, target = np.concatenate([source, new]), np.concatenate([target, other])
        dates = (turn + rng.random(len(new))) / _ROUNDS
        when = np.concatenate([when, dates.astype(np.float32)])
    low, high = np.minimum(source, target), np.maximum(source, target)
    _, first = np.unique(low * companies + high, return_index=True)
    first = np.sort(first[low[first] != high[first]])
    return Links(source[first], target[first], when[first])


def _partner(source: Indices, earlier: tuple[Indices, Indices], hidden: _Hidden, rng: np.random.Generator) -> Indices:
    kind = rng.choice(len(_KINDS), len(source), p=_KINDS)
    niche = hidden.niche[source]
    niche = np.where(kind == _CHAIN, hidden.chain[niche], niche)
    out = np.where(kind == _CHANCE, hidden.anyone(len(source), rng), hidden.pick(niche, rng))
    if len(earlier[0]):
        once = _step(source, earlier, rng)
        twice = np.where(once >= 0, _step(np.maximum(once, 0), earlier, rng), -1)
        closes = (kind == _CLOSES) & (twice >= 0)
        out = np.where(closes, twice, out)
    return np.asarray(out, dtype=np.int64)


def _step(at: Indices, links: tuple[Indices, Indices], rng: np.random.Generator) -> Indices:
    """Walk from each company to one of its partners; -1 where it has none."""
    ends = np.concatenate(links)
    order = np.argsort(ends, kind="stable")
    others = np.concatenate(links[::-1])[order]
    sorted_ends = ends[order]
    low, high = np.searchsorted(sorted_ends, at, "left"), np.searchsorted(sorted_ends, at, "right")
    drawn = low + (rng.random(len(at)) * (high - low)).astype(np.int64)
    return np.where(high > low, others[np.minimum(drawn, len(others) - 1)], -1)


def _near(points: Floats, spread: float, rng: np.random.Generator) -> Floats:
    return np.asarray(points + spread * rng.normal(size=points.shape), dtype=np.float32)


def _spread(mean: float, count: int, rng: np.random.Generator) -> Indices:
    """Whole numbers of the given mean, shape (count,)."""
    return int(mean) + (rng.random(count) < mean % 1).astype(np.int64)


def _text(points: Floats, words: Floats, rng: np.random.Generator) -> Floats:
    """Text-like vectors of unit length times √128, as embeddings whitened for a network are."""
    text = points @ words + _TEXT_NOISE * rng.standard_normal((len(points), TEXT_DIMENSION), dtype=np.float32)
    text *= np.sqrt(TEXT_DIMENSION) / np.linalg.norm(text, axis=1, keepdims=True)
    return np.asarray(text, dtype=np.float32)
