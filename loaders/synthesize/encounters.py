"""Consultations, licences and collaborations: they follow needs, and choose by theme, industry, taste and peers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from loaders.synthesize.applications import Players
from loaders.synthesize.background import Background
from loaders.synthesize.needs import PERIODS, Needs, is_technical
from loaders.synthesize.people import Experts, Researchers, used_fields
from loaders.synthesize.sampling import Floats, Ints, draw, normal, stream
from loaders.synthesize.taste import DIMENSION, affinity
from loaders.synthesize.trades import SECTIONS

CONSULTED_AFTER = (5, 90)
"""A consultation follows its need after at least so many days, and fewer than so many."""
MET_AFTER = (30, 240)
"""The same of licences and collaborations."""
LICENSED_AFTER = 180
"""A technology is licensed later than so many days after its application."""

_CONSULTED_SHARE = 0.62
"""Needs that lead to a consultation. Set by hand, as the next two; docs/synthetic-city.md has them all."""
_LICENSED_SHARE = 0.3
"""Technical needs that end in a licence."""
_COLLABORATED_SHARE = 0.4
"""Technical needs that end in work with a researcher."""
_BLOCK = 2_048
"""Needs drawn at a time, which bounds memory: each holds its utility of every counterpart."""


@dataclass(frozen=True)
class Encounters:
    """Aligned arrays, one entry per meeting of a company and somebody or something; ``grade`` 1 to 5 or empty."""

    company: Ints
    other: Ints
    day: Ints
    grade: Ints

    def __len__(self) -> int:
        return len(self.company)


@dataclass(frozen=True)
class Offer:
    """What can be met: ``liking`` (entries,) and ``taste`` (entries, D) are hidden, ``from_day`` is when it exists."""

    liking: Floats
    taste: Floats
    from_day: Ints


def consult(players: Players, experts: Experts, seed: int, until: int) -> Encounters:
    """Let needs lead to consultations within the experts' monthly capacity."""
    rng = stream(seed, "consultations")
    asked, day = _follow(players.needs, _CONSULTED_SHARE, CONSULTED_AFTER, rng, until)
    company, theme = players.needs.company[asked], players.needs.theme[asked]
    peers = Peers(players, len(experts.ids))
    chosen = np.empty(len(asked), np.int64)
    fit = np.empty(len(asked), np.float32)
    for part in _in_order(day, until):
        rows = company[part]
        scores = consultation_appeal(players, experts, rows, theme[part], peers)
        chosen[part] = draw(rng, scores.astype(np.float32))
        fit[part] = scores[np.arange(len(rows)), chosen[part]]
        peers.add(rows, chosen[part])
    kept = _within_capacity(chosen, day, experts.capacity)
    liking = (fit - fit.mean()) / (fit.std() + 1e-6) if len(fit) else fit
    grade = np.digitize(0.6 * liking + normal(rng, len(asked)), [-2.2, -1.3, -0.3, 0.8]) + 1
    return Encounters(company[kept], chosen[kept], day[kept], grade[kept])


def consultation_appeal(
    players: Players, experts: Experts, rows: Ints, theme: Ints, peers: Peers
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return how much companies at ``rows`` want each expert for a need of ``theme``, (rows,); (rows, experts)."""
    letters = np.array(list(SECTIONS))
    section = players.industries.section[players.companies.leaf[rows]].astype(str)
    knows = experts.knows[:, np.searchsorted(letters, section)].T
    scores = 2.2 * experts.themes[:, theme].T + 0.9 * knows + 0.8 * experts.popularity[None, :]
    scores += 0.9 * affinity(players.taste.company[rows], experts.taste) + 0.8 * peers.seen(rows)
    scores += 0.7 * (players.companies.district[rows][:, None] == experts.district[None, :])
    return np.asarray(scores, np.float64)


def license_technologies(players: Players, background: Background, seed: int, until: int) -> Encounters:
    """Let technical needs lead to licences of technologies applied for before that day."""
    rng = stream(seed, "licences")
    return _meet(players, technology_offer(background, seed, until, rng), _LICENSED_SHARE, rng, until)


def technology_offer(background: Background, seed: int, until: int, rng: np.random.Generator) -> Offer:
    """Return the technologies as companies see them; what is hidden is drawn from ``rng``."""
    place = {id_: i for i, id_ in enumerate(background.fields["id"].to_pylist())}
    vectors = field_vectors(background, seed)
    fields = [
        [place[f] for f in background.technology_fields.get(id_, ()) if f in place]
        for id_ in background.technologies["id"].to_pylist()
    ]
    taste = 0.5 * normal(rng, len(fields), DIMENSION)
    taste += np.array([vectors[f].mean(axis=0) if f else np.zeros(DIMENSION) for f in fields], np.float32)
    applied = background.technologies["applied_on"].cast(pa.int32()).to_pylist()
    first = np.array([until if day is None else day + LICENSED_AFTER for day in applied], np.int64)
    return Offer(0.6 * normal(rng, len(fields)), taste, first)


def collaborate(
    players: Players, background: Background, researchers: Researchers, seed: int, until: int
) -> Encounters:
    """Let technical needs lead to work with researchers in fields near to the company's taste."""
    rng = stream(seed, "collaborations")
    return _meet(players, researcher_offer(background, researchers, seed), _COLLABORATED_SHARE, rng, until)


def researcher_offer(background: Background, researchers: Researchers, seed: int) -> Offer:
    """Return the researchers as companies see them."""
    vectors = np.vstack([field_vectors(background, seed), np.zeros((1, DIMENSION), np.float32)])
    taste = 0.8 * vectors[researchers.fields].sum(axis=1) + 0.4 * researchers.taste
    return Offer(researchers.popularity, taste.astype(np.float32), np.zeros(len(researchers.ids), np.int64))


def need_fields(players: Players, background: Background, seed: int) -> tuple[Ints, Ints]:
    """Return (need, field) for technical needs: a draw from fields near to the company's taste."""
    rng = stream(seed, "need fields")
    fields = used_fields(background)
    rows = np.flatnonzero(is_technical(players.needs)) if len(fields) else np.empty(0, np.int64)
    chosen = [fields[:0]]
    vectors = field_vectors(background, seed)[fields]
    for first in range(0, len(rows), _BLOCK):
        taste = players.taste.company[players.needs.company[rows[first : first + _BLOCK]]]
        chosen.append(fields[draw(rng, 1.6 * affinity(taste, vectors))])
    return rows, np.concatenate(chosen)


def field_vectors(background: Background, seed: int) -> Floats:
    """Return hidden vectors of the technology fields, near to each other within a parent class; (fields, D)."""
    rng = stream(seed, "fields")
    ids = background.fields["id"].to_pylist()
    kin = np.unique([id_[: len("ipc:A01")] for id_ in ids], return_inverse=True)[1] if ids else np.empty(0, np.int64)
    parents = normal(rng, int(kin.max(initial=-1)) + 1, DIMENSION)
    return np.asarray(0.8 * parents[kin] + 0.6 * normal(rng, len(ids), DIMENSION), np.float32)


class Peers:
    """Counts what companies of the same industry group met before."""

    def __init__(self, players: Players, others: int) -> None:
        self.group = players.industries.group[players.companies.leaf]
        self.counts = np.zeros((int(self.group.max(initial=0)) + 1, others), np.float32)

    def seen(self, rows: Ints) -> Floats:
        """Return how often the group of each company met each entry, damped; shape (rows, entries)."""
        seen = self.counts[self.group[rows]]
        return np.asarray(np.log1p(6 * seen / np.sqrt(seen.sum(axis=1, keepdims=True) + 4)), np.float32)

    def add(self, rows: Ints, others: Ints) -> None:
        """Remember meetings."""
        np.add.at(self.counts, (self.group[rows], others), 1)


def meeting_appeal(players: Players, offer: Offer, rows: Ints, peers: Peers) -> Floats:
    """Return how much companies at ``rows`` want each entry of the offer; shape (rows, entries)."""
    taste = affinity(players.taste.company[rows], offer.taste)
    return np.asarray(1.3 * taste + offer.liking[None, :] + peers.seen(rows), np.float32)


def _meet(players: Players, offer: Offer, share: float, rng: np.random.Generator, until: int) -> Encounters:
    needs = players.needs
    asked, day = _follow(needs, share, MET_AFTER, rng, until, technical=True)
    company = needs.company[asked]
    peers = Peers(players, len(offer.liking))
    chosen = np.full(len(asked), -1, np.int64)
    for part in _in_order(day, until) if len(offer.liking) else ():
        rows = company[part]
        scores = meeting_appeal(players, offer, rows, peers)
        scores[offer.from_day[None, :] >= day[part][:, None]] = -np.inf
        picked = draw(rng, scores.astype(np.float32))
        chosen[part] = np.where(np.isfinite(scores.max(axis=1)), picked, -1)
        peers.add(rows[chosen[part] >= 0], picked[chosen[part] >= 0])
    met = chosen >= 0
    return Encounters(company[met], chosen[met], day[met], np.zeros(int(met.sum()), np.int64))


def _follow(
    needs: Needs,
    share: float,
    delay: tuple[int, int],
    rng: np.random.Generator,
    until: int,
    *,
    technical: bool = False,
) -> tuple[Ints, Ints]:
    """Pick needs that led to something, and the day of it; what would lie at or after ``until`` is left out."""
    wanted = rng.random(len(needs)) < share
    day = needs.day + rng.integers(*delay, len(needs))
    asked = np.flatnonzero(wanted & (day < until) & (is_technical(needs) | (not technical)))
    return asked, day[asked]


def _in_order(day: Ints, until: int) -> list[Ints]:
    """Split entries by half-year, and those into blocks: what follows sees the choices of earlier blocks."""
    order = np.argsort(day, kind="stable")
    bounds = np.searchsorted(day[order], [until - (PERIODS - i) * 182 for i in range(1, PERIODS)])
    return [part[first : first + _BLOCK] for part in np.split(order, bounds) for first in range(0, len(part), _BLOCK)]


def _within_capacity(chosen: Ints, day: Ints, capacity: Ints) -> Ints:
    """Return the positions that fit into each expert's capacity a month, first come first served."""
    month = (day.astype("datetime64[D]").astype("datetime64[M]")).astype(np.int64)
    order = np.lexsort((day, month, chosen))
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(chosen[order]) != 0) | (np.diff(month[order]) != 0)
    start = np.flatnonzero(new)
    place = np.arange(len(order)) - np.repeat(start, np.diff(np.append(start, len(order))))
    return np.sort(order[place < capacity[chosen[order]]])
